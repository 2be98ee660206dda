package portcullis.rules.rbac["aggregated-role-poisoning_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rbac["aggregated-role-poisoning"] as rule

_allow(group, resources, verbs) := {"apiGroups": [group], "resources": resources, "verbs": verbs}

_label(target) := concat("", ["rbac.authorization.k8s.io/aggregate-to-", target])

_role(name, labels, rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": name, "labels": labels},
	"rules": rules,
}

_to(target, rules) := testing.input_of([_role("r", {_label(target): "true"}, rules)])

_aggregate(name, selectors, rules) := testing.input_of([object.union(
	_role(name, {}, rules),
	{"aggregationRule": {"clusterRoleSelectors": selectors}},
)])

_found contains [entry.variant, object.get(entry, "severity", "")] if some entry in rule.report

_places contains entry.path if some entry in rule.report

_read := ["get", "list", "watch"]

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as _to("view", [_allow("", ["pods", "secrets"], _read)])
	report == {{
		"variant": "view-sensitive",
		"severity": "high",
		"object": 0,
		"path": ["rules", 0, "resources", 1],
		"related": [],
		"args": {
			"verbs": "get, list, watch",
			"resources": "secrets",
			"groups": "the core group",
			"reach": "wherever it gets bound",
			"target": "view",
		},
	}}
}

test_what_readers_may_have if {
	_found == set() with input as _to("view", [_allow("billing.example.com", ["invoices"], _read)])
	_found == set() with input as _to("view", [_allow("", ["pods", "pods/log"], _read)])
	_found == set() with input as testing.input_of([_role("r", {_label("view"): "false"}, [_allow("", ["secrets"], _read)])])
}

test_changes_by_readers if {
	_found == {["view-changes", "high"]} with input as _to("cluster-reader", [_allow("billing.example.com", ["invoices"], ["get", "patch"])])
	_places == {["rules", 0, "verbs", 1]} with input as _to("view", [_allow("billing.example.com", ["invoices"], ["get", "patch"])])
	_places == {["rules", 0, "resources", 0]} with input as _to("view", [_allow("billing.example.com", ["invoices"], ["*"])])
	_found == set() with input as _to("view", [_allow("billing.example.com", ["invoices"], ["patch"])])
		with data.settings.params as {"rbac/aggregated-role-poisoning": {"safeAggregateVerbs": ["patch"]}}
}

test_every_verb_in_words if {
	report := rule.report with input as _to("view", [_allow("billing.example.com", ["invoices"], ["*"])])
	{entry.args.verbs | some entry in report} == {"every verb"}
}

test_sessions_of_readers if {
	every resource in ["pods/exec", "serviceaccounts/token", "nodes/proxy", "*/portforward"] {
		_found == {["view-sensitive", "high"]} with input as _to("view", [_allow("", [resource], ["get"])])
	}
}

test_objects_of_stores if {
	fakes := _allow("generators.external-secrets.io", ["fakes"], ["get"])
	_found == {["view-sensitive", "high"]} with input as _to("view", [fakes])
	own := {_label("view"): "true", "app.kubernetes.io/name": "external-secrets"}
	_found == set() with input as testing.input_of([_role("r", own, [fakes])])
}

test_every_resource_of_a_group if {
	everything := _allow("billing.example.com", ["*"], _read)
	_found == {["view-everything", "high"]} with input as _to("view", [everything])
	_places == {["rules", 0, "apiGroups", 0]} with input as _to("view", [everything])
	crd := {
		"apiVersion": "apiextensions.k8s.io/v1",
		"kind": "CustomResourceDefinition",
		"metadata": {"name": "invoices.billing.example.com"},
		"spec": {"group": "billing.example.com"},
	}
	_found == set() with input as testing.input_of([_role("r", {_label("view"): "true"}, [everything]), crd])
}

test_what_editors_may_have if {
	_found == set() with input as _to("edit", [_allow("billing.example.com", ["invoices"], ["create", "delete"])])
	_found == set() with input as _to("admin", [_allow("rbac.authorization.k8s.io", ["roles"], _read)])
	_found == set() with input as _to("edit", [_allow("", ["namespaces"], _read), _allow("metrics.k8s.io", ["nodes"], _read)])
	_found == set() with input as _to("edit", [_allow("", ["nodes", "nodes/proxy"], [])])
	_found == set() with input as _to("monitoring", [_allow("", ["nodes"], ["patch"])])
}

test_rbac_of_editors if {
	_found == {["editors-rbac", "high"]} with input as _to("admin", [_allow("rbac.authorization.k8s.io", ["roles"], ["create"])])
	_found == {["editors-rbac", "high"]} with input as _to("edit", [_allow("rbac.authorization.k8s.io", ["rolebindings"], ["*"])])
}

test_identities_of_editors if {
	every verb in ["escalate", "bind", "impersonate"] {
		_found == {["editors-identity", "high"]} with input as _to("edit", [_allow("x.example.com", ["x"], [verb])])
	}
}

test_cluster_scope_of_editors if {
	_found == {["editors-cluster-scope", "high"]} with input as _to("edit", [_allow("", ["nodes"], ["patch"])])
	_found == {["editors-cluster-scope", "high"]} with input as _to("edit", [_allow("", ["nodes/proxy"], ["get"])])
	_found == {["editors-cluster-scope", "low"]} with input as _to("edit", [_allow("", ["nodes"], _read)])
	_found == {["editors-cluster-scope", "high"]} with input as _to("admin", [_allow("apiextensions.k8s.io", ["customresourcedefinitions"], ["create"])])
}

test_a_role_for_both if {
	labels := {_label("view"): "true", _label("edit"): "true"}
	_found == {["view-changes", "high"]} with input as testing.input_of([_role("r", labels, [_allow("", ["nodes"], ["patch"])])])
}

test_selectors if {
	own := {"rbac.example.com/aggregate-to-x": "true"}
	_found == set() with input as _aggregate("r", [{"matchLabels": own}, {"matchLabels": object.union(own, {"app": "x"})}], [])
	_found == set() with input as _aggregate("r", null, [])
	_found == set() with input as _aggregate("r", [null, "x"], [])
	_places == {["aggregationRule", "clusterRoleSelectors", 1]} with input as _aggregate("r", [{"matchLabels": own}, {}], [])
	exclusion := {"matchExpressions": [{"key": "rbac.example.com/x", "operator": "NotIn", "values": ["a"]}]}
	_found == {["selects-every-role", ""]} with input as _aggregate("r", [exclusion], [])
	_found == {["selects-by-common-label", ""]} with input as _aggregate("r", [{"matchLabels": {"app": "x", "helm.sh/chart": "x-1"}}], [])
	_found == {["selects-by-common-label", ""]} with input as _aggregate("r", [{"matchExpressions": [{"key": "team", "operator": "Exists"}]}], [])
}

test_the_labels_are_named if {
	report := rule.report with input as _aggregate("r", [{"matchLabels": {"team": "x", "app": "y"}}], [])
	{entry.args.keys | some entry in report} == {"app, team"}
}

test_overwritten_rules if {
	own := [{"matchLabels": {"rbac.example.com/x": "true"}}]
	report := rule.report with input as _aggregate("r", own, [_allow("", ["pods"], _read)])
	report == {{"variant": "overwritten-rules", "object": 0, "path": ["rules"], "args": {}}}
	_found == set() with input as _aggregate("view", own, [_allow("", ["pods"], _read)])
	_found == set() with input as _aggregate("system:aggregate-to-x", own, [_allow("", ["pods"], _read)])
	_found == set() with input as _aggregate("r", own, null)
}
