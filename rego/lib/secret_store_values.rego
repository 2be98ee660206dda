# METADATA
# title: Values of charts that put a secret store onto the internet
# description: |
#   Those of the charts of Vault and OpenBao, where they are installed: HelmReleases, Argo CD Applications, k3s
#   HelmCharts, kustomizations, and values files of charts that depend on them.
package portcullis.lib.secret_store_values

import data.portcullis.lib.k8s

# METADATA
# description: |
#   Settings by which the chart makes a Service that is reachable from outside, as a list of `{"obj", "path",
#   "setting"}`. In a values file that is a text, the path leads to the text.
exposing := [found |
	some [obj, path, values] in _blocks
	some [keys, type] in _service_types(values)
	type in {"LoadBalancer", "NodePort"}
	found := {"obj": obj, "path": _place(obj, path, keys), "setting": concat("", [concat(".", keys), ": ", type])}
]

_service_types(values) := {[["ui", "serviceType"], values.ui.serviceType] |
	values.ui.enabled == true
} | {[["server", "service", "type"], values.server.service.type] |
	object.get(values, ["server", "service", "enabled"], true) == true
}

# What stands in a text has no path of its own.
_place(obj, path, _) := path if is_string(object.get(obj.object, path, null))

_place(obj, path, keys) := array.concat(path, keys) if not is_string(object.get(obj.object, path, null))

_blocks := array.concat(_installed, _files)

_installed := [[install.obj, path, values] |
	some install in array.concat(array.concat(_releases, _applications), array.concat(_k3s, _kustomizations))
	is_string(install.chart)
	regex.match(`(^|/)(vault|openbao)/?$`, install.chart)
	some path in install.paths
	values := _parsed(object.get(install.obj.object, path, null))
]

_releases := [{"obj": obj, "chart": object.get(obj.object, ["spec", "chart", "spec", "chart"], null), "paths": [["spec", "values"]]} |
	some obj in k8s.of_kind("HelmRelease")
]

_applications := [{"obj": obj, "chart": object.get(source, "chart", null), "paths": paths} |
	some obj in k8s.of_kind("Application")
	k8s.group(obj.object.apiVersion) == "argoproj.io"
	some [place, source] in array.concat(
		[[["spec", "source"], object.get(obj.object, ["spec", "source"], null)]],
		[[["spec", "sources", index], source] | some index, source in k8s.items_at(obj.object, ["spec", "sources"])],
	)
	is_object(source)
	paths := [array.concat(place, ["helm", field]) | some field in ["valuesObject", "values"]]
]

_k3s := [{"obj": obj, "chart": object.get(obj.object, ["spec", "chart"], null), "paths": [["spec", "valuesContent"]]} |
	some obj in k8s.of_kind("HelmChart")
	k8s.group(obj.object.apiVersion) == "helm.cattle.io"
]

_kustomizations := [{"obj": obj, "chart": object.get(chart, "name", null), "paths": [["helmCharts", index, "valuesInline"]]} |
	some obj in k8s.of_kind("Kustomization")
	some index, chart in k8s.items_at(obj.object, ["helmCharts"])
]

# A block of a dependency is known by its name, the chart's own file by its other keys.
_files := [[obj, path, values] |
	some obj in k8s.of_kind("HelmValues")
	some path in [[], ["vault"], ["openbao"]]
	values := object.get(obj.object, path, null)
	is_object(values)
	_is_block(path, values)
]

_is_block([_], _)

_is_block([], values) if {
	is_object(values.injector)
	is_object(values.server)
}

_parsed(value) := value if is_object(value)

_parsed(value) := values if {
	is_string(value)
	yaml.is_valid(value)
	values := yaml.unmarshal(value)
	is_object(values)
}
