package portcullis.lib.pod_secret_mounts_test

import data.portcullis.lib.pod_secret_mounts
import data.portcullis.lib.testing

test_which_volumes_hold_secrets if {
	volumes := [
		{"name": "a", "secret": {"secretName": "s"}},
		{"name": "b", "projected": {"sources": [{"serviceAccountToken": {"path": "token"}}]}},
		{"name": "c", "projected": {"sources": [{"secret": {"name": "s"}}]}},
		{"name": "d", "csi": {"driver": "csi.vso.hashicorp.com"}},
		{"name": "e", "csi": {"driver": "csi.spiffe.io"}},
		{"name": "f", "emptyDir": {}},
	]
	mounting := {"name": "main", "container": {"image": "i:1", "volumeMounts": [{"name": "a", "mountPath": "/a"}]}}
	workflow := {"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow", "spec": {"volumes": volumes, "templates": [mounting]}}
	found := pod_secret_mounts.volumes with input as testing.input_of([workflow])
	{entry.volume.name: count(entry.mounts) | some entry in found} == {"a": 1, "c": 0, "d": 0}
}

test_numbers if {
	[pod_secret_mounts.number(value) | some value in [288, "0440", "0o440", "440", "1777", "0"]] == [288, 288, 288, 288, 1023]
	pod_secret_mounts.exceeds(420, 288)
	not pod_secret_mounts.exceeds(384, 288)
}
