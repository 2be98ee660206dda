// Package wire is what crosses the border to JavaScript: a frame is the length of a JSON header (four
// bytes, little-endian), the header, and the bytes whose sizes the header names, in its order.
package wire

import (
	"encoding/binary"
	"encoding/json"
	"errors"

	"github.com/portcullis-dev/portcullis/src/helm-engine/render"
)

var errFrame = errors.New("the call can't be read")

// reader takes a frame apart.
type reader struct{ rest []byte }

func (r *reader) take(size int) ([]byte, error) {
	if size < 0 || size > len(r.rest) {
		return nil, errFrame
	}
	taken := r.rest[:size:size]
	r.rest = r.rest[size:]
	return taken, nil
}

func (r *reader) header(into any) error {
	size, err := r.take(4)
	if err != nil {
		return err
	}
	header, err := r.take(int(binary.LittleEndian.Uint32(size)))
	if err != nil {
		return err
	}
	if json.Unmarshal(header, into) != nil {
		return errFrame
	}
	return nil
}

// template is the header of a template: its text and segments follow as bytes.
type template struct {
	render.Template
	TextSize int `json:"textSize"`
	Segments int `json:"segments"`
}

type schema struct {
	render.Schema
	SchemaSize int `json:"schemaSize"`
	ValuesSize int `json:"valuesSize"`
}

type renderAnswer struct {
	render.Response
	Templates []template `json:"templates"`
	Schemas   []schema   `json:"schemas"`
}

func encode(header any, parts ...[]byte) []byte {
	encoded, err := json.Marshal(header)
	if err != nil {
		return EncodeError(errors.New("the answer can't be written"))
	}
	size := 4 + len(encoded)
	for _, part := range parts {
		size += len(part)
	}
	frame := make([]byte, 4, size)
	binary.LittleEndian.PutUint32(frame, uint32(len(encoded)))
	frame = append(frame, encoded...)
	for _, part := range parts {
		frame = append(frame, part...)
	}
	return frame
}

// EncodeError is the frame of a call that could not be made.
func EncodeError(err error) []byte {
	return encode(map[string]string{"error": err.Error()})
}

// encodeResponse writes texts as UTF-8 and segments as four little-endian 32-bit integers: start,
// line, 1 for exact, helper.
func encodeResponse(response render.Response) []byte {
	answer := renderAnswer{Response: response, Templates: []template{}, Schemas: []schema{}}
	var parts [][]byte
	for _, each := range response.Templates {
		answer.Templates = append(answer.Templates, template{Template: each, TextSize: len(each.Text), Segments: len(each.Segments)})
		segments := make([]byte, 0, len(each.Segments)*16)
		for _, segment := range each.Segments {
			exact := uint32(0)
			if segment.Exact {
				exact = 1
			}
			segments = binary.LittleEndian.AppendUint32(segments, uint32(segment.Start))
			segments = binary.LittleEndian.AppendUint32(segments, uint32(segment.Line))
			segments = binary.LittleEndian.AppendUint32(segments, exact)
			segments = binary.LittleEndian.AppendUint32(segments, uint32(int32(segment.Helper)))
		}
		parts = append(parts, []byte(each.Text), segments)
	}
	for _, each := range response.Schemas {
		answer.Schemas = append(answer.Schemas, schema{Schema: each, SchemaSize: len(each.Schema), ValuesSize: len(each.Values)})
		parts = append(parts, each.Schema, each.Values)
	}
	return encode(answer, parts...)
}
