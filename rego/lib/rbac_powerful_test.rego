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

_powers(objects, privileged, agent) := {[power.severity, power.what] | some power in found} if {
	found := rbac_powerful.of_subject(_subject, privileged, agent) with input as testing.input_of(objects)
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
	_powers(_everywhere(_rule("", "secrets", "get")), [], false) == {["critical", "read Secrets"]}
	_powers(_everywhere(_rule("", "nodes", "*")), [], false) == {["critical", "change nodes"]}
	_powers(_everywhere(_rule("", "nodes", "patch")), [], false) == set()
	_powers(_everywhere(_rule("apps", "deployments", "patch")), [], false) == {["critical", "start or change workloads"]}
	_powers(_everywhere(_rule("kyverno.io", "policyexceptions", "create")), [], false) == {[
		"high",
		"change admission, policies or API extensions",
	]}
	_powers(_everywhere(object.union(_rule("", "secrets", "get"), {"resourceNames": ["a"]})), [], false) == set()
}

test_in_one_namespace if {
	read := _rule("", "secrets", "list")
	_powers(_in("n", read), [], false) == set()
	_powers(_in("n", read), ["n"], false) == {["high", "read Secrets"]}
	_powers(_in("n", read), [], true) == {["high", "read Secrets"]}
	_powers(_in("m", read), [], false) == {["high", "read Secrets"]}
	_powers(_in("", read), [], false) == set()
	_powers(_in("n", _rule("", "users", "impersonate")), [], false) == set()
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
	_powers([_job("create"), binding], [], false) == set()
	_powers([_job("update"), binding], [], false) == {["high", "write Secrets"]}
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
	_powers(_bound("ClusterRoleBinding", "", "edit"), [], false) == {["critical", "do nearly everything there"]}
	_powers(_bound("RoleBinding", "n", "cluster-admin"), [], false) == {["high", "do nearly everything there"]}
	_powers(_bound("RoleBinding", "n", "edit"), [], false) == set()
	_powers(_bound("ClusterRoleBinding", "", "view"), [], false) == set()
}

test_through_groups if {
	group := {"kind": "Group", "name": "system:serviceaccounts:n"}
	_powers(
		[_binding("ClusterRoleBinding", "", {"kind": "ClusterRole", "name": "cluster-admin"}, group)],
		[],
		false,
	) == {["critical", "do nearly everything there"]}
}
