# METADATA
# title: Where charts are installed, and with which values
# description: |
#   Values files, HelmReleases, Argo CD Applications, k3s HelmCharts and kustomizations, each as an
#   installation `{obj, charts, layers, prefix, settled, place, file}`. `charts` are the names of what is
#   installed, without repository and folders, none for a values file; a later one of `layers` overrides
#   those before it. `settled` says that nothing but the object itself can set values, `place` is where a
#   missing value belongs, and `file` marks values files, of which nobody knows what others add to them.
package portcullis.lib.chart_installs

import data.portcullis.lib.k8s

# METADATA
# description: |
#   The installations of charts with one of `names`, a set: of the charts themselves, and of those that
#   have them as a part, which then have the name of their block of values as `prefix`.
of(names) := array.concat(
	[install | some install in everywhere; count(install.charts & names) > 0],
	[object.union(install, {"prefix": prefix, "place": array.concat(install.place, prefix)}) |
		some install in everywhere
		count(install.charts & names) == 0
		some prefix in _blocks(install, names)
	],
)

# Blocks of values stand at the top, or below the name of a chart in between.
_blocks(install, names) := ({prefix |
	some layer in install.layers
	some name in names
	is_object(layer.values[name])
	prefix := [name]
} | {prefix |
	some layer in install.layers
	some outer, inner in layer.values
	is_object(inner)
	some name in names
	is_object(inner[name])
	prefix := [outer, name]
}) | {prefix |
	some layer in install.layers
	some parameter in layer.parameters
	some name in names
	startswith(parameter.name, concat("", [name, "."]))
	prefix := [name]
}

# METADATA
# description: |
#   The value at `keys` of an installation's chart, as `{value, path}`; undefined where it is not set.
value(install, keys) := found[count(found) - 1] if {
	wanted := array.concat(install.prefix, keys)
	found := [entry |
		some layer in install.layers
		some entry in _in_layer(layer, wanted)
	]
	count(found) > 0
}

_in_layer(layer, keys) := [{"value": found, "path": _path(layer, keys)}] if {
	found := object.get(layer.values, keys, null)
	found != null
} else := [{"value": parameter.value, "path": parameter.path} |
	some parameter in layer.parameters
	parameter.name == concat(".", keys)
]

# Nothing inside of a text has a path of its own.
_path(layer, _) := layer.path if layer.text

_path(layer, keys) := array.concat(layer.path, keys) if not layer.text

# METADATA
# description: Every installation in the objects that are judged.
everywhere := array.flatten([_files, _releases, _applications, _k3s, _kustomizations])

_files := [{
	"obj": obj,
	"charts": set(),
	"layers": [_layer([], obj.object)],
	"prefix": [],
	"settled": false,
	"place": [],
	"file": true,
} |
	some obj in k8s.of_kind("HelmValues")
]

_install(obj, names, layers, settled, place) := {
	"obj": obj,
	"charts": {name | some text in names; is_string(text); name := _name(text)},
	"layers": layers,
	"prefix": [],
	"settled": settled,
	"place": place,
	"file": false,
}

# `oci://registry.example.com/charts/vault`, `charts/vault/`, `hashicorp/vault`.
_name(text) := parts[count(parts) - 1] if parts := split(trim_right(text, "/"), "/")

_layer(path, content) := {"path": path, "values": content, "parameters": [], "text": false} if {
	is_object(content)
} else := {"path": path, "values": values_of_text(content), "parameters": [], "text": true} if {
	is_string(content)
} else := {"path": path, "values": {}, "parameters": parameters, "text": false} if {
	parameters := [{"name": one.name, "value": one.value, "path": array.concat(path, [index, "value"])} |
		some index, one in k8s.list(content)
		is_string(one.name)
	]
}

# METADATA
# description: A text as values, empty where it is none.
values_of_text(text) := found if {
	yaml.is_valid(text)
	found := yaml.unmarshal(text)
	is_object(found)
} else := {}

default _is_settled(_, _, _) := false

_is_settled(obj, holder, fields) if {
	not obj.partial
	count([1 | some field in fields; count(object.get(holder, field, [])) > 0]) == 0
}

_releases := [install |
	some obj in k8s.of_kind("HelmRelease")
	spec := obj.object.spec
	is_object(spec)
	install := _install(
		obj,
		[object.get(spec, path, "") | some path in [["chart", "spec", "chart"], ["chart", "name"], ["chartRef", "name"]]],
		[_layer(["spec", "values"], object.get(spec, "values", null))],
		_is_settled(obj, spec, ["valuesFrom"]),
		["spec", "values"],
	)
]

_applications := [install |
	some obj in k8s.of_kind("Application")
	k8s.group(obj.object.apiVersion) == "argoproj.io"
	some [path, source] in array.concat(
		[[["spec", "source"], object.get(obj.object, ["spec", "source"], null)]],
		[[["spec", "sources", index], source] | some index, source in k8s.items_at(obj.object, ["spec", "sources"])],
	)
	is_object(source)
	helm := object.get(source, "helm", {})
	install := _install(
		obj,
		[object.get(source, "chart", ""), _chart_path(source)],
		[_layer(array.flatten([path, "helm", field]), object.get(helm, field, null)) |
			some field in ["values", "valuesObject", "parameters"]
		],
		_is_settled(obj, helm, ["valueFiles", "fileParameters"]),
		array.concat(path, ["helm", "valuesObject"]),
	)
]

# A path may lead to anything; with settings of Helm it leads to a chart.
_chart_path(source) := object.get(source, "path", "") if is_object(source.helm)

_chart_path(source) := "" if not is_object(object.get(source, "helm", null))

_k3s := [install |
	some obj in k8s.of_kind("HelmChart")
	k8s.group(obj.object.apiVersion) == "helm.cattle.io"
	spec := obj.object.spec
	is_object(spec)
	install := _install(
		obj,
		[object.get(spec, "chart", "")],
		[_layer(["spec", "valuesContent"], object.get(spec, "valuesContent", null)), _dotted(["spec", "set"], object.get(spec, "set", {}))],
		_is_settled(obj, spec, ["valuesSecrets"]),
		["spec", "valuesContent"],
	)
]

# `set` maps dotted names to values.
_dotted(path, content) := {
	"path": path,
	"values": {},
	"parameters": [{"name": name, "value": value, "path": array.concat(path, [name])} | some name, value in content],
	"text": false,
}

_kustomizations := [install |
	some obj in k8s.of_kind("Kustomization")
	some index, chart in k8s.items_at(obj.object, ["helmCharts"])
	is_object(chart)
	path := ["helmCharts", index, "valuesInline"]
	install := _install(
		obj,
		[object.get(chart, "name", "")],
		[_layer(path, object.get(chart, "valuesInline", null))],
		_is_settled(obj, chart, ["valuesFile", "additionalValuesFiles"]),
		path,
	)
]
