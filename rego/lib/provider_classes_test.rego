package portcullis.lib.provider_classes_test

import data.portcullis.lib.provider_classes
import data.portcullis.lib.testing

_class(name, namespace) := {
	"apiVersion": "secrets-store.csi.x-k8s.io/v1",
	"kind": "SecretProviderClass",
	"metadata": {"name": name, "namespace": namespace},
	"spec": {"provider": "aws", "secretObjects": [{"secretName": "copy"}]},
}

test_copies_are_joined_within_a_namespace if {
	pod := {
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "p", "namespace": "shop"},
		"spec": {"volumes": [
			{"name": "a", "secret": {"secretName": "copy"}},
			{"name": "b", "csi": {"driver": "secrets-store.csi.k8s.io", "volumeAttributes": {"secretProviderClass": "here"}}},
		]},
	}
	document := testing.input_of([pod, _class("here", "shop"), _class("there", "other"), _class("any", "")])
	mirrors := provider_classes.mirrors with input as document
	[count(mirror.uses) | some mirror in mirrors] == [1, 0, 1]
	mounted := {mirror.obj.name | some mirror in mirrors; provider_classes.is_mounted(mirror.obj) with input as document}
	mounted == {"here"}
}

test_what_is_missing if {
	objects := [_class("a", "shop")]
	classes := provider_classes.classes with input as testing.input_of(objects)
	provider_classes.missing(classes[0]) == ["objects"]
}
