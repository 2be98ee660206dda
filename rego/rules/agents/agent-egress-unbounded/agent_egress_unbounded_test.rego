package portcullis.rules.agents["agent-egress-unbounded_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.agents["agent-egress-unbounded"] as rule

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

_policy(rules) := {
	"apiVersion": "networking.k8s.io/v1",
	"kind": "NetworkPolicy",
	"metadata": {"name": "np", "namespace": "n"},
	"spec": {"podSelector": {}, "egress": rules},
}

_probable := {"containers": [{"name": "c", "image": "i", "env": [{"name": "OPENAI_API_KEY"}]}]}

_to(cidr, except, port) := {"to": [{"ipBlock": {"cidr": cidr, "except": except}}], "ports": [{"port": port}]}

_private := ["169.254.169.254/32", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]

test_no_policy if {
	document := testing.input_of([_pod("a", _marked, {}), _pod("b", {}, _probable)])
	_found == {[0, "no-egress-policy", "info", {}], [1, "no-egress-policy", "info", {}]} with input as document
	_found == {[0, "no-egress-policy", "high", {}], [1, "no-egress-policy", "medium", {}]} with input as document
		with data.settings.completeness as "full"
}

test_where_it_stands if {
	kagent := {"apiVersion": "kagent.dev/v1alpha2", "kind": "Agent", "metadata": {"name": "k"}, "spec": {}}
	paths := {entry.path | some entry in rule.report} with input as testing.input_of([_pod("a", _marked, {}), kagent])
	paths == {["metadata", "labels"], ["spec", "declarative", "deployment"]}
}

test_anything if {
	_found == {[1, "any-destination", "high", {"agents": "Pod n/a", "destination": "anything"}]}
		with input as testing.input_of([_pod("a", _marked, {}), _policy([{}])])
	_found == {[2, "any-destination", "high", {"agents": "Pod n/a and 1 more agents", "destination": "`0.0.0.0/0`"}]}
		with input as testing.input_of([_pod("a", _marked, {}), _pod("b", {}, _probable), _policy([_to("0.0.0.0/0", [], 80)])])
	_found == {[1, "any-destination", "medium", {"agents": "Pod n/b", "destination": "anything"}]}
		with input as testing.input_of([_pod("b", {}, _probable), _policy([{}])])
}

test_https if {
	rules := [_to("0.0.0.0/0", _private, 443)]
	entry := {"apiVersion": "networking.istio.io/v1", "kind": "ServiceEntry", "metadata": {"name": "e", "namespace": "n"}}
	args := {"agents": "Pod n/a"}
	_found == {[1, "internet-over-https", "medium", args]} with input as testing.input_of([_pod("a", _marked, {}), _policy(rules)])
	_found == {[1, "internet-over-https", "low", args]} with input as testing.input_of([_pod("a", _marked, {}), _policy(rules), entry])
}

test_profiles if {
	params := {"agents/agent-egress-unbounded": {"egressProfiles": {"internet": ["0.0.0.0/0"]}}}
	browser := object.union(_marked, {"labels": {"portcullis/egress-profile": "internet"}})
	document := testing.input_of([_pod("a", browser, {}), _policy([{}, _to("0.0.0.0/0", _private, 443)])])
	_found == set() with input as document with data.settings.params as params
	count(_found) == 2 with input as document
}

_template(spec) := {
	"apiVersion": "extensions.agents.x-k8s.io/v1beta1", "kind": "SandboxTemplate", "metadata": {"name": "t", "namespace": "n"},
	"spec": object.union({"podTemplate": {"spec": {"containers": []}}}, spec),
}

test_templates if {
	unmanaged := _template({"networkPolicyManagement": "Unmanaged"})
	_found == {[0, "unmanaged-network-policy", "", {}]} with input as testing.input_of([unmanaged])
	_found == set() with input as testing.input_of([unmanaged, _policy([])])
	_found == {[0, "default-internet-egress", "", {}]} with input as testing.input_of([_template({})])
	_found == set() with input as testing.input_with([{"object": _template({}), "partial": true}])
	_found == {[0, "any-destination", "high", {"agents": "SandboxTemplate n/t", "destination": "anything"}]}
		with input as testing.input_of([_template({"networkPolicy": {"egress": [{}]}})])
}

test_domains_of_kagent if {
	harness := {
		"apiVersion": "kagent.dev/v1alpha2", "kind": "AgentHarness", "metadata": {"name": "h", "namespace": "n"},
		"spec": {"network": {"allowedDomains": ["*", "a.example.com"]}},
	}
	_found == {[0, "any-destination", "", {"agents": "AgentHarness n/h", "destination": "any domain"}]} with input as testing.input_of([harness])
	_found == set() with input as testing.input_of([object.union(harness, {"apiVersion": "x.com/v1"})])
}

test_the_api_server if {
	rules := [_to("10.0.0.1/32", [], 6443)]
	off := {"automountServiceAccountToken": false}
	_found == {[1, "api-server-without-token", "", {"agents": "Pod n/a"}]} with input as testing.input_of([_pod("a", _marked, off), _policy(rules)])
	_found == set() with input as testing.input_of([_pod("a", _marked, {}), _policy(rules)])
}

# A policy with an empty selector covers them all.
test_odd_shapes if {
	_found == {[4, "default-internet-egress", "", {}]} with input as testing.input_of(_odd)
}
