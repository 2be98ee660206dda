package portcullis.lib.rbac_known_roles_test

import data.portcullis.lib.rbac_bindings
import data.portcullis.lib.rbac_known_roles
import data.portcullis.lib.testing

_binding(kind, name) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "RoleBinding",
	"metadata": {"name": "b", "namespace": "n"},
	"roleRef": {"kind": kind, "name": name},
}

_is_unresolved(objects, external) if {
	found := [1 | rbac_known_roles.is_unresolved(rbac_bindings.known[0], external)] with input as testing.input_of(objects)
	found == [1]
}

test_roles if {
	_is_unresolved([_binding("ClusterRole", "x")], [])
	_is_unresolved([_binding("Role", "admin")], [])
	not _is_unresolved([_binding("ClusterRole", "x")], ["x"])
	not _is_unresolved([_binding("ClusterRole", "")], [])
	every name in ["admin", "system:node", "kubeadm:nodes", "extension-apiserver-authentication-reader"] {
		not _is_unresolved([_binding("ClusterRole", name)], [])
	}
	not _is_unresolved(
		[
			_binding("ClusterRole", "x"),
			{"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "x"}},
		],
		[],
	)
}

_subject(kind, namespace, name) := {"kind": kind, "namespace": namespace, "name": name}

_is_missing(subject, entries) if rbac_known_roles.is_missing_account(subject) with input as testing.input_with(entries)

_account(written, namespace) := {
	"object": {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "s", "namespace": written}},
	"namespace": namespace,
}

test_accounts if {
	_is_missing(_subject("ServiceAccount", "n", "s"), [])
	_is_missing(_subject("ServiceAccount", "n", "s"), [_account("m", "m")])
	not _is_missing(_subject("ServiceAccount", "n", "s"), [_account("n", "n")])
	not _is_missing(_subject("ServiceAccount", "n", "s"), [_account("", "")])
	not _is_missing(_subject("ServiceAccount", "n", "s"), [_account("n", "prod")])
	not _is_missing(_subject("ServiceAccount", "", "s"), [_account("n", "n")])
	not _is_missing(_subject("ServiceAccount", "n", "default"), [])
	not _is_missing(_subject("ServiceAccount", "kube-system", "s"), [])
	not _is_missing(_subject("User", "", "s"), [])
}

test_operator_bundles if {
	bundle := {
		"apiVersion": "operators.coreos.com/v1alpha1",
		"kind": "ClusterServiceVersion",
		"metadata": {"name": "c", "namespace": "n"},
		"spec": {"install": {"spec": {"permissions": [{"serviceAccountName": "s"}]}}},
	}
	not _is_missing(_subject("ServiceAccount", "n", "s"), [{"object": bundle}])
}
