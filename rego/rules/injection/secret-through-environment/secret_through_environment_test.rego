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
		"path": ["spec", "containers", 0, "envFrom", 0, "secretRef", "name"],
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
		["single-entry", ["spec", "containers", 0, "env", 0, "valueFrom", "secretKeyRef", "name"]],
		["injected-reference", ["spec", "containers", 0, "env", 2, "value"]],
	}
	_found([_pod({"env": null})]) == set()
}

test_approved if {
	found := {entry.variant | some entry in rule.report} with input as testing.input_of([_pod({"envFrom": [{"secretRef": {"name": "s"}}]})])
		with data.settings.params as {"injection/secret-through-environment": {"approvedModes": ["env"]}}
	found == set()
}
