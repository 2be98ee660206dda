package render

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"
)

func TestFailuresStandOnTheTemplatesLine(t *testing.T) {
	_, response := renderFixture(t, "broken", nil)
	got := map[string]bool{}
	for _, failure := range response.Failures {
		got[fmt.Sprintf("%s:%d %s", failure.Path, failure.Line, failure.Message)] = true
	}
	for _, want := range []string{
		"templates/parse.yaml:4 missing value for if",
		"templates/_helpers.tpl:2 can't evaluate field key in type interface {}",
		"templates/atoi.yaml:4 error calling mustToDate",
	} {
		if !got[want] {
			t.Errorf("%q is missing in %v", want, got)
		}
	}
	if strings.Contains(fmt.Sprint(response.Failures), "do-not-print-me") {
		t.Error("a value is printed")
	}
	find(t, &response, "broken/templates/good.yaml")
	if len(response.MissingDependencies) != 1 || response.MissingDependencies[0].Name != "absent" {
		t.Errorf("got %+v", response.MissingDependencies)
	}
}

func TestMissingValuesInLintMode(t *testing.T) {
	_, response := renderFixture(t, "incomplete", nil)
	if len(response.Failures) != 0 {
		t.Fatalf("got %+v", response.Failures)
	}
	got := fmt.Sprint(response.Missing)
	for _, want := range []string{
		"{{templates/_validate.tpl 4} fail mode … needs a host, the key is …}",
		"{{templates/config.yaml 7} required host is needed}",
		"{{templates/config.yaml 8} required admin.email is needed}",
		"{{ 0} required …}",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in %s", want, got)
		}
	}
	if strings.Contains(got, "super-secret") {
		t.Error("a value is printed")
	}
	if text := find(t, &response, "incomplete/templates/config.yaml").Text; !strings.Contains(text, `host: ""`) {
		t.Errorf("got %q", text)
	}
}

func TestMessagesQuoteNoValues(t *testing.T) {
	const canary = "c4n4ry-v4lue"
	sources := []string{
		"{{ fail .Values.canary }}", "{{ required .Values.canary nil }}", "{{ .Values.canary | fail }}",
		"{{ fail (printf \"%s\" .Values.canary) }}", "{{ tpl (printf \"{{ %s\" .Values.canary) . }}",
		"{{ tpl (printf \"{{ fail %q }}\" .Values.canary) . }}", "{{ include .Values.canary . }}", "{{ range .Values.canary }}{{ end }}",
		"{{ index .Values.list .Values.canary }}", "{{ mustFromJson .Values.canary }}", "{{ mustRegexMatch (print .Values.canary \"[\") \"x\" }}",
		"{{ .Values.canary.x }}", "{{ add1 .Values.canary | index .Values.list }}", "{{ semver .Values.canary }}", "{{ b64dec .Values.canary | fail }}",
		"{{ template \"none\" }}", "{{ dict .Values.canary | get }}", "{{ mustToDuration .Values.canary }}", "{{ mustToDate \"2006\" .Values.canary }}",
		"{{ (index .Values.list 0).x.y }}", "{{ urlParse (print \":\" .Values.canary) }}", "{{ genPrivateKey .Values.canary | fail }}",
	}
	for _, source := range sources {
		for _, lint := range []bool{false, true} {
			chart := load(t, map[string]string{
				"values.yaml":      "canary: " + canary + "\nlist: [" + canary + "]\n",
				"templates/x.yaml": "a: " + source + "\n",
			})
			response := chart.Render(Request{Nonce: testNonce, Lint: lint})
			if said := fmt.Sprint(response.Failures, response.Missing); strings.Contains(said, "c4n4ry") || strings.Contains(said, testNonce) {
				t.Errorf("%s says %s", source, said)
			}
		}
	}
}

func TestBadInputIsData(t *testing.T) {
	chart := load(t, map[string]string{"values.yaml": "a: 1\n", "templates/x.yaml": "a: {{ .Values.a }}\n"})
	tests := map[string]Request{
		"no nonce":     {},
		"values file":  {Nonce: testNonce, Values: []ValuesDocument{{Name: "v.yaml", Data: []byte("secret-text: [\n")}}},
		"set":          {Nonce: testNonce, Set: []string{"secret-text"}},
		"set index":    {Nonce: testNonce, Set: []string{"a[99999999]=secret-text"}},
		"set-string":   {Nonce: testNonce, SetString: []string{"secret-text"}},
		"kube version": {Nonce: testNonce, KubeVersion: "secret-text"},
	}
	for name, request := range tests {
		t.Run(name, func(t *testing.T) {
			response := chart.Render(request)
			if len(response.Failures) != 1 || strings.Contains(response.Failures[0].Message, "secret-text") {
				t.Errorf("got %+v", response.Failures)
			}
		})
	}
}

