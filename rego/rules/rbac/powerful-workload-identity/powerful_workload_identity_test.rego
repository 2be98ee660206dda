package portcullis.rules.rbac["powerful-workload-identity_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rbac["powerful-workload-identity"] as rule

_role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "r"},
	"rules": rules,
}

_read := {"apiGroups": [""], "resources": ["secrets"], "verbs": ["get"]}

_more := [
	_read,
	{"apiGroups": [""], "resources": ["nodes/proxy"], "verbs": ["get"]},
	{"apiGroups": [""], "resources": ["pods/exec"], "verbs": ["create"]},
	{"apiGroups": ["batch"], "resources": ["jobs"], "verbs": ["create"]},
	{"apiGroups": [""], "resources": ["pods"], "verbs": ["create"]},
]

_binding(namespace, name) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRoleBinding",
	"metadata": {"name": "b"},
	"roleRef": {"kind": "ClusterRole", "name": "r"},
	"subjects": [{"kind": "ServiceAccount", "namespace": namespace, "name": name}],
}

_workload(kind, replicas, spec) := {
	"apiVersion": "apps/v1",
	"kind": kind,
	"metadata": {"name": "w", "namespace": "n"},
	"spec": {
		"replicas": replicas,
		"template": {
			"metadata": {"labels": {"app": "w"}},
			"spec": object.union({"serviceAccountName": "s", "containers": [{"name": "c", "image": "c"}]}, spec),
		},
	},
}

_found contains [entry.variant, entry.severity, entry.path] if some entry in rule.report

_place := ["spec", "template", "spec", "serviceAccountName"]

_with(workload) := testing.input_of([_role([_read]), _binding("n", "s"), workload])

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as testing.input_of([_role(_more), _binding("n", "s"), _workload("Deployment", 1, {})])
	report == {{
		"variant": "powerful",
		"severity": "high",
		"object": 2,
		"path": _place,
		"related": [
			{"object": 0, "path": ["rules", 0], "label": "right"},
			{"object": 0, "path": ["rules", 2], "label": "right"},
			{"object": 0, "path": ["rules", 3], "label": "right"},
		],
		"args": {
			"powers": "read Secrets, run commands in pods and 2 more",
			"chain": "ServiceAccount s → ClusterRoleBinding b → ClusterRole r",
			"replicas": "1",
		},
	}}
}

test_a_pod_template_and_nonsense_for_replicas if {
	template := {
		"apiVersion": "v1",
		"kind": "PodTemplate",
		"metadata": {"name": "t", "namespace": "n"},
		"template": {"spec": {"serviceAccountName": "s", "containers": [{"name": "c", "image": "c"}]}},
	}
	_found == {["powerful", "high", ["template", "spec", "serviceAccountName"]]} with input as _with(template)
	_found == {["powerful", "high", _place]} with input as _with(_workload("Deployment", "3", {}))
}

test_worse_workloads if {
	service := {
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "s", "namespace": "n"},
		"spec": {"type": "NodePort", "selector": {"app": "w"}},
	}
	_found == {["exposed", "critical", _place]} with input as testing.input_of([
		_role([_read]),
		_binding("n", "s"),
		_workload("DaemonSet", 1, {}),
		service,
	])
	_found == {["runs-as-root", "critical", _place]} with input as _with(_workload(
		"DaemonSet", 1,
		{"containers": [{"name": "c", "image": "c", "securityContext": {"privileged": true}}]},
	))
	_found == {["on-every-node", "critical", _place]} with input as _with(_workload("DaemonSet", 1, {}))
	_found == {["several-replicas", "critical", _place]} with input as _with(_workload("Deployment", 2, {}))
}

_account := {
	"apiVersion": "v1",
	"kind": "ServiceAccount",
	"metadata": {"name": "s", "namespace": "n"},
	"automountServiceAccountToken": false,
}

test_tokens if {
	mounted := _workload("Deployment", 1, {"automountServiceAccountToken": true})
	_found == {[
		"token-mounted-again",
		"high",
		["spec", "template", "spec", "automountServiceAccountToken"],
	]} with input as testing.input_of([_role([_read]), _binding("n", "s"), mounted, _account])
	_found == {["powerful", "high", _place]} with input as _with(mounted)
	_found == set() with input as testing.input_of([_role([_read]), _binding("n", "s"), _workload("Deployment", 1, {}), _account])
}

test_allowed if {
	params := {"rbac/powerful-workload-identity": {"allowedPowerfulWorkloads": ["Deployment/n/w"]}}
	_found == set() with input as _with(_workload("Deployment", 1, {})) with data.settings.params as params
}

test_agents if {
	role := {
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "r", "namespace": "n"},
		"rules": [_read],
	}
	binding := object.union(_binding("n", "s"), {
		"kind": "RoleBinding",
		"metadata": {"namespace": "n"},
		"roleRef": {"kind": "Role"},
	})
	agent := object.union(_workload("Deployment", 1, {}), {"metadata": {"labels": {"portcullis/workload": "agent"}}})
	_found == {["powerful", "high", _place]} with input as testing.input_of([role, binding, agent])
	_found == set() with input as testing.input_of([role, binding, _workload("Deployment", 1, {})])
}

_controller(namespace, image) := testing.input_of([
	_role([_read]),
	_binding(namespace, "cert-manager"),
	object.union(
		_workload("Deployment", 1, {
			"serviceAccountName": "cert-manager",
			"containers": [{"name": "c", "image": image}],
		}),
		{"metadata": {"namespace": namespace}},
	),
])

test_known_controllers if {
	_found == set() with input as _controller("cert-manager", "quay.io/jetstack/cert-manager-controller:v1")
	_found == {["powerful", "medium", _place]} with input as _controller("x", "quay.io/jetstack/cert-manager-controller:v1")
	_found == {["powerful", "high", _place]} with input as _controller("cert-manager", "example.com/other:v1")
}
