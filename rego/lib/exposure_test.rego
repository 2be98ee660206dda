package portcullis.lib.exposure_test

import data.portcullis.lib.exposure
import data.portcullis.lib.pods
import data.portcullis.lib.testing

_pod := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "p", "namespace": "n", "labels": {"app": "a", "tier": "web"}},
	"spec": {"containers": [{"name": "c", "image": "c"}]},
}

_service(fields) := {
	"apiVersion": "v1",
	"kind": "Service",
	"metadata": {"name": "s", "namespace": "n"},
	"spec": object.union({"selector": {"app": "a"}}, fields),
}

_object(version, kind, spec) := {
	"apiVersion": version,
	"kind": kind,
	"metadata": {"name": "r", "namespace": "n"},
	"spec": spec,
}

_public if {
	some spec in pods.specs(input.objects[0])
	exposure.is_public(input.objects[0], spec)
}

_beside(objects) := testing.input_of(array.concat([_pod], objects))

test_by_itself if {
	_public with input as _beside([_service({"type": "NodePort"})])
	_public with input as _beside([_service({"type": "LoadBalancer", "selector": {"app": "a", "tier": "web"}})])
	not _public with input as _beside([_service({"type": "ClusterIP"})])
	not _public with input as _beside([_service({"type": "NodePort", "selector": {"app": "a", "tier": "db"}})])
	not _public with input as _beside([_service({"type": "NodePort", "selector": null})])
	not _public with input as _beside([])
}

test_internal_load_balancer if {
	service := object.union(
		_service({"type": "LoadBalancer"}),
		{"metadata": {"annotations": {"networking.gke.io/load-balancer-type": "Internal"}}},
	)
	not _public with input as _beside([service])
}

test_behind_an_ingress if {
	path := {"http": {"paths": [{"backend": {"service": {"name": "s"}}}, null]}}
	_public with input as _beside([_service({}), _object("networking.k8s.io/v1", "Ingress", {"rules": [path]})])
	_public with input as _beside([_service({}), _object("networking.k8s.io/v1", "Ingress", {"defaultBackend": {"service": {"name": "s"}}})])
	_public with input as _beside([_service({}), _object("extensions/v1beta1", "Ingress", {"backend": {"serviceName": "s"}})])
	not _public with input as _beside([_service({}), _object("networking.k8s.io/v1", "Ingress", {"defaultBackend": {"service": {"name": "x"}}})])
}

test_behind_a_route if {
	_public with input as _beside([_service({}), _object("gateway.networking.k8s.io/v1", "HTTPRoute", {"rules": [{"backendRefs": [{"name": "s"}]}]})])
	not _public with input as _beside([
		_service({}),
		_object("gateway.networking.k8s.io/v1", "GRPCRoute", {"rules": [{"backendRefs": [{"name": "s", "namespace": "m"}]}]}),
	])
	_public with input as _beside([_service({}), _object("route.openshift.io/v1", "Route", {"to": {"kind": "Service", "name": "s"}})])
}

test_root if {
	exposure.is_root({"containers": [{"securityContext": {"privileged": true}}]})
	exposure.is_root({"initContainers": [{"securityContext": {"runAsUser": 0}}]})
	exposure.is_root({"securityContext": {"runAsUser": 0}, "containers": [{}]})
	not exposure.is_root({"securityContext": {"runAsUser": 0}, "containers": [{"securityContext": {"runAsUser": 1000}}]})
	not exposure.is_root({"containers": [{}]})
}
