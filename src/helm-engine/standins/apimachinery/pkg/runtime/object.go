// Package runtime stands in for the API machinery's: a release names the interface and never holds one.
package runtime

// Object is any API object.
type Object any
