# METADATA
# title: Texts that become part of an AI agent's prompt or of its tools' settings
# description: |
#   Prompts of kagent, entries of ConfigMaps and Secrets that an Agent takes its prompt from, entries whose keys
#   sound like a prompt or like the settings of tool servers and models, and tool servers of kagent.
package portcullis.lib.agent_prompts

import data.portcullis.lib.agents
import data.portcullis.lib.k8s

# METADATA
# description: |
#   What `path` of `obj`, an entry of `input.objects`, is: `prompt` or `settings`; undefined for anything else.
#   `pattern` matches keys of ConfigMaps and Secrets.
kind_of(obj, path, pattern) := "prompt" if {
	[obj.id, path] in _prompts
} else := "prompt" if {
	_is_entry(obj, path, pattern)
	regex.match(`(?i)prompt|system[-_.]?message|instructions`, path[1])
} else := "settings" if {
	_is_entry(obj, path, pattern)
	_is_meant(obj, path[1])
} else := "settings" if {
	obj.object.kind in {"MCPServer", "RemoteMCPServer"}
	_is_kagent(obj)
	some field in [["spec", "url"], ["spec", "deployment", "env"], ["spec", "deployment", "args"]]
	array.slice(path, 0, count(field)) == field
}

# Other programs have a `.env` as well.
_is_meant(_, key) if key != ".env"

_is_meant(obj, ".env") if agents.owns(obj)

_is_entry(obj, path, pattern) if {
	obj.object.kind in {"ConfigMap", "Secret"}
	obj.object.apiVersion == "v1"
	[field, key] = path
	field in {"data", "stringData"}
	regex.match(pattern, key)
}

# METADATA
# description: |
#   Prompts with their text, as a list of `{"obj", "path", "text"}`; `pattern` as in `kind_of`.
texts(pattern) := [{"obj": obj, "path": path, "text": text} |
	some obj in _holders
	not obj.context
	some path in _candidates(obj)
	kind_of(obj, path, pattern) == "prompt"
	text := object.get(obj.object, path, null)
	is_string(text)
]

_holders := [obj |
	some kind in ["Agent", "SandboxAgent", "ConfigMap", "Secret"]
	some obj in k8s.known_of_kind(kind)
]

_candidates(obj) := [["data", key] | some key, _ in obj.object.data] if {
	obj.object.kind == "ConfigMap"
} else := [["stringData", key] | some key, _ in obj.object.stringData] if {
	obj.object.kind == "Secret"
} else := _fields

_fields := [
	["spec", "declarative", "systemMessage"],
	["spec", "declarative", "context", "compaction", "summarizer", "promptTemplate"],
]

# METADATA
# description: Agents of kagent that are declared, not brought along, also outside of the judged unit.
declared := [obj |
	some kind in ["Agent", "SandboxAgent"]
	some obj in k8s.known_of_kind(kind)
	_is_kagent(obj)
	is_object(object.get(obj.object, ["spec", "declarative"], null))
]

_is_kagent(obj) if k8s.group(obj.object.apiVersion) == "kagent.dev"

_prompts contains [obj.id, path] if {
	some obj in declared
	some path in _fields
}

_prompts contains [source.id, ["data", key]] if {
	some obj in declared
	from := object.get(obj.object, ["spec", "declarative", "systemMessageFrom"], {})
	from.type == "ConfigMap"
	some source in _config_maps(obj.namespace, from.name)
	key := from.key
}

_prompts contains [source.id, ["data", key]] if {
	some obj in declared
	some data_source in k8s.items_at(obj.object, ["spec", "declarative", "promptTemplate", "dataSources"])
	some source in _config_maps(obj.namespace, data_source.name)
	some key, _ in source.object.data
}

_config_maps(namespace, name) := [obj | some obj in object.get(_config_maps_by_name, [[namespace, name]], set())]

_config_maps_by_name := {name: maps | some name, maps in _named_config_maps}

_named_config_maps[[obj.namespace, obj.name]] contains obj if some obj in k8s.known_of_kind("ConfigMap")

# METADATA
# description: |
#   Variables of the environment whose value is put into a text, as a set of `{"name", "certain"}`: `certain` where
#   that is a template's work, not merely how shells write it.
variables(text) := {{"name": name, "certain": true} |
	some pattern in [
		`\{\{-?\s*\.Env\.([A-Za-z0-9_]+)`,
		`\{\{-?\s*(?:env|getenv|os\.getenv|os\.environ(?:\.get)?)\s*[(\[]?\s*["']([A-Za-z0-9_]+)["']`,
	]
	some [_, name] in regex.find_all_string_submatch_n(pattern, text, -1)
} | {{"name": name, "certain": false} |
	some [_, name] in regex.find_all_string_submatch_n(`\$\{(?:env:)?([A-Za-z0-9_]+)[^}]*\}`, text, -1)
}
