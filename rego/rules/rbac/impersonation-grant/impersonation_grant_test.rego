package portcullis.rules.rbac["impersonation-grant_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rbac["impersonation-grant"] as rule

_authentication := "authentication.k8s.io"

_allow(group, resources, verbs) := {"apiGroups": [group], "resources": resources, "verbs": verbs}

_impersonate(resources) := _allow("", resources, ["impersonate"])

_role(kind, rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": kind,
	"metadata": {"name": "r", "namespace": {"Role": "n", "ClusterRole": ""}[kind]},
	"rules": rules,
}

_binding(kind, namespace) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": kind,
	"metadata": {"name": "b", "namespace": namespace},
	"roleRef": {"kind": "ClusterRole", "name": "r"},
	"subjects": [{"kind": "ServiceAccount", "namespace": "n", "name": "a"}],
}

_found contains [entry.variant, entry.severity, entry.path] if some entry in rule.report

_levels contains [entry.variant, entry.severity] if some entry in rule.report

_unbound(kind, policy_rule) := testing.input_of([_role(kind, [policy_rule])])

_everywhere(rules) := testing.input_of([_role("ClusterRole", rules), _binding("ClusterRoleBinding", "")])

_in_namespace(namespace, rules) := testing.input_of([_role("ClusterRole", rules), _binding("RoleBinding", namespace)])

_named(policy_rule, names) := object.union(policy_rule, {"resourceNames": names})

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as _everywhere([_named(_impersonate(["serviceaccounts"]), ["x"])])
	report == {{
		"variant": "named-identity",
		"severity": "medium",
		"object": 0,
		"path": ["rules", 0, "verbs", 0],
		"related": [{"object": 1, "path": ["roleRef", "name"], "label": "cluster-binding"}],
		"args": {"names": "x", "reach": "in every namespace"},
	}}
}

test_any_user if {
	_levels == {["any-user", "critical"]} with input as _everywhere([_impersonate(["groups", "users"])])
	_levels == {["any-user", "high"]} with input as _unbound("ClusterRole", _impersonate(["users"]))
	_levels == set() with input as _in_namespace("n", [_impersonate(["users", "groups"])])
	_levels == set() with input as _unbound("Role", _impersonate(["users"]))
}

test_any_service_account if {
	_levels == {["any-serviceaccount", "critical"]} with input as _everywhere([_impersonate(["serviceaccounts"])])
	_levels == {["any-serviceaccount", "high"]} with input as _in_namespace("n", [_impersonate(["serviceaccounts"])])
	_levels == {["any-serviceaccount", "medium"]} with input as _unbound("Role", _impersonate(["serviceaccounts"]))
}

test_any_group if {
	_levels == {["any-group", "medium"]} with input as _everywhere([_impersonate(["groups"])])
	_levels == {["any-group", "low"]} with input as _unbound("ClusterRole", _impersonate(["groups"]))
	_levels == {["any-group-with-user", "critical"], ["named-identity", "medium"]} with input as _everywhere([
		_impersonate(["groups"]),
		_named(_impersonate(["users"]), ["jane"]),
	])
	_levels == {["any-group", "medium"]} with input as _everywhere([
		_impersonate(["groups"]),
		_allow("", ["users"], ["get"]),
	])
}

test_the_verb_is_where_it_stands if {
	_found == {["any-user", "critical", ["rules", 0, "verbs", 1]]} with input as _everywhere([_allow(
		"", ["users"],
		["get", "impersonate"],
	)])
	_found == {["any-user", "critical", ["rules", 0, "resources", 1]]} with input as _everywhere([_allow(
		"", ["x", "users"],
		["*"],
	)])
}

test_privileged_names if {
	privileged := {["privileged-identity", "critical"]}
	_levels == privileged with input as _everywhere([_named(_impersonate(["groups"]), ["system:masters"])])
	_levels == privileged with input as _everywhere([_named(_impersonate(["users"]), ["a", "system:admin"])])
	_levels == privileged with input as _in_namespace("kube-system", [_named(_impersonate(["serviceaccounts"]), ["x"])])
	_levels == privileged with input as _in_namespace(
		"argocd",
		[_named(_impersonate(["serviceaccounts"]), ["argocd-application-controller"])],
	)
	_levels == privileged with input as _everywhere([_named(_impersonate(["serviceaccounts"]), ["kustomize-controller"])])
}

test_harmless_names if {
	named := {["named-identity", "medium"]}
	_levels == named with input as _everywhere([_named(_impersonate(["groups"]), ["system:authenticated"])])
	_levels == named with input as _everywhere([_named(_impersonate(["groups"]), ["system:serviceaccounts:x"])])
	_levels == named with input as _everywhere([_named(_impersonate(["users"]), ["system:serviceaccount:a:b"])])
	_levels == named with input as _in_namespace("n", [_named(_impersonate(["serviceaccounts"]), ["kustomize-controller"])])
	_levels == {["named-identity", "low"]} with input as _unbound("Role", _named(_impersonate(["serviceaccounts"]), ["x"]))
	_levels == set() with input as _everywhere([_named(_impersonate(["users"]), [""])])
}

