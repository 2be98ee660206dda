package portcullis.lib.audit_policies_test

import data.portcullis.lib.audit_policies
import data.portcullis.lib.testing

_input := testing.input_of([{
	"apiVersion": "audit.k8s.io/v1",
	"kind": "Policy",
	"rules": [
		{"level": "None", "users": ["a"]},
		{"level": "Metadata", "resources": [{"group": "", "resources": ["pods/*"]}]},
		{"level": "Request", "namespaces": ["a"], "nonResourceURLs": ["*"]},
		{"level": "None", "nonResourceURLs": ["*"]},
	],
}])

_deciding := {resource: audit_policies.deciding(audit_policies.policies[0], {"group": "", "resource": resource, "verb": "get"}) |
	some resource in ["pods", "pods/exec", "secrets"]
}

test_deciding if {
	found := _deciding with input as _input
	found == {
		"pods": {"indices": [0, 1], "through": false},
		"pods/exec": {"indices": [0, 1], "through": false},
		"secrets": {"indices": [0, 2], "through": true},
	}
}

test_catch_all if {
	audit_policies.is_catch_all({"level": "Metadata", "users": [], "omitStages": ["Panic"]})
	not audit_policies.is_catch_all({"level": "Metadata", "nonResourceURLs": ["*"]})
}
