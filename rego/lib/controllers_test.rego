package portcullis.lib.controllers_test

import data.portcullis.lib.controllers
import data.portcullis.lib.controllers_known
import data.portcullis.lib.rbac_bindings
import data.portcullis.lib.rbac_entries
import data.portcullis.lib.testing

_account(name, namespace) := {"kind": "ServiceAccount", "name": name, "namespace": namespace}

_role(name, labels) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": name, "labels": labels},
	"rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}],
}

_binding(role, labels, subjects) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRoleBinding",
	"metadata": {"name": role, "labels": labels},
	"roleRef": {"kind": "ClusterRole", "name": role},
	"subjects": subjects,
}

_deployment(namespace, account, image) := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": "d", "namespace": namespace},
	"spec": {"template": {"spec": {"serviceAccountName": account, "containers": [{"name": "c", "image": image}]}}},
}

default _found := []

_found := [controller.product, controller.canonical] if {
	controller := controllers.of_entry(rbac_entries.judged[0])
}

default _bound := []

_bound := [controller.product, controller.canonical] if {
	controller := controllers.of_binding(rbac_bindings.judged[0])
}

_velero(labels, binding_labels, subjects) := [_role("velero", labels), _binding("velero", binding_labels, subjects)]

_name := {"app.kubernetes.io/name": "velero"}

test_labels_vouch_where_no_workload_is_seen if {
	_found == ["Velero", true] with input as testing.input_of(_velero({}, _name, [_account("velero", "velero")]))
	_found == ["Velero", true] with input as testing.input_of(_velero(_name, {}, [_account("velero", "velero")]))
	_found == ["Velero", true] with input as testing.input_of(_velero({}, {"helm.sh/chart": "velero-11.1.0"}, [_account("prod-velero", "velero")]))
	_bound == ["Velero", true] with input as testing.input_of(_velero({}, _name, [_account("velero", "velero")]))
	_bound == [] with input as testing.input_of(_velero({}, {}, [_account("velero", "velero")]))
	_found == [] with input as testing.input_of(_velero({}, {}, [_account("velero", "velero")]))
	_found == [] with input as testing.input_of(_velero({}, {"helm.sh/chart": "velero-ui-1.0.0"}, [_account("velero", "velero")]))
	_found == [] with input as testing.input_of(_velero({}, {"helm.sh/chart": 7}, [_account("velero", "velero")]))
}

test_the_service_account_s_labels_vouch if {
	manifest := {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "velero", "namespace": "velero", "labels": _name}}
	_found == ["Velero", true] with input as testing.input_of(array.concat(_velero({}, {}, [_account("velero", "velero")]), [manifest]))
}

test_an_image_decides_where_it_is_seen if {
	objects := _velero(_name, _name, [_account("velero", "velero")])
	_found == ["Velero", true] with input as testing.input_of(array.concat(objects, [_deployment("velero", "velero", "mirror.example.com/velero/velero:v1.17.0")]))
	_found == [] with input as testing.input_of(array.concat(objects, [_deployment("velero", "velero", "example.com/shell:1")]))
	_found == ["Velero", true] with input as testing.input_of(array.concat(objects, [_deployment("other", "velero", "example.com/shell:1")]))
}

test_namespaces if {
	_found == ["Velero", false] with input as testing.input_of(_velero(_name, _name, [_account("velero", "playground")]))
	_found == ["Velero", true] with input as testing.input_of(_velero(_name, _name, [_account("velero", "default")]))
	_found == ["Velero", false] with input as testing.input_of(_velero(_name, _name, [_account("velero", "velero"), _account("velero", "playground")]))
}

test_names_and_kinds if {
	_found == [] with input as testing.input_of(_velero(_name, _name, [_account("somebody", "velero")]))
	_found == [] with input as testing.input_of(_velero(_name, _name, [{"kind": "User", "name": "velero"}]))
	_found == ["Velero", true] with input as testing.input_of(_velero(_name, _name, [{"kind": "User", "name": "system:serviceaccount:velero:velero"}]))
}

