package portcullis.rules.rbac["anonymous-or-everyone-binding_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rbac["anonymous-or-everyone-binding"] as rule

_binding(role, subjects) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "RoleBinding",
	"metadata": {"name": "b", "namespace": "n"},
	"roleRef": {"kind": "ClusterRole", "name": role},
	"subjects": subjects,
}

_role(name, verb) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": name},
	"rules": [{"apiGroups": [""], "resources": ["configmaps"], "verbs": [verb]}],
}

_found contains [entry.variant, entry.path] if some entry in rule.report

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as testing.input_of([
		_binding("a", [{"kind": "Group", "name": "system:authenticated"}]),
		_role("a", "update"),
	])
	report == {{
		"variant": "everyone-dangerous",
		"object": 0,
		"path": ["subjects", 0, "name"],
		"related": [{"object": 1, "path": ["metadata", "name"], "label": "role"}],
		"args": {"role": "a", "subject": "Group system:authenticated", "danger": "change objects with it"},
	}}
}

test_anonymous if {
	_found == {
		["anonymous", ["subjects", 0, "name"]],
		["anonymous", ["subjects", 1, "name"]],
	} with input as testing.input_of([_binding("a", [
		{"kind": "User", "name": "system:anonymous"},
		{"kind": "Group", "name": "system:unauthenticated"},
		{"kind": "Group", "name": "system:anonymous"},
	])])
}

test_everyone if {
	subject := {"kind": "Group", "name": "system:authenticated:oauth"}
	_found == {["everyone", ["subjects", 0, "name"]]} with input as testing.input_of([_binding("a", [subject])])
	_found == {["everyone", ["subjects", 0, "name"]]} with input as testing.input_of([_binding("a", [subject]), _role("a", "get")])
	_found == {["everyone-dangerous", ["subjects", 0, "name"]]} with input as testing.input_of([_binding("edit", [subject])])
}

test_defaults_and_allowed_roles if {
	subjects := [{"kind": "Group", "name": "system:authenticated"}]
	_found == set() with input as testing.input_of([_binding("system:basic-user", subjects)])
	allowed := {"rbac/anonymous-or-everyone-binding": {"allowedPublicRoles": ["a"]}}
	_found == set() with input as testing.input_of([_binding("a", subjects)]) with data.settings.params as allowed
}

test_names_of_nobody if {
	binding := _binding("a", [null, {"kind": "User", "name": "*"}, {"kind": "Group", "name": " "}, {"kind": "User"}])
	_found == {
		["matches-nobody", ["subjects", 1, "name"]],
		["matches-nobody", ["subjects", 2, "name"]],
		["matches-nobody", ["subjects", 3, "name"]],
	} with input as testing.input_of([binding])
	_found == set() with input as testing.input_with([{"object": binding, "partial": true}])
}

test_others if _found == set() with input as testing.input_of([_binding("cluster-admin", [{"kind": "User", "name": "sam"}]), _binding("a", 1)])
