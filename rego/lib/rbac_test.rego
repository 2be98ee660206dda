package portcullis.lib.rbac_test

import data.portcullis.lib.rbac

_writer := {"apiGroups": ["", "apps"], "resources": ["pods", "*/exec", 7], "verbs": ["get", "create", null]}

_all := {"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}

test_items_are_strings_of_lists if {
	rbac.items(_writer, "resources") == {"pods", "*/exec"}
	rbac.items({"verbs": "get"}, "verbs") == set()
	rbac.items({"verbs": null}, "verbs") == set()
	rbac.items({}, "verbs") == set()
}

test_verbs_match_literally_or_by_star if {
	rbac.verbs_of(_writer, {"get", "list"}) == {"get"}
	rbac.verbs_of(_all, {"get", "escalate"}) == {"get", "escalate"}
	rbac.verbs_of({"verbs": ["GET", "g*"]}, {"get"}) == set()
}

test_groups_match_literally_or_by_star if {
	rbac.covers_group(_writer, "")
	rbac.covers_group(_all, "batch")
	not rbac.covers_group(_writer, "batch")
	not rbac.covers_group({}, "")
}

test_resources_match_as_in_the_api_server if {
	rbac.matching_resources(_writer, "pods") == {"pods"}
	rbac.matching_resources(_writer, "pods/exec") == {"*/exec"}
	rbac.matching_resources(_writer, "pods/log") == set()
	rbac.matching_resources(_all, "pods/log") == {"*"}
	rbac.matching_resources({"resources": ["pods/*", "*/*", "pod"]}, "pods") == set()
	rbac.matching_resources({"resources": ["pods/*", "*/*", "pods"]}, "pods/exec") == set()
	rbac.matching_resources({"resources": ["pods/exec"]}, "pods/exec") == {"pods/exec"}
}

test_covers_needs_group_and_resource if {
	rbac.covers(_writer, "apps", "pods")
	not rbac.covers(_writer, "batch", "pods")
	not rbac.covers(_writer, "", "secrets")
}

test_unnamed_verbs_reach_any_object if {
	verbs := {"get", "list", "create", "deletecollection", "delete"}
	rbac.unnamed_verbs(_all, verbs) == verbs
	rbac.unnamed_verbs({"verbs": ["*"], "resourceNames": []}, verbs) == verbs
	rbac.unnamed_verbs({"verbs": ["*"], "resourceNames": null}, verbs) == verbs
	rbac.unnamed_verbs({"verbs": ["*"], "resourceNames": ["a"]}, verbs) == set()
	rbac.unnamed_verbs({"verbs": ["*"], "resourceNames": ["a", ""]}, verbs) == {"list", "create", "deletecollection"}
}

test_named_verbs_reach_named_objects if {
	verbs := {"get", "create", "deletecollection"}
	named := {"verbs": ["*"], "resourceNames": ["a"]}
	rbac.named_verbs(named, "secrets", verbs) == {"get"}
	rbac.named_verbs(named, "serviceaccounts/token", verbs) == {"get", "create"}
	rbac.named_verbs({"verbs": ["*"], "resourceNames": [""]}, "secrets", verbs) == set()
	rbac.named_verbs(_all, "secrets", verbs) == set()
}

test_urls_match_by_prefix if {
	rule := {"nonResourceURLs": ["/healthz*", "/metrics", 1]}
	rbac.matching_urls(rule, "/healthz/etcd") == {"/healthz*"}
	rbac.matching_urls(rule, "/metrics") == {"/metrics"}
	rbac.matching_urls(rule, "/metrics/cadvisor") == set()
	rbac.matching_urls({"nonResourceURLs": ["*"]}, "/debug/pprof") == {"*"}
}

test_places_are_in_order if {
	rbac.places({"verbs": ["get", "*", "get"]}, "verbs", {"get"}) == [["verbs", 0], ["verbs", 2]]
	rbac.places({"verbs": "get"}, "verbs", {"get"}) == []
}

test_listed_is_sorted if rbac.listed({"b", "a"}) == "a, b"

test_everything_needs_all_wildcards_and_the_core_group if {
	rbac.grants_everything(_all)
	rbac.grants_everything(object.union(_all, {"apiGroups": ["", "apps"]}))
	not rbac.grants_everything(object.union(_all, {"apiGroups": ["apps"]}))
	not rbac.grants_everything(object.union(_all, {"verbs": ["get", "create"]}))
	not rbac.grants_everything(object.union(_all, {"resources": ["secrets"]}))
	not rbac.grants_everything(object.union(_all, {"resourceNames": ["a"]}))
}
