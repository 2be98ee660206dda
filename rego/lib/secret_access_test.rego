package portcullis.lib.secret_access_test

import data.portcullis.lib.secret_access
import data.portcullis.lib.testing

_decides contains obj.id if {
	some obj in input.objects
	secret_access.decides(obj)
}

test_kinds if {
	_decides == {0, 3, 5} with input as testing.input_of([
		{"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role"},
		{"apiVersion": "example.com/v1", "kind": "Role"},
		{"apiVersion": "v1", "kind": "ConfigMap"},
		{"apiVersion": "v1", "kind": "Namespace", "metadata": {"labels": {"pod-security.kubernetes.io/enforce": "restricted"}}},
		{"apiVersion": "v1", "kind": "Namespace", "metadata": {"labels": {"team": "a"}}},
		{"apiVersion": "portcullis/v1", "kind": "SopsConfig"},
		{"apiVersion": 5, "kind": "Role"},
	])
}