func TestYAMLErrorsQuoteNothing(t *testing.T) {
	tests := map[string]string{
		"a: [\n":                    "did not find expected node content",
		"a: secret: x\n":            "mapping values are not allowed in this context",
		"a: *secret\n":              "unknown anchor",
		"a: \"secret\n":             "found unexpected end of stream",
		"a: 1\nsecret\n":            "could not find expected ':'",
		"\"secret\"":                "it is not the YAML that Helm expects",
		"a: !!binary \"secret!\"\n": "",
		"a: \x07secret\n":           "control characters are not allowed",
	}
	for text, want := range tests {
		request := Request{Nonce: testNonce, Values: []ValuesDocument{{Name: "v.yaml", Data: []byte(text)}}}
		response := load(t, map[string]string{}).Render(request)
		if want == "" && len(response.Failures) == 0 {
			continue
		}
		if len(response.Failures) != 1 || strings.Contains(response.Failures[0].Message, "secret") || !strings.Contains(response.Failures[0].Message, want) {
			t.Errorf("%q: got %+v", text, response.Failures)
		}
	}
}

func pack(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var packed bytes.Buffer
	compressed := gzip.NewWriter(&packed)
	archive := tar.NewWriter(compressed)
	for name, text := range files {
		if err := archive.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(text))}); err != nil {
			t.Fatal(err)
		}
		if _, err := archive.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	archive.Close()
	compressed.Close()
	return packed.Bytes()
}

func TestRefusesWhatItShouldNotLoad(t *testing.T) {
	chart := File{Path: "Chart.yaml", Data: []byte("apiVersion: v2\nname: chart\nversion: 0.1.0\n")}
	nested := pack(t, map[string]string{"a/Chart.yaml": string(chart.Data)})
	for range maxArchiveDepth + 1 {
		nested = pack(t, map[string]string{"a/Chart.yaml": string(chart.Data), "a/charts/a.tgz": string(nested)})
	}
	bomb := pack(t, map[string]string{"a/Chart.yaml": string(chart.Data), "a/x": strings.Repeat("\x00", maxChartBytes+1)})
	tests := map[string][]File{
		"no chart":        {{Path: "values.yaml", Data: []byte("a: 1")}},
		"traversal":       {chart, {Path: "../x", Data: []byte("a")}},
		"absolute":        {chart, {Path: "/x", Data: []byte("a")}},
		"bad metadata":    {{Path: "Chart.yaml", Data: []byte("secret-text: [")}},
		"no name":         {{Path: "Chart.yaml", Data: []byte("apiVersion: v2\nversion: 1.0.0\n")}},
		"version 3":       {{Path: "Chart.yaml", Data: []byte("apiVersion: v3\nname: a\nversion: 1.0.0\n")}},
		"library":         {{Path: "Chart.yaml", Data: append(bytes.Clone(chart.Data), "type: library\n"...)}},
		"bad values":      {chart, {Path: "values.yaml", Data: []byte("secret-text: [")}},
		"no archive":      {chart, {Path: "charts/a.tgz", Data: []byte("secret-text")}},
		"tar traversal":   {chart, {Path: "charts/a.tgz", Data: pack(t, map[string]string{"a/../../x": "secret-text"})}},
		"nested archives": {chart, {Path: "charts/a.tgz", Data: nested}},
		"bomb":            {chart, {Path: "charts/a.tgz", Data: bomb}},
		"ignore file":     {chart, {Path: ".helmignore", Data: []byte("**/secret-text\n")}},
		"folder":          {chart, {Path: "charts/a/x", Data: []byte("a")}},
	}
	for name, files := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := Load(files)
			if err == nil || strings.Contains(err.Error(), "secret-text") {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestOtherTemplatesGoOnWithoutOneThatFails(t *testing.T) {
	files := map[string]string{"templates/good.yaml": "a: 1\n"}
	for index := range maxFailures + 5 {
		files[fmt.Sprintf("templates/bad-%02d.yaml", index)] = "a: {{ .Values.a.b.c }}\n"
	}
	response := load(t, files).Render(Request{Nonce: testNonce})
	if len(response.Failures) != maxFailures {
		t.Errorf("got %d failures", len(response.Failures))
	}
	delete(files, "templates/bad-00.yaml")
	for index := range maxFailures {
		delete(files, fmt.Sprintf("templates/bad-%02d.yaml", index))
	}
	response = load(t, files).Render(Request{Nonce: testNonce})
	if len(response.Failures) != 5 {
		t.Errorf("got %+v", response.Failures)
	}
	find(t, &response, "chart/templates/good.yaml")
}
