package portcullis.rules.injection["secret-through-environment_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.injection["secret-through-environment"] as rule

_pod(container) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "p", "namespace": "n"},
	"spec": {"containers": [object.union({"name": "c", "image": "shop/c:1"}, container)]},
}

_found(objects) := found if {
	found := {[entry.variant, entry.path] | some entry in rule.report} with input as testing.input_of(objects)
}

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as testing.input_of([_pod({"envFrom": [{"secretRef": {"name": "s"}}]})])
	report == {{
		"variant": "whole-secret",
		"object": 0,
		"path": ["spec", "containers", 0, "envFrom", 0, "secretRef"],
		"args": {"secret": "s"},
	}}
}

test_entries if {
	env := [
		{"name": "A", "valueFrom": {"secretKeyRef": {"name": "s", "key": "password"}}},
		{"name": "U", "valueFrom": {"secretKeyRef": {"name": "s", "key": "username"}}},
		{"name": "V", "value": ">>vault:x#y"},
		{"name": "W", "value": 3},
		null,
	]
	_found([_pod({"env": env})]) == {
		["single-entry", ["spec", "containers", 0, "env", 0, "valueFrom", "secretKeyRef"]],
		["injected-reference", ["spec", "containers", 0, "env", 2, "value"]],
	}
	_found([_pod({"env": null})]) == set()
}

test_approved if {
	found := {entry.variant | some entry in rule.report} with input as testing.input_of([_pod({"envFrom": [{"secretRef": {"name": "s"}}]})])
		with data.settings.params as {"injection/secret-through-environment": {"approvedModes": ["env"]}}
	found == set()
}

_with(params, objects) := found if {
	found := {entry.variant | some entry in rule.report} with input as testing.input_of(objects)
		with data.settings.params as {"injection/secret-through-environment": params}
}

test_allowed if {
	pod := _pod({"envFrom": [{"secretRef": {"name": "s"}}]})
	_with({"allowEnvFor": ["shop/c"]}, [pod]) == set()
	_with({"allowEnvFor": ["other"]}, [pod]) == {"whole-secret"}
	job := {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "j"}, "spec": {
		"activeDeadlineSeconds": 60,
		"template": {"spec": pod.spec},
	}}
	_with({"jobGraceSeconds": 60}, [job]) == set()
	_with({"jobGraceSeconds": 30}, [job]) == {"whole-secret"}
}

test_other_modes if {
	pod := {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": {
		"volumes": [{"name": "v", "secret": {"secretName": "s"}}],
		"containers": [{"name": "c", "image": "i"}],
	}}
	_with({"approvedModes": ["csi"]}, [pod]) == {"mode-not-approved"}
	_with({"approvedModes": ["secret-volume"]}, [pod]) == set()
}

test_files_of_variables if {
	file := {"name": "A", "valueFrom": {"fileKeyRef": {"volumeName": "v", "key": "a"}}}
	pod := {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": {
		"initContainers": [{"name": "i", "image": "i", "volumeMounts": [{"name": "v", "mountPath": "/v"}]}],
		"containers": [{"name": "c", "image": "i", "env": [file]}],
	}}
	_found([pod]) == {["variables-file", ["spec", "containers", 0, "env", 0, "valueFrom", "fileKeyRef", "key"]]}
	_found([_pod({"env": [file]})]) == set()
}
