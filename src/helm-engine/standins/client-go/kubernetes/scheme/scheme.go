// Package scheme stands in for client-go's: of all that the real one holds, Helm asks for the list of
// API versions.
package scheme

// GroupVersion is an API version.
type GroupVersion string

// String returns the `apiVersion` form.
func (gv GroupVersion) String() string { return string(gv) }

// Type is the registry of types.
type Type struct{}

// PrioritizedVersionsAllGroups returns every API version, in the order of the real scheme.
func (*Type) PrioritizedVersionsAllGroups() []GroupVersion { return versions }

// Scheme is the registry of Kubernetes' own types.
var Scheme = &Type{}
