package portcullis.lib.secret_exposure_test

import data.portcullis.lib.secret_exposure
import data.portcullis.lib.testing

test_sizes if {
	objects := [
		{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a", "namespace": "n"}, "data": {"x": ""}, "stringData": {"x": "", "y": ""}},
		{"apiVersion": "bitnami.com/v1alpha1", "kind": "SealedSecret", "metadata": {"name": "b"}, "spec": {"encryptedData": {"x": ""}}},
		{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "c"}, "data": {}},
		{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "c", "namespace": "n"}, "data": {"x": ""}},
	]
	document := testing.input_of(objects)
	sizes := [[name, size] |
		some name in ["a", "b", "c", "d"]
		size := secret_exposure.size("n", name) with input as document
	]
	sizes == [["a", 2], ["b", 1]]
}

test_octal if secret_exposure.octal(288) == "0440"
