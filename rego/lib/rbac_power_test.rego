package portcullis.lib.rbac_power_test

import data.portcullis.lib.rbac_bindings
import data.portcullis.lib.rbac_defaults
import data.portcullis.lib.rbac_power
import data.portcullis.lib.testing

_binding(name) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "RoleBinding",
	"metadata": {"name": "b", "namespace": "n"},
	"roleRef": {"kind": "ClusterRole", "name": name},
	"subjects": [{"kind": "Group", "name": "system:authenticated"}],
}

_role(name, rule) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": name},
	"rules": [rule],
}

_dangers := rbac_power.dangers(rbac_bindings.known[0])

_granting(groups, resources, verbs) := testing.input_of([_binding("a"), _role("a", {
	"apiGroups": groups,
	"resources": resources,
	"verbs": verbs,
})])

test_dangers if {
	_dangers == set() with input as _granting([""], ["pods"], ["get"])
	_dangers == {"writes"} with input as _granting([""], ["pods"], ["patch"])
	_dangers == {"writes"} with input as _granting([""], ["users"], ["impersonate"])
	_dangers == {"secrets"} with input as _granting([""], ["secrets"], ["get"])
	_dangers == {"writes", "secrets"} with input as _granting(["*"], ["*"], ["*"])
	_dangers == set() with input as _granting(["authorization.k8s.io"], ["selfsubjectaccessreviews"], ["create"])
	_dangers == set() with input as _granting(["policy"], ["podsecuritypolicies"], ["use"])
}

test_roles_outside_of_the_set if {
	_dangers == {"writes", "secrets"} with input as testing.input_of([_binding("edit")])
	_dangers == set() with input as testing.input_of([_binding("view")])
	_dangers == set() with input as testing.input_of([_binding("unknown")])
}

test_resolution if {
	document := testing.input_of([_binding("a"), _role("a", {})])
	binding := rbac_bindings.known[0] with input as document
	rbac_power.is_resolved(binding) with input as document
	not rbac_power.is_resolved(binding) with input as testing.input_of([_binding("a")])
	rbac_power.roles(binding) == [{"object": 1, "path": ["metadata", "name"], "label": "role"}] with input as document
	rbac_power.roles(binding) == [] with input as testing.input_of([_binding("a")])
}

test_description if {
	rbac_power.describe({"writes", "secrets"}) == "read Secrets and change objects with it"
	rbac_power.describe({"secrets"}) == "read Secrets with it"
	rbac_power.describe({"writes"}) == "change objects with it"
}

_is_default if {
	binding := rbac_bindings.known[0]
	rbac_defaults.is_default(binding, binding.subjects[0])
}

test_defaults_hold_for_roles_that_discover if {
	_is_default with input as testing.input_of([_binding("system:discovery")])
	_is_default with input as testing.input_of([_binding("system:discovery"), _role(
		"system:discovery",
		{"nonResourceURLs": ["/api", "/api/*", "/openapi/v3"], "verbs": ["get"]},
	)])
	_is_default with input as testing.input_of([_binding("system:basic-user"), _role(
		"system:basic-user",
		{"apiGroups": ["authorization.k8s.io"], "resources": ["selfsubjectrulesreviews"], "verbs": ["create"]},
	)])
	not _is_default with input as testing.input_of([_binding("system:discovery"), _role(
		"system:discovery",
		{"nonResourceURLs": ["/debug/pprof"], "verbs": ["get"]},
	)])
	not _is_default with input as testing.input_of([_binding("system:discovery"), _role(
		"system:discovery",
		{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]},
	)])
	not _is_default with input as testing.input_of([_binding("discovery")])
}

test_defaults_are_for_certain_subjects if {
	bundles := object.union(
		_binding("system:cluster-trust-bundle-discovery"),
		{"subjects": [{"kind": "Group", "name": "system:serviceaccounts"}]},
	)
	_is_default with input as testing.input_of([bundles, _role(
		"system:cluster-trust-bundle-discovery",
		{"apiGroups": ["certificates.k8s.io"], "resources": ["clustertrustbundles"], "verbs": ["get", "list", "watch"]},
	)])
	not _is_default with input as testing.input_of([_binding("system:cluster-trust-bundle-discovery")])
}

test_kubeadm_s_default_is_of_its_namespace if {
	binding := object.union(_binding("x"), {
		"metadata": {"namespace": "kube-public"},
		"roleRef": {"kind": "Role", "name": "kubeadm:bootstrap-signer-clusterinfo"},
		"subjects": [{"kind": "User", "name": "system:anonymous"}],
	})
	role := {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "kubeadm:bootstrap-signer-clusterinfo", "namespace": "kube-public"},
		"rules": [{"apiGroups": [""], "resources": ["configmaps"], "resourceNames": ["cluster-info"], "verbs": ["get"]}],
	}
	_is_default with input as testing.input_of([binding, role])
	not _is_default with input as testing.input_of([object.union(binding, {"metadata": {"namespace": "default"}})])
	not _is_default with input as testing.input_of([binding, object.union(role, {"rules": [{
		"apiGroups": [""],
		"resources": ["configmaps"],
		"verbs": ["get"],
	}]})])
}

_is_metrics_only if rbac_defaults.is_metrics_only(rbac_bindings.known[0])

test_metrics_only if {
	_is_metrics_only with input as testing.input_of([_binding("a"), _role("a", {"nonResourceURLs": ["/metrics", "/metrics/slis"], "verbs": ["get"]})])
	not _is_metrics_only with input as testing.input_of([_binding("a"), _role("a", {"nonResourceURLs": ["/metrics", "/logs"], "verbs": ["get"]})])
	not _is_metrics_only with input as testing.input_of([_binding("a"), _role("a", {"apiGroups": [""], "resources": ["nodes/metrics"], "verbs": ["get"]})])
	not _is_metrics_only with input as testing.input_of([_binding("a")])
}
