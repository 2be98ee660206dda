// Package render renders a chart as `helm template` does, with Helm's own packages, without a file
// system, a network, a clock or a source of randomness, and says for every piece of the output which
// template line it comes from. Errors are data: what a stranger wrote never ends the program.
package render

// File is one file of a chart's folder; Path is relative to the folder, with `/`.
type File struct {
	Path string
	Data []byte
}

// ValuesDocument is a values file next to the chart's own; later ones win.
type ValuesDocument struct {
	Name string
	Data []byte
}

// Request says how to render a chart. Empty fields mean what they mean to `helm template`.
type Request struct {
	// Values are merged in their order, then Set, then SetString, as Helm's flags are.
	Values    []ValuesDocument `json:"-"`
	Set       []string         `json:"set"`
	SetString []string         `json:"setString"`
	// ReleaseName defaults to `release-name`, Namespace to `default`.
	ReleaseName string   `json:"releaseName"`
	Namespace   string   `json:"namespace"`
	KubeVersion string   `json:"kubeVersion"`
	APIVersions []string `json:"apiVersions"`
	// Nonce is at least 16 letters and digits that no chart can know: names of functions and markers
	// carry it.
	Nonce string `json:"nonce"`
	// Lint makes `required` and `fail` yield nothing, as in Helm's lint mode, and lists them in
	// Response.Missing.
	Lint bool `json:"lint"`
	// Order fills Response.Manifests, which takes reading all output as YAML.
	Order bool `json:"order"`
}

// Response is what a chart renders to. Where something failed, the rest is still there.
type Response struct {
	Name      string     `json:"name"`
	Templates []Template `json:"templates"`
	// Manifests are pieces of Templates in the order in which `helm template` prints them.
	Manifests           []Manifest     `json:"manifests"`
	Failures            []Failure      `json:"failures"`
	Missing             []MissingValue `json:"missing"`
	MissingDependencies []Dependency   `json:"missingDependencies"`
	Helpers             []Helper       `json:"helpers"`
	Schemas             []Schema       `json:"schemas"`
}

// Template is the output of one template file.
type Template struct {
	// Name is Helm's: `chart/charts/sub/templates/x.yaml`, with aliases.
	Name string `json:"name"`
	// Path is the file's, see Place.
	Path string `json:"path"`
	Text string `json:"-"`
	// Segments are sorted by Start; none where the output could not be aligned with the template.
	Segments []Segment `json:"-"`
	// Generated are the stretches that differ whenever the chart is rendered.
	Generated []Span `json:"generated"`
}

// Span is a stretch of text in UTF-16 units; End is exclusive.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Segment says where a stretch of output up to the next segment comes from.
type Segment struct {
	// Start is an offset into the output in UTF-16 units.
	Start int
	// Line is 1-based, in the template.
	Line int
	// Exact is false for what comes out of an action that makes several lines: it stands on the action.
	Exact bool
	// Helper is an index into Response.Helpers, or -1.
	Helper int
}

// Manifest is one document of a template's output.
type Manifest struct {
	// Template is an index into Response.Templates.
	Template int  `json:"template"`
	Start    int  `json:"start"`
	End      int  `json:"end"`
	Hook     bool `json:"hook"`
}

// Place is a line of a file of the chart. Files in an archive are `charts/sub-1.0.0.tgz!/templates/x.yaml`.
type Place struct {
	Path string `json:"path"`
	Line int    `json:"line"`
}

// Failure says why something could not be rendered. Message never holds a value.
type Failure struct {
	Place
	Message string `json:"message"`
	// Through are the places that led there, the outermost first.
	Through []Place `json:"through"`
	// Template is Helm's name of the template without output, empty where the whole chart has none.
	Template string `json:"template"`
}

// MissingValue is a `required` or `fail` that the values trip.
type MissingValue struct {
	Place
	// Function is `required` or `fail`.
	Function string `json:"function"`
	// Message is what the chart's author wrote in the template; `…` stands for anything computed.
	Message string `json:"message"`
}

// Dependency is declared in a Chart.yaml and absent.
type Dependency struct {
	// Chart is the path of the Chart.yaml that declares it.
	Chart      string `json:"chart"`
	Name       string `json:"name"`
	Version    string `json:"version"`
	Repository string `json:"repository"`
}

// Helper is a named template.
type Helper struct {
	Name string `json:"name"`
	Place
}

// Schema is a values schema with the values that it applies to; the caller validates.
type Schema struct {
	Path   string `json:"path"`
	Schema []byte `json:"-"`
	Values []byte `json:"-"`
}
