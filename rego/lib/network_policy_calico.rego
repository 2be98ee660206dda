# METADATA
# title: Calico's network policies
package portcullis.lib.network_policy_calico

import data.portcullis.lib.k8s

# METADATA
# description: Whether a policy of the kind NetworkPolicy or GlobalNetworkPolicy is Calico's.
owns(obj) if k8s.group(obj.object.apiVersion) in {"crd.projectcalico.org", "projectcalico.org"}

_judged := [obj |
	some kind in ["NetworkPolicy", "GlobalNetworkPolicy"]
	some obj in k8s.of_kind(kind)
	owns(obj)
]

# METADATA
# description: The rules of the policies that are being judged, in the form of `network_policy_rules`.
rules := [rule |
	some obj in _judged
	some direction, side in {"ingress": "source", "egress": "destination"}
	entries := k8s.items_at(obj.object, ["spec", direction])
	some index, each in entries
	each.action == "Allow"
	path := ["spec", direction, index]
	peer := _object(object.get(each, side, null))
	rule := {
		"obj": obj,
		"direction": direction,
		"path": path,
		"is_open": _is_open(each, peer),
		"peers": _peers(peer, array.concat(path, [side])),
		"ports": _ports(each, path),
		"after_deny": _denies(array.slice(entries, 0, index)),
	}
]

_object(value) := value if is_object(value)

_object(value) := {} if not is_object(value)

_is_open(rule, peer) if {
	not object.get(rule, "protocol", "") in {"ICMP", "ICMPv6"}
	every field in _fields {
		object.get(peer, field, null) in {null, ""}
	}
} else := false

_fields := ["nets", "notNets", "selector", "notSelector", "namespaceSelector", "serviceAccounts", "services", "domains"]

_denies(rules) if {
	some rule in rules
	rule.action == "Deny"
} else := false

_peers(peer, path) := array.concat(
	[{"type": "range", "range": range, "except": k8s.items_at(peer, ["notNets"]), "path": array.concat(path, ["nets", index])} |
		some index, range in k8s.items_at(peer, ["nets"])
		is_string(range)
	],
	_pods(peer, path),
)

_pods(peer, path) := [{"type": type, "path": array.concat(path, ["namespaceSelector"])}] if {
	is_all(peer.namespaceSelector)
	object.get(peer, "serviceAccounts", null) == null
	selector := object.get(peer, "selector", "")
	type := {true: "pods-of-all-namespaces", false: "all-pods"}[selector == ""]
	_selects_all(selector)
} else := []

_selects_all("")

_selects_all(selector) if is_all(selector)

# METADATA
# description: Whether a selector is Calico's word for everything.
is_all(selector) if {
	is_string(selector)
	replace(selector, " ", "") == "all()"
}

_ports(rule, path) := [port |
	some index, each in ports
	port := _port(each, array.concat(path, ["destination", "ports", index]))
] if {
	ports := k8s.items_at(rule, ["destination", "ports"])
	count(ports) > 0
} else := null

_port(text, path) := {"from": to_number(parts[0]), "to": to_number(parts[1]), "path": path} if {
	is_string(text)
	regex.match(`^[0-9]+:[0-9]+$`, text)
	parts := split(text, ":")
} else := {"from": to_number(text), "to": to_number(text), "path": path} if {
	is_string(text)
	regex.match(`^[0-9]+$`, text)
} else := {"from": text, "to": text, "path": path}

# METADATA
# description: |
#   The label selector of a policy's spec, as far as it is a list of `key == 'value'`, `has(key)` and their like;
#   null for what is more than that.
selector_of(spec) := null if {
	is_string(spec.namespaceSelector)
	not _selects_all(spec.namespaceSelector)
} else := {} if {
	_selects_all(object.get(spec, "selector", ""))
} else := {"matchExpressions": [_expression(part) | some part in parts]} if {
	is_string(spec.selector)
	parts := split(spec.selector, "&&")
	every part in parts {
		_expression(part)
	}
} else := null

_expression(text) := {"key": found[1], "operator": _operators[found[2]], "values": [found[3]]} if {
	found := regex.find_all_string_submatch_n(`^\s*([A-Za-z0-9_./-]+)\s*(==|!=)\s*['"]([^'"]*)['"]\s*$`, text, 1)[0]
} else := {"key": found[1], "operator": "Exists"} if {
	found := regex.find_all_string_submatch_n(`^\s*has\(([A-Za-z0-9_./-]+)\)\s*$`, text, 1)[0]
}

_operators := {"==": "In", "!=": "NotIn"}
