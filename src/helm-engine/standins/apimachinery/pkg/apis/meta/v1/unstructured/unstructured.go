// Package unstructured stands in for the API machinery's: objects without a Go type.
package unstructured

// Unstructured is one object.
type Unstructured struct {
	Object map[string]any
}

// UnstructuredContent returns the object's content.
func (u *Unstructured) UnstructuredContent() map[string]any { return u.Object }

// UnstructuredList is a list of objects.
type UnstructuredList struct {
	Object map[string]any
}

// UnstructuredContent returns the list's content.
func (u *UnstructuredList) UnstructuredContent() map[string]any { return u.Object }
