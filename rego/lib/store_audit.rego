# METADATA
# title: Audit devices of Vault and OpenBao
# description: |
#   Devices are switched on by commands (`vault audit enable …`) in Jobs, hooks and scripts, by Terraform, by
#   objects of operators, and with OpenBao by a stanza of its configuration.
package portcullis.lib.store_audit

import data.portcullis.lib.charts_installed
import data.portcullis.lib.k8s
import data.portcullis.lib.pods

# METADATA
# description: Whether anything in the set switches an audit device on.
has_device if {
	some script in _scripts
	_enables(script)
}

has_device if count(_declared) > 0

# METADATA
# description: |
#   Settings of devices that put secrets into the log as they are, as `{obj, path, option}`; `option` is
#   `log_raw` or `hmac_accessor`.
unhashed := array.concat(
	[{"obj": script.obj, "path": _place_of(script, option), "option": option} |
		some script in _scripts
		_enables(script)
		some option, pattern in _patterns
		regex.match(pattern, script.text)
	],
	[{"obj": device.obj, "path": array.concat(device.path, [option]), "option": option} |
		some device in _declared
		some option, values in {"log_raw": {true, "true", "1"}, "hmac_accessor": {false, "false", "0"}}
		device.options[option] in values
	],
)

# What follows a `#` at the beginning of a line is a comment.
_patterns := {
	"log_raw": `(?im)^[^#\n]*log_raw\\?["']?\s*[:=]\s*\\?["']?(true|1|t)\b`,
	"hmac_accessor": `(?im)^[^#\n]*hmac_accessor\\?["']?\s*[:=]\s*\\?["']?(false|0|f)\b`,
}

_enables(script) if {
	regex.match(`(?im)^[^#\n]*(\baudit\s+enable\b|sys/audit/|\bvault_audit\b|"audit"\s*:\s*[\[{])|^\s*audit\s+"[a-z]+"`, script.text)
}

# In a list of words, the word that says it.
_place_of(script, option) := array.concat(script.path, word.place) if {
	word := [word | some word in script.words; contains(word.text, option)][0]
} else := script.path

# A script is `{obj, path, text, words}`; `words` are those of a command, as `{place, text}`, with places
# below the script's path.
_scripts := [script |
	some script in array.flatten([_config_maps, _commands, _values, _modules])
	contains(script.text, "audit")
]

_config_maps := [{"obj": obj, "path": ["data", key], "text": text, "words": []} |
	some obj in k8s.of_kind("ConfigMap")
	some key, text in obj.object.data
	is_string(text)
]

_commands := [{"obj": obj, "path": entry.path, "text": concat(" ", [word.text | some word in words]), "words": words} |
	some obj in input.objects
	not obj.context
	some entry in pods.containers(obj)

	# `args` continue what `command` begins.
	some lists in [[["command"], ["args"]], [["lifecycle", "postStart", "exec", "command"]]]
	words := [{"place": array.concat(list, [index]), "text": _word(word)} |
		some list in lists
		some index, word in k8s.items_at(entry.container, list)
	]
]

_word(word) := word if is_string(word)

_word(word) := "" if not is_string(word)

_values := [{"obj": install.obj, "path": path, "text": text, "words": []} |
	some install in charts_installed.of({"vault", "openbao"})
	some layer in install.layers
	block := object.get(layer.values, install.prefix, {})
	walk(block, [inner, text])
	is_string(text)
	path := {true: layer.path, false: array.flatten([layer.path, install.prefix, inner])}[layer.text]
]

_modules := [{"obj": obj, "path": ["spec", "forProvider", "module"], "text": text, "words": []} |
	some obj in k8s.of_kind("Workspace")
	text := obj.object.spec.forProvider.module
	is_string(text)
]

# Objects of operators: the vault-config-operator, Crossplane's providers, Bank-Vaults.
_declared := array.concat(
	[{"obj": obj, "path": path, "options": object.get(obj.object, path, {})} |
		some obj in k8s.of_kind("Audit")
		regex.match(`^redhatcop\.redhat\.io$|vault`, k8s.group(obj.object.apiVersion))
		path := {true: ["spec", "forProvider", "options"], false: ["spec", "options"]}[is_object(object.get(obj.object, ["spec", "forProvider"], null))]
	],
	[{"obj": obj, "path": ["spec", "externalConfig", "audit", index, "options"], "options": object.get(device, "options", {})} |
		some obj in k8s.of_kind("Vault")
		k8s.group(obj.object.apiVersion) == "vault.banzaicloud.com"
		some index, device in k8s.items_at(obj.object, ["spec", "externalConfig", "audit"])
		is_object(device)
	],
)
