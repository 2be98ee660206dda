package portcullis.lib.k8s_test

import data.portcullis.lib.k8s
import data.portcullis.lib.testing

_role := {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "a", "namespace": "b"}}

_document := testing.input_with([{"object": _role}, {"object": _role, "context": true}])

test_of_kind_leaves_context_out if {
	[obj.id | some obj in k8s.of_kind("Role")] == [0] with input as _document
}

test_known_of_kind_takes_context_in if {
	[obj.id | some obj in k8s.known_of_kind("Role")] == [0, 1] with input as _document
}

test_group if {
	k8s.group("v1") == ""
	k8s.group("apps/v1") == "apps"
}

test_annotations_and_labels_of_anything if {
	k8s.annotations({"object": {"metadata": {"annotations": {"a": "b"}}}}) == {"a": "b"}
	k8s.annotations({"object": {"metadata": {"annotations": null}}}) == {}
	k8s.labels({"object": {"metadata": {"labels": {"a": "b"}}}}) == {"a": "b"}
	k8s.labels({"object": {}}) == {}
}

test_lists_of_anything if {
	k8s.list(null) == []
	k8s.list([1]) == [1]
	k8s.items_at({"a": {"b": [1]}}, ["a", "b"]) == [1]
	k8s.items_at({"a": "text"}, ["a"]) == []
}

test_describe if {
	k8s.describe({"object": {"kind": "Role"}, "name": "a", "namespace": "b"}) == "Role b/a"
	k8s.describe({"object": {"kind": "ClusterRole"}, "name": "a", "namespace": ""}) == "ClusterRole a"
}
