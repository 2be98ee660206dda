# METADATA
# title: Rules of network policies that let too much through
package portcullis.lib.network_policy_openness

import data.portcullis.lib.agents
import data.portcullis.lib.cidrs
import data.portcullis.lib.k8s
import data.portcullis.lib.network_policy_rules as policy_rules
import data.portcullis.lib.settings

# METADATA
# description: |
#   Whether a rule lets in what is meant to come from outside: ingress in one of `params.edgeNamespaces`, or of a
#   policy that is marked.
is_edge(rule, params) if {
	rule.direction == "ingress"
	some pattern in k8s.list(params.edgeNamespaces)
	glob.match(pattern, [], rule.obj.namespace)
}

is_edge(rule, _) if {
	rule.direction == "ingress"
	some marks in [k8s.labels(rule.obj), k8s.annotations(rule.obj)]
	marks[settings.annotation("edge")] == "public"
}

is_edge(rule, params) if {
	rule.direction == "ingress"
	some key, value in k8s.labels(rule.obj)
	is_string(value)
	concat("=", [key, value]) in k8s.list(params.edgeLabels)
}

# METADATA
# description: |
#   What is wrong with a rule (of `network_policy_rules`), as a set of `[variant, path, args, severity]`; the
#   severity is empty where it is the variant's.
problems(rule, params) := (_open(rule) | _wide(rule, params)) | {problem |
	some peer in rule.peers
	some problem in _peer(rule, peer, params)
}

_open(rule) := {["allow-all", rule.path, {"direction": rule.direction}, _after_deny(rule)]} if {
	rule.is_open
	rule.ports == null
} else := {["any-https", rule.path, {}, ""]} if {
	rule.is_open
	rule.direction == "egress"
	not _is_dns(rule)
	policy_rules.is_limited_to(rule, {443, 6443, 53, "https", "dns", "dns-tcp"})
} else := {["any-peer", rule.path, {"direction": rule.direction}, ""]} if {
	rule.is_open
	not _is_dns(rule)
} else := set()

_after_deny(rule) := "medium" if rule.after_deny

_after_deny(rule) := "" if not rule.after_deny

# Also the ports that OpenShift and dnsmasq use behind 53.
_is_dns(rule) if {
	rule.direction == "egress"
	policy_rules.is_limited_to(rule, {53, 5353, 8053, "dns", "dns-tcp"})
}

_peer(rule, peer, _) := {["all-pods", peer.path, {}, severity]} if {
	peer.type == "all-pods"
	not _is_dns(rule)
	severity := {true: "", false: "medium"}[rule.ports == null]
}

_peer(rule, peer, _) := {["all-namespaces", peer.path, {}, ""]} if {
	peer.type == "pods-of-all-namespaces"
	not _is_dns(rule)
}

_peer(rule, peer, params) := _outside(rule, peer, params) if peer.type in {"entity", "range"}

_outside(rule, peer, params) := {["entity-all", peer.path, {}, ""]} if {
	peer.name == "all"
} else := {["internet-ingress", peer.path, {}, ""]} if {
	rule.direction == "ingress"
	_is_internet(peer)
} else := _egress(rule, peer, params) if {
	rule.direction == "egress"
	not _is_dns(rule)
} else := set()

# What is worst about it is said; the rest is gone once that is fixed.
_egress(rule, peer, params) := {["metadata-egress", peer.path, {"address": addresses[0]}, ""]} if {
	policy_rules.allows(rule, 80)
	addresses := [address | some address in k8s.list(params.metadataCidrs); _reaches(peer, address)]
	count(addresses) > 0
} else := {["private-ranges-egress", peer.path, {"address": addresses[0]}, ""]} if {
	agents.owns(rule.obj)
	_is_internet(peer)
	addresses := [address | some address in _private_ranges; _reaches(peer, address)]
	count(addresses) > 0
} else := {["internet-egress", peer.path, {}, ""]} if {
	_is_internet(peer)
} else := set()

_private_ranges := ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]

_worlds := {"world": {"0.0.0.0/0", "::/0"}, "world-ipv4": {"0.0.0.0/0"}, "world-ipv6": {"::/0"}}

_is_internet(peer) if _worlds[peer.name]

_is_internet(peer) if cidrs.is_everything(peer.range)

_reaches(peer, address) if cidrs.reaches(peer.range, peer.except, address)

_reaches(peer, address) if {
	some range in _worlds[peer.name]
	cidrs.reaches(range, [], address)
}

_wide(rule, params) := {["wide-port-range", port.path, {"count": format_int(width, 10), "limit": format_int(params.maxPorts, 10)}, ""] |
	is_array(rule.ports)
	some port in rule.ports
	is_number(port.from)
	is_number(port.to)
	port.from > 0
	width := (port.to - port.from) + 1
	width > params.maxPorts
}
