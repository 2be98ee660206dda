# METADATA
# title: External Secrets Operator, as the rotation rules read it
# description: |
#   ExternalSecret and ClusterExternalSecret hold the same fields at different depth; both are given
#   as views, and so are PushSecret and ClusterPushSecret. Semantics are those of the operator's
#   `shouldRefresh`: an unset policy is `Periodic`, an unset interval is one hour, an interval of 0 or
#   less is no refresh, and `CreatedOnce` and `OnChange` ignore the interval.
package portcullis.lib.rotation_eso

import data.portcullis.lib.durations
import data.portcullis.lib.k8s

# METADATA
# description: |
#   `{obj, base, spec, target, namespace}` of each known ExternalSecret and ClusterExternalSecret:
#   `base` is the path of the fields, `target` the name of the Secret, `namespace` where it goes, or
#   `*` for a ClusterExternalSecret.
externals := array.concat(_single, _cluster)

_single := [view |
	some obj in k8s.known_of_kind("ExternalSecret")
	_is_eso(obj)
	spec := _object_at(obj.object, ["spec"])
	view := {
		"obj": obj,
		"base": ["spec"],
		"spec": spec,
		"target": _first_name([object.get(spec, ["target", "name"], ""), obj.name]),
		"namespace": obj.namespace,
	}
]

_cluster := [view |
	some obj in k8s.known_of_kind("ClusterExternalSecret")
	_is_eso(obj)
	spec := _object_at(obj.object, ["spec", "externalSecretSpec"])
	view := {
		"obj": obj,
		"base": ["spec", "externalSecretSpec"],
		"spec": spec,
		"target": _first_name([
			object.get(spec, ["target", "name"], ""),
			object.get(obj.object, ["spec", "externalSecretName"], ""),
			obj.name,
		]),
		"namespace": "*",
	}
]

# METADATA
# description: "`{obj, base, spec}` of each known PushSecret and ClusterPushSecret."
pushes := [{"obj": obj, "base": base, "spec": spec} |
	some kind, base in {"PushSecret": ["spec"], "ClusterPushSecret": ["spec", "pushSecretSpec"]}
	some obj in k8s.known_of_kind(kind)
	_is_eso(obj)
	spec := _object_at(obj.object, base)
]

# METADATA
# description: The effective refresh policy of a view.
policy(view) := value if {
	value := view.spec.refreshPolicy
	value in {"CreatedOnce", "OnChange"}
} else := "Periodic"

# METADATA
# description: Seconds between two refreshes of a periodic view; undefined where they cannot be read.
interval(view) := 3600 if object.get(view.spec, "refreshInterval", null) == null

interval(view) := durations.go(view.spec.refreshInterval)

# METADATA
# description: "Whether the view is refreshed at all; unreadable intervals count as refreshed."
refreshes(view) if {
	policy(view) == "Periodic"
	not _switched_off(view)
}

_switched_off(view) if interval(view) <= 0

# METADATA
# description: Generators whose every run makes a new value out of nothing.
minting_kinds := {"Password", "UUID", "SSHKey"}

# METADATA
# description: |
#   `{path, kind, name, spec}` of the generators in a view's `dataFrom`; `kind` is what a
#   ClusterGenerator stands for, or `""` where that is not in the set. `spec` is the generator's own,
#   `{}` where it is not in the set; only those whose lifetime is in their spec are looked up.
generators(view) := {generator |
	some index, source in k8s.list(object.get(view.spec, "dataFrom", null))
	reference := source.sourceRef.generatorRef
	is_object(reference)
	generator := object.union(
		_resolve(reference, view),
		{"path": array.concat(view.base, ["dataFrom", index, "sourceRef", "generatorRef"])},
	)
}

# METADATA
# description: Whether all that a view holds is made by generators that mint, as far as is known.
only_minted(view) if {
	count(k8s.list(object.get(view.spec, "data", null))) == 0
	made := generators(view)
	count(made) > 0
	count(made) == count(k8s.list(view.spec.dataFrom))
	every generator in made {
		generator.kind in (minting_kinds | {""})
	}
}

_resolve(reference, _) := {
	"kind": object.get(definition, "kind", ""),
	"name": _text(reference, "name"),
	"spec": sort([spec | some spec in object.get(definition, "generator", {})])[0],
} if {
	reference.kind == "ClusterGenerator"
	definition := sort(_cluster_generators[reference.name])[0]
} else := {"kind": "", "name": _text(reference, "name"), "spec": {}} if {
	reference.kind == "ClusterGenerator"
}

_resolve(reference, view) := {"kind": kind, "name": name, "spec": spec} if {
	kind := _text(reference, "kind")
	kind != "ClusterGenerator"
	name := _text(reference, "name")
	known := sort([definition | some definition in _generators[[kind, view.namespace, name]]])
	spec := array.concat(known, [{}])[0]
}

# Sets, since nothing keeps two files from defining one name. Sets have no order when compiled to
# WebAssembly, so that whatever is taken out of one is sorted first.
_cluster_generators[obj.name] contains definition if {
	some obj in k8s.known_of_kind("ClusterGenerator")
	definition := obj.object.spec
	is_object(definition)
}

_generators[[obj.object.kind, obj.namespace, obj.name]] contains definition if {
	some obj in k8s.known_of_kind("STSSessionToken")
	definition := obj.object.spec
	is_object(definition)
}

# What a user leaves out, or writes as something else, shows as a question mark.
_text(reference, key) := value if {
	value := reference[key]
	is_string(value)
} else := "?"

# Nothing is known of a Secret without a name.
_first_name(names) := array.concat([name | some name in names; is_string(name); name != ""], [""])[0]

_is_eso(obj) if k8s.group(obj.object.apiVersion) == "external-secrets.io"

_object_at(value, path) := found if {
	found := object.get(value, path, {})
	is_object(found)
}
