# METADATA
# title: Whether GitOps controllers put back what is changed in the cluster
package portcullis.lib.drift_corrections

import data.portcullis.lib.k8s

# METADATA
# description: |
#   How much an ignored field (an entry of `drift_ignores.fields`) matters, as the rule's variant and its
#   severity; undefined for fields that say nothing about rights.
weight(entry) := ["rights-ignored", "high"] if {
	entry.name == ""
	entry.steps in object.get(_rights, entry.kind, [])
} else := ["field-ignored", "medium"] if {
	_is_whole(entry)
} else := ["field-ignored", "low"] if {
	entry.kind != "*"
	entry.steps[0] in _fields_of(entry.kind)
}

_rights := {
	"Role": [["rules"]],
	"RoleBinding": [["subjects"], ["roleRef"]],
	"ClusterRoleBinding": [["subjects"], ["roleRef"]],
}

_is_whole(entry) if count(entry.steps) == 0

_is_whole(entry) if {
	count(entry.steps) == 1
	entry.steps[0] in _fields_of(entry.kind)
}

_fields := {
	"Secret": {"data", "stringData"},
	"Role": {"rules"},
	"ClusterRole": {"rules", "aggregationRule"},
	"RoleBinding": {"subjects", "roleRef"},
	"ClusterRoleBinding": {"subjects", "roleRef"},
	"ValidatingWebhookConfiguration": {"webhooks"},
	"MutatingWebhookConfiguration": {"webhooks"},
	"*": {"data", "stringData", "rules", "subjects", "roleRef", "webhooks", "spec"},
}

_fields_of(kind) := object.get(_fields, kind, {"spec"})

# METADATA
# description: Whether controllers set an ignored field themselves, or make the whole object.
is_left_to_controllers(entry) if entry.steps[count(entry.steps) - 1] == "caBundle"

is_left_to_controllers(entry) if {
	entry.kind == "ClusterRole"
	entry.steps[0] == "rules"
	_is_aggregated(entry.name)
}

is_left_to_controllers(entry) if {
	entry.kind == "Secret"
	entry.name in _made
}

_is_aggregated(name) if name in {"admin", "edit", "view"}

_is_aggregated(name) if contains(name, "aggregat")

_is_aggregated(name) if name in _aggregated

_is_aggregated("") if count(_aggregated) > 0

# Comprehensions, since partial sets would be worked out anew for each lookup.
_aggregated := {obj.name |
	some obj in k8s.known_of_kind("ClusterRole")
	is_object(object.get(obj.object, "aggregationRule", null))
}

_made := {name |
	some obj in k8s.known_of_kind("ExternalSecret")
	some name in [object.get(obj.object, ["spec", "target", "name"], ""), obj.name]
	name != ""
}

# METADATA
# description: Flux's Kustomizations and HelmReleases.
flux := [obj |
	some kind, group in {"Kustomization": "kustomize.toolkit.fluxcd.io", "HelmRelease": "helm.toolkit.fluxcd.io"}
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == group
]

_flux_options := {
	["reconcile", "disabled"]: "medium",
	["ssa", "Ignore"]: "medium",
	["ssa", "IfNotPresent"]: "low",
}

# METADATA
# description: |
#   What an object says to keep controllers from correcting it, as `[path, option, severity]`. A Secret that
#   is created once or never pruned is so on purpose, as its content is not in Git.
options(obj) := {[["metadata", field, key], concat(": ", [key, value]), severity] |
	some field in ["annotations", "labels"]
	some [name, value], severity in _flux_options
	key := concat("/", ["kustomize.toolkit.fluxcd.io", name])
	object.get(obj.object, ["metadata", field, key], null) == value
	_applies(obj, severity)
} | {[["metadata", "annotations", key], option, "low"] |
	some name, option in {"sync-options": "Prune=false", "compare-options": "IgnoreExtraneous"}
	key := concat("/", ["argocd.argoproj.io", name])
	text := k8s.annotations(obj)[key]
	is_string(text)
	option in {trim_space(part) | some part in split(text, ",")}
	_applies(obj, "low")
}

_applies(_, "medium")

_applies(obj, "low") if obj.object.kind != "Secret"

_specs := {"Application": ["spec"], "ApplicationSet": ["spec", "template", "spec"]}

# METADATA
# description: |
#   What deploys a folder of this repository, as `{obj, kinds, missing}`: the kinds in the folder, and what is
#   not switched on, as `[variant, path]`.
deployers := array.concat(
	[{"obj": obj, "kinds": kinds, "missing": missing} |
		some kind, place in _specs
		some obj in k8s.of_kind(kind)
		k8s.group(obj.object.apiVersion) == "argoproj.io"
		not obj.partial
		spec := object.get(obj.object, place, null)
		is_object(spec)
		kinds := _deployed_by(spec)
		missing := {[variant, array.concat(place, path)] | some [variant, path] in _missing(spec)}
	],
	[{"obj": obj, "kinds": kinds, "missing": {["no-prune", ["spec", "prune"]]}} |
		some obj in flux
		obj.object.kind == "Kustomization"
		obj.object.spec.prune == false
		kinds := object.get(_deployed, _folder(object.get(obj.object, ["spec", "path"], "")), [])
	],
)

_deployed := object.get(input.facts, "deployed", {})

_deployed_by(spec) := {kind |
	some source in array.concat([object.get(spec, "source", null)], k8s.items_at(spec, ["sources"]))
	is_string(source.path)
	some kind in object.get(_deployed, _folder(source.path), [])
}

_folder(path) := concat("/", [step | some step in split(path, "/"); not step in {"", "."}]) if {
	is_string(path)
} else := ""

_automated := ["syncPolicy", "automated"]

_missing(spec) := {["no-self-heal", _automated]} if {
	not _is_automated(object.get(spec, _automated, null))
} else := {[variant, array.concat(_automated, [key])] |
	some key, variant in {"selfHeal": "no-self-heal", "prune": "no-prune"}
	object.get(spec, array.concat(_automated, [key]), false) != true
}

_is_automated(policy) if {
	is_object(policy)
	object.get(policy, "enabled", true) != false
}

# METADATA
# description: |
#   The variant that says what is wrong with the drift detection of a HelmRelease. What it leaves out may come
#   from a patch.
detection(obj) := "drift-detection-off" if {
	_mode(obj) == "disabled"
} else := "drift-detection-warns" if {
	_mode(obj) == "warn"
} else := "drift-detection-unset" if {
	k8s.group(obj.object.apiVersion) == "helm.toolkit.fluxcd.io"
	not obj.partial
	is_object(obj.object.spec)
	_mode(obj) == null
	not _is_patched
}

_mode(obj) := object.get(obj.object, ["spec", "driftDetection", "mode"], null) if {
	k8s.group(obj.object.apiVersion) == "helm.toolkit.fluxcd.io"
}

_is_patched if {
	some obj in k8s.known_of_kind("Kustomization")
	some path in [["patches"], ["spec", "patches"]]
	some patch in k8s.items_at(obj.object, path)
	is_string(patch.patch)
	contains(patch.patch, "driftDetection")
}

_is_patched if {
	some obj in k8s.known_of_kind("HelmRelease")
	obj.partial
	_mode(obj) != null
}
