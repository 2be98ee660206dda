package portcullis.rules.rbac["workload-identity-hygiene_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rbac["workload-identity-hygiene"] as rule

_pod(spec) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "p", "namespace": "n"},
	"spec": object.union({"containers": [{"name": "c", "image": "shop/c:1"}]}, spec),
}

_account(name, fields) := object.union(
	{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": name, "namespace": "n"}},
	fields,
)

_found contains [entry.variant, object.get(entry, "severity", ""), entry.path] if some entry in rule.report

_full := "full"

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as testing.input_of([_pod({})])
	report == {{"variant": "default-account", "object": 0, "path": ["spec", "serviceAccountName"], "args": {}}}
}

test_without_a_token if {
	_found == {["default-account-without-token", "", ["spec", "serviceAccountName"]]} with input as testing.input_of([_pod({
		"serviceAccountName": "default",
		"automountServiceAccountToken": false,
	})])
}

test_the_account_itself if {
	_found == {["default-account-mounts-token", "", ["automountServiceAccountToken"]]} with input as testing.input_of([_account("default", {})])
	_found == set() with input as testing.input_of([_account("default", {"automountServiceAccountToken": false})])
	_found == set() with input as testing.input_with([{"object": _account("default", {}), "partial": true}])
	_found == set() with input as testing.input_of([_account("s", {})])
}

_named := _pod({"serviceAccountName": "s"})

_token := ["spec", "automountServiceAccountToken"]

test_unneeded_token if {
	objects := [_named, _account("s", {})]
	_found == {["unneeded-token", "medium", _token]} with input as testing.input_of(objects) with data.settings.completeness as _full
	_found == {["unneeded-token", "info", _token]} with input as testing.input_of(objects)
	_found == set() with input as testing.input_of(objects) with data.settings.params as {"rbac/workload-identity-hygiene": {"tokenNeeded": ["shop/"]}}
}

test_needed_token if {
	_found == set() with input as testing.input_of([_named, _account("s", {}), {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "RoleBinding",
		"metadata": {"name": "b", "namespace": "n"},
		"roleRef": {"kind": "ClusterRole", "name": "view"},
		"subjects": [{"kind": "ServiceAccount", "name": "s", "namespace": "n"}],
	}])
}

_place := ["spec", "serviceAccountName"]

test_undeclared if {
	_found == {["undeclared-account", "low", _place]} with input as testing.input_of([_named]) with data.settings.completeness as _full
	_found == {["undeclared-account", "info", _place]} with input as testing.input_of([_named])
	_found == set() with input as testing.input_of([_named]) with data.settings.params as {"rbac/workload-identity-hygiene": {"externallyManaged": ["n/s"]}}
}
