package portcullis.lib.store_objects_test

import data.portcullis.lib.store_objects

_rule(groups, resources) := {"apiGroups": groups, "resources": resources, "verbs": ["create"]}

test_covered if {
	rule := _rule(["external-secrets.io", "cert-manager.io"], ["externalsecrets", "clustersecretstores", "issuers", "pods"])
	store_objects.covered(rule, "cluster", []) == {"clustersecretstores"}
	store_objects.covered(rule, "namespaced", []) == {"externalsecrets", "issuers"}
	store_objects.covered(_rule(["keys.example.com"], ["a"]), "namespaced", ["keys.example.com"]) == {"a"}
	store_objects.covered(_rule(["keys.example.com"], ["a"]), "cluster", ["keys.example.com"]) == set()
}

test_place if {
	store_objects.place(_rule(["external-secrets.io"], ["pods", "issuers"]), {"issuers"}) == ["resources", 1]
	store_objects.place(_rule(["x", "external-secrets.io"], ["*"]), {"*"}) == ["apiGroups", 1]
	store_objects.place(_rule(["*"], ["*"]), {"*"}) == ["resources", 0]
}
