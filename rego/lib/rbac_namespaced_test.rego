package portcullis.lib.rbac_namespaced_test

import data.portcullis.lib.rbac_namespaced
import data.portcullis.lib.testing

_rule(groups, resources) := {"apiGroups": groups, "resources": resources, "verbs": ["get"]}

test_builtin if {
	rbac_namespaced.is_namespaced(_rule(["", "apps"], ["pods", "pods/log", "deployments"])) with input as testing.input_of([])
	every rule in [
		_rule([""], ["pods", "nodes"]),
		_rule([""], ["*"]),
		_rule(["*"], ["pods"]),
		_rule([""], ["deployments"]),
		_rule([""], []),
		{"nonResourceURLs": ["/metrics"], "verbs": ["get"]},
	] {
		not rbac_namespaced.is_namespaced(rule) with input as testing.input_of([])
	}
}

test_custom if {
	definition := {
		"apiVersion": "apiextensions.k8s.io/v1",
		"kind": "CustomResourceDefinition",
		"metadata": {"name": "queues.example.com"},
		"spec": {"group": "example.com", "scope": "Namespaced", "names": {"plural": "queues"}},
	}
	rule := _rule(["example.com"], ["queues"])
	rbac_namespaced.is_namespaced(rule) with input as testing.input_of([definition])
	not rbac_namespaced.is_namespaced(rule) with input as testing.input_of([])
	not rbac_namespaced.is_namespaced(rule) with input as testing.input_of([object.union(definition, {"spec": {"scope": "Cluster"}})])
	not rbac_namespaced.is_namespaced(_rule(["example.com", "example.org"], ["queues"])) with input as testing.input_of([
		definition,
		object.union(definition, {"spec": {"group": "example.org", "scope": "Cluster"}}),
	])
}
