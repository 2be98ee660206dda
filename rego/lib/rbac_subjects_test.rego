package portcullis.lib.rbac_subjects_test

import data.portcullis.lib.rbac_subjects

_ids(subjects) := [subject.id | some subject in rbac_subjects.of_binding({
	"namespace": "here",
	"object": {"subjects": subjects},
})]

test_one_id_per_identity if {
	_ids([
		{"kind": "ServiceAccount", "name": "a", "namespace": "n"},
		{"kind": "User", "name": "system:serviceaccount:n:a"},
		{"kind": "ServiceAccount", "name": "a"},
		{"kind": "User", "name": "sam"},
		{"kind": "User", "name": "system:serviceaccount:n"},
		{"kind": "User", "name": "one:two:three:four"},
		{"kind": "Group", "name": "system:masters"},
	]) == ["sa:n/a", "sa:n/a", "sa:here/a", "user:sam", "user:system:serviceaccount:n", "user:one:two:three:four", "group:system:masters"]
}

# A chart's workloads leave the namespace to the release, its bindings write it out.
test_no_namespace_is_the_namespace_default if {
	_ids([{"kind": "ServiceAccount", "name": "a", "namespace": "default"}]) == ["sa:default/a"]
	_ids([{"kind": "User", "name": "system:serviceaccount:default:a"}]) == ["sa:default/a"]
	rbac_subjects.service_account("", "a") == rbac_subjects.service_account("default", "a")
}

test_sloppy_subjects_do_no_harm if {
	_ids([null, "a", {}, {"kind": "Group"}, {"kind": 1, "name": 2}]) == [":", "group:", ":"]
	_ids(null) == []
	_ids("x") == []
}

test_indices_are_those_of_the_manifest if {
	subjects := rbac_subjects.of_binding({"namespace": "", "object": {"subjects": [null, {"kind": "User", "name": "sam"}]}})
	subjects == [{"index": 1, "kind": "User", "name": "sam", "namespace": "", "id": "user:sam"}]
}

test_memberships if {
	rbac_subjects.memberships({"kind": "ServiceAccount", "id": "sa:n/a", "namespace": "n", "name": "a"}) == {
		"sa:n/a",
		"group:system:serviceaccounts",
		"group:system:serviceaccounts:n",
		"group:system:authenticated",
	}
	rbac_subjects.memberships({"kind": "User", "id": "user:sam", "namespace": "", "name": "sam"}) == {"user:sam"}
}

test_describe if {
	rbac_subjects.describe({"kind": "ServiceAccount", "namespace": "n", "name": "a"}) == "ServiceAccount n/a"
	rbac_subjects.describe({"kind": "Group", "namespace": "", "name": "g"}) == "Group g"
}
