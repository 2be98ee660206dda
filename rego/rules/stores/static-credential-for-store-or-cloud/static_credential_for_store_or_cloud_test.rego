package portcullis.rules.stores["static-credential-for-store-or-cloud_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.stores["static-credential-for-store-or-cloud"] as rule

_places(found) := {[one.object, one.variant, one.path] | some one in found}

_object(api_version, kind, spec) := {
	"apiVersion": api_version,
	"kind": kind,
	"metadata": {"name": "a", "namespace": "agents"},
	"spec": spec,
}

_store(provider) := _object("external-secrets.io/v1", "SecretStore", {"provider": provider})

_pod(spec) := _object("v1", "Pod", spec)

_from(name) := {"name": name, "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}

test_a_finding_as_the_host_gets_it if {
	found := rule.report with input as testing.input_of([_store({"aws": {"auth": {"secretRef": {"accessKeyIDSecretRef": {"name": "a"}}}}})])
	found == {{
		"variant": "store-static-key",
		"object": 0,
		"path": ["spec", "provider", "aws", "auth", "secretRef"],
		"args": {"method": "aws.secretRef"},
	}}
}

test_odd_shapes if {
	found := rule.report with input as testing.input_of([
		_store({"aws": null}),
		_store({"aws": {"auth": null}}),
		_store({"vault": {"auth": "token"}}),
		_store({"vault": {"auth": {"tokenSecretRef": {}}}}),
		_store({"azurekv": {"authSecretRef": {"clientSecret": null}}}),
		_object("secrets.hashicorp.com/v1beta1", "VaultAuth", null),
		_object("cert-manager.io/v1", "Issuer", {"acme": {"solvers": [null, "x", {"dns01": null}]}, "vault": 5}),
		_object("aws.upbound.io/v1beta1", "ProviderConfig", {"credentials": "Secret"}),
		_object("v1", "Secret", null),
		_object("external-secrets.io/v1", "ExternalSecret", {"data": [null, 5, {"secretKey": 5}]}),
		_pod({"containers": [{"name": "c", "image": "i", "env": [null, "x", {}], "args": [5]}]}),
		_pod({"volumes": [{"csi": {"driver": 5, "nodePublishSecretRef": {"name": "s"}}}, "x"], "containers": []}),
	])
	found == set()
}

test_credentials_of_a_service_principal if {
	found := rule.report with input as testing.input_of([
		_store({"azurekv": {"authType": "ServicePrincipal", "authSecretRef": {"clientSecret": {"name": "a"}}}}),
		_store({"azurekv": {"authType": "WorkloadIdentity", "authSecretRef": {"clientSecret": {"name": "a"}}}}),
		_store({"azurekv": {"authSecretRef": {"clientCertificate": {"name": "a"}}}}),
	])
	_places(found) == {[0, "store-static-key", ["spec", "provider", "azurekv", "authSecretRef", "clientSecret"]]}
}

test_generators_of_the_cluster if {
	found := rule.report with input as testing.input_of([
		_object("generators.external-secrets.io/v1alpha1", "ClusterGenerator", {
			"kind": "ACRAccessToken",
			"generator": {"acrAccessTokenSpec": {"auth": {"servicePrincipal": {"secretRef": {"clientSecret": {"name": "a"}}}}}},
		}),
		_object("generators.external-secrets.io/v1alpha1", "STSSessionToken", {"auth": {"secretRef": {
			"accessKeyIDSecretRef": {"name": "a"},
			"sessionTokenSecretRef": {"name": "a"},
		}}}),
	])
	_places(found) == {[0, "generator-static-key", ["spec", "generator", "acrAccessTokenSpec", "auth", "servicePrincipal", "secretRef"]]}
}

test_places_of_vault if {
	auth := {
		"tokenSecretRef": {"name": "a"},
		"userPass": {"username": "a"},
		"ldap": {"username": "a"},
		"appRole": {"path": "a"},
		"kubernetes": {"secretRef": {"name": "a"}},
		"iam": {"secretRef": {"accessKeyIDSecretRef": {"name": "a"}}},
	}
	found := rule.report with input as testing.input_of([_store({"openBao": {"auth": auth}})])
	{[one.variant, one.args.method] | some one in found} == {
		["store-static-key", "vault.tokenSecretRef"],
		["store-static-key", "vault.userPass"],
		["store-static-key", "vault.ldap"],
		["store-app-role", "vault.appRole"],
		["store-static-key", "vault.kubernetes.secretRef"],
		["store-static-key", "vault.iam.secretRef"],
	}
}

test_providers_of_crossplane if {
	spec := {"credentials": {"source": "Secret"}}
	found := rule.report with input as testing.input_of([
		_object("azuread.upbound.io/v1beta1", "ProviderConfig", spec),
		_object("aws.m.upbound.io/v1beta1", "ClusterProviderConfig", spec),
		_object("kubernetes.crossplane.io/v1alpha1", "ProviderConfig", spec),
		_object("aws.crossplane.io/v1beta1", "ProviderConfig", {"credentials": {"source": "InjectedIdentity"}}),
	])
	_places(found) == {
		[0, "crossplane-static-key", ["spec", "credentials", "source"]],
		[1, "crossplane-static-key", ["spec", "credentials", "source"]],
	}
}

test_keys_of_aws if {
	keys := [_from("AWS_ACCESS_KEY_ID"), _from("AWS_SECRET_ACCESS_KEY")]
	found := rule.report with input as testing.input_of([
		_pod({"containers": [{"name": "c", "image": "i", "env": keys}]}),
		_pod({"containers": [{"name": "c", "image": "i", "env": [_from("AWS_SECRET_ACCESS_KEY")]}]}),
		_pod({"containers": [{"name": "c", "image": "i", "env": array.concat(keys, [_from("S3_ENDPOINT")])}]}),
		_pod({"containers": [{"name": "c", "image": "i", "env": array.concat(
			keys,
			[{"name": "S3_ENDPOINT", "value": "https://s3.eu-west-1.amazonaws.com"}],
		)}]}),
		_pod({"containers": [{"name": "c", "image": "i", "env": keys, "command": ["--s3-endpoint=https://minio:9000"]}]}),
	])
	{[one.object, object.get(one, "severity", "")] | some one in found} == {[0, ""], [2, "medium"], [3, ""]}
}

test_key_files_of_google if {
	container := {
		"name": "c",
		"image": "i",
		"env": [{"name": "GOOGLE_APPLICATION_CREDENTIALS", "value": "/key/key.json"}],
		"volumeMounts": [{"name": "key", "mountPath": "/key/"}, {"name": "other", "mountPath": 5}, {"name": "x", "mountPath": "/k"}],
	}
	exact := object.union(container, {"volumeMounts": [{"name": "key", "mountPath": "/key/key.json", "subPath": "key.json"}]})
	projected := {"name": "key", "projected": {"sources": [{"secret": {"name": "s"}}]}}
	federated := {"name": "key", "projected": {"sources": [{"secret": {"name": "s"}}, {"serviceAccountToken": {"path": "t"}}]}}
	found := rule.report with input as testing.input_of([
		_pod({"containers": [container], "volumes": [{"name": "key", "secret": {"secretName": "s"}}]}),
		_pod({"containers": [exact], "volumes": [{"name": "key", "csi": {"driver": "secrets-store.csi.k8s.io"}}]}),
		_pod({"containers": [container], "volumes": [projected]}),
		_pod({"containers": [container], "volumes": [federated]}),
		_pod({"containers": [container], "volumes": [{"name": "key", "configMap": {"name": "s"}}]}),
	])
	{one.object | some one in found} == {0, 1, 2}
}

test_secrets_by_the_names_of_their_entries if {
	both := {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
	secret := {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "bedrock"}}
	found := rule.report with input as testing.input_of([
		object.union(secret, {"data": both}),
		object.union(secret, {"data": object.union(both, {"AWS_SESSION_TOKEN": "c"})}),
		object.union(secret, {"data": object.union(both, {"AWS_ENDPOINT_URL": "c"})}),
		object.union(secret, {"data": both, "metadata": {"name": "loki-s3"}}),
		object.union(secret, {"stringData": {"VAULT_TOKEN": "c"}}),
	])
		with data.settings.params as {"stores/static-credential-for-store-or-cloud": {"identityUnavailableFor": []}}
	_places(found) == {
		[0, "secret-of-static-keys", ["data", "AWS_SECRET_ACCESS_KEY"]],
		[4, "secret-of-static-keys", ["stringData", "VAULT_TOKEN"]],
	}
}

test_what_is_excused if {
	class := {"driver": "secrets-store.csi.k8s.io", "nodePublishSecretRef": {"name": "s"}}
	document := testing.input_of([
		_store({"vault": {"auth": {"appRole": {"path": "a"}}}}),
		_store({"gcpsm": {"auth": {"secretRef": {"secretAccessKeySecretRef": {"name": "a"}}}}}),
		_pod({"containers": [], "volumes": [{"name": "v", "csi": class}]}),
	])
	found := rule.report with input as document
	{[one.object, one.variant] | some one in found} == {[0, "store-app-role"], [1, "store-static-key"], [2, "csi-publish-secret"]}
	excused := rule.report with input as document
		with data.settings.params as {"stores/static-credential-for-store-or-cloud": {
			"allowedStaticAuth": ["vault.*", 5],
			"identityUnavailableFor": ["gcp", "azure"],
		}}
	excused == set()
}

test_an_endpoint_that_is_not_one_of_aws if {
	keys := [_from("AWS_ACCESS_KEY_ID"), _from("AWS_SECRET_ACCESS_KEY")]
	found := rule.report with input as testing.input_of([
		_pod({"containers": [{"name": "c", "image": "i", "env": array.concat(
			keys,
			[{"name": "S3_ENDPOINT", "value": "http://minio:9000"}],
		)}]}),
		_pod({"containers": [{"name": "c", "image": "i", "env": array.concat(keys, [{"name": "BUCKET_URL", "value": "s3://a.b"}])}]}),
	])
	{one.object | some one in found} == {1}
}
