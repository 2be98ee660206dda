package portcullis.rules.injection["csi-secret-volume-misuse_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.injection["csi-secret-volume-misuse"] as rule

_store := "secrets-store.csi.k8s.io"

_pod(volumes, more) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "p", "namespace": "shop"},
	"spec": object.union({"containers": [{"name": "a", "image": "a:1"}], "volumes": volumes}, more),
}

_volume(csi) := _pod([{"name": "creds", "csi": csi}], {})

_class(name, spec) := {
	"apiVersion": "secrets-store.csi.x-k8s.io/v1",
	"kind": "SecretProviderClass",
	"metadata": {"name": name, "namespace": "shop"},
	"spec": object.union({"provider": "aws", "parameters": {"objects": "x"}}, spec),
}

_mirror(name) := {"secretObjects": [{"secretName": name, "type": "Opaque"}]}

_mounting(name) := {"driver": _store, "readOnly": true, "volumeAttributes": {"secretProviderClass": name}}

_places(found) := {[one.object, one.variant, object.get(one, "severity", ""), one.path[count(one.path) - 1]] |
	some one in found
}

test_a_finding_as_the_host_gets_it if {
	csi := object.remove(_mounting("db"), ["readOnly"])
	found := rule.report with input as testing.input_of([_volume(csi), _class("db", {})])
	found == {{
		"variant": "not-read-only",
		"object": 0,
		"path": ["spec", "volumes", 0, "csi", "readOnly"],
		"args": {},
		"severity": "high",
	}}
}

test_odd_shapes if {
	found := rule.report with input as testing.input_of([
		_pod(null, {}),
		_pod([null, 5, {"csi": null}, {"csi": "x"}, {"csi": {"driver": 5}}, {"csi": {"driver": "other"}}], {}),
		_volume({"driver": _store, "readOnly": "true", "volumeAttributes": {"secretProviderClass": "{{ .Values.class }}"}}),
		_volume({"driver": _store, "readOnly": true, "volumeAttributes": {"secretProviderClass": "${CLASS}"}}),
		{"apiVersion": 5, "kind": "SecretProviderClass", "spec": null},
		{"apiVersion": "example.com/v1alpha1", "kind": "SecretProviderClass", "spec": null},
		_class("a", {"secretObjects": [null, 5, {}, {"secretName": 5}, {"secretName": " "}]}),
		_class("b", {"secretObjects": "x"}),
		_class("c", {"provider": "${PROVIDER}"}),
	])
	found == set()
}

test_missing_shapes if {
	found := rule.report with input as testing.input_of([
		_volume({"driver": _store, "readOnly": null, "volumeAttributes": null}),
		_class("a", {"provider": null}),
		_class("b", {"provider": "vault", "parameters": null}),
		{"apiVersion": "secrets-store.csi.x-k8s.io/v1", "kind": "SecretProviderClass", "metadata": {"name": "c"}},
	])
	{[one.object, one.variant, one.args] | some one in found} == {
		[0, "not-read-only", {}],
		[0, "class-unnamed", {"kind": "SecretProviderClass", "attribute": "secretProviderClass"}],
		[1, "parameters-missing", {"missing": "provider"}],
		[2, "parameters-missing", {"missing": "roleName`, `objects"}],
		[3, "parameters-missing", {"missing": "provider"}],
	}
}

test_the_operators_driver if {
	found := rule.report with input as testing.input_of([
		_volume({"driver": "csi.vso.hashicorp.com", "volumeAttributes": {"csiSecretsName": "x"}}),
		_volume({
			"driver": "csi.vso.hashicorp.com", "readOnly": true,
			"volumeAttributes": {"csiSecretsName": "y", "csiSecretsNamespace": "vault"},
		}),
		{"apiVersion": "secrets.hashicorp.com/v1beta1", "kind": "CSISecrets", "metadata": {"name": "x", "namespace": "shop"}},
		{"apiVersion": "secrets.hashicorp.com/v1beta1", "kind": "CSISecrets", "metadata": {"name": "y", "namespace": "shop"}},
	])
	_places(found) == {
		[0, "not-read-only", "medium", "readOnly"],
		[1, "class-unknown", "info", "csiSecretsName"],
	}
}

test_patches_and_context if {
	found := rule.report with input as testing.input_with([
		{"object": _volume({"driver": _store}), "partial": true},
		{"object": _volume({"driver": _store, "readOnly": false}), "partial": true},
		{"object": _volume({"driver": _store}), "context": true},
		{"object": _class("a", {"provider": ""}), "partial": true},
		{"object": _class("b", {"provider": ""}), "context": true},
	])
	_places(found) == {[1, "not-read-only", "high", "readOnly"]}
}

