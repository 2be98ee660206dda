// Package rest stands in for client-go's: there is no cluster.
package rest

// Config says how to reach a cluster.
type Config struct{}
