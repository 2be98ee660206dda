# METADATA
# title: Where charts are installed
# description: |
#   Values files, HelmReleases, Argo CD Applications, k3s HelmCharts and kustomizations, each as an installation
#   `{obj, charts, folders, layers, prefix, settled, place, file}`. `charts` are the names of what is installed, without
#   repository and folders, none for a values file; `folders` are those of paths that may lead to a chart or to
#   anything else. A later one of `layers` overrides those before it; each is
#   `{path, values, parameters, text, written}`: an object of values, parameters with dotted names, or, where
#   `text` says so, values as they are `written`. `settled` says that nothing but the object itself can set
#   values, `place` is where a missing value belongs, and `file` marks values files, of which nobody knows what
#   others add to them.
package portcullis.lib.chart_releases

import data.portcullis.lib.k8s

# METADATA
# description: Every installation in the objects that are judged.
all_of_them := array.flatten([_files, _releases, _applications, _k3s, _kustomizations])

_files := [{
	"obj": obj,
	"charts": set(),
	"folders": set(),
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
	"folders": set(),
	"layers": layers,
	"prefix": [],
	"settled": settled,
	"place": place,
	"file": false,
}

# `oci://registry.example.com/charts/vault`, `charts/vault/`, `hashicorp/vault`.
_name(text) := parts[count(parts) - 1] if parts := split(trim_right(text, "/"), "/")

_layer(path, content) := {"path": path, "values": content, "parameters": [], "text": false, "written": ""} if {
	is_object(content)
} else := {"path": path, "values": {}, "parameters": [], "text": true, "written": content} if {
	is_string(content)
} else := {"path": path, "values": {}, "parameters": parameters, "text": false, "written": ""} if {
	parameters := [{"name": one.name, "value": one.value, "path": array.concat(path, [index, "value"])} |
		some index, one in k8s.list(content)
		is_string(one.name)
	]
}

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
	install := object.union(
		_install(
			obj,
			[object.get(source, "chart", ""), _chart_path(source)],
			[_layer(array.flatten([path, "helm", field]), object.get(helm, field, null)) |
				some field in ["values", "valuesObject", "parameters"]
			],
			_is_settled(obj, helm, ["valueFiles", "fileParameters"]),
			array.concat(path, ["helm", "valuesObject"]),
		),
		{"folders": {_name(source.path) | is_string(source.path)}},
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
	"written": "",
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
