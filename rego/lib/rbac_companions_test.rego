package portcullis.lib.rbac_companions_test

import data.portcullis.lib.rbac_companions
import data.portcullis.lib.rbac_entries
import data.portcullis.lib.rbac_scopes
import data.portcullis.lib.testing

_api := "rbac.authorization.k8s.io/v1"

_rule(resource) := {"apiGroups": [""], "resources": [resource], "verbs": ["get"]}

_role(name, rules) := {"apiVersion": _api, "kind": "ClusterRole", "metadata": {"name": name}, "rules": rules}

_binding(kind, role) := {
	"apiVersion": _api,
	"kind": kind,
	"metadata": {"name": role, "namespace": "n"},
	"roleRef": {"kind": "ClusterRole", "name": role},
	"subjects": [{"kind": "ServiceAccount", "name": "a", "namespace": "n"}],
}

_holders := [holder |
	[entry, scope] := _first
	some holder in rbac_companions.holders(entry, scope)
]

_first := [entry, rbac_scopes.of_entry(entry, [])[0]] if entry := rbac_entries.judged[0]

_held := {resource |
	some holder in _holders
	some right in holder.rights
	some resource in right.entry.rule.resources
}

_in_place := {resource |
	[_, scope] := _first
	some holder in _holders
	some right in holder.rights
	rbac_companions.is_in_place(right, scope)
	some resource in right.entry.rule.resources
}

test_bound if {
	objects := testing.input_of([
		_role("one", [_rule("pods")]),
		_binding("ClusterRoleBinding", "one"),
		_role("two", [_rule("nodes")]),
		_binding("RoleBinding", "two"),
	])
	[holder.name | some holder in _holders] == ["ServiceAccount n/a"] with input as objects
	_held == {"pods", "nodes"} with input as objects
	_in_place == {"pods"} with input as objects
}

test_in_one_namespace if {
	objects := testing.input_of([
		_role("one", [_rule("pods")]),
		_binding("RoleBinding", "one"),
		_role("two", [_rule("nodes")]),
		_binding("RoleBinding", "two"),
	])
	_in_place == {"pods", "nodes"} with input as objects
}

test_unbound if {
	objects := testing.input_of([_role("one", [_rule("pods"), _rule("nodes")]), _role("two", [_rule("secrets")])])
	[holder.name | some holder in _holders] == ["whoever gets this role"] with input as objects
	_held == {"pods", "nodes"} with input as objects
}
