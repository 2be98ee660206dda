package portcullis.lib.agent_prompts_test

import data.portcullis.lib.agent_prompts
import data.portcullis.lib.testing

_object(api_version, kind, fields) := object.union(
	{"apiVersion": api_version, "kind": kind, "metadata": {"name": "o", "namespace": "n"}},
	fields,
)

_agent(declarative) := _object("kagent.dev/v1alpha2", "Agent", {"spec": {"declarative": declarative}})

_pattern := `(?i)prompt|mcp\.json|^\.env$`

_kind(position, path) := {kind | kind := agent_prompts.kind_of(input.objects[position], path, _pattern)}

_map(entries) := _object("v1", "ConfigMap", {"data": entries})

test_fields_of_agents if {
	_kind(0, ["spec", "declarative", "systemMessage"]) == {"prompt"} with input as testing.input_of([_agent({})])
	_kind(0, ["spec", "declarative", "context", "compaction", "summarizer", "promptTemplate"]) == {"prompt"} with input as testing.input_of([_agent({})])
	_kind(0, ["spec", "declarative", "modelConfig"]) == set() with input as testing.input_of([_agent({})])
	_kind(0, ["spec", "declarative", "systemMessage"]) == set() with input as testing.input_of([_agent(null)])
}

test_keys if {
	_kind(0, ["data", "system_prompt.txt"]) == {"prompt"} with input as testing.input_of([_map({})])
	_kind(0, ["data", "mcp.json"]) == {"settings"} with input as testing.input_of([_map({})])
	_kind(0, ["data", "other"]) == set() with input as testing.input_of([_map({})])
	_kind(0, ["metadata", "annotations", "prompt"]) == set() with input as testing.input_of([_map({})])
	_kind(0, ["stringData", "prompt"]) == {"prompt"} with input as testing.input_of([_object("v1", "Secret", {})])
	_kind(0, ["stringData", "prompt"]) == set() with input as testing.input_of([_object("example.com/v1", "Secret", {})])
}

test_the_environment_of_an_agent if {
	_kind(0, ["data", ".env"]) == set() with input as testing.input_of([_map({})])
	agents := object.union(_map({}), {"metadata": {"labels": {"portcullis/workload": "agent"}}})
	_kind(0, ["data", ".env"]) == {"settings"} with input as testing.input_of([agents])
}

test_what_prompts_refer_to if {
	source := _agent({"systemMessageFrom": {"type": "ConfigMap", "name": "o", "key": "a"}})
	_kind(1, ["data", "a"]) == {"prompt"} with input as testing.input_of([source, _map({"a": "", "b": ""})])
	_kind(1, ["data", "b"]) == set() with input as testing.input_of([source, _map({"a": "", "b": ""})])
	template := _agent({"promptTemplate": {"dataSources": [null, {"name": "o"}, {"name": "none"}]}})
	_kind(1, ["data", "b"]) == {"prompt"} with input as testing.input_of([template, _map({"b": ""})])
	_kind(1, ["data", "b"]) == set() with input as testing.input_of([_agent({"systemMessageFrom": null}), _map({"b": ""})])
}

test_tool_servers if {
	server := _object("kagent.dev/v1alpha1", "MCPServer", {})
	_kind(0, ["spec", "deployment", "env", "TOKEN"]) == {"settings"} with input as testing.input_of([server])
	_kind(0, ["spec", "deployment", "image"]) == set() with input as testing.input_of([server])
	_kind(0, ["spec", "url"]) == {"settings"} with input as testing.input_of([_object("kagent.dev/v1alpha2", "RemoteMCPServer", {})])
	_kind(0, ["spec", "url"]) == set() with input as testing.input_of([_object("other.dev/v1", "MCPServer", {})])
}

test_texts if {
	found := {[prompt.path, prompt.text] | some prompt in agent_prompts.texts(_pattern)} with input as testing.input_of([
		_agent({"systemMessage": "a"}),
		_map({"prompt": "b", "prompts": 5, "mcp.json": "c"}),
		_map(null),
		_object("v1", "Secret", {"data": {"prompt": "x"}, "stringData": {"prompt": "d"}}),
	])
	found == {
		[["spec", "declarative", "systemMessage"], "a"],
		[["data", "prompt"], "b"],
		[["stringData", "prompt"], "d"],
	}
}

test_texts_of_others if {
	found := agent_prompts.texts(_pattern) with input as testing.input_with([{"object": _map({"prompt": "b"}), "context": true}])
	found == []
}

test_variables if {
	agent_prompts.variables(`{{ .Env.A }} {{- env "B" }} {{ os.environ["C"] }} {{ getenv('D') }} {{ .Name }}`) == {
		{"name": "A", "certain": true},
		{"name": "B", "certain": true},
		{"name": "C", "certain": true},
		{"name": "D", "certain": true},
	}
	agent_prompts.variables("${A} ${env:B} ${C:-x} $D $(E)") == {
		{"name": "A", "certain": false},
		{"name": "B", "certain": false},
		{"name": "C", "certain": false},
	}
}
