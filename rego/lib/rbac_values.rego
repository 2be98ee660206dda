# METADATA
# title: Policy rules that stand in the values of a chart
# description: |
#   Charts take policy rules as values (`rbac.extraRules`, `clusterRole.rules`) and put them into roles of
#   their own. Where the chart is here, it is judged as it renders; where a HelmRelease, an Application or a
#   kustomization installs one from elsewhere, the values are all there is to see.
package portcullis.lib.rbac_values

import data.portcullis.lib.k8s

# METADATA
# description: |
#   Such rules in the form of `rbac_entries`, with nobody who gets them. What the chart makes of them is not
#   known: a ClusterRole where the name of a value above says so, else a Role in the release's namespace.
entries := [entry |
	some [obj, place, namespace] in _places
	values := object.get(obj.object, place, null)
	walk(values, [path, rule])
	_is_policy_rule(path, rule)
	cluster := _is_for_cluster(path)
	entry := {
		"obj": object.union(obj, {"namespace": namespace}),
		"path": array.concat(place, path),
		"rule": rule,
		"source": {true: "values for a ClusterRole", false: "Role"}[cluster],
		"grants": [],
		"reach": "unbound",
		"cluster_scoped": cluster,
		"namespaces": {true: set(), false: {namespace}}[cluster],
	}
]

_places := array.flatten([_of_releases, _of_applications, _of_kustomizations])

_of_releases := [[obj, ["spec", "values"], namespace] |
	some obj in k8s.known_of_kind("HelmRelease")
	k8s.group(obj.object.apiVersion) == "helm.toolkit.fluxcd.io"
	namespace := _text(object.get(obj.object, ["spec", "targetNamespace"], null), obj.namespace)
]

_of_applications := [[obj, array.concat(path, ["helm", "valuesObject"]), namespace] |
	some obj in k8s.known_of_kind("Application")
	k8s.group(obj.object.apiVersion) == "argoproj.io"
	some path in array.concat(
		[["spec", "source"]],
		[["spec", "sources", index] | some index, _ in k8s.items_at(obj.object, ["spec", "sources"])],
	)
	namespace := _text(object.get(obj.object, ["spec", "destination", "namespace"], null), "")
]

_of_kustomizations := [[obj, ["helmCharts", index, "valuesInline"], namespace] |
	some obj in k8s.known_of_kind("Kustomization")
	k8s.group(obj.object.apiVersion) == "kustomize.config.k8s.io"
	some index, chart in k8s.items_at(obj.object, ["helmCharts"])
	is_object(chart)
	namespace := _text(object.get(chart, "namespace", null), obj.namespace)
]

_text(value, _) := value if is_string(value)

_text(value, fallback) := fallback if not is_string(value)

# What has this shape and stands in a list is read as a policy rule by every chart.
_is_policy_rule(path, rule) if {
	is_number(path[count(path) - 1])
	is_array(rule.verbs)
	is_array(rule.apiGroups)
	is_array(rule.resources)
}

_is_policy_rule(path, rule) if {
	is_number(path[count(path) - 1])
	is_array(rule.verbs)
	is_array(rule.nonResourceURLs)
}

_is_for_cluster(path) if {
	some step in path
	is_string(step)
	contains(lower(step), "cluster")
} else := false
