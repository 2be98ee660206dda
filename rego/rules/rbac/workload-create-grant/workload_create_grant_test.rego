package portcullis.rules.rbac["workload-create-grant_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rbac["workload-create-grant"] as rule

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

_agent := {
	"apiVersion": "v1",
	"kind": "ServiceAccount",
	"metadata": {"name": "a", "namespace": "n", "labels": {"app.kubernetes.io/component": "agent"}},
}

_group := {"kind": "Group", "name": "oidc:team"}

_restricted := {
	"apiVersion": "v1",
	"kind": "Namespace",
	"metadata": {"name": "n", "labels": {"pod-security.kubernetes.io/enforce": "restricted"}},
}

_jobs := _allow("batch", ["cronjobs", "jobs"], ["get", "create"])

_daemons := _allow("apps", ["daemonsets"], ["create"])

_bound_to(subjects, rules, others) := testing.input_of(array.concat(
	[_role("ClusterRole", "", rules), _binding("RoleBinding", "n", subjects)],
	others,
))

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as _everywhere([_jobs])
	report == {{
		"variant": "cluster-wide",
		"severity": "critical",
		"object": 0,
		"path": ["rules", 0, "resources", 1],
		"related": [{"object": 1, "path": ["roleRef", "name"], "label": "cluster-binding"}],
		"args": {"verbs": "create", "resources": "jobs, cronjobs", "reach": "in every namespace"},
	}}
}

test_reach if {
	_found == {["privileged-namespace", "critical"]} with input as _in_namespace("kube-system", [_jobs])
	_found == {["in-namespace", "high"]} with input as _in_namespace("n", [_jobs])
	_found == {["cluster-wide", "high"]} with input as _unbound("ClusterRole", [_jobs])
	_found == {["in-namespace", "medium"]} with input as _unbound("Role", [_jobs])
}

test_a_privileged_namespace_of_the_settings if {
	_found == {["privileged-namespace", "critical"]} with input as _in_namespace("n", [_jobs])
		with data.settings.params as {"rbac/workload-create-grant": {"privilegedNamespaces": ["n"]}}
}

test_kinds_of_workloads if {
	every policy_rule in [
		_allow("", ["pods"], ["create"]),
		_allow("apps", ["deployments"], ["patch"]),
		_allow("argoproj.io", ["workflows"], ["update"]),
		_allow("kagent.dev", ["agents"], ["create"]),
		_allow("serving.knative.dev", ["services"], ["create"]),
	] {
		_found == {["in-namespace", "high"]} with input as _in_namespace("n", [policy_rule])
	}
}

test_what_starts_no_pods if {
	every policy_rule in [
		_allow("", ["pods"], ["update", "patch", "delete"]),
		_allow("", ["services"], ["create"]),
		_allow("apps", ["deployments"], ["get", "delete"]),
		_allow("apps", ["deployments/scale", "deployments/*"], ["patch"]),
		_allow("extensions.agents.x-k8s.io", ["sandboxclaims"], ["create"]),
		_named(_jobs, ["x"]),
	] {
		_found == set() with input as _in_namespace("n", [policy_rule])
	}
}

test_names if {
	deployments := _named(_allow("apps", ["deployments"], ["create", "patch"]), ["x"])
	_found == {["in-namespace", "medium"]} with input as _in_namespace("n", [deployments])
	_found == {["cluster-wide", "high"]} with input as _everywhere([deployments])
}

test_deployers if {
	_found == {["by-deployers", "medium"]} with input as _bound_to([_group], [_jobs], [])
	_found == {["by-deployers", "low"]} with input as _bound_to([_group], [_jobs], [_restricted])
	_found == {["in-namespace", "high"]} with input as _bound_to([_group, _account("n", "a")], [_jobs], [])
	_found == {["in-namespace", "high"]} with input as _bound_to([{"kind": "Group", "name": "system:serviceaccounts"}], [_jobs], [])
	_found == {["by-deployers", "medium"]} with input as _bound_to([_account("ci", "deployer")], [_jobs], [])
		with data.settings.params as {"rbac/workload-create-grant": {"deployers": ["ServiceAccount/ci/deployer"]}}
}

test_a_deployer_of_everything if {
	objects := testing.input_of([_role("ClusterRole", "", [_jobs]), _binding("ClusterRoleBinding", "", [_group])])
	_found == {["cluster-wide", "critical"]} with input as objects
}

test_a_restricted_namespace if {
	_found == {["in-namespace", "medium"]} with input as _bound_to([_account("n", "a")], [_jobs], [_restricted])
	_found == {["in-namespace", "high"]} with input as _bound_to([_account("n", "a")], [_jobs], [_restricted, _agent])
}

test_daemon_sets if {
	_found == {["daemonsets", "high"]} with input as _bound_to([_group], [_daemons], [])
	_found == {["by-deployers", "low"]} with input as _bound_to([_group], [_daemons], [_restricted])
	_found == {["in-namespace", "high"]} with input as _in_namespace("n", [_daemons])
	_found == {["by-deployers", "medium"]} with input as _bound_to([_group], [_allow("apps", ["daemonsets"], ["patch"])], [])
}

test_every_resource_of_a_group if {
	_places == {["rules", 0, "apiGroups", 0]} with input as _everywhere([_allow("batch", ["*"], ["create"])])
}

test_what_editors_do_anyhow if {
	labels := {"rbac.authorization.k8s.io/aggregate-to-edit": "true"}
	role := object.union(_role("ClusterRole", "", [_jobs]), {"metadata": {"labels": labels}})
	_found == set() with input as testing.input_of([role])
}

test_a_runner_of_jobs if {
	role := object.union(_role("ClusterRole", "", [_jobs]), {"metadata": {"labels": {"app": "gitlab-runner"}}})
	objects := testing.input_of([role, _binding("RoleBinding", "ci", [_account("ci", "gitlab-runner")])])
	_found == {["by-deployers", "medium"]} with input as objects
}

test_controllers_that_own_workloads if {
	labels := {"app.kubernetes.io/name": "cert-manager"}
	role := object.union(_role("ClusterRole", "", [_allow("", ["pods"], ["create"])]), {"metadata": {"labels": labels}})
	objects := testing.input_of([role, _binding("ClusterRoleBinding", "", [_account("cert-manager", "cert-manager")])])
	_found == {["cluster-wide", "medium"]} with input as objects
}

test_resources_of_the_settings if {
	_found == set() with input as _everywhere([_jobs])
		with data.settings.params as {"rbac/workload-create-grant": {"workloadResources": ["pods", "deployments.apps", 7]}}
}
