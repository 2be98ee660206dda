# METADATA
# title: Pod Security levels of namespaces
# description: |
#   The labels that Pod Security Admission reads, of namespaces and of templates from which namespaces are made
#   (Capsule's Tenant, the anchors of hierarchical namespaces), and what a cluster's configuration sets for
#   namespaces without labels.
package portcullis.lib.pod_security_levels

import data.portcullis.lib.agents
import data.portcullis.lib.k8s
import data.portcullis.lib.settings

# METADATA
# description: "What stands before the name of each label."
label_prefix := "pod-security.kubernetes.io/"

# METADATA
# description: How strict a level is; undefined for what is no level.
rank := {"privileged": 0, "baseline": 1, "restricted": 2}

# METADATA
# description: |
#   Sets of labels that namespaces get, as a list of `{"obj", "names", "path", "places", "labels",
#   "is_namespace"}`: `places` are the ways to labels that don't stand at their keys below `path`, `names` those
#   of the namespaces where they are known.
sources := array.concat(_namespaces, _templates)

_namespaces := [source |
	some obj in k8s.of_kind("Namespace")
	obj.object.apiVersion == "v1"
	source := {
		"obj": obj,
		"names": {obj.name},
		"path": ["metadata", "labels"],
		"places": {},
		"labels": k8s.labels(obj),
		"is_namespace": true,
	}
]

_templates := [source |
	some kind, places in _places
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) in {"capsule.clastix.io", "hnc.x-k8s.io"}
	some path in places
	labels := _labels_at(obj, path)
	source := {"obj": obj, "names": set(), "path": path, "places": _places_in(obj, path), "labels": labels, "is_namespace": false}
]

_places := {
	"Tenant": [["spec", "namespaceOptions", "additionalMetadata", "labels"]],
	"SubnamespaceAnchor": [["spec", "labels"]],
	"HierarchyConfiguration": [["spec", "labels"]],
}

# Hierarchical namespaces list theirs as `{key, value}`.
_labels_at(obj, path) := labels if {
	labels := object.get(obj.object, path, null)
	is_object(labels)
} else := {entry.key: entry.value | some entry in k8s.items_at(obj.object, path)} if {
	_is_unambiguous(obj, path)
} else := {}

_is_unambiguous(obj, path) if {
	entries := k8s.items_at(obj.object, path)
	count({entry.key | some entry in entries}) == count(entries)
}

_places_in(obj, path) := {entry.key: array.concat(path, [index, "value"]) | some index, entry in k8s.items_at(obj.object, path)} if {
	_is_unambiguous(obj, path)
} else := {}

# METADATA
# description: |
#   The level that a cluster's configuration in the set enforces where a namespace says nothing; `privileged`, as
#   in every cluster, where there is none.
default cluster_default := "privileged"

cluster_default := level if {
	levels := [configuration.defaults.enforce |
		some configuration in _configurations
		is_number(rank[configuration.defaults.enforce])
	]
	count(levels) > 0
	level := levels[0]
}

# METADATA
# description: Namespaces that a cluster's configuration in the set excludes from Pod Security Admission.
cluster_exemptions := {namespace |
	some configuration in _configurations
	some namespace in k8s.items_at(configuration, ["exemptions", "namespaces"])
}

_configurations := array.concat(_nested, [obj.object | some obj in k8s.known_of_kind("PodSecurityConfiguration")])

_nested := [plugin.configuration |
	some obj in k8s.known_of_kind("AdmissionConfiguration")
	some plugin in k8s.items_at(obj.object, ["plugins"])
	plugin.name == "PodSecurity"
]

# METADATA
# description: Whether agents run in the namespaces of a source.
is_for_agents(source) if agents.owns(source.obj)

is_for_agents(source) if source.labels[settings.annotation("zone")] == "agents"

# METADATA
# description: The value of one of the labels, such as `enforce`, of a source; null where it has none.
value(source, name) := object.get(source.labels, concat("", [label_prefix, name]), null)

# METADATA
# description: The way to one of the labels, which may be missing.
place(source, name) := _place(source, concat("", [label_prefix, name]))

_place(source, key) := object.get(source.places, key, array.concat(source.path, [key]))

# METADATA
# description: A version such as `v1.30` as `[1, 30]`; undefined for what is none.
version(text) := [to_number(part) | some part in split(trim_prefix(text, "v"), ".")] if {
	is_string(text)
	regex.match(`^v[0-9]+\.[0-9]+$`, text)
}

# METADATA
# description: Whether a level of `audit` or `warn` is less than `restricted`; one that is no level is another matter.
is_weak(level) if level in {null, "privileged", "baseline"}

# METADATA
# description: |
#   What in a source was meant for Pod Security Admission, but is read by nobody: a set of `[variant, path,
#   args]`.
unknown(source) := {["unknown-label", _place(source, key), {"key": key}] |
	some key, _ in source.labels
	_is_meant(key)
	not key in _keys
} | ({["unknown-label", ["metadata", "annotations", key], {"key": key}] |
	source.is_namespace
	some key, _ in k8s.annotations(source.obj)
	key in _keys
} | {["unknown-level", _place(source, key), {"key": key}] |
	some mode in ["enforce", "audit", "warn"]
	key := concat("", [label_prefix, mode])
	level := object.get(source.labels, key, null)
	level != null
	not rank[level]
})

_keys := {concat("", [label_prefix, mode, suffix]) | some mode in ["enforce", "audit", "warn"]; some suffix in ["", "-version"]}

_is_meant(key) if startswith(key, label_prefix)

_is_meant(key) if regex.match(`(?i)^pod-?security\b.*[./](enforce|audit|warn)`, key)
