package portcullis.lib.rotation_stores_test

import data.portcullis.lib.rotation_stores as stores
import data.portcullis.lib.testing

_crossplane(kind, name, labels, provider) := {
	"apiVersion": "secretsmanager.aws.upbound.io/v1beta2",
	"kind": kind,
	"metadata": {"name": name, "labels": labels},
	"spec": {"forProvider": provider},
}

_objects := testing.input_of([
	_crossplane("SecretRotation", "a", {}, {"secretId": "by/id"}),
	_crossplane("SecretRotation", "b", {}, {"secretIdRef": {"name": "by-name"}}),
	_crossplane("SecretRotation", "c", {}, {"secretIdSelector": {"matchLabels": {"rotate": "yes"}}}),
	_crossplane("SecretRotation", "d", {}, {"secretIdSelector": {"matchLabels": {}}}),
	_crossplane("Secret", "by-name", {}, {"name": "by/name"}),
	_crossplane("Secret", "by-label", {"rotate": "yes"}, {}),
	_crossplane("Secret", "alone", {}, {}),
	{
		"apiVersion": "secretmanager.cnrm.cloud.google.com/v1beta1",
		"kind": "SecretManagerSecret",
		"metadata": {"name": "connector"},
		"spec": {"resourceID": "by-connector", "rotation": {"rotationPeriod": "2592000s"}},
	},
	{
		"apiVersion": "secretmanager.gcp.upbound.io/v1beta1",
		"kind": "Secret",
		"metadata": {"name": "by-upbound"},
		"spec": {"forProvider": {"rotation": [{"rotationPeriod": "2592000s"}]}},
	},
])

_reads(key) := {"data": [{"remoteRef": {"key": key}}]}

test_keys_that_are_rotated if {
	every key in {"by/id", "by/name", "by-label", "by-connector", "by-upbound"} {
		stores.rotates_external({"spec": _reads(key)}) with input as _objects
	}
}

test_keys_that_are_not if {
	not stores.rotates_external({"spec": _reads("alone")}) with input as _objects
	not stores.rotates_external({"spec": {}}) with input as _objects
	not stores.rotates_external({"spec": {"data": [{"remoteRef": {"key": "by/id"}}], "dataFrom": [{"extract": {"key": "alone"}}]}}) with input as _objects
	not stores.rotates_external({"spec": {"data": [{"remoteRef": {"key": "by/id"}}], "dataFrom": [{"find": {"name": {"regexp": ".*"}}}]}}) with input as _objects
}

test_provider_classes if {
	rotated := {"object": {"spec": {"parameters": {"objects": "- objectName: by/id\n", "region": 5}}}}
	stores.rotates_provider_class(rotated) with input as _objects
	other := {"object": {"spec": {"parameters": {"objects": "- objectName: alone\n"}}}}
	not stores.rotates_provider_class(other) with input as _objects
}
