package portcullis.rules.rbac["secret-store-object-write_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rbac["secret-store-object-write"] as rule

_api := "rbac.authorization.k8s.io/v1"

_role(labels, policy_rule) := {
	"apiVersion": _api,
	"kind": "ClusterRole",
	"metadata": {"name": "r", "labels": labels},
	"rules": [policy_rule],
}

_binding(kind, namespace, subjects) := {
	"apiVersion": _api,
	"kind": kind,
	"metadata": {"name": "b", "namespace": namespace},
	"roleRef": {"kind": "ClusterRole", "name": "r"},
	"subjects": subjects,
}

_account(namespace, name) := {"kind": "ServiceAccount", "namespace": namespace, "name": name}

_group(name) := {"kind": "Group", "name": name}

_write(resource) := {"apiGroups": ["external-secrets.io"], "resources": ["pods", resource], "verbs": ["get", "create"]}

_found contains [entry.variant, entry.severity] if some entry in rule.report

_everywhere(resource, subjects) := testing.input_of([
	_role({}, _write(resource)),
	_binding("ClusterRoleBinding", "", subjects),
])

_in_namespace(resource, subjects) := testing.input_of([
	_role({}, _write(resource)),
	_binding("RoleBinding", "n", subjects),
])

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as _in_namespace("externalsecrets", [_account("n", "a")])
	report == {{
		"variant": "namespaced-by-workload",
		"severity": "high",
		"object": 0,
		"path": ["rules", 0, "resources", 1],
		"related": [{"object": 1, "path": ["roleRef", "name"], "label": "namespace-binding"}],
		"args": {"verbs": "create", "resources": "externalsecrets", "reach": "in namespace n"},
	}}
}

test_cluster_scoped_kinds if {
	_found == {["cluster-store", "high"]} with input as _everywhere("clustersecretstores", [_group("devs")])
	_found == set() with input as _in_namespace("clustersecretstores", [_account("n", "a")])
	_found == {["cluster-store", "medium"]} with input as testing.input_of([_role({}, _write("clustersecretstores"))])
}

test_namespaced_kinds if {
	_found == {["namespaced-by-workload", "high"]} with input as _in_namespace("pushsecrets", [_group("system:serviceaccounts:n")])
	_found == {["namespaced-by-people", "low"]} with input as _in_namespace("pushsecrets", [_group("devs")])
	_found == set() with input as _in_namespace("pushsecrets", [])
	_found == {["namespaced-unbound", "medium"]} with input as testing.input_of([_role({}, _write("pushsecrets"))])
}

test_made_for_people if {
	aggregated := {"rbac.authorization.k8s.io/aggregate-to-edit": "true"}
	_found == {["namespaced-unbound", "low"]} with input as testing.input_of([_role(aggregated, _write("pushsecrets"))])
	shipped := {"app.kubernetes.io/name": "vault-secrets-operator"}
	_found == {["namespaced-unbound", "low"]} with input as testing.input_of([_role(shipped, _write("pushsecrets"))])
}

test_status_of_the_driver if {
	_found == {["driver-status", "medium"]} with input as testing.input_of([
		_role({}, {
			"apiGroups": ["secrets-store.csi.x-k8s.io"],
			"resources": ["secretproviderclasspodstatuses"],
			"verbs": ["update"],
		}),
		_binding("ClusterRoleBinding", "", [_account("n", "a")]),
	])
}

test_operators if {
	labels := {"app.kubernetes.io/name": "external-secrets"}
	_found == set() with input as testing.input_of([
		_role(labels, _write("externalsecrets")),
		_binding("ClusterRoleBinding", "", [_account("external-secrets", "external-secrets")]),
	])
	_found == {["namespaced-by-workload", "medium"]} with input as testing.input_of([
		_role(labels, _write("externalsecrets")),
		_binding("ClusterRoleBinding", "", [_account("elsewhere", "external-secrets")]),
	])
}

test_the_platform if {
	params := {"rbac/secret-store-object-write": {"platformSubjects": ["Group/devs"]}}
	_found == set() with input as _everywhere("clustersecretstores", [_group("devs")]) with data.settings.params as params
}

test_other_groups if {
	params := {"rbac/secret-store-object-write": {"storeGroups": ["keys.example.com"]}}
	objects := [
		_role({}, {"apiGroups": ["keys.example.com"], "resources": ["keys"], "verbs": ["patch"]}),
		_binding("RoleBinding", "n", [_account("n", "a")]),
	]
	_found == {["namespaced-by-workload", "high"]} with input as testing.input_of(objects) with data.settings.params as params
	_found == set() with input as testing.input_of(objects)
}

test_harmless if {
	_found == set() with input as _in_namespace("externalsecrets/status", [_account("n", "a")])
	_found == set() with input as testing.input_of([_role({}, object.union(_write("externalsecrets"), {"verbs": ["get", "delete"]}))])
	_found == set() with input as testing.input_of([_role({}, object.union(_write("externalsecrets"), {"resourceNames": ["a"]}))])
}

test_many_resources if {
	report := rule.report with input as testing.input_of([
		_role({}, {"apiGroups": ["secrets.hashicorp.com"], "resources": ["*"], "verbs": ["create"]}),
		_binding("RoleBinding", "n", [_account("n", "a")]),
	])
	{[entry.path, entry.args.resources] | some entry in report} == {[
		["rules", 0, "apiGroups", 0],
		"csisecrets, hcpauths, hcpvaultsecretsapps and 6 more",
	]}
}
