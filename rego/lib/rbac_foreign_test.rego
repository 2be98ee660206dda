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

_is_foreign(entries) if {
	found := [1 |
		binding := rbac_bindings.known[0]
		rbac_foreign.is_foreign(binding, binding.subjects[0])
	] with input as testing.input_with(entries)
	found == [1]
}

test_foreign if _is_foreign([{"object": _binding("RoleBinding", "m")}])

test_not_foreign if {
	not _is_foreign([{"object": _binding("RoleBinding", "n")}])
	not _is_foreign([{"object": _binding("RoleBinding", "")}])
	not _is_foreign([{"object": _binding("ClusterRoleBinding", "")}])
}

test_moved_by_a_kustomization if {
	not _is_foreign([{"object": _binding("RoleBinding", "n"), "namespace": "prod"}])
	account := {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "s", "namespace": "n"}}
	not _is_foreign([{"object": _binding("RoleBinding", "x"), "namespace": "prod"}, {"object": account, "namespace": "prod"}])
	_is_foreign([{"object": _binding("RoleBinding", "x"), "namespace": "prod"}, {"object": account}])
}
