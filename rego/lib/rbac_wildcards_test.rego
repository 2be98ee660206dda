package portcullis.lib.rbac_wildcards_test

import data.portcullis.lib.rbac_wildcards
import data.portcullis.lib.testing

_entry(groups, resources, verbs) := {
	"rule": {"apiGroups": groups, "resources": resources, "verbs": verbs},
	"reach": "namespace",
}

_named(entry, names) := object.union(entry, {"rule": {"resourceNames": names}})

_verdict(entry) := [verdict.kind, verdict.severity, verdict.key] if {
	verdict := rbac_wildcards.verdict(entry, {"own.example.com"})
} else := []

test_everything if _verdict(_entry(["*"], ["*"], ["*"])) == ["every-permission", "critical", "verbs"]

test_every_core_resource if {
	_verdict(_entry([""], ["*"], ["patch"])) == ["every-resource-write", "critical", "resources"]
	_verdict(_entry([""], ["*"], ["get"])) == ["every-resource-read", "high", "resources"]
	_verdict(object.union(_entry(["*"], ["*"], ["get"]), {"reach": "cluster"})) == ["every-resource-read", "critical", "resources"]
}

test_every_resource_of_groups_that_steer if {
	_verdict(_entry(["certificates.k8s.io"], ["*"], ["*"])) == ["every-resource-write", "critical", "resources"]
	_verdict(_entry(["rbac.authorization.k8s.io"], ["*"], ["list"])) == ["every-resource-of-group", "low", "resources"]
}

test_every_verb if {
	_verdict(_entry([""], ["secrets"], ["*"])) == ["every-verb-sensitive", "critical", "verbs"]
	_verdict(_entry(["authentication.k8s.io"], ["uids"], ["*"])) == ["every-verb-sensitive", "critical", "verbs"]
	_verdict(_entry(["apps"], ["secrets", "deployments"], ["*"])) == ["every-verb", "medium", "verbs"]
	_verdict(_entry([""], ["pods/*"], ["*"])) == []
}

test_names_limit if {
	_verdict(_named(_entry([""], ["secrets"], ["*"]), ["a"])) == ["limited-to-names", "low", "verbs"]
	_verdict(_named(_entry([""], ["*"], ["get"]), ["a"])) == ["limited-to-names", "low", "resources"]
	_verdict(_named(_entry(["*"], ["widgets"], ["get"]), ["a"])) == ["limited-to-names", "low", "apiGroups"]
	_verdict(_named(_entry([""], ["secrets"], ["*"]), [""])) == ["every-verb-sensitive", "critical", "verbs"]
	_verdict(_named(_entry([""], ["*"], ["list"]), ["a", ""])) == ["every-resource-read", "high", "resources"]
}

test_other_groups if {
	_verdict(_entry(["own.example.com"], ["*"], ["*"])) == ["own-group", "low", "verbs"]
	_verdict(_entry(["own.example.com"], ["widgets"], ["*"])) == ["own-group", "low", "verbs"]
	_verdict(_entry(["own.example.com", "apps"], ["*"], ["*"])) == ["every-resource-of-group", "medium", "verbs"]
	_verdict(_entry(["apps"], ["*"], ["update"])) == ["every-resource-of-group", "medium", "resources"]
	_verdict(_entry(["apps"], ["*"], ["get"])) == ["every-resource-of-group", "low", "resources"]
	_verdict(_entry(["custom.metrics.k8s.io"], ["*"], ["get"])) == []
	_verdict(_entry(["*"], ["deployments"], ["get"])) == ["every-group", "medium", "apiGroups"]
}

test_nothing_without_wildcards if {
	_verdict(_entry(["apps"], ["deployments"], ["get"])) == []
	_verdict(_entry([], ["*"], ["*"])) == []
	_verdict({"rule": {"nonResourceURLs": ["*"], "verbs": ["*"]}, "reach": "cluster"}) == []
}

test_patterns if {
	rbac_wildcards.dead_patterns({"resources": ["*", "*/*", "pods/*", "*/exec", "*/", "pods"]}) == {"*/*", "pods/*", "*/"}
	entry := _entry([""], ["*/exec", "*/scale", "*/status", "*/token"], ["get"])
	rbac_wildcards.dangerous_patterns(entry) == {"*/exec": "high"}
	rbac_wildcards.dangerous_patterns(object.union(entry, {"reach": "cluster"})) == {"*/exec": "critical"}
	rbac_wildcards.dangerous_patterns(object.union(entry, {"reach": "unbound"})) == {"*/exec": "high"}
	rbac_wildcards.dangerous_patterns(_entry(["apps"], ["*/exec"], ["*"])) == {}
	rbac_wildcards.dangerous_patterns(_entry(["certificates.k8s.io"], ["*/approval"], ["*"])) == {"*/approval": "medium"}
}

test_own_groups_are_those_of_definitions if {
	rbac_wildcards.own_groups == {"widgets.example.com", "ledger.example.com"} with input as testing.input_of([
		{"kind": "CustomResourceDefinition", "spec": {"group": "widgets.example.com"}},
		{"kind": "CustomResourceDefinition", "spec": {"group": "rbac.authorization.k8s.io"}},
		{"kind": "CustomResourceDefinition", "spec": {"group": 1}},
		{"kind": "ClusterServiceVersion", "spec": {"customresourcedefinitions": {"owned": [
			{"name": "ledgers.ledger.example.com"},
			{"name": "ledgers"},
			{"name": 2},
			null,
		]}}},
	])
}

test_urls if rbac_wildcards.every_url({"nonResourceURLs": ["*", "/*", "/metrics", "/api/*"]}) == {"*", "/*"}
