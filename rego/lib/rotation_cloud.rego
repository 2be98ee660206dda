# METADATA
# title: Secrets of clouds that manifests declare, and their rotation
# description: |
#   Objects by which Crossplane, ACK and Config Connector make secrets, keys and databases, as resources
#   `{obj, fields, path}`: `fields` are what is asked of the cloud, and `path` is where they stand.
#   Objects that only observe, and what is declared to be no credential, are left out.
package portcullis.lib.rotation_cloud

import data.portcullis.lib.k8s
import data.portcullis.lib.rotation

# METADATA
# description: |
#   Resources of a kind whose API group matches a pattern; `labels` mark what is no credential.
of(kind, group, labels) := [{"obj": obj, "fields": _fields(obj), "path": _path(obj)} |
	some obj in k8s.of_kind(kind)
	contains(obj.object.apiVersion, ".")
	regex.match(group, k8s.group(obj.object.apiVersion))
	not _only_observes(obj)
	rotation.class_of(obj) != "non-credential"
	not _is_marked(obj, labels)
]

# METADATA
# description: The path of a field of a resource.
at(resource, field) := array.concat(resource.path, [field])

# METADATA
# description: Whether a resource says nothing about any of these fields, and nothing else can.
lacks(resource, names) if {
	not resource.obj.partial
	count([1 | some name in names; object.get(resource.fields, name, null) != null]) == 0
}

# METADATA
# description: Whether the object itself says what rotates it.
declares_rotation(obj) if {
	some name in ["rotation-managed-by", "rotated-by", "rotation-interval"]
	rotation.declared(obj, name)
}

_fields(obj) := object.union(
	_object(object.get(obj.object, ["spec", "initProvider"], {})),
	_object(object.get(obj.object, _path(obj), {})),
)

_path(obj) := ["spec", "forProvider"] if {
	obj.object.spec.forProvider
} else := ["spec"]

_object(value) := value if is_object(value)

_object(value) := {} if not is_object(value)

_only_observes(obj) if obj.object.spec.managementPolicies == ["Observe"]

_only_observes(obj) if obj.object.spec.managementPolicy == "ObserveOnly"

_only_observes(obj) if k8s.annotations(obj)["services.k8s.aws/read-only"] == "true"

_is_marked(obj, labels) if {
	some label, value in labels
	k8s.labels(obj)[label] == value
}

# METADATA
# description: Whether a value is filled in later.
is_template(value) if regex.match(`\{\{|\$[({]`, value)

# METADATA
# description: Seconds of a duration as Google Cloud's interfaces write it, such as `2592000s`.
seconds(value) := input.facts.durations[value].proto

# Rotations of AWS secrets, and what they point to

# METADATA
# description: "The rotations of AWS that are known: `{obj, fields, path}`."
known_rotations := [{"obj": obj, "fields": _fields(obj), "path": _path(obj)} |
	some obj in k8s.known_of_kind("SecretRotation")
	regex.match(aws, k8s.group(obj.object.apiVersion))
]

# METADATA
# description: The API groups of Crossplane's provider for AWS Secrets Manager.
aws := `^secretsmanager\.aws\.(m\.)?upbound\.io$`

# METADATA
# description: Whether a rotation that is known points to the AWS secret that an object makes.
is_pointed_to(obj) if {
	some id in _ids(obj)
	_pointed_to_by_id[id]
}

is_pointed_to(obj) if _pointed_to_by_name[obj.name]

is_pointed_to(obj) if {
	some label, value in k8s.labels(obj)
	some wanted in _pointed_to_by_label[[label, value]]
	every other, expected in wanted {
		k8s.labels(obj)[other] == expected
	}
}

# What a composition makes together has one controller.
is_pointed_to(obj) if _pointed_to_by_controller[obj.file]

_ids(obj) := {id |
	some id in [
		object.get(obj.object, ["spec", "forProvider", "name"], ""),
		object.get(obj.object, ["spec", "name"], ""),
		object.get(k8s.annotations(obj), "crossplane.io/external-name", ""),
	]
	id != ""
}

_pointed_to_by_id := {id |
	some known in known_rotations
	text := known.fields.secretId
	is_string(text)
	some id in {text, _name_in_arn(text)}
}

# `arn:aws:secretsmanager:<region>:<account>:secret:<name>-<six characters>`
_name_in_arn(text) := substring(name, 0, count(name) - 7) if {
	regex.match(`^arn:[a-z-]+:secretsmanager:[^:]*:[^:]*:secret:.+-[A-Za-z0-9]{6}$`, text)
	name := split(text, ":")[6]
} else := text

_pointed_to_by_name := {known.fields.secretIdRef.name | some known in known_rotations}

# By one of their labels, so that a secret is compared with few.
_pointed_to_by_label[key] contains wanted if {
	some known in known_rotations
	wanted := known.fields.secretIdSelector.matchLabels
	is_object(wanted)
	label := min(object.keys(wanted))
	key := [label, wanted[label]]
}

_pointed_to_by_controller := {known.obj.file |
	some known in known_rotations
	selector := known.fields.secretIdSelector
	selector.matchControllerRef == true
	count(object.get(selector, "matchLabels", {})) == 0
}
