package portcullis.lib.secret_consumption_test

import data.portcullis.lib.secret_consumption as consumption
import data.portcullis.lib.testing

_workload(kind, spec) := {
	"apiVersion": "apps/v1",
	"kind": kind,
	"metadata": {"name": "w", "namespace": "n"},
	"spec": {"template": {"spec": spec}},
}

_env(name) := [{"name": "A", "valueFrom": {"secretKeyRef": {"name": name, "key": "k"}}}]

_container(fields) := object.union({"name": "c", "image": "i"}, fields)

_pairs(entries) := {[pair.obj.id, pair.name, pair.csi, places(pair.frozen), places(pair.files)] |
	some pair in consumption.pairs with input as testing.input_with(entries)
}

places(list) := {[array.slice(place.path, 3, count(place.path)), place.key] | some place in list}

_of(spec) := _pairs([{"object": _workload("Deployment", spec)}])

test_environment if {
	_of({"containers": [_container({"env": _env("a"), "envFrom": [{"secretRef": {"name": "b"}}]})]}) == {
		[0, "a", false, {[["containers", 0, "env", 0, "valueFrom", "secretKeyRef", "name"], "k"]}, set()],
		[0, "b", false, {[["containers", 0, "envFrom", 0, "secretRef", "name"], ""]}, set()],
	}
}

test_mounts if {
	spec := {
		"volumes": [
			{"name": "s", "secret": {"secretName": "a"}},
			{"name": "p", "projected": {"sources": [{"secret": {"name": "b"}}]}},
			{"name": "c", "csi": {"volumeAttributes": {"secretProviderClass": "d"}}},
			{"name": "unused", "secret": {"secretName": "e"}},
		],
		"containers": [_container({"volumeMounts": [
			{"name": "s", "mountPath": "/a", "subPath": "tls.crt"},
			{"name": "p", "mountPath": "/b", "subPath": ""},
			{"name": "c", "mountPath": "/c", "subPathExpr": "$(A)"},
		]})],
	}
	_of(spec) == {
		[0, "a", false, {[["containers", 0, "volumeMounts", 0, "subPath"], "tls.crt"]}, set()],
		[0, "b", false, set(), {[["volumes", 1, "projected", "sources", 0, "secret", "name"], ""]}],
		[0, "d", true, {[["containers", 0, "volumeMounts", 2, "subPathExpr"], "$(A)"]}, set()],
		[0, "e", false, set(), set()],
	}
}

test_init_containers if {
	spec := {"initContainers": [_container({"env": _env("a")}), _container({"env": _env("b"), "restartPolicy": "Always"})]}
	{[name, count(frozen)] | some [_, name, _, frozen, _] in _of(spec)} == {["a", 0], ["b", 1]}
}

test_what_does_not_run_on if {
	spec := {"containers": [_container({"env": _env("a")})]}
	knative := object.union(_workload("Service", spec), {"apiVersion": "serving.knative.dev/v1"})
	_pairs([
		{"object": _workload("Job", spec)},
		{"object": knative},
		{"object": object.union(_workload("Deployment", spec), {"spec": {"replicas": 0}})},
		{"object": _workload("Deployment", spec), "partial": true},
		{"object": _workload("Deployment", spec), "context": true},
		{"object": _workload("Deployment", null)},
	]) == set()
	count(_pairs([{"object": _workload("StatefulSet", spec)}])) == 1
}
