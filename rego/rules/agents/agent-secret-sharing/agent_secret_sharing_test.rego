package portcullis.rules.agents["agent-secret-sharing_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.agents["agent-secret-sharing"] as rule

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

_found contains [entry.object, entry.variant, object.get(entry, "severity", ""), entry.args] if some entry in rule.report

_volumes(names) := {"volumes": [{"name": name, "secret": {"secretName": name, "items": [{"key": "k", "path": "k"}]}} | some name in names]}

test_shared_ones if {
	_found == {
		[0, "shared-secret", "medium", {"kind": "Secret", "secret": "s", "other": "Pod n/b"}],
		[1, "shared-secret", "medium", {"kind": "Secret", "secret": "s", "other": "Pod n/a"}],
		[0, "shared-secret", "high", {"kind": "Secret", "secret": "aws-key", "other": "Pod n/b"}],
		[1, "shared-secret", "high", {"kind": "Secret", "secret": "aws-key", "other": "Pod n/a"}],
	} with input as testing.input_of([
		_pod("a", _marked, _volumes(["s", "aws-key"])),
		_pod("b", _marked, _volumes(["s", "aws-key"])),
		_pod("c", {}, _volumes(["s", "aws-key"])),
	])
}

test_what_may_be_shared if {
	document := testing.input_of([_pod("a", _marked, _volumes(["s"])), _pod("b", _marked, _volumes(["s"]))])
	count(_found) == 2 with input as document with data.settings.params as {"agents/agent-secret-sharing": {"shareAllowed": ["t"]}}
	every list in [["s"], ["n/*"], [5, "s"]] {
		_found == set() with input as document with data.settings.params as {"agents/agent-secret-sharing": {"shareAllowed": list}}
	}
}

test_wholes if {
	whole := _pod("a", _marked, {"volumes": [{"name": "v", "secret": {"secretName": "s"}}]})
	_found == {[0, "whole-secret", "low", {"secret": "s"}]} with input as testing.input_of([whole])
	params := {"agents/agent-secret-sharing": {"shareAllowed": ["s"]}}
	_found == set() with input as testing.input_of([whole]) with data.settings.params as params
}

_external(name, spec) := {
	"apiVersion": "external-secrets.io/v1",
	"kind": "ExternalSecret",
	"metadata": {"name": name, "namespace": "n"},
	"spec": spec,
}

test_paths_and_policies if {
	policy := {
		"apiVersion": "redhatcop.redhat.io/v1alpha1",
		"kind": "Policy",
		"metadata": {"name": "a", "namespace": "n"},
		"spec": {"policy": `path "x/*" {}`},
	}
	_found == {
		[1, "whole-path-extracted", "", {"other": "ExternalSecret n/y"}],
		[3, "vault-policy-wildcard", "", {"agent": "a"}],
	} with input as testing.input_of([
		_pod("a", _marked, _volumes(["x"])),
		_external("x", {"dataFrom": [{"extract": {"key": "p"}}]}),
		_external("y", {"dataFrom": [{"extract": {"key": "p"}}]}),
		policy,
	])
}

test_declarations if {
	metadata := object.union(_marked, {"annotations": {"portcullis/allowed-secrets": "t"}})
	_found == {
		[0, "undeclared-secret", "high", {"kind": "Secret", "secret": "s", "annotation": "portcullis/allowed-secrets"}],
		[0, "unused-declaration", "", {"secret": "t"}],
	} with input as testing.input_of([_pod("a", metadata, _volumes(["s"]))])
}

test_odd_shapes if {
	_found == set() with input as testing.input_of(_odd)
}
