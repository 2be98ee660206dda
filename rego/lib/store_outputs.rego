# METADATA
# title: What controllers of stores make of the values that they fetch
package portcullis.lib.store_outputs

import data.portcullis.lib.k8s
import data.portcullis.lib.rotation_eso as eso
import data.portcullis.lib.secret_producers as producers
import data.portcullis.lib.store_views as views

_views := [view | some view in eso.externals; not view.obj.context]

# METADATA
# description: "ExternalSecrets that make something other than a Secret, as `{obj, path, kind}`."
other_kinds := [{"obj": view.obj, "path": array.concat(view.base, ["target", "manifest", "kind"]), "kind": kind} |
	some view in _views
	kind := view.spec.target.manifest.kind
	is_string(kind)
	not kind in {"", "Secret"}
]

# METADATA
# description: "Places at which fetched values get into annotations or labels, as `{obj, path}`."
in_metadata := array.concat(
	[{"obj": view.obj, "path": array.concat(view.base, ["target", "template", "templateFrom", index, "target"])} |
		some view in _views
		some index, item in k8s.items_at(view.spec, ["target", "template", "templateFrom"])
		item.target in {"Annotations", "Labels"}
	],
	[{"obj": view.obj, "path": array.concat(view.base, array.concat(place, [key]))} |
		some view in _views
		some field in ["annotations", "labels"]
		place := ["target", "template", "metadata", field]
		some key, text in views.object_at(view.spec, place)
		is_string(text)
		_reads_value(text)
	],
)

# A template that calls functions on nothing but literals holds no value.
_reads_value(text) if regex.match(`\{\{-?\s*(?:[^{}]*[\s(])?\$?\.`, text)

# METADATA
# description: "Secrets that mint credentials of the control plane, as `{obj, path, type}`."
tokens := array.concat(
	[{"obj": view.obj, "path": array.concat(view.base, ["target", "template", "type"]), "type": type} |
		some view in _views
		type := view.spec.target.template.type
		type in _token_types
	],
	[{"obj": obj, "path": ["spec", "destination", "type"], "type": type} |
		some kind in ["VaultStaticSecret", "VaultDynamicSecret", "VaultPKISecret", "HCPVaultSecretsApp"]
		some obj in k8s.of_kind(kind)
		views.is_vso(obj)
		type := obj.object.spec.destination.type
		type in _token_types
	],
)

_token_types := {"kubernetes.io/service-account-token", "bootstrap.kubernetes.io/token"}

# METADATA
# description: |
#   Secrets with two writers, as `{writer, other, path, other_kind}`; the one that overwrites speaks, else the
#   later one.
contended := [{"writer": writer, "other": other, "path": _place(writer), "other_kind": other.obj.object.kind} |
	some writers in _contests
	some writer in writers
	not writer.obj.context
	not writer.obj.partial
	other := _other(writer, writers)
	_speaks(writer, other)
]

# A manifest of the Secret itself is written once, unless something overwrites it.
_writers := array.concat(producers.writers, [made |
	some made in producers.known
	made.kind in {"plain", "sealed"}
	made.obj.object.kind == "Secret"
	made.namespace != "*"
])

_contests := [writers |
	some indices in _by_secret
	count(indices) > 1
	writers := [writer |
		some index in sort(indices)
		writer := _writers[index]
	]
]

_by_secret[[writer.namespace, writer.name, _scope(writer.obj)]] contains index if {
	some index, writer in _writers
	is_string(writer.name)
	writer.name != ""
	writer.namespace != "*"
}

# What belongs to no unit may be alternatives, such as overlays of two environments.
_scope(obj) := concat("/", array.slice(split(obj.file, "/"), 0, count(split(obj.file, "/")) - 1)) if {
	object.get(input, "unit", "loose") == "loose"
} else := ""

_other(writer, writers) := [other |
	some other in writers
	_identity(other.obj) != _identity(writer.obj)
][0]

# One object in two files is two versions of one writer.
_identity(obj) := [obj.object.kind, obj.name]

_overwrites(writer) if {
	views.is_vso(writer.obj)
	writer.obj.object.spec.destination.overwrite == true
}

_speaks(writer, _) if _overwrites(writer)

_speaks(writer, other) if {
	not _overwrites(other)
	writer.obj.object.kind != "Secret"
	other.obj.object.kind != "Secret"
	other.obj.id < writer.obj.id
}

_place(writer) := ["spec", "destination", "overwrite"] if {
	_overwrites(writer)
} else := writer.path
