package portcullis.rules.rbac["secrets-access-broad_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rbac["secrets-access-broad"] as rule

_api := "rbac.authorization.k8s.io/v1"

_read := {"apiGroups": [""], "resources": ["pods", "secrets"], "verbs": ["get", "list"]}

_write := {"apiGroups": [""], "resources": ["secrets"], "verbs": ["create"]}

_role(kind, namespace, rules) := {
	"apiVersion": _api,
	"kind": kind,
	"metadata": {"name": "r", "namespace": namespace},
	"rules": rules,
}

_binding(kind, namespace, role_kind, subjects) := {
	"apiVersion": _api,
	"kind": kind,
	"metadata": {"name": "b", "namespace": namespace},
	"roleRef": {"kind": role_kind, "name": "r"},
	"subjects": subjects,
}

_account(namespace, name) := {"kind": "ServiceAccount", "namespace": namespace, "name": name}

_group := {"kind": "Group", "name": "devs"}

_found contains [entry.variant, entry.severity] if some entry in rule.report

# A ClusterRole with both rules, bound as given.
_bound(kind, namespace, subjects) := testing.input_of([
	_role("ClusterRole", "", [_read, _write]),
	_binding(kind, namespace, "ClusterRole", subjects),
])

_with_rule(policy_rule) := testing.input_of([
	_role("Role", "n", [policy_rule]),
	_binding("RoleBinding", "n", "Role", [_account("n", "a")]),
])

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as testing.input_of([
		_role("ClusterRole", "", [_read]),
		_binding("ClusterRoleBinding", "", "ClusterRole", [_account("n", "a")]),
	])
	report == {{
		"variant": "read-cluster-wide",
		"severity": "critical",
		"object": 0,
		"path": ["rules", 0, "resources", 1],
		"related": [{"object": 1, "path": ["roleRef", "name"], "label": "cluster-binding"}],
		"args": {"verbs": "get, list", "reach": "in every namespace"},
	}}
}

test_everywhere if {
	_found == {["read-cluster-wide", "critical"], ["write-cluster-wide", "critical"]} with input as _bound(
		"ClusterRoleBinding", "",
		[_group],
	)
}

test_in_a_privileged_namespace if {
	_found == {["read-in-namespace", "high"], ["write-in-namespace", "critical"]} with input as _bound(
		"RoleBinding", "kube-system",
		[_account("kube-system", "a")],
	)
}

test_for_another_namespace if {
	_found == {["read-in-namespace", "high"], ["write-in-namespace", "high"]} with input as _bound(
		"RoleBinding", "n",
		[_account("n", "a"), _account("ci", "a")],
	)
}

test_in_the_own_namespace if {
	_found == {["read-in-namespace", "medium"], ["write-in-namespace", "high"]} with input as _bound(
		"RoleBinding", "n",
		[_account("n", "a"), _group],
	)
}

test_for_an_agent if {
	agent := {
		"apiVersion": "v1",
		"kind": "ServiceAccount",
		"metadata": {"name": "a", "namespace": "n", "labels": {"app.kubernetes.io/component": "agent"}},
	}
	_found == {["read-in-namespace", "high"]} with input as testing.input_of([
		_role("Role", "n", [_read]),
		_binding("RoleBinding", "n", "Role", [_account("n", "a")]),
		agent,
	])
}

test_the_widest_of_several_bindings_counts if {
	_found == {["read-cluster-wide", "critical"]} with input as testing.input_of([
		_role("ClusterRole", "", [_read]),
		_binding("RoleBinding", "n", "ClusterRole", [_account("n", "a")]),
		_binding("ClusterRoleBinding", "", "ClusterRole", [_group]),
	])
}

test_unbound if {
	_found == {["read-unbound", "high"], ["write-unbound", "high"]} with input as testing.input_of([_role("ClusterRole", "", [_read, _write])])
	_found == {["read-unbound", "low"], ["write-unbound", "medium"]} with input as testing.input_of([_role("Role", "n", [_read, _write])])
	_found == {["read-unbound", "medium"]} with input as testing.input_of([_role("Role", "vault", [_read])])
}

test_with_config_maps if {
	_found == {["read-with-configmaps", "medium"]} with input as _with_rule(object.union(
		_read,
		{"resources": ["configmaps", "secrets"]},
	))
}

test_one_finding_for_one_rule if {
	_found == {["write-in-namespace", "high"]} with input as _with_rule(object.union(
		_read,
		{"verbs": ["get", "update"]},
	))
}

