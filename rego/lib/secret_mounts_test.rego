package portcullis.lib.secret_mounts_test

import data.portcullis.lib.pods
import data.portcullis.lib.secret_mounts
import data.portcullis.lib.testing

test_folders if {
	document := testing.input_of([{
		"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"},
		"spec": {
			"volumes": [
				{"name": "a", "secret": {"secretName": "s"}},
				{"name": "b", "projected": {"sources": [{"configMap": {}}, {"secret": {"name": "s"}}]}},
				{"name": "c", "csi": {"driver": "csi.spiffe.io"}},
				{"name": "d", "emptyDir": {}},
			],
			"containers": [{"name": "c", "image": "i", "volumeMounts": [
				{"name": "a", "mountPath": "/a/"}, {"name": "b", "mountPath": "/b"}, {"name": "c", "mountPath": "/c"},
				{"name": "d", "mountPath": "/d"}, {"name": "a"},
			]}],
		},
	}])
	obj := document.objects[0]
	found := [[container, secret_mounts.folders(obj, container)] | some container in pods.containers(obj)] with input as document
	found[0][1] == {"/a", "/b", "/c"}
	secret_mounts.is_secret_file(obj, found[0][0], "/a/x") with input as document
	secret_mounts.is_secret_file(obj, found[0][0], "/b") with input as document
	not secret_mounts.is_secret_file(obj, found[0][0], "/ab") with input as document
}
