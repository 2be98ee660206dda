package portcullis.rules.rbac["cluster-scope-unneeded_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rbac["cluster-scope-unneeded"] as rule

_api := "rbac.authorization.k8s.io/v1"

_role(kind, name, rules) := {
	"apiVersion": _api,
	"kind": kind,
	"metadata": {"name": name, "namespace": "n"},
	"rules": rules,
}

_binding(kind, namespace, role, subjects) := {
	"apiVersion": _api,
	"kind": kind,
	"metadata": {"name": "b", "namespace": namespace},
	"roleRef": {"kind": "ClusterRole", "name": role},
	"subjects": subjects,
}

_subject(namespace) := {"kind": "ServiceAccount", "namespace": namespace, "name": "s"}

_account(namespace) := {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "s", "namespace": namespace}}

_pod := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "p", "namespace": "n"},
	"spec": {"serviceAccountName": "s", "containers": [{"name": "c", "image": "c"}]},
}

_read := {"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}

_found contains [entry.variant, object.get(entry, "severity", ""), entry.path] if some entry in rule.report

_full := "full"

_cluster_wide(rules) := [
	_binding("ClusterRoleBinding", "", "r", [_subject("n")]),
	_role("ClusterRole", "r", rules),
	_account("n"),
	_pod,
]

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as testing.input_of(_cluster_wide([_read])) with data.settings.completeness as _full
	report == {{
		"variant": "cluster-wide",
		"severity": "medium",
		"object": 0,
		"path": ["kind"],
		"related": [{"object": 1, "path": ["metadata", "name"], "label": "role"}],
		"args": {"role": "r", "subject": "ServiceAccount n/s", "namespaces": "n"},
	}}
}

test_without_the_whole_set if {
	_found == {["cluster-wide", "info", ["kind"]]} with input as testing.input_of(_cluster_wide([_read]))
}

test_the_built_in_view if {
	objects := [_binding("ClusterRoleBinding", "", "view", [_subject("n")]), _account("n"), _pod]
	_found == {["cluster-wide", "info", ["kind"]]} with input as testing.input_of(objects)
}

test_cluster_wide_for_a_reason if {
	_found == set() with input as testing.input_of(_cluster_wide([{"apiGroups": [""], "resources": ["nodes"], "verbs": ["get"]}]))
	_found == set() with input as testing.input_of(array.slice(_cluster_wide([_read]), 0, 3))
	_found == set() with input as testing.input_of(_cluster_wide([]))
	_found == set() with input as testing.input_of([
		_binding("ClusterRoleBinding", "", "view", [_subject("n"), {"kind": "Group", "name": "g"}]),
		_account("n"),
		_pod,
	])
}

test_monitoring if {
	binding := object.union(_cluster_wide([_read])[0], {"metadata": {"labels": {"app": "prometheus"}}})
	objects := array.concat([binding], array.slice(_cluster_wide([_read]), 1, 4))
	_found == set() with input as testing.input_of(objects)
}

_keda := {
	"apiVersion": _api,
	"kind": "ClusterRoleBinding",
	"metadata": {"name": "b", "labels": {"app.kubernetes.io/name": "keda"}},
	"roleRef": {"kind": "ClusterRole", "name": "view"},
	"subjects": [{"kind": "ServiceAccount", "namespace": "keda", "name": "keda-operator"}],
}

test_known_controllers if {
	pod := object.union(_pod, {
		"metadata": {"namespace": "keda"},
		"spec": {"serviceAccountName": "keda-operator", "containers": [{"name": "c", "image": "kedacore/keda:2"}]},
	})
	account := object.union(_account("keda"), {"metadata": {"name": "keda-operator"}})
	_found == set() with input as testing.input_of([_keda, pod, account])
}

test_foreign_accounts if {
	objects := [_binding("RoleBinding", "m", "r", [_subject("n")]), _role("ClusterRole", "r", [_read]), _account("n")]
	_found == {["foreign-account", "", ["subjects", 0, "namespace"]]} with input as testing.input_of(objects)
	_found == set() with input as testing.input_of(objects) with data.settings.params as {"rbac/cluster-scope-unneeded": {"trustedNamespaces": ["n"]}}
	user := {"kind": "User", "name": "system:serviceaccount:n:s"}
	_found == {["foreign-account", "", ["subjects", 0, "name"]]} with input as testing.input_of(array.concat(
		[_binding("RoleBinding", "m", "r", [user])],
		array.slice(objects, 1, 3),
	))
}

