package portcullis.lib.rbac_scopes_test

import data.portcullis.lib.rbac_entries
import data.portcullis.lib.rbac_scopes
import data.portcullis.lib.testing

_role(kind, namespace) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": kind,
	"metadata": {"name": "r", "namespace": namespace},
	"rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}],
}

_binding(kind, metadata, account) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": kind,
	"metadata": object.union({"name": "b"}, metadata),
	"roleRef": {"kind": "ClusterRole", "name": "r"},
	"subjects": [account],
}

_account(namespace) := {"kind": "ServiceAccount", "namespace": namespace, "name": "a"}

_group := {"kind": "Group", "name": "devs"}

_kinds contains [scope.kind, scope.bound] if {
	some entry in rbac_entries.judged
	some scope in rbac_scopes.of_entry(entry, ["vault"])
}

_bound(kind, metadata, account) := testing.input_of([_role("ClusterRole", ""), _binding(kind, metadata, account)])

test_kinds_of_scopes if {
	_kinds == {["cluster", true]} with input as _bound("ClusterRoleBinding", {}, _group)
	_kinds == {["privileged", true]} with input as _bound("RoleBinding", {"namespace": "vault"}, _account("vault"))
	_kinds == {["foreign", true]} with input as _bound("RoleBinding", {"namespace": "n"}, _account("m"))
	_kinds == {["namespace", true]} with input as _bound("RoleBinding", {"namespace": "n"}, _account("n"))
	_kinds == {["namespace", true]} with input as _bound("RoleBinding", {"namespace": "n"}, _group)
	_kinds == {["namespace", true]} with input as _bound("RoleBinding", {}, _account("m"))
	_kinds == {["agent", true]} with input as _bound(
		"RoleBinding", {"namespace": "n", "labels": {"portcullis/workload": "agent"}},
		_account("m"),
	)
	_kinds == {["cluster", false]} with input as testing.input_of([_role("ClusterRole", "")])
	_kinds == {["namespace", false]} with input as testing.input_of([_role("Role", "n")])
	_kinds == {["privileged", false]} with input as testing.input_of([_role("Role", "vault")])
}

test_a_binding_that_a_kustomization_moves if {
	_kinds == {["namespace", true]} with input as testing.input_with([
		{"object": _role("ClusterRole", "")},
		{"object": _binding("RoleBinding", {"namespace": "system"}, _account("system")), "namespace": "n"},
	])
	account := {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "a", "namespace": "system"}}
	_kinds == {["namespace", true]} with input as testing.input_with([
		{"object": _role("ClusterRole", "")},
		{"object": _binding("RoleBinding", {}, _account("system")), "namespace": "n"},
		{"object": account, "namespace": "n"},
	])
	_kinds == {["foreign", true]} with input as testing.input_with([
		{"object": _role("ClusterRole", "")},
		{"object": _binding("RoleBinding", {}, _account("system")), "namespace": "n"},
	])
}

_kept(allowed) := [[entry.reach, entry.namespaces, count(entry.grants)] |
	some known in rbac_entries.judged
	entry := rbac_scopes.without(known, allowed)
]

test_grants_of_allowed_subjects_do_not_count if {
	objects := testing.input_of([
		_role("ClusterRole", ""),
		_binding("ClusterRoleBinding", {}, _account("x")),
		_binding("RoleBinding", {"namespace": "n"}, _account("y")),
	])
	_kept([]) == [["cluster", {"n"}, 2]] with input as objects
	_kept(["ServiceAccount/x/a"]) == [["namespace", {"n"}, 1]] with input as objects
	_kept(["ServiceAccount/y/a"]) == [["cluster", set(), 1]] with input as objects
	_kept([{"name": "a"}]) == [] with input as objects
	_kept([{"name": "a"}]) == [["unbound", set(), 0]] with input as testing.input_of([_role("ClusterRole", "")])
}

_powers contains power if {
	some entry in rbac_entries.judged
	some scope in rbac_scopes.of_entry(entry, [])
	some controller in scope.controllers
	some power in controller.powers
	power == "own"
}

_keda(kind, metadata, namespace) := testing.input_of([
	object.union(_role("ClusterRole", ""), {"metadata": {"labels": {"app.kubernetes.io/part-of": "keda-operator"}}}),
	_binding(kind, metadata, {"kind": "ServiceAccount", "namespace": namespace, "name": "keda-operator"}),
])

test_controllers_in_their_own_namespace if {
	_powers == {"own"} with input as _keda("RoleBinding", {"namespace": "keda"}, "keda")
	_powers == set() with input as _keda("RoleBinding", {"namespace": "shop"}, "keda")
	_powers == set() with input as _keda("RoleBinding", {"namespace": "shop"}, "shop")
	_powers == set() with input as _keda("ClusterRoleBinding", {}, "keda")
}

_scope := {"kind": "namespace", "bound": true, "controllers": []}

_known(canonical) := object.union(_scope, {"controllers": [{"product": "X", "powers": {"exec"}, "canonical": canonical}]})

test_severities_in_a_scope if {
	table := {"namespace": "critical"}
	rbac_scopes.severity_in(_scope, table, {"exec"}) == "critical"
	rbac_scopes.severity_in(object.union(_scope, {"bound": false}), table, {"exec"}) == "high"
	rbac_scopes.severity_in(_known(true), table, {"exec"}) == "medium"
	rbac_scopes.severity_in(_known(false), table, {"exec"}) == "high"
	rbac_scopes.severity_in(_known(true), table, {"secrets"}) == "critical"
	not rbac_scopes.severity_in(_scope, {}, set())
}

test_the_worst_and_first_candidate_wins if {
	candidates := [{"severity": "low", "n": 1}, {"severity": "high", "n": 2}, {"severity": "high", "n": 3}]
	rbac_scopes.worst(candidates).n == 2
	not rbac_scopes.worst([])
}

test_places if {
	rule := {"resources": ["*", "pods/exec", "pods"], "verbs": ["*", "bind"]}
	rbac_scopes.place_of(rule, ["pods", "nodes"]) == ["resources", 0]
	rbac_scopes.place_of({"resources": ["pods", "secrets"]}, ["secrets", "pods"]) == ["resources", 1]
	rbac_scopes.place_of_verb(rule, ["escalate", "bind"], ["pods"]) == ["verbs", 1]
	rbac_scopes.place_of_verb(rule, ["escalate"], ["pods"]) == ["resources", 0]
}

test_what_kubernetes_defines_is_left_out if {
	builtin := {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "cluster-admin"},
		"rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}],
	}
	rbac_scopes.entries == [] with input as testing.input_of([builtin])
}
