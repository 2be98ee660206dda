package portcullis.lib.incident_response_test

import data.portcullis.lib.incident_response as response
import data.portcullis.lib.testing

_object(api_version, kind, metadata, spec) := {
	"apiVersion": api_version,
	"kind": kind,
	"metadata": object.union({"name": "x", "namespace": "n"}, metadata),
	"spec": spec,
}

_external(spec) := _object("external-secrets.io/v1", "ExternalSecret", {}, spec)

_vault(kind, spec) := _object("secrets.hashicorp.com/v1beta1", kind, {}, spec)

_facts := {
	"durations": {"1h": {"go": 3600, "vso": 3600}, "0s": {"go": 0, "vso": 0}, "2h": {"vso": 7200}},
	"schedules": {}, "times": {}, "windows": [],
}

_input(entries) := testing.with_facts(testing.input_with(entries), _facts)

_of(objects) := _input([{"object": one} | some one in objects])

_read := {"data": [{"remoteRef": {"key": "a"}}]}

_seconds(entries) := {[reader.obj.id, reader.path, reader.seconds] | some reader in response.readers with input as _input(entries)}

test_readers if {
	cluster := _object("external-secrets.io/v1", "ClusterExternalSecret", {}, {"externalSecretSpec": object.union(_read, {"refreshInterval": "1h"})})
	found := _seconds([
		{"object": _external(_read)},
		{"object": cluster},
		{"object": _external({"dataFrom": [{"extract": {"key": "a"}}]})},
		{"object": _external({"dataFrom": [{"find": {"name": {}}}]})},
		{"object": _vault("VaultStaticSecret", {"refreshAfter": "2h"})},
		{"object": _vault("VaultStaticSecret", {})},
		{"object": _vault("VaultStaticSecret", {"hmacSecretData": true})},
		{"object": _vault("HCPVaultSecretsApp", {})},
	])
	found == {
		[0, ["spec", "refreshInterval"], 3600],
		[1, ["spec", "externalSecretSpec", "refreshInterval"], 3600],
		[2, ["spec", "refreshInterval"], 3600],
		[3, ["spec", "refreshInterval"], 3600],
		[4, ["spec", "refreshAfter"], 7200],
		[5, ["spec", "refreshAfter"], 60],
		[6, ["spec", "refreshAfter"], 60],
		[7, ["spec", "refreshAfter"], 600],
	}
}

test_what_is_no_reader if {
	found := _seconds([
		{"object": _external(object.union(_read, {"refreshInterval": "0s"}))},
		{"object": _external(object.union(_read, {"refreshInterval": "soon"}))},
		{"object": _external({"dataFrom": [{"sourceRef": {"generatorRef": {"kind": "Password", "name": "g"}}}]})},
		{"object": _external(_read), "partial": true},
		{"object": _external(_read), "context": true},
		{"object": object.union(_external(_read), {"metadata": {"annotations": {"portcullis/rotation": "static"}}})},
		{"object": object.union(_external(_read), {"metadata": {"labels": {"portcullis/class": "non-credential"}}})},
		{"object": _external(null)},
		{"object": _external({"data": [{"remoteRef": {"key": 7}}, null]})},
		{"object": _vault("VaultStaticSecret", {"hmacSecretData": false})},
		{"object": _vault("VaultStaticSecret", {"refreshAfter": "0s"})},
		{"object": _object("example.com/v1", "VaultStaticSecret", {}, {})},
	])
	found == set()
}

_has_hook(objects) if {
	some reader in response.readers with input as _of(objects)
	reader.obj.id == 0
	response.has_hook(reader, ["Sensor", "EventListener"]) with input as _of(objects)
}

_config(destination) := _object("reloader.external-secrets.io/v1alpha1", "Config", {}, {"destinationsToWatch": [destination]})

