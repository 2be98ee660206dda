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

_is_bound(objects) if {
	found := [1 | token_use.is_bound(identities.judged[0])] with input as testing.input_of(objects)
	found == [1]
}

test_bound if {
	account := {"kind": "ServiceAccount", "name": "s", "namespace": "n"}
	_is_bound([_pod("n", {}, {}), _binding(account)])
	_is_bound([_pod("", {}, {}), _binding(account)])
	_is_bound([_pod("n", {}, {}), _binding({"kind": "Group", "name": "system:serviceaccounts:n"})])
	not _is_bound([_pod("m", {}, {}), _binding(account)])
	not _is_bound([_pod("n", {}, {})])
}

test_bound_without_a_namespace if {
	binding := object.union(_binding({"kind": "ServiceAccount", "name": "s"}), {"metadata": {"namespace": ""}})
	_is_bound([_pod("n", {}, {}), binding])
}

_bundle := {
	"apiVersion": "operators.coreos.com/v1alpha1",
	"kind": "ClusterServiceVersion",
	"metadata": {"name": "c", "namespace": "n"},
	"spec": {"install": {"spec": {"permissions": [{"serviceAccountName": "s"}]}}},
}

_is_made(objects) if {
	found := [1 | token_use.is_made_by_operator(identities.judged[0])] with input as testing.input_of(objects)
	found == [1]
}

test_operator_bundles if {
	_is_bound([_pod("n", {}, {}), _bundle])
	_is_made([_pod("n", {}, {}), _bundle])
	_is_made([_pod("kube-system", {}, {})])
	not _is_made([_pod("n", {}, {})])
}

_is_needed(objects, images) if {
	found := [1 | token_use.is_needed(identities.judged[0], images)] with input as testing.input_of(objects)
	found == [1]
}

test_needed if {
	_is_needed([_pod("n", {"vault.hashicorp.com/agent-inject": "true"}, {})], [])
	_is_needed([_pod("n", {"vault.security.banzaicloud.io/vault-addr": "https://vault"}, {})], [])
	_is_needed([_pod("n", {}, {})], ["shop/c"])
	_is_needed([_pod("n", {}, {"args": ["--jwt=/var/run/secrets/kubernetes.io/serviceaccount/token"]})], [])
	_is_needed([_pod("n", {}, {"env": [{"name": "T", "value": "/var/run/secrets/kubernetes.io/serviceaccount/token"}]})], [])
	_is_needed(
		[
			_pod("n", {}, {}),
			{
				"apiVersion": "v1",
				"kind": "ServiceAccount",
				"metadata": {"name": "s", "namespace": "n", "annotations": {"iam.gke.io/gcp-service-account": "a@b"}},
			},
		],
		[],
	)
	not _is_needed([_pod("n", {"vault.hashicorp.com/agent-inject": "false"}, {"args": [1]})], null)
}
