package portcullis.lib.tls_sources_test

import data.portcullis.lib.testing
import data.portcullis.lib.tls_sources

_ingress(name, annotations) := {
	"apiVersion": "networking.k8s.io/v1",
	"kind": "Ingress",
	"metadata": {"name": "web", "namespace": "n", "annotations": annotations},
	"spec": {"tls": [{"secretName": name}]},
}

_object(api_version, kind, metadata, spec) := {
	"apiVersion": api_version,
	"kind": kind,
	"metadata": object.union({"name": "x", "namespace": "n"}, metadata),
	"spec": spec,
}

_unknown(objects) := {use.name |
	some use in tls_sources.uses with input as testing.input_of(objects)
	not _is_known(use, objects)
}

_is_known(use, objects) if tls_sources.is_known(use) with input as testing.input_of(objects)

_plain := _ingress("tls", {})

test_unknown_without_a_maker if _unknown([_plain]) == {"tls"}

test_makers if {
	makers := [
		_object("cert-manager.io/v1", "Certificate", {}, {"secretName": "tls"}),
		_object("certmanager.k8s.io/v1alpha1", "Certificate", {}, {"secretName": "tls"}),
		_object("secrets.hashicorp.com/v1beta1", "VaultPKISecret", {}, {"destination": {"name": "tls"}}),
		_object("external-secrets.io/v1", "ExternalSecret", {"name": "tls"}, {}),
		_object("external-secrets.io/v1", "ClusterExternalSecret", {"name": "tls"}, {"externalSecretSpec": {}}),
		_object("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", {}, {"secretObjects": [{"secretName": "tls"}]}),
		_object("bitnami.com/v1alpha1", "SealedSecret", {"name": "tls"}, {}),
		_object("v1", "Secret", {"name": "tls"}, null),
		_object("batch/v1", "Job", {}, {"template": {"spec": {"containers": [{"args": ["--secret-name=tls"]}]}}}),
		object.union(_object("kustomize.config.k8s.io/v1beta1", "Kustomization", {}, {}), {"secretGenerator": [{"name": "tls"}]}),
		_ingress("tls", {"cert-manager.io/issuer": "a"}),
		_ingress("tls", {"kubernetes.io/tls-acme": "true"}),
		_ingress("tls", {"networking.gke.io/managed-certificates": "a"}),
	]
	every maker in makers {
		_unknown([_plain, maker]) == set()
	}
}

test_namespaces if {
	elsewhere := _object("cert-manager.io/v1", "Certificate", {"namespace": "other"}, {"secretName": "tls"})
	_unknown([_plain, elsewhere]) == {"tls"}
	nowhere := _object("cert-manager.io/v1", "Certificate", {"namespace": ""}, {"secretName": "tls"})
	_unknown([_plain, nowhere]) == set()
	_unknown([object.union(_plain, {"metadata": {"namespace": ""}}), elsewhere]) == set()
	copied := object.union(elsewhere, {"spec": {"secretTemplate": {"annotations": {"reflector.v1.k8s.emberstack.com/reflection-allowed": "true"}}}})
	_unknown([_plain, copied]) == set()
	replicated := _object("v1", "Secret", {"name": "tls", "namespace": "other", "annotations": {"replicator.v1.mittwald.de/replicate-to": "n"}}, null)
	_unknown([_plain, replicated]) == set()
	_unknown([_ingress("other/tls", {}), elsewhere]) == set()
	istio := _object("networking.istio.io/v1", "Gateway", {}, {"servers": [{"tls": {"credentialName": "tls"}}]})
	_unknown([istio, elsewhere]) == set()
	gateway := _object("gateway.networking.k8s.io/v1", "Gateway", {}, {"listeners": [{"tls": {"certificateRefs": [{"name": "tls"}]}}]})
	_unknown([gateway, elsewhere]) == {"tls"}
}

test_uses_of_workloads if {
	volumes := [
		{"name": "a", "secret": {"secretName": "volume", "items": [{"key": "tls.crt"}]}},
		{"name": "b", "secret": {"secretName": "optional", "optional": true, "items": [{"key": "tls.crt"}]}},
		{"name": "c", "secret": {"secretName": "whole"}},
		{"name": "d", "secret": {"secretName": "odd", "items": "tls.crt"}},
		{"name": "e", "projected": {"sources": [{"secret": {"name": "projected", "items": [{"key": "tls.key"}]}}]}},
	]
	env := [
		{"name": "A", "valueFrom": {"secretKeyRef": {"name": "env", "key": "tls.crt"}}},
		{"name": "B", "valueFrom": {"secretKeyRef": {"name": "password", "key": "password"}}},
	]
	pod := _object("v1", "Pod", {}, {"containers": [{"name": "c", "image": "i", "env": env}], "volumes": volumes})
	_unknown([pod]) == {"volume", "projected", "env"}
}

test_who_says_an_issuer if {
	says := {key |
		some key in {"cert-manager.io/cluster-issuer", "alb.ingress.kubernetes.io/certificate-arn", "example.com/issuer"}
		tls_sources.says_issuer({"object": {"metadata": {"annotations": {key: "x"}}}})
	}
	says == {"cert-manager.io/cluster-issuer", "alb.ingress.kubernetes.io/certificate-arn"}
	not tls_sources.says_issuer({"object": {"metadata": {"annotations": null}}})
	tls_sources.issued_by_cert_manager({"object": {"metadata": {"annotations": {"cert-manager.io/issuer": "x"}}}})
	not tls_sources.issued_by_cert_manager({"object": {"metadata": {"annotations": {"networking.gke.io/certmap": "x"}}}})
}

test_odd_shapes if {
	objects := [
		_plain,
		_object("cert-manager.io/v1", "Certificate", {}, null),
		_object("cert-manager.io/v1", "Certificate", {}, {"secretTemplate": {"annotations": ["a"]}}),
		_object("secrets.hashicorp.com/v1beta1", "VaultPKISecret", {}, {"destination": "tls"}),
		_object("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", {}, {"secretObjects": {}}),
		_object("batch/v1", "Job", {}, null),
		object.union(_object("kustomize.config.k8s.io/v1beta1", "Kustomization", {}, {}), {"secretGenerator": [null, {}]}),
	]
	_unknown(objects) == {"tls"}
}