test_through_a_wildcard if {
	found := {[entry.variant, entry.path] | some entry in rule.report} with input as _with_rule({
		"apiGroups": ["*"],
		"resources": ["*"],
		"verbs": ["get"],
	})
	found == {["read-in-namespace", ["rules", 0, "resources", 0]]}
}

test_by_name if {
	_found == set() with input as _with_rule(object.union(_read, {"resourceNames": ["a"], "verbs": ["get", "create"]}))
	_found == {["named-list", "low"]} with input as _with_rule(object.union(_read, {"resourceNames": ["a"]}))
}

test_an_empty_name_limits_nothing if {
	_found == {["read-in-namespace", "medium"]} with input as _with_rule(object.union(_read, {"resourceNames": ["a", ""]}))
}

test_too_many_names if {
	names := [sprintf("n%d", [index]) | some index in numbers.range(1, 11)]
	found := rule.report with input as _with_rule(object.union(_read, {"resourceNames": names, "verbs": ["get"]}))
	{[entry.variant, entry.path, entry.args.count] | some entry in found} == {["many-names", ["rules", 0, "resourceNames"], "11"]}
}

test_as_many_names_as_allowed if {
	names := [sprintf("n%d", [index]) | some index in numbers.range(1, 11)]
	_found == set() with input as _with_rule(object.union(_read, {"resourceNames": names, "verbs": ["get"]}))
		with data.settings.params as {"rbac/secrets-access-broad": {"maxNames": 11}}
}

_controller(namespace) := testing.input_of([
	object.union(_role("ClusterRole", "", [_write]), {"metadata": {"labels": {"app.kubernetes.io/name": "external-secrets"}}}),
	_binding("ClusterRoleBinding", "", "ClusterRole", [_account(namespace, "external-secrets")]),
])

test_a_controller_of_secrets if {
	_found == {["write-cluster-wide", "medium"]} with input as _controller("external-secrets")
	_found == {["write-cluster-wide", "high"]} with input as _controller("shadow")
}

_hook(policy_rule) := testing.input_of([
	object.union(
		_role("Role", "n", [policy_rule]),
		{"metadata": {"annotations": {"helm.sh/hook": "pre-install"}}},
	),
	_binding("RoleBinding", "n", "Role", [_account("n", "a")]),
])

test_the_hook_of_a_chart if {
	_found == {["write-in-namespace", "medium"]} with input as _hook(object.union(_write, {"verbs": ["get", "create"]}))
	_found == {["write-in-namespace", "high"]} with input as _hook(object.union(_write, {"verbs": ["get", "update"]}))
}

test_allowed_readers if {
	_found == set() with input as _bound("ClusterRoleBinding", "", [_account("n", "a")])
		with data.settings.params as {"rbac/secrets-access-broad": {"secretReaders": ["ServiceAccount/n/a"]}}
}

test_other_groups_and_sloppy_rules if {
	_found == set() with input as testing.input_of([_role("ClusterRole", "", [
		null,
		{"apiGroups": null, "resources": ["secrets"], "verbs": ["get"]},
		{"apiGroups": [""], "resources": "secrets", "verbs": ["get"]},
		{"apiGroups": [""], "resources": ["secrets"], "verbs": [1, null]},
		{"apiGroups": ["vault.example.com"], "resources": ["secrets"], "verbs": ["get"]},
		{"apiGroups": [""], "resources": ["secrets/*", "*/*"], "verbs": ["get"]},
	])])
}

_edit(kind, subjects) := object.union(
	_binding(kind, "n", "ClusterRole", subjects),
	{"roleRef": {"kind": "ClusterRole", "name": "edit"}},
)

test_the_built_in_edit if {
	report := rule.report with input as testing.input_of([_edit("RoleBinding", [_group, _account("ci", "a")])])
	report == {{
		"variant": "edit-role-bound",
		"severity": "medium",
		"object": 0,
		"path": ["roleRef", "name"],
		"args": {"subject": "ServiceAccount ci/a", "reach": "of its namespace"},
	}}
	_found == {["edit-role-bound", "high"]} with input as testing.input_of([_edit("ClusterRoleBinding", [_account("ci", "a")])])
	_found == set() with input as testing.input_of([_edit("RoleBinding", [_group])])
}

test_the_built_in_edit_for_a_controller if {
	flux := object.union(
		_edit("ClusterRoleBinding", [_account("flux-system", "kustomize-controller")]),
		{"metadata": {"labels": {"app.kubernetes.io/part-of": "flux"}}},
	)
	_found == {["edit-role-bound", "medium"]} with input as testing.input_of([flux])
}
