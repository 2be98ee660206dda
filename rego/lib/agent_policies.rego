# METADATA
# title: Network policies that limit where AI agents may connect to
# description: |
#   A policy is `{"obj", "selector", "rules"}`, one for each part of an object that limits egress: `selector` is
#   the label selector of pods, `null` where it is written in a way that is not read here, and `rules` is a list of
#   `{"path", "destinations", "ports"}`. A destination is `{"path", "cidr", "except"}`, where `cidr` may also be
#   `any` (wherever), `world` (anywhere outside of the cluster) or `api-server`; `ports` is a list of texts, empty
#   for all of them.
package portcullis.lib.agent_policies

import data.portcullis.lib.agent_policies_cni as cni
import data.portcullis.lib.agents
import data.portcullis.lib.k8s

# METADATA
# description: All policies, also those outside of the judged unit.
known := array.concat(_namespaced, _cluster_wide)

# METADATA
# description: The policies that may limit the egress of a pod of `agents.judged`, as indices into `known`.
of_pod(pod) := {index |
	some index in (object.get(_by_namespace, k8s.named_namespace(pod.obj.namespace), set()) | _everywhere)
	_covers(known[index], pod)
}

_everywhere := {index | some index, _ in known; index >= count(_namespaced)}

# METADATA
# description: Whether a policy selects a pod of `agents.judged` for certain.
selects(policy, pod) if matches(policy.selector, _labels(pod))

_covers(policy, _) if policy.selector == null

# kagent's controller adds labels.
_covers(_, pod) if agents.is_kagent(pod.obj)

_covers(policy, pod) if selects(policy, pod)

_labels(pod) := object.union_n([
	{"io.kubernetes.pod.namespace": pod.obj.namespace, "app.kubernetes.io/name": pod.obj.name},
	_object(object.get(pod.spec.metadata, "labels", null)),
	_object(object.get(pod.spec.spec, "labels", null)),
]) if {
	agents.is_kagent(pod.obj)
} else := object.union(
	{"io.kubernetes.pod.namespace": pod.obj.namespace},
	_object(object.get(pod.spec.metadata, "labels", null)),
)

_object(value) := value if is_object(value)

_object(value) := {} if not is_object(value)

# METADATA
# description: Whether a label selector, `matchExpressions` included, matches labels; one that is empty matches all.
matches(selector, labels) if {
	is_object(selector)
	every key, value in _object(object.get(selector, "matchLabels", null)) {
		labels[_plain(key)] == value
	}
	every expression in k8s.items_at(selector, ["matchExpressions"]) {
		_holds(expression, labels)
	}
}

# Cilium's keys tell where a label is from.
_plain(key) := trim_prefix(trim_prefix(key, "k8s:"), "any:")

_holds({"key": key, "operator": "Exists"}, labels) if _plain(key) in object.keys(labels)

_holds({"key": key, "operator": "DoesNotExist"}, labels) if not _plain(key) in object.keys(labels)

_holds({"key": key, "operator": "In", "values": values}, labels) if labels[_plain(key)] in k8s.list(values)

_holds({"key": key, "operator": "NotIn", "values": values}, labels) if {
	not object.get(labels, _plain(key), null) in k8s.list(values)
}

_by_namespace := {namespace: indices | some namespace, indices in _indices}

_indices[k8s.named_namespace(policy.obj.namespace)] contains index if some index, policy in _namespaced

_namespaced := array.concat(_kubernetes, array.concat(cni.cilium("CiliumNetworkPolicy"), cni.calico("NetworkPolicy")))

_cluster_wide := array.concat(
	array.concat(cni.cilium("CiliumClusterwideNetworkPolicy"), cni.calico("GlobalNetworkPolicy")),
	_of_administrators,
)

_kubernetes := [{"obj": obj, "selector": selector, "rules": kubernetes_rules(obj, ["spec", "egress"])} |
	some obj in k8s.known_of_kind("NetworkPolicy")
	k8s.group(obj.object.apiVersion) == "networking.k8s.io"
	_limits_egress(obj)
	selector := _object(object.get(obj.object, ["spec", "podSelector"], null))
]

_limits_egress(obj) if "Egress" in k8s.items_at(obj.object, ["spec", "policyTypes"])

_limits_egress(obj) if {
	count(k8s.items_at(obj.object, ["spec", "policyTypes"])) == 0
	is_array(obj.object.spec.egress)
}

# METADATA
# description: The rules of the list of egress rules at `path` of `obj`, in the words of Kubernetes' policies.
kubernetes_rules(obj, path) := [{
	"path": place,
	"destinations": _kubernetes_destinations(rule, place),
	"ports": [_port(port) | some port in k8s.items_at(rule, ["ports"])],
} |
	some index, rule in k8s.list(object.get(obj.object, path, null))
	place := array.concat(path, [index])
]

_kubernetes_destinations(rule, place) := [{"path": place, "cidr": "any", "except": []}] if {
	count(k8s.items_at(rule, ["to"])) == 0
} else := [{
	"path": array.concat(place, ["to", index, "ipBlock", "cidr"]),
	"cidr": cidr,
	"except": k8s.items_at(peer, ["ipBlock", "except"]),
} |
	some index, peer in k8s.items_at(rule, ["to"])
	cidr := object.get(peer, ["ipBlock", "cidr"], null)
	is_string(cidr)
]

_port(port) := text if {
	is_number(port.port)
	not port.endPort
	text := format_int(port.port, 10)
} else := port.port if {
	is_string(port.port)
} else := "range"

_of_administrators := [{"obj": obj, "selector": null, "rules": []} |
	some kind in ["AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "ClusterNetworkPolicy"]
	some obj in k8s.known_of_kind(kind)
	count(k8s.items_at(obj.object, ["spec", "egress"])) > 0
]

# METADATA
# description: |
#   Whether names of hosts decide in a pod's namespace, or a proxy: policies with `toFQDNs`, services that a mesh knows
#   outside of itself, gateways for egress.
has_named_egress(pod) if {
	some number in of_pod(pod)
	some [_, part] in cni.parts(known[number].obj)
	some rule in k8s.items_at(part, ["egress"])
	count(k8s.items_at(rule, ["toFQDNs"])) > 0
}

has_named_egress(pod) if {
	some kind in ["ServiceEntry", "Sidecar", "EgressGateway", "CiliumEgressGatewayPolicy"]
	some obj in k8s.known_of_kind(kind)
	obj.namespace in {"", pod.obj.namespace}
}
