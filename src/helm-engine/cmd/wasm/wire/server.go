package wire

import (
	"errors"

	"github.com/portcullis-dev/portcullis/src/helm-engine/render"
)

// keptCharts bounds how many loaded charts are kept for further calls.
const keptCharts = 4

// Server answers calls. It keeps the charts of the last calls, by the caller's key.
type Server struct {
	charts map[string]*render.Chart
	keys   []string
}

// NewServer has no charts yet.
func NewServer() *Server { return &Server{charts: map[string]*render.Chart{}} }

type sized struct {
	Path string `json:"path"`
	Name string `json:"name"`
	Size int    `json:"size"`
}

type callHeader struct {
	// Operation is `load`, `render` or `feed`.
	Operation string          `json:"operation"`
	Key       string          `json:"key"`
	Files     []sized         `json:"files"`
	Values    []sized         `json:"values"`
	Request   render.Request  `json:"request"`
	Scalars   []render.Scalar `json:"scalars"`
}

// Serve answers one call. `load` reads a chart's files under a key; `render` and `feed` use a loaded
// chart and answer `{"unknown":true}` where it is not kept any more.
func (s *Server) Serve(call []byte) []byte {
	frame := &reader{rest: call}
	var header callHeader
	if err := frame.header(&header); err != nil {
		return EncodeError(err)
	}
	if header.Operation == "load" {
		return s.load(frame, &header)
	}
	chart, ok := s.charts[header.Key]
	if !ok {
		return encode(map[string]bool{"unknown": true})
	}
	for _, each := range header.Values {
		data, err := frame.take(each.Size)
		if err != nil {
			return EncodeError(err)
		}
		header.Request.Values = append(header.Request.Values, render.ValuesDocument{Name: each.Name, Data: data})
	}
	switch header.Operation {
	case "render":
		return encodeResponse(chart.Render(header.Request))
	case "feed":
		return encode(map[string]any{"feeds": chart.Feed(header.Request, header.Scalars)})
	default:
		return EncodeError(errors.New("unknown operation"))
	}
}

func (s *Server) load(frame *reader, header *callHeader) []byte {
	files := make([]render.File, 0, len(header.Files))
	for _, each := range header.Files {
		data, err := frame.take(each.Size)
		if err != nil {
			return EncodeError(err)
		}
		files = append(files, render.File{Path: each.Path, Data: data})
	}
	chart, err := render.Load(files)
	if err != nil {
		return EncodeError(err)
	}
	if _, known := s.charts[header.Key]; !known {
		s.keys = append(s.keys, header.Key)
		if len(s.keys) > keptCharts {
			delete(s.charts, s.keys[0])
			s.keys = s.keys[1:]
		}
	}
	s.charts[header.Key] = chart
	return encode(map[string]bool{"loaded": true})
}
