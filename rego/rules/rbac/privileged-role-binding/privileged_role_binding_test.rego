package portcullis.rules.rbac["privileged-role-binding_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rbac["privileged-role-binding"] as rule

_binding(kind, name, role, subjects) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": kind,
	"metadata": {"name": name, "namespace": "n", "labels": {"app.kubernetes.io/part-of": "flux"}},
	"roleRef": {"kind": "ClusterRole", "name": role},
	"subjects": subjects,
}

_group(name) := {"kind": "Group", "name": name}

_account(name, namespace) := {"kind": "ServiceAccount", "name": name, "namespace": namespace}

_found contains [entry.variant, object.get(entry, "severity", "variant's"), entry.object, entry.path] if {
	some entry in rule.report
}

_role_ref := ["roleRef", "name"]

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as testing.input_of([_binding("ClusterRoleBinding", "b", "cluster-admin", [_account("ci", "ci")])])
	report == {{
		"variant": "cluster-wide-superuser",
		"severity": "critical",
		"object": 0,
		"path": ["roleRef", "name"],
		"related": [],
		"args": {"role": "cluster-admin", "subjects": "ServiceAccount ci/ci", "controller": ""},
	}}
}

test_roles_by_scope if {
	_found == {["cluster-wide-superuser", "critical", 0, _role_ref]} with input as testing.input_of([_binding("ClusterRoleBinding", "b", "admin", [_group("g")])])
	_found == {["namespace-superuser", "high", 0, _role_ref]} with input as testing.input_of([_binding("RoleBinding", "b", "cluster-admin", [_group("g")])])
	_found == {["namespace-admin", "medium", 0, _role_ref]} with input as testing.input_of([_binding("RoleBinding", "b", "admin", [_group("g")])])
	_found == set() with input as testing.input_of([_binding("RoleBinding", "b", "edit", [_group("g")])])
	_found == set() with input as testing.input_of([_binding("ClusterRoleBinding", "b", "view", [_group("g")])])
}

test_edit_for_an_agent if {
	agent := {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {
		"name": "a",
		"namespace": "n",
		"labels": {"app.kubernetes.io/component": "ai-agent"},
	}}
	_found == {["agent-edit", "low", 0, _role_ref]} with input as testing.input_of([_binding("RoleBinding", "b", "edit", [_account("a", "n")]), agent])
}

test_home_made_superusers if {
	role := {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "root"},
		"rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}, {"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}],
	}
	report := rule.report with input as testing.input_of([
		role,
		_binding("ClusterRoleBinding", "b", "root", [_group("g")]),
		_binding("RoleBinding", "b", "root", [_group("g")]),
	])
	{[entry.variant, entry.severity, entry.object, entry.related] | some entry in report} == {
		["wildcard-role", "critical", 1, [{"object": 0, "path": ["rules", 1], "label": "role"}]],
		["wildcard-role", "high", 2, [{"object": 0, "path": ["rules", 1], "label": "role"}]],
	}
}

test_masters if {
	_found == {[
		"masters-group",
		"variant's",
		0,
		["subjects", 1, "name"],
	]} with input as testing.input_of([_binding("RoleBinding", "b", "view", [null, _group("system:masters")])])
	_found == {[
		"masters-group",
		"variant's",
		0,
		["subjects", 0, "name"],
	]} with input as testing.input_of([_binding("ClusterRoleBinding", "b", "cluster-admin", [_group("system:masters")])])
	_found == set() with input as testing.input_of([_binding("ClusterRoleBinding", "cluster-admin", "cluster-admin", [_group("system:masters")])])
	_found == set() with input as testing.input_of([_binding("ClusterRoleBinding", "kubeadm:cluster-admins", "cluster-admin", [_group("kubeadm:cluster-admins")])])
	_found == {[
		"cluster-wide-superuser",
		"critical",
		0,
		_role_ref,
	]} with input as testing.input_of([_binding("ClusterRoleBinding", "kubeadm:cluster-admins", "cluster-admin", [_group("g")])])
}

