package render

import (
	"fmt"
	"testing"
)

func TestFindsTheValuesThatFeedAScalar(t *testing.T) {
	values := ValuesDocument{Name: "values-prod.yaml", Data: []byte("database:\n  user: produser\nlabels:\n  team: platform\n")}
	chart, _ := renderFixture(t, "features", nil)
	tests := []struct {
		name     string
		template string
		document int
		path     []any
		want     string
	}{
		{"base64", "features/templates/secret.yaml", 0, []any{"data", "password"}, "chart values.yaml [database password]"},
		{"values file", "features/templates/secret.yaml", 0, []any{"stringData", "user"}, "file values-prod.yaml [database user]"},
		{"parent over subchart", "features/charts/worker/templates/worker.yaml", 0, []any{"data", "token"}, "chart values.yaml [worker token]"},
		{"subchart's default under an alias", "features/charts/nightly/templates/worker.yaml", 0, []any{"data", "token"}, "chart charts/worker/values.yaml [token]"},
		{"archive", "features/charts/packed/templates/secret.yaml", 0, []any{"stringData", "password"}, "chart charts/packed-2.0.0.tgz!/values.yaml [password]"},
		{"global", "features/charts/worker/templates/worker.yaml", 0, []any{"data", "region"}, "chart values.yaml [global region]"},
		{"list", "features/templates/deployment.yaml", 0, []any{"spec", "template", "spec", "containers", float64(0), "env", float64(1), "value"}, "chart values.yaml [env 1 value]"},
		{"tpl", "features/templates/configmap.yaml", 0, []any{"data", "url"}, "file values-prod.yaml [database user]"},
		{"number", "features/templates/deployment.yaml", 0, []any{"spec", "replicas"}, "chart values.yaml [replicas]"},
		{"flag", "features/templates/deployment.yaml", 0, []any{"metadata", "labels", "example.com/tier"}, "set  [labels tier]"},
		{"import-values", "features/templates/configmap.yaml", 0, []any{"data", "packed"}, "chart charts/packed-2.0.0.tgz!/values.yaml [exports defaults fromPacked]"},
		{"no value", "features/templates/deployment.yaml", 0, []any{"kind"}, ""},
		{"no such place", "features/templates/deployment.yaml", 3, []any{"kind"}, ""},
		{"no such template", "features/templates/none.yaml", 0, []any{"kind"}, ""},
	}
	scalars := make([]Scalar, 0, len(tests))
	for _, test := range tests {
		scalars = append(scalars, Scalar{Template: test.template, Document: test.document, Path: test.path})
	}
	request := Request{Nonce: testNonce, Lint: true, Values: []ValuesDocument{values}, Set: []string{"labels.tier=frontend-tier"}}
	feeds := chart.Feed(request, scalars)
	for index, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			all := []string{}
			for _, feed := range feeds[index] {
				all = append(all, fmt.Sprintf("%s %s %v", feed.Kind, feed.Source, feed.At))
			}
			if test.want == "" && len(all) == 0 {
				return
			}
			for _, each := range all {
				if each == test.want {
					return
				}
			}
			t.Errorf("got %q, want %q", all, test.want)
		})
	}
}

func TestDoesNotBlameALookAlike(t *testing.T) {
	chart := load(t, map[string]string{
		"values.yaml":        "real: same-text\nother: same-text\nflag: true\nunused: true\n",
		"templates/x.yaml":   "a: {{ .Values.real }}\nb: same-text\nc: {{ .Values.flag }}\nd: {{ .Values.real | upper }}\n",
		"templates/_x.tpl":   "",
		"templates/bad.yaml": "{{ if eq .Values.other \"same-text\" }}e: 1{{ end }}\n",
	})
	feeds := chart.Feed(Request{Nonce: testNonce}, []Scalar{
		{Template: "chart/templates/x.yaml", Path: []any{"a"}},
		{Template: "chart/templates/x.yaml", Path: []any{"b"}},
		{Template: "chart/templates/x.yaml", Path: []any{"c"}},
	})
	for index, want := range []string{"[{[real] chart values.yaml [real]}]", "[]", "[{[flag] chart values.yaml [flag]}]"} {
		if got := fmt.Sprint(feeds[index]); got != want {
			t.Errorf("%d: got %s, want %s", index, got, want)
		}
	}
}

