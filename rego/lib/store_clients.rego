# METADATA
# title: How containers reach a secret store
# description: |
#   What the variables and commands of judged containers say about the way to a secret store: plain
#   addresses, and verification that is switched off.
package portcullis.lib.store_clients

import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.store_endpoints as endpoints
import data.portcullis.lib.store_views as views

# METADATA
# description: "Addresses of Vault in variables, as `{obj, path, url}`."
addresses := [{"obj": variable.obj, "path": variable.path, "url": variable.value} |
	some variable in _variables
	variable.name in _address_names
]

_address_names := {"VAULT_ADDR", "BAO_ADDR", "AGENT_INJECT_VAULT_ADDR"}

# METADATA
# description: |
#   Variables that switch the verification of certificates off, as `{obj, path, name, sure}`; `sure` says
#   that the container talks to a secret store, as far as its other settings show.
unverified := [{"obj": variable.obj, "path": variable.path, "name": variable.name, "sure": _is_sure(variable)} |
	some variable in _variables
	_is_off(variable.name, variable.value)
	not _is_local(variable)
]

_is_off(name, value) if {
	name in {"VAULT_SKIP_VERIFY", "BAO_SKIP_VERIFY"}
	views.is_on(value)
}

_is_off("NODE_TLS_REJECT_UNAUTHORIZED", "0")

_is_off("PYTHONHTTPSVERIFY", "0")

_is_off("GIT_SSL_NO_VERIFY", value) if not value in {"", "0", "false"}

default _is_sure(_) := false

_is_sure(variable) if variable.name in {"VAULT_SKIP_VERIFY", "BAO_SKIP_VERIFY"}

_is_sure(variable) if {
	some [name, value] in variable.others
	_names_store(name, value)
}

_names_store(name, _) if name in {"VAULT_ADDR", "BAO_ADDR", "VAULT_URL", "OP_CONNECT_HOST", "CONJUR_APPLIANCE_URL", "AZURE_KEYVAULT_URL", "KEY_VAULT_URL"}

_names_store(_, value) if regex.match(`^https://([^/]*[.-])?(vault|openbao)[.:-]|^https://[^/]*\.vault\.azure\.net|^https://secretsmanager\.`, value)

# A server's own command line client talks to the server in the same pod.
_is_local(variable) if {
	some [name, value] in variable.others
	name in {"VAULT_ADDR", "BAO_ADDR"}
	endpoints.is_loopback(endpoints.host(value))
}

_variables := [{
	"obj": obj,
	"path": array.concat(container.path, ["env", index, "value"]),
	"name": item.name,
	"value": item.value,
	"others": others,
} |
	some obj in input.objects
	not obj.context
	some container in pods.containers(obj)
	items := k8s.items_at(container.container, ["env"])
	some index, item in items
	_is_telling(item.name)
	is_string(item.value)
	others := {[other.name, other.value] | some other in items; is_string(other.name); is_string(other.value)}
]

_is_telling(name) if name in _address_names

_is_telling(name) if name in {
	"VAULT_SKIP_VERIFY", "BAO_SKIP_VERIFY", "NODE_TLS_REJECT_UNAUTHORIZED", "PYTHONHTTPSVERIFY", "GIT_SSL_NO_VERIFY",
}

# METADATA
# description: |
#   Commands that fetch from a store without verifying it, as `{obj, path}`.
commands := [{"obj": obj, "path": path} |
	some obj in input.objects
	not obj.context
	some container in pods.containers(obj)
	some [path, text] in _texts(container)
	_fetches_unverified(text)
]

# Each word by itself, which may be a script; and the words together, which stand on the list that
# switches verification off.
_texts(container) := array.concat(
	[[array.flatten([container.path, field, index]), word] |
		some field in ["command", "args"]
		some index, word in k8s.items_at(container.container, [field])
		_may_fetch(word)
	],
	array.concat(
		[[array.concat(container.path, [field]), concat(" ", line)] |
			some line in _lines(container.container)
			line[0] in {"curl", "wget", "/usr/bin/curl", "/usr/bin/wget"}
			field := [field |
				some field in ["args", "command"]
				some word in k8s.items_at(container.container, [field])
				word in line
				regex.match(_unverified, word)
			][0]
		],
		[[array.concat(container.path, [field]), container.container[field]] |
			some field in ["source", "script"]
			_may_fetch(container.container[field])
		],
	),
)

_unverified := `^(-[a-zA-Z]*k[a-zA-Z]*|--insecure|--no-check-certificate)$`

# `args` continue what `command` begins; something else may start them as well.
_lines(container) := {array.concat(_strings(container, "command"), args), args} if {
	args := _strings(container, "args")
}

_strings(container, field) := [word | some word in k8s.items_at(container, [field]); is_string(word)]

_may_fetch(text) if {
	is_string(text)
	some command in ["curl ", "wget "]
	contains(text, command)
}

_fetches_unverified(text) if {
	some part in regex.split(`[;|&]+|[^\\]\n`, text)
	regex.match(`(\bcurl\b.*\s(-[a-zA-Z]*k[a-zA-Z]*|--insecure)(\s|$))|(\bwget\b.*\s--no-check-certificate(\s|$))`, replace(part, "\\\n", " "))
	regex.match(`(?i)https://([^\s/"']*[.-])?(vault|openbao)[.:/-]|\$\{?(VAULT|BAO)_ADDR|https://[^\s/"']+:8200`, part)
	not regex.match(`https://(localhost|127\.)`, part)
}
