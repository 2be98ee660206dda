package portcullis.lib.agent_policies_test

import data.portcullis.lib.agent_policies
import data.portcullis.lib.agents
import data.portcullis.lib.testing

_pod := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "p", "namespace": "n", "labels": {"portcullis/workload": "agent", "app": "p"}},
	"spec": {"containers": [{"name": "c", "image": "i"}]},
}

_policy(spec) := {
	"apiVersion": "networking.k8s.io/v1",
	"kind": "NetworkPolicy",
	"metadata": {"name": "np", "namespace": "n"},
	"spec": spec,
}

# How many policies limit the agents of the set.
_limits := sum([count(agent_policies.of_pod(pod)) | some pod in agents.judged])

test_selectors if {
	labels := {"app": "p", "tier": "x"}
	agent_policies.matches({}, labels)
	agent_policies.matches({"matchLabels": null}, labels)
	agent_policies.matches({"matchLabels": {"app": "p", "k8s:tier": "x"}}, labels)
	not agent_policies.matches({"matchLabels": {"app": "q"}}, labels)
	not agent_policies.matches(null, labels)
	agent_policies.matches(
		{"matchExpressions": [
			{"key": "app", "operator": "Exists"},
			{"key": "any:none", "operator": "DoesNotExist"},
			{"key": "app", "operator": "In", "values": ["p"]},
			{"key": "tier", "operator": "NotIn", "values": ["y"]},
			{"key": "none", "operator": "NotIn", "values": null},
		]},
		labels,
	)
	not agent_policies.matches({"matchExpressions": [{"key": "none", "operator": "Exists"}]}, labels)
	not agent_policies.matches({"matchExpressions": [{"key": "app", "operator": "DoesNotExist"}]}, labels)
	not agent_policies.matches({"matchExpressions": [{"key": "app", "operator": "In", "values": null}]}, labels)
	not agent_policies.matches({"matchExpressions": [{"key": "tier", "operator": "NotIn", "values": ["x"]}]}, labels)
	not agent_policies.matches({"matchExpressions": [{"operator": "Near"}]}, labels)
}

test_policies_of_kubernetes if {
	_limits == 1 with input as testing.input_of([_pod, _policy({"podSelector": {}, "policyTypes": ["Egress"]})])
	_limits == 1 with input as testing.input_of([_pod, _policy({"policyTypes": ["Egress"]})])
	_limits == 1 with input as testing.input_of([_pod, _policy({"podSelector": {"matchLabels": {"app": "p"}}, "egress": []})])
	_limits == 0 with input as testing.input_of([_pod, _policy({"podSelector": {}, "policyTypes": ["Ingress"], "egress": []})])
	_limits == 0 with input as testing.input_of([_pod, _policy({"podSelector": {}})])
	_limits == 0 with input as testing.input_of([_pod, _policy(null)])
	_limits == 0 with input as testing.input_of([_pod, _policy({"podSelector": {"matchLabels": {"app": "q"}}, "egress": []})])
	_limits == 0 with input as testing.input_of([_pod, object.union(_policy({"egress": []}), {"metadata": {"namespace": "m"}})])
}

test_policies_of_others if {
	cilium := {"apiVersion": "cilium.io/v2", "kind": "CiliumClusterwideNetworkPolicy", "metadata": {"name": "c"}}
	_limits == 1 with input as testing.input_of([_pod, object.union(cilium, {"spec": {
		"endpointSelector": {"matchLabels": {"k8s:io.kubernetes.pod.namespace": "n"}},
		"egress": [],
	}})])
	_limits == 0 with input as testing.input_of([_pod, object.union(cilium, {"spec": {"endpointSelector": {"matchLabels": {"x": "y"}}, "egress": []}})])
	calico := {"apiVersion": "crd.projectcalico.org/v1", "kind": "GlobalNetworkPolicy", "metadata": {"name": "c"}}
	_limits == 1 with input as testing.input_of([_pod, object.union(calico, {"spec": {"selector": "app == 'x'", "types": ["Egress"]}})])
	admin := {"apiVersion": "policy.networking.k8s.io/v1alpha1", "kind": "AdminNetworkPolicy", "metadata": {"name": "a"}}
	_limits == 1 with input as testing.input_of([_pod, object.union(admin, {"spec": {"egress": [{"action": "Deny"}]}})])
	_limits == 0 with input as testing.input_of([_pod, object.union(admin, {"spec": {"ingress": [{"action": "Deny"}]}})])
}

test_agents_of_kagent_get_more_labels if {
	agent := {
		"apiVersion": "kagent.dev/v1alpha2", "kind": "Agent", "metadata": {"name": "k", "namespace": "n"},
		"spec": {"declarative": {"deployment": {"labels": {"a": "b"}}}},
	}
	policy := _policy({"podSelector": {"matchLabels": {"kagent": "k"}}, "egress": []})
	_limits == 1 with input as testing.input_of([agent, policy])
	count(_selected) == 0 with input as testing.input_of([agent, policy])
	count(_selected) == 1 with input as testing.input_of([agent, _policy({"podSelector": {"matchLabels": {"a": "b"}}, "egress": []})])
}

test_rules if {
	rules := [
		{},
		{"ports": [{"port": 53}, {"port": "dns"}, {"port": 1, "endPort": 9}, {}, null]},
		{"to": [{"ipBlock": {"cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]}}, {"podSelector": {}}, {"ipBlock": null}]},
		null,
	]
	found := agent_policies.kubernetes_rules({"object": {"egress": rules}}, ["egress"])
	found == [
		{"path": ["egress", 0], "destinations": [_any(0)], "ports": []},
		{"path": ["egress", 1], "destinations": [_any(1)], "ports": ["53", "dns", "range", "range", "range"]},
		{
			"path": ["egress", 2],
			"destinations": [{"path": ["egress", 2, "to", 0, "ipBlock", "cidr"], "cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]}],
			"ports": [],
		},
		{"path": ["egress", 3], "destinations": [], "ports": []},
	]
}

_any(index) := {"path": ["egress", index], "cidr": "any", "except": []}

_named if {
	some pod in agents.judged
	agent_policies.has_named_egress(pod)
}

test_named_egress if {
	cilium := {
		"apiVersion": "cilium.io/v2", "kind": "CiliumNetworkPolicy", "metadata": {"name": "c", "namespace": "n"},
		"spec": {"endpointSelector": {}, "egress": [{"toFQDNs": [{"matchName": "a.example.com"}]}]},
	}
	_named with input as testing.input_of([_pod, cilium])
	_named with input as testing.input_of([_pod, {"apiVersion": "networking.istio.io/v1", "kind": "ServiceEntry", "metadata": {"name": "s", "namespace": "n"}}])
	not _named with input as testing.input_of([_pod, _policy({"egress": []})])
	elsewhere := {"apiVersion": "networking.istio.io/v1", "kind": "ServiceEntry", "metadata": {"name": "s", "namespace": "m"}}
	not _named with input as testing.input_of([_pod, elsewhere])
}

_selected := [1 |
	some pod in agents.judged
	some number in agent_policies.of_pod(pod)
	agent_policies.selects(agent_policies.known[number], pod)
]
