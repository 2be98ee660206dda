package portcullis.lib.network_policies_test

import data.portcullis.lib.network_namespaces
import data.portcullis.lib.network_pods
import data.portcullis.lib.network_policies
import data.portcullis.lib.testing

_policy(name, spec) := {
	"apiVersion": "networking.k8s.io/v1",
	"kind": "NetworkPolicy",
	"metadata": {"name": name, "namespace": "n"},
	"spec": spec,
}

_kinds := {"networking.k8s.io/NetworkPolicy"}

_policies := [
	_policy("all", {"podSelector": {}}),
	_policy("open", {"podSelector": {}, "policyTypes": ["Egress"], "egress": [{}]}),
	_policy("a", {"podSelector": {"matchLabels": {"app": "a", "b": "c"}}, "policyTypes": ["Egress"]}),
]

test_isolation if {
	document := testing.input_of(_policies)
	network_policies.isolates("n", {}, _kinds) == {"ingress", "egress"} with input as document
	network_policies.isolates("x", {}, _kinds) == set() with input as document
	network_policies.isolates("n", {}, {"cilium.io/CiliumNetworkPolicy"}) == set() with input as document
	network_policies.isolates_all("n", _kinds) == {"ingress"} with input as document
	network_policies.kinds == _kinds with input as document
}

test_selection if {
	document := testing.input_of(_policies)
	names := {policy.obj.name | some policy in network_policies.selecting("n", {"app": "a", "b": "c"}, _kinds)} with input as document
	names == {"all", "open", "a"}
}

test_no_namespace_is_default if {
	document := testing.input_of([object.remove(_policy("all", {"podSelector": {}}), ["metadata"])])
	network_policies.isolates("default", {}, _kinds) == {"ingress"} with input as document
	network_policies.isolates("", {}, _kinds) == {"ingress"} with input as document
}

_workload(kind, version, namespace) := {
	"apiVersion": version,
	"kind": kind,
	"metadata": {"namespace": namespace},
	"spec": {"template": {"spec": {"containers": [{"image": "x"}]}}},
}

test_jobs_of_ci if {
	document := testing.input_of([_workload("Job", "batch/v1", "team-ci"), _workload("Job", "batch/v1", "circus"), _workload("Deployment", "apps/v1", "ci")])
	namespaces := {pod.namespace | some pod in network_pods.judged} with input as document
	namespaces == {"circus", "ci"}
}

test_namespaces if {
	document := testing.input_of([
		{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "a", "labels": {"portcullis/zone": "agents"}}},
		{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "kube-public"}},
		_workload("Deployment", "apps/v1", "a"),
		_workload("Deployment", "apps/v1", "b"),
		_workload("Deployment", "apps/v1", "kube-system"),
		_workload("Deployment", "apps/v1", "default"),
	])
	found := {[entry.name, entry.is_sensitive] | some entry in network_namespaces.judged} with input as document
	found == {["a", true], ["b", false]}
}
