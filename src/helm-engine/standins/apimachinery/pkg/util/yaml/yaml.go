// Package yaml stands in for the API machinery's: it takes a stream of YAML documents apart.
package yaml

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
)

// YAMLReader reads one document at a time.
type YAMLReader struct{ reader *bufio.Reader }

// NewYAMLReader reads documents from reader.
func NewYAMLReader(reader *bufio.Reader) *YAMLReader { return &YAMLReader{reader: reader} }

// Read returns the next document, or io.EOF behind the last one. A line that begins with `---` ends a
// document; only a comment may follow on it.
func (r *YAMLReader) Read() ([]byte, error) {
	var document bytes.Buffer
	for {
		line, err := r.reader.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if rest, separates := bytes.CutPrefix(line, []byte("---")); separates {
			if rest := strings.TrimSpace(string(rest)); rest != "" && rest[0] != '#' {
				return nil, errors.New("invalid Yaml document separator: " + rest)
			}
			if document.Len() != 0 {
				return document.Bytes(), nil
			}
			if err != nil {
				return nil, err
			}
			continue
		}
		document.Write(line)
		if err != nil {
			if document.Len() != 0 {
				return document.Bytes(), nil
			}
			return nil, err
		}
	}
}
