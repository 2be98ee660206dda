package portcullis.rules.rbac["shared-serviceaccount-subject_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rbac["shared-serviceaccount-subject"] as rule

_binding(role, subjects) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "RoleBinding",
	"metadata": {"name": "b", "namespace": "n"},
	"roleRef": {"kind": "ClusterRole", "name": role},
	"subjects": subjects,
}

_group(name) := {"kind": "Group", "name": name}

_found contains [entry.variant, entry.path] if some entry in rule.report

_name := ["subjects", 0, "name"]

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as testing.input_of([_binding("edit", [{"kind": "ServiceAccount", "name": "default"}])])
	report == {{
		"variant": "default-serviceaccount",
		"object": 0,
		"path": ["subjects", 0, "name"],
		"related": [],
		"args": {
			"role": "edit",
			"subject": "ServiceAccount n/default",
			"danger": "read Secrets and change objects with it",
		},
	}}
}

test_groups if {
	_found == {["all-serviceaccounts", _name]} with input as testing.input_of([_binding("a", [_group("system:serviceaccounts")])])
	_found == {["all-serviceaccounts-dangerous", _name]} with input as testing.input_of([_binding("edit", [_group("system:serviceaccounts")])])
	_found == {["namespace-serviceaccounts", _name]} with input as testing.input_of([_binding("a", [_group("system:serviceaccounts:n")])])
	_found == {["namespace-serviceaccounts-dangerous", _name]} with input as testing.input_of([_binding("edit", [_group("system:serviceaccounts:n")])])
	_found == set() with input as testing.input_of([_binding("edit", [_group("default"), _group("oidc:team")])])
}

test_default_by_any_name if {
	_found == {[
		"default-serviceaccount",
		_name,
	]} with input as testing.input_of([_binding("a", [{"kind": "User", "name": "system:serviceaccount:n:default"}])])
	_found == set() with input as testing.input_of([_binding("a", [{"kind": "User", "name": "default"}])])
}

test_made_for_all_pods if {
	pullers := [_group("system:serviceaccounts:n"), {"kind": "ServiceAccount", "name": "default"}]
	_found == set() with input as testing.input_of([_binding("system:image-puller", pullers)])
	_found == set() with input as testing.input_of([_binding("system:service-account-issuer-discovery", [_group("system:serviceaccounts")])])
	_found == set() with input as testing.input_of([_binding("m", [_group("system:serviceaccounts")]), {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "m"},
		"rules": [{"nonResourceURLs": ["/metrics"], "verbs": ["get"]}],
	}])
}

test_allowed_bindings if {
	allowed := {"rbac/shared-serviceaccount-subject": {"allowedGroupBindings": ["n/b"]}}
	_found == set() with input as testing.input_of([_binding("a", [_group("system:serviceaccounts")])]) with data.settings.params as allowed
	_found == {[
		"default-serviceaccount",
		_name,
	]} with input as testing.input_of([_binding("a", [{"kind": "ServiceAccount", "name": "default"}])]) with data.settings.params as allowed
}

_workload(name, application) := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": name, "namespace": "n", "labels": {"app": application}},
	"spec": {"template": {"spec": {"serviceAccountName": "s", "containers": []}}},
}

test_several_applications if {
	report := rule.report with input as testing.input_of([
		_binding("a", [{"kind": "ServiceAccount", "name": "s", "namespace": "n"}]),
		_workload("x", "x"),
		_workload("y", "y"),
	])
	{[entry.variant, entry.path, [place.object | some place in entry.related]] | some entry in report} == {[
		"several-applications",
		_name,
		[1, 2],
	]}
	_found == set() with input as testing.input_of([
		_binding("a", [{"kind": "ServiceAccount", "name": "s", "namespace": "n"}]),
		_workload("x", "x"),
		_workload("y", "x"),
	])
}
