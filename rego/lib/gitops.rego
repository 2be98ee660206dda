# METADATA
# title: Where GitOps and Kustomize objects hold settings for others
# description: |
#   Values, parameters and patches that stand in one object and end up in others: those of Argo CD, Flux,
#   the Helm controller of k3s, Kustomize and Crossplane.
package portcullis.lib.gitops

import data.portcullis.lib.chart_sources
import data.portcullis.lib.evidence
import data.portcullis.lib.k8s

# METADATA
# description: |
#   The credentials that stand in such a place, as `{obj, item, place}`, but for those in lists of variables,
#   commands and annotations. `more` are further places: `{group, kind, path}`.
credentials(more) := [entry |
	some entry in evidence.in_place("elsewhere")
	is_embedded(entry.obj, entry.item.path, more)
]

# METADATA
# description: Whether a path of an object leads into such a place; `more` as in `credentials`.
is_embedded(obj, path, _) if {
	some pattern in object.get(_places, [k8s.group(obj.object.apiVersion), obj.object.kind], [])
	leads_into(pattern, path)
}

is_embedded(obj, path, more) if {
	some place in k8s.list(more)
	place.group == k8s.group(obj.object.apiVersion)
	place.kind == obj.object.kind
	leads_into(split(place.path, "."), path)
}

# METADATA
# description: Whether `path` starts with the steps of `pattern`, in which `*` stands for any step.
leads_into(pattern, path) if {
	count(pattern) <= count(path)
	every index, step in pattern {
		step in {"*", path[index]}
	}
}

# METADATA
# description: |
#   Whether the word under `name` names a Secret or an entry of one, and is no guessable password. What
#   stands next to it in a text is not known here: `secretKey: password` is taken for a name there.
names_an_entry(entry, name) if {
	chart_sources.names_an_entry(entry.item, array.concat(entry.item.path, split(name, ".")))
}

names_an_entry(entry, _) if chart_sources.is_entry_beside_name(entry.obj, entry.item)

names_an_entry(entry, name) if {
	entry.item.class == "weak"
	regex.match(`(?i)(key|token)[-_]?secrets?$`, name)
}

names_an_entry(entry, name) if {
	entry.item.class == "weak"
	entry.item.context == "nested"
	regex.match(`(?i)secret[-_]?key$`, name)
}

_places := {
	"argoproj.io": {
		"Application": [array.concat(source, [tool]) |
			some source in [["spec", "source"], ["spec", "sources", "*"], ["spec", "sourceHydrator", "drySource"]]
			some tool in ["helm", "kustomize", "plugin"]
		],
		"ApplicationSet": [["spec", "template"], ["spec", "generators"], ["spec", "templatePatch"]],
	},
	"helm.toolkit.fluxcd.io": {"HelmRelease": [["spec", "values"], ["spec", "postRenderers"]]},
	"kustomize.toolkit.fluxcd.io": {"Kustomization": [
		["spec", "postBuild", "substitute"],
		["spec", "patches"],
		["spec", "patchesStrategicMerge"],
		["spec", "patchesJson6902"],
	]},
	"helm.cattle.io": {
		"HelmChart": _helm_controller,
		"HelmChartConfig": _helm_controller,
	},
	"kustomize.config.k8s.io": {
		"Kustomization": _kustomize,
		"Component": _kustomize,
	},
	"apiextensions.crossplane.io": {"Composition": [["spec"]]},
}

_helm_controller := [["spec", "valuesContent"], ["spec", "values"], ["spec", "set"]]

_kustomize := [
	["patches"],
	["patchesStrategicMerge"],
	["patchesJson6902"],
	["replacements"],
	["helmCharts"],
	["helmChartInflationGenerator"],
]
