package portcullis.rules.agents["agent-tool-scope-unbounded_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.agents["agent-tool-scope-unbounded"] as rule

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

_found contains [entry.object, entry.variant, entry.args, entry.path[count(entry.path) - 1]] if some entry in rule.report

_kagent(kind, spec) := {
	"apiVersion": "kagent.dev/v1alpha2",
	"kind": kind,
	"metadata": {"name": "k", "namespace": "n"},
	"spec": spec,
}

_tools(server) := _kagent("Agent", {"declarative": {"tools": [{"mcpServer": server}]}})

test_tools if {
	_found == {
		[0, "every-tool", {"server": "s"}, "toolNames"],
		[1, "dangerous-tool-unapproved", {"tool": "delete_pod", "server": "s"}, 1],
	} with input as testing.input_of([
		_tools({"name": "s"}),
		_tools({"name": "s", "toolNames": ["get_pod", "delete_pod", "shell", 5], "requireApproval": ["shell"]}),
	])
	_found == set() with input as testing.input_with([{"object": _tools({"name": "s"}), "partial": true}])
	server := object.union(_kagent("RemoteMCPServer", {}), {"status": {"discoveredTools": [{"name": "a"}]}})
	_found == set() with input as testing.input_of([_tools({"name": "k"}), server])
}

test_names_of_the_user if {
	params := {"agents/agent-tool-scope-unbounded": {"dangerousTools": ["get_*", 5]}}
	_found == {[0, "dangerous-tool-unapproved", {"tool": "get_pod", "server": "s"}, 0]}
		with input as testing.input_of([_tools({"name": "s", "toolNames": ["get_pod", "delete_pod"]})])
		with data.settings.params as params
}

test_reach_and_skills if {
	_found == {
		[0, "open-to-every-namespace", {}, "from"],
		[1, "skills-unverified", {}, "insecureSkipVerify"],
		[1, "skill-not-pinned", {"what": "a:1"}, 0],
	} with input as testing.input_of([
		_kagent("RemoteMCPServer", {"allowedNamespaces": {"from": "All"}}),
		_kagent("Agent", {"skills": {"insecureSkipVerify": true, "refs": ["a:1"]}, "allowedNamespaces": {"from": "Same"}}),
	])
}

test_servers if {
	params := {"agents/agent-tool-scope-unbounded": {"toolHosts": ["*.example.org"]}}
	_found == {
		[0, "tool-server-without-tls", {"host": "a.svc"}, "url"],
		[1, "tool-server-outside", {"host": "a.example.com"}, "url"],
	} with data.settings.params as params
		with input as testing.input_of([
			_kagent("RemoteMCPServer", {"url": "http://a.svc/mcp"}),
			_kagent("RemoteMCPServer", {"url": "https://a.example.com/mcp"}),
			_kagent("RemoteMCPServer", {"url": "https://a.example.org/mcp"}),
			_kagent("RemoteMCPServer", {"url": "http://localhost:1/mcp"}),
		])
}

test_odd_shapes if {
	_found == set() with input as testing.input_of(_odd)
}
