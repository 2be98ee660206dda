package render

import (
	"encoding/json"

	chart "helm.sh/helm/v4/pkg/chart/v2"
)

// missingDependencies lists what the chart declares and does not hold; Helm refuses such a chart.
func (c *Chart) missingDependencies() []Dependency {
	missing := []Dependency{}
	for _, declared := range c.root.Metadata.Dependencies {
		if declared == nil || holds(c.root, declared.Name) {
			continue
		}
		missing = append(missing, Dependency{
			Chart:      c.fileOf(c.root, "Chart.yaml"),
			Name:       declared.Name,
			Version:    declared.Version,
			Repository: declared.Repository,
		})
	}
	return missing
}

func holds(of *chart.Chart, name string) bool {
	for _, child := range of.Dependencies() {
		if child.Name() == name {
			return true
		}
	}
	return false
}

// schemas lists the values schemas of the charts that are rendered, each with the values it applies to.
func (r *run) schemas() []Schema {
	values, err := r.values()
	if err != nil {
		return nil
	}
	table, err := values.Table("Values")
	if err != nil {
		return nil
	}
	return r.schemasOf(nil, r.tree, table)
}

func (r *run) schemasOf(found []Schema, of *chart.Chart, values map[string]any) []Schema {
	if len(of.Schema) > 0 {
		if encoded, err := json.Marshal(values); err == nil {
			found = append(found, Schema{Path: r.of.pathOf(of.Schema, "values.schema.json"), Schema: of.Schema, Values: encoded})
		}
	}
	for _, child := range of.Dependencies() {
		if below, ok := values[child.Name()].(map[string]any); ok {
			found = r.schemasOf(found, child, below)
		}
	}
	return found
}
