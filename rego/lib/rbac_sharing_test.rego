package portcullis.lib.rbac_sharing_test

import data.portcullis.lib.rbac_sharing
import data.portcullis.lib.testing

_workload(kind, name, labels) := {
	"apiVersion": "apps/v1",
	"kind": kind,
	"metadata": {"name": name, "namespace": "n", "labels": labels},
	"spec": {"template": {"spec": {"serviceAccountName": "s", "containers": []}}},
}

_subject := {"kind": "ServiceAccount", "name": "s", "namespace": "n", "id": "sa:n/s"}

_users := rbac_sharing.workloads(_subject)

test_different_applications if {
	_users == [
		{"object": 0, "path": ["spec", "template", "spec", "serviceAccountName"], "label": "workload"},
		{"object": 1, "path": ["spec", "template", "spec", "serviceAccountName"], "label": "workload"},
	] with input as testing.input_of([
		_workload("Deployment", "a", {"app.kubernetes.io/part-of": "a", "app": "x"}),
		_workload("StatefulSet", "b", {"app": "b"}),
	])
}

test_one_application if {
	_users == [] with input as testing.input_of([
		_workload("Deployment", "a", {"app.kubernetes.io/part-of": "a"}),
		_workload("StatefulSet", "b", {"app.kubernetes.io/part-of": "a"}),
		_workload("DaemonSet", "c", {}),
	])
	_users == [] with input as testing.input_of([])
}
