package render

import (
	"bytes"
	"errors"
	"fmt"

	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/strvals"
)

// layer is one source of values, in the order in which they are merged.
type layer struct {
	name   string
	values map[string]any
}

// layers reads the values of a request. The error names the source and quotes nothing of it.
func (r *Request) layers() ([]layer, error) {
	var layers []layer
	for _, document := range r.Values {
		values, err := loader.LoadValues(bytes.NewReader(bytes.TrimPrefix(document.Data, utf8bom)))
		if err != nil {
			return nil, fmt.Errorf("%s can't be read: %s", document.Name, describeYAML(err))
		}
		layers = append(layers, layer{name: document.Name, values: values})
	}
	return layers, nil
}

// merged is what the user's values are, as Helm's flags make them.
func (r *Request) merged(layers []layer) (map[string]any, error) {
	base := map[string]any{}
	for _, each := range layers {
		base = loader.MergeMaps(base, each.values)
	}
	for _, setting := range r.Set {
		if err := strvals.ParseInto(setting, base); err != nil {
			return nil, errors.New("a --set can't be read: it has the form key=value")
		}
	}
	for _, setting := range r.SetString {
		if err := strvals.ParseIntoString(setting, base); err != nil {
			return nil, errors.New("a --set-string can't be read: it has the form key=value")
		}
	}
	return base, nil
}
