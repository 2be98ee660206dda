package portcullis.rules.stores["secret-without-managed-source_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.stores["secret-without-managed-source"] as rule

_rule := "stores/secret-without-managed-source"

_object(api_version, kind, name, spec) := {
	"apiVersion": api_version,
	"kind": kind,
	"metadata": {"name": name, "namespace": "agents"},
	"spec": spec,
}

_pod(name, names) := _object("v1", "Pod", name, {"containers": [{
	"name": "c",
	"image": "i",
	"envFrom": [{"secretRef": {"name": one}} | some one in names],
}]})

_full := {_rule: {"completeness": "full"}}

_missing(found) := {one.args.name | some one in found; one.variant == "unmanaged"}

test_a_finding_as_the_host_gets_it if {
	found := rule.report with input as testing.input_of([_pod("a", ["db"]), _pod("b", ["db"])])
	found == {{
		"variant": "unmanaged",
		"object": 0,
		"path": ["spec", "containers", 0, "envFrom", 0, "secretRef", "name"],
		"args": {"name": "db"},
		"severity": "info",
		"related": [{"object": 1, "path": ["spec", "containers", 0, "envFrom", 0, "secretRef", "name"], "label": "also-used"}],
	}}
}

test_completeness if {
	optional := _object("v1", "Pod", "b", {"containers": [{
		"name": "c",
		"image": "i",
		"envFrom": [{"secretRef": {"name": "extra", "optional": true}}],
	}]})
	document := testing.input_of([_pod("a", ["db"]), optional])
	by_setting := rule.report with input as document with data.settings.completeness as "full"
	{[one.args.name, one.severity] | some one in by_setting} == {["db", "medium"], ["extra", "info"]}
	by_param := rule.report with input as document
		with data.settings.completeness as "full"
		with data.settings.params as {_rule: {"completeness": "partial"}}
	{one.severity | some one in by_param} == {"info"}
}

test_producers if {
	vault := {"destination": {"name": "vault"}}
	found := rule.report with input as testing.input_of([
		_pod("a", [
			"vault", "merged", "pushed", "cnpg-app", "rabbit-default-user", "cloned", "item", "user", "infisical",
			"generated-x", "ca", "copied", "missing", "gateway-tls", "sops", "reflected",
		]),
		_object("secrets.hashicorp.com/v1beta1", "VaultPKISecret", "a", vault),
		_object("external-secrets.io/v1", "ExternalSecret", "a", {"target": {"name": "merged", "creationPolicy": "Merge"}}),
		_object("external-secrets.io/v1alpha1", "PushSecret", "a", {"data": [null, {"match": {"remoteRef": {"remoteKey": "pushed"}}}]}),
		_object("postgresql.cnpg.io/v1", "Cluster", "cnpg", {}),
		_object("rabbitmq.com/v1beta1", "RabbitmqCluster", "rabbit", {}),
		_object("kyverno.io/v1", "ClusterPolicy", "a", {"rules": [null, {"generate": {"kind": "Secret", "name": "cloned"}}]}),
		_object("onepassword.com/v1", "OnePasswordItem", "item", {}),
		_object("kafka.strimzi.io/v1beta2", "KafkaUser", "user", {}),
		_object("secrets.infisical.com/v1alpha1", "InfisicalSecret", "a", {"managedSecretReference": {"secretName": "infisical"}}),
		{"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization", "secretGenerator": [null, {"name": "generated-x"}]},
		_object("cert-manager.io/v1", "Certificate", "a", {"secretName": "ca"}),
		{
			"apiVersion": "v1", "kind": "Secret",
			"metadata": {"name": "copied", "namespace": "other", "annotations": {"replicator.v1.mittwald.de/replicate-to": "*"}},
		},
		{
			"apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway",
			"metadata": {"name": "a", "namespace": "agents", "annotations": {"cert-manager.io/issuer": "a"}},
			"spec": {"listeners": [null, {"tls": {"certificateRefs": [{"name": "gateway-tls"}]}}]},
		},
		{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "sops", "namespace": "agents"}, "sops": {}},
		{
			"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "reflected", "namespace": "agents", "annotations": {
				"reflector.v1.k8s.emberstack.com/reflects": "platform/a",
			}},
		},
	])
		with data.settings.params as _full
		with data.settings.profile as "strict"
	_missing(found) == {"missing"}
	{one.args.name | some one in found; one.variant == "plain-manifest"} == {"generated-x", "copied"}
}

test_other_namespaces if {
	found := rule.report with input as testing.input_with([
		{"object": _pod("a", ["db", "key"]), "namespace": ""},
		{"object": _object("cert-manager.io/v1", "Certificate", "a", {"secretName": "db"}), "namespace": "billing"},
		{"object": _pod("b", ["db"]), "namespace": "orders"},
		{"object": _pod("c", ["context"]), "context": true},
	])
		with data.settings.params as _full
	{[one.object, one.args.name] | some one in found} == {[0, "key"], [2, "db"]}
}

test_odd_shapes if {
	found := rule.report with input as testing.input_of([
		_object("kagent.dev/v1alpha2", "ModelConfig", "a", null),
		_object("kagent.dev/v1alpha2", "ModelConfig", "b", {"apiKeySecret": 5}),
		_object("example.com/v1", "Thing", "c", {"writeConnectionSecretToRef": "x"}),
		_object("bitnami.com/v1alpha1", "SealedSecret", "d", null),
		_object("networking.k8s.io/v1", "Ingress", "e", {"tls": [null, "x"]}),
		_object("v1", "Pod", "f", {"containers": [{"name": "c", "image": "i", "args": [null, 5]}], "volumes": [null]}),
		_pod("g", ["db-${STAGE}", ""]),
	])
		with data.settings.params as _full
	found == set()
}

test_what_is_made_elsewhere if {
	found := rule.report with input as testing.input_of([_pod("a", ["by-name", "by-namespace", "by-operator", "missing"])])
		with data.settings.params as {_rule: {
			"externallyManaged": ["by-name", "agents/by-namespace", 5],
			"operatorPatterns": ["*-operator"],
		}}
	_missing(found) == {"missing"}
}

test_gateways_of_istio_read_secrets_of_their_own_namespace if {
	found := rule.report with input as testing.input_with([
		{"object": _object("networking.istio.io/v1", "Gateway", "a", {"servers": [
			{"tls": {"credentialName": "tls"}},
			{"tls": {"credentialName": "missing"}},
		]})},
		{"object": _object("cert-manager.io/v1", "Certificate", "a", {"secretName": "tls"}), "namespace": "istio-system"},
	])
	_missing(found) == {"missing"}
}
