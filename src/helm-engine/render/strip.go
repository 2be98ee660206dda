package render

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// strip takes the markers out of a template's output and says where each piece comes from. It reports
// false where a part of a marker is left, so that the output can't be trusted.
func (m *marks) strip(output string, helper func(string) int) (string, []Segment, bool) {
	var text strings.Builder
	text.Grow(len(output))
	var segments []Segment
	offset := 0
	current := -1
	for {
		next := strings.Index(output, m.prefix)
		piece := output
		if next >= 0 {
			piece = output[:next]
		}
		if piece != "" {
			text.WriteString(piece)
			if current >= 0 {
				segments = m.segments(segments, m.sites[current].node, piece, offset, helper)
			}
			offset += utf16Length(piece)
		}
		if next < 0 {
			break
		}
		output = output[next+len(m.prefix):]
		end := strings.Index(output, markEnd)
		if end < 0 || end > 10 {
			return "", nil, false
		}
		index, err := strconv.Atoi(output[:end])
		if err != nil || index < 0 || index >= len(m.sites) {
			return "", nil, false
		}
		current = index
		output = output[end+len(markEnd):]
	}
	stripped := text.String()
	return stripped, segments, !strings.Contains(stripped, m.nonce)
}

// segments adds those of one node's output. Text stands on its own line for line; an action that
// prints more than one line stands on the action.
func (m *marks) segments(segments []Segment, from node, piece string, offset int, helper func(string) int) []Segment {
	through := -1
	if from.helper != "" {
		through = helper(from.helper)
	}
	if !from.text {
		exact := !strings.Contains(strings.TrimSpace(piece), "\n")
		return append(segments, Segment{Start: offset, Line: from.line, Exact: exact, Helper: through})
	}
	line := from.line
	for piece != "" {
		segments = append(segments, Segment{Start: offset, Line: line, Exact: true, Helper: -1})
		end := strings.IndexByte(piece, '\n')
		if end < 0 {
			break
		}
		offset += utf16Length(piece[:end+1])
		piece = piece[end+1:]
		line++
	}
	return segments
}

// utf16Length counts as a decoder does that replaces what is no UTF-8 by U+FFFD.
func utf16Length(text string) int {
	count := 0
	for index := 0; index < len(text); {
		if text[index] < utf8.RuneSelf {
			index++
			count++
			continue
		}
		character, size := utf8.DecodeRuneInString(text[index:])
		index += size
		count++
		if character > 0xFFFF {
			count++
		}
	}
	return count
}
