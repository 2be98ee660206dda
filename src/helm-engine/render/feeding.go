package render

import (
	"fmt"
	"slices"
	"strings"
)

// maxRenderings bounds the renderings for one call.
const maxRenderings = 40

// Scalar is a place in a template's output.
type Scalar struct {
	// Template is Helm's name.
	Template string `json:"template"`
	// Document is the number of the YAML document in the output, Path the way to the scalar in it.
	Document int   `json:"document"`
	Path     []any `json:"path"`
	// Text is that of a scalar where the caller knows it, which saves a rendering.
	Text *string `json:"text"`
	// Part is what of Text is meant; all of it where it is empty.
	Part string `json:"part"`
}

// Feed is a leaf of the values that decides a scalar.
type Feed struct {
	// Path is the leaf's in the merged values.
	Path []any `json:"path"`
	// Kind is `set` for the flags, `file` for one of Request.Values (Source is its name), `chart` for a
	// values file of the chart (Source is its path).
	Kind   string `json:"kind"`
	Source string `json:"source"`
	// At is the leaf's path in that file.
	At []any `json:"at"`
}

// feeding is the search for the leaves that feed scalars.
type feeding struct {
	run     *run
	user    map[string]any
	merged  map[string]any
	scalars []Scalar
	before  []string
	// wasRead says that before is what the templates print, and not what the caller says.
	wasRead bool
	leaves  []*leaf
	// proven[i] are the numbers of the leaves that feed scalar i.
	proven     [][]int
	candidates [][]int
	renderings int
	// only are the templates that print the scalars.
	only map[string]bool
}

// Feed names the values leaves that decide each scalar. A leaf is proven by changing it: where the
// scalar changes with it, it feeds the scalar. Leaves whose text occurs in the scalar, plain or
// base64-decoded, are tried, the longest first.
func (c *Chart) Feed(request Request, scalars []Scalar) [][]Feed {
	feeds, _ := c.feed(request, scalars)
	return feeds
}

// feed also counts the renderings that the answer took.
func (c *Chart) feed(request Request, scalars []Scalar) ([][]Feed, int) {
	feeds := make([][]Feed, len(scalars))
	run, failure := c.start(&request)
	if failure != nil {
		return feeds, 0
	}
	search := &feeding{run: run, user: run.user, scalars: scalars, only: map[string]bool{}}
	for index := range scalars {
		scalars[index].Path = normalize(scalars[index].Path)
		search.only[scalars[index].Template] = true
	}
	values, err := run.values()
	if err != nil {
		return feeds, 0
	}
	search.merged, _ = plain(values["Values"]).(map[string]any)
	if !search.begin() {
		return feeds, search.renderings
	}
	search.together()
	search.oneByOne()
	layers, _ := request.layers()
	sources := &sources{of: c, run: run, request: &request, layers: layers}
	for index, numbers := range search.proven {
		for _, number := range numbers {
			if feed, ok := sources.find(search.leaves[number].path); ok {
				feeds[index] = append(feeds[index], feed)
			}
		}
	}
	return feeds, search.renderings
}

// begin picks the leaves to try, by the scalars as they are.
func (f *feeding) begin() bool {
	for _, scalar := range f.scalars {
		if scalar.Text != nil {
			f.before = append(f.before, *scalar.Text)
		}
	}
	if len(f.before) != len(f.scalars) && !f.readBefore() {
		return false
	}
	f.leaves = leavesOf(f.merged)
	f.candidates = make([][]int, len(f.scalars))
	f.proven = make([][]int, len(f.scalars))
	for index, scalar := range f.scalars {
		f.candidates[index] = f.pick(f.before[index], scalar)
	}
	return true
}

// readBefore reads the scalars as they are. Only their templates are rendered, unless these need the others.
func (f *feeding) readBefore() bool {
	before, ok := f.read(nil)
	if !ok {
		f.only = nil
		if before, ok = f.read(nil); !ok {
			return false
		}
	}
	f.before, f.wasRead = before, true
	return true
}

