package portcullis.rules.rbac["wildcard-grant_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rbac["wildcard-grant"] as rule

_role(kind, name, rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": kind,
	"metadata": {"name": name, "labels": {"app.kubernetes.io/part-of": "argocd"}},
	"rules": rules,
}

_binding(role, account, namespace) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRoleBinding",
	"metadata": {"name": role},
	"roleRef": {"kind": "ClusterRole", "name": role},
	"subjects": [{"kind": "ServiceAccount", "name": account, "namespace": namespace}],
}

_everything := {"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}

_found contains [entry.variant, object.get(entry, "severity", "variant's"), entry.path] if some entry in rule.report

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as testing.input_of([
		_role("ClusterRole", "bot", [_everything]),
		_binding("bot", "bot", "ci"),
	])
	report == {{
		"variant": "every-permission",
		"severity": "critical",
		"object": 0,
		"path": ["rules", 0, "verbs", 0],
		"region": ["rules", 0],
		"related": [{"object": 1, "path": ["roleRef", "name"], "label": "cluster-binding"}],
		"args": {
			"verbs": "every verb",
			"resources": "every resource",
			"groups": "every API group",
			"reach": "in every namespace",
			"controller": "",
		},
	}}
}

test_a_lesser_finding_speaks_for_itself_only if {
	report := rule.report with input as testing.input_of([_role("Role", "a", [{
		"apiGroups": ["apps"],
		"resources": ["deployments"],
		"verbs": ["get", "*"],
	}])])
	{[entry.variant, entry.severity, entry.path, object.get(entry, "region", null)] | some entry in report} == {[
		"every-verb",
		"medium",
		["rules", 0, "verbs", 1],
		null,
	]}
}

test_patterns_and_urls if {
	_found == {
		["every-subresource", "high", ["rules", 0, "resources", 0]],
		["ineffective-pattern", "variant's", ["rules", 0, "resources", 1]],
		["every-url", "variant's", ["rules", 1, "nonResourceURLs", 1]],
	} with input as testing.input_of([_role("ClusterRole", "a", [
		{"apiGroups": [""], "resources": ["*/exec", "pods/*"], "verbs": ["create"]},
		{"nonResourceURLs": ["/metrics", "/*"], "verbs": ["get"]},
		{"nonResourceURLs": ["*"]},
	])])
	_found == set() with input as testing.input_of([_role("Role", "a", [{"nonResourceURLs": ["*"], "verbs": ["get"]}])])
}

test_known_controllers if {
	argo := "argocd-application-controller"
	_found == {[
		"trusted-controller",
		"medium",
		["rules", 0, "verbs", 0],
	]} with input as testing.input_of([_role("ClusterRole", argo, [_everything]), _binding(argo, argo, "argocd")])
	_found == {[
		"every-permission",
		"high",
		["rules", 0, "verbs", 0],
	]} with input as testing.input_of([_role("ClusterRole", argo, [_everything]), _binding(argo, argo, "playground")])
}

_keda(rules) := [
	object.union(
		_role("ClusterRole", "keda-operator", rules),
		{"metadata": {"labels": {"app.kubernetes.io/name": "keda-operator"}}},
	),
	_binding("keda-operator", "keda-operator", "keda"),
]

test_controllers_that_need_secrets if {
	_found == {[
		"trusted-controller",
		"medium",
		["rules", 0, "resources", 0],
	]} with input as testing.input_of(_keda([{"apiGroups": ["*"], "resources": ["*"], "verbs": ["get"]}]))
	_found == {[
		"every-verb-sensitive",
		"critical",
		["rules", 0, "verbs", 0],
	]} with input as testing.input_of(_keda([{"apiGroups": [""], "resources": ["pods", "secrets"], "verbs": ["*"]}]))
}

test_builtin_and_allowed_roles if {
	_found == set() with input as testing.input_of([_role("ClusterRole", "cluster-admin", [_everything])])
	allowed := {"rbac/wildcard-grant": {"allowedRoles": [{"name": "a", "kind": "ClusterRole"}]}}
	role := _role("ClusterRole", "a", [_everything])
	_found == set() with input as testing.input_of([role]) with data.settings.params as allowed
}

test_own_groups if {
	owned := {"rbac/wildcard-grant": {"ownGroups": ["own.example.com"]}}
	role := _role("ClusterRole", "a", [{"apiGroups": ["own.example.com"], "resources": ["*"], "verbs": ["*"]}])
	expected := {["own-group", "low", ["rules", 0, "verbs", 0]]}
	_found == expected with input as testing.input_of([role]) with data.settings.params as owned
}

test_sloppy_manifests if {
	_found == set() with input as testing.input_of([
		{"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": null, "rules": null},
		{"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role"},
		_role("Role", "a", ["*", {"verbs": "*", "resources": {"a": "*"}, "apiGroups": 1}]),
		{"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "roleRef": "a", "subjects": "b"},
	])
}
