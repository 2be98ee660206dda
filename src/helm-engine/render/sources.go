package render

import (
	"slices"
	"strings"

	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/strvals"
)

// sources finds the file that sets a leaf of the merged values, in Helm's order of precedence.
type sources struct {
	of      *Chart
	run     *run
	request *Request
	layers  []layer
}

func (s *sources) find(path []any) (Feed, bool) {
	if s.isSet(path) {
		return Feed{Path: path, Kind: "set", At: path}, true
	}
	for _, each := range slices.Backward(s.layers) {
		if has(each.values, path) {
			return Feed{Path: path, Kind: "file", Source: each.name, At: path}, true
		}
	}
	return s.inChart(s.of.root, s.run.tree, path, path)
}

func (s *sources) isSet(path []any) bool {
	flags := map[string]any{}
	for _, setting := range s.request.Set {
		_ = strvals.ParseInto(setting, flags)
	}
	for _, setting := range s.request.SetString {
		_ = strvals.ParseIntoString(setting, flags)
	}
	return has(flags, path)
}

// inChart looks in a chart's own values, in what it imports from a subchart, and in the subchart that
// the path leads into. `loaded` is the chart as it is written, `tree` as Helm has processed it.
func (s *sources) inChart(loaded, tree *chart.Chart, path, at []any) (Feed, bool) {
	if loaded == nil || len(at) == 0 {
		return Feed{}, false
	}
	if has(loaded.Values, at) {
		return Feed{Path: path, Kind: "chart", Source: s.of.fileOf(loaded, "values.yaml"), At: at}, true
	}
	for _, dependency := range loaded.Metadata.Dependencies {
		if dependency == nil {
			continue
		}
		name := orDefault(dependency.Alias, dependency.Name)
		below := child(tree, name)
		if below == nil {
			continue
		}
		for _, imported := range importedPaths(dependency.ImportValues, at) {
			if feed, ok := s.inChart(child(loaded, dependency.Name), below, path, imported); ok {
				return feed, true
			}
		}
		if at[0] == name {
			return s.inChart(child(loaded, dependency.Name), below, path, at[1:])
		}
	}
	if name, ok := at[0].(string); ok {
		if below := child(tree, name); below != nil {
			return s.inChart(child(loaded, name), below, path, at[1:])
		}
	}
	return Feed{}, false
}

func child(of *chart.Chart, name string) *chart.Chart {
	for _, each := range of.Dependencies() {
		if each.Name() == name {
			return each
		}
	}
	return nil
}

// importedPaths are the places in a subchart's values that `import-values` brings to a path of its
// parent.
func importedPaths(imports []any, at []any) [][]any {
	var found [][]any
	for _, each := range imports {
		from, to := "", ""
		switch typed := each.(type) {
		case string:
			from, to = "exports."+typed, "."
		case map[string]any:
			from, _ = typed["child"].(string)
			to, _ = typed["parent"].(string)
		}
		if from == "" {
			continue
		}
		prefix := steps(to)
		if len(prefix) > len(at) || !slices.Equal(prefix, at[:len(prefix)]) {
			continue
		}
		found = append(found, append(steps(from), at[len(prefix):]...))
	}
	return found
}

func steps(dotted string) []any {
	if dotted == "." || dotted == "" {
		return []any{}
	}
	var path []any
	for part := range strings.SplitSeq(dotted, ".") {
		path = append(path, part)
	}
	return path
}

func has(values map[string]any, path []any) bool {
	var current any = values
	for _, step := range path {
		switch key := step.(type) {
		case string:
			table, ok := current.(map[string]any)
			if !ok {
				return false
			}
			if current, ok = table[key]; !ok {
				return false
			}
		case int:
			list, ok := current.([]any)
			if !ok || key < 0 || key >= len(list) {
				return false
			}
			current = list[key]
		default:
			return false
		}
	}
	return true
}
