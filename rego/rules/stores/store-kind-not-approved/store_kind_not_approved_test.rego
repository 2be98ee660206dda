package portcullis.rules.stores["store-kind-not-approved_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.stores["store-kind-not-approved"] as rule

_places(found) := {[one.object, one.variant, one.path] | some one in found}

_object(api_version, kind, spec) := {
	"apiVersion": api_version,
	"kind": kind,
	"metadata": {"name": "a", "namespace": "agents"},
	"spec": spec,
}

_store(provider) := _object("external-secrets.io/v1", "SecretStore", {"provider": provider})

test_a_finding_as_the_host_gets_it if {
	found := rule.report with input as testing.input_of([_store({"gitlab": {}})])
	found == {{
		"variant": "store-not-approved",
		"object": 0,
		"path": ["spec", "provider", "gitlab"],
		"args": {"provider": "gitlab"},
	}}
}

test_odd_shapes if {
	found := rule.report with input as testing.input_of([
		_object("external-secrets.io/v1", "SecretStore", null),
		_store(null),
		_store("vault"),
		_store({"fake": null}),
		_store({"kubernetes": {"auth": null, "server": "x"}}),
		_store({"kubernetes": {"auth": {"token": {"bearerToken": {}}}, "remoteNamespace": 5}}),
		_object("generators.external-secrets.io/v1alpha1", "ClusterGenerator", {"kind": 5, "generator": {"x": {}}}),
		_object("generators.external-secrets.io/v1alpha1", "ClusterGenerator", {"kind": "Fake", "generator": null}),
		_object("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", null),
		_object("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", {"provider": 5}),
		_object("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", {"provider": "{{ .Values.provider }}"}),
		_object("secrets.crossplane.io/v1alpha1", "StoreConfig", null),
	])
	_places(found) == {
		[3, "fake-store", ["spec", "provider", "fake"]],
		[11, "retired-store", ["kind"]],
	}
}

test_the_default_endpoint_is_no_foreign_cluster if {
	found := rule.report with input as testing.input_of([
		_store({"kubernetes": {
			"remoteNamespace": "agents",
			"server": {"url": "https://kubernetes.default.svc:443"},
			"auth": {"token": {"bearerToken": {"name": "t"}}},
		}}),
		_store({"kubernetes": {"server": {"url": "https://10.0.0.1"}, "auth": {"serviceAccount": {"name": "reader"}}}}),
	])
	found == set()
}

test_context_is_not_judged if {
	found := rule.report with input as testing.input_with([{"object": _store({"fake": {}}), "context": true}])
	found == set()
}

test_an_unknown_version_is_left_alone if {
	found := rule.report with input as testing.input_of([
		_object("external-secrets.io/v2", "SecretStore", {}),
		_object("external-secrets.io/v1beta1", "ExternalSecret", {}),
	])
		with data.settings.params as {"stores/store-kind-not-approved": {"minApi": "v3", "approvedStores": [5, null]}}
	_places(found) == {[1, "unserved-api", ["apiVersion"]]}
}

test_tests_mocks_and_what_is_named if {
	mock := _object("external-secrets.io/v1", "SecretStore", {"controller": "ci-mock", "provider": {"fake": {}}})
	generator := _object("generators.external-secrets.io/v1alpha1", "Fake", {})
	document := testing.input_with([
		{"object": mock},
		{"object": _store({"fake": {}}), "namespace": "e2e-1"},
		{"object": _store({"fake": {}}), "file": "deploy/tests/a.yaml"},
		{"object": generator},
		{"object": _object("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", {"provider": "mock_provider"})},
		{"object": _object("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", {"provider": "gke"})},
		{"object": _store({"fake": {}}), "file": "docs/a.yaml"},
	])
	found := rule.report with input as document
	{[one.object, object.get(one, "severity", "")] | some one in found} == {[3, ""], [4, ""], [6, "low"]}
	named := rule.report with input as document
		with data.settings.params as {"stores/store-kind-not-approved": {"approvedGenerators": ["Fake"]}}
	{one.object | some one in named} == {4, 6}
}

test_other_generators_and_parameter_store if {
	found := rule.report with input as testing.input_of([
		_object("generators.external-secrets.io/v1alpha1", "UUID", {}),
		_store({"aws": {"service": "ParameterStore"}}),
		_store({"aws": {"service": "SecretsManager"}}),
		_object("kubernetes-client.io/v1", "ExternalSecret", {}),
	])
		with data.settings.params as {"stores/store-kind-not-approved": {
			"approvedGenerators": ["Password"],
			"requireSecretsManager": true,
		}}
	_places(found) == {
		[0, "generator-not-approved", ["kind"]],
		[1, "parameter-store", ["spec", "provider", "aws", "service"]],
		[3, "archived-operator", ["apiVersion"]],
	}
}

test_stores_of_other_clusters if {
	token := {"token": {"bearerToken": {"name": "t"}}}
	found := rule.report with input as testing.input_of([
		_store({"kubernetes": {"server": {"url": "https://10.0.0.1"}, "auth": token}}),
		_store({"kubernetes": {"remoteNamespace": "other", "auth": token}}),
		_store({"kubernetes": {"authRef": {"name": "kubeconfig"}}}),
	])
	_places(found) == {
		[0, "foreign-cluster-by-token", ["spec", "provider", "kubernetes", "server", "url"]],
		[1, "foreign-cluster-by-token", ["spec", "provider", "kubernetes", "remoteNamespace"]],
		[2, "foreign-cluster-by-token", ["spec", "provider", "kubernetes", "authRef"]],
	}
}
