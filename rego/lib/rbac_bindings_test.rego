package portcullis.lib.rbac_bindings_test

import data.portcullis.lib.rbac_bindings
import data.portcullis.lib.testing

_role(kind, name, namespace) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": kind,
	"metadata": {"name": name, "namespace": namespace},
	"rules": [],
}

_binding(kind, namespace, role_kind, role) := {
	"apiVersion": "rbac.authorization.k8s.io/v1beta1",
	"kind": kind,
	"metadata": {"name": "b", "namespace": namespace},
	"roleRef": {"kind": role_kind, "name": role},
	"subjects": [{"kind": "User", "name": "sam"}],
}

_ids(binding) := [role.id | some role in object.get(rbac_bindings.roles_of, binding, [])]

test_a_binding_as_rules_see_it if {
	document := testing.input_of([_binding("ClusterRoleBinding", "", "ClusterRole", "a")])
	rbac_bindings.judged == [{
		"obj": document.objects[0],
		"cluster": true,
		"namespace": "",
		"role_ref": {"kind": "ClusterRole", "name": "a"},
		"subjects": [{"index": 0, "kind": "User", "name": "sam", "namespace": "", "id": "user:sam"}],
	}] with input as document
	[0] == [id | some id, _ in rbac_bindings.by_id] with input as document
}

test_other_apis_are_not_meant if {
	rbac_bindings.known == [] with input as testing.input_of([object.union(
		_binding("RoleBinding", "n", "Role", "a"),
		{"apiVersion": "authorization.example.com/v1"},
	)])
	rbac_bindings.known_roles == [] with input as testing.input_of([object.union(
		_role("Role", "a", "n"),
		{"apiVersion": "v1"},
	)])
}

test_a_binding_without_role_ref if {
	document := testing.input_of([{
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "RoleBinding",
		"metadata": {"name": "b"},
		"roleRef": {"kind": 1, "name": null},
	}])
	[binding.role_ref | some binding in rbac_bindings.known] == [{"kind": "", "name": ""}] with input as document
}

test_a_role_is_of_the_binding_s_namespace if {
	_ids(0) == [2] with input as testing.input_with([
		{"object": _binding("RoleBinding", "n", "Role", "a")},
		{"object": _role("Role", "a", "other")},
		{"object": _role("Role", "a", "n")},
		{"object": _role("ClusterRole", "a", "")},
	])
}

test_a_cluster_role_binding_takes_no_role if {
	_ids(0) == [] with input as testing.input_with([{"object": _binding("ClusterRoleBinding", "", "Role", "a")}, {"object": _role("Role", "a", "")}])
}

test_a_namespace_that_is_not_chosen_may_be_any if {
	_ids(0) == [1] with input as testing.input_with([{"object": _binding("RoleBinding", "", "Role", "a")}, {"object": _role("Role", "a", "n")}])
	_ids(0) == [2] with input as testing.input_with([
		{"object": _binding("RoleBinding", "n", "Role", "a")},
		{"object": _role("Role", "a", "")},
		{"object": _role("Role", "a", "n")},
	])
}

test_a_role_of_the_unit_wins if {
	_ids(0) == [2] with input as testing.input_with([
		{"object": _binding("RoleBinding", "n", "ClusterRole", "a"), "file": "x/b.yaml"},
		{"object": _role("ClusterRole", "a", ""), "file": "x/b.yaml", "context": true},
		{"object": _role("ClusterRole", "a", ""), "file": "y/r.yaml"},
	])
}

test_a_reference_may_leave_the_unit if {
	_ids(0) == [1] with input as testing.input_with([
		{"object": _binding("RoleBinding", "n", "ClusterRole", "a")},
		{"object": _role("ClusterRole", "a", ""), "context": true},
	])
}

test_a_binding_outside_keeps_to_its_side if {
	entries := [
		{"object": _binding("RoleBinding", "n", "ClusterRole", "a"), "context": true},
		{"object": _role("ClusterRole", "a", "")},
		{"object": _role("ClusterRole", "a", ""), "context": true},
	]
	_ids(0) == [2] with input as testing.input_with(entries)
	_ids(0) == [1] with input as testing.input_with(array.slice(entries, 0, 2))
	rbac_bindings.bindings_of == {2: {0}} with input as testing.input_with(entries)
	rbac_bindings.judged == [] with input as testing.input_with(entries)
}

_loose(files) := array.concat(
	[{"object": _binding("RoleBinding", "n", "Role", "a"), "file": "envs/dev/rbac/binding.yaml"}],
	[{"object": _role("Role", "a", "n"), "file": file} | some file in files],
)

test_the_nearest_file_wins if {
	_ids(0) == [2] with input as testing.input_with(_loose(["envs/dev/rbac/role.yaml", "envs/dev/rbac/binding.yaml"]))
	_ids(0) == [2] with input as testing.input_with(_loose(["envs/prod/rbac/role.yaml", "envs/dev/rbac/role.yaml"]))
	_ids(0) == [2] with input as testing.input_with(_loose(["envs/prod/role.yaml", "envs/dev/role.yaml"]))
	_ids(0) == [2] with input as testing.input_with(_loose(["envs/dev/rbac/deep/role.yaml", "envs/dev/rbac/role.yaml"]))
	_ids(0) == [1, 2] with input as testing.input_with(_loose(["a/role.yaml", "b/role.yaml"]))
}
