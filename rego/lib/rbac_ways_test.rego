package portcullis.lib.rbac_ways_test

import data.portcullis.lib.rbac_entries
import data.portcullis.lib.rbac_ways
import data.portcullis.lib.testing

_way := {
	"variant": "x",
	"resources": {"": ["pods", "pods/exec"], "apps": ["deployments"]},
	"verbs": {"create", "patch"},
	"severities": rbac_ways.in_namespaces("medium"),
	"powers": {"configuration"},
}

_rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_an_opened_way if {
	[found] := rbac_ways.opened(_rule(["", "apps"], ["services", "deployments", "pods"], ["get", "create"]), [_way])
	[found.variant, found.held, found.named, found.place] == ["x", {"create"}, false, ["resources", 2]]
	found.args == {"verbs": "create", "resources": "pods, deployments"}
}

test_ways_that_stay_closed if {
	rbac_ways.opened(_rule([""], ["deployments"], ["create"]), [_way]) == []
	rbac_ways.opened(_rule([""], ["pods"], ["get"]), [_way]) == []
}

test_names if {
	policy_rule := object.union(_rule([""], ["pods"], ["create", "patch"]), {"resourceNames": ["x"]})
	[found] := rbac_ways.opened(policy_rule, [_way])
	[found.held, found.named] == [{"patch"}, true]
}

test_places if {
	rbac_ways.place(_rule([""], ["*/exec"], []), [["", "pods"], ["", "pods/exec"]]) == ["resources", 0]
	rbac_ways.place(_rule(["apps", ""], ["*"], []), [["", "pods"]]) == ["apiGroups", 1]
	rbac_ways.place(_rule(["*"], ["*"], []), [["", "pods"]]) == ["resources", 0]
}

_scope(kind, bound, controllers) := {"kind": kind, "bound": bound, "grant": {}, "controllers": controllers}

test_severities if {
	rbac_ways.severity(object.union(_way, {"named": false}), _scope("foreign", true, [])) == "medium"
	rbac_ways.severity(object.union(_way, {"named": true}), _scope("foreign", true, [])) == "low"
	rbac_ways.severity(object.union(_way, {"named": false}), _scope("agent", false, [])) == "low"
	not rbac_ways.severity(object.union(_way, {"named": false}), _scope("cluster", true, []))
	rbac_ways.anywhere("high").cluster == "high"
}

test_duties_of_controllers if {
	labels := {"app.kubernetes.io/name": "cert-manager"}
	objects := testing.input_of([
		{
			"apiVersion": "rbac.authorization.k8s.io/v1",
			"kind": "ClusterRole",
			"metadata": {"name": "r", "labels": labels},
			"rules": [_rule([""], ["pods"], ["create"])],
		},
		{
			"apiVersion": "rbac.authorization.k8s.io/v1",
			"kind": "ClusterRoleBinding",
			"metadata": {"name": "b"},
			"roleRef": {"kind": "ClusterRole", "name": "r"},
			"subjects": [{"kind": "ServiceAccount", "name": "cert-manager", "namespace": "cert-manager"}],
		},
	])
	[scope] := rbac_ways.scopes(rbac_entries.judged[0], []) with input as objects
	[controller] := scope.controllers
	controller.powers & {"secrets", "workloads", "configuration", "network"} == {"secrets", "workloads", "configuration"}
}

_entry(labels, grants) := {"obj": {"object": {"metadata": {"labels": labels}}}, "grants": grants, "reach": "cluster", "namespaces": set()}

_grant(role, cluster) := {"obj": {"object": {"roleRef": {"name": role}}}, "cluster": cluster, "namespace": "n"}

_to_admin := {"rbac.authorization.k8s.io/aggregate-to-admin": "true"}

test_what_widens_editors if {
	rbac_ways.without_editors(_entry({}, [_grant("edit", true)])).reach == "cluster"
	not rbac_ways.without_editors(_entry(_to_admin, []))
	not rbac_ways.without_editors(_entry(_to_admin, [_grant("admin", true)]))
	direct := rbac_ways.without_editors(_entry(_to_admin, [_grant("admin", true), _grant("r", false)]))
	[direct.grants, direct.reach, direct.namespaces] == [[_grant("r", false)], "namespace", {"n"}]
	rbac_ways.without_editors(_entry(_to_admin, [_grant("admin", false), _grant("r", true)])).reach == "cluster"
}
