package portcullis.rules.orchestration["networkpolicy-too-open_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.orchestration["networkpolicy-too-open"] as rule

_policy(version, kind, spec) := {"apiVersion": version, "kind": kind, "metadata": {"name": "p", "namespace": "n"}, "spec": spec}

_standard(spec) := _policy("networking.k8s.io/v1", "NetworkPolicy", spec)

_cilium(spec) := _policy("cilium.io/v2", "CiliumNetworkPolicy", spec)

_calico(spec) := _policy("projectcalico.org/v3", "GlobalNetworkPolicy", spec)

_admin(spec) := _policy("policy.networking.k8s.io/v1alpha2", "ClusterNetworkPolicy", spec)

_found := {[entry.object, entry.variant, object.get(entry, "severity", ""), entry.path] | some entry in rule.report}

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as testing.input_of([_standard({"ingress": [{}]})])
	report == {{
		"variant": "allow-all",
		"object": 0,
		"path": ["spec", "ingress", 0],
		"args": {"direction": "ingress"},
	}}
}

test_hostile_shapes if {
	_found == set() with input as testing.input_of([
		_standard(null),
		_standard({"ingress": "x", "egress": [null, 7, {"to": [null, "x", {"ipBlock": {"cidr": 7}}], "ports": [null]}]}),
		_standard({"egress": [{"to": [{"ipBlock": {"cidr": "0.0.0.0/x", "except": "x"}}, {"ipBlock": {"cidr": "0.0.0.0"}}, {"ipBlock": {"cidr": "1:2/0"}}]}]}),
		_policy("example.com/v1", "NetworkPolicy", {"ingress": [{}]}),
		_cilium(null),
		_cilium({"nodeSelector": {}, "ingress": [{"fromEntities": ["all"]}]}),
		_cilium({"ingress": ["x", {"fromEntities": [7], "fromCIDR": [7], "fromCIDRSet": [7], "toPorts": [7]}]}),
		_calico({"ingress": ["x", {"action": "Allow", "source": {"nets": [7], "selector": "a == 'b'"}}], "egress": [{"action": "Allow", "protocol": "ICMP"}]}),
		_admin({"ingress": [null, {"action": "Deny", "from": [{"namespaces": {}}]}], "egress": [{"action": "Accept", "to": [7, {"networks": [7]}]}]}),
	])
}

test_pods_of_everybody if {
	peer := {"namespaceSelector": {}, "podSelector": {}}
	_found == {
		[0, "all-pods", "", ["spec", "ingress", 0, "from", 0, "namespaceSelector"]],
		[1, "all-pods", "medium", ["spec", "ingress", 0, "from", 0, "namespaceSelector"]],
		[3, "all-namespaces", "", ["spec", "egress", 0, "to", 0, "namespaceSelector"]],
	} with input as testing.input_of([
		_standard({"ingress": [{"from": [peer]}]}),
		_standard({"ingress": [{"from": [peer], "ports": [{"port": 80}]}]}),
		_standard({"egress": [{"to": [peer], "ports": [{"port": "dns"}]}]}),
		_standard({"egress": [{"to": [{"namespaceSelector": {}}], "ports": [{"protocol": "UDP"}]}]}),
	])
}

test_ranges_that_reach_the_metadata_service if {
	place := ["spec", "egress", 0, "to", 0, "ipBlock", "cidr"]
	_found == {
		[0, "metadata-egress", "", place],
		[3, "metadata-egress", "", place],
		[4, "metadata-egress", "", place],
		[7, "internet-egress", "", place],
	} with input as testing.input_of([_standard({"egress": [{"to": [{"ipBlock": block}]}]}) |
		some block in [
			{"cidr": "169.254.0.0/16"},
			{"cidr": "169.254.0.0/16", "except": ["169.254.169.0/24"]},
			{"cidr": "169.254.0.0/17"},
			{"cidr": "fd00::/8"},
			{"cidr": "fd00:ec2:0:0:0:0:0:254/128"},
			{"cidr": "fd00:ec2::255/128"},
			{"cidr": "10.0.0.0/8"},
			{"cidr": "0.0.0.0/0", "except": ["169.254.169.254/32", "x"]},
		]
	])
}

test_cilium if {
	_found == {
		[0, "metadata-egress", "", ["spec", "egress", 0, "toEntities", 0]],
		[1, "internet-egress", "", ["spec", "egress", 0, "toEntities", 0]],
		[2, "any-peer", "", ["spec", "egress", 0]],
	} with input as testing.input_of([
		_cilium({"egress": [{"toEntities": ["world-ipv6", "cluster"]}]}),
		_cilium({"egress": [{"toEntities": ["world-ipv6"], "toPorts": [{"ports": [{"port": "443"}, {"port": "https"}]}]}]}),
		_cilium({"egress": [{"toPorts": [{"ports": [{"port": "8080"}]}]}, {"toPorts": [{"ports": [{"port": "53"}]}], "toEntities": ["world"]}]}),
	])
}

test_calico if {
	_found == {
		[0, "allow-all", "medium", ["spec", "egress", 1]],
		[1, "any-peer", "", ["spec", "ingress", 0]],
		[1, "wide-port-range", "", ["spec", "ingress", 0, "destination", "ports", 0]],
		[2, "all-pods", "", ["spec", "ingress", 0, "source", "namespaceSelector"]],
	} with input as testing.input_of([
		_calico({"egress": [{"action": "Deny"}, {"action": "Allow"}]}),
		_calico({"ingress": [{"action": "Allow", "destination": {"ports": ["1:9000", "http", 80, "81"]}}]}),
		_calico({"ingress": [{"action": "Allow", "source": {"namespaceSelector": "all()", "selector": "all()"}}]}),
		_calico({"ingress": [{"action": "Allow", "source": {"namespaceSelector": "all()", "selector": "app == 'a'"}}]}),
	])
}

test_the_network_policy_api if {
	ports := [{"portNumber": {"port": 443}}, {"namedPort": "http"}, {"portRange": {"start": 1, "end": 500}}]
	_found == {
		[2, "metadata-egress", "", ["spec", "egress", 0, "to", 0, "networks", 0]],
		[3, "all-namespaces", "", ["spec", "ingress", 0, "from", 0, "namespaces"]],
		[0, "metadata-egress", "", ["spec", "egress", 0, "to", 0, "networks", 0]],
		[0, "all-namespaces", "", ["spec", "egress", 0, "to", 1, "pods", "namespaceSelector"]],
		[0, "wide-port-range", "", ["spec", "egress", 0, "ports", 2, "portRange", "end"]],
		[1, "metadata-egress", "", ["spec", "egress", 0, "to", 0, "networks", 0]],
	} with input as testing.input_of([
		_admin({"egress": [{"action": "Accept", "to": [{"networks": ["::/0"]}, {"pods": {"namespaceSelector": {}}}], "ports": ports}]}),
		_admin({"egress": [{"action": "Accept", "to": [{"networks": ["0.0.0.0/0"]}], "ports": [{"namedPort": "http"}]}]}),
		_admin({"egress": [{"action": "Accept", "to": [{"networks": ["0.0.0.0/0"]}], "ports": [{"portRange": {"start": 80, "end": 90}}]}]}),
		_admin({"ingress": [{"action": "Accept", "from": [{"namespaces": {}}]}]}),
	])
}
