package render

import (
	"slices"
	"strings"
	"unicode/utf16"
)

// maxGap joins stretches that differ: in base64 and in hashes some characters of two generated texts
// are the same by chance.
const maxGap = 3

// markGenerated compares a rendering with one that differs in generated values alone.
func markGenerated(templates, others []Template) {
	texts := make(map[string]string, len(others))
	for _, other := range others {
		texts[other.Name] = other.Text
	}
	for index := range templates {
		if other, ok := texts[templates[index].Name]; ok && other != templates[index].Text {
			templates[index].Generated = differences(templates[index].Text, other)
		}
	}
}

// differences are the stretches of text that differ from other, line by line. Where the two have not
// the same number of lines nothing is said to be generated.
func differences(text, other string) []Span {
	spans := []Span{}
	lines, others := strings.SplitAfter(text, "\n"), strings.SplitAfter(other, "\n")
	if len(lines) != len(others) {
		return spans
	}
	offset := 0
	for index, line := range lines {
		length := utf16Length(line)
		if line != others[index] {
			for _, span := range lineDifferences(units(line), units(others[index])) {
				span.Start += offset
				span.End += offset
				if last := len(spans) - 1; last >= 0 && span.Start-spans[last].End <= maxGap {
					spans[last].End = span.End
				} else {
					spans = append(spans, span)
				}
			}
		}
		offset += length
	}
	return spans
}

func units(text string) []uint16 { return utf16.Encode([]rune(text)) }

func lineDifferences(line, other []uint16) []Span {
	if len(line) != len(other) {
		start := 0
		for start < min(len(line), len(other)) && line[start] == other[start] {
			start++
		}
		end := 0
		for end < min(len(line), len(other))-start && line[len(line)-1-end] == other[len(other)-1-end] {
			end++
		}
		return []Span{{Start: start, End: len(line) - end}}
	}
	var spans []Span
	for index := range line {
		if line[index] == other[index] {
			continue
		}
		if last := len(spans) - 1; last >= 0 && index-spans[last].End <= maxGap {
			spans[last].End = index + 1
		} else {
			spans = append(spans, Span{Start: index, End: index + 1})
		}
	}
	return slices.Clip(spans)
}
