package portcullis.rules.rbac["pod-session-access_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rbac["pod-session-access"] as rule

_allow(resources, verbs) := {"apiGroups": [""], "resources": resources, "verbs": verbs}

_role(kind, namespace, policy_rule) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": kind,
	"metadata": {"name": "r", "namespace": namespace},
	"rules": [policy_rule],
}

_binding(kind, namespace, subjects) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": kind,
	"metadata": {"name": "b", "namespace": namespace},
	"roleRef": {"kind": "ClusterRole", "name": "r"},
	"subjects": subjects,
}

_account(namespace, name) := {"kind": "ServiceAccount", "namespace": namespace, "name": name}

_found contains [entry.variant, entry.severity] if some entry in rule.report

_everywhere(policy_rule) := testing.input_of([
	_role("ClusterRole", "", policy_rule),
	_binding("ClusterRoleBinding", "", [_account("n", "a")]),
])

_in_namespace(namespace, policy_rule) := testing.input_of([
	_role("ClusterRole", "", policy_rule),
	_binding("RoleBinding", namespace, [_account(namespace, "a")]),
])

_exec := _allow(["pods", "pods/exec"], ["create"])

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as _everywhere(_exec)
	report == {{
		"variant": "open-session",
		"severity": "critical",
		"object": 0,
		"path": ["rules", 0, "resources", 1],
		"related": [{"object": 1, "path": ["roleRef", "name"], "label": "cluster-binding"}],
		"args": {"verbs": "create", "resources": "pods/exec", "reach": "in every namespace"},
	}}
}

test_sessions if {
	_found == {["open-session", "high"]} with input as _in_namespace("n", _exec)
	_found == {["open-session", "critical"]} with input as _in_namespace("kube-system", _exec)
	_found == {["open-session", "high"]} with input as testing.input_of([_role("ClusterRole", "", _exec)])
	_found == {["open-session", "medium"]} with input as testing.input_of([_role("Role", "n", _exec)])
	_found == {["open-session", "high"]} with input as _in_namespace("n", _allow(["pods/portforward"], ["get"]))
	_found == {["open-session", "high"]} with input as _in_namespace("n", _allow(["*/attach"], ["get"]))
	_found == set() with input as _in_namespace("n", _allow(["pods/exec", "pods/*"], ["list", "delete"]))
	_found == {["open-session", "medium"]} with input as _in_namespace("n", object.union(_exec, {"resourceNames": ["db-0"]}))
}

test_a_privileged_namespace_of_the_settings if {
	_found == {["open-session", "critical"]} with input as _in_namespace("n", _exec)
		with data.settings.params as {"rbac/pod-session-access": {"privilegedNamespaces": ["n"]}}
}

test_debug_containers if {
	debug := _allow(["pods/ephemeralcontainers"], ["patch"])
	_found == {["debug-container", "high"]} with input as _everywhere(debug)
	_found == {["debug-container", "high"]} with input as _in_namespace("n", debug)
	_found == {["debug-container", "medium"]} with input as testing.input_of([_role("Role", "n", debug)])
}

test_proxies if {
	_found == {["proxy", "medium"]} with input as _everywhere(_allow(["services/proxy"], ["get"]))
	_found == {["proxy", "medium"]} with input as _in_namespace("n", _allow(["pods/proxy"], ["create"]))
}

test_changing_pods if {
	patch := _allow(["pods"], ["patch"])
	_found == {["change-pods", "medium"]} with input as _everywhere(patch)
	_found == {["change-pods", "medium"]} with input as _in_namespace("n", patch)
	_found == {["change-pods", "high"]} with input as _in_namespace("vault", patch)
	_found == {["change-pods", "low"]} with input as _in_namespace("n", object.union(patch, {"resourceNames": ["a"]}))
	_found == set() with input as _in_namespace("n", _allow(["pods"], ["get", "delete"]))
}

_logs_for(subject) := testing.input_of([
	_role("ClusterRole", "", _allow(["pods/log"], ["get"])),
	_binding("RoleBinding", "n", [subject]),
	{
		"apiVersion": "v1",
		"kind": "ServiceAccount",
		"metadata": {"name": "bot", "namespace": "n", "annotations": {"portcullis/workload": "agent"}},
	},
])

test_logs if {
	low := {["read-logs", "low"]}
	_found == low with input as _logs_for(_account("n", "bot"))
	_found == low with input as _logs_for({"kind": "Group", "name": "system:authenticated"})
	_found == low with input as _logs_for({"kind": "Group", "name": "system:serviceaccounts:n"})
	_found == set() with input as _logs_for(_account("n", "a"))
	_found == set() with input as _logs_for({"kind": "Group", "name": "system:authenticated-staff"})
}

_for_subject(role, binding) := testing.input_of([
	object.union(_role("ClusterRole", "", _exec), {"metadata": {"labels": role}}),
	binding,
])

test_runners_in_their_own_namespace if {
	labels := {"app": "ci-gitlab-runner"}
	_found == {["open-session", "medium"]} with input as _for_subject(
		labels,
		_binding("RoleBinding", "ci", [_account("ci", "ci-gitlab-runner")]),
	)
	_found == {["open-session", "high"]} with input as _for_subject(
		labels,
		_binding("RoleBinding", "shop", [_account("ci", "ci-gitlab-runner")]),
	)
	_found == {["open-session", "critical"]} with input as _for_subject(
		labels,
		_binding("ClusterRoleBinding", "", [_account("ci", "ci-gitlab-runner")]),
	)
	_found == {["open-session", "high"]} with input as _for_subject(
		{},
		_binding("RoleBinding", "ci", [_account("ci", "gitlab-runner")]),
	)
}

test_operators_that_run_commands if {
	_found == {["open-session", "medium"]} with input as _for_subject(
		{"app.kubernetes.io/name": "velero"},
		_binding("ClusterRoleBinding", "", [_account("velero", "velero-server")]),
	)
}

test_allowed_subjects if {
	_found == set() with input as _everywhere(_exec)
		with data.settings.params as {"rbac/pod-session-access": {"allowedExecSubjects": ["ServiceAccount/n/a"]}}
}
