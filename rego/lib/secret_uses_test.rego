package portcullis.lib.secret_uses_test

import data.portcullis.lib.secret_uses
import data.portcullis.lib.testing

_pod := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "p", "namespace": "n"},
	"spec": {
		"imagePullSecrets": [{"name": "pull"}],
		"volumes": [
			{"name": "a", "secret": {"secretName": "vol", "optional": true}},
			{"name": "b", "projected": {"sources": [{"secret": {"name": "proj"}}]}},
			{"name": "c", "csi": {"volumeAttributes": {"secretProviderClass": "class"}, "nodePublishSecretRef": {"name": "sp"}}},
			{"name": "d", "emptyDir": {}},
		],
		"containers": [{
			"name": "c",
			"image": "i",
			"env": [
				{"name": "KEY", "valueFrom": {"secretKeyRef": {"name": "env", "key": "k"}}},
				{"name": "T", "valueFrom": {"secretKeyRef": {"name": "{{ x }}", "key": "k"}}},
			],
			"envFrom": [{"secretRef": {"name": "from"}}],
			"volumeMounts": [{"name": "a", "mountPath": "/a"}],
		}],
	},
}

_found(objects) := found if {
	found := {[use.mode, use.namespace, use.name, use.key, use.label, use.path] | some use in secret_uses.judged} with input as testing.input_of(objects)
}

test_of_a_pod if {
	_found([_pod]) == {
		["imagePullSecrets", "n", "pull", "", "", ["spec", "imagePullSecrets", 0, "name"]],
		["volume", "n", "vol", "", "a", ["spec", "volumes", 0, "secret", "secretName"]],
		["projected", "n", "proj", "", "b", ["spec", "volumes", 1, "projected", "sources", 0, "secret", "name"]],
		["csi", "n", "class", "", "c", ["spec", "volumes", 2, "csi", "volumeAttributes", "secretProviderClass"]],
		["nodePublish", "n", "sp", "", "c", ["spec", "volumes", 2, "csi", "nodePublishSecretRef", "name"]],
		["env", "n", "env", "k", "KEY", ["spec", "containers", 0, "env", 0, "valueFrom", "secretKeyRef", "name"]],
		["envFrom", "n", "from", "", "", ["spec", "containers", 0, "envFrom", 0, "secretRef", "name"]],
	}
}

test_of_other_objects if {
	objects := [
		{"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"namespace": "n"}, "spec": {"tls": [{"secretName": "t"}]}},
		{
			"apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway", "metadata": {"namespace": "n"},
			"spec": {"listeners": [{"tls": {"certificateRefs": [{"name": "g", "namespace": "o"}]}}]},
		},
		{
			"apiVersion": "networking.istio.io/v1", "kind": "Gateway", "metadata": {"namespace": "n"},
			"spec": {"servers": [{"tls": {"credentialName": "i"}}]},
		},
		{
			"apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmRelease", "metadata": {"namespace": "n"},
			"spec": {"valuesFrom": [{"kind": "Secret", "name": "v"}, {"kind": "ConfigMap", "name": "no"}]},
		},
		{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"namespace": "n"}, "imagePullSecrets": [{"name": "s"}]},
	]
	{[mode, namespace, name] | some [mode, namespace, name, _, _, _] in _found(objects)} == {
		["tls", "n", "t"], ["tls", "o", "g"], ["tls", "n", "i"], ["valuesFrom", "n", "v"], ["imagePullSecrets", "n", "s"],
	}
}

test_by_secret_and_mounts if {
	document := testing.input_of([_pod])
	found := {name | some [_, name], _ in secret_uses.by_secret} with input as document
	found == {"pull", "vol", "proj", "sp", "env", "from"}
	uses := secret_uses.of(document.objects[0]) with input as document
	count(uses) == 7
	places := secret_uses.mounts(document.objects[0]) with input as document
	{[place.volume, place.path] | some place in places} == {["a", ["spec", "containers", 0, "volumeMounts", 0]]}
}
