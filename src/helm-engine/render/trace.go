package render

import (
	"slices"
	"strconv"
	"strings"
)

// trace finds the lines inside of helpers. It renders once more with markers in the named templates
// that print several lines. Where callers look at such output, those markers change what they do, so
// this rendering counts only where, without the markers, it has the very line of the first one.
func (r *run) trace(first *rendering) {
	prefix := markStart + r.request.Nonce + "."
	var places []Helper
	var isText []bool
	edited := map[*analysis]string{}
	for _, each := range r.templates {
		if first.dropped[each.name] {
			continue
		}
		source, known := edited[each.found]
		if !known {
			edits := make([]edit, 0, len(each.found.inner))
			for _, inner := range each.found.inner {
				mark := prefix + strconv.Itoa(len(places)) + markEnd
				if !inner.text {
					mark = strconv.Quote(mark) + "}}{{ "
				}
				edits = append(edits, edit{offset: inner.offset, text: mark})
				places = append(places, Helper{Name: inner.name, Place: Place{Path: each.path, Line: inner.line}})
				isText = append(isText, inner.text)
			}
			source = apply(each.text, edits)
			edited[each.found] = source
		}
		each.file.Data = []byte(source)
	}
	if len(places) == 0 {
		return
	}
	functions := (&generator{}).functions()
	newTrips(r.request.Nonce, true).functions(functions)
	outputs, err := r.execute(functions)
	if err != nil {
		return
	}
	for index := range first.templates {
		template := &first.templates[index]
		traced := traceLines(outputs[template.Name], prefix, places, isText)
		template.Segments = refine(template, traced, first.helpers)
	}
}

// tracedLine is an output line, and the helper's line that its first visible character comes from.
type tracedLine struct {
	text string
	// from is the helper's line; since is the output line on which that piece of the helper begins.
	from  Helper
	since int
	known bool
}

func traceLines(output, prefix string, places []Helper, isText []bool) []tracedLine {
	var lines []tracedLine
	current, since, passed := -1, 0, 0
	for number, line := range strings.SplitAfter(output, "\n") {
		traced := tracedLine{}
		var text strings.Builder
		for line != "" {
			at := strings.Index(line, prefix)
			piece := line
			if at >= 0 {
				piece = line[:at]
			}
			if !traced.known && current >= 0 && strings.TrimSpace(piece) != "" {
				traced.known, traced.from, traced.since = true, places[current], since
				if isText[current] {
					traced.from.Line += passed
				}
			}
			text.WriteString(piece)
			passed += strings.Count(piece, "\n")
			if at < 0 {
				break
			}
			line = line[at+len(prefix):]
			end := strings.Index(line, markEnd)
			index, err := strconv.Atoi(line[:max(end, 0)])
			if end < 0 || err != nil || index < 0 || index >= len(places) {
				// A mark that a template has cut.
				current = -1
				continue
			}
			line = line[end+len(markEnd):]
			current, since, passed = index, number, 0
		}
		traced.text = text.String()
		lines = append(lines, traced)
	}
	return lines
}

// refine splits the segments that come through a helper at the output's lines.
func refine(template *Template, traced []tracedLine, helpers *helpers) []Segment {
	lines := strings.SplitAfter(template.Text, "\n")
	if len(lines) != len(traced) {
		return template.Segments
	}
	starts := make([]int, len(lines))
	offset := 0
	for number, line := range lines {
		starts[number] = offset
		offset += utf16Length(line)
	}
	refined := make([]Segment, 0, len(template.Segments))
	for index, segment := range template.Segments {
		refined = append(refined, segment)
		if segment.Helper < 0 {
			continue
		}
		end := offset
		if index+1 < len(template.Segments) {
			end = template.Segments[index+1].Start
		}
		first, found := slices.BinarySearch(starts, segment.Start)
		if !found {
			first--
		}
		for number := first; number < len(lines) && starts[number] < end; number++ {
			line := traced[number]
			if !line.known || line.text != lines[number] || line.since < first {
				continue
			}
			each := segment
			each.Helper = helpers.line(line.from)
			if starts[number] <= segment.Start {
				// The line begins in front of the action: its first visible character decides only
				// where nothing else stands there.
				if strings.TrimSpace(decode(units(lines[number])[:segment.Start-starts[number]])) == "" {
					refined[len(refined)-1] = each
				}
				continue
			}
			each.Start = starts[number]
			refined = append(refined, each)
		}
	}
	return refined
}

// ofLines tells whether an output comes through a named template.
func (h *helpers) ofLines() bool { return len(h.list) > 0 }
