package portcullis.lib.agent_egress_test

import data.portcullis.lib.agent_egress
import data.portcullis.lib.testing

_entry(cidr, except, ports) := {
	"destination": {"path": [], "cidr": cidr, "except": except},
	"ports": ports,
	"pods": [],
}

_private := ["169.254.169.254/32", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]

_openness(cidr, except, ports) := {openness | openness := agent_egress.openness(_entry(cidr, except, ports))}

test_what_is_open if {
	_openness("any", [], []) == {"any"}
	_openness("any", [], ["443"]) == {"any"}
	_openness("any", [], ["53", "dns"]) == set()
	_openness("world", [], []) == {"any"}
	_openness("world", [], ["443"]) == {"https"}
	_openness("0.0.0.0/0", _private, []) == {"any"}
	_openness("0.0.0.0/0", _private, ["443"]) == {"https"}
	_openness("0.0.0.0/0", ["10.0.0.0/8", 5], ["443"]) == {"any"}
	_openness("0.0.0.0/0", [], ["53"]) == set()
	_openness("128.0.0.0/1", [], []) == {"any"}
	_openness("::/0", [], []) == {"any"}
	_openness("::/0", ["fc00::/7"], ["https"]) == {"https"}
	_openness("10.0.0.0/8", [], []) == set()
	_openness("api-server", [], []) == {"api-server"}
	_openness("10.0.0.1/32", [], ["6443"]) == {"api-server"}
	_openness("10.0.0.1/32", [], ["443"]) == set()
}

_pod(kind, spec) := {
	"apiVersion": "v1",
	"kind": kind,
	"metadata": {"name": "p", "namespace": "n", "labels": {"portcullis/workload": "agent"}},
	"spec": object.union({"containers": []}, spec),
}

_template(spec) := {
	"apiVersion": "extensions.agents.x-k8s.io/v1beta1",
	"kind": "SandboxTemplate",
	"metadata": {"name": "t", "namespace": "n"},
	"spec": object.union({"podTemplate": {"spec": {"containers": []}}}, spec),
}

_harness(domains) := {
	"apiVersion": "kagent.dev/v1alpha2", "kind": "AgentHarness", "metadata": {"name": "h", "namespace": "n"},
	"spec": {"network": {"allowedDomains": domains}},
}

_policy(spec) := {
	"apiVersion": "networking.k8s.io/v1",
	"kind": "NetworkPolicy",
	"metadata": {"name": "np", "namespace": "n"},
	"spec": spec,
}

test_unlimited if {
	found := {pod.obj.id | some pod in agent_egress.unlimited} with input as testing.input_of([
		_pod("Pod", {}),
		_pod("Pod", {"hostNetwork": true}),
		_template({}),
		{"apiVersion": "extensions.agents.x-k8s.io/v1beta1", "kind": "SandboxClaim", "spec": {}},
		_harness(["a.example.com"]),
		_harness(null),
	])
	found == {0, 5}
	limited := agent_egress.unlimited with input as testing.input_of([_pod("Pod", {}), _policy({"egress": []})])
	limited == []
	partial := agent_egress.unlimited with input as testing.input_with([{"object": _pod("Pod", {}), "partial": true}])
	partial == []
}

test_domains if {
	agent_egress.domains({"object": {"spec": {"sandbox": {"network": {"allowedDomains": ["a", 5]}}}}}) == [{
		"path": ["spec", "sandbox", "network", "allowedDomains", 0],
		"domain": "a",
	}]
	agent_egress.domains({"object": {"spec": null}}) == []
}

test_allowed if {
	rule := {"egress": [{"to": [{"ipBlock": {"cidr": "0.0.0.0/0"}}]}]}
	found := {[entry.obj.id, entry.destination.cidr, count(entry.pods)] |
		some entry in agent_egress.allowed
	} with input as testing.input_with([
		{"object": _pod("Pod", {})},
		{"object": _pod("Pod", {})},
		{"object": _policy(rule)},
		{"object": _policy(rule), "context": true},
		{"object": _policy({"podSelector": {"matchLabels": {"x": "y"}}, "egress": rule.egress})},
		{"object": object.union(_template({"networkPolicy": rule}), {"metadata": {"namespace": "m"}})},
		{"object": object.union(
			_template({"networkPolicy": rule, "networkPolicyManagement": "Unmanaged"}),
			{"metadata": {"namespace": "m"}},
		)},
	])
	found == {[2, "0.0.0.0/0", 2], [5, "0.0.0.0/0", 1]}
}

test_profiles if {
	agent_egress.is_profiled(_profiled("internet", "world"), {"internet": ["0.0.0.0/0"]})
	agent_egress.is_profiled(_profiled("partner", "192.0.2.0/24"), {"partner": ["192.0.2.0/24"]})
	not agent_egress.is_profiled(_profiled("partner", "0.0.0.0/0"), {"partner": ["192.0.2.0/24"]})
	not agent_egress.is_profiled(_profiled("none", "0.0.0.0/0"), {"internet": ["0.0.0.0/0"]})
	not agent_egress.is_profiled(_profiled("internet", "0.0.0.0/0"), null)
	not agent_egress.is_profiled(_profiled("internet", "0.0.0.0/0"), {"internet": null})
}

_profiled(profile, cidr) := object.union(_entry(cidr, [], []), {"pods": [{
	"obj": {"object": {"metadata": {"labels": {"portcullis/egress-profile": profile}}}},
	"spec": {"metadata": {}, "spec": {}},
}]})
