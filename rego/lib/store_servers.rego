# METADATA
# title: How servers of Vault and OpenBao are run
# description: |
#   Development mode, listeners without TLS and memory that may be swapped, in containers, ConfigMaps, the
#   resources of Bank-Vaults' operator, and the values of the charts.
package portcullis.lib.store_servers

import data.portcullis.lib.chart_values as charts
import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.store_views as views

# METADATA
# description: "Servers in development mode, as `{obj, path}`."
in_development := array.flatten([_flags, _root_tokens, _switched_on])

_flags := [{"obj": obj, "path": path} |
	some obj in input.objects
	not obj.context
	some container in pods.containers(obj)
	path := _dev_flag(container)
]

_dev_flag(container) := sort([array.flatten([container.path, field, index]) |
	some field in ["command", "args"]
	some index, word in k8s.items_at(container.container, [field])
	is_string(word)
	contains(word, "-dev")
	_is_server(container.container)
	regex.match(`(^|\s)--?dev(-tls|-root-token-id(=\S*)?)?(\s|$)`, word)
	_follows_server(container.container, word)
])[0]

_is_server(container) if {
	is_string(container.image)
	regex.match(`(^|/)(vault|openbao|openbao-ubi|vault-enterprise)([:@]|$)`, container.image)
}

_is_server(container) if {
	some field in ["command", "args"]
	some word in k8s.items_at(container, [field])
	is_string(word)
	regex.match(`(^|[\s/])(vault|bao)(\s+server\b|$)`, word)
}

# `server` is a word before the flag, or in the same script.
_follows_server(_, word) if regex.match(`\b(vault|bao)\s+server\b`, word)

_follows_server(container, _) if {
	some field in ["command", "args"]
	"server" in k8s.items_at(container, [field])
}

# The image starts a development server where it is given a root token and nothing else.
_root_tokens := [{"obj": obj, "path": array.concat(container.path, ["env", index, "name"])} |
	some obj in input.objects
	not obj.context
	some container in pods.containers(obj)
	some index, item in k8s.items_at(container.container, ["env"])
	item.name in {"VAULT_DEV_ROOT_TOKEN_ID", "BAO_DEV_ROOT_TOKEN_ID"}
	not _dev_flag(container)
]

_switched_on := [{"obj": server.obj, "path": dev.path} |
	some server in _charts
	dev := charts.value(server, ["server", "dev", "enabled"])
	views.is_on(dev.value)
]

# METADATA
# description: |
#   Servers that listen without TLS, as `{obj, path}`: by a text, by a field, or by the charts' switch, which
#   is on unless it is switched off.
without_tls := array.flatten([_listeners, _resources, _by_switch])

_listeners := [{"obj": entry.obj, "path": entry.path} |
	some entry in _texts
	some listener in _tcp_listeners(entry.text)
	_is_open(listener)
]

_tcp_listeners(text) := [match[1] |
	some pattern in [
		`listener[ \t]+"?tcp"?\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}`,
		`"tcp"\s*:\s*\[?\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}`,
	]
	some match in regex.find_all_string_submatch_n(pattern, text, -1)
]

# Boundary's configuration looks the same, but for the purpose.
_is_open(listener) if {
	regex.match(`(?m)^[^#\n]*"?\btls_disable"?\s*[=:]\s*"?(1|true|t|T|TRUE|True)\b`, listener)
	not regex.match(`"?address"?\s*[=:]\s*"?(127\.|localhost|\[::1\]|unix:)`, listener)
	not regex.match(`\bpurpose"?\s*[=:]`, listener)
}

# METADATA
# description: "Servers whose memory may be swapped, as `{obj, path}`."
swappable := [{"obj": entry.obj, "path": entry.path} |
	some entry in _texts
	regex.match(`(?m)^[^#\n]*"?\bdisable_mlock"?\s*[=:]\s*"?(true|1)\b`, entry.text)
]

# Texts that may be the configuration of a server.
_texts := [entry |
	some found in [_config_maps, _local_configs, _chart_texts]
	some entry in found
	regex.match(`\b(tls_disable|disable_mlock)\b`, entry.text)
	regex.match(`\blistener\b`, entry.text)
]

_config_maps := [{"obj": obj, "path": ["data", key], "text": text} |
	some obj in k8s.of_kind("ConfigMap")
	some key, text in views.object_at(obj.object, ["data"])
	is_string(text)
]

_local_configs := [{"obj": obj, "path": array.concat(container.path, ["env", index, "value"]), "text": item.value} |
	some obj in input.objects
	not obj.context
	some container in pods.containers(obj)
	some index, item in k8s.items_at(container.container, ["env"])
	item.name in {"VAULT_LOCAL_CONFIG", "BAO_LOCAL_CONFIG"}
	is_string(item.value)
]

_chart_texts := [{"obj": install.obj, "path": entry.path, "text": entry.text} |
	some install in charts.installs
	not _is_own_defaults(install)
	some entry in charts.texts(install)
]

# Bank-Vaults' operator takes the configuration as an object.
_resources := [{"obj": obj, "path": ["spec", "config", "listener", "tcp", "tls_disable"]} |
	some obj in k8s.of_kind("Vault")
	k8s.group(obj.object.apiVersion) == "vault.banzaicloud.com"
	views.is_on(obj.object.spec.config.listener.tcp.tls_disable)
]

_by_switch := array.concat(
	[{"obj": server.obj, "path": switch.path} |
		some server in _charts
		_runs_server(server)
		switch := charts.value(server, ["global", "tlsDisable"])
		views.is_on(switch.value)
	],
	[{"obj": server.obj, "path": array.concat(server.place, ["global", "tlsDisable"])} |
		some server in _charts
		server.complete
		_runs_server(server)
		not charts.value(server, ["global", "tlsDisable"])
	],
)

# The chart also installs the injector alone.
_runs_server(server) if {
	not _is_switched_off(server)
	not _is_elsewhere(server)
}

_is_switched_off(server) if {
	some path in [["server", "enabled"], ["global", "enabled"]]
	charts.value(server, path).value in {false, "false"}
}

_is_elsewhere(server) if {
	some path in [["injector", "externalVaultAddr"], ["global", "externalVaultAddr"]]
	not charts.value(server, path).value in {"", null}
}

# Installations of the charts of Vault and OpenBao, also below a chart that depends on them. A values file is
# taken for one of them where it has their settings.
_charts := array.concat(
	[install |
		some install in charts.installs
		_is_vault(install)
	],
	[block |
		some install in charts.installs
		not _is_vault(install)
		some block in charts.nested(install, `^(vault|openbao)$`)
		_has_settings(block.layers[0].values)
	],
)

_is_vault(install) if {
	some name in install.charts
	regex.match(`(^|/)(vault|openbao)/?$`, name)
}

_is_vault(install) if {
	install.is_file
	_has_settings(install.layers[0].values)
	not _is_own_defaults(install)
}

# What these charts themselves set by default is judged as it renders.
_is_own_defaults(install) if {
	install.is_file
	values := install.layers[0].values
	is_object(values.injector.agentDefaults)
	is_object(values.server.statefulSet)
}

_has_settings(values) if {
	some field in ["dev", "standalone", "ha"]
	is_object(values.server[field])
}
