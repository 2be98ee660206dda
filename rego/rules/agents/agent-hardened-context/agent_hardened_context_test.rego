package portcullis.rules.agents["agent-hardened-context_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.agents["agent-hardened-context"] as rule

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

_found contains [entry.object, entry.variant, entry.severity] if some entry in rule.report

_good := {"securityContext": {
	"runAsNonRoot": true,
	"allowPrivilegeEscalation": false,
	"readOnlyRootFilesystem": true,
	"capabilities": {"drop": ["ALL"]},
	"seccompProfile": {"type": "RuntimeDefault"},
}}

_container(context) := {"containers": [object.union({"name": "c", "image": "i"}, context)]}

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as testing.input_of([_pod("a", _marked, {})])
	report == {{
		"variant": "not-restricted",
		"severity": "high",
		"object": 0,
		"path": ["spec", "containers", 0, "securityContext"],
		"region": ["spec", "containers", 0],
		"args": {"lacks": concat(", ", [
			"`runAsNonRoot: true`",
			"`allowPrivilegeEscalation: false`",
			"`capabilities: {drop: [ALL]}`",
			"`seccompProfile: {type: RuntimeDefault}`",
			"`readOnlyRootFilesystem: true`",
		])},
	}}
}

test_severities if {
	kagent := {
		"apiVersion": "kagent.dev/v1alpha2", "kind": "Agent", "metadata": {"name": "k"},
		"spec": {"declarative": {"deployment": {"securityContext": {"privileged": true}}}},
	}
	writable := {"securityContext": object.remove(_good.securityContext, {"readOnlyRootFilesystem"})}
	probable := {"containers": [{"name": "c", "image": "i", "env": [{"name": "OPENAI_API_KEY"}]}]}
	_found == {
		[0, "writable-root-filesystem", "medium"],
		[1, "not-restricted", "high"],
		[2, "not-restricted", "medium"],
		[3, "not-restricted", "medium"],
	} with input as testing.input_of([
		_pod("a", _marked, _container(writable)),
		kagent,
		object.union(object.remove(kagent, {"spec"}), {"spec": {}}),
		_pod("b", {}, probable),
		_pod("c", _marked, _container(_good)),
		_pod("d", {}, {}),
	])
}

test_nodes if {
	spec := object.union(_container(_good), {"hostPID": true, "volumes": [{"name": "v", "hostPath": {"path": "/"}}]})
	_found == {[0, "host-access", "critical"], [0, "pod-not-restricted", "high"]} with input as testing.input_of([_pod("a", _marked, spec)])
}

test_runtimes if {
	params := {"agents/agent-hardened-context": {"requireSandboxRuntime": true, "hardenedRuntimes": ["kata*", 5]}}
	code := object.union(_marked, {"annotations": {"portcullis/executes-code": "true"}})
	document := testing.input_with([
		{"object": _pod("a", code, _container(_good))},
		{"object": _pod("b", code, object.union(_container(_good), {"runtimeClassName": "kata-qemu"}))},
		{"object": _pod("c", _marked, _container(_good))},
		{"object": _pod("d", code, _container(_good)), "partial": true},
		{"object": _pod("e", code, object.union(_container(_good), {"runtimeClassName": 5}))},
	])
	_found == {[0, "no-sandboxed-runtime", "medium"], [4, "no-sandboxed-runtime", "medium"]} with input as document
		with data.settings.params as params
	_found == set() with input as document
}

test_odd_shapes if {
	_found == {[2, "not-restricted", "high"]} with input as testing.input_of(_odd)
}
