# METADATA
# title: Cilium's network policies
package portcullis.lib.network_policy_cilium

import data.portcullis.lib.k8s
import data.portcullis.lib.label_selectors

# METADATA
# description: |
#   Specs of the policies among `objects`, as a list of `{"obj", "spec", "path"}`. Those for nodes are left out.
specs(objects) := [{"obj": obj, "spec": spec, "path": path} |
	some obj in objects
	k8s.group(obj.object.apiVersion) == "cilium.io"
	some [path, spec] in array.concat(
		[[["spec"], object.get(obj.object, "spec", null)]],
		[[["specs", index], each] | some index, each in k8s.items_at(obj.object, ["specs"])],
	)
	is_object(spec)
	not spec.nodeSelector
]

_judged := array.concat(k8s.of_kind("CiliumNetworkPolicy"), k8s.of_kind("CiliumClusterwideNetworkPolicy"))

# METADATA
# description: The rules of the policies that are being judged, in the form of `network_policy_rules`.
rules := [rule |
	some entry in specs(_judged)
	some direction, word in {"ingress": "from", "egress": "to"}
	some index, each in k8s.items_at(entry.spec, [direction])
	is_object(each)
	path := array.concat(entry.path, [direction, index])
	ports := _ports(each, path)
	rule := {
		"obj": entry.obj,
		"direction": direction,
		"path": path,
		"is_open": _is_open(each, word, ports),
		"peers": _peers(entry.obj, each, word, path),
		"ports": ports,
		"after_deny": false,
	}
]

# A rule without peers means any peer only where it names ports: an empty one lets nothing through.
_is_open(rule, word, ports) if {
	is_array(ports)
	every suffix in _suffixes {
		object.get(rule, concat("", [word, suffix]), null) == null
	}
} else := false

_suffixes := ["Endpoints", "Entities", "CIDR", "CIDRSet", "Requires", "Groups", "Nodes", "Services", "FQDNs"]

_peers(obj, rule, word, path) := array.flatten([
	[{"type": "entity", "name": name, "path": array.concat(path, [key, index])} |
		key := concat("", [word, "Entities"])
		some index, name in k8s.items_at(rule, [key])
		is_string(name)
	],
	[{"type": "range", "range": range, "except": [], "path": array.concat(path, [key, index])} |
		key := concat("", [word, "CIDR"])
		some index, range in k8s.items_at(rule, [key])
		is_string(range)
	],
	[{"type": "range", "range": each.cidr, "except": k8s.items_at(each, ["except"]), "path": array.concat(path, [key, index, "cidr"])} |
		key := concat("", [word, "CIDRSet"])
		some index, each in k8s.items_at(rule, [key])
		is_string(each.cidr)
	],
	[{"type": "pods-of-all-namespaces", "path": array.concat(path, [key, index])} |
		obj.object.kind == "CiliumClusterwideNetworkPolicy"
		key := concat("", [word, "Endpoints"])
		some index, selector in k8s.items_at(rule, [key])
		label_selectors.is_empty(selector)
	],
])

_ports(rule, path) := null if {
	count(k8s.items_at(rule, ["toPorts"])) == 0
} else := [{"from": from, "to": to, "path": array.concat(path, ["toPorts", index, "ports", at, "endPort"])} |
	some index, each in k8s.items_at(rule, ["toPorts"])
	some at, port in k8s.items_at(each, ["ports"])
	from := _number(port.port)
	to := object.get(port, "endPort", from)
]

# Ports are texts here; "0" stands for all.
_number(text) := to_number(text) if {
	is_string(text)
	regex.match(`^[0-9]+$`, text)
} else := text

# METADATA
# description: |
#   The label selector of a policy's spec, without the sources (`k8s:`, `any:`) that Cilium allows before keys;
#   null where there is none that can be read.
selector(spec) := {
	"matchLabels": {_key(key): value | some key, value in pairs},
	"matchExpressions": [object.union(expression, {"key": _key(expression.key)}) |
		some expression in label_selectors.expressions(spec.endpointSelector)
	],
} if {
	is_object(spec.endpointSelector)
	pairs := label_selectors.pairs(spec.endpointSelector)
	count({_key(key) | some key, _ in pairs}) == count(pairs)
} else := null

_key(key) := trim_prefix(trim_prefix(key, "k8s:"), "any:")

# METADATA
# description: The directions in which a policy's spec isolates what it selects.
directions(spec) := {direction |
	some direction in ["ingress", "egress"]
	some key in [direction, concat("", [direction, "Deny"])]
	is_array(spec[key])
	object.get(spec, ["enableDefaultDeny", direction], true) != false
}
