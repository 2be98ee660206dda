package portcullis.lib.rbac_entries_test

import data.portcullis.lib.rbac_entries
import data.portcullis.lib.rbac_rights
import data.portcullis.lib.testing

_rule := {"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}

_role(kind, metadata, extra) := object.union(
	{"apiVersion": "rbac.authorization.k8s.io/v1", "kind": kind, "metadata": metadata, "rules": [_rule]},
	extra,
)

_binding(kind, namespace, role_kind, role) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": kind,
	"metadata": {"name": "b", "namespace": namespace},
	"roleRef": {"kind": role_kind, "name": role},
	"subjects": [{"kind": "ServiceAccount", "name": "s", "namespace": "n"}],
}

_seen := [object.union(
	{key: entry[key] | some key in ["path", "source", "reach", "cluster_scoped", "namespaces"]},
	{"object": entry.obj.id, "grants": [[grant.obj.id, grant.cluster] | some grant in entry.grants]},
) |
	some entry in rbac_entries.judged
]

_grants := [entry.grants | some entry in _seen]

test_a_bound_cluster_role if {
	_seen == [{
		"object": 0,
		"path": ["rules", 0],
		"source": "ClusterRole",
		"reach": "cluster",
		"cluster_scoped": true,
		"namespaces": set(),
		"grants": [[1, true]],
	}] with input as testing.input_of([_role("ClusterRole", {"name": "a"}, {}), _binding("ClusterRoleBinding", "", "ClusterRole", "a")])
}

test_a_cluster_role_bound_in_a_namespace if {
	_seen == [{
		"object": 0,
		"path": ["rules", 0],
		"source": "ClusterRole",
		"reach": "namespace",
		"cluster_scoped": false,
		"namespaces": {"n"},
		"grants": [[1, false]],
	}] with input as testing.input_of([_role("ClusterRole", {"name": "a"}, {}), _binding("RoleBinding", "n", "ClusterRole", "a")])
}

test_an_unbound_role if {
	_seen == [{
		"object": 0,
		"path": ["rules", 1],
		"source": "Role",
		"reach": "unbound",
		"cluster_scoped": false,
		"namespaces": {"n"},
		"grants": [],
	}] with input as testing.input_of([_role("Role", {"name": "a", "namespace": "n"}, {"rules": [null, _rule]})])
}

test_an_unbound_cluster_role if {
	[[entry.reach, entry.namespaces, entry.cluster_scoped] | some entry in rbac_entries.judged] == [[
		"unbound",
		set(),
		true,
	]] with input as testing.input_of([_role("ClusterRole", {"name": "a"}, {})])
}

_aggregate(name, selector) := _role(
	"ClusterRole", {"name": name},
	{"aggregationRule": {"clusterRoleSelectors": [selector]}, "rules": [_rule]},
)

_aggregated(labels, selector) := testing.input_of([
	_role("ClusterRole", {"name": "part", "labels": labels}, {}),
	_aggregate("whole", selector),
	_binding("ClusterRoleBinding", "", "ClusterRole", "whole"),
])

test_aggregated_roles_are_granted_by_the_whole if {
	_grants == [[[2, true]]] with input as _aggregated({"a": "b"}, {"matchLabels": {"a": "b"}})
	_grants == [[]] with input as _aggregated({"a": "c"}, {"matchLabels": {"a": "b"}})
	_grants == [[[2, true]]] with input as _aggregated({}, {})
	_grants == [[[2, true]]] with input as _aggregated({}, {"matchLabels": null})
	_grants == [[]] with input as _aggregated({}, "all")
}

test_aggregation_by_expression if {
	selector := {"matchExpressions": [
		{"key": "a", "operator": "In", "values": ["b"]},
		{"key": "a", "operator": "NotIn", "values": ["c"]},
		{"key": "a", "operator": "Exists"},
		{"key": "d", "operator": "DoesNotExist"},
	]}
	_grants == [[[2, true]]] with input as _aggregated({"a": "b"}, selector)
	_grants == [[]] with input as _aggregated({"a": "c"}, selector)
	_grants == [[]] with input as _aggregated({"a": "b", "d": ""}, selector)
}

test_aggregates_of_aggregates if {
	_grants == [[[3, true]]] with input as testing.input_of([
		_role("ClusterRole", {"name": "part", "labels": {"a": "b"}}, {}),
		object.union(
			_aggregate("middle", {"matchLabels": {"a": "b"}}),
			{"metadata": {"name": "middle", "labels": {"c": "d"}}},
		),
		_aggregate("whole", {"matchLabels": {"c": "d"}}),
		_binding("ClusterRoleBinding", "", "ClusterRole", "whole"),
	])
}

test_labels_for_the_cluster_s_own_roles if {
	label := "rbac.authorization.k8s.io/aggregate-to-view"
	role := _role("ClusterRole", {"name": "part", "labels": {label: "true"}}, {})
	_grants == [[[1, false]]] with input as testing.input_of([role, _binding("RoleBinding", "n", "ClusterRole", "admin")])
	_grants == [[]] with input as testing.input_of([role, _binding("RoleBinding", "n", "ClusterRole", "other")])
}

_bundle := {
	"apiVersion": "operators.coreos.com/v1alpha1",
	"kind": "ClusterServiceVersion",
	"metadata": {"name": "op", "namespace": "ops"},
	"spec": {"install": {"spec": {
		"clusterPermissions": [{"serviceAccountName": "op", "rules": [_rule]}, null],
		"permissions": [{"serviceAccountName": 1, "rules": [_rule, 3]}],
	}}},
}

test_operator_bundles_bind_themselves if {
	entries := rbac_entries.judged with input as testing.input_of([_bundle])
	[[entry.path, entry.reach, entry.cluster_scoped, entry.namespaces] | some entry in entries] == [
		[["spec", "install", "spec", "clusterPermissions", 0, "rules", 0], "cluster", true, set()],
		[["spec", "install", "spec", "permissions", 0, "rules", 0], "namespace", false, {"ops"}],
	]
	[[subject.id | some grant in entry.grants; some subject in grant.subjects] | some entry in entries] == [["sa:ops/op"], []]
}

test_other_cluster_service_versions_are_not_meant if {
	rbac_entries.known == [] with input as testing.input_of([object.union(_bundle, {"apiVersion": "example.com/v1"})])
}

test_context_is_known_but_not_judged if {
	document := testing.input_with([{"object": _role("Role", {"name": "a"}, {}), "context": true}])
	rbac_entries.judged == [] with input as document
	rbac_entries.by_object == {0: {0}} with input as document
}

test_rights_add_up_over_bindings_and_groups if {
	document := testing.input_of([
		_role("ClusterRole", {"name": "a"}, {}),
		_role("ClusterRole", {"name": "b"}, {}),
		_binding("RoleBinding", "n", "ClusterRole", "a"),
		object.union(
			_binding("ClusterRoleBinding", "", "ClusterRole", "b"),
			{"subjects": [{"kind": "Group", "name": "system:serviceaccounts"}]},
		),
	])
	account := {"kind": "ServiceAccount", "name": "s", "namespace": "n", "id": "sa:n/s"}
	held := rbac_rights.of_subject(account) with input as document
	[[right.entry.obj.name, right.grant.cluster] | some right in held] == [["a", false], ["b", true]]
	entry := rbac_entries.known[0] with input as document
	held_by_all := rbac_rights.of_entry(entry) with input as document
	[[right.subject.id, right.entry.obj.name] | some right in held_by_all] == [["sa:n/s", "a"], ["sa:n/s", "b"]]
}
