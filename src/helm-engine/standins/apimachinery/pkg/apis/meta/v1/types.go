// Package v1 stands in for the API machinery's: the types that Helm's lookup function names.
package v1

// GetOptions are the options of a get request.
type GetOptions struct{}

// ListOptions are the options of a list request.
type ListOptions struct{}

// APIResource names a resource of an API group.
type APIResource struct {
	Name, Kind, Group, Version string
	Namespaced                 bool
}

// APIResourceList lists the resources of one group and version.
type APIResourceList struct {
	APIResources []APIResource
}
