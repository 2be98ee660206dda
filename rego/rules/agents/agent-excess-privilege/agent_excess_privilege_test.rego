package portcullis.rules.agents["agent-excess-privilege_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.agents["agent-excess-privilege"] as rule

_pod(name, metadata, spec) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": object.union({"name": name, "namespace": "n"}, metadata),
	"spec": object.union({"serviceAccountName": name, "containers": [{"name": "c", "image": "i"}]}, spec),
}

_marked := {"labels": {"portcullis/workload": "agent"}}

# Shapes that the API server refuses, and the host hands over all the same.
_odd := [
	{"apiVersion": "v1", "kind": "Pod", "metadata": null, "spec": null},
	{"apiVersion": "v1", "kind": "Pod", "metadata": {"labels": {"portcullis/workload": "agent"}}, "spec": {"containers": "c", "volumes": {}}},
	{
		"apiVersion": "v1", "kind": "Pod", "metadata": {"labels": {"portcullis/workload": "agent"}, "annotations": []},
		"spec": {"containers": [null, {"name": 5, "image": 5, "env": [null, {"name": 5}], "resources": 5, "securityContext": 5}], "volumes": [null, 5]},
	},
	{"apiVersion": "agents.x-k8s.io/v1beta1", "kind": "Sandbox", "spec": {"podTemplate": null}},
	{"apiVersion": "extensions.agents.x-k8s.io/v1beta1", "kind": "SandboxTemplate", "spec": 5},
	{"apiVersion": "extensions.agents.x-k8s.io/v1beta1", "kind": "SandboxClaim", "spec": {"env": {"a": "b"}}},
	{"apiVersion": "kagent.dev/v1alpha2", "kind": "AgentHarness", "spec": {"env": null, "network": 5}},
	{"apiVersion": "kagent.dev/v1alpha2", "kind": "RemoteMCPServer", "spec": {"url": null, "headersFrom": 5}},
	{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"annotations": 5}},
	{"apiVersion": "v1", "kind": "ConfigMap", "data": "prompt"},
	{"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "spec": {"podSelector": 5, "policyTypes": "Egress", "egress": "all"}},
	{"apiVersion": "cilium.io/v2", "kind": "CiliumNetworkPolicy", "spec": {"endpointSelector": null, "egress": [null, 5]}},
]

_role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "r"},
	"rules": rules,
}

_binding := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRoleBinding",
	"metadata": {"name": "b"},
	"roleRef": {"kind": "ClusterRole", "name": "r"},
	"subjects": [{"kind": "ServiceAccount", "namespace": "n", "name": "a"}],
}

_read := {"apiGroups": [""], "resources": ["secrets"], "verbs": ["get"]}

_found contains [entry.variant, entry.severity] if some entry in rule.report

_with(rules, pod) := testing.input_of([_role(rules), _binding, pod])

test_a_finding_as_the_host_gets_it if {
	more := {"apiGroups": [""], "resources": ["pods/exec", "nodes/proxy"], "verbs": ["create"]}
	report := rule.report with input as _with([_read, more], _pod("a", _marked, {}))
	report == {{
		"variant": "escalation-rights",
		"severity": "critical",
		"object": 2,
		"path": ["spec", "serviceAccountName"],
		"region": ["spec"],
		"related": [
			{"object": 0, "path": ["rules", 0], "label": "right"},
			{"object": 0, "path": ["rules", 1], "label": "right"},
			{"object": 0, "path": ["rules", 1], "label": "right"},
		],
		"args": {
			"powers": "read Secrets, run commands in pods, reach kubelets",
			"chain": "ServiceAccount a → ClusterRoleBinding b → ClusterRole r",
		},
	}}
}

_probable := {"containers": [{"name": "c", "image": "i", "env": [{"name": "OPENAI_API_KEY"}]}]}

_deployment(kind, replicas) := {
	"apiVersion": "apps/v1",
	"kind": kind,
	"metadata": {"name": "d", "namespace": "n"},
	"spec": {"replicas": replicas, "template": {
		"metadata": {"labels": {"app": "d"}},
		"spec": object.union(_probable, {"serviceAccountName": "a"}),
	}},
}

test_what_only_looks_like_an_agent if {
	_found == {["escalation-rights", "high"]} with input as _with([_read], _pod("a", {}, _probable))
	_found == {["escalation-rights", "high"]} with input as _with([_read], _deployment("Deployment", "3"))
	_found == {["escalation-rights", "critical"]} with input as _with([_read], _deployment("Deployment", 3))
	_found == {["escalation-rights", "critical"]} with input as _with([_read], _deployment("DaemonSet", 1))
	_found == {["escalation-rights", "critical"]} with input as _with([_read], _pod("a", {}, object.union(
		_probable,
		{"securityContext": {"runAsUser": 0}},
	)))
	service := {
		"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s", "namespace": "n"},
		"spec": {"type": "NodePort", "selector": {"app": "d"}},
	}
	_found == {["escalation-rights", "critical"]} with input as testing.input_of([_role([_read]), _binding, _deployment("Deployment", 1), service])
	_found == {["bound-cluster-wide", "low"]} with input as _with([], _deployment("Deployment", 3))
}

test_milder_rights if {
	_found == {["writes-cluster-wide", "high"]} with input as _with([{"apiGroups": ["x"], "resources": ["y"], "verbs": ["patch"]}], _pod("a", _marked, {}))
	_found == {["bound-cluster-wide", "medium"]} with input as _with([], _pod("a", _marked, {}))
	_found == {["reads-logs-cluster-wide", "low"]} with input as _with(
		[{"apiGroups": [""], "resources": ["events"], "verbs": ["list"]}],
		_pod("a", _marked, {}),
	)
}

test_out_of_reach if {
	_found == set() with input as _with([_read], _pod("a", _marked, {"automountServiceAccountToken": false}))
	_found == set() with input as _with([_read], _pod("other", _marked, {}))
	_found == set() with input as _with([_read], _pod("a", {}, {}))
	params := {"agents/agent-excess-privilege": {"agentRoleAllow": ["r", 5]}}
	_found == set() with input as _with([_read], _pod("a", _marked, {})) with data.settings.params as params
}

_account(role) := {
	"apiVersion": "v1",
	"kind": "ServiceAccount",
	"metadata": {"name": "a", "namespace": "n", "annotations": {"iam.gke.io/gcp-service-account": role}},
}

test_cloud_roles if {
	policy := {
		"apiVersion": "iam.cnrm.cloud.google.com/v1beta1",
		"kind": "IAMPolicyMember",
		"metadata": {"name": "m"},
		"spec": {"member": "serviceAccount:a@p", "role": "roles/editor"},
	}
	pod := _pod("a", _marked, {})
	_found == {["cloud-role-wildcard", "high"]} with input as testing.input_of([pod, _account("a@p"), policy])
	_found == {["cloud-role", "low"]} with input as testing.input_of([pod, _account("b@p"), policy])
	_found == set() with input as testing.input_with([{"object": pod}, {"object": _account("a@p"), "context": true}, {"object": policy}])
	params := {"agents/agent-excess-privilege": {"agentRoleAllow": ["a@p"]}}
	_found == set() with input as testing.input_of([pod, _account("a@p"), policy]) with data.settings.params as params
}

test_odd_shapes if {
	_found == set() with input as testing.input_of(_odd)
}
