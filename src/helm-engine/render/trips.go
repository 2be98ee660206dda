package render

import (
	"errors"
	"strconv"
	"text/template"
)

// trips records the calls of `required` and `fail` that the values trip. Every call in a template's
// source gets a function of its own, so that it is known which one it was.
type trips struct {
	nonce string
	lint  bool
	sites []MissingValue
	found []MissingValue
	seen  map[int]bool
}

func newTrips(nonce string, lint bool) *trips {
	return &trips{nonce: nonce, lint: lint, seen: map[int]bool{}}
}

func (t *trips) function(index int) string { return "need" + t.nonce + "x" + strconv.Itoa(index) }

// edits gives the calls of a file their own names.
func (t *trips) edits(found *analysis, path string) []edit {
	edits := make([]edit, 0, len(found.calls))
	for _, each := range found.calls {
		edits = append(edits, edit{offset: each.offset, length: len(each.function), text: t.function(len(t.sites))})
		t.sites = append(t.sites, MissingValue{
			Place:    Place{Path: path, Line: each.line},
			Function: each.function,
			Message:  each.message,
		})
	}
	return edits
}

// last is the call that ended the rendering, where one did.
func (t *trips) last() *MissingValue {
	if len(t.found) == 0 || t.lint {
		return nil
	}
	return &t.found[len(t.found)-1]
}

func (t *trips) trip(index int, function string) error {
	if !t.seen[index] {
		t.seen[index] = true
		if index >= 0 {
			t.found = append(t.found, t.sites[index])
		} else {
			t.found = append(t.found, MissingValue{Function: function, Message: elided})
		}
	}
	if t.lint {
		return nil
	}
	return errors.New("tripped")
}

func (t *trips) required(index int) func(string, any) (any, error) {
	return func(_ string, value any) (any, error) {
		if value != nil && value != "" {
			return value, nil
		}
		return "", t.trip(index, "required")
	}
}

func (t *trips) fail(index int) func(string) (string, error) {
	return func(string) (string, error) { return "", t.trip(index, "fail") }
}

// functions are those of all sites, and the plain ones for templates inside of values.
func (t *trips) functions(into template.FuncMap) {
	into["required"] = t.required(-1)
	into["fail"] = t.fail(-2)
	for index, each := range t.sites {
		if each.Function == "required" {
			into[t.function(index)] = t.required(index)
		} else {
			into[t.function(index)] = t.fail(index)
		}
	}
}
