package render

import (
	"errors"
	"io"
	"log"
	"log/slog"
	"regexp"
	"slices"
	"strings"
)

// maxFailures bounds how often a chart is rendered again without a template that failed.
const maxFailures = 10

var nonceForm = regexp.MustCompile(`^[A-Za-z0-9]{16,64}$`)

func init() {
	// Helm's warnings quote values.
	log.SetOutput(io.Discard)
	slog.SetDefault(slog.New(slog.DiscardHandler))
}

// Render renders the chart. It never fails as a whole where a part can be rendered: a template that
// can't be is in Failures, and the others have their output.
func (c *Chart) Render(request Request) Response {
	response := Response{Name: c.root.Name()}
	response.MissingDependencies = c.missingDependencies()
	run, failure := c.start(&request)
	if failure != nil {
		response.Failures = append(response.Failures, *failure)
		return response
	}
	response.Schemas = run.schemas()
	rendering := run.render(0, true)
	response.Failures = append(response.Failures, rendering.failures...)
	response.Missing = rendering.trips.found
	if rendering.helpers.ofLines() {
		run.trace(rendering)
	}
	response.Helpers = rendering.helpers.list
	response.Templates = rendering.templates
	if rendering.generator.calls > 0 {
		other := run.render(1, false)
		markGenerated(response.Templates, other.templates)
	}
	if request.Order {
		response.Manifests, response.Failures = order(response.Templates, response.Failures)
	}
	return response
}

// start reads the request's values. A failure is one of the whole chart.
func (c *Chart) start(request *Request) (*run, *Failure) {
	if !nonceForm.MatchString(request.Nonce) {
		return nil, wholeChart(errors.New("the request has no nonce"))
	}
	layers, err := request.layers()
	if err != nil {
		return nil, wholeChart(err)
	}
	user, err := request.merged(layers)
	if err != nil {
		return nil, wholeChart(err)
	}
	run, err := c.prepare(request, user)
	if err != nil {
		failure := wholeChart(err)
		if errors.As(err, &excludedVersion{}) {
			failure.Line = c.lineOf("kubeVersion")
		}
		return nil, failure
	}
	return run, nil
}

// lineOf is the line of a key at the top of Chart.yaml.
func (c *Chart) lineOf(key string) int {
	for _, file := range c.root.Raw {
		if file.Name != "Chart.yaml" {
			continue
		}
		for number, line := range strings.Split(string(file.Data), "\n") {
			if strings.HasPrefix(line, key+":") {
				return number + 1
			}
		}
	}
	return 1
}

func wholeChart(err error) *Failure {
	return &Failure{Place: Place{Path: "Chart.yaml", Line: 1}, Message: err.Error()}
}

// rendering is the result of one pass over a chart.
type rendering struct {
	templates []Template
	failures  []Failure
	trips     *trips
	generator *generator
	helpers   *helpers
	// dropped are the templates that failed.
	dropped map[string]bool
}

// render renders with one variant of generated values. Marked, the output says where it comes from.
func (r *run) render(variant uint32, marked bool) *rendering {
	result := &rendering{
		trips:     newTrips(r.request.Nonce, r.request.Lint),
		generator: &generator{variant: variant},
		helpers:   r.newHelpers(),
		dropped:   map[string]bool{},
	}
	marks := newMarks(r.request.Nonce)
	r.edit(marks, result.trips, marked)
	for {
		*result.generator = generator{variant: variant}
		functions := result.generator.functions()
		result.trips.functions(functions)
		functions[marks.function()] = marks.call
		outputs, err := r.execute(functions)
		if err == nil {
			r.strip(result, marks, outputs)
			return result
		}
		failure := r.describe(err, result.trips.last())
		result.failures = append(result.failures, failure)
		failed := r.byName(failure.Template)
		if failed == nil || result.dropped[failed.name] || len(result.failures) >= maxFailures {
			return result
		}
		result.dropped[failed.name] = true
		failed.file.Data = nil
	}
}

// edit puts the sources to be rendered into the tree.
func (r *run) edit(marks *marks, trips *trips, marked bool) {
	files := map[*analysis]int{}
	edited := map[*analysis]string{}
	for _, each := range r.templates {
		if known, ok := files[each.found]; ok && each.text != "" {
			// The same file under another alias.
			marks.names[known] = append(marks.names[known], each.name)
			each.file.Data = []byte(edited[each.found])
			continue
		}
		file := len(marks.names)
		marks.names = append(marks.names, []string{each.name})
		edits := trips.edits(each.found, each.path)
		if marked && !each.partial {
			edits = append(edits, marks.edits(each.found, file)...)
			slices.SortStableFunc(edits, byOffset)
		}
		files[each.found] = file
		edited[each.found] = apply(each.text, edits)
		each.file.Data = []byte(edited[each.found])
	}
}

// byOffset sorts edits; at one place a marker goes in front of what it marks.
func byOffset(a, b edit) int {
	if a.offset != b.offset {
		return a.offset - b.offset
	}
	return a.length - b.length
}

func (r *run) strip(result *rendering, marks *marks, outputs map[string]string) {
	for _, each := range r.templates {
		output, ok := outputs[each.name]
		if !ok || result.dropped[each.name] || isNotes(each.name) {
			continue
		}
		text, segments, whole := marks.strip(output, result.helpers.index)
		if !whole {
			result.failures = append(result.failures, Failure{
				Place:    Place{Path: each.path, Line: 1},
				Message:  "the output can't be told apart from its marks",
				Template: each.name,
			})
			continue
		}
		if strings.TrimSpace(text) == "" {
			continue
		}
		result.templates = append(result.templates, Template{
			Name: each.name, Path: each.path, Text: text, Segments: segments, Generated: []Span{},
		})
	}
}

// isNotes tells what Helm prints for the user and does not apply.
func isNotes(name string) bool { return strings.HasSuffix(name, "NOTES.txt") }
