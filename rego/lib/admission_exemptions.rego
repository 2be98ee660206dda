# METADATA
# title: Namespaces that admission policies leave out
package portcullis.lib.admission_exemptions

import data.portcullis.lib.admission_modes
import data.portcullis.lib.admission_scope
import data.portcullis.lib.k8s

# METADATA
# description: |
#   Namespaces that are left out, as `{obj, path, namespace, all}`; `all` says that every policy of an engine
#   leaves them out, not this one alone.
namespaces := array.flatten([_of_constraints, _of_config, _of_kyverno, _of_selectors, _of_conditions])

_excluded := ["spec", "match", "excludedNamespaces"]

_of_constraints := [{"obj": obj, "path": array.concat(_excluded, [index]), "namespace": namespace, "all": false} |
	some obj in input.objects
	k8s.group(obj.object.apiVersion) == "constraints.gatekeeper.sh"
	some index, namespace in k8s.items_at(obj.object, _excluded)
	is_string(namespace)
]

# Of the processes, only the webhook keeps anything out of the cluster.
_of_config := [{"obj": obj, "path": path, "namespace": namespace, "all": true} |
	some obj in k8s.of_kind("Config")
	k8s.group(obj.object.apiVersion) == "config.gatekeeper.sh"
	some index, entry in k8s.items_at(obj.object, ["spec", "match"])
	some process in k8s.items_at(entry, ["processes"])
	process in {"*", "webhook"}
	some at, namespace in k8s.items_at(entry, ["excludedNamespaces"])
	is_string(namespace)
	path := ["spec", "match", index, "excludedNamespaces", at]
]

# What also names or selects objects leaves out those alone.
_of_kyverno := [{"obj": obj, "path": path, "namespace": namespace, "all": false} |
	some obj in admission_modes.kyverno_policies
	some index, rule in k8s.items_at(obj.object, ["spec", "rules"])
	some [place, resources] in admission_scope.resources_in(rule, "exclude")
	count({key | some key in ["name", "names", "selector", "annotations"]; resources[key]}) == 0
	some at, namespace in k8s.items_at(resources, ["namespaces"])
	is_string(namespace)
	path := array.flatten(["spec", "rules", index, place, "namespaces", at])
]

_selected := array.flatten([
	[{"obj": obj, "path": array.concat(path, ["namespaceSelector"]), "all": true} |
		some [obj, path, _] in admission_scope.policy_webhooks
	],
	[{"obj": obj, "path": ["spec", "matchConstraints", "namespaceSelector"], "all": false} |
		some obj in admission_scope.cel
	],
	[{"obj": obj, "path": ["spec", "matchResources", "namespaceSelector"], "all": false} |
		some obj in admission_modes.bindings
	],
])

_of_selectors := [{"obj": entry.obj, "path": path, "namespace": namespace, "all": entry.all} |
	some entry in _selected
	place := array.concat(entry.path, ["matchExpressions"])
	some index, expression in k8s.items_at(entry.obj.object, place)
	expression.key == "kubernetes.io/metadata.name"
	expression.operator == "NotIn"
	some at, namespace in k8s.items_at(expression, ["values"])
	is_string(namespace)
	path := array.concat(place, [index, "values", at])
]

_conditional := array.concat(
	[{"obj": obj, "path": array.concat(path, ["matchConditions"]), "all": true} |
		some [obj, path, _] in admission_scope.policy_webhooks
	],
	[{"obj": obj, "path": ["spec", "matchConditions"], "all": false} | some obj in admission_scope.cel],
)

_compared := `\b(?:request|metadata)\.namespace\s*!=\s*["']([a-z0-9.-]+)["']`

_of_conditions := [{"obj": entry.obj, "path": path, "namespace": namespace, "all": entry.all} |
	some entry in _conditional
	some index, condition in k8s.items_at(entry.obj.object, entry.path)
	is_string(condition.expression)
	some [_, namespace] in regex.find_all_string_submatch_n(_compared, condition.expression, -1)
	path := array.concat(entry.path, [index, "expression"])
]

# METADATA
# description: |
#   Exceptions from Kyverno's policies for more than a named object, as `{obj, path, namespaces, wide}`: the
#   namespaces (none for all), and whether they are for everything in those.
exceptions := array.concat(
	[{"obj": obj, "path": path, "namespaces": namespaces, "wide": wide} |
		some obj in k8s.of_kind("PolicyException")
		k8s.group(obj.object.apiVersion) == "kyverno.io"
		some [place, resources] in admission_scope.resources_in(obj.object.spec, "match")
		namespaces := {name | some name in k8s.items_at(resources, ["namespaces"]); name != "*"}
		wide := _is_for_all(resources)
		_is_wide(wide, namespaces, resources)
		count({key | some key in ["selector", "annotations"]; resources[key]}) == 0
		path := array.concat(["spec"], place)
	],
	[{"obj": obj, "path": ["spec", "matchConditions"], "namespaces": set(), "wide": true} |
		some obj in k8s.of_kind("PolicyException")
		k8s.group(obj.object.apiVersion) == "policies.kyverno.io"
		is_object(obj.object.spec)
		not obj.partial
		count(k8s.items_at(obj.object, ["spec", "matchConditions"])) == 0
	],
)

_is_wide(true, _, _)

# A ClusterRole is in no namespace.
_is_wide(false, namespaces, resources) if {
	count(namespaces) == 0
	some kind in k8s.items_at(resources, ["kinds"])
	not kind in _without_namespace
}

_without_namespace := {
	"Namespace", "Node", "PersistentVolume", "ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition",
	"StorageClass", "IngressClass", "PriorityClass", "ValidatingWebhookConfiguration",
	"MutatingWebhookConfiguration",
}

_is_for_all(resources) := "*" in k8s.items_at(resources, ["names"]) if {
	count(k8s.items_at(resources, ["names"])) > 0
} else := true

# METADATA
# description: |
#   Labels by which a Namespace leaves itself out of an engine's policies, as `[object, path, severity]`.
ignored := {[obj, ["metadata", "labels", "admission.gatekeeper.sh/ignore"], "high"] |
	some obj in k8s.of_kind("Namespace")
	k8s.labels(obj)["admission.gatekeeper.sh/ignore"]
} | {[obj, ["metadata", "labels", key], "medium"] |
	some obj in k8s.of_kind("Namespace")
	some key, value in {"policy.sigstore.dev/exclude": "true", "policy.sigstore.dev/include": "false"}
	k8s.labels(obj)[key] == value
}
