package portcullis.lib.token_use_test

import data.portcullis.lib.identities
import data.portcullis.lib.testing
import data.portcullis.lib.token_use

_pod(namespace, annotations, container) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "p", "namespace": namespace, "annotations": annotations},
	"spec": {"serviceAccountName": "s", "containers": [object.union({"name": "c", "image": "shop/c:1"}, container)]},
}

_binding(subject) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "RoleBinding",
	"metadata": {"name": "b", "namespace": "n"},
	"roleRef": {"kind": "Role", "name": "r"},
	"subjects": [subject],
}

_bound if token_use.is_bound(identities.judged[0])

test_bound if {
	account := {"kind": "ServiceAccount", "name": "s", "namespace": "n"}
	_bound with input as testing.input_of([_pod("n", {}, {}), _binding(account)])
	_bound with input as testing.input_of([_pod("", {}, {}), _binding(account)])
	_bound with input as testing.input_of([_pod("n", {}, {}), _binding({"kind": "Group", "name": "system:serviceaccounts:n"})])
	not _bound with input as testing.input_of([_pod("m", {}, {}), _binding(account)])
	not _bound with input as testing.input_of([_pod("n", {}, {})])
}

test_bound_without_a_namespace if {
	binding := object.union(_binding({"kind": "ServiceAccount", "name": "s"}), {"metadata": {"namespace": ""}})
	_bound with input as testing.input_of([_pod("n", {}, {}), binding])
}

_bundle := {
	"apiVersion": "operators.coreos.com/v1alpha1",
	"kind": "ClusterServiceVersion",
	"metadata": {"name": "c", "namespace": "n"},
	"spec": {"install": {"spec": {"permissions": [{"serviceAccountName": "s"}]}}},
}

_made if token_use.is_made_by_operator(identities.judged[0])

test_operator_bundles if {
	_bound with input as testing.input_of([_pod("n", {}, {}), _bundle])
	_made with input as testing.input_of([_pod("n", {}, {}), _bundle])
	_made with input as testing.input_of([_pod("kube-system", {}, {})])
	not _made with input as testing.input_of([_pod("n", {}, {})])
}

_needed(images) if token_use.is_needed(identities.judged[0], images)

test_needed if {
	_needed([]) with input as testing.input_of([_pod("n", {"vault.hashicorp.com/agent-inject": "true"}, {})])
	_needed([]) with input as testing.input_of([_pod("n", {"vault.security.banzaicloud.io/vault-addr": "https://vault"}, {})])
	_needed(["shop/c"]) with input as testing.input_of([_pod("n", {}, {})])
	_needed([]) with input as testing.input_of([_pod("n", {}, {"args": ["--jwt=/var/run/secrets/kubernetes.io/serviceaccount/token"]})])
	_needed([]) with input as testing.input_of([_pod("n", {}, {"env": [{"name": "T", "value": "/var/run/secrets/kubernetes.io/serviceaccount/token"}]})])
	_needed([]) with input as testing.input_of([
		_pod("n", {}, {}),
		{
			"apiVersion": "v1",
			"kind": "ServiceAccount",
			"metadata": {"name": "s", "namespace": "n", "annotations": {"iam.gke.io/gcp-service-account": "a@b"}},
		},
	])
	not _needed(null) with input as testing.input_of([_pod("n", {"vault.hashicorp.com/agent-inject": "false"}, {"args": [1]})])
}
