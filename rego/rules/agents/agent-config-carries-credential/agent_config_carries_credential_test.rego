package portcullis.rules.agents["agent-config-carries-credential_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.agents["agent-config-carries-credential"] as rule

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

_agent(declarative) := {
	"apiVersion": "kagent.dev/v1alpha2",
	"kind": "Agent",
	"metadata": {"name": "k", "namespace": "n"},
	"spec": {"declarative": declarative},
}

_item(fields) := object.union(
	{
		"id": 1, "kind": "credential", "detector": "name-value", "class": "likely", "context": "nested", "keyName": "token",
		"nameClass": "sensitive", "path": ["spec", "declarative", "systemMessage"], "decoded": false,
	},
	fields,
)

_seen(fields) := testing.input_with([{"object": _agent({"systemMessage": "x"}), "evidence": [_item(fields)]}])

test_evidence if {
	args := {"key": "token"}
	_found == {[0, "credential-in-prompt", "high", args]} with input as _seen({})
	_found == {[0, "credential-in-prompt", "high", args]} with input as _seen({"class": "weak"})
	_found == {[0, "credential-in-prompt", "critical", args]} with input as _seen({"kind": "token"})
	_found == set() with input as _seen({"class": "hash"})
	_found == set() with input as _seen({"nameClass": "neutral"})
	_found == set() with input as _seen({"path": ["spec", "declarative", "modelConfig"]})
	_found == {[0, "credential-in-settings", "high", args]} with input as testing.input_with([{
		"object": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}, "data": {"mcp.json": "{}"}},
		"evidence": [_item({"path": ["data", "mcp.json"]})],
	}])
}

test_prompts_from_secrets if {
	_found == {[0, "prompt-from-secret", "", {"secret": "s"}]} with input as testing.input_of([
		_agent({"systemMessageFrom": {"type": "Secret", "name": "s", "key": "k"}}),
		_agent({"systemMessageFrom": {"type": "ConfigMap", "name": "s", "key": "k"}}),
		_agent({"systemMessageFrom": null}),
	])
}

test_variables if {
	_found == {
		[0, "prompt-with-secret-variable", "high", {"variable": "API_KEY"}],
		[0, "prompt-with-secret-variable", "medium", {"variable": "DB_PASSWORD"}],
	} with input as testing.input_of([_agent({"systemMessage": "{{ .Env.API_KEY }} ${DB_PASSWORD} ${HOME} {{ .Env.USER }}"})])
}

test_forwarding if {
	params := {"agents/agent-config-carries-credential": {"forwardHeaderDeny": ["X-Session", 5]}}
	server := {"name": "t", "allowedHeaders": ["x-session", "Authorization", 5]}
	agent := _agent({"tools": [{"mcpServer": server}, {"mcpServer": null}, null]})
	model := {"apiVersion": "kagent.dev/v1alpha2", "kind": "ModelConfig", "metadata": {"name": "m"}, "spec": {"apiKeyPassthrough": true}}
	off := object.union(model, {"spec": {"apiKeyPassthrough": "true"}})
	_found == {
		[0, "forwards-credential", "", {"what": "`Authorization`", "target": "the tool server `t`"}],
		[1, "forwards-credential", "", {"what": "its bearer token", "target": "the model"}],
	} with input as testing.input_of([agent, model, off, object.union(model, {"apiVersion": "x.com/v1"})])
	_found == {[0, "forwards-credential", "", {"what": "`x-session`", "target": "the tool server `t`"}]} with input as testing.input_of([agent])
		with data.settings.params as params
}

test_objects_of_others if {
	both := _agent({"systemMessageFrom": {"type": "Secret"}, "tools": [{"mcpServer": {"allowedHeaders": ["cookie"]}}]})
	_found == set() with input as testing.input_with([{"object": both, "context": true}])
}

test_odd_shapes if {
	_found == set() with input as testing.input_of(_odd)
}
