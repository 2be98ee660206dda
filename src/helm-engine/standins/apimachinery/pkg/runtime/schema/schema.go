// Package schema stands in for the API machinery's: names of groups, versions, kinds and resources.
package schema

import "strings"

// GroupVersion names a version of an API group.
type GroupVersion struct{ Group, Version string }

// String returns the `apiVersion` form.
func (gv GroupVersion) String() string {
	if gv.Group == "" {
		return gv.Version
	}
	return gv.Group + "/" + gv.Version
}

// GroupVersionKind names a kind.
type GroupVersionKind struct{ Group, Version, Kind string }

// GroupVersion returns the kind's group and version.
func (gvk GroupVersionKind) GroupVersion() GroupVersion {
	return GroupVersion{Group: gvk.Group, Version: gvk.Version}
}

// String describes the kind.
func (gvk GroupVersionKind) String() string {
	return gvk.GroupVersion().String() + ", Kind=" + gvk.Kind
}

// GroupVersionResource names a resource.
type GroupVersionResource struct{ Group, Version, Resource string }

// FromAPIVersionAndKind takes an `apiVersion` apart.
func FromAPIVersionAndKind(apiVersion, kind string) GroupVersionKind {
	group, version, found := strings.Cut(apiVersion, "/")
	if !found {
		group, version = "", apiVersion
	}
	return GroupVersionKind{Group: group, Version: version, Kind: kind}
}
