package portcullis.rules.injection["secret-volume-disk-backed_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.injection["secret-volume-disk-backed"] as rule

_found(volume) := found if {
	found := {[entry.variant, entry.path] | some entry in rule.report} with input as testing.input_of([{
		"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": {
			"volumes": [object.union({"name": "creds"}, volume)],
			"initContainers": [{"name": "i", "image": "vault-agent", "volumeMounts": [{"name": "creds", "mountPath": "/c"}]}],
			"containers": [{"name": "c", "image": "c", "volumeMounts": [{"name": "creds", "mountPath": "/c"}]}],
		},
	}])
}

test_variants if {
	_found({"emptyDir": {}}) == {["on-node-disk", ["spec", "volumes", 0, "emptyDir", "medium"]]}
	_found({"emptyDir": null}) == {["on-node-disk", ["spec", "volumes", 0, "emptyDir", "medium"]]}
	_found({"hostPath": {"path": "/x"}}) == {["on-persistent-storage", ["spec", "volumes", 0, "hostPath"]]}
	_found({"secret": {"secretName": "s"}}) == set()
	_found({"emptyDir": {"medium": "Memory"}}) == {
		["unbounded-memory", ["spec", "volumes", 0, "emptyDir", "sizeLimit"]],
		["writable-by-application", ["spec", "containers", 0, "volumeMounts", 0, "readOnly"]],
	}
	[variant, _] := [entry | some entry in _found({"emptyDir": {"medium": "Memory", "sizeLimit": "1Gi"}}); entry[0] == "too-large"][0]
	variant == "too-large"
}
