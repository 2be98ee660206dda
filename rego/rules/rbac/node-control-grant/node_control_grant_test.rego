package portcullis.rules.rbac["node-control-grant_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rbac["node-control-grant"] as rule

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

_everywhere(rules) := testing.input_of([
	_role("ClusterRole", "", rules),
	_binding("ClusterRoleBinding", "", [_account("n", "a")]),
])

_in_namespace(namespace, rules) := testing.input_of([
	_role("ClusterRole", "", rules),
	_binding("RoleBinding", namespace, [_account(namespace, "a")]),
])

_unbound(kind, rules) := testing.input_of([_role(kind, {"Role": "n", "ClusterRole": ""}[kind], rules)])

_agent := {
	"apiVersion": "v1",
	"kind": "ServiceAccount",
	"metadata": {"name": "a", "namespace": "n", "labels": {"app.kubernetes.io/component": "agent"}},
}

_proxy := _allow("", ["nodes", "nodes/proxy"], ["get"])

_label := _allow("", ["nodes"], ["get", "patch"])

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as _everywhere([_proxy])
	report == {{
		"variant": "kubelet-api",
		"severity": "high",
		"object": 0,
		"path": ["rules", 0, "resources", 1],
		"related": [{"object": 1, "path": ["roleRef", "name"], "label": "cluster-binding"}],
		"args": {"verbs": "get", "resources": "nodes/proxy", "reach": "in every namespace"},
	}}
}

test_the_kubelet_api if {
	_found == {["kubelet-api", "medium"]} with input as _unbound("ClusterRole", [_proxy])
	_found == {["kubelet-api", "high"]} with input as _everywhere([_allow("", ["*/proxy"], ["create"])])
	_found == {["kubelet-api", "medium"]} with input as _everywhere([_named(_proxy, ["edge-1"])])
	_found == set() with input as _everywhere([_allow("", ["nodes/proxy"], ["list", "watch"])])
	_found == set() with input as _everywhere([_allow("", ["nodes/metrics", "nodes/pods", "nodes/*"], ["get"])])
}

test_out_of_reach if {
	_found == set() with input as _in_namespace("n", [_proxy, _label])
	_found == set() with input as _unbound("Role", [_proxy, _label])
}

test_writing_nodes if {
	_found == {["write-nodes", "medium"]} with input as _everywhere([_label])
	_found == {["write-nodes", "medium"]} with input as _everywhere([_allow("", ["nodes/status"], ["update"])])
	_found == {["write-nodes", "low"]} with input as _unbound("ClusterRole", [_label])
	_found == {["write-nodes", "low"]} with input as _everywhere([_named(_label, ["edge-1"])])
	_found == set() with input as _everywhere([_allow("", ["nodes", "nodes/status"], ["get", "list"])])
}

test_removing_pods_too if {
	report := rule.report with input as _everywhere([_label, _allow("", ["pods/eviction"], ["create"])])
	{[entry.variant, entry.severity, entry.args.subject] | some entry in report} == {["steal-pods", "high", "ServiceAccount n/a"]}
	_found == {["steal-pods", "high"]} with input as _everywhere([_label, _allow("", ["pods"], ["delete"])])
	_found == {["write-nodes", "medium"]} with input as _everywhere([_label, _named(_allow("", ["pods"], ["delete"]), ["x"])])
	_found == {["write-nodes", "low"]} with input as _everywhere([_named(_label, ["x"]), _allow("", ["pods"], ["delete"])])
}

test_agents if {
	objects := testing.input_of([
		_role("ClusterRole", "", [_proxy, _label]),
		_binding("ClusterRoleBinding", "", [_account("n", "a")]),
		_agent,
	])
	_found == {["kubelet-api-for-agents", "critical"], ["write-nodes-for-agents", "high"]} with input as objects
}

test_an_autoscaler if {
	labels := {"app.kubernetes.io/name": "cluster-autoscaler"}
	role := object.union(_role("ClusterRole", "", [_label, _allow("", ["pods/eviction"], ["create"])]), {"metadata": {"labels": labels}})
	objects := testing.input_of([role, _binding("ClusterRoleBinding", "", [_account("kube-system", "cluster-autoscaler")])])
	_found == {["write-nodes", "low"]} with input as objects
}

test_allowed_controllers if {
	_found == set() with input as _everywhere([_proxy, _label])
		with data.settings.params as {"rbac/node-control-grant": {"allowedNodeControllers": ["ServiceAccount/n/a"]}}
}
