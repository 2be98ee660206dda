package portcullis.rules.rbac["rbac-self-escalation_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rbac["rbac-self-escalation"] as rule

_api := "rbac.authorization.k8s.io"

_allow(resources, verbs) := {"apiGroups": [_api], "resources": resources, "verbs": verbs}

_role(kind, name, rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": kind,
	"metadata": {"name": name, "namespace": {"Role": "n", "ClusterRole": ""}[kind]},
	"rules": rules,
}

_binding(kind, namespace, role_kind, role) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": kind,
	"metadata": {"name": "b", "namespace": namespace},
	"roleRef": {"kind": role_kind, "name": role},
	"subjects": [{"kind": "ServiceAccount", "namespace": "n", "name": "a"}],
}

_found contains [entry.variant, entry.severity, entry.path] if some entry in rule.report

_of_first contains [entry.variant, entry.severity] if {
	some entry in rule.report
	entry.object == 0
}

_unbound(kind, policy_rule) := testing.input_of([_role(kind, "r", [policy_rule])])

_everywhere(policy_rule) := testing.input_of([
	_role("ClusterRole", "r", [policy_rule]),
	_binding("ClusterRoleBinding", "", "ClusterRole", "r"),
])

_in_namespace(policy_rule) := testing.input_of([
	_role("ClusterRole", "r", [policy_rule]),
	_binding("RoleBinding", "n", "ClusterRole", "r"),
])

_verb(index) := ["rules", 0, "verbs", index]

_resource(index) := ["rules", 0, "resources", index]

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as _in_namespace(_allow(["roles", "rolebindings"], ["create"]))
	report == {{
		"variant": "write-namespace-rbac",
		"severity": "medium",
		"object": 0,
		"path": ["rules", 0, "resources", 1],
		"related": [{"object": 1, "path": ["roleRef", "name"], "label": "namespace-binding"}],
		"args": {
			"resources": "rolebindings, roles",
			"verbs": "create",
			"subject": "",
			"reach": "in namespace n",
		},
	}}
}

test_escalate if {
	escalate := _allow(["clusterroles"], ["get", "escalate"])
	_found == {["escalate", "critical", _verb(1)]} with input as _everywhere(escalate)
	_found == {["escalate", "critical", _verb(1)]} with input as _unbound("ClusterRole", escalate)
	_found == set() with input as _in_namespace(escalate)
	_found == {["escalate", "critical", _verb(0)]} with input as _unbound("Role", _allow(["roles"], ["escalate"]))
}

test_through_wildcards if {
	_found == {["escalate", "critical", _resource(0)]} with input as _everywhere(_allow(["roles"], ["*"]))
	_found == {["bind", "critical", _verb(0)]} with input as _in_namespace(_allow(["*"], ["bind"]))
}

test_bind if {
	_found == {["bind", "critical", _verb(0)]} with input as _unbound("Role", _allow(["roles"], ["bind"]))
	_found == {["bind", "critical", _verb(0)]} with input as _in_namespace(_allow(["clusterroles"], ["bind"]))
}

test_bind_by_name if {
	bind := _allow(["clusterroles"], ["bind"])
	_found == set() with input as _everywhere(object.union(bind, {"resourceNames": ["view", ""]}))
	_found == {["bind-named", "high", _verb(0)]} with input as _everywhere(object.union(bind, {"resourceNames": ["view", "x"]}))
	_found == {["bind-named", "medium", _verb(0)]} with input as _unbound("Role", object.union(bind, {"resourceNames": ["x"]}))
	_found == {["bind-named", "critical", _verb(0)]} with input as _everywhere(object.union(
		bind,
		{"resourceNames": ["system:node"]},
	))
	_found == {["bind-named", "critical", _verb(0)]} with input as _unbound("ClusterRole", object.union(
		bind,
		{"resourceNames": ["admin"]},
	))
	_found == {["bind-named", "critical", _verb(0)]} with input as _everywhere(object.union(
		bind,
		{"resourceNames": ["cluster-admin"]},
	))
	_found == set() with input as _everywhere(object.union(bind, {"resourceNames": ["x"]}))
		with data.settings.params as {"rbac/rbac-self-escalation": {"bindableRoles": ["x"]}}
}

test_writing if {
	bindings := _allow(["clusterrolebindings", "rolebindings"], ["update"])
	_found == {["write-cluster-rbac", "high", _resource(0)]} with input as _everywhere(bindings)
	_found == {["write-cluster-rbac", "medium", _resource(0)]} with input as _unbound("ClusterRole", bindings)
	_found == {["write-namespace-rbac", "medium", _resource(1)]} with input as _in_namespace(bindings)
	_found == {["write-namespace-rbac", "low", _resource(1)]} with input as _unbound("Role", bindings)
}

