// Package kubernetes stands in for client-go's, which Helm imports to learn the module's version.
package kubernetes
