package render

import (
	"encoding/base64"
	"slices"
	"strings"
)

// maxCandidates bounds the leaves tried for one scalar.
const maxCandidates = 24

// pick lists the leaves that a scalar may come from, the most promising first.
func (f *feeding) pick(text string, scalar Scalar) []int {
	if text == "" {
		return nil
	}
	if scalar.Part != "" {
		text = scalar.Part
	}
	path := scalar.Path
	decoded := decodeBase64(text)
	var lastKey any
	if len(path) > 0 {
		lastKey = path[len(path)-1]
	}
	type ranked struct{ number, rank int }
	var found []ranked
	for number, each := range f.leaves {
		rank := 0
		switch {
		case each.text == "":
			continue
		case each.text == text || each.text == decoded:
			rank = 2000
		case each.inexact:
			continue
		// Of a text that is mostly written in the template, a word from the values is not what is wrong with it.
		case scalar.Text != nil && 2*len(each.text) < len(text) && decoded == "":
			continue
		case strings.Contains(text, each.text) || decoded != "" && strings.Contains(decoded, each.text):
			rank = min(len(each.text), 1000)
		// The value holds more than the part that is meant.
		case scalar.Part != "" && strings.Contains(each.text, scalar.Part):
			rank = 1500
		default:
			continue
		}
		if len(each.path) > 0 && each.path[len(each.path)-1] == lastKey {
			rank += 500
		}
		found = append(found, ranked{number, rank})
	}
	slices.SortStableFunc(found, func(a, b ranked) int { return b.rank - a.rank })
	var numbers []int
	for _, each := range found[:min(len(found), maxCandidates)] {
		numbers = append(numbers, each.number)
	}
	return numbers
}

func decodeBase64(text string) string {
	if len(text) < 4 || len(text)%4 != 0 {
		return ""
	}
	decoded, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return ""
	}
	return string(decoded)
}
