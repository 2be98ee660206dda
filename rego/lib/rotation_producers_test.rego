package portcullis.lib.rotation_producers_test

import data.portcullis.lib.rotation_producers as producers
import data.portcullis.lib.testing

_kinds(found) := {[producer.obj.id, producer.kind] | some producer in found}

_in(entries) := testing.with_facts(testing.input_with(entries), _facts)

_facts := {
	"durations": {"1h": {"go": 3600}, "0s": {"go": 0}},
	"schedules": {},
	"times": {},
	"windows": [],
}

_external(spec) := {"object": {
	"apiVersion": "external-secrets.io/v1",
	"kind": "ExternalSecret",
	"metadata": {"name": "db", "namespace": "shop"},
	"spec": spec,
}}

_secret(fields, evidence) := {
	"object": object.union(
		{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s", "namespace": "shop"}, "data": {"a": "[redacted]"}},
		fields,
	),
	"evidence": evidence,
}

_evidence(kind, class) := {"id": 1, "kind": kind, "class": class, "path": ["data", "a"]}

_likely := [_evidence("credential", "likely")]

_password := {"sourceRef": {"generatorRef": {"kind": "Password", "name": "p"}}}

test_external_secrets if {
	found := producers.unscheduled with input as _in([
		_external({"data": [{"remoteRef": {"key": "a"}}]}),
		_external({"dataFrom": [_password], "refreshInterval": "1h"}),
		_external({"dataFrom": [_password], "refreshInterval": "0s"}),
		_external({"dataFrom": [_password, {"extract": {"key": "a"}}]}),
		_external({"target": {"creationPolicy": "None"}}),
		object.union(_external({}), {"partial": true}),
		object.union(_external({}), {"context": true}),
	])
	_kinds(found) == {[0, "sync"], [2, "sync"], [3, "sync"]}
}

test_certificates_renew_what_a_seed_begins if {
	certificate := {"object": {
		"apiVersion": "cert-manager.io/v1",
		"kind": "Certificate",
		"metadata": {"name": "c", "namespace": "shop"},
		"spec": {"secretName": "tls"},
	}}
	found := producers.unscheduled with input as _in([_external({"target": {"name": "tls"}}), certificate])
	_kinds(found) == set()
}

test_other_producers if {
	found := producers.unscheduled with input as _in([
		{"object": {
			"apiVersion": "secrets-store.csi.x-k8s.io/v1",
			"kind": "SecretProviderClass",
			"metadata": {"name": "c"},
			"spec": {"provider": "aws"},
		}},
		{"object": {
			"apiVersion": "bitnami.com/v1alpha1",
			"kind": "SealedSecret",
			"metadata": {"name": "empty"},
			"spec": {"encryptedData": {}},
		}},
		{"object": {
			"apiVersion": "secrets.hashicorp.com/v1beta1",
			"kind": "VaultDynamicSecret",
			"metadata": {"name": "lease"},
			"spec": {"destination": {"name": "lease"}},
		}},
	])
	_kinds(found) == {[0, "sync"]}
}

test_secrets_that_hold_credentials if {
	found := producers.unscheduled with input as _in([
		_secret({}, _likely),
		_secret({}, [_evidence("private-key", "likely")]),
		_secret({}, [_evidence("token", "plain")]),
		_secret({"sops": {}}, []),
		_secret({"sops": {}, "data": null}, []),
		_secret({}, []),
		_secret({}, [_evidence("credential", "plain"), _evidence("token", "placeholder")]),
		_secret({}, [object.union(_evidence("credential", "likely"), {"path": ["metadata", "name"]})]),
	])
	_kinds(found) == {[0, "git"], [1, "git"], [2, "git"], [3, "git"]}
}

test_what_declares_an_interval_is_rotated_wherever_its_value_comes_from if {
	declared := {"metadata": {"name": "s", "annotations": {"portcullis/rotation-interval": "30d"}}}
	found := producers.unscheduled with input as _in([
		_secret(declared, [_evidence("credential", "reference")]),
		_secret({}, [_evidence("credential", "reference")]),
	])
	_kinds(found) == {[0, "git"]}
}

test_secrets_with_an_owner_or_a_filler if {
	filler := {"object": {
		"apiVersion": "secrets.hashicorp.com/v1beta1",
		"kind": "VaultPKISecret",
		"metadata": {"name": "p", "namespace": "shop"},
		"spec": {"destination": {"name": "filled"}},
	}}
	found := producers.unscheduled with input as _in([
		_secret({"metadata": {"name": "filled", "namespace": "shop"}}, _likely),
		_secret({"metadata": {"name": "o", "ownerReferences": [{"kind": "SealedSecret"}]}}, _likely),
		_secret({"metadata": {"name": "c", "annotations": {"cert-manager.io/certificate-name": "c"}}}, _likely),
		_secret({"type": "helm.sh/release.v1"}, _likely),
		_secret({"apiVersion": "secretsmanager.aws.upbound.io/v1beta1"}, _likely),
		filler,
	])
	_kinds(found) == set()
}

test_what_is_no_credential_or_no_longer_used if {
	unused := {"object": {
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "old", "namespace": "shop"},
		"spec": {
			"replicas": 0,
			"template": {"spec": {"containers": [], "volumes": [{"secret": {"secretName": "s"}}]}},
		},
	}}
	idle := producers.unscheduled with input as _in([_secret({}, _likely), unused])
	_kinds(idle) == set()
	label := {"metadata": {"name": "s", "labels": {"portcullis/class": "non-credential"}}}
	labelled := producers.unscheduled with input as _in([_secret(label, _likely)])
	_kinds(labelled) == set()
	annotation := {"metadata": {"name": "s", "annotations": {"portcullis/class": "non-credential"}}}
	annotated := producers.unscheduled with input as _in([_secret(annotation, _likely)])
	_kinds(annotated) == set()
}
