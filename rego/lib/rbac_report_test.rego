package portcullis.lib.rbac_report_test

import data.portcullis.lib.rbac_report

_entry(rule, reach, namespaces, grants) := {
	"obj": {"id": 1},
	"rule": rule,
	"reach": reach,
	"namespaces": namespaces,
	"grants": grants,
}

_rule := {"apiGroups": ["", "apps"], "resources": ["secrets"], "verbs": ["get", "list"]}

test_arguments if {
	rbac_report.args(_entry(_rule, "cluster", set(), [])) == {
		"verbs": "get, list",
		"resources": "secrets",
		"groups": "apps, the core group",
		"reach": "in every namespace",
	}
	rbac_report.args(_entry({"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}, "unbound", set(), [])) == {
		"verbs": "every verb",
		"resources": "every resource",
		"groups": "every API group",
		"reach": "wherever it gets bound",
	}
}

test_reach if {
	rbac_report.reach(_entry(_rule, "namespace", {"shop"}, [])) == "in namespace shop"
	rbac_report.reach(_entry(_rule, "unbound", {"shop"}, [])) == "in namespace shop"
	rbac_report.reach(_entry(_rule, "namespace", {""}, [])) == "in one namespace"
	rbac_report.reach(_entry(_rule, "namespace", {"a", "b"}, [])) == "in 2 namespaces"
}

test_bindings_are_few_and_wide_ones_first if {
	places := rbac_report.bindings(_entry(_rule, "cluster", set(), array.concat(
		[{"obj": {"id": id}, "path": ["roleRef", "name"], "cluster": id == 7} | some id in [2, 3, 4, 5, 6, 7]],
		[{"obj": {"id": 1}, "path": ["spec"], "cluster": true}],
	)))
	count(places) == 5
	places[0] == {"object": 7, "path": ["roleRef", "name"], "label": "cluster-binding"}
	places[1] == {"object": 2, "path": ["roleRef", "name"], "label": "namespace-binding"}
}

test_no_list if not rbac_report.is_listed(_role, null)

_role := {"name": "a", "namespace": "n", "object": {"kind": "Role"}}

test_lists_of_objects if {
	every item in ["a", "n/a", "Role/a", "Role/n/a", {"name": "a"}, {"kind": "Role", "namespace": "n", "name": "a", "reason": "r"}] {
		rbac_report.is_listed(_role, [item])
	}
	every item in ["b", "m/a", "ClusterRole/a", {"name": "b"}, {"name": "a", "kind": "ClusterRole"}, {"kind": "Role"}, 3, null] {
		not rbac_report.is_listed(_role, [item])
	}
}
