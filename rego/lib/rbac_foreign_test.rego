package portcullis.lib.rbac_foreign_test

import data.portcullis.lib.rbac_bindings
import data.portcullis.lib.rbac_foreign
import data.portcullis.lib.testing

_binding(kind, written) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": kind,
	"metadata": {"name": "b", "namespace": written},
	"roleRef": {"kind": "Role", "name": "r"},
	"subjects": [{"kind": "ServiceAccount", "namespace": "n", "name": "s"}],
}

_foreign if rbac_foreign.is_foreign(rbac_bindings.known[0], rbac_bindings.known[0].subjects[0])

test_foreign if _foreign with input as testing.input_with([{"object": _binding("RoleBinding", "m")}])

test_not_foreign if {
	not _foreign with input as testing.input_with([{"object": _binding("RoleBinding", "n")}])
	not _foreign with input as testing.input_with([{"object": _binding("RoleBinding", "")}])
	not _foreign with input as testing.input_with([{"object": _binding("ClusterRoleBinding", "")}])
}

test_moved_by_a_kustomization if {
	not _foreign with input as testing.input_with([{"object": _binding("RoleBinding", "n"), "namespace": "prod"}])
	account := {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "s", "namespace": "n"}}
	not _foreign with input as testing.input_with([{"object": _binding("RoleBinding", "x"), "namespace": "prod"}, {"object": account, "namespace": "prod"}])
	_foreign with input as testing.input_with([{"object": _binding("RoleBinding", "x"), "namespace": "prod"}, {"object": account}])
}
