package portcullis.lib.rbac_powerful_test

import data.portcullis.lib.rbac_powerful
import data.portcullis.lib.testing

_role(kind, namespace, rule) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": kind,
	"metadata": {"name": "r", "namespace": namespace},
	"rules": [rule],
}

_binding(kind, namespace, ref, account) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": kind,
	"metadata": {"name": "b", "namespace": namespace},
	"roleRef": ref,
	"subjects": [account],
}

_account(namespace) := {"kind": "ServiceAccount", "namespace": namespace, "name": "s"}

_subject := {"kind": "ServiceAccount", "namespace": "n", "name": "s", "id": "sa:n/s"}

_rule(group, resource, verb) := {"apiGroups": [group], "resources": [resource], "verbs": [verb]}

_held(privileged, agent) := {[power.severity, power.what] |
	some power in rbac_powerful.of_subject(_subject, privileged, agent)
}

_everywhere(rule) := [
	_role("ClusterRole", "", rule),
	_binding("ClusterRoleBinding", "", {"kind": "ClusterRole", "name": "r"}, _account("n")),
]

_in(namespace, rule) := [
	_role("Role", namespace, rule),
	_binding("RoleBinding", namespace, {"kind": "Role", "name": "r"}, _account("n")),
]

test_everywhere if {
	_held([], false) == {["critical", "read Secrets"]} with input as testing.input_of(_everywhere(_rule("", "secrets", "get")))
	_held([], false) == {["critical", "change nodes"]} with input as testing.input_of(_everywhere(_rule("", "nodes", "*")))
	_held([], false) == set() with input as testing.input_of(_everywhere(_rule("", "nodes", "patch")))
	_held([], false) == {["critical", "start or change workloads"]} with input as testing.input_of(_everywhere(_rule("apps", "deployments", "patch")))
	_held([], false) == {[
		"high",
		"change admission, policies or API extensions",
	]} with input as testing.input_of(_everywhere(_rule("kyverno.io", "policyexceptions", "create")))
	_held([], false) == set() with input as testing.input_of(_everywhere(object.union(_rule("", "secrets", "get"), {"resourceNames": ["a"]})))
}

test_in_one_namespace if {
	read := _rule("", "secrets", "list")
	_held([], false) == set() with input as testing.input_of(_in("n", read))
	_held(["n"], false) == {["high", "read Secrets"]} with input as testing.input_of(_in("n", read))
	_held([], true) == {["high", "read Secrets"]} with input as testing.input_of(_in("n", read))
	_held([], false) == {["high", "read Secrets"]} with input as testing.input_of(_in("m", read))
	_held([], false) == set() with input as testing.input_of(_in("", read))
	_held([], false) == set() with input as testing.input_of(_in("n", _rule("", "users", "impersonate")))
}

test_where_it_stands if {
	powers := rbac_powerful.of_subject(_subject, [], false) with input as testing.input_of(_everywhere(_rule("", "secrets", "get")))
	powers == {{
		"severity": "critical",
		"what": "read Secrets",
		"binding": "ClusterRoleBinding b",
		"role": "ClusterRole r",
		"place": {"object": 0, "path": ["rules", 0]},
	}}
}

_job(verb) := object.union(
	_role("Role", "n", _rule("", "secrets", verb)),
	{"metadata": {"annotations": {"helm.sh/hook": "pre-install"}}},
)

test_hook_jobs if {
	binding := _binding("RoleBinding", "n", {"kind": "Role", "name": "r"}, _account("n"))
	_held([], false) == set() with input as testing.input_of([_job("create"), binding])
	_held([], false) == {["high", "write Secrets"]} with input as testing.input_of([_job("update"), binding])
}

test_own_sessions if {
	runner := {"kind": "ServiceAccount", "namespace": "ci", "name": "gitlab-runner"}
	found := rbac_powerful.of_subject(object.union(runner, {"id": "sa:ci/gitlab-runner"}), [], false) with input as testing.input_of([
		object.union(_role("Role", "ci", _rule("", "pods/exec", "create")), {"metadata": {"labels": {"app": "gitlab-runner"}}}),
		_binding("RoleBinding", "ci", {"kind": "Role", "name": "r"}, runner),
	])
	found == set()
}

_bound(kind, namespace, role) := [_binding(kind, namespace, {"kind": "ClusterRole", "name": role}, _account("n"))]

test_superuser_roles if {
	_held([], false) == {["critical", "do nearly everything there"]} with input as testing.input_of(_bound("ClusterRoleBinding", "", "edit"))
	_held([], false) == {["high", "do nearly everything there"]} with input as testing.input_of(_bound("RoleBinding", "n", "cluster-admin"))
	_held([], false) == set() with input as testing.input_of(_bound("RoleBinding", "n", "edit"))
	_held([], false) == set() with input as testing.input_of(_bound("ClusterRoleBinding", "", "view"))
}

test_through_groups if {
	group := {"kind": "Group", "name": "system:serviceaccounts:n"}
	everything := {["critical", "do nearly everything there"]}
	admin := {"kind": "ClusterRole", "name": "cluster-admin"}
	_held([], false) == everything with input as testing.input_of([_binding("ClusterRoleBinding", "", admin, group)])
}
