package portcullis.rules.orchestration["network-isolation-missing_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.orchestration["network-isolation-missing"] as rule

_policy(version, kind, spec) := {"apiVersion": version, "kind": kind, "metadata": {"name": "p", "namespace": "n"}, "spec": spec}

_standard(spec) := _policy("networking.k8s.io/v1", "NetworkPolicy", spec)

_labelled(labels) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "p", "namespace": "n", "labels": labels},
	"spec": {"containers": [{"name": "c", "image": "c:1"}]},
}

_pod := _labelled({"app": "a", "tier": "t"})

_full := {[entry.object, entry.variant, entry.severity] | some entry in rule.report}

_open := {[0, "default-deny-missing", "medium"], [0, "pod-uncovered", "medium"]}

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as testing.input_of([object.remove(_pod, ["metadata"])])
	report == {{"variant": "pod-uncovered", "object": 0, "path": ["kind"], "args": {}, "severity": "info"}}
}

test_without_policies if _full == _open with input as testing.input_of([_pod]) with data.settings.completeness as "full"

test_selectors_that_match[selector] if {
	some selector in [
		{"matchLabels": {"app": "a"}},
		{"matchLabels": {"app": "a", "tier": "t"}},
		{"matchExpressions": [{"key": "app", "operator": "In", "values": ["b", "a"]}]},
		{"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["b"]}]},
		{"matchExpressions": [{"key": "app", "operator": "Exists"}, {"key": "x", "operator": "DoesNotExist"}]},
	]
	_full == {[0, "default-deny-missing", "medium"]} with input as testing.input_of([
		_pod, _standard({"podSelector": selector, "policyTypes": ["Ingress", "Egress"]}),
	])
		with data.settings.completeness as "full"
}

test_selectors_that_do_not_match[selector] if {
	some selector in [
		{"matchLabels": {"app": "b"}},
		{"matchLabels": {"app": "a", "tier": "x"}},
		{"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["a"]}]},
		{"matchExpressions": [{"key": "app", "operator": "DoesNotExist"}]},
		{"matchExpressions": [{"key": "x", "operator": "Exists"}]},
		{"matchExpressions": ["x"]},
	]
	found := _full with input as testing.input_of([
		_pod, _standard({"podSelector": selector, "policyTypes": ["Ingress", "Egress"]}),
	])
		with data.settings.completeness as "full"
	_open - found == set()
}

test_types if {
	_full == {[0, "default-deny-missing", "medium"], [0, "egress-uncovered", "low"]} with input as testing.input_of([
		_pod, _standard({"podSelector": {}}),
	])
		with data.settings.completeness as "full"
	_full == set() with input as testing.input_of([
		_pod, _standard({"podSelector": null, "egress": [{"to": []}]}),
	])
		with data.settings.completeness as "full"
	_full == {[0, "default-deny-missing", "medium"], [0, "ingress-uncovered", "medium"]} with input as testing.input_of([
		_pod, _standard({"policyTypes": ["Egress", 7]}),
	])
		with data.settings.completeness as "full"
}

test_agents_and_stores if {
	agent := object.union(_pod, {"metadata": {"labels": {"portcullis/workload": "agent"}}})
	_full == {[0, "default-deny-missing", "medium"], [0, "egress-uncovered", "medium"]} with input as testing.input_of([
		agent, _standard({"podSelector": {}}),
	])
		with data.settings.completeness as "full"
	_full == {[0, "default-deny-missing", "high"]} with input as testing.input_of([
		{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "n", "labels": {"portcullis/zone": "secret-store"}}},
	])
		with data.settings.completeness as "full"
}

_closing := [
	_policy("cilium.io/v2", "CiliumNetworkPolicy", {"endpointSelector": {}, "ingress": [], "egressDeny": []}),
	_policy("cilium.io/v2", "CiliumClusterwideNetworkPolicy", {"specs": [], "endpointSelector": {}, "ingress": [], "egress": []}),
	_policy("crd.projectcalico.org/v1", "GlobalNetworkPolicy", {"types": ["Ingress", "Egress"]}),
	_policy("crd.projectcalico.org/v1", "GlobalNetworkPolicy", {"types": ["Ingress", "Egress"], "namespaceSelector": "has(team)"}),
	_policy("projectcalico.org/v3", "NetworkPolicy", {"types": ["Ingress", "Egress"], "selector": "app in {'a'}"}),
	_policy("policy.networking.k8s.io/v1alpha1", "BaselineAdminNetworkPolicy", {
		"subject": {"namespaces": {}},
		"ingress": [{"action": "Deny"}],
		"egress": [{"action": "Deny"}],
	}),
	_policy("policy.networking.k8s.io/v1alpha1", "AdminNetworkPolicy", {
		"subject": {"pods": {"namespaceSelector": {}, "podSelector": {}}},
		"ingress": [{"action": "Deny"}],
		"egress": [{"action": "Deny"}],
	}),
	_policy("policy.networking.k8s.io/v1alpha1", "AdminNetworkPolicy", {
		"subject": {"pods": {"namespaceSelector": {"matchLabels": {"a": "b"}}}},
		"ingress": [{"action": "Deny"}],
		"egress": [{"action": "Deny"}],
	}),
]

test_equivalents_that_close[index] if {
	some index, policy in _closing
	_full == set() with input as testing.input_of([_pod, policy]) with data.settings.completeness as "full"
}

_covering := [
	_policy("cilium.io/v2", "CiliumNetworkPolicy", {"endpointSelector": {"matchLabels": {"k8s:app": "a"}}, "ingress": [], "egress": []}),
	_policy("cilium.io/v2", "CiliumClusterwideNetworkPolicy", {
		"endpointSelector": {"matchLabels": {"k8s:io.kubernetes.pod.namespace": "n"}},
		"ingress": [],
		"egress": [],
	}),
	_policy("projectcalico.org/v3", "NetworkPolicy", {
		"types": ["Ingress", "Egress"],
		"selector": "app == 'a' && tier != \"x\" && has(tier)",
	}),
]

test_equivalents_that_cover[index] if {
	some index, policy in _covering
	_full == {[0, "default-deny-missing", "medium"]} with input as testing.input_of([_pod, policy]) with data.settings.completeness as "full"
}

test_equivalents_that_do_not if {
	_full == _open with input as testing.input_of([_pod, _policy("cilium.io/v2", "CiliumNetworkPolicy", {
		"endpointSelector": {},
		"enableDefaultDeny": {"ingress": false, "egress": false},
		"ingress": [],
		"egress": [],
	})])
		with data.settings.completeness as "full"
	_full == _open with input as testing.input_of([
		_pod, _policy("cilium.io/v2", "CiliumNetworkPolicy", {"nodeSelector": {}, "ingress": []}),
	])
		with data.settings.completeness as "full"
}

test_a_cilium_selector_that_contradicts_itself_selects_everything if {
	_full == set() with input as testing.input_of([_pod, _policy("cilium.io/v2", "CiliumNetworkPolicy", {
		"endpointSelector": {"matchLabels": {"k8s:app": "a", "any:app": "b"}},
		"ingress": [],
		"egress": [],
	})])
		with data.settings.completeness as "full"
}

test_hostile_shapes if {
	_full == set() with input as testing.input_of([
		_standard(null),
		_standard({"podSelector": "x", "policyTypes": "x"}),
		_policy("cilium.io/v2", "CiliumNetworkPolicy", null),
		_policy("projectcalico.org/v3", "NetworkPolicy", {"selector": 7}),
		_policy("policy.networking.k8s.io/v1alpha1", "AdminNetworkPolicy", {"ingress": [null]}),
		{"apiVersion": "v1", "kind": "Pod", "metadata": null, "spec": null},
		{"apiVersion": "v1", "kind": "Pod", "metadata": {"namespace": "n"}, "spec": {"containers": [7], "hostNetwork": true}},
		{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "openshift-x"}},
	])
		with data.settings.completeness as "full"
	_full == _open with input as testing.input_of([
		{"apiVersion": "v1", "kind": "Pod", "metadata": {"namespace": "n", "labels": ["x"]}, "spec": {"containers": [7]}},
	])
		with data.settings.completeness as "full"
}

_useless := {index | some [index, "selects-nothing", "low"] in _full}

test_labels_of_controllers_may_be_nowhere if {
	policies := [_standard({"podSelector": {"matchLabels": labels}, "policyTypes": ["Egress"]}) |
		some labels in [{"app.kubernetes.io/name": "x"}, {"cnpg.io/cluster": "x"}, {"job-name": "x"}]
	]
	_useless == {1} with input as testing.input_of(array.concat([_pod], policies)) with data.settings.completeness as "full"
}

test_a_policy_without_types if {
	report := rule.report with input as testing.input_of([_standard({"podSelector": {}, "ingress": [{}]})])
	{[entry.variant, entry.path] | some entry in report} == {["policy-types-missing", ["spec", "policyTypes"]]}
}

test_the_clusters_own_namespaces if {
	_full == set() with input as testing.input_of([
		object.union(_pod, {"metadata": {"namespace": "kube-system"}}),
	])
		with data.settings.completeness as "full"
}
