# METADATA
# title: Values of the Secrets Store CSI driver's chart
# description: |
#   The values are searched where a chart is installed: values files, HelmReleases, Argo CD Applications,
#   k3s HelmCharts and kustomizations; those of the driver's own chart, and the block
#   `secrets-store-csi-driver` of a chart that depends on it.
package portcullis.lib.rotation_csi_values

import data.portcullis.lib.k8s

# METADATA
# description: The drivers that values configure, in the form of `rotation_csi`.
drivers := array.concat(_own, _nested)

_own := [driver |
	some install in _installs
	install.is_driver
	driver := {
		"obj": install.obj,
		"settings": object.union_n([_settings(layer) | some layer in install.layers]),
		"missing": install.missing,
	}
]

_nested := [driver |
	some install in _installs
	not install.is_driver
	settings := object.union_n([_settings(block) | some layer in install.layers; some block in _blocks(layer)])
	count(settings) > 0
	driver := {"obj": install.obj, "settings": settings, "missing": []}
]

# An installation is `{obj, is_driver, layers, missing}`. A layer is `{path, values}`, where `values` is
# an object, a text or a list of parameters; a later one overrides those before it.
_installs := array.flatten([_files, _releases, _applications, _k3s, _kustomizations])

# Of a values file on its own nobody knows what the other files say. The defaults of the driver's own
# chart are what it renders with, unless whoever installs it says otherwise.
_files := [install |
	some obj in k8s.of_kind("HelmValues")
	not endswith(obj.file, "secrets-store-csi-driver/values.yaml")
	named := object.keys(obj.object) & {"enableSecretRotation", "rotationPollInterval"}
	install := {
		"obj": obj,
		"is_driver": count(named) > 0,
		"layers": [{"path": [], "values": obj.object}],
		"missing": [],
	}
]

_releases := [install |
	some obj in k8s.of_kind("HelmRelease")
	spec := obj.object.spec
	install := {
		"obj": obj,
		"is_driver": _is_driver([
			object.get(spec, ["chart", "spec", "chart"], ""),
			object.get(spec, ["chart", "name"], ""),
			object.get(spec, ["chartRef", "name"], ""),
		]),
		"layers": [{"path": ["spec", "values"], "values": object.get(spec, "values", null)}],
		"missing": _missing(obj, spec, ["valuesFrom"], ["spec", "values"]),
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
	helm := object.get(source, "helm", {})
	install := {
		"obj": obj,
		"is_driver": _is_driver([object.get(source, "chart", ""), object.get(source, "path", "")]),
		"layers": [{"path": array.concat(path, ["helm", field]), "values": object.get(helm, field, null)} |
			some field in ["values", "valuesObject", "parameters"]
		],
		"missing": _missing(obj, helm, ["valueFiles", "fileParameters"], array.concat(path, ["helm", "valuesObject"])),
	}
]

_k3s := [install |
	some obj in k8s.of_kind("HelmChart")
	k8s.group(obj.object.apiVersion) == "helm.cattle.io"
	spec := obj.object.spec
	install := {
		"obj": obj,
		"is_driver": _is_driver([object.get(spec, "chart", "")]),
		"layers": [{"path": ["spec", field], "values": object.get(spec, field, null)} | some field in ["valuesContent", "set"]],
		"missing": _missing(obj, spec, ["valuesSecrets"], ["spec", "valuesContent"]),
	}
]

_kustomizations := [install |
	some obj in k8s.of_kind("Kustomization")
	some index, chart in k8s.list(object.get(obj.object, "helmCharts", null))
	install := {
		"obj": obj,
		"is_driver": _is_driver([object.get(chart, "name", "")]),
		"layers": [{"path": ["helmCharts", index, "valuesInline"], "values": object.get(chart, "valuesInline", null)}],
		"missing": _missing(obj, chart, ["valuesFile", "additionalValuesFiles"], ["helmCharts", index, "valuesInline"]),
	}
]

default _is_driver(_) := false

_is_driver(names) if {
	some name in names
	regex.match(`(^|/)secrets-store-csi-driver/?$`, name)
}

# Where the switch belongs, unless something else may set it: a file, another object, what is patched.
_missing(obj, holder, others, path) := array.concat(path, ["enableSecretRotation"]) if {
	not obj.partial
	count([1 | some other in others; count(object.get(holder, other, [])) > 0]) == 0
} else := []

_fields := {
	"rotation": ["enableSecretRotation"],
	"interval": ["rotationPollInterval"],
	"sync": ["syncSecret", "enabled"],
}

_settings(layer) := {name: {"value": value, "path": array.concat(layer.path, field)} |
	some name, field in _fields
	value := object.get(layer.values, field, null)
	value != null
} if {
	is_object(layer.values)
} else := {name: {"value": value, "path": layer.path} |
	# Read by line: a text may be anything at all, and only keys without indentation are the chart's.
	some name, field in _fields
	count(field) == 1
	pattern := concat("", [`(?:^|\n)`, field[0], `[ \t]*:[ \t]*["']?([^\s"'#]+)`])
	value := regex.find_all_string_submatch_n(pattern, layer.values, 1)[0][1]
} if {
	is_string(layer.values)
} else := {name: {"value": parameter.value, "path": array.concat(layer.path, [index, "value"])} |
	some name, field in _fields
	some index, parameter in k8s.list(layer.values)
	parameter.name == concat(".", field)
}

# The block may stand below the values of a chart that depends on one that depends on the driver.
_blocks(layer) := [{"path": array.concat(layer.path, path), "values": block} |
	walk(layer.values, [path, block])
	path[count(path) - 1] == "secrets-store-csi-driver"
	is_object(block)
	not block.install == false
	not block.enabled == false
]
