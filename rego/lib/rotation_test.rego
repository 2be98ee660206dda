package portcullis.lib.rotation_test

import data.portcullis.lib.rotation

_entry(fields) := {"id": 0, "namespace": "shop", "object": object.union({"kind": "Secret"}, fields)}

test_the_own_annotation_comes_first if {
	sealed := _entry({
		"kind": "SealedSecret",
		"metadata": {"annotations": {"portcullis/class": "password"}},
		"spec": {"template": {"metadata": {"annotations": {
			"portcullis/class": "api-key",
			"portcullis/rotation-interval": "30d",
		}}}},
	})
	rotation.declared(sealed, "class").value == "password"
	rotation.declared(sealed, "rotation-interval") == {
		"value": "30d",
		"path": ["spec", "template", "metadata", "annotations", "portcullis/rotation-interval"],
	}
	not rotation.declared(sealed, "last-rotated")
}

test_another_prefix if {
	own := _entry({"metadata": {"annotations": {"acme.example/rotation": "static"}}})
	rotation.is_static(own) with data.settings.prefix as "acme.example"
	not rotation.is_static(own)
}

test_classes if {
	rotation.class_of(_entry({"metadata": {"annotations": {"portcullis/class": "signing-key"}}})) == "signing-key"
	rotation.class_of(_entry({"metadata": {"labels": {"portcullis/class": "api-key"}}})) == "api-key"
	rotation.class_of(_entry({"type": "kubernetes.io/tls"})) == "tls"
	rotation.class_of(_entry({"type": "kubernetes.io/basic-auth"})) == "password"
	rotation.class_of(_entry({"metadata": {"labels": {"portcullis/workload": "agent"}}})) == "agent-token"
	rotation.class_of(_entry({"metadata": {"annotations": {"portcullis/class": 5}}})) == "default"
}