test_writing_by_name if {
	named := object.union(_allow(["clusterroles"], ["create", "update"]), {"resourceNames": ["x"]})
	_found == {["write-cluster-rbac", "medium", _resource(0)]} with input as _everywhere(named)
	_found == set() with input as _everywhere(object.union(named, {"verbs": ["create"]}))
}

test_deleting if {
	delete := _allow(["roles", "rolebindings"], ["delete"])
	_found == {["delete-bindings", "medium", _resource(1)]} with input as _in_namespace(delete)
	_found == {["delete-bindings", "low", _resource(1)]} with input as _unbound("Role", delete)
	_found == {["delete-bindings", "low", _resource(1)]} with input as _in_namespace(object.union(
		delete,
		{"resourceNames": ["x"]},
	))
	_found == set() with input as _in_namespace(_allow(["roles"], ["delete"]))
	_found == set() with input as _in_namespace(_allow(["clusterrolebindings"], ["delete"]))
}

test_reading if {
	_found == set() with input as _everywhere(_allow(["roles", "rolebindings"], ["get", "list", "watch"]))
}

test_platforms if {
	rancher := {"apiGroups": ["management.cattle.io"], "resources": ["globalrolebindings"], "verbs": ["create"]}
	_found == {["platform-rbac", "high", _resource(0)]} with input as _everywhere(rancher)
	_found == {["platform-rbac", "medium", _resource(0)]} with input as _unbound("ClusterRole", rancher)
	_found == set() with input as _everywhere(object.union(rancher, {"verbs": ["get"]}))
	_found == set() with input as _everywhere(object.union(rancher, {"apiGroups": ["cattle.example.com"]}))
	_found == set() with input as _everywhere(rancher)
		with data.settings.params as {"rbac/rbac-self-escalation": {"platformResources": {"management.cattle.io": []}}}
}

# The subject of `_binding` also gets what `other` grants.
_also(policy_rule, kind, other) := testing.input_of([
	_role("Role", "r", [policy_rule]),
	_binding("RoleBinding", "n", "Role", "r"),
	_role("ClusterRole", "other", [other]),
	_binding(kind, "n", "ClusterRole", "other"),
])

test_writing_unchecked if {
	bindings := _allow(["rolebindings"], ["create"])
	roles := _allow(["roles"], ["create"])
	unchecked := {["write-with-escalation", "critical"]}
	_of_first == unchecked with input as _also(bindings, "RoleBinding", _allow(["clusterroles"], ["bind"]))
	_of_first == unchecked with input as _also(roles, "ClusterRoleBinding", _allow(["roles"], ["escalate"]))
	_of_first == unchecked with input as _also(roles, "RoleBinding", {"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]})
	impersonate := {"apiGroups": [""], "resources": ["users"], "verbs": ["impersonate"]}
	_of_first == unchecked with input as _also(roles, "ClusterRoleBinding", impersonate)
}

test_writing_everywhere_and_unchecked_in_one_namespace if {
	objects := testing.input_of([
		_role("ClusterRole", "r", [_allow(["roles"], ["create"])]),
		_binding("ClusterRoleBinding", "", "ClusterRole", "r"),
		_role("Role", "other", [_allow(["roles"], ["escalate"])]),
		_binding("RoleBinding", "n", "Role", "other"),
	])
	_of_first == {["write-with-escalation", "critical"]} with input as objects
}

test_writing_with_what_does_not_lift_the_check if {
	checked := {["write-namespace-rbac", "medium"]}
	_of_first == checked with input as _also(_allow(["rolebindings"], ["create"]), "RoleBinding", _allow(["roles"], ["escalate"]))
	_of_first == checked with input as _also(_allow(["roles"], ["create"]), "RoleBinding", _allow(["roles"], ["bind"]))
	named := object.union(_allow(["clusterroles"], ["bind"]), {"resourceNames": ["view"]})
	_of_first == checked with input as _also(_allow(["rolebindings"], ["create"]), "RoleBinding", named)
}

test_the_unchecked_writer_is_named if {
	report := rule.report with input as _also(
		_allow(["rolebindings"], ["create"]), "RoleBinding",
		_allow(["roles"], ["bind"]),
	)
	{entry.args.subject | some entry in report; entry.object == 0} == {"ServiceAccount n/a"}
}

test_a_controller if {
	argocd := {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "argocd-server", "labels": {"app.kubernetes.io/part-of": "argocd"}},
		"roleRef": {"kind": "ClusterRole", "name": "r"},
		"subjects": [{"kind": "ServiceAccount", "namespace": "argocd", "name": "argocd-server"}],
	}
	objects := testing.input_of([_role("ClusterRole", "r", [_allow(["roles"], ["escalate"])]), argocd])
	_found == {["escalate", "medium", _verb(0)]} with input as objects
}

test_allowed_roles if {
	_found == set() with input as _unbound("ClusterRole", _allow(["roles"], ["escalate"]))
		with data.settings.params as {"rbac/rbac-self-escalation": {"allowedRoles": [{"name": "r", "kind": "ClusterRole"}]}}
}
