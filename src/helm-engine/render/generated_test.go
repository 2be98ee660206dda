package render

import (
	"strings"
	"testing"
)

func TestMarksWhatIsGenerated(t *testing.T) {
	_, response := renderFixture(t, "generated", nil)
	template := find(t, &response, "generated/templates/secret.yaml")
	text := units(template.Text)
	generated := func(line string) string {
		at := strings.Index(template.Text, line)
		if at < 0 {
			t.Fatalf("%q is not in the output", line)
		}
		start := utf16Length(template.Text[:at])
		end := start
		for end < len(text) && text[end] != '\n' {
			end++
		}
		var parts []string
		for _, span := range template.Generated {
			if span.End > start && span.Start < end {
				parts = append(parts, decode(text[max(span.Start, start):min(span.End, end)]))
			}
		}
		return strings.Join(parts, "|")
	}
	lengths := map[string]int{
		"  short: ": 3, "  password: ": 24, "  mixed: ": 6, "  fixed: ": 0, "  list: ": 0,
		"    checksum: ": 64, "  built: ": 40, "  id: ": 36, "  encrypted: ": 44, "kind: Secret": 0,
	}
	for line, length := range lengths {
		got := generated(line)
		// Hashes and base64 share some characters by chance, uuids the version.
		if len(got) > length || len(got) < length*9/10 {
			t.Errorf("%s: got %q of %d", line, got, length)
		}
	}
	if strings.Contains(generated("  mixed: "), "committed") {
		t.Error("what stands around a generated value is not generated")
	}
	for _, line := range []string{"  tls.crt: ", "  tls.key: ", "  encoded: ", "  htpasswd: ", "  bytes: "} {
		if generated(line) == "" {
			t.Errorf("%s is generated", line)
		}
	}
}

func TestRendersTheSameTwice(t *testing.T) {
	_, first := renderFixture(t, "generated", nil)
	_, second := renderFixture(t, "generated", nil)
	if first.Templates[0].Text != second.Templates[0].Text {
		t.Error("two renderings differ")
	}
}

func TestACommittedDefaultIsNotGenerated(t *testing.T) {
	_, response := renderFixture(t, "generated", func(request *Request) { request.Set = []string{"password=changeme-now"} })
	template := find(t, &response, "generated/templates/secret.yaml")
	at := utf16Length(template.Text[:strings.Index(template.Text, "changeme-now")])
	for _, span := range template.Generated {
		if span.Start < at+len("changeme-now") && span.End > at {
			t.Errorf("got %+v", span)
		}
	}
}

func TestDifferences(t *testing.T) {
	tests := []struct {
		name, text, other string
		want              []Span
	}{
		{"same", "a: 1\n", "a: 1\n", nil},
		{"one", "a: x1\n", "a: y1\n", []Span{{3, 4}}},
		{"close ones are one", "a: x1x\n", "a: y1y\n", []Span{{3, 6}}},
		{"far ones are two", "a: x1234x\n", "a: y1234y\n", []Span{{3, 4}, {8, 9}}},
		{"other length", "a: <xx>\n", "a: <yyyy>\n", []Span{{4, 6}}},
		{"UTF-16", "😀: x\n", "😀: y\n", []Span{{4, 5}}},
		{"other lines", "a\nb\n", "a\n", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := differences(test.text, test.other)
			if len(got) != len(test.want) {
				t.Fatalf("got %v, want %v", got, test.want)
			}
			for index := range got {
				if got[index] != test.want[index] {
					t.Errorf("got %v, want %v", got, test.want)
				}
			}
		})
	}
}

func TestGeneratedTextIsBounded(t *testing.T) {
	response := load(t, map[string]string{"templates/x.yaml": "a: {{ randAlphaNum 2000000000 }}\n"}).Render(Request{Nonce: testNonce})
	if len(response.Failures) != 1 {
		t.Errorf("got %+v", response.Failures)
	}
}
