package portcullis.rules.stores["insecure-store-endpoint_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.stores["insecure-store-endpoint"] as rule

_places(found) := {[one.object, one.variant, one.path] | some one in found}

_object(api_version, kind, spec) := {
	"apiVersion": api_version,
	"kind": kind,
	"metadata": {"name": "a", "namespace": "agents"},
	"spec": spec,
}

_connection(spec) := _object("secrets.hashicorp.com/v1beta1", "VaultConnection", spec)

_pod(container) := _object("v1", "Pod", {"containers": [object.union({"name": "c", "image": "i"}, container)]})

_release(chart, spec) := _object(
	"helm.toolkit.fluxcd.io/v2", "HelmRelease",
	object.union({"chart": {"spec": {"chart": chart}}}, spec),
)

test_a_finding_as_the_host_gets_it if {
	found := rule.report with input as testing.input_of([_connection({"address": "http://vault.example.com"})])
	found == {{
		"variant": "plain-http",
		"object": 0,
		"path": ["spec", "address"],
		"args": {},
	}}
}

test_odd_shapes if {
	found := rule.report with input as testing.input_of([
		_connection(null),
		_connection({"address": 5, "skipTLSVerify": null}),
		_object("external-secrets.io/v1", "SecretStore", {"provider": {"vault": {"server": ["http://a.example.com"]}}}),
		_object("external-secrets.io/v1", "SecretStore", {"provider": {"vault": null}}),
		_object("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", {"parameters": "x"}),
		_object("cert-manager.io/v1", "Issuer", {"vault": "http://a.example.com"}),
		_object("v1", "Pod", {"containers": [{"name": "c", "image": 5, "env": [null, 5, {"name": 5}], "args": [null, 7], "command": "x"}]}),
		{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"a": 5}},
		{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "annotations": "x"}, "data": "x"},
		_object("vault.banzaicloud.com/v1alpha1", "Vault", {"config": []}),
		_release(5, {"values": "server: ["}),
		_object("helm.toolkit.fluxcd.io/v2", "HelmRelease", null),
		_object("argoproj.io/v1alpha1", "Application", {"source": {"helm": 5, "chart": "vault"}, "sources": ["x", null]}),
		_object("helm.cattle.io/v1", "HelmChart", null),
		{"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization", "helmCharts": [null, 5]},
	])
	_places(found) == {[12, "listener-without-tls", ["spec", "source", "helm", "valuesObject", "global", "tlsDisable"]]}
}

test_switches_of_providers if {
	found := rule.report with input as testing.input_of([
		_object("external-secrets.io/v1", "SecretStore", {"provider": {"senhasegura": {"ignoreSslCertificate": true}}}),
		_object("external-secrets.io/v1", "SecretStore", {"provider": {"beyondtrust": {"server": {"verifyCA": true}}}}),
	])
	_places(found) == {[0, "verification-off", ["spec", "provider", "senhasegura", "ignoreSslCertificate"]]}
}

test_the_way_inside_of_a_mesh if {
	found := rule.report with input as testing.input_of([
		_connection({"address": "http://vault.security.svc.cluster.local:8200"}),
		_connection({"address": "http://vault:8200"}),
		_connection({"address": "http://vault.example.org:8200"}),
	])
		with data.settings.params as {"stores/insecure-store-endpoint": {"meshStrictNamespaces": ["sec*", "agents"]}}
	{[one.object, object.get(one, "severity", "")] | some one in found} == {[0, "low"], [1, "low"], [2, ""]}
}

test_a_private_host_without_a_ca if {
	found := rule.report with input as testing.input_with([
		{"object": _connection({"address": "https://vault.security:8200"})},
		{"object": _connection({"address": "https://vault.security.svc:8200"})},
		{"object": _connection({"address": "https://vault.security.svc"}), "partial": true},
		{"object": _connection({"address": "https://vault.internal", "caCertSecretRef": "ca"})},
		{"object": _object("cert-manager.io/v1", "ClusterIssuer", {"vault": {"server": "https://vault"}})},
		{"object": _object("external-secrets.io/v1", "SecretStore", {"provider": {"vault": {}}})},
	])
	_places(found) == {
		[1, "private-ca-unset", ["spec", "caCertSecretRef"]],
		[4, "private-ca-unset", ["spec", "vault", "caBundle"]],
	}
}

