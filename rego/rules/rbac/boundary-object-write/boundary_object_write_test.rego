package portcullis.rules.rbac["boundary-object-write_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rbac["boundary-object-write"] as rule

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

_volumes := _allow("", ["persistentvolumes"], ["create"])

_policies := _allow("networking.k8s.io", ["networkpolicies"], ["update", "delete"])

_namespaces := _allow("", ["namespaces"], ["patch"])

_for_people(policy_rule) := testing.input_of([_role("ClusterRole", "", [policy_rule]), _binding("RoleBinding", "n", [_group])])

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as _everywhere([_volumes])
	report == {{
		"variant": "persistent-volumes",
		"severity": "high",
		"object": 0,
		"path": ["rules", 0, "resources", 0],
		"related": [{"object": 1, "path": ["roleRef", "name"], "label": "cluster-binding"}],
		"args": {"verbs": "create", "resources": "persistentvolumes", "reach": "in every namespace"},
	}}
}

test_volumes if {
	_found == {["persistent-volumes", "medium"]} with input as _unbound("ClusterRole", [_volumes])
	_found == set() with input as _in_namespace("n", [_volumes])
	_found == set() with input as _everywhere([_allow("", ["persistentvolumes", "persistentvolumeclaims"], ["get", "delete"])])
	_found == {["storage-drivers", "medium"]} with input as _everywhere([_allow("storage.k8s.io", ["csidrivers"], ["create"])])
}

test_namespaces if {
	_found == {["relabel-namespaces", "medium"]} with input as _everywhere([_namespaces])
	_found == {["relabel-namespaces", "low"]} with input as _everywhere([_named(_namespaces, ["x"])])
	_found == {["create-namespaces", "low"]} with input as _everywhere([_allow("", ["namespaces"], ["create"])])
	_found == set() with input as _in_namespace("n", [_allow("", ["namespaces"], ["create", "delete"])])
}

test_the_namespace_of_the_binding if {
	_found == {["relabel-namespaces", "medium"]} with input as _in_namespace("n", [_namespaces])
	_found == {["relabel-namespaces", "medium"]} with input as _in_namespace("n", [_named(_namespaces, ["n"])])
	_found == set() with input as _in_namespace("n", [_named(_namespaces, ["x"])])
}

test_network_policies if {
	_found == {["network-policies", "high"]} with input as _in_namespace("n", [_policies])
	_found == {["network-policies", "medium"]} with input as _unbound("Role", [_policies])
	_found == {["network-policies", "high"]} with input as _in_namespace("n", [_allow("policy.linkerd.io", ["servers"], ["patch"])])
	_found == {["network-policies", "high"]} with input as _everywhere([_allow("projectcalico.org", ["globalnetworkpolicies"], ["delete"])])
	_found == set() with input as _in_namespace("n", [_allow("projectcalico.org", ["globalnetworkpolicies"], ["delete"])])
}

test_network_policies_by_people if {
	_found == {["delete-network-policies", "medium"]} with input as _for_people(_policies)
	_found == set() with input as _for_people(_allow("networking.k8s.io", ["networkpolicies"], ["create", "update"]))
	_found == {["delete-network-policies", "low"]} with input as _for_people(_named(_policies, ["x"]))
}

test_network_policies_of_editors if {
	labels := {"rbac.authorization.k8s.io/aggregate-to-edit": "true"}
	role := object.union(_role("ClusterRole", "", [_policies, _allow("cilium.io", ["ciliumnetworkpolicies"], ["update"])]), {"metadata": {"labels": labels}})
	_places == {["rules", 1, "resources", 0]} with input as testing.input_of([role])
}

test_limits if {
	limits := [_allow("", ["resourcequotas"], ["update"]), _allow("scheduling.k8s.io", ["priorityclasses"], ["create"])]
	_found == set() with input as _everywhere(limits)
	objects := testing.input_of([
		_role("ClusterRole", "", limits),
		_binding("ClusterRoleBinding", "", [_account("n", "a")]),
		_agent,
	])
	_found == {["agent-limits", "medium"]} with input as objects
}

test_limits_in_a_zone_of_agents if {
	zone := {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "n", "labels": {"portcullis/zone": "agents"}}}
	limits := _allow("", ["limitranges", "resourcequotas"], ["delete"])
	objects := testing.input_of([_role("ClusterRole", "", [limits]), _binding("RoleBinding", "n", [_group]), zone])
	_found == {["agent-limits", "medium"]} with input as objects
}

test_a_storage_provisioner if {
	role := object.union(_role("ClusterRole", "", [_volumes]), {"metadata": {"labels": {"app.kubernetes.io/name": "aws-ebs-csi-driver"}}})
	objects := testing.input_of([role, _binding("ClusterRoleBinding", "", [_account("kube-system", "ebs-csi-controller-sa")])])
	_found == {["persistent-volumes", "medium"]} with input as objects
}

test_allowed_controllers if {
	_found == set() with input as _everywhere([_volumes, _namespaces])
		with data.settings.params as {"rbac/boundary-object-write": {"allowedInfraControllers": ["ServiceAccount/n/a"]}}
}
