// Package errors stands in for the API machinery's: without a cluster no error comes from an API server.
package errors

// IsNotFound tells whether an API server said that an object does not exist. None ever does here.
func IsNotFound(error) bool { return false }
