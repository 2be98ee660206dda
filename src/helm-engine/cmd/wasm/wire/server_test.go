package wire

import (
	"encoding/binary"
	"encoding/json"
	"strings"
	"testing"
)

func call(t *testing.T, server *Server, header string, parts ...string) (map[string]any, *reader) {
	t.Helper()
	frame := binary.LittleEndian.AppendUint32(nil, uint32(len(header)))
	frame = append(frame, header...)
	for _, part := range parts {
		frame = append(frame, part...)
	}
	answer := &reader{rest: server.Serve(frame)}
	decoded := map[string]any{}
	if err := answer.header(&decoded); err != nil {
		t.Fatal(err)
	}
	return decoded, answer
}

const chartYaml = "apiVersion: v2\nname: a\nversion: 1.0.0\n"

func loaded(t *testing.T, server *Server, key string) {
	t.Helper()
	header := `{"operation":"load","key":"` + key + `","files":[{"path":"Chart.yaml","size":38},{"path":"templates/x.yaml","size":24}]}`
	if len(chartYaml) != 38 {
		t.Fatal(len(chartYaml))
	}
	if answer, _ := call(t, server, header, chartYaml, "a: {{ .Values.b }} 😀\n"); answer["loaded"] != true {
		t.Fatalf("got %v", answer)
	}
}

func TestServesARendering(t *testing.T) {
	server := NewServer()
	loaded(t, server, "k")
	header := `{"operation":"render","key":"k","values":[{"name":"v.yaml","size":5}],"request":{"nonce":"0123456789abcdef","lint":true}}`
	answer, rest := call(t, server, header, "b: 7\n")
	templates := answer["templates"].([]any)
	first := templates[0].(map[string]any)
	text, err := rest.take(int(first["textSize"].(float64)))
	if err != nil || string(text) != "a: 7 😀\n" {
		t.Fatalf("got %q", text)
	}
	segments, err := rest.take(int(first["segments"].(float64)) * 16)
	if err != nil || len(rest.rest) != 0 {
		t.Fatalf("%d bytes are left", len(rest.rest))
	}
	// The text, the action, the text behind it.
	var starts []uint32
	for at := 0; at < len(segments); at += 16 {
		starts = append(starts, binary.LittleEndian.Uint32(segments[at:]))
	}
	if len(starts) != 3 || starts[0] != 0 || starts[1] != 3 || starts[2] != 4 {
		t.Errorf("got %v", starts)
	}
}

func TestForgetsTheOldestChart(t *testing.T) {
	server := NewServer()
	for _, key := range []string{"a", "b", "c", "d", "e"} {
		loaded(t, server, key)
	}
	if answer, _ := call(t, server, `{"operation":"render","key":"a"}`); answer["unknown"] != true {
		t.Errorf("got %v", answer)
	}
	if answer, _ := call(t, server, `{"operation":"render","key":"b"}`); answer["unknown"] == true {
		t.Errorf("got %v", answer)
	}
}

func TestRefusesBadFrames(t *testing.T) {
	server := NewServer()
	loaded(t, server, "k")
	tests := map[string]string{
		"no JSON":         `{`,
		"operation":       `{"operation":"x","key":"k"}`,
		"file too long":   `{"operation":"load","key":"x","files":[{"path":"a","size":10}]}`,
		"negative size":   `{"operation":"load","key":"x","files":[{"path":"a","size":-1}]}`,
		"values too long": `{"operation":"render","key":"k","values":[{"name":"v","size":10}]}`,
		"not a chart":     `{"operation":"load","key":"x","files":[]}`,
	}
	for name, header := range tests {
		t.Run(name, func(t *testing.T) {
			answer, _ := call(t, server, header)
			if text, ok := answer["error"].(string); !ok || text == "" {
				t.Errorf("got %v", answer)
			}
		})
	}
	for _, frame := range [][]byte{nil, {1}, {255, 255, 255, 255}} {
		if answer := string(server.Serve(frame)); !strings.Contains(answer, "error") {
			t.Errorf("got %q", answer)
		}
	}
}

func TestAnswersFeeds(t *testing.T) {
	server := NewServer()
	loaded(t, server, "k")
	header := `{"operation":"feed","key":"k","request":{"nonce":"0123456789abcdef","set":["b=some-value"]},` +
		`"scalars":[{"template":"a/templates/x.yaml","document":0,"path":["a"]}]}`
	answer, _ := call(t, server, header)
	encoded, _ := json.Marshal(answer["feeds"])
	if string(encoded) != `[[{"at":["b"],"kind":"set","path":["b"],"source":""}]]` {
		t.Errorf("got %s", encoded)
	}
}
