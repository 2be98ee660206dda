package render

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"

	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
)

// separator is the one that Helm splits manifests at.
var separator = regexp.MustCompile(`(?m)^---[ \t]*`)

var sortFailure = regexp.MustCompile(`^YAML parse error on ([^\n]{1,500}?): `)

// order finds the manifests of the templates and sorts them as Helm installs and prints them. A
// template that Helm can't read becomes a failure; the others are sorted without it.
func order(templates []Template, failures []Failure) ([]Manifest, []Failure) {
	files := make(map[string]string, len(templates))
	numbers := make(map[string]int, len(templates))
	for index, each := range templates {
		files[each.Name] = each.Text
		numbers[each.Name] = index
	}
	for {
		hooks, manifests, err := releaseutil.SortManifests(files, nil, releaseutil.InstallOrder)
		if err != nil {
			found := sortFailure.FindStringSubmatch(err.Error())
			number, known := 0, false
			if found != nil {
				number, known = numbers[found[1]]
			}
			if !known {
				return []Manifest{}, append(failures, Failure{Place: Place{Path: "Chart.yaml", Line: 1}, Message: describeYAML(err), Through: []Place{}})
			}
			delete(files, found[1])
			failures = append(failures, Failure{
				Place:    Place{Path: templates[number].Path, Line: 1},
				Message:  "the output is not YAML: " + describeYAML(err),
				Through:  []Place{},
				Template: templates[number].Name,
			})
			continue
		}
		ordered := make([]Manifest, 0, len(hooks)+len(manifests))
		pieces := map[string]*pieces{}
		add := func(name, content string, hook bool) {
			if pieces[name] == nil {
				pieces[name] = split(templates[numbers[name]].Text)
			}
			start, end := pieces[name].take(content)
			ordered = append(ordered, Manifest{Template: numbers[name], Start: start, End: end, Hook: hook})
		}
		for _, each := range manifests {
			add(each.Name, each.Content, false)
		}
		for _, each := range hooks {
			add(each.Path, each.Manifest, true)
		}
		return ordered, failures
	}
}

// pieces are the documents of a template's output, as Helm splits it.
type pieces struct {
	text   string
	starts []int
	ends   []int
	used   []bool
}

func split(text string) *pieces {
	found := &pieces{text: text}
	from := len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
	body := text[from:]
	add := func(start, end int) {
		piece := body[start:end]
		if strings.TrimSpace(piece) == "" {
			return
		}
		start += len(piece) - len(strings.TrimLeftFunc(piece, unicode.IsSpace))
		found.starts = append(found.starts, from+start)
		found.ends = append(found.ends, from+end)
		found.used = append(found.used, false)
	}
	at := 0
	for _, each := range separator.FindAllStringIndex(body, -1) {
		add(at, each[0])
		at = each[1]
	}
	add(at, len(body))
	return found
}

// take gives the offsets, in UTF-16 units, of the next document with this content.
func (p *pieces) take(content string) (int, int) {
	for index := range p.starts {
		if !p.used[index] && p.text[p.starts[index]:p.ends[index]] == content {
			p.used[index] = true
			start := utf16Length(p.text[:p.starts[index]])
			return start, start + utf16Length(content)
		}
	}
	return 0, 0
}

// Print is the chart's output as `helm template` prints it.
func (r *Response) Print() string {
	var printed strings.Builder
	ended := false
	end := func() {
		if !ended {
			trimmed := strings.TrimSpace(printed.String())
			printed.Reset()
			printed.WriteString(trimmed + "\n")
			ended = true
		}
	}
	for _, each := range r.Manifests {
		if each.Hook {
			end()
		}
		template := r.Templates[each.Template]
		text := units(template.Text)[each.Start:each.End]
		printed.WriteString("---\n# Source: " + template.Name + "\n" + decode(text) + "\n")
	}
	end()
	return printed.String()
}

func decode(text []uint16) string { return string(utf16.Decode(text)) }
