package render

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var errorPlace = regexp.MustCompile(`([^\s():][^\n():]{0,400}):(\d{1,9})(?::\d{1,9})?`)

// describe turns Helm's error into a failure on a template's line, in words that hold no value.
func (r *run) describe(err error, tripped *MissingValue) Failure {
	var places []Place
	template := ""
	message := err.Error()
	for _, found := range errorPlace.FindAllStringSubmatch(message, 200) {
		name := found[1]
		source := r.byName(name)
		if source == nil {
			// Go's own prefix.
			const prefix = "template: "
			if len(name) > len(prefix) && name[:len(prefix)] == prefix {
				source = r.byName(name[len(prefix):])
			}
		}
		if source == nil {
			continue
		}
		line, _ := strconv.Atoi(found[2])
		if template == "" {
			template = source.name
		}
		place := Place{Path: source.path, Line: line}
		if len(places) == 0 || places[len(places)-1] != place {
			places = append(places, place)
		}
	}
	failure := Failure{Place: Place{Path: "Chart.yaml", Line: 1}, Message: safeReason(message, r.writes), Template: template}
	if len(places) > 0 {
		failure.Place = places[len(places)-1]
		failure.Through = places[:len(places)-1]
	}
	if tripped != nil {
		failure.Message = tripped.Function + ": " + tripped.Message
		if tripped.Line > 0 {
			failure.Place = tripped.Place
			failure.Through = places
		}
	}
	if failure.Through == nil {
		failure.Through = []Place{}
	}
	return failure
}

// writes tells whether a name stands in the source of a template.
func (r *run) writes(name string) bool {
	return slices.ContainsFunc(r.templates, func(each *source) bool { return strings.Contains(each.text, name) })
}
