# METADATA
# title: What the set knows of the contents of Secrets
# description: |
#   From Secrets, SealedSecrets, ExternalSecrets and Certificates: how much is in a Secret, and what it is. Keys are
#   `[namespace, name]`.
package portcullis.lib.agent_secret_contents

import data.portcullis.lib.k8s
import data.portcullis.lib.settings

# METADATA
# description: |
#   How many entries a Secret has; what an ExternalSecret extracts as a whole counts as two. Undefined where the
#   set does not tell.
count_of(namespace, name) := _counts[[k8s.named_namespace(namespace), name]]

# METADATA
# description: |
#   Whether a Secret holds a key with which one can sign or act at a cloud: its class says so
#   (`<prefix>/class: signing-key` or `cloud-key`), or its name does.
is_powerful(_, name) if regex.match(
	`(?i)(^|[-_.])(signing|sign)[-_.]?keys?([-_.]|$)|(^|[-_.])(aws|gcp|azure|cloud)[-_.](key|keys|credentials?|creds|sa|service-account)([-_.]|$)`,
	name,
)

is_powerful(namespace, name) if _classes[[k8s.named_namespace(namespace), name]] & {"signing-key", "cloud-key"} != set()

# METADATA
# description: Whether a Secret belongs to a certificate, whose entries make sense together only.
is_certificate(namespace, name) if [k8s.named_namespace(namespace), name] in _certificates

is_certificate(_, name) if regex.match(`(?i)(^|[-_.])(tls|certs?|certificates?|ca)([-_.]|$)`, name)

_counts := {key: max(counted) | some key, counted in _numbers}

_numbers[[k8s.named_namespace(obj.namespace), obj.name]] contains count(keys) if {
	some obj in k8s.known_of_kind("Secret")
	keys := {key |
		some field in ["data", "stringData"]
		some key, _ in object.get(obj.object, field, {})
	}
	count(keys) > 0
}

_numbers[[k8s.named_namespace(obj.namespace), obj.name]] contains count(entries) if {
	some obj in k8s.known_of_kind("SealedSecret")
	entries := object.get(obj.object, ["spec", "encryptedData"], null)
	is_object(entries)
}

_numbers[[k8s.named_namespace(obj.namespace), target(obj)]] contains count(entries) + (2 * count(extracts)) if {
	some obj in k8s.known_of_kind("ExternalSecret")
	entries := k8s.items_at(obj.object, ["spec", "data"])
	extracts := k8s.items_at(obj.object, ["spec", "dataFrom"])
}

# METADATA
# description: The name of the Secret that an ExternalSecret writes.
target(obj) := name if {
	name := object.get(obj.object, ["spec", "target", "name"], null)
	is_string(name)
	name != ""
} else := obj.name

_classes := {key: classes | some key, classes in _classes_of}

_classes_of[[k8s.named_namespace(obj.namespace), name]] contains class if {
	some kind in ["Secret", "SealedSecret", "ExternalSecret"]
	some obj in k8s.known_of_kind(kind)
	class := k8s.annotations(obj)[settings.annotation("class")]
	name := {true: target(obj), false: obj.name}[kind == "ExternalSecret"]
}

_certificates contains [k8s.named_namespace(obj.namespace), obj.name] if {
	some obj in k8s.known_of_kind("Secret")
	obj.object.type == "kubernetes.io/tls"
}

_certificates contains [k8s.named_namespace(obj.namespace), name] if {
	some obj in k8s.known_of_kind("Certificate")
	name := object.get(obj.object, ["spec", "secretName"], null)
}
