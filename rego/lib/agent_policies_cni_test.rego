package portcullis.lib.agent_policies_cni_test

import data.portcullis.lib.agent_policies_cni as cni
import data.portcullis.lib.testing

_object(api_version, kind, fields) := object.union(
	{"apiVersion": api_version, "kind": kind, "metadata": {"name": "o", "namespace": "n"}},
	fields,
)

_cilium := [[policy.selector, policy.rules] | some policy in cni.cilium("CiliumNetworkPolicy")]

_destinations := [[destination.path, destination.cidr, destination.except] |
	some policy in cni.cilium("CiliumNetworkPolicy")
	some rule in policy.rules
	some destination in rule.destinations
]

_place := ["spec", "egress", 0]

test_destinations_of_cilium if {
	_destinations == [] with input as _egress([{}])
	_destinations == [[_place, "any", []]] with input as _egress([{"toPorts": [{"ports": [{"port": "443"}]}]}])
	_destinations == [
		[array.concat(_place, ["toEntities", 0]), "any", []],
		[array.concat(_place, ["toEntities", 2]), "api-server", []],
	] with input as _egress([{"toEntities": ["all", "cluster", "kube-apiserver", 5]}])
	_destinations == [[array.concat(_place, ["toCIDR", 0]), "0.0.0.0/0", []]] with input as _egress([{"toCIDR": ["0.0.0.0/0", 5]}])
	_destinations == [[
		array.concat(_place, ["toCIDRSet", 0, "cidr"]),
		"0.0.0.0/0",
		["10.0.0.0/8"],
	]] with input as _egress([{"toCIDRSet": [{"cidr": "0.0.0.0/0", "except": ["10.0.0.0/8"]}, {}, null]}])
	_destinations == [[
		array.concat(_place, ["toFQDNs", 1, "matchPattern"]),
		"world",
		[],
	]] with input as _egress([{"toFQDNs": [{"matchName": "a"}, {"matchPattern": "*"}, {"matchPattern": "*.a.com"}]}])
}

test_policies_of_cilium if {
	_cilium == [] with input as _cilium_policy({"spec": {"ingress": []}})
	_cilium == [] with input as _cilium_policy({"spec": null})
	_cilium == [] with input as _cilium_policy({"spec": {"nodeSelector": {}, "egress": []}})
	_cilium == [[{"matchLabels": {"a": "b"}}, []]] with input as _cilium_policy({"spec": {"endpointSelector": {"matchLabels": {"a": "b"}}, "egress": []}})
	_cilium == [[{}, []], [{}, []]] with input as _cilium_policy({"specs": [{"egress": []}, null, {"egress": []}]})
	[[_, [rule]]] := _cilium with input as _cilium_policy({"specs": [{"egress": [{"toPorts": [{"ports": [{"port": "443"}, {"port": 5}, {}]}, null]}]}]})
	rule.ports == ["443", "range"]
	rule.path == ["specs", 0, "egress", 0]
}

_calico := [[policy.selector, policy.rules] | some policy in cni.calico("NetworkPolicy")]

test_policies_of_calico if {
	_calico == [] with input as _calico_policy({"types": ["Ingress"]})
	_calico == [] with input as _calico_policy(null)
	_calico == [[null, []]] with input as _calico_policy({"types": ["Egress"]})
	[[_, rules]] := _calico with input as _calico_policy({"egress": [
		{"action": "Allow"},
		{"action": "Deny"},
		{"action": "Allow", "destination": {"nets": ["0.0.0.0/0", 5], "notNets": ["10.0.0.0/8"], "ports": [443, "1:9"]}},
		{"action": "Allow", "destination": {"selector": "a == 'b'"}},
	]})
	[[rule.destinations, rule.ports] | some rule in rules] == [
		[[{"path": ["spec", "egress", 0], "cidr": "any", "except": []}], []],
		[
			[{"path": ["spec", "egress", 2, "destination", "nets", 0], "cidr": "0.0.0.0/0", "except": ["10.0.0.0/8"]}],
			["443"],
		],
		[[], []],
	]
}

test_other_groups if {
	cni.calico("NetworkPolicy") == [] with input as testing.input_of([_object("networking.k8s.io/v1", "NetworkPolicy", {"spec": {"egress": []}})])
}

_cilium_policy(fields) := testing.input_of([_object("cilium.io/v2", "CiliumNetworkPolicy", fields)])

_egress(rules) := _cilium_policy({"spec": {"egress": rules}})

_calico_policy(spec) := testing.input_of([_object("projectcalico.org/v3", "NetworkPolicy", {"spec": spec})])