test_nobody_else_may_hold_it if {
	_found == [] with input as testing.input_of(_velero(_name, _name, [_account("velero", "velero"), {"kind": "Group", "name": "g"}]))
	_found == [] with input as testing.input_of(_velero(_name, _name, []))
	_found == [] with input as testing.input_of([_role("velero", _name)])
}

test_two_products_are_nobody if {
	_found == [] with input as testing.input_of(_velero(_name, {"app.kubernetes.io/name": "velero", "app.kubernetes.io/part-of": "flux"}, [
		_account("velero", "velero"),
		_account("kustomize-controller", "flux-system"),
	]))
}

test_a_reserved_role_name_vouches if {
	name := "system:controller:operator-lifecycle-manager"
	_found == [
		"Operator Lifecycle Manager",
		true,
	] with input as testing.input_of([_role(name, {}), _binding(name, {}, [_account("olm-operator-serviceaccount", "olm")])])
}

test_lowering if {
	canonical := {"product": "Velero", "powers": {"superuser"}, "canonical": true}
	controllers.lowered_for(canonical, {"superuser"}, "critical") == "medium"
	controllers.lowered_for(canonical, {"superuser"}, "high") == "medium"
	controllers.lowered_for(canonical, {"superuser"}, "medium") == "low"
	controllers.lowered_for(canonical, {"tls"}, "critical") == "critical"
	elsewhere := {"product": "Velero", "powers": {"superuser"}, "canonical": false}
	controllers.lowered_for(elsewhere, {"superuser"}, "critical") == "high"
	document := testing.input_of(_velero(_name, _name, [_account("velero", "velero")]))
	controllers.lowered(rbac_entries.judged[0], {"superuser"}, "high") == "medium" with input as document
	unknown := testing.input_of(_velero({}, {}, [_account("velero", "velero")]))
	controllers.lowered(rbac_entries.judged[0], {"superuser"}, "high") == "high" with input as unknown
}

_is_builtin if controllers.is_builtin(rbac_entries.judged[0])

_of(kind, name, rule) := testing.input_of([object.union(_role(name, {}), {"kind": kind, "rules": [rule]})])

test_builtin_roles_as_they_are if {
	_is_builtin with input as _of("ClusterRole", "cluster-admin", {"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]})
	_is_builtin with input as _of("ClusterRole", "cluster-admin", {"nonResourceURLs": ["*"], "verbs": ["*"]})
	_is_builtin with input as _of("ClusterRole", "system:controller:expand-controller", {
		"apiGroups": [""],
		"resources": ["secrets"],
		"verbs": ["get"],
	})
	_is_builtin with input as _of("ClusterRole", "system:certificates.k8s.io:kubelet-serving-approver", {
		"apiGroups": ["certificates.k8s.io"],
		"resources": ["signers"],
		"resourceNames": ["kubernetes.io/kubelet-serving"],
		"verbs": ["approve"],
	})
}

test_builtin_roles_that_were_widened if {
	not _is_builtin with input as _of("Role", "cluster-admin", {"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]})
	not _is_builtin with input as _of("ClusterRole", "my-admin", {"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]})
	not _is_builtin with input as _of("ClusterRole", "system:controller:expand-controller", {
		"apiGroups": [""],
		"resources": ["secrets"],
		"verbs": ["get", "list"],
	})
	not _is_builtin with input as _of("ClusterRole", "system:certificates.k8s.io:kubelet-serving-approver", {
		"apiGroups": ["certificates.k8s.io"],
		"resources": ["signers"],
		"verbs": ["approve"],
	})
	not _is_builtin with input as _of("ClusterRole", "system:certificates.k8s.io:kubelet-serving-approver", {
		"apiGroups": ["certificates.k8s.io"],
		"resources": ["signers"],
		"resourceNames": ["kubernetes.io/kube-apiserver-client"],
		"verbs": ["approve"],
	})
}

test_every_product_can_be_recognised if {
	every known in controllers_known.products {
		count(known.namespaces) > 0
		count(known.accounts) > 0
		count(known.labels) > 0
		count(known.images) > 0
		count(known.powers) > 0
	}
}
