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

_unresolved(external) if rbac_known_roles.is_unresolved(rbac_bindings.known[0], external)

test_roles if {
	_unresolved([]) with input as testing.input_of([_binding("ClusterRole", "x")])
	_unresolved([]) with input as testing.input_of([_binding("Role", "admin")])
	not _unresolved(["x"]) with input as testing.input_of([_binding("ClusterRole", "x")])
	not _unresolved([]) with input as testing.input_of([_binding("ClusterRole", "")])
	not _unresolved([]) with input as testing.input_of([
		_binding("ClusterRole", "x"),
		{"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "x"}},
	])
	every name in ["admin", "system:node", "kubeadm:nodes", "extension-apiserver-authentication-reader"] {
		not _unresolved([]) with input as testing.input_of([_binding("ClusterRole", name)])
	}
}

_subject(kind, namespace, name) := {"kind": kind, "namespace": namespace, "name": name}

_account(written, namespace) := {
	"object": {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "s", "namespace": written}},
	"namespace": namespace,
}

test_accounts if {
	rbac_known_roles.is_missing_account(_subject("ServiceAccount", "n", "s")) with input as testing.input_with([])
	rbac_known_roles.is_missing_account(_subject("ServiceAccount", "n", "s")) with input as testing.input_with([_account("m", "m")])
	not rbac_known_roles.is_missing_account(_subject("ServiceAccount", "n", "s")) with input as testing.input_with([_account("n", "n")])
	not rbac_known_roles.is_missing_account(_subject("ServiceAccount", "n", "s")) with input as testing.input_with([_account("", "")])
	not rbac_known_roles.is_missing_account(_subject("ServiceAccount", "n", "s")) with input as testing.input_with([_account("n", "prod")])
	not rbac_known_roles.is_missing_account(_subject("ServiceAccount", "", "s")) with input as testing.input_with([_account("n", "n")])
	not rbac_known_roles.is_missing_account(_subject("ServiceAccount", "n", "default")) with input as testing.input_with([])
	not rbac_known_roles.is_missing_account(_subject("ServiceAccount", "kube-system", "s")) with input as testing.input_with([])
	not rbac_known_roles.is_missing_account(_subject("User", "", "s")) with input as testing.input_with([])
}

test_operator_bundles if {
	bundle := {
		"apiVersion": "operators.coreos.com/v1alpha1",
		"kind": "ClusterServiceVersion",
		"metadata": {"name": "c", "namespace": "n"},
		"spec": {"install": {"spec": {"permissions": [{"serviceAccountName": "s"}]}}},
	}
	not rbac_known_roles.is_missing_account(_subject("ServiceAccount", "n", "s")) with input as testing.input_with([{"object": bundle}])
}