test_variables if {
	off := {"name": "PYTHONHTTPSVERIFY", "value": "0"}
	found := rule.report with input as testing.input_of([
		_pod({"env": [off, {"name": "OP_CONNECT_HOST", "value": "https://connect.example.com"}]}),
		_pod({"env": [off, {"name": "STORE", "value": "https://vault.example.com"}]}),
		_pod({"env": [off, {"name": "STORE", "value": "https://shop.example.com"}]}),
		_pod({"env": [{"name": "BAO_SKIP_VERIFY", "value": "1"}, {"name": "BAO_ADDR", "value": "https://[::1]:8200"}]}),
		_pod({"env": [{"name": "GIT_SSL_NO_VERIFY", "value": "false"}, {"name": "VAULT_ADDR", "value": "http://$(HOST)"}]}),
	])
	{[one.object, one.variant, object.get(one, "severity", "")] | some one in found} == {
		[0, "client-verification-off", ""],
		[1, "client-verification-off", ""],
		[2, "client-verification-off", "medium"],
		[4, "plain-http", ""],
	}
}

test_commands if {
	found := rule.report with input as testing.input_of([
		_pod({"args": ["curl https://shop.example.com; curl -k https://vault.example.com/v1/kv/a"]}),
		_pod({"args": ["curl -k https://shop.example.com\ncurl $VAULT_ADDR/v1/kv/a"]}),
		_pod({"args": ["wget --no-check-certificate https://store.example.com:8200/v1/kv/a"]}),
		_object("argoproj.io/v1alpha1", "Workflow", {"templates": [{"script": {"image": "i", "source": "curl -sk $BAO_ADDR/v1/kv"}}]}),
		_pod({"command": ["curl", "-k", "https://openbao.security.svc/v1/kv/a"]}),
	])
	{[one.object, one.path] | some one in found} == {
		[0, ["spec", "containers", 0, "args", 0]],
		[2, ["spec", "containers", 0, "args", 0]],
		[3, ["spec", "templates", 0, "script", "source"]],
		[4, ["spec", "containers", 0, "command"]],
	}
}

test_servers if {
	found := rule.report with input as testing.input_of([
		_pod({"image": "registry.example.com/vault@sha256:0", "command": ["server"], "args": ["-dev-tls"]}),
		_pod({"image": "tools", "args": ["sh", "-c", "vault server -dev -dev-root-token-id=root & wait"]}),
		_pod({"image": "tools", "args": ["vault", "status", "-dev"]}),
		_pod({"image": "vault", "args": ["agent", "-dev"]}),
	])
	_places(found) == {
		[0, "dev-server", ["spec", "containers", 0, "args", 0]],
		[1, "dev-server", ["spec", "containers", 0, "args", 2]],
	}
}

