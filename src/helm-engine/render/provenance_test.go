package render

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func load(t *testing.T, files map[string]string) *Chart {
	t.Helper()
	list := []File{{Path: "Chart.yaml", Data: []byte("apiVersion: v2\nname: chart\nversion: 0.1.0\n")}}
	for path, text := range files {
		if path == "Chart.yaml" {
			list = list[1:]
		}
		list = append(list, File{Path: path, Data: []byte(text)})
	}
	chart, err := Load(list)
	if err != nil {
		t.Fatal(err)
	}
	return chart
}

func renderFixture(t *testing.T, name string, change func(*Request)) (*Chart, Response) {
	t.Helper()
	chart, err := Load(readFolder(t, "../../../fixtures/charts/"+name))
	if err != nil {
		t.Fatal(err)
	}
	request := Request{KubeVersion: "1.33.0", Nonce: testNonce, Lint: true}
	if change != nil {
		change(&request)
	}
	return chart, chart.Render(request)
}

func find(t *testing.T, response *Response, name string) Template {
	t.Helper()
	for _, template := range response.Templates {
		if template.Name == name {
			return template
		}
	}
	t.Fatalf("%s is not rendered: %+v", name, response.Failures)
	return Template{}
}

// origin is that of the first visible character of the output line that contains a text.
func origin(t *testing.T, template Template, text string) Segment {
	t.Helper()
	at := strings.Index(template.Text, text)
	if at < 0 {
		t.Fatalf("%q is not in %q", text, template.Text)
	}
	offset := utf16Length(template.Text[:at])
	found, ok := slices.BinarySearchFunc(template.Segments, offset, func(segment Segment, wanted int) int {
		return segment.Start - wanted
	})
	if !ok {
		found--
	}
	return template.Segments[found]
}

func TestSaysWhichTemplateLineMadeAnOutputLine(t *testing.T) {
	_, response := renderFixture(t, "features", nil)
	tests := []struct {
		template, text string
		line           int
		exact          bool
		helper         string
	}{
		{"deployment.yaml", "kind: Deployment", 2, true, ""},
		{"deployment.yaml", "release-name-features", 4, true, "features.fullname"},
		{"deployment.yaml", "    app.kubernetes.io/version", 6, false, "features.labels"},
		{"deployment.yaml", "strategy: { type", 12, true, ""},
		{"deployment.yaml", "args: [--cluster]", 27, true, ""},
		{"deployment.yaml", "registry.example.com/app", 23, true, ""},
		{"deployment.yaml", "changeme-please", 30, false, ""},
		{"deployment.yaml", "PORT_1", 32, true, ""},
		{"deployment.yaml", "containerPort: ", 38, true, ""},
		{"configmap.yaml", "release-name-features", 4, true, "features.fullname"},
		{"configmap.yaml", "    example.com/team", 6, false, "features.labels"},
		{"configmap.yaml", "batch: ", 11, true, ""},
		{"configmap.yaml", "{{ kept", 22, true, ""},
		{"secret.yaml", "aHVudGVyMi1odW50ZXIy", 11, true, ""},
		{"secret.yaml", "set-by-parent", 21, true, ""},
		{"windows.yaml", "ümlaut", 7, true, ""},
	}
	for _, test := range tests {
		segment := origin(t, find(t, &response, "features/templates/"+test.template), test.text)
		helper := ""
		if segment.Helper >= 0 {
			helper = response.Helpers[segment.Helper].Name
		}
		if segment.Line != test.line || segment.Exact != test.exact || helper != test.helper {
			t.Errorf("%s %q: got %+v through %q", test.template, test.text, segment, helper)
		}
	}
}

func TestSaysWhichLineOfAHelperMadeAnOutputLine(t *testing.T) {
	_, response := renderFixture(t, "features", nil)
	template := find(t, &response, "features/templates/deployment.yaml")
	for text, line := range map[string]int{"app.kubernetes.io/name": 7, "app.kubernetes.io/version": 8, "example.com/team": 10, "example.com/tier": 10} {
		segment := origin(t, template, text)
		if segment.Helper < 0 {
			t.Errorf("%s comes through a helper", text)
			continue
		}
		want := Helper{Name: "features.labels", Place: Place{Path: "templates/_helpers.tpl", Line: line}}
		if got := response.Helpers[segment.Helper]; got != want {
			t.Errorf("%s: got %+v", text, got)
		}
	}
	// One that prints a single line is known by its definition.
	if got := response.Helpers[origin(t, template, "release-name-features").Helper]; got.Line != 2 {
		t.Errorf("got %+v", got)
	}
}

func TestHelpersThatAreLookedAtKeepTheirOutput(t *testing.T) {
	helper := "{{ define \"a\" }}b: 1\nc: 2\n{{ end }}"
	tests := map[string]string{
		"hash":    "x: {{ include \"a\" . | sha256sum }}\n",
		"parse":   "{{ $t := include \"a\" . | fromYaml }}x: {{ $t.c }}\n",
		"cut":     "x: |\n  {{ include \"a\" . | trunc 3 }}\n",
		"empty":   "{{ if eq (include \"a\" .) \"b: 1\\nc: 2\\n\" }}x: 1{{ end }}\n",
		"replace": "x:\n{{ include \"a\" . | replace \"1\" \"3\" | indent 2 }}\n",
		"length":  "x: {{ include \"a\" . | len }}\n",
	}
	for name, source := range tests {
		t.Run(name, func(t *testing.T) {
			chart := load(t, map[string]string{"templates/_a.tpl": helper, "templates/x.yaml": source})
			request := Request{Nonce: testNonce}
			run, _ := chart.start(&request)
			outputs, _ := run.plain(nil)
			response := chart.Render(request)
			if got := find(t, &response, "chart/templates/x.yaml").Text; got != outputs["chart/templates/x.yaml"] {
				t.Errorf("got %q, want %q", got, outputs["chart/templates/x.yaml"])
			}
		})
	}
}

