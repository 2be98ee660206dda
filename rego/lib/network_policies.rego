# METADATA
# title: Which pods network policies isolate
# description: |
#   The policies of the set, whoever enforces them, by the pods that they select. A policy is `{"obj", "kind",
#   "namespaces", "selector", "directions", "open"}`: `kind` with its group, as `group/Kind`; `namespaces` the
#   one it is for (`default` where none is written down), or `*`; `selector` a label selector, or null where it is more than can be read here, which
#   then counts as selecting every pod; `directions` those in which it isolates; `open`
#   those in which a rule lets everything through. Policies are found by one of their labels, so that a pod is compared with few.
package portcullis.lib.network_policies

import data.portcullis.lib.k8s
import data.portcullis.lib.label_selectors
import data.portcullis.lib.network_policy_calico as calico
import data.portcullis.lib.network_policy_cilium as cilium

# METADATA
# description: All policies of the set, also those outside of the judged unit.
policies := array.concat(array.concat(_standard, _admin), array.concat(_cilium, _calico))

# METADATA
# description: The kinds of all policies of the set, as `group/Kind`.
kinds := {policy.kind | some policy in policies}

# METADATA
# description: Whether the set has a policy that may be for pods of the namespace.
has_any(namespace) if k8s.named_namespace(namespace) in _namespaces

has_any(_) if "*" in _namespaces

_namespaces := {policy.namespaces | some policy in policies}

# METADATA
# description: |
#   The directions (`ingress`, `egress`) in which some policy of one of `kinds` isolates the pods that have
#   `labels` in `namespace`.
isolates(namespace, labels, kinds) := {direction |
	some [kind, direction, _] in _for_everyone(namespace)
	kind in kinds
} | union({policy.directions | some policy in selecting(namespace, labels, kinds)})

# METADATA
# description: |
#   The directions in which policies of one of `kinds` isolate every pod of `namespace`, apart from what they
#   let through everywhere.
isolates_all(namespace, kinds) := {direction |
	some [kind, direction, false] in _for_everyone(namespace)
	kind in kinds
}

# METADATA
# description: |
#   The policies of one of `kinds` that select the pods that have `labels` in `namespace`; not those that select
#   every pod.
selecting(namespace, labels, kinds) := [policy |
	marks := object.union({"io.kubernetes.pod.namespace": namespace}, labels)
	some index in _candidates(k8s.named_namespace(namespace), marks)
	policy := policies[index]
	policy.kind in kinds
	label_selectors.matches(policy.selector, marks)
]

_for_everyone(namespace) := object.get(_everyone, k8s.named_namespace(namespace), set()) | object.get(_everyone, "*", set())

_everyone := {scope: found | some scope, found in _directions_for_everyone}

_directions_for_everyone[policy.namespaces] contains [policy.kind, direction, direction in policy.open] if {
	some policy in policies
	_selects_all(policy)
	some direction in policy.directions
}

_selects_all(policy) if label_selectors.is_empty(policy.selector)

# What the selector leaves out may be meant to be left out.
_selects_all(policy) if policy.selector == null

_candidates(namespace, labels) := {index |
	some scope in [namespace, "*"]
	some index in object.get(_by_mark, [[scope]], set())
} | {index |
	some scope in [namespace, "*"]
	some key, value in labels
	some mark in [[scope, key], [scope, key, value]]
	some index in object.get(_by_mark, [mark], set())
}

_by_mark := {mark: indices | some mark, indices in _marked}

_marked[array.concat([policy.namespaces], _mark(policy.selector))] contains index if {
	some index, policy in policies
	not _selects_all(policy)
}

# What a pod has to have at least to be selected: a label, one with that key, or nothing in particular.
_mark(selector) := [key, object.get(pairs, key, null)] if {
	pairs := label_selectors.pairs(selector)
	count(pairs) > 0
	key := min(object.keys(pairs))
} else := [keys[0]] if {
	keys := [expression.key |
		some expression in label_selectors.expressions(selector)
		expression.operator in {"In", "Exists"}
	]
	count(keys) > 0
} else := []

_kind(obj) := concat("/", [k8s.group(obj.object.apiVersion), obj.object.kind])

_standard := [policy |
	some obj in k8s.known_of_kind("NetworkPolicy")
	not obj.partial
	k8s.group(obj.object.apiVersion) in {"networking.k8s.io", "extensions"}
	spec := obj.object.spec
	is_object(spec)
	policy := {
		"obj": obj,
		"kind": replace(_kind(obj), "extensions/", "networking.k8s.io/"),
		"namespaces": k8s.named_namespace(obj.namespace),
		"selector": _selector(object.get(spec, "podSelector", {})),
		"directions": _types(spec, "policyTypes"),
		"open": {direction | some direction in ["ingress", "egress"]; {} in k8s.items_at(spec, [direction])},
	}
]

_selector(value) := value if is_object(value)

_selector(value) := {} if not is_object(value)

# Without types, ingress is meant, and egress where there are rules for it.
_types(spec, field) := {lower(type) | some type in types; is_string(type)} if {
	types := spec[field]
	is_array(types)
	count(types) > 0
} else := {"ingress", "egress"} if {
	count(k8s.items_at(spec, ["egress"])) > 0
} else := {"ingress"}

# These isolate by what they deny.
_admin := [policy |
	some kind in ["AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "ClusterNetworkPolicy"]
	some obj in k8s.known_of_kind(kind)
	k8s.group(obj.object.apiVersion) == "policy.networking.k8s.io"
	spec := obj.object.spec
	policy := {
		"obj": obj,
		"kind": _kind(obj),
		"namespaces": "*",
		"selector": _admin_selector(object.get(spec, "subject", {})),
		"directions": {direction |
			some direction in ["ingress", "egress"]
			some rule in k8s.items_at(spec, [direction])
			rule.action == "Deny"
		},
		"open": set(),
	}
]

_admin_selector(subject) := {} if {
	label_selectors.is_empty(subject.namespaces)
} else := _selector(subject.pods.podSelector) if {
	label_selectors.is_empty(subject.pods.namespaceSelector)
} else := null

_cilium := [policy |
	some kind in ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"]
	some entry in cilium.specs(k8s.known_of_kind(kind))
	policy := {
		"obj": entry.obj,
		"kind": _kind(entry.obj),
		"namespaces": {true: k8s.named_namespace(entry.obj.namespace), false: "*"}[kind == "CiliumNetworkPolicy"],
		"selector": cilium.selector(entry.spec),
		"directions": cilium.directions(entry.spec),
		"open": set(),
	}
]

_calico := [policy |
	some kind in ["NetworkPolicy", "GlobalNetworkPolicy"]
	some obj in k8s.known_of_kind(kind)
	calico.owns(obj)
	spec := obj.object.spec
	policy := {
		"obj": obj,
		"kind": _kind(obj),
		"namespaces": {true: k8s.named_namespace(obj.namespace), false: "*"}[kind == "NetworkPolicy"],
		"selector": calico.selector_of(spec),
		"directions": _types(spec, "types"),
		"open": set(),
	}
]
