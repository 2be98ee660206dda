# METADATA
# title: How fast a secret changes when it has to
# description: |
#   What makes the cluster read a store at once when something changes there, and how long it takes
#   where nothing does.
package portcullis.lib.incident_response

import data.portcullis.lib.durations
import data.portcullis.lib.k8s
import data.portcullis.lib.rotation
import data.portcullis.lib.rotation_eso as eso
import data.portcullis.lib.rotation_rotators as rotators
import data.portcullis.lib.settings

# METADATA
# description: |
#   Every judged object that reads a store from time to time, as `{obj, path, seconds, keys}`: how long a
#   change there takes at most, the field that says so, and the names that are read. What reads never again
#   or says so in a way that cannot be read is left to other rules.
readers := array.concat(_external_secrets, _vault_secrets)

_external_secrets := [reader |
	some view in eso.externals
	_is_judged(view.obj)
	eso.refreshes(view)
	seconds := eso.interval(view)
	keys := _keys(view)
	count(keys) > 0
	reader := {
		"obj": view.obj,
		"path": array.concat(view.base, ["refreshInterval"]),
		"seconds": seconds,
		"keys": keys,
	}
]

_keys(view) := {key |
	some list, item in {"data": "remoteRef", "dataFrom": "extract"}
	some source in k8s.items_at(view.spec, [list])
	key := source[item].key
	is_string(key)
} | {"" |
	some source in k8s.items_at(view.spec, ["dataFrom"])
	source.find
}

_vault_secrets := [{"obj": obj, "path": ["spec", "refreshAfter"], "seconds": seconds, "keys": set()} |
	some kind in ["VaultStaticSecret", "HCPVaultSecretsApp"]
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == "secrets.hashicorp.com"
	_is_judged(obj)
	seconds := _vault_interval(obj)
	seconds > 0
]

# Without a timer the operator compares every minute, or every ten.
_vault_interval(obj) := durations.vso(obj.object.spec.refreshAfter) if {
	object.get(obj.object, ["spec", "refreshAfter"], "") != ""
} else := 60 if {
	obj.object.kind == "VaultStaticSecret"
	obj.object.spec.hmacSecretData != false
} else := 60 if {
	obj.object.kind == "VaultStaticSecret"
	object.get(obj.object, ["spec", "hmacSecretData"], null) == null
} else := 600 if {
	obj.object.kind == "HCPVaultSecretsApp"
}

_is_judged(obj) if {
	not obj.context
	not obj.partial
	not rotation.is_static(obj)
	rotation.class_of(obj) != "non-credential"
}

# METADATA
# description: |
#   Whether an event makes the change reach the cluster at once. `kinds` are those of objects that count
#   for all that is in their namespace.
has_hook(reader, _) if reader.obj.object.spec.syncConfig.instantUpdates == true

has_hook(reader, _) if {
	some destination in _destinations
	_covers(destination, reader.obj)
}

has_hook(reader, kinds) if {
	some kind in k8s.list(kinds)
	_namespaces_with[kind][reader.obj.namespace]
}

has_hook(reader, kinds) if {
	link := rotators.link(reader.obj)
	link.kind in {lower(kind) | some kind in k8s.list(kinds)}
}

has_hook(reader, _) if {
	some key in reader.keys
	_announced[key]
}

# A webhook of Flux, or a rule of EventBridge, is for the whole set.
has_hook(_, _) if count(_for_all) > 0

_destinations := [destination.externalSecret |
	some obj in k8s.known_of_kind("Config")
	k8s.group(obj.object.apiVersion) == "reloader.external-secrets.io"
	some destination in k8s.items_at(obj.object, ["spec", "destinationsToWatch"])
	is_object(destination.externalSecret)
]

# A selector by labels may mean any.
_covers(destination, obj) if {
	obj.object.kind == "ExternalSecret"
	count(k8s.items_at(destination, ["names"])) == 0
}

_covers(destination, obj) if {
	obj.object.kind == "ExternalSecret"
	obj.name in k8s.items_at(destination, ["names"])
}

_namespaces_with := {kind: namespaces |
	some kind, _ in input.kinds
	namespaces := {obj.namespace | some obj in k8s.known_of_kind(kind)}
}

# Secret Manager publishes what happens to a secret; something may listen.
_announced := {name |
	some obj in k8s.known_of_kind("SecretManagerSecret")
	count(k8s.items_at(obj.object, ["spec", "topics"])) > 0
	some name in {obj.name, object.get(obj.object, ["spec", "resourceID"], "")}
	name != ""
}

_for_all := {obj.id |
	some obj in k8s.known_of_kind("Receiver")
	k8s.group(obj.object.apiVersion) == "notification.toolkit.fluxcd.io"
} | {obj.id |
	some obj in k8s.known_of_kind("Rule")
	regex.match(`^(cloudwatchevents|eventbridge)\.`, k8s.group(obj.object.apiVersion))
}

# METADATA
# description: |
#   Whether an object belongs to no production: a word of its namespace's name, or of the label
#   `environment` or `<prefix>/environment` of that namespace, is among `words`.
is_trial(obj, words) if _has_word(obj.namespace, words)

is_trial(obj, words) if {
	some word in k8s.list(words)
	_environment_words[[obj.namespace, word]]
}

_has_word(text, words) if {
	some word in _words(text)
	word in k8s.list(words)
}

_words(text) := split(replace(text, "_", "-"), "-") if is_string(text)

_environment_words := {[obj.name, word] |
	some obj in k8s.known_of_kind("Namespace")
	some label in ["environment", settings.annotation("environment")]
	some word in _words(k8s.labels(obj)[label])
}

# METADATA
# description: |
#   Whether somebody wrote down what to do about an object's secret when it leaks, on the object or on its
#   namespace.
has_runbook(obj) if rotation.declared(obj, "incident-runbook").value != ""

has_runbook(obj) if _namespaces_with_runbook[obj.namespace]

_namespaces_with_runbook := {obj.name |
	some obj in k8s.known_of_kind("Namespace")
	rotation.declared(obj, "incident-runbook").value != ""
}

# METADATA
# description: |
#   Every judged generator of leases that ends none of them: External Secrets does not revoke, and the
#   request asks for no `ttl`. As `{obj, path}`.
endless_leases := [{"obj": obj, "path": array.concat(base, ["parameters", "ttl"])} |
	some kind, base in {
		"VaultDynamicSecret": ["spec"],
		"ClusterGenerator": ["spec", "generator", "vaultDynamicSecretSpec"],
	}
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == "generators.external-secrets.io"
	not obj.partial
	spec := object.get(obj.object, base, null)
	is_object(spec)
	object.get(spec, ["parameters", "ttl"], "") == ""
]
