package render

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"helm.sh/helm/v4/pkg/chart/common"
)

// maxLeaves bounds how many leaves of the values are looked at.
const maxLeaves = 50_000

// leaf is a scalar in the merged values.
type leaf struct {
	path   []any
	number int
	value  any
	// text is the value as templates print it.
	text string
	// inexact is a leaf that only counts where it is the whole scalar: its text is everywhere.
	inexact bool
}

// leavesOf lists the leaves in the order of their keys. A subchart's copy of a global is left out: the
// one at the top decides it.
func leavesOf(values map[string]any) []*leaf {
	var leaves []*leaf
	globals, _ := values["global"].(map[string]any)
	var walk func(value any, path []any)
	walk = func(value any, path []any) {
		if len(leaves) >= maxLeaves || len(path) > 100 {
			return
		}
		switch typed := value.(type) {
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(typed)) {
				below := append(slices.Clone(path), key)
				if key == "global" && len(path) > 0 && len(globals) > 0 {
					continue
				}
				walk(typed[key], below)
			}
		case []any:
			for index, item := range typed {
				walk(item, append(slices.Clone(path), index))
			}
		case nil:
		default:
			text, inexact := printed(typed)
			leaves = append(leaves, &leaf{path: path, number: len(leaves), value: typed, text: text, inexact: inexact})
		}
	}
	walk(values, nil)
	return leaves
}

func printed(value any) (string, bool) {
	switch typed := value.(type) {
	case string:
		return typed, false
	case bool:
		return strconv.FormatBool(typed), true
	case float64:
		return strconv.FormatFloat(typed, 'f', -1, 64), true
	default:
		return fmt.Sprint(typed), true
	}
}

// telling leaves have a sentinel that does not occur by chance.
func (l *leaf) telling() bool {
	text, ok := l.value.(string)
	if !ok {
		return false
	}
	count := 0
	for index := range len(text) {
		if isLetter(text[index]) || isDigit(text[index]) {
			count++
		}
	}
	return count >= 4
}

// sentinel is another value of the same type; a text has the same length and kinds of characters, so
// that what a chart demands of it still holds.
func (l *leaf) sentinel() any {
	switch typed := l.value.(type) {
	case string:
		return l.sentinelText()
	case bool:
		return !typed
	case float64:
		return neighbour(typed)
	case int64:
		return int64(neighbour(float64(typed)))
	case int:
		return int(neighbour(float64(typed)))
	default:
		return l.value
	}
}

// neighbour has as many digits.
func neighbour(value float64) float64 {
	if value > 0 && strings.TrimLeft(strconv.FormatFloat(value, 'f', -1, 64), "9") == "" {
		return value - 1
	}
	return value + 1
}

func (l *leaf) sentinelText() string {
	text, ok := l.value.(string)
	if !ok {
		return ""
	}
	state := uint32(l.number)*2654435761 + 97
	changed := []byte(text)
	changes := false
	for index, character := range changed {
		state = state*1664525 + 1013904223
		switch {
		case character >= 'a' && character <= 'z':
			changed[index] = 'a' + (character-'a'+1+byte((state>>16)%25))%26
			changes = true
		case character >= 'A' && character <= 'Z':
			changed[index] = 'A' + (character-'A'+1+byte((state>>16)%25))%26
			changes = true
		case character >= '1' && character <= '9':
			changed[index] = '1' + (character-'1'+1+byte((state>>16)%8))%9
			changes = true
		case character == '0':
			changed[index] = '1' + byte((state>>16)%9)
			changes = true
		}
	}
	if !changes {
		return strings.Repeat("x", max(len(text), 1))
	}
	return string(changed)
}

// set puts the sentinel into the user's values. A list is replaced as a whole, as Helm merges.
func (l *leaf) set(user, merged map[string]any) {
	var target any = user
	var from any = merged
	for index, step := range l.path {
		last := index == len(l.path)-1
		switch key := step.(type) {
		case string:
			table, ok := target.(map[string]any)
			if !ok {
				return
			}
			source, _ := from.(map[string]any)
			from = source[key]
			if last {
				table[key] = l.sentinel()
				return
			}
			switch existing := table[key].(type) {
			case map[string]any, []any:
				target = existing
			default:
				table[key] = copyValue(from, true)
				target = table[key]
			}
		case int:
			list, ok := target.([]any)
			if !ok || key >= len(list) {
				return
			}
			source, _ := from.([]any)
			if key < len(source) {
				from = source[key]
			}
			if last {
				list[key] = l.sentinel()
				return
			}
			target = list[key]
		}
	}
}

// copyValue copies lists in full, and of a table, where shallow, only that it is one.
func copyValue(value any, shallow bool) any {
	switch typed := value.(type) {
	case map[string]any:
		if shallow {
			return map[string]any{}
		}
		return copyTable(typed)
	case []any:
		copied := make([]any, len(typed))
		for index, item := range typed {
			copied[index] = copyValue(item, false)
		}
		return copied
	default:
		return value
	}
}

func copyTable(table map[string]any) map[string]any {
	copied := make(map[string]any, len(table))
	for key, value := range table {
		copied[key] = copyValue(value, false)
	}
	return copied
}

// plain turns Helm's named map types into plain ones.
func plain(value any) any {
	switch typed := value.(type) {
	case common.Values:
		return plain(map[string]any(typed))
	case map[string]any:
		table := make(map[string]any, len(typed))
		for key, each := range typed {
			table[key] = plain(each)
		}
		return table
	case []any:
		list := make([]any, len(typed))
		for index, each := range typed {
			list[index] = plain(each)
		}
		return list
	default:
		return value
	}
}

func isLetter(character byte) bool {
	return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z'
}

func isDigit(character byte) bool { return character >= '0' && character <= '9' }
