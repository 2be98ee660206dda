package portcullis.rules.rbac["control-plane-steering-grant_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rbac["control-plane-steering-grant"] as rule

_role(kind, namespace, rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": kind,
	"metadata": {"name": "r", "namespace": namespace},
	"rules": rules,
}

_binding(kind, namespace, subjects) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": kind,
	"metadata": {"name": "b", "namespace": namespace},
	"roleRef": {"kind": "ClusterRole", "name": "r"},
	"subjects": subjects,
}

_account(namespace, name) := {"kind": "ServiceAccount", "namespace": namespace, "name": name}

_allow(group, resources, verbs) := {"apiGroups": [group], "resources": resources, "verbs": verbs}

_named(policy_rule, names) := object.union(policy_rule, {"resourceNames": names})

_found contains [entry.variant, entry.severity] if some entry in rule.report

_places contains entry.path if some entry in rule.report

_everywhere(rules) := testing.input_of([
	_role("ClusterRole", "", rules),
	_binding("ClusterRoleBinding", "", [_account("n", "a")]),
])

_in_namespace(namespace, rules) := testing.input_of([
	_role("ClusterRole", "", rules),
	_binding("RoleBinding", namespace, [_account(namespace, "a")]),
])

_unbound(kind, rules) := testing.input_of([_role(kind, {"Role": "n", "ClusterRole": ""}[kind], rules)])

_admission := "admissionregistration.k8s.io"

_configmaps := _allow("", ["configmaps"], ["create", "update"])

test_a_finding_as_the_host_gets_it if {
	webhooks := _allow(_admission, ["validatingwebhookconfigurations", "mutatingwebhookconfigurations"], ["patch"])
	report := rule.report with input as _everywhere([webhooks])
	report == {{
		"variant": "mutating-admission",
		"severity": "critical",
		"object": 0,
		"path": ["rules", 0, "resources", 1],
		"related": [{"object": 1, "path": ["roleRef", "name"], "label": "cluster-binding"}],
		"args": {"verbs": "patch", "resources": "mutatingwebhookconfigurations", "reach": "in every namespace"},
	}}
}

test_what_belongs_to_no_namespace if {
	every case in [
		["mutating-admission", "critical", "high", _admission, "mutatingadmissionpolicies"],
		["validating-admission", "high", "medium", _admission, "validatingadmissionpolicybindings"],
		["api-extension", "high", "medium", "apiextensions.k8s.io", "customresourcedefinitions"],
		["api-extension", "high", "medium", "apiregistration.k8s.io", "apiservices"],
		["audit-sink", "high", "medium", "auditregistration.k8s.io", "auditsinks"],
		["policy-engine", "high", "medium", "kyverno.io", "clusterpolicies"],
		["policy-engine", "high", "medium", "constraints.gatekeeper.sh", "k8srequiredlabels"],
	] {
		[variant, bound, unbound, group, resource] := case
		policy_rule := _allow(group, [resource], ["delete"])
		_found == {[variant, bound]} with input as _everywhere([policy_rule])
		_found == {[variant, unbound]} with input as _unbound("ClusterRole", [policy_rule])
		_found == set() with input as _in_namespace("n", [policy_rule])
		_found == set() with input as _everywhere([object.union(policy_rule, {"verbs": ["get", "list"]})])
	}
}

test_what_an_operator_owns if {
	_found == set() with input as _everywhere([
		_named(_allow(_admission, ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"], ["update"]), ["x"]),
		_named(_allow("apiextensions.k8s.io", ["customresourcedefinitions"], ["update"]), ["x"]),
	])
	_found == {["policy-engine", "medium"]} with input as _everywhere([_named(_allow("kyverno.io", ["clusterpolicies"], ["update"]), ["x"])])
}

test_policies_of_one_namespace if {
	_found == {["policy-engine", "high"]} with input as _in_namespace("n", [_allow("policies.kyverno.io", ["policyexceptions"], ["create"])])
}

test_gatekeeper_along_with_other_groups if {
	mixed := {"apiGroups": ["apps", "constraints.gatekeeper.sh"], "verbs": ["create"]}
	_found == set() with input as _everywhere([object.union(mixed, {"resources": ["deployments"]})])
	_places == {["rules", 0, "apiGroups", 1]} with input as _everywhere([object.union(mixed, {"resources": ["*"]})])
	_found == set() with input as _everywhere([_allow("constraints.gatekeeper.sh", ["k8srequiredlabels/status"], ["update"])])
}

test_config_maps if {
	_found == {["system-configmaps", "high"]} with input as _everywhere([_configmaps])
	_found == {["system-configmaps", "high"]} with input as _in_namespace("kube-system", [_configmaps])
	_found == {["system-configmaps", "medium"]} with input as _unbound("ClusterRole", [_configmaps])
	_found == set() with input as _in_namespace("n", [_configmaps])
	_found == {["system-configmaps", "medium"]} with input as _everywhere([_allow("", ["configmaps"], ["create"])])
	_found == set() with input as _everywhere([_allow("", ["configmaps"], ["get", "delete"])])
}

test_config_maps_by_name if {
	_found == set() with input as _everywhere([_named(_configmaps, ["x"])])
	_found == {["system-configmaps", "high"]} with input as _everywhere([_named(_configmaps, ["x", "aws-auth"])])
}

test_traces if {
	_found == {["delete-events", "medium"]} with input as _in_namespace("n", [_allow("events.k8s.io", ["events"], ["delete"])])
	_found == set() with input as _in_namespace("n", [_allow("", ["events"], ["create", "patch"])])
	_found == {["delete-logs", "info"]} with input as _in_namespace("n", [_allow("", ["pods/log"], ["get", "delete"])])
	_found == set() with input as _in_namespace("n", [_allow("", ["pods/log"], ["get"])])
	_found == set() with input as _in_namespace("n", [_allow("", ["pods/log"], ["*"])])
}

test_leases if {
	leases := _allow("coordination.k8s.io", ["leases"], ["get", "update", "delete"])
	_found == {["delete-leases", "low"]} with input as _in_namespace("kube-system", [leases])
	_found == {["delete-leases", "low"]} with input as _everywhere([leases])
	_found == set() with input as _in_namespace("n", [leases])
	_found == set() with input as _in_namespace("kube-system", [_named(leases, ["x"])])
}

test_traffic if {
	_found == {["redirect-traffic", "medium"]} with input as _in_namespace("n", [_allow("", ["services/status"], ["update"])])
	_found == {["redirect-traffic", "medium"]} with input as _everywhere([_allow("discovery.k8s.io", ["endpointslices"], ["patch"])])
	_found == {["redirect-traffic", "low"]} with input as _in_namespace("n", [_named(_allow("", ["endpoints"], ["update"]), ["x"])])
}

test_a_known_controller if {
	role := object.union(_role("ClusterRole", "", [_configmaps]), {"metadata": {"labels": {"app.kubernetes.io/name": "kyverno"}}})
	objects := testing.input_of([role, _binding("ClusterRoleBinding", "", [_account("kyverno", "kyverno-background-controller")])])
	_found == {["system-configmaps", "medium"]} with input as objects
}

test_allowed_controllers if {
	_found == set() with input as _everywhere([_configmaps])
		with data.settings.params as {"rbac/control-plane-steering-grant": {"allowedAdmissionControllers": ["ServiceAccount/n/a"]}}
}