test_listeners if {
	texts := {
		"open": `listener "tcp" { address = "0.0.0.0:8200" tls_disable = true }`,
		"local": `listener "tcp" { address = "127.0.0.1:8200" tls_disable = true }`,
		"boundary": `listener "tcp" { purpose = "api" tls_disable = true }`,
		"json": `{"listener": {"tcp": {"address": "[::]:8200", "tls_disable": 1, "x": {"y": 1}}}, "disable_mlock": true}`,
		"else": "tls_disable = true",
	}
	found := rule.report with input as testing.input_of([{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": texts}])
	_places(found) == {
		[0, "listener-without-tls", ["data", "open"]],
		[0, "listener-without-tls", ["data", "json"]],
		[0, "memory-may-swap", ["data", "json"]],
	}
}

test_installations if {
	found := rule.report with input as testing.input_with([
		{"object": _release("vault", {"values": {"global": {"tlsDisable": true, "enabled": false}}})},
		{"object": _release("vault", {"values": {"global": {"externalVaultAddr": "https://vault.example.com"}}})},
		{"object": _release("vault", {}), "partial": true},
		{"object": _release("umbrella", {"values": {"openbao": {"server": {"dev": {"enabled": "true"}}}}})},
		{"object": _release("umbrella", {"values": {"vault": {"enabled": false, "server": {"dev": {"enabled": true}}}}})},
		{"object": _release("umbrella", {"values": {"vault": {"token": "x"}}})},
		{"object": {
			"apiVersion": "helm.cattle.io/v1", "kind": "HelmChart", "metadata": {"name": "vault"},
			"spec": {"chart": "vault", "valuesContent": "server:\n    dev:\n        enabled: \"true\"\nglobal:\n  tlsDisable: false\n"},
		}},
		{"object": {
			"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization",
			"helmCharts": [{"name": "openbao", "valuesFile": "x.yaml"}, {"name": "vault"}],
		}},
	])
	_places(found) == {
		[3, "dev-server", ["spec", "values", "openbao", "server", "dev", "enabled"]],
		[6, "dev-server", ["spec", "valuesContent"]],
		[7, "listener-without-tls", ["helmCharts", 1, "valuesInline", "global", "tlsDisable"]],
	}
}

test_declared_meshes_and_examples if {
	meshed := object.union(_connection({"address": "http://vault:8200"}), {"metadata": {"annotations": {"portcullis/mesh": "strict"}}})
	found := rule.report with input as testing.input_with([
		{"object": meshed},
		{"object": _connection({"skipTLSVerify": true}), "file": "docs/a.yaml"},
	])
	{[one.object, one.severity] | some one in found} == {[0, "low"], [1, "low"]}
}

test_more_switches if {
	found := rule.report with input as testing.input_of([
		_object("external-secrets.io/v1", "SecretStore", {"provider": {"beyondtrust": {"server": {"verifyCA": false}}}}),
		_pod({"env": [{"name": "NODE_TLS_REJECT_UNAUTHORIZED", "value": "0"}, {"name": "VAULT_SKIP_VERIFY", "value": "true"}]}),
		_pod({"env": [{"name": "GIT_SSL_NO_VERIFY", "value": "1"}]}),
		_object("example.com/v1", "Thing", {"template": {"metadata": {"annotations": {"vault.hashicorp.com/tls-skip-verify": "true"}}, "spec": {
			"containers": [{"name": "c", "image": "i"}],
		}}}),
		_connection({"address": "http://"}),
	])
	{[one.object, one.variant] | some one in found} == {
		[0, "verification-off"], [1, "client-verification-off"], [2, "client-verification-off"], [3, "verification-off"],
		[4, "plain-http"],
	}
}

test_values_files if {
	values := {"global": {"tlsDisable": true}, "server": {"ha": {"enabled": true}}}
	own := object.union(values, {"injector": {"agentDefaults": {}}, "server": {"statefulSet": {}}})
	document := testing.input_with([{"object": object.union(one, {"kind": "HelmValues"})} | some one in [values, own]])
	found := rule.report with input as document
	_places(found) == {[0, "listener-without-tls", ["global", "tlsDisable"]]}
}

test_parameters_of_an_application if {
	parameters := [{"name": "global.tlsDisable", "value": "false"}, {"name": "global.tlsDisable", "value": "true"}]
	found := rule.report with input as testing.input_of([_object("argoproj.io/v1alpha1", "Application", {"source": {
		"chart": "vault",
		"helm": {"parameters": parameters, "valueFiles": ["values.yaml"]},
	}})])
	_places(found) == {[0, "listener-without-tls", ["spec", "source", "helm", "parameters", 1, "value"]]}
}