test_masters_without_a_binding if {
	_found == {
		["masters-mapping", "variant's", 0, ["spec", "kubernetesGroups", 0]],
		["masters-certificate", "variant's", 1, ["spec", "subject", "organizations", 0]],
	} with input as testing.input_of([
		{
			"apiVersion": "eks.services.k8s.aws/v1alpha1",
			"kind": "AccessEntry",
			"spec": {"kubernetesGroups": ["system:masters"]},
		},
		{
			"apiVersion": "cert-manager.io/v1",
			"kind": "Certificate",
			"spec": {"subject": {"organizations": ["system:masters"]}},
		},
	])
}

_policy(principal, name, scope) := {
	"apiVersion": "eks.services.k8s.aws/v1alpha1",
	"kind": "AccessEntry",
	"spec": {"principalARN": principal, "accessPolicies": [{
		"policyARN": concat("/", ["arn:aws:eks::aws:cluster-access-policy", name]),
		"accessScope": {"type": scope},
	}]},
}

test_access_policies_of_eks if {
	admin := "AmazonEKSClusterAdminPolicy"
	params := {"rbac/privileged-role-binding": {"breakGlassSubjects": ["role/glass"]}}
	{[entry.variant, entry.object, entry.args] | some entry in rule.report} == {
		["cluster-wide-superuser", 0, {"role": admin, "subjects": "role/a"}],
		["namespace-superuser", 1, {"role": admin, "subjects": "a cloud identity"}],
		["namespace-admin", 2, {"role": "AmazonEKSAdminPolicy", "subjects": "role/a"}],
	} with input as testing.input_of([
		_policy("role/a", admin, "cluster"),
		_policy("", admin, "namespace"),
		_policy("role/a", "AmazonEKSAdminPolicy", "namespace"),
		_policy("role/glass", admin, "cluster"),
	])
		with data.settings.params as params
}

test_roles_of_the_control_plane if {
	_found == set() with input as testing.input_of([_binding("ClusterRoleBinding", "b", "system:node", [_group("system:nodes"), _account("a", "kube-system")])])
	_found == {[
		"control-plane-role",
		"high",
		0,
		_role_ref,
	]} with input as testing.input_of([_binding("ClusterRoleBinding", "b", "system:kube-scheduler", [_account("a", "n")])])
}

test_controllers if {
	_found == {[
		"trusted-controller",
		"medium",
		0,
		_role_ref,
	]} with input as testing.input_of([_binding("ClusterRoleBinding", "b", "cluster-admin", [_account("helm-controller", "flux-system")])])
	_found == {[
		"cluster-wide-superuser",
		"high",
		0,
		_role_ref,
	]} with input as testing.input_of([_binding("ClusterRoleBinding", "b", "cluster-admin", [_account("helm-controller", "n")])])
}

_to(subjects) := testing.input_of([_binding("ClusterRoleBinding", "b", "root", subjects)])

test_params if {
	roles := {"rbac/privileged-role-binding": {"privilegedRoles": ["root"], "breakGlassSubjects": ["g", "User/sam"]}}
	_found == set() with input as _to([_group("g"), {"kind": "User", "name": "sam"}]) with data.settings.params as roles
	_found == {["cluster-wide-superuser", "critical", 0, _role_ref]} with input as _to([_group("g"), _group("sam")]) with data.settings.params as roles
}

test_without_subjects if {
	binding := _binding("ClusterRoleBinding", "b", "cluster-admin", null)
	_found == set() with input as testing.input_of([binding])
	_found == {[
		"cluster-wide-superuser",
		"critical",
		0,
		_role_ref,
	]} with input as testing.input_with([{"object": binding, "partial": true}])
}

_subjects := [entry.args.subjects | some entry in rule.report]

_patch_to(names) := testing.input_with([{
	"partial": true,
	"object": _binding("ClusterRoleBinding", "b", "cluster-admin", [_group(name) | some name in names]),
}])

test_subjects_in_messages if {
	_subjects == ["its subjects"] with input as _patch_to([])
	_subjects == ["Group a, Group b, Group c"] with input as _patch_to(["a", "b", "c"])
	_subjects == ["Group a, Group b and 2 more"] with input as _patch_to(["a", "b", "c", "d"])
}