func TestNamesFilesOfSubcharts(t *testing.T) {
	_, response := renderFixture(t, "features", nil)
	tests := map[string]string{
		"features/charts/worker/templates/worker.yaml":         "charts/worker/templates/worker.yaml",
		"features/charts/nightly/templates/worker.yaml":        "charts/worker/templates/worker.yaml",
		"features/charts/packed/templates/secret.yaml":         "charts/packed-2.0.0.tgz!/templates/secret.yaml",
		"features/charts/packed/charts/inner/templates/x.yaml": "charts/packed-2.0.0.tgz!/charts/inner/templates/x.yaml",
	}
	for name, path := range tests {
		template := find(t, &response, name)
		if template.Path != path {
			t.Errorf("%s: got %s", name, template.Path)
		}
		if len(template.Segments) == 0 {
			t.Errorf("%s has no origins", name)
		}
	}
}

// Every line that is said to be a template's own text must begin as that line of the template does.
func TestOriginsHoldOnEveryChart(t *testing.T) {
	lines, known, exact := 0, 0, 0
	for _, folder := range chartFolders(t) {
		chart, err := Load(readFolder(t, folder))
		if err != nil {
			continue
		}
		response := chart.Render(Request{KubeVersion: "1.33.0", Nonce: testNonce, Lint: true})
		for _, template := range response.Templates {
			if strings.Contains(template.Path, "!/") {
				continue
			}
			source, err := os.ReadFile(filepath.Join(folder, template.Path))
			if err != nil {
				t.Fatal(err)
			}
			written := strings.Split(string(source), "\n")
			offset := 0
			for _, line := range strings.SplitAfter(template.Text, "\n") {
				visible := strings.TrimLeft(line, " \t")
				start := offset + utf16Length(line) - utf16Length(visible)
				offset += utf16Length(line)
				if strings.TrimSpace(visible) == "" {
					continue
				}
				lines++
				at, found := slices.BinarySearchFunc(template.Segments, start, func(s Segment, wanted int) int { return s.Start - wanted })
				if !found {
					at--
				}
				if at < 0 {
					continue
				}
				known++
				segment := template.Segments[at]
				if !segment.Exact {
					continue
				}
				exact++
				if segment.Line > len(written) {
					t.Fatalf("%s: line %d is behind the end", template.Path, segment.Line)
				}
				prefix, _, _ := strings.Cut(written[segment.Line-1], "{{")
				if prefix = strings.TrimSpace(prefix); !strings.HasPrefix(visible, prefix) {
					// Text behind an action on the same template line.
					tail := written[segment.Line-1][strings.LastIndex(written[segment.Line-1], "}}")+2:]
					if tail = strings.TrimSpace(tail); tail == "" || !strings.HasPrefix(visible, tail[:1]) {
						t.Errorf("%s:%d: %q does not begin %q", template.Path, segment.Line, prefix, visible)
					}
				}
			}
		}
	}
	t.Logf("%d lines, %d known, %d exact", lines, known, exact)
	if lines == 0 || known*100 < lines*99 {
		t.Errorf("of %d lines only %d are known", lines, known)
	}
}

func TestMarksChangeNothing(t *testing.T) {
	for _, folder := range chartFolders(t) {
		chart, err := Load(readFolder(t, folder))
		if err != nil {
			continue
		}
		request := Request{KubeVersion: "1.33.0", Nonce: testNonce, Lint: true}
		run, failure := chart.start(&request)
		if failure != nil {
			continue
		}
		marked, unmarked := run.render(0, true), run.render(0, false)
		for index, template := range unmarked.templates {
			if template.Text != marked.templates[index].Text {
				t.Errorf("%s: %s differs", folder, template.Name)
			}
		}
	}
}

func TestHostileTemplatesForgeNoMarks(t *testing.T) {
	tests := map[string]string{
		"control characters": "a: \x01x.0\x02\nb: 1\n",
		"a call":             "a: {{ at }}\n",
		"no value":           "a: <no value>\nb: {{ .Values.none }}\n",
		"shadowed root":      "{{- $ := 1 }}a: 1\nb: {{ $ }}\n",
		"brace":              "a: {{ \"{\" }}{{ \"{\" }}\n",
		"own include":        "{{ define \"chart/templates/x.yaml\" }}b: 1{{ end }}\na: 1\n",
		"break":              "{{ range until 3 }}{{ if eq . 1 }}{{ break }}{{ end }}a{{ . }}: 1\n{{ end }}",
		"empty":              "",
	}
	for name, source := range tests {
		t.Run(name, func(t *testing.T) {
			response := load(t, map[string]string{"templates/x.yaml": source}).Render(Request{Nonce: testNonce})
			for _, template := range response.Templates {
				if strings.Contains(template.Text, testNonce) {
					t.Errorf("a mark is left: %q", template.Text)
				}
				for _, segment := range template.Segments {
					if segment.Line < 1 || segment.Line > strings.Count(source, "\n")+1 {
						t.Errorf("got %+v", segment)
					}
				}
			}
		})
	}
}
