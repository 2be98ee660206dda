package portcullis.lib.secret_store_routes_test

import data.portcullis.lib.secret_store_routes
import data.portcullis.lib.testing

_ingress(annotations, spec) := {
	"apiVersion": "networking.k8s.io/v1",
	"kind": "Ingress",
	"metadata": {"namespace": "n", "annotations": annotations},
	"spec": object.union({"defaultBackend": {"service": {"name": "s"}}}, spec),
}

_found := [[route.tls, route.is_mutual] | some route in secret_store_routes.routes]

_nginx(name) := concat("/", ["nginx.ingress.kubernetes.io", name])

test_ingresses if {
	_found == [["none", false]] with input as testing.input_of([_ingress({}, {})])
	_found == [["edge", false]] with input as testing.input_of([_ingress({}, {"tls": [{}]})])
	_found == [["through", false]] with input as testing.input_of([_ingress({_nginx("ssl-passthrough"): "true"}, {})])
	_found == [["through", false]] with input as testing.input_of([_ingress({_nginx("backend-protocol"): "https"}, {})])
	_found == [["edge", true]] with input as testing.input_of([_ingress({_nginx("auth-tls-secret"): "n/ca"}, {"tls": [{}]})])
	_found == [["edge", false]] with input as testing.input_of([
		_ingress({_nginx("auth-tls-secret"): "n/ca", _nginx("auth-tls-verify-client"): "optional"}, {"tls": [{}]}),
	])
}

test_gateways_that_encrypt_again if {
	route := {
		"apiVersion": "gateway.networking.k8s.io/v1",
		"kind": "HTTPRoute",
		"metadata": {"namespace": "n"},
		"spec": {"rules": [{"backendRefs": [{"name": "s"}]}]},
	}
	policy := {"kind": "BackendTLSPolicy", "metadata": {"namespace": "n"}, "spec": {"targetRefs": [{"name": "s"}]}}
	_found == [["through", false]] with input as testing.input_of([route, policy])
}

test_openshift if {
	objects := [{"apiVersion": "route.openshift.io/v1", "kind": "Route", "metadata": {"namespace": "n"}, "spec": {"to": {"name": "s"}, "tls": tls}} |
		some tls in [{}, {"termination": "edge"}, {"termination": "passthrough"}]
	]
	_found == [["none", false], ["edge", false], ["through", false]] with input as testing.input_of(objects)
}
