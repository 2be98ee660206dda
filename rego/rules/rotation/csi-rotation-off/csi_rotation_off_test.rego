package portcullis.rules.rotation["csi-rotation-off_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rotation["csi-rotation-off"] as rule

_facts := {
	"durations": {"10m": {"go": 600}, "48h": {"go": 172800}},
	"schedules": {},
	"times": {},
	"windows": [],
}

_in(entries) := testing.with_facts(testing.input_with(entries), _facts)

_objects(objects) := _in([{"object": one} | some one in objects])

_object(api_version, kind, spec) := {"apiVersion": api_version, "kind": kind, "metadata": {"name": "csi"}, "spec": spec}

_release(chart, more) := _object(
	"helm.toolkit.fluxcd.io/v2", "HelmRelease",
	object.union({"chart": {"spec": {"chart": chart}}}, more),
)

_application(source) := _object("argoproj.io/v1alpha1", "Application", {"source": source})

_driver := "secrets-store-csi-driver"

_daemon_set(container) := _object("apps/v1", "DaemonSet", {"template": {"spec": {"containers": [object.union(
	{"name": "secrets-store", "image": "registry.k8s.io/csi-secrets-store/driver:v1.6.0"},
	container,
)]}}})

_values(values) := object.union({"apiVersion": "portcullis/v1", "kind": "HelmValues"}, values)

_places(found) := {[one.object, one.variant, one.path] | some one in found}

_args := ["spec", "template", "spec", "containers", 0, "args"]

test_a_finding_as_the_host_gets_it if {
	found := rule.report with input as _objects([_release(_driver, {"values": {
		"enableSecretRotation": true,
		"rotationPollInterval": "48h",
	}})])
	found == {{
		"variant": "interval-too-long",
		"object": 0,
		"path": ["spec", "values", "rotationPollInterval"],
		"args": {"interval": "2 days", "limit": "24 h"},
	}}
}

test_releases if {
	found := rule.report with input as _in([
		{"object": _release(_driver, {})},
		{"object": _release(_driver, {"values": {"enableSecretRotation": false, "rotationPollInterval": "48h"}})},
		{"object": _release(_driver, {"values": {"enableSecretRotation": true, "rotationPollInterval": "10m"}})},
		{"object": _release(_driver, {"valuesFrom": [{"kind": "ConfigMap"}]})},
		{"object": _release(_driver, {}), "partial": true},
		{"object": _release(_driver, {}), "context": true},
		{"object": _object("helm.toolkit.fluxcd.io/v2", "HelmRelease", {"chartRef": {"name": _driver}})},
		{"object": _object("helm.fluxcd.io/v1", "HelmRelease", {"chart": {"name": "charts/secrets-store-csi-driver"}})},
		{"object": _object("helm.toolkit.fluxcd.io/v2", "HelmRelease", null)},
		{"object": _release("other", {"values": {"enableSecretRotation": false}})},
		{"object": _release(_driver, {"values": {"enableSecretRotation": "${ROTATION}", "rotationPollInterval": "${POLL}"}})},
		{"object": _release(_driver, {"values": {"enableSecretRotation": true, "rotationPollInterval": 5}})},
	])
	_places(found) == {
		[0, "rotation-off", ["spec", "values", "enableSecretRotation"]],
		[1, "rotation-off", ["spec", "values", "enableSecretRotation"]],
		[6, "rotation-off", ["spec", "values", "enableSecretRotation"]],
		[7, "rotation-off", ["spec", "values", "enableSecretRotation"]],
		[11, "interval-unreadable", ["spec", "values", "rotationPollInterval"]],
	}
}

test_blocks_of_other_charts if {
	found := rule.report with input as _objects([
		_release("umbrella", {"values": {"aws": {_driver: {"enableSecretRotation": false}}}}),
		_release("umbrella", {"values": {_driver: {"install": true}}}),
		_release("umbrella", {"values": {_driver: {"install": false, "enableSecretRotation": false}}}),
		_release("umbrella", {"values": {_driver: {"enabled": false, "enableSecretRotation": false}}}),
		_release("umbrella", {"values": {_driver: "x"}}),
	])
	_places(found) == {[0, "rotation-off", ["spec", "values", "aws", _driver, "enableSecretRotation"]]}
}

test_values_files if {
	found := rule.report with input as _objects([
		_values({"enableSecretRotation": false, "syncSecret": {"enabled": true}}),
		_values({"rotationPollInterval": "48h"}),
		_values({_driver: {"enableSecretRotation": "false"}}),
		_values({"replicas": 3}),
	])
	_places(found) == {
		[0, "rotation-off", ["enableSecretRotation"]],
		[1, "interval-too-long", ["rotationPollInterval"]],
		[2, "rotation-off", [_driver, "enableSecretRotation"]],
	}
}

test_defaults_of_the_chart if {
	found := rule.report with input as _in([{
		"object": _values({"enableSecretRotation": false}),
		"file": "charts/secrets-store-csi-driver/values.yaml",
	}])
	found == set()
}

test_applications if {
	text := "linux:\n  enableSecretRotation: true\nenableSecretRotation: \"false\" # off\n"
	found := rule.report with input as _objects([
		_application({"chart": _driver, "helm": {"values": text}}),
		_application({"path": "charts/secrets-store-csi-driver"}),
		_application({"chart": _driver, "helm": {"valueFiles": ["x.yaml"]}}),
		_application({"chart": _driver, "helm": {"values": text, "valuesObject": {"enableSecretRotation": true}}}),
		_application({"chart": _driver, "helm": {"parameters": [{"name": "a"}, {"name": "enableSecretRotation", "value": "false"}]}}),
		_application({"chart": _driver, "helm": {"parameters": [
			{"name": "enableSecretRotation", "value": "true"},
			{"name": "syncSecret.enabled", "value": "true"},
		]}}),
		_application({"chart": "other"}),
		_application(null),
		_object("argoproj.io/v1alpha1", "Application", {"sources": [{"ref": "values"}, {"chart": _driver}]}),
		_object("app.k8s.io/v1beta1", "Application", {"source": {"chart": _driver}}),
	])
	_places(found) == {
		[0, "rotation-off", ["spec", "source", "helm", "values"]],
		[1, "rotation-off", ["spec", "source", "helm", "valuesObject", "enableSecretRotation"]],
		[4, "rotation-off", ["spec", "source", "helm", "parameters", 1, "value"]],
		[8, "rotation-off", ["spec", "sources", 1, "helm", "valuesObject", "enableSecretRotation"]],
	}
}

test_k3s_and_kustomize if {
	charts := [{"name": _driver, "valuesInline": {"enableSecretRotation": false}}, {"name": _driver, "valuesFile": "v.yaml"}]
	found := rule.report with input as _objects([
		_object("helm.cattle.io/v1", "HelmChart", {"chart": _driver, "set": {"enableSecretRotation": "true"}}),
		_object("helm.cattle.io/v1", "HelmChart", {"chart": _driver, "valuesContent": "enableSecretRotation: false"}),
		_object("source.toolkit.fluxcd.io/v1", "HelmChart", {"chart": _driver}),
		{"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization", "helmCharts": charts},
	])
	_places(found) == {
		[1, "rotation-off", ["spec", "valuesContent"]],
		[3, "rotation-off", ["helmCharts", 0, "valuesInline", "enableSecretRotation"]],
	}
}

test_the_drivers_own_arguments if {
	found := rule.report with input as _in([
		{"object": _daemon_set({"args": ["--endpoint=x"]})},
		{"object": _daemon_set({})},
		{"object": _daemon_set({"args": ["--enable-secret-rotation=false"]})},
		{"object": _daemon_set({"args": ["--enable-secret-rotation", "--rotation-poll-interval=1h"]})},
		{"object": _daemon_set({"args": ["-enable-secret-rotation=true", "--rotation-poll-interval", "48h"]})},
		{"object": _daemon_set({"command": ["driver", "--enable-secret-rotation=true", "--rotation-poll-interval=24h1s"]})},
		{"object": _daemon_set({"args": ["--enable-secret-rotation=true", "--rotation-poll-interval=2d", 5, null]})},
		{"object": _daemon_set({"args": ["x"]}), "partial": true},
		{"object": _daemon_set({"image": "other:1"})},
		{"object": _daemon_set({"args": ["--enable-secret-rotation=$(ROTATE)", "--rotation-poll-interval=$(POLL)"]})},
	])
	_places(found) == {
		[0, "rotation-off", _args],
		[1, "rotation-off", _args],
		[2, "rotation-off", array.concat(_args, [0])],
		[4, "interval-too-long", array.concat(_args, [1])],
		[5, "interval-too-long", ["spec", "template", "spec", "containers", 0, "command", 2]],
		[6, "interval-unreadable", array.concat(_args, [1])],
	}
}

test_managed_clusters if {
	azure := {"azureKeyvaultSecretsProvider": {"enabled": true, "config": {"enableSecretRotation": "true"}}}
	group := "containerservice.azure.com/v1api20240901"
	profiles := [
		{"name": "omsagent", "enabled": true},
		{"name": "azureKeyvaultSecretsProvider", "enabled": true, "config": {"enableSecretRotation": "false"}},
	]
	google := "container.cnrm.cloud.google.com/v1beta1"
	found := rule.report with input as _in([
		{"object": _object(group, "ManagedCluster", {"addonProfiles": azure})},
		{"object": _object(group, "ManagedCluster", {"addonProfiles": {"azureKeyvaultSecretsProvider": {"enabled": true}}})},
		{"object": _object(group, "ManagedCluster", {"addonProfiles": {"azureKeyvaultSecretsProvider": {"enabled": false}}})},
		{"object": _object("infrastructure.cluster.x-k8s.io/v1beta1", "AzureManagedControlPlane", {"addonProfiles": profiles})},
		{"object": _object(google, "ContainerCluster", {"secretManagerConfig": {"enabled": true}})},
		{"object": _object(google, "ContainerCluster", {"secretManagerConfig": {"enabled": false}})},
		{"object": _object(google, "ContainerCluster", {"secretManagerConfig": {"enabled": true}}), "partial": true},
		{"object": _object(google, "ContainerCluster", null)},
	])
	_places(found) == {
		[1, "rotation-off", ["spec", "addonProfiles", "azureKeyvaultSecretsProvider", "config", "enableSecretRotation"]],
		[3, "rotation-off", ["spec", "addonProfiles", 1, "config", "enableSecretRotation"]],
		[4, "rotation-off", ["spec", "secretManagerConfig", "rotationConfig", "enabled"]],
	}
}

test_clusters_that_are_managed_elsewhere if {
	params := {"rotation/csi-rotation-off": {"csiRotationManaged": ["csi"]}}
	found := rule.report with input as _objects([
		_object("containerservice.azure.com/v1", "ManagedCluster", {"addonProfiles": {"azureKeyvaultSecretsProvider": {
			"enabled": true,
			"config": {},
		}}}),
		_provider_class({}),
	])
		with data.settings.params as params
	found == set()
}

_provider_class(more) := _object("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", more)

test_a_driver_that_nobody_sees if {
	found := rule.report with input as _objects([
		_object("example.com/v1", "SecretProviderClass", {}),
		_provider_class({}),
		_provider_class({}),
	])
	_places(found) == {[1, "driver-unknown", ["spec"]]}

	managed := rule.report with input as _objects([_provider_class({})])
		with data.settings.params as {"rotation/csi-rotation-off": {"csiRotationManaged": ["elsewhere"]}}
	managed == set()
}

test_copies_that_nobody_asks_for if {
	release := _release(_driver, {"values": {"enableSecretRotation": true, "syncSecret": {"enabled": true}}})
	found := rule.report with input as _objects([release, _provider_class({})])
		with data.settings.completeness as "full"
	_places(found) == {[0, "sync-unused", ["spec", "values", "syncSecret", "enabled"]]}

	partial := rule.report with input as _objects([release, _provider_class({})])
	partial == set()

	used := rule.report with input as _objects([release, _provider_class({"secretObjects": [{"secretName": "a"}]})])
		with data.settings.completeness as "full"
	used == set()
}
