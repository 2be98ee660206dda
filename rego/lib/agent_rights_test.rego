package portcullis.lib.agent_rights_test

import data.portcullis.lib.agent_rights
import data.portcullis.lib.testing

_subject := {"kind": "ServiceAccount", "namespace": "n", "name": "a", "id": "sa:n/a"}

_bound(cluster, rules) := testing.input_of([
	{
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "r"},
		"rules": rules,
	},
	{
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": {true: "ClusterRoleBinding", false: "RoleBinding"}[cluster],
		"metadata": {"name": "b", "namespace": "n"},
		"roleRef": {"kind": "ClusterRole", "name": "r"},
		"subjects": [{"kind": "ServiceAccount", "namespace": "n", "name": "a"}],
	},
])

_rule(group, resources, verbs) := {"apiGroups": [group], "resources": resources, "verbs": verbs}

_rights(allowed) := [[right.level, right.what] | some right in agent_rights.of_subject(_subject, ["kube-system"], allowed)]

test_in_one_namespace if {
	_rights(set()) == [["critical", "read Secrets"]] with input as _bound(false, [_rule("", ["secrets"], ["get"])])
	_rights(set()) == [["critical", "write objects that fetch secrets"]] with input as _bound(
		false,
		[_rule("external-secrets.io", ["externalsecrets"], ["patch"])],
	)
	_rights(set()) == [] with input as _bound(false, [_rule("external-secrets.io", ["externalsecrets"], ["get"])])
	_rights(set()) == [["high", "wipe its traces"]] with input as _bound(false, [_rule("", ["events"], ["deletecollection"])])
	_rights(set()) == [["high", "pass on its rights"]] with input as _bound(false, [_rule("rbac.authorization.k8s.io", ["roles"], ["create"])])
	_rights(set()) == [] with input as _bound(false, [_rule("", ["pods"], ["get", "list"]), _rule("x.com", ["things"], ["create"])])
	_rights(set()) == [] with input as _bound(false, null)
}

test_everywhere if {
	cluster := ["cluster", "act in every namespace"]
	_rights(set()) == [
		["critical", "write objects that fetch secrets"],
		cluster,
	] with input as _bound(true, [_rule("external-secrets.io", ["clustersecretstores"], ["create"])])
	_rights(set()) == [["write", "change objects in every namespace"], cluster] with input as _bound(true, [_rule("x.com", ["things"], ["create"])])
	_rights(set()) == [cluster] with input as _bound(true, [_rule("authorization.k8s.io", ["subjectaccessreviews"], ["create"])])
	_rights(set()) == [["write", "change objects in every namespace"], cluster] with input as _bound(true, [{"resources": ["things"], "verbs": ["create"]}])
	_rights(set()) == [["logs", "read logs and events in every namespace"]] with input as _bound(true, [_rule("", ["pods/log", "events"], ["get", "list"])])
	_rights(set()) == [cluster] with input as _bound(true, [_rule("", ["pods/log"], ["get"]), _rule("", ["pods"], ["get"])])
}

test_allowed_roles if {
	rules := [_rule("x.com", ["things"], ["create"])]
	_rights({"r"}) == [] with input as _bound(true, rules)
	_rights({"ClusterRole r"}) == [] with input as _bound(true, rules)
	count(_rights({"other"})) == 2 with input as _bound(true, rules)
}

test_roles_that_the_set_lacks if {
	binding := {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "b"},
		"roleRef": {"kind": "ClusterRole", "name": "elsewhere"},
		"subjects": [{"kind": "ServiceAccount", "namespace": "n", "name": "a"}],
	}
	everyone := object.union(binding, {"subjects": [{"kind": "Group", "name": "system:authenticated"}]})
	found := agent_rights.of_subject(_subject, [], set()) with input as testing.input_of([binding, everyone])
	found == [{
		"level": "cluster",
		"what": "act in every namespace",
		"binding": "ClusterRoleBinding b",
		"role": "ClusterRole elsewhere",
		"place": {"object": 0, "path": ["roleRef", "name"]},
	}]
}
