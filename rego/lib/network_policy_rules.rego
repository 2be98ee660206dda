# METADATA
# title: What network policies let through, whoever enforces them
# description: |
#   The rules of NetworkPolicies, of Cilium's, Calico's and the cluster-wide ones of the network policy API, in
#   one form. A rule is `{"obj", "direction", "path", "is_open", "peers", "ports", "after_deny"}`:
#
#   - `is_open`: no peer is named, so that any is meant.
#   - `peers`: `{"type", "path"}` with the type `pods-of-all-namespaces`, `all-pods`, `entity` (with `name`) or
#     `range` (with `range`, `except`). Peers that are narrower are left out.
#   - `ports`: null for all, else a list of `{"from", "to", "path"}`, where named ports have their name as both.
#   - `after_deny`: Calico reads rules in order, and one before this denies something.
package portcullis.lib.network_policy_rules

import data.portcullis.lib.k8s
import data.portcullis.lib.label_selectors
import data.portcullis.lib.network_policy_calico as calico
import data.portcullis.lib.network_policy_cilium as cilium

# METADATA
# description: The rules of all policies that are being judged.
rules := array.concat(array.concat(_standard, _admin), array.concat(cilium.rules, calico.rules))

_directions := {"ingress": "from", "egress": "to"}

_standard := [rule |
	some obj in k8s.of_kind("NetworkPolicy")
	k8s.group(obj.object.apiVersion) in {"networking.k8s.io", "extensions"}
	some direction, key in _directions
	some index, entry in k8s.items_at(obj.object, ["spec", direction])
	is_object(entry)
	path := ["spec", direction, index]
	peers := k8s.items_at(entry, [key])
	rule := {
		"obj": obj,
		"direction": direction,
		"path": path,
		"is_open": count(peers) == 0,
		"peers": [found | some at, peer in peers; some found in _standard_peers(peer, array.concat(path, [key, at]))],
		"ports": _ports_or_all([port | some at, each in k8s.items_at(entry, ["ports"]); port := _standard_port(each, array.concat(path, ["ports", at]))]),
		"after_deny": false,
	}
]

_ports_or_all(ports) := null if count(ports) == 0

_ports_or_all(ports) := ports if count(ports) > 0

_standard_peers(peer, path) := [found] if {
	range := peer.ipBlock.cidr
	is_string(range)
	found := {
		"type": "range",
		"range": range,
		"except": k8s.items_at(peer, ["ipBlock", "except"]),
		"path": array.concat(path, ["ipBlock", "cidr"]),
	}
} else := _pods(peer, path)

_pods(peer, path) := [{"type": "all-pods", "path": array.concat(path, ["namespaceSelector"])}] if {
	label_selectors.is_empty(peer.namespaceSelector)
	label_selectors.is_empty(peer.podSelector)
} else := [{"type": "pods-of-all-namespaces", "path": array.concat(path, ["namespaceSelector"])}] if {
	label_selectors.is_empty(peer.namespaceSelector)
	object.get(peer, "podSelector", null) == null
} else := []

_standard_port(port, path) := {"from": from, "to": to, "path": array.concat(path, ["endPort"])} if {
	from := port.port
	from != null
	to := object.get(port, "endPort", from)
} else := {"from": 0, "to": 65535, "path": path} if {
	is_object(port)
}

# AdminNetworkPolicy, BaselineAdminNetworkPolicy and what becomes of both, ClusterNetworkPolicy.
_admin := [rule |
	some kind in ["AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "ClusterNetworkPolicy"]
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == "policy.networking.k8s.io"
	some direction, key in _directions
	some index, entry in k8s.items_at(obj.object, ["spec", direction])
	entry.action in {"Allow", "Accept"}
	path := ["spec", direction, index]
	rule := {
		"obj": obj,
		"direction": direction,
		"path": path,
		"is_open": false,
		"peers": [found | some at, peer in k8s.items_at(entry, [key]); some found in _admin_peers(peer, array.concat(path, [key, at]))],
		"ports": _ports_or_all([port | some at, each in k8s.items_at(entry, ["ports"]); port := _admin_port(each, array.concat(path, ["ports", at]))]),
		"after_deny": false,
	}
]

_admin_peers(peer, path) := [{"type": "pods-of-all-namespaces", "path": array.concat(path, ["namespaces"])}] if {
	label_selectors.is_empty(peer.namespaces)
} else := _pods(peer.pods, array.concat(path, ["pods"])) if {
	is_object(peer.pods)
} else := [{"type": "range", "range": range, "except": [], "path": array.concat(path, ["networks", index])} |
	some index, range in k8s.items_at(peer, ["networks"])
	is_string(range)
]

_admin_port(port, path) := {"from": number, "to": number, "path": path} if {
	number := port.portNumber.port
} else := {"from": port.portRange.start, "to": port.portRange.end, "path": array.concat(path, ["portRange", "end"])} if {
	is_object(port.portRange)
} else := {"from": name, "to": name, "path": path} if {
	name := object.get(port, "namedPort", "")
}

# METADATA
# description: Whether a rule lets traffic to a port through.
allows(rule, _) if rule.ports == null

allows(rule, number) if {
	some port in rule.ports
	_within(number, port)
}

_within(number, port) if {
	is_number(port.from)
	is_number(port.to)
	port.from <= number
	number <= port.to
}

# What is called so may be served at any number; most serve it at that.
_within(80, port) if port.from == "http"

# METADATA
# description: Whether a rule is limited to some ports, given as numbers and names.
is_limited_to(rule, names) if {
	is_array(rule.ports)
	every port in rule.ports {
		port.from == port.to
		port.from in names
	}
}