// together changes all leaves at once, each to a text of its own, and looks for those texts.
func (f *feeding) together() {
	var changed []int
	for _, numbers := range f.candidates {
		for _, number := range numbers {
			if f.leaves[number].telling() && !slices.Contains(changed, number) {
				changed = append(changed, number)
			}
		}
	}
	if len(changed) == 0 {
		return
	}
	after, ok := f.read(changed)
	if !ok && !f.wasRead && f.readBefore() && f.only == nil {
		after, ok = f.read(changed)
	}
	if !ok {
		return
	}
	for index, numbers := range f.candidates {
		decoded := decodeBase64(after[index])
		for _, number := range numbers {
			sentinel := f.leaves[number].sentinelText()
			if slices.Contains(changed, number) && (strings.Contains(after[index], sentinel) || decoded != "" && strings.Contains(decoded, sentinel)) {
				f.proven[index] = append(f.proven[index], number)
			}
		}
	}
}

// oneByOne changes a single leaf, for scalars that show no leaf's text as it is: booleans, numbers,
// what a template has cut, hashed or compared, and values that only render when nothing else changes.
func (f *feeding) oneByOne() {
	tried := map[int]bool{}
	for rank := range maxCandidates {
		for index, numbers := range f.candidates {
			if len(f.proven[index]) > 0 || rank >= len(numbers) || tried[numbers[rank]] || f.renderings >= maxRenderings {
				continue
			}
			// What changed is told by what was printed before, and not by how others would write it.
			if !f.wasRead && !f.readBefore() {
				return
			}
			number := numbers[rank]
			tried[number] = true
			after, ok := f.read([]int{number})
			if !ok {
				continue
			}
			for each := range f.scalars {
				if f.tells(each, number, after[each]) && slices.Contains(f.candidates[each], number) && !slices.Contains(f.proven[each], number) {
					f.proven[each] = append(f.proven[each], number)
				}
			}
		}
	}
}

// tells is whether a scalar's text after a leaf was changed proves that the leaf feeds it. A scalar that
// is gone was switched off with what it stands in; that is the leaf's doing where both have one name
// (`hostNetwork: true` under an `if` of `.Values.hostNetwork`), and nothing about the text elsewhere.
func (f *feeding) tells(scalar, number int, after string) bool {
	if after != "" {
		return after != f.before[scalar]
	}
	leaf, path := f.leaves[number].path, f.scalars[scalar].Path
	return len(leaf) > 0 && len(path) > 0 && leaf[len(leaf)-1] == path[len(path)-1]
}

// read renders with some leaves changed and gives the scalars' texts. It reports false where the chart
// does not render.
func (f *feeding) read(changed []int) (texts []string, ok bool) {
	f.renderings++
	user := copyTable(f.user)
	for _, number := range changed {
		f.leaves[number].set(user, f.merged)
	}
	run, err := f.run.of.prepare(f.run.request, user)
	if err != nil {
		return nil, false
	}
	outputs, ok := run.plain(f.only)
	if !ok {
		return nil, false
	}
	documents := map[string]*documents{}
	for _, scalar := range f.scalars {
		if documents[scalar.Template] == nil {
			documents[scalar.Template] = parseDocuments(outputs[scalar.Template])
		}
		texts = append(texts, documents[scalar.Template].text(scalar.Document, scalar.Path))
	}
	return texts, true
}

// plain renders without marks; of the manifests only those in `only`, or all where it is nil.
func (r *run) plain(only map[string]bool) (map[string]string, bool) {
	for _, each := range r.templates {
		if only != nil && !each.partial && !only[each.name] {
			each.file.Data = nil
		}
	}
	trips := newTrips(r.request.Nonce, r.request.Lint)
	functions := (&generator{}).functions()
	trips.functions(functions)
	outputs, err := r.execute(functions)
	return outputs, err == nil
}

// normalize makes indices of the numbers that JSON gives.
func normalize(path []any) []any {
	normalized := make([]any, 0, len(path))
	for _, step := range path {
		switch typed := step.(type) {
		case float64:
			normalized = append(normalized, int(typed))
		case string, int:
			normalized = append(normalized, typed)
		default:
			normalized = append(normalized, fmt.Sprint(typed))
		}
	}
	return normalized
}
