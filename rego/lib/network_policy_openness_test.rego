package portcullis.lib.network_policy_openness_test

import data.portcullis.lib.network_policy_openness as openness

_rule(direction, fields) := object.union(
	{
		"obj": {"namespace": "n", "object": {"kind": "NetworkPolicy", "metadata": {"labels": {"exposure": "public"}}}},
		"direction": direction,
		"path": [],
		"is_open": false,
		"peers": [],
		"ports": null,
		"after_deny": false,
	},
	fields,
)

_params := {"edgeNamespaces": [], "edgeLabels": [], "metadataCidrs": ["169.254.169.254/32"], "maxPorts": 10}

test_edges if {
	openness.is_edge(_rule("ingress", {}), object.union(_params, {"edgeNamespaces": ["n*"]}))
	openness.is_edge(_rule("ingress", {}), object.union(_params, {"edgeLabels": ["exposure=public"]}))
	marked := {"namespace": "n", "object": {"metadata": {"annotations": {"portcullis/edge": "public"}}}}
	openness.is_edge(_rule("ingress", {"obj": marked}), _params)
	not openness.is_edge(_rule("egress", {"obj": marked}), _params)
	not openness.is_edge(_rule("ingress", {}), _params)
}

_variants(rule) := {problem[0] | some problem in openness.problems(rule, _params)}

_to(peer) := _rule("egress", {"peers": [object.union({"path": []}, peer)]})

_port(from, to) := {"from": from, "to": to, "path": []}

test_open_rules if {
	_variants(_rule("egress", {"is_open": true})) == {"allow-all"}
	_variants(_rule("egress", {"is_open": true, "ports": [_port(443, 443)]})) == {"any-https"}
	_variants(_rule("ingress", {"is_open": true, "ports": [_port(443, 443)]})) == {"any-peer"}
	_variants(_rule("egress", {"is_open": true, "ports": [_port(53, 53)]})) == set()
	_variants(_rule("egress", {"ports": [_port(1, 20)]})) == {"wide-port-range"}
}

test_peers if {
	_variants(_to({"type": "entity", "name": "all"})) == {"entity-all"}
	_variants(_to({"type": "entity", "name": "cluster"})) == set()
	_variants(_rule("ingress", {"peers": [{"type": "range", "range": "::/0", "except": [], "path": []}]})) == {"internet-ingress"}
	_variants(_rule("ingress", {"peers": [{"type": "range", "range": "10.0.0.0/8", "except": [], "path": []}]})) == set()
	_variants(_to({"type": "pods-of-all-namespaces"})) == {"all-namespaces"}
}

test_agents if {
	agent := {"obj": {"namespace": "n", "object": {"kind": "NetworkPolicy", "metadata": {"labels": {"portcullis/workload": "agent"}}}}}
	range := {"type": "range", "range": "0.0.0.0/0", "except": ["169.254.169.254/32"], "path": []}
	_variants(object.union(_to(range), agent)) == {"private-ranges-egress"} with input as {"objects": [], "kinds": {}}
	closed := object.union(range, {"except": ["169.254.169.254/32", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]})
	_variants(object.union(_to(closed), agent)) == {"internet-egress"} with input as {"objects": [], "kinds": {}}
}
