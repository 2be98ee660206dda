package portcullis.rules.secrets["configmap-metadata-credential_test"]

import data.portcullis.lib.evidence
import data.portcullis.lib.testing
import data.portcullis.rules.secrets["configmap-metadata-credential"] as rule

_item(path, fields) := object.union(
	{
		"id": 1,
		"kind": "credential",
		"detector": "name-value",
		"class": "likely",
		"context": "value",
		"keyName": "password",
		"nameClass": "sensitive",
		"path": path,
		"decoded": false,
	},
	fields,
)

_config(data_field) := {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}, "data": data_field}

_secret(text) := {
	"apiVersion": "v1",
	"kind": "Secret",
	"metadata": {"name": "s", "annotations": {"kubectl.kubernetes.io/last-applied-configuration": text}},
}

_input(obj, items) := testing.input_with([{"object": obj, "evidence": items}])

_seen(report) := {[found.variant, object.get(found, "severity", ""), found.args] | some found in report}

test_entries if {
	config := _config({"password": "[redacted]"})
	_seen(rule.report) == {["entry", "", {"key": "password", "entry": "password"}]}
		with input as _input(config, [_item(["data", "password"], {})])
	_seen(rule.report) == {[
		"entry", "",
		{"key": "password", "entry": "password"},
	]} with input as _input(config, [_item(["binaryData", "password"], {"class": "weak"})])
	count(rule.report) == 0 with input as _input(config, [_item(["data", "password"], {"nameClass": "neutral"})])
	count(rule.report) == 0 with input as _input(config, [_item(["data", "password"], {"kind": "token"})])
	_seen(rule.report) == {[
		"password-hash", "",
		{"key": "password", "entry": "a"},
	]} with input as _input(config, [_item(["data", "a"], {"class": "hash", "nameClass": "neutral"})])
}

test_nested_values if {
	config := _config({"app.yaml": "password: [redacted]", "number": 3})
	nested := {"context": "nested"}
	_seen(rule.report) == {["nested-key", "", {"key": "password", "entry": "app.yaml"}]}
		with input as _input(config, [_item(["data", "app.yaml"], nested)])
	_seen(rule.report) == {["nested-key", "", {"key": "password", "entry": "number"}]}
		with input as _input(config, [_item(["data", "number"], nested)])
	_seen(rule.report) == {["nested-key", "", {"key": "password", "entry": "gone"}]}
		with input as _input(config, [_item(["data", "gone"], nested)])
}

test_the_narrower_place_speaks if {
	items := [_item(["data", ".pgpass"], {}), _item(["data", ".pgpass"], {"context": "nested", "id": 2})]
	_seen(rule.report) == {["nested-key", "", {"key": "password", "entry": ".pgpass"}]}
		with input as _input(_config({}), items)
}

test_kubeconfigs if {
	written := "clusters: []\ncontexts: []\nusers:\n- user: {password: [redacted]}"
	compact := `{"clusters": [], "contexts": [], "users": [{"user": {"password": "[redacted]"}}]}`
	every text in [written, compact] {
		_seen(rule.report) == {[
			"kubeconfig", "",
			{"key": "password", "entry": "config"},
		]} with input as _input(_config({"config": text}), [_item(["data", "config"], {"context": "nested"})])
	}
}

test_metadata if {
	pod := {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}}
	path := ["metadata", "annotations", "example.com/token"]
	_seen(rule.report) == {["metadata", "", {"key": "password", "entry": "example.com/token"}]}
		with input as _input(pod, [_item(path, {})])
}

test_annotations_that_name_something if {
	pod := {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}}
	every name in [
		"secret.reloader.stakater.com/reload", "reloader.stakater.com/auto",
		"vault.hashicorp.com/agent-inject-secret-db", "cert-manager.io/private-key-secret",
	] {
		count(rule.report) == 0 with input as _input(pod, [_item(["metadata", "annotations", name], {})])
	}
}

test_annotations_that_are_named_after_secrets if {
	pod := {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}}
	auth := ["metadata", "annotations", "nginx.ingress.kubernetes.io/auth-secret"]
	count(rule.report) == 0 with input as _input(pod, [_item(auth, {"class": "weak"})])
	count(rule.report) == 1 with input as _input(pod, [_item(auth, {})])
	count(rule.report) == 1
		with input as _input(pod, [_item(["metadata", "annotations", "notreloader.stakater.com.evil/x"], {})])
}

test_last_applied if {
	nested := {"context": "nested"}
	args := {"key": "password", "entry": "kubectl.kubernetes.io/last-applied-configuration"}
	_seen(rule.report) == {["last-applied", "", args]}
		with input as _input(_config({}), [_item(evidence.last_applied, nested)])
	_seen(rule.report) == {["last-applied-on-secret", "", {}]} with input as _input(_secret("{}"), [])
	_seen(rule.report) == {["last-applied-on-secret", "", {}]}
		with input as _input(_secret("{}"), [_item(["data", "host"], {"class": "plain"})])
	count(rule.report) == 0 with input as _input(_secret("[redacted]"), [_item(evidence.last_applied, nested)])
	count(rule.report) == 0
		with input as _input(_secret("[redacted]"), [_item(evidence.last_applied, {"class": "hash", "context": "nested"})])
	every text in ["", "ENC[AES256_GCM,data]", null, 3] {
		count(rule.report) == 0 with input as _input(_secret(text), [])
	}
}

test_sloppy_objects if {
	count(rule.report) == 0 with input as _input({"apiVersion": "v1", "kind": "Secret", "metadata": null}, [])
	count(rule.report) == 0
		with input as _input({"apiVersion": "v1", "kind": "Secret", "metadata": {"annotations": []}}, [])
	count(rule.report) == 0
		with input as _input({"apiVersion": "example.com/v1", "kind": "Secret", "metadata": _secret("{}").metadata}, [])
}

test_examples_are_low if {
	found := rule.report with input as testing.input_with([{
		"object": _secret("{}"),
		"evidence": [_item(["metadata", "annotations", "token"], {})],
		"file": "examples/a.yaml",
	}])
	{[each.variant, each.severity] | some each in found} == {["metadata", "low"], ["last-applied-on-secret", "low"]}
}
