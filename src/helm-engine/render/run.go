package render

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"text/template"

	"helm.sh/helm/v4/pkg/chart/common"
	commonutil "helm.sh/helm/v4/pkg/chart/common/util"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/engine"
)

// run is one chart with one set of values, ready to be rendered.
type run struct {
	of           *Chart
	request      *Request
	tree         *chart.Chart
	user         map[string]any
	capabilities *common.Capabilities
	templates    []*source
}

// excludedVersion says that a chart is not made for a version of Kubernetes.
type excludedVersion struct{ version string }

func (e excludedVersion) Error() string {
	return fmt.Sprintf("the chart's kubeVersion excludes Kubernetes %s, for which it is rendered", e.version)
}

// source is one template file under one of its names.
type source struct {
	name string
	path string
	file *common.File
	text string
	// partial files print nothing of their own.
	partial bool
	found   *analysis
}

// prepare processes dependencies and values as `helm template` does.
func (c *Chart) prepare(request *Request, user map[string]any) (*run, error) {
	tree := clone(c.root)
	if err := chartutil.ProcessDependencies(tree, user); err != nil {
		return nil, errors.New("the dependencies' values don't fit: a subchart's key holds something other than a table")
	}
	capabilities := common.DefaultCapabilities.Copy()
	if request.KubeVersion != "" {
		version, err := common.ParseKubeVersion(request.KubeVersion)
		if err != nil {
			return nil, errors.New("the Kubernetes version can't be read")
		}
		capabilities.KubeVersion = *version
	}
	capabilities.APIVersions = append(slices.Clone(capabilities.APIVersions), request.APIVersions...)
	if wanted := tree.Metadata.KubeVersion; wanted != "" {
		if !chartutil.IsCompatibleRange(wanted, capabilities.KubeVersion.String()) {
			return nil, excludedVersion{capabilities.KubeVersion.Version}
		}
	}
	prepared := &run{of: c, request: request, tree: tree, user: user, capabilities: capabilities}
	prepared.collect(tree)
	return prepared, nil
}

// collect lists the templates, in Helm's order of parsing, and takes their data apart from the loaded
// chart's: renderings put edited sources in their place.
func (r *run) collect(of *chart.Chart) {
	for _, child := range of.Dependencies() {
		r.collect(child)
	}
	templates := make([]*common.File, 0, len(of.Templates))
	for _, file := range of.Templates {
		if file == nil {
			continue
		}
		copied := *file
		templates = append(templates, &copied)
		partial := strings.HasPrefix(path.Base(file.Name), "_")
		if of.Metadata.Type == "library" && !partial {
			continue
		}
		filePath := r.of.pathOf(file.Data, file.Name)
		r.templates = append(r.templates, &source{
			name:    path.Join(of.ChartFullPath(), file.Name),
			path:    filePath,
			file:    &copied,
			text:    string(file.Data),
			partial: partial,
			found:   r.of.analysisOf(file.Data),
		})
	}
	of.Templates = templates
	if of.IsRoot() {
		slices.SortFunc(r.templates, func(a, b *source) int { return strings.Compare(a.name, b.name) })
	}
}

func (c *Chart) analysisOf(data []byte) *analysis {
	if len(data) == 0 {
		return analyse("")
	}
	if known, ok := c.analyses[&data[0]]; ok {
		return known
	}
	found := analyse(string(data))
	c.analyses[&data[0]] = found
	return found
}

func (r *run) byName(name string) *source {
	index, found := slices.BinarySearchFunc(r.templates, name, func(each *source, wanted string) int {
		return strings.Compare(each.name, wanted)
	})
	if !found {
		return nil
	}
	return r.templates[index]
}

// values are those that templates see. They are made anew for each rendering: templates change them.
func (r *run) values() (common.Values, error) {
	options := common.ReleaseOptions{
		Name:      orDefault(r.request.ReleaseName, "release-name"),
		Namespace: orDefault(r.request.Namespace, "default"),
		Revision:  1,
		IsInstall: true,
	}
	values, err := commonutil.ToRenderValuesWithSchemaValidation(r.tree, r.user, options, r.capabilities, true)
	if err != nil {
		return nil, errors.New("the values don't fit: a subchart's key holds something other than a table")
	}
	return values, nil
}

// execute renders the templates as they stand in the tree.
func (r *run) execute(functions template.FuncMap) (map[string]string, error) {
	values, err := r.values()
	if err != nil {
		return nil, err
	}
	rendering := engine.Engine{LintMode: r.request.Lint, CustomTemplateFuncs: functions}
	return rendering.RenderWithContext(context.Background(), r.tree, values)
}

func orDefault(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
