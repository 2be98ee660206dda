package render

import (
	"slices"
	"strings"
)

// helpers knows where named templates are defined, and numbers those that are asked for.
type helpers struct {
	defined map[string]Place
	list    []Helper
	numbers map[string]int
	exact   map[Helper]int
}

// newHelpers reads all definitions. Helm parses deep paths first, and the last definition counts.
func (r *run) newHelpers() *helpers {
	defined := map[string]Place{}
	inOrder := slices.Clone(r.templates)
	slices.SortFunc(inOrder, func(a, b *source) int {
		if difference := strings.Count(b.name, "/") - strings.Count(a.name, "/"); difference != 0 {
			return difference
		}
		return strings.Compare(b.name, a.name)
	})
	for _, each := range inOrder {
		for name, line := range each.found.defines {
			defined[name] = Place{Path: each.path, Line: line}
		}
	}
	return &helpers{defined: defined, numbers: map[string]int{}, exact: map[Helper]int{}}
}

// index numbers a helper; -1 is one that no template defines.
func (h *helpers) index(name string) int {
	if number, ok := h.numbers[name]; ok {
		return number
	}
	place, ok := h.defined[name]
	number := -1
	if ok {
		number = len(h.list)
		h.list = append(h.list, Helper{Name: name, Place: place})
	}
	h.numbers[name] = number
	return number
}

// line numbers a line in a helper.
func (h *helpers) line(at Helper) int {
	if number, ok := h.exact[at]; ok {
		return number
	}
	number := len(h.list)
	h.list = append(h.list, at)
	h.exact[at] = number
	return number
}