test_powerful_foreign_accounts if {
	report := rule.report with input as testing.input_of([
		_binding("RoleBinding", "m", "r", [_subject("n")]),
		_role("ClusterRole", "r", [object.union(_read, {"verbs": ["update"]})]),
		_account("n"),
	])
	{[entry.variant, entry.args.danger] | some entry in report} == {["foreign-account-powerful", "change objects with it"]}
}

test_foreign_for_a_reason if {
	_found == set() with input as testing.input_of([
		_binding("RoleBinding", "kube-system", "extension-apiserver-authentication-reader", [_subject("n")]),
		_account("n"),
	])
	_found == set() with input as testing.input_of([
		_binding("RoleBinding", "m", "r", [_subject("monitoring")]),
		_role("ClusterRole", "r", [_read]),
		_account("monitoring"),
	])
}

_nameless := {"kind": "ServiceAccount", "name": "s"}

test_subjects_without_a_namespace if {
	binding := _binding("RoleBinding", "n", "view", [_nameless])
	wanted := {["subject-without-namespace", "", ["subjects", 0, "namespace"]]}
	_found == wanted with input as testing.input_of([binding, _account("n")])
	_found == set() with input as testing.input_with([{"object": binding, "partial": true}, {"object": _account("n")}])
}

test_subjects_that_a_kustomization_completes if {
	binding := object.remove(_binding("RoleBinding", "n", "view", [_nameless]), ["metadata"])
	account := {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "s"}}
	_found == set() with input as testing.input_with([
		{"object": binding, "namespace": "prod"},
		{"object": account, "namespace": "prod"},
	])
	_found == {["subject-without-namespace", "", ["subjects", 0, "namespace"]]} with input as testing.input_of([binding, account])
}

test_unresolved if {
	objects := [_binding("RoleBinding", "n", "gone", [_subject("n")])]
	_found == {
		["unresolved-role", "low", ["roleRef", "name"]],
		["unresolved-account", "low", ["subjects", 0, "name"]],
	} with input as testing.input_of(objects) with data.settings.completeness as _full
	_found == {
		["unresolved-role", "info", ["roleRef", "name"]],
		["unresolved-account", "info", ["subjects", 0, "name"]],
	} with input as testing.input_of(objects)
}

test_unresolved_for_several if {
	report := rule.report with input as testing.input_of([
		_binding("RoleBinding", "n", "gone", [_subject("n"), {"kind": "Group", "name": "g"}]),
		_account("n"),
	])
	{entry.args.subjects | some entry in report} == {"its subjects"}
}

test_outdated if {
	role := object.union(_role("Role", "r", []), {"apiVersion": "rbac.authorization.k8s.io/v1beta1"})
	_found == {["outdated-version", "", ["apiVersion"]]} with input as testing.input_of([role])
}

_own_binding(name) := {
	"apiVersion": _api,
	"kind": "RoleBinding",
	"metadata": {"name": name, "namespace": "n"},
	"roleRef": {"kind": "Role", "name": name},
	"subjects": [_subject("n")],
}

test_many_roles if {
	objects := [
		_own_binding("a"),
		_role("Role", "a", []),
		_own_binding("b"),
		_role("Role", "b", []),
		_binding("RoleBinding", "n", "view", [_subject("n")]),
		_account("n"),
	]
	params := {"rbac/cluster-scope-unneeded": {"maxBindings": 3}}
	report := rule.report with input as testing.input_of(objects) with data.settings.params as params
	report == {{
		"variant": "many-roles",
		"object": 0,
		"path": ["subjects", 0, "name"],
		"related": [
			{"object": 2, "path": ["roleRef", "name"], "label": "binding"},
			{"object": 4, "path": ["roleRef", "name"], "label": "binding"},
		],
		"args": {"subject": "ServiceAccount n/s", "count": "3"},
	}}
}
