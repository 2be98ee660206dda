# METADATA
# title: Fields that GitOps controllers are told to leave as they are in the cluster
# description: |
#   Argo CD's `ignoreDifferences` of Applications and of `argocd-cm`, and Flux's rules of the same kind in
#   Kustomizations and HelmReleases.
# related_resources:
#   - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/
#   - ref: https://fluxcd.io/flux/components/helm/helmreleases/#ignore-rules
package portcullis.lib.drift_ignores

import data.portcullis.lib.k8s

# METADATA
# description: |
#   What is ignored, as `{obj, path, kind, name, steps}`: the place that says so, the kind (`*` for any) and
#   name (empty for any) of the objects, and the steps to the field in them, none for the whole object.
fields := [{"obj": entry.obj, "path": array.concat(entry.path, more), "kind": kind, "name": name, "steps": steps} |
	some entry in _entries
	kind := _text(object.get(entry.target, "kind", ""), "*")
	name := _text(object.get(entry.target, "name", ""), "")
	some [more, steps] in _fields_of(entry)
]

# METADATA
# description: |
#   The managers of fields whose changes are ignored, as `{obj, path, kind, manager}`.
managers := [{"obj": entry.obj, "path": array.concat(entry.path, more), "kind": kind, "manager": manager} |
	some entry in _entries
	kind := _text(object.get(entry.target, "kind", ""), "*")
	some index, manager in k8s.items_at(entry.rule, ["managedFieldsManagers"])
	is_string(manager)
	more := [place | some place in ["managedFieldsManagers", index]; entry.structured]
]

_entries := array.flatten([_of_applications, _of_settings, _of_flux])

_templates := {"Application": ["spec"], "ApplicationSet": ["spec", "template", "spec"]}

_of_applications := [{"obj": obj, "path": path, "rule": rule, "target": rule, "structured": true} |
	some kind, place in _templates
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == "argoproj.io"
	some index, rule in k8s.items_at(obj.object, array.concat(place, ["ignoreDifferences"]))
	is_object(rule)
	path := array.concat(place, ["ignoreDifferences", index])
]

_prefix := "resource.customizations.ignoreDifferences."

# `….<group>_<kind>`, or `….all`.
_of_settings := [entry |
	some obj in k8s.of_kind("ConfigMap")
	obj.name == "argocd-cm"
	some key, text in obj.object.data
	startswith(key, _prefix)
	is_string(text)
	yaml.is_valid(text)
	rule := yaml.unmarshal(text)
	is_object(rule)
	parts := split(trim_prefix(key, _prefix), "_")
	entry := {
		"obj": obj,
		"path": ["data", key],
		"rule": rule,
		"target": {"kind": trim_prefix(parts[count(parts) - 1], "all")},
		"structured": false,
	}
]

_rules_of_flux := {
	"Kustomization": ["kustomize.toolkit.fluxcd.io", ["spec", "ignore"]],
	"HelmRelease": ["helm.toolkit.fluxcd.io", ["spec", "driftDetection", "ignore"]],
}

_of_flux := [{"obj": obj, "path": array.concat(place, [index]), "rule": rule, "target": target, "structured": true} |
	some kind, [group, place] in _rules_of_flux
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == group
	some index, rule in k8s.items_at(obj.object, place)
	is_object(rule)
	target := _target(object.get(rule, "target", {}))
]

_target(value) := value if is_object(value)

_target(value) := {} if not is_object(value)

_lists := {"jsonPointers", "jqPathExpressions", "paths"}

_fields_of(entry) := [[place, _steps(list, text)] |
	some list in _lists
	some index, text in k8s.items_at(entry.rule, [list])
	is_string(text)
	place := [step | some step in [list, index]; entry.structured]
]

# The steps of an expression of jq are told apart roughly: `.webhooks[]?.clientConfig["caBundle"]`.
_steps("jqPathExpressions", text) := [step | some step in regex.split(`[^A-Za-z0-9_-]+`, text); step != ""]

_steps(list, text) := [step | some step in split(text, "/"); step != ""] if list != "jqPathExpressions"

_text(value, _) := value if _is_text(value)

_text(value, fallback) := fallback if not _is_text(value)

_is_text(value) if {
	is_string(value)
	value != ""
}
