# METADATA
# title: Network policies of Cilium and Calico
# description: |
#   Those that limit egress, in the shape of `agent_policies`.
package portcullis.lib.agent_policies_cni

import data.portcullis.lib.k8s

# METADATA
# description: The policies of Cilium of a kind.
cilium(kind) := [{"obj": obj, "selector": selector, "rules": _cilium_rules(part, path)} |
	some obj in k8s.known_of_kind(kind)
	some [path, part] in parts(obj)
	is_array(object.get(part, "egress", null))
	not part.nodeSelector
	selector := _object(object.get(part, "endpointSelector", null))
]

# METADATA
# description: The specs of an object of Cilium, as a list of `[path, spec]`.
parts(obj) := array.concat(
	[[["spec"], obj.object.spec] | is_object(obj.object.spec)],
	[[["specs", index], part] | some index, part in k8s.items_at(obj.object, ["specs"]); is_object(part)],
)

_cilium_rules(part, path) := [{
	"path": place,
	"destinations": _cilium_destinations(rule, place),
	"ports": [text |
		some item in k8s.items_at(rule, ["toPorts"])
		some port in k8s.items_at(item, ["ports"])
		text := object.get(port, "port", "range")
		is_string(text)
	],
} |
	some index, rule in k8s.items_at(part, ["egress"])
	place := array.concat(path, ["egress", index])
]

# A rule that names no peer, but ports, allows them everywhere.
_cilium_destinations(rule, place) := [{"path": place, "cidr": "any", "except": []}] if {
	count(k8s.items_at(rule, ["toPorts"])) > 0
	every key, _ in rule {
		key in {"toPorts", "icmps"}
	}
} else := array.concat(
	array.concat(
		[{"path": array.concat(place, ["toEntities", index]), "cidr": _entities[entity], "except": []} |
			some index, entity in k8s.items_at(rule, ["toEntities"])
		],
		[{"path": array.concat(place, ["toCIDR", index]), "cidr": cidr, "except": []} |
			some index, cidr in k8s.items_at(rule, ["toCIDR"])
			is_string(cidr)
		],
	),
	array.concat(
		[{
			"path": array.concat(place, ["toCIDRSet", index, "cidr"]),
			"cidr": item.cidr,
			"except": k8s.items_at(item, ["except"]),
		} |
			some index, item in k8s.items_at(rule, ["toCIDRSet"])
			is_string(item.cidr)
		],
		[{"path": array.concat(place, ["toFQDNs", index, "matchPattern"]), "cidr": "world", "except": []} |
			some index, item in k8s.items_at(rule, ["toFQDNs"])
			item.matchPattern in {"*", "*.*", "**"}
		],
	),
)

_entities := {"all": "any", "world": "world", "world-ipv4": "world", "world-ipv6": "world", "kube-apiserver": "api-server"}

# Selectors of Calico are texts of their own language.

# METADATA
# description: The policies of Calico of a kind.
calico(kind) := [{"obj": obj, "selector": null, "rules": _calico_rules(obj)} |
	some obj in k8s.known_of_kind(kind)
	k8s.group(obj.object.apiVersion) in {"crd.projectcalico.org", "projectcalico.org"}
	_limits_calico(obj)
]

_limits_calico(obj) if "Egress" in k8s.items_at(obj.object, ["spec", "types"])

_limits_calico(obj) if is_array(obj.object.spec.egress)

_calico_rules(obj) := [{
	"path": place,
	"destinations": _calico_destinations(rule, place),
	"ports": [format_int(port, 10) | some port in k8s.items_at(rule, ["destination", "ports"]); is_number(port)],
} |
	some index, rule in k8s.items_at(obj.object, ["spec", "egress"])
	rule.action == "Allow"
	place := ["spec", "egress", index]
]

_calico_destinations(rule, place) := [{"path": place, "cidr": "any", "except": []}] if {
	count(_object(object.get(rule, "destination", null))) == 0
} else := [{
	"path": array.concat(place, ["destination", "nets", index]),
	"cidr": network,
	"except": k8s.items_at(rule, ["destination", "notNets"]),
} |
	some index, network in k8s.items_at(rule, ["destination", "nets"])
	is_string(network)
]

_object(value) := value if is_object(value)

_object(value) := {} if not is_object(value)
