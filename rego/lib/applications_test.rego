package portcullis.lib.applications_test

import data.portcullis.lib.applications
import data.portcullis.lib.testing

_pod(namespace, labels) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "p", "namespace": namespace, "labels": labels},
	"spec": {"serviceAccountName": "s", "containers": [{"name": "c", "image": "c"}]},
}

_config(namespace, labels) := {
	"apiVersion": "v1",
	"kind": "ConfigMap",
	"metadata": {"name": "c", "namespace": namespace, "labels": labels},
}

test_namespaces if {
	found := applications.namespaces("sa:n/s") with input as testing.input_of([
		_pod("n", {"app": "x"}),
		_config("m", {"app": "x"}),
		_config("o", {"app": "y"}),
		_config("", {"app": "x"}),
	])
	found == {"m", "n"}
}

test_without_labels if {
	found := applications.namespaces("sa:n/s") with input as testing.input_of([_pod("n", {"app": 1}), _config("m", {})])
	found == {"n"}
}

test_unknown if {
	not applications.namespaces("sa:n/t") with input as testing.input_of([_pod("n", {})])
}