test_hooks if {
	_has_hook([_vault("VaultStaticSecret", {"refreshAfter": "2h", "syncConfig": {"instantUpdates": true}})])
	_has_hook([_external(_read), _config({"externalSecret": {"names": ["x"]}})])
	_has_hook([_external(_read), _config({"externalSecret": {"labelSelectors": {}}})])
	_has_hook([_external(_read), _object("argoproj.io/v1alpha1", "Sensor", {}, {})])
	_has_hook([object.union(_external(_read), {"metadata": {"annotations": {"portcullis/rotated-by": "eventlistener/x"}}})])
	_has_hook([_external(_read), _object("secretmanager.cnrm.cloud.google.com/v1beta1", "SecretManagerSecret", {"name": "a"}, {"topics": [{}]})])
	_has_hook([_external(_read), _object("secretmanager.cnrm.cloud.google.com/v1beta1", "SecretManagerSecret", {}, {"resourceID": "a", "topics": [{}]})])
	_has_hook([_external(_read), _object("notification.toolkit.fluxcd.io/v1", "Receiver", {"namespace": "flux-system"}, {})])
	_has_hook([_external(_read), _object("cloudwatchevents.aws.upbound.io/v1beta1", "Rule", {}, {})])
}

test_no_hooks if {
	not _has_hook([_external(_read)])
	not _has_hook([_external(_read), _config({"externalSecret": {"names": ["other"]}})])
	not _has_hook([_external(_read), _config({"deployment": {"names": ["x"]}})])
	not _has_hook([_external(_read), object.union(_config({"externalSecret": {}}), {"apiVersion": "example.com/v1"})])
	not _has_hook([_external(_read), _object("argoproj.io/v1alpha1", "Sensor", {"namespace": "other"}, {})])
	not _has_hook([object.union(_external(_read), {"metadata": {"annotations": {"portcullis/rotated-by": "cronjob/x"}}})])
	not _has_hook([_external(_read), _object("secretmanager.cnrm.cloud.google.com/v1beta1", "SecretManagerSecret", {"name": "a"}, {"topics": []})])
	not _has_hook([_external(_read), _object("example.com/v1", "Receiver", {}, {})])
	not _has_hook([_external(_read), _object("example.com/v1", "Rule", {}, {})])
	not _has_hook([_vault("VaultStaticSecret", {"refreshAfter": "2h"}), _config({"externalSecret": {}})])
}

test_trials if {
	words := ["dev", "test"]
	spaces := [
		_object("v1", "Namespace", {"name": "a", "labels": {"environment": "test"}}, {}),
		_object("v1", "Namespace", {"name": "a", "labels": {"environment": "prod"}}, {}),
		_object("v1", "Namespace", {"name": "b", "labels": {"portcullis/environment": "eu_dev"}}, {}),
		_object("v1", "Namespace", {"name": "c", "labels": {"environment": 7}}, {}),
	]
	found := {namespace |
		some namespace in ["shop-dev", "dev", "developers", "a", "b", "c", ""]
		response.is_trial({"namespace": namespace}, words) with input as _of(spaces)
	}
	found == {"shop-dev", "dev", "a", "b"}
	not response.is_trial({"namespace": "dev"}, null) with input as _of(spaces)
}

test_runbooks if {
	named := object.union(_external(_read), {"metadata": {"annotations": {"portcullis/incident-runbook": "docs/a.md"}}})
	_has_runbook([named])
	empty := object.union(_external(_read), {"metadata": {"annotations": {"portcullis/incident-runbook": ""}}})
	not _has_runbook([empty])
	not _has_runbook([_external(_read)])
	space := _object("v1", "Namespace", {"name": "n", "annotations": {"portcullis/incident-runbook": "docs/n.md"}}, {})
	_has_runbook([_external(_read), space])
}

_has_runbook(objects) if {
	document := _of(objects)
	response.has_runbook(document.objects[0]) with input as document
}

_generator(spec) := _object("generators.external-secrets.io/v1alpha1", "VaultDynamicSecret", {}, spec)

test_endless_leases if {
	found := {[lease.obj.id, lease.path] |
		some lease in response.endless_leases with input as _input([
			{"object": _generator({"path": "database/creds/a"})},
			{"object": _generator({"path": "pki/issue/a", "parameters": {"ttl": "10m"}})},
			{"object": _generator(null)},
			{"object": _generator({}), "partial": true},
			{"object": _vault("VaultDynamicSecret", {})},
			{"object": _object("generators.external-secrets.io/v1alpha1", "ClusterGenerator", {}, {"generator": {"vaultDynamicSecretSpec": {}}})},
			{"object": _object("generators.external-secrets.io/v1alpha1", "ClusterGenerator", {}, {"generator": {"passwordSpec": {}}})},
		])
	}
	found == {
		[0, ["spec", "parameters", "ttl"]],
		[5, ["spec", "generator", "vaultDynamicSecretSpec", "parameters", "ttl"]],
	}
}
