package portcullis.lib.agent_tools_test

import data.portcullis.lib.agent_tools
import data.portcullis.lib.testing

_kagent(kind, spec) := {"apiVersion": "kagent.dev/v1alpha2", "kind": kind, "metadata": {"name": "k", "namespace": "n"}, "spec": spec}

test_grants if {
	tools := [{"mcpServer": {"name": "s", "toolNames": ["a"], "requireApproval": ["a"]}}, {"mcpServer": null}, null, {"agent": {}}, {"mcpServer": {}}]
	found := [[grant.server, grant.names, grant.approved, grant.path] |
		some grant in agent_tools.grants
	] with input as testing.input_of([_kagent("Agent", {"declarative": {"tools": tools}})])
	found == [
		["s", ["a"], ["a"], ["spec", "declarative", "tools", 0, "mcpServer"]],
		["", [], [], ["spec", "declarative", "tools", 4, "mcpServer"]],
	]
}

test_namespaces_for_trying_things_out if {
	zone := {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "n", "labels": {"portcullis/zone": "sandbox"}}}
	count(agent_tools.agents) == 0 with input as testing.input_of([_kagent("Agent", {}), zone])
	count(agent_tools.agents) == 1 with input as testing.input_of([_kagent("SandboxAgent", {})])
	other := object.union(_kagent("Agent", {}), {"apiVersion": "datadoghq.com/v1"})
	count(agent_tools.agents) == 0 with input as testing.input_of([other])
}

test_one_tool if {
	server := object.union(_kagent("RemoteMCPServer", {}), {"status": {"discoveredTools": [{"name": "a"}]}})
	agent_tools.has_one_tool("n", "k") with input as testing.input_of([server])
	not agent_tools.has_one_tool("m", "k") with input as testing.input_of([server])
	not agent_tools.has_one_tool("n", "k") with input as testing.input_of([_kagent("RemoteMCPServer", {})])
}

test_skills if {
	skills := {"skills": {
		"refs": ["r/a@sha256:00", "r/a:1", 5],
		"gitRefs": [
			{"url": "u", "ref": "2c26b46b68ffc68ff99b453c1d30413413422d70"},
			{"url": "u", "ref": "skills/v1.2"},
			{"url": "u", "ref": "release"},
			{"url": "u"},
			{},
		],
	}}
	found := [[skill.what, skill.path] | some skill in agent_tools.unpinned_skills] with input as testing.input_of([_kagent("Agent", skills)])
	found == [
		["r/a:1", ["spec", "skills", "refs", 1]],
		["u", ["spec", "skills", "gitRefs", 2, "ref"]],
		["u", ["spec", "skills", "gitRefs", 3, "ref"]],
		["", ["spec", "skills", "gitRefs", 4, "ref"]],
	]
}

test_urls if {
	found := [[url.scheme, url.host] | some url in agent_tools.urls] with input as testing.input_of([
		_kagent("RemoteMCPServer", {"url": "HTTPS://user@Tools.example.com:8443/mcp?x=y"}),
		_kagent("RemoteMCPServer", {"url": "tools"}),
		_kagent("RemoteMCPServer", {"url": 5}),
		_kagent("RemoteMCPServer", null),
	])
	found == [["https", "tools.example.com"]]
}

test_hosts_of_the_cluster if {
	not agent_tools.is_internal("tools.example.com")
	every host in ["tools", "tools.agents.svc", "tools.agents.svc.cluster.local", "tools.corp.internal"] {
		agent_tools.is_internal(host)
	}
}
