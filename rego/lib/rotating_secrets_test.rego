package portcullis.lib.rotating_secrets_test

import data.portcullis.lib.rotating_secrets as rotating
import data.portcullis.lib.testing

_object(api_version, kind, name, spec) := {
	"apiVersion": api_version,
	"kind": kind,
	"metadata": {"name": name, "namespace": "n"},
	"spec": spec,
}

_annotated(obj, annotations) := object.union(obj, {"metadata": {"annotations": annotations}})

_vault(kind, spec) := _object("secrets.hashicorp.com/v1beta1", kind, "x", object.union({"destination": {"name": "db"}}, spec))

_external(spec) := _object("external-secrets.io/v1", "ExternalSecret", "db", spec)

_certificate(spec) := _object("cert-manager.io/v1", "Certificate", "x", object.union({"secretName": "db"}, spec))

_generator(kind) := {"dataFrom": [{"sourceRef": {"generatorRef": {"kind": kind, "name": "g"}}}]}

_facts := {"durations": {"1h": {"go": 3600}, "0s": {"go": 0}}, "schedules": {}, "times": {}, "windows": []}

_how(objects) := found if {
	found := rotating.how("n", "db") with input as testing.with_facts(testing.input_of(objects), _facts)
} else := "none"

test_kinds_of_change if {
	_how([_vault("VaultDynamicSecret", {"path": "creds/a"})]) == "lease"
	_how([_vault("VaultDynamicSecret", {"path": "static-creds/a"})]) == "value"
	_how([_vault("VaultDynamicSecret", {"path": "a", "allowStaticCreds": true})]) == "value"
	_how([_vault("VaultPKISecret", {})]) == "certificate"
	_how([_vault("VaultStaticSecret", {})]) == "sync"
	_how([_vault("HCPVaultSecretsApp", {})]) == "sync"
	_how([_certificate({})]) == "certificate"
	_how([_external({})]) == "sync"
	_how([_external(_generator("ECRAuthorizationToken"))]) == "lease"
	_how([_external(_generator("Password"))]) == "value"
	_how([_annotated(_external({}), {"portcullis/rotation-interval": "30d"})]) == "value"
	_how([_object("networking.k8s.io/v1", "Ingress", "i", {"tls": [{"secretName": "db"}]})]) == "none"
	ingress := _object("networking.k8s.io/v1", "Ingress", "i", {"tls": [{"secretName": "db"}]})
	_how([_annotated(ingress, {"cert-manager.io/issuer": "a"})]) == "certificate"
	_how([_object("external-secrets.io/v1", "ClusterExternalSecret", "db", {"externalSecretSpec": {}})]) == "sync"
}

test_the_most_telling_counts if {
	_how([_external({}), _certificate({})]) == "certificate"
	_how([_external({}), _vault("VaultDynamicSecret", {"path": "creds/a"})]) == "lease"
}

test_what_does_not_change if {
	_how([]) == "none"
	_how([_object("bitnami.com/v1alpha1", "SealedSecret", "db", {})]) == "none"
	_how([_certificate({"renewal": {"policy": "Disabled"}})]) == "none"
	_how([_external({"refreshInterval": "0s"})]) == "none"
	_how([_external({"target": {"immutable": true}})]) == "none"
	_how([_external({"target": {"creationPolicy": "None"}})]) == "none"
	_how([_annotated(_external({}), {"portcullis/rotation": "static"})]) == "none"
	_how([_annotated(_external({}), {"portcullis/class": "non-credential"})]) == "none"
}

test_odd_shapes if {
	_how([
		_object("secrets.hashicorp.com/v1beta1", "VaultDynamicSecret", "x", null),
		_object("cert-manager.io/v1", "Certificate", "x", null),
		_object("external-secrets.io/v1", "ExternalSecret", "y", null),
		_object("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", "x", null),
	]) == "none"
	_how([_vault("VaultDynamicSecret", {"path": 7})]) == "lease"
}

test_makers if {
	objects := [_external({}), _vault("VaultStaticSecret", {}), _certificate({}), _object("v1", "Secret", "db", {})]
	found := [maker.object.kind | some maker in rotating.makers("n", "db")] with input as testing.input_of(objects)
	{kind | some kind in found} == {"ExternalSecret", "VaultStaticSecret", "Certificate", "Secret"}
	none := rotating.makers("n", "other") with input as testing.input_of(objects)
	none == []
}

test_provider_classes if {
	class := _object("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", "c", {"parameters": {"objects": "- objectName: billing/db"}})
	_class([class]) == "none"
	rotation := {
		"apiVersion": "secretsmanager.aws.upbound.io/v1beta2",
		"kind": "SecretRotation",
		"metadata": {"name": "r"},
		"spec": {"forProvider": {"secretId": "billing/db"}},
	}
	_class([class, rotation]) == "value"
	_class([_annotated(class, {"portcullis/rotated-by": "eventlistener/x"})]) == "value"
}

_class(objects) := found if {
	found := rotating.provider_class("n", "c") with input as testing.input_of(objects)
} else := "none"
