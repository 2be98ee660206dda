package portcullis.main_test

import data.portcullis.lib.testing
import data.portcullis.main

_role := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "a"},
	"rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}],
}

test_runs_the_rules_that_are_named if {
	document := object.union(testing.input_of([_role]), {"rules": [["rbac", "wildcard-grant"]]})
	{found.rule | some found in main.findings} == {"rbac/wildcard-grant"} with input as document
}

test_runs_no_other if {
	document := object.union(testing.input_of([_role]), {"rules": []})
	count(main.findings) == 0 with input as document
}
