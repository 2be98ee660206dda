package portcullis.lib.agents_hints_test

import data.portcullis.lib.agents
import data.portcullis.lib.testing

_pod(name, container) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": name, "labels": {"app": name}},
	"spec": {"containers": [object.union({"name": "c", "image": "i"}, container)]},
}

_taken if {
	some entry in agents.judged
	entry.confidence == "probable"
}

_env(names) := {"env": [{"name": name} | some name in names]}

test_access_to_a_model_suffices if {
	_taken with input as testing.input_of([_pod("chat", _env(["OPENAI_API_KEY"]))])
	_taken with input as testing.input_of([_pod("chat", _env(["MY_AZURE_OPENAI_API_KEY"]))])
	_taken with input as testing.input_of([_pod("chat", _env(["ANTHROPIC_AUTH_TOKEN"]))])
	_taken with input as testing.input_of([_pod("chat", _env(["OPENAI_BASE_URL"]))])
	not _taken with input as testing.input_of([_pod("chat", _env(["OPENAI_MAX_TOKENS"]))])
	not _taken with input as testing.input_of([_pod("chat", _env(["DATABASE_URL", 5, null]))])
	not _taken with input as testing.input_of([_pod("chat", {"env": "OPENAI_API_KEY"})])
}

test_weak_hints_count_together if {
	_taken with input as testing.input_of([_pod("chat", object.union({"image": "example.com/langgraph-app:1"}, _env(["MCP_SERVER_URL"])))])
	_taken with input as testing.input_of([_pod("chat", object.union({"args": ["run", "agent.py", 5]}, _env(["HF_TOKEN"])))])
	not _taken with input as testing.input_of([_pod("chat", {"image": "example.com/langgraph-app:1"})])
	not _taken with input as testing.input_of([_pod("chat", _env(["MCP_SERVER_URL"]))])
	not _taken with input as testing.input_of([_pod("chat", object.union({"image": "example.com/reagents:1"}, _env(["MCP_PORT"])))])
}

test_what_serves_agents_is_none if {
	key := _env(["OPENAI_API_KEY"])
	not _taken with input as testing.input_of([_pod("llm-gateway", key)])
	not _taken with input as testing.input_of([_pod("chat", object.union({"image": "ghcr.io/berriai/litellm:v1"}, key))])
	not _taken with input as testing.input_of([_pod("chat", object.union({"image": "example.com/crm-mcp@sha256:00"}, key))])
	not _taken with input as testing.input_of([_pod("chat", object.union({"resources": {"limits": {"nvidia.com/gpu": 1}}}, key))])
	not _taken with input as testing.input_of([_pod("chat", object.union({"resources": {"limits": null, "requests": {"amd.com/gpu": "1"}}}, key))])
	_taken with input as testing.input_of([_pod("chat", object.union({"resources": null}, key))])
}

test_a_gateway_beside_an_agent if {
	pod := _pod("chat", _env(["OPENAI_API_KEY"]))
	_taken with input as testing.input_of([object.union(pod, {"spec": {"containers": array.concat(
		[{"name": "proxy", "image": "envoyproxy/proxy:1"}],
		pod.spec.containers,
	)}})])
}

test_nonsense if {
	not _taken with input as testing.input_of([{"apiVersion": "v1", "kind": "Pod", "metadata": null, "spec": {"containers": [{"name": 5, "image": 5}, null]}}])
	not _taken with input as testing.input_of([{"apiVersion": "v1", "kind": "Pod", "metadata": {"labels": {"app": 5}}, "spec": {"containers": null}}])
}