func TestATextThatIsKnownSavesARendering(t *testing.T) {
	chart := load(t, map[string]string{
		"values.yaml":      "name: some-name\ncount: 2\n",
		"templates/x.yaml": "a: {{ .Values.name }}\nb: {{ .Values.count }}\nc: fixed\n",
	})
	known := func(text string) *string { return &text }
	for _, test := range []struct {
		scalar     Scalar
		want       string
		renderings int
	}{
		{Scalar{Path: []any{"a"}, Text: known("some-name")}, "[{[name] chart values.yaml [name]}]", 1},
		{Scalar{Path: []any{"a"}}, "[{[name] chart values.yaml [name]}]", 2},
		{Scalar{Path: []any{"c"}, Text: known("fixed")}, "[]", 0},
		{Scalar{Path: []any{"b"}, Text: known("2")}, "[{[count] chart values.yaml [count]}]", 2},
	} {
		test.scalar.Template = "chart/templates/x.yaml"
		feeds, renderings := chart.feed(Request{Nonce: testNonce}, []Scalar{test.scalar})
		if got := fmt.Sprint(feeds[0]); got != test.want || renderings != test.renderings {
			t.Errorf("%v: got %s in %d renderings, want %s in %d", test.scalar.Path, got, renderings, test.want, test.renderings)
		}
	}
}

func TestAWordOfALineIsNotTheLine(t *testing.T) {
	chart := load(t, map[string]string{
		"values.yaml": "bucket: backups\npassword: hunter-two\nurl: postgres://app:hunter-two@db/app\n",
		"templates/x.yaml": "script: pg_dump $URL > /tmp/dump && curl -T /tmp/dump https://{{ .Values.bucket }}\n" +
			"dsn: postgres://app:{{ .Values.password }}@database.shop.svc:5432/app\nwhole: {{ .Values.url }}\n",
	})
	known := func(text string) *string { return &text }
	dsn := known("postgres://app:hunter-two@database.shop.svc:5432/app")
	feeds := chart.Feed(Request{Nonce: testNonce}, []Scalar{
		{Template: "chart/templates/x.yaml", Path: []any{"script"}, Text: known("pg_dump $URL > /tmp/dump && curl -T /tmp/dump https://backups")},
		{Template: "chart/templates/x.yaml", Path: []any{"dsn"}, Text: dsn, Part: "hunter-two"},
		{Template: "chart/templates/x.yaml", Path: []any{"dsn"}, Text: dsn},
		{Template: "chart/templates/x.yaml", Path: []any{"whole"}, Text: known("postgres://app:hunter-two@db/app"), Part: "hunter-two"},
	})
	for index, want := range []string{"[]", "[{[password] chart values.yaml [password]}]", "[]", "[{[url] chart values.yaml [url]}]"} {
		if got := fmt.Sprint(feeds[index]); got != want {
			t.Errorf("%d: got %s, want %s", index, got, want)
		}
	}
}

func TestASwitchDoesNotFeedWhatItSwitchesOff(t *testing.T) {
	chart := load(t, map[string]string{
		"values.yaml":            "enabled: \"-\"\nweb:\n  enabled: true\n  hostNetwork: true\n",
		"templates/service.yaml": "{{ if eq .Values.enabled \"-\" }}url: {{ \"http\" }}://vault-agent\n{{ end }}",
		"templates/pod.yaml":     "{{ if .Values.web.enabled }}spec:\n  hostPID: true\n{{ if .Values.web.hostNetwork }}  hostNetwork: true\n{{ end }}{{ end }}",
	})
	feeds := chart.Feed(Request{Nonce: testNonce}, []Scalar{
		{Template: "chart/templates/service.yaml", Path: []any{"url"}},
		{Template: "chart/templates/pod.yaml", Path: []any{"spec", "hostPID"}},
		{Template: "chart/templates/pod.yaml", Path: []any{"spec", "hostNetwork"}},
	})
	for index, want := range []string{"[]", "[]", "[{[web hostNetwork] chart values.yaml [web hostNetwork]}]"} {
		if got := fmt.Sprint(feeds[index]); got != want {
			t.Errorf("%d: got %s, want %s", index, got, want)
		}
	}
}

func TestASentinelLooksLikeItsLeaf(t *testing.T) {
	seen := map[string]bool{}
	for number, text := range []string{"hunter2", "hunter2", "ABC-def.012", "*", "éa", "true", "changeme"} {
		each := &leaf{number: number, value: text}
		got := each.sentinelText()
		if got == text || seen[got] {
			t.Errorf("%q gives %q", text, got)
		}
		seen[got] = true
		if text != "*" && len(got) != len(text) {
			t.Errorf("%q gives %q", text, got)
		}
		for index := range min(len(text), len(got)) {
			if text != "*" && (isLetter(text[index]) != isLetter(got[index]) || isDigit(text[index]) != isDigit(got[index])) {
				t.Errorf("%q gives %q", text, got)
			}
		}
	}
}