test_classes_by_namespace if {
	elsewhere := object.union(_class("db", {}), {"metadata": {"namespace": "other"}})
	nowhere := object.union(_class("cache", {}), {"metadata": {"namespace": ""}})
	unplaced := object.union(_volume(_mounting("db")), {"metadata": {"namespace": ""}})
	objects := [_volume(_mounting("db")), _volume(_mounting("cache")), elsewhere, nowhere, unplaced]
	partly := rule.report with input as testing.input_of(objects)
	_places(partly) == {[0, "class-unknown", "info", "secretProviderClass"]}

	wholly := rule.report with input as testing.input_of(objects)
		with data.settings.completeness as "full"
	_places(wholly) == {[0, "class-unknown", "medium", "secretProviderClass"]}
}

test_copies if {
	env := {"containers": [{
		"name": "a", "image": "a:1",
		"env": [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "one", "key": "k"}}}],
		"envFrom": [{"secretRef": {"name": "two"}}],
	}]}
	pull := {"imagePullSecrets": [{"name": "three"}]}
	found := rule.report with input as testing.input_of([
		_pod([{"name": "c", "csi": _mounting(name)} | some name in ["c1", "c2", "c3", "c4"]], object.union(env, pull)),
		_class("c1", _mirror("one")),
		_class("c2", _mirror("two")),
		_class("c3", _mirror("three")),
		_class("c4", _mirror("four")),
		_class("c5", {"secretObjects": [{"secretName": "five", "type": "kubernetes.io/tls"}]}),
	])
	_places(found) == {
		[1, "mirrored-into-environment", "", "secretName"],
		[2, "mirrored-into-environment", "", "secretName"],
		[4, "mirrored", "", "secretName"],
	}
	{one.related | some one in found; one.object == 1} == {[{
		"object": 0,
		"path": ["spec", "containers", 0, "env", 0, "valueFrom", "secretKeyRef", "name"],
		"label": "taken",
	}]}
}

_reason(text) := {"metadata": {"annotations": {"portcullis/sync-reason": text}}}

test_reasons if {
	found := rule.report with input as testing.input_of([
		object.union(_class("a", _mirror("a")), _reason("needed")),
		object.union(_class("b", _mirror("b")), _reason(" ")),
		_class("c", _mirror("c")),
		_class("d", _mirror("d")),
	])
		with data.settings.params as {"injection/csi-secret-volume-misuse": {"allowSyncFor": ["shop/c", "d"]}}
	_places(found) == {[1, "mirrored", "", "secretName"]}
}

test_copies_that_nobody_makes if {
	consumer := _pod([{"name": "s", "secret": {"secretName": "smtp"}}, {"name": "t", "secret": {"secretName": "tls"}}], {})
	found := rule.report with input as testing.input_with([
		{"object": consumer},
		{"object": _class("smtp", _mirror("smtp"))},
		{"object": _class("tls", _mirror("tls"))},
		{"object": _volume(_mounting("tls"))},
		{"object": _class("other", _mirror("smtp")), "partial": true},
	])
		with data.settings.completeness as "full"
	{place | some place in _places(found); place[1] != "mirrored"} == {[1, "mirror-without-mount", "medium", "secretName"]}
}

test_providers if {
	found := rule.report with input as testing.input_of([
		_class("a", {"provider": "azure", "parameters": {"keyvaultName": "k", "tenantId": "t", "usePodIdentity": true}}),
		_class("b", {"provider": "azure", "parameters": {"keyvaultName": "k", "objects": "o", "usePodIdentity": "false"}}),
		_class("c", {"provider": "gke", "parameters": {"secrets": "s"}}),
		_class("d", {"provider": "gcp", "parameters": {"objects": "s", "secrets": " "}}),
		_class("e", {"provider": "homegrown"}),
		object.union(_class("f", {}), {"apiVersion": "secrets-store.csi.x-k8s.io/v1alpha1"}),
	])
	{[one.object, one.variant, one.args] | some one in found} == {
		[0, "pod-identity", {}],
		[1, "parameters-missing", {"missing": "tenantId` or `tenantID"}],
		[3, "parameters-missing", {"missing": "secrets"}],
		[4, "provider-unapproved", {"provider": "homegrown"}],
		[5, "deprecated-version", {}],
	}
}