# What else is bound to the ServiceAccount n/ruler.
_with_ruler(role, rules) := testing.input_of([
	_role("ClusterRole", [_named(_impersonate(["serviceaccounts"]), ["ruler"])]),
	_binding("RoleBinding", "n"),
	object.union(_role("ClusterRole", rules), {"metadata": {"name": "other"}}),
	object.union(_binding("ClusterRoleBinding", ""), {
		"roleRef": {"kind": "ClusterRole", "name": role},
		"subjects": [{"kind": "ServiceAccount", "namespace": "n", "name": "ruler"}],
	}),
])

_level_of_first contains [entry.variant, entry.severity] if {
	some entry in rule.report
	entry.object == 0
}

test_service_accounts_that_rule_the_cluster if {
	privileged := {["privileged-identity", "critical"]}
	_level_of_first == privileged with input as _with_ruler("cluster-admin", [])
	_level_of_first == privileged with input as _with_ruler("other", [_allow("*", ["*"], ["*"])])
	_level_of_first == privileged with input as _with_ruler("other", [_impersonate(["users"])])
	_level_of_first == privileged with input as _with_ruler("other", [_allow("rbac.authorization.k8s.io", ["clusterroles"], ["bind"])])
	_level_of_first == {["named-identity", "medium"]} with input as _with_ruler("other", [_allow("", ["pods"], ["get"])])
}

test_attributes if {
	scopes := _allow(_authentication, ["userextras/scopes"], ["impersonate"])
	_levels == {["any-attribute", "low"]} with input as _everywhere([scopes])
	_levels == set() with input as _in_namespace("n", [scopes])
	_levels == set() with input as _everywhere([_named(scopes, ["view"])])
	_levels == set() with input as _everywhere([_allow(_authentication, ["userextras/*", "tokenreviews"], ["impersonate"])])
}

test_constrained_modes if {
	open := {["constrained-mode", "high"]}
	_levels == open with input as _everywhere([_allow(_authentication, ["users"], ["impersonate:user-info"])])
	_levels == open with input as _in_namespace("n", [_allow(_authentication, ["serviceaccounts"], ["impersonate:serviceaccount"])])
	_levels == open with input as _everywhere([_allow(_authentication, ["nodes"], ["impersonate:arbitrary-node"])])
	_levels == {["associated-node", "low"]} with input as _everywhere([_allow(_authentication, ["nodes"], ["impersonate:associated-node"])])
	_levels == {["constrained-mode", "medium"]} with input as _unbound(
		"ClusterRole",
		_allow(_authentication, ["groups"], ["impersonate:user-info"]),
	)
}

test_constrained_modes_with_names if {
	mode := _allow(_authentication, ["groups"], ["impersonate:user-info"])
	_levels == set() with input as _everywhere([_named(mode, ["viewers"])])
	_levels == {["constrained-mode", "high"]} with input as _everywhere([_named(mode, ["system:masters"])])
}

test_constrained_modes_without_effect if {
	_levels == set() with input as _in_namespace("n", [_allow(_authentication, ["users"], ["impersonate:user-info"])])
	_levels == set() with input as _everywhere([_allow("", ["users"], ["impersonate:user-info"])])
	_levels == set() with input as _everywhere([_allow(_authentication, ["nodes"], ["impersonate:serviceaccount"])])
}

test_constrained_actions if {
	high := {["constrained-action", "high"]}
	_levels == high with input as _everywhere([_allow("", ["secrets"], ["impersonate-on:user-info:get"])])
	_levels == high with input as _everywhere([_allow("rbac.authorization.k8s.io", ["roles"], ["impersonate-on:user-info:get"])])
	_levels == high with input as _in_namespace("n", [_allow("", ["pods"], ["impersonate-on:serviceaccount:*"])])
	_levels == set() with input as _everywhere([_allow("", ["pods"], ["impersonate-on:user-info:get"])])
}

test_a_controller_and_a_gateway if {
	flux := {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "crd-controller", "labels": {"app.kubernetes.io/part-of": "flux"}},
		"roleRef": {"kind": "ClusterRole", "name": "r"},
		"subjects": [{"kind": "ServiceAccount", "namespace": "flux-system", "name": "kustomize-controller"}],
	}
	objects := testing.input_of([_role("ClusterRole", [_impersonate(["users"])]), flux])
	_levels == {["any-user", "medium"]} with input as objects
	_levels == set() with input as objects
		with data.settings.params as {"rbac/impersonation-grant": {"allowedImpersonators": ["kustomize-controller"]}}
}
