# METADATA
# title: Where charts are installed, and with which values
# description: |
#   Installations of charts, as `{obj, is_file, charts, layers, complete, place}`. `charts` are the names under
#   which the chart goes; for a values file, marked by `is_file`, they are not known. `layers` are values, each `{path, values}`, where
#   `values` is an object, a text or a list of parameters; a later one overrides those before it. `complete` says
#   that nothing outside of the object sets values, so that what is not set is the chart's default; it would
#   stand at `place`.
package portcullis.lib.chart_installs

import data.portcullis.lib.k8s

# METADATA
# description: |
#   Installations by values files, HelmReleases, Argo CD Applications, k3s HelmCharts and kustomizations.
installs := array.flatten([_files, _releases, _applications, _k3s, _kustomizations])

_files := [install |
	some obj in k8s.of_kind("HelmValues")
	install := {
		"obj": obj,
		"is_file": true,
		"charts": [],
		"layers": [{"path": [], "values": obj.object}],
		"complete": false,
		"place": [],
	}
]

_releases := [install |
	some obj in k8s.of_kind("HelmRelease")
	spec := obj.object.spec
	is_object(spec)
	install := {
		"obj": obj,
		"is_file": false,
		"charts": _names(spec, [["chart", "spec", "chart"], ["chart", "name"], ["chartRef", "name"]]),
		"layers": [{"path": ["spec", "values"], "values": object.get(spec, "values", null)}],
		"complete": _is_complete(obj, spec, ["valuesFrom"]),
		"place": ["spec", "values"],
	}
]

_applications := [install |
	some obj in k8s.of_kind("Application")
	k8s.group(obj.object.apiVersion) == "argoproj.io"
	some [path, source] in array.concat(
		[[["spec", "source"], object.get(obj.object, ["spec", "source"], null)]],
		[[["spec", "sources", index], source] | some index, source in k8s.items_at(obj.object, ["spec", "sources"])],
	)
	is_object(source)
	helm := _object(object.get(source, "helm", {}))
	install := {
		"obj": obj,
		"is_file": false,
		"charts": _names(source, [["chart"], ["path"]]),
		"layers": [{"path": array.concat(path, ["helm", field]), "values": object.get(helm, field, null)} |
			some field in ["values", "valuesObject", "parameters"]
		],
		"complete": _is_complete(obj, helm, ["valueFiles", "fileParameters"]),
		"place": array.concat(path, ["helm", "valuesObject"]),
	}
]

_k3s := [install |
	some obj in k8s.of_kind("HelmChart")
	k8s.group(obj.object.apiVersion) == "helm.cattle.io"
	spec := obj.object.spec
	is_object(spec)
	install := {
		"obj": obj,
		"is_file": false,
		"charts": _names(spec, [["chart"]]),
		"layers": [{"path": ["spec", field], "values": object.get(spec, field, null)} | some field in ["valuesContent", "set"]],
		"complete": _is_complete(obj, spec, ["valuesSecrets"]),
		"place": ["spec", "valuesContent"],
	}
]

_kustomizations := [install |
	some obj in k8s.of_kind("Kustomization")
	some index, chart in k8s.items_at(obj.object, ["helmCharts"])
	is_object(chart)
	place := ["helmCharts", index, "valuesInline"]
	install := {
		"obj": obj,
		"is_file": false,
		"charts": _names(chart, [["name"]]),
		"layers": [{"path": place, "values": object.get(chart, "valuesInline", null)}],
		"complete": _is_complete(obj, chart, ["valuesFile", "additionalValuesFiles"]),
		"place": place,
	}
]

_names(holder, paths) := [name |
	some path in paths
	name := object.get(holder, path, null)
	is_string(name)
]

_object(value) := value if is_object(value)

_object(value) := {} if not is_object(value)

default _is_complete(_, _, _) := false

_is_complete(obj, holder, others) if {
	not obj.partial
	count([1 | some other in others; not object.get(holder, other, null) in {null, "", []}]) == 0
}

# METADATA
# description: |
#   The installation's value at `path`, keys of its chart, as `{value, path}`; undefined where it is not set.
#   A text is read by line, since it may be anything at all: keys in it are found where they are indented by
#   two or by four.
value(install, path) := found[count(found) - 1] if {
	found := [entry | some layer in install.layers; entry := _in_layer(layer, path)]
	count(found) > 0
}

_in_layer(layer, path) := {"value": set, "path": array.concat(layer.path, path)} if {
	is_object(layer.values)
	set := object.get(layer.values, path, null)
	set != null
} else := {"value": set, "path": layer.path} if {
	is_string(layer.values)
	set := [match[1] |
		some width in ["  ", "    "]
		some match in regex.find_all_string_submatch_n(_pattern(path, width), layer.values, 1)
	][0]
} else := found[count(found) - 1] if {
	is_array(layer.values)
	found := [{"value": parameter.value, "path": array.concat(layer.path, [index, "value"])} |
		some index, parameter in layer.values
		parameter.name == concat(".", path)
	]
}

# Each key on a line of its own, with nothing between it and the one above it that is indented less.
_pattern(path, width) := concat("", array.concat(
	["(?:^|\n)"],
	[step |
		some index, key in path
		before := {
			true: "",
			false: concat("", ["[ \t]*(?:#[^\n]*)?(?:\n(?:", _times(width, index), "[^\n]*|[ \t]*(?:#[^\n]*)?))*?\n"]),
		}[index == 0]
		after := {true: `[ \t]*["']?([^\s"'#]+)`, false: ""}[index == (count(path) - 1)]
		step := concat("", [before, _times(width, index), key, ":", after])
	],
))

_times(width, times) := concat("", [width | some _ in numbers.range(1, times)]) if times > 0

_times(_, 0) := ""

# METADATA
# description: "The texts in an installation's values, as `{text, path}`."
texts(install) := array.concat(
	[{"text": layer.values, "path": layer.path} |
		some layer in install.layers
		is_string(layer.values)
	],
	[{"text": text, "path": array.concat(layer.path, path)} |
		some layer in install.layers
		not is_string(layer.values)
		walk(layer.values, [path, text])
		is_string(text)
	],
)

# METADATA
# description: |
#   What an installation hands to charts below its own whose name matches `pattern`, as installations of them.
nested(install, pattern) := [{
	"obj": install.obj,
	"is_file": false,
	"charts": [path[count(path) - 1]],
	"layers": [{"path": array.concat(layer.path, path), "values": block}],
	"complete": false,
	"place": [],
} |
	some layer in install.layers
	is_object(layer.values)
	walk(layer.values, [path, block])
	is_object(block)
	is_string(path[count(path) - 1])
	regex.match(pattern, path[count(path) - 1])
	not block.enabled == false
]
