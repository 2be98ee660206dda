package portcullis.rules.secrets["private-key-material_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.secrets["private-key-material"] as rule

_item(fields) := object.union(
	{
		"id": 1,
		"kind": "private-key",
		"detector": "key/pem",
		"class": "likely",
		"context": "value",
		"keyName": "tls.key",
		"nameClass": "neutral",
		"path": ["data", "tls.key"],
		"decoded": true,
	},
	fields,
)

_secret := {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}}

_sealing := object.union(_secret, {"metadata": {"labels": {"sealedsecrets.bitnami.com/sealed-secrets-key": "active"}}})

_input(entry) := testing.input_with([entry])

_seen(report) := {[found.variant, found.path, found.args.what] | some found in report}

test_variants if {
	_seen(rule.report) == {["private-key", ["data", "tls.key"], "a private key"]}
		with input as _input({"object": _secret, "evidence": [_item({})]})
	_seen(rule.report) == {[
		"encrypted-private-key",
		["data", "tls.key"],
		"a PKCS#12 keystore with a private key",
	]}
		with input as _input({"object": _secret, "evidence": [_item({"kind": "encrypted-private-key", "detector": "key/pkcs12"})]})
	_seen(rule.report) == {["sealing-key", ["data", "tls.key"], "a private key"]}
		with input as _input({"object": _sealing, "evidence": [_item({})]})
	_seen(rule.report) == {[
		"private-key",
		["metadata", "annotations", "a"],
		"a private key",
	]} with input as _input({"object": _sealing, "evidence": [_item({"path": ["metadata", "annotations", "a"]})]})
}

test_other_kinds if {
	count(rule.report) == 0
		with input as _input({"object": _secret, "evidence": [_item({"kind": "credential"}), _item({"kind": "token"})]})
	count(rule.report) == 0 with input as _input({"object": _secret, "evidence": [_item({})], "context": true})
}

test_examples_are_as_bad if {
	found := rule.report with input as testing.input_with([{
		"object": _secret,
		"evidence": [_item({})],
		"file": "examples/a.yaml",
	}])
	{object.get(each, "severity", "") | some each in found} == {""}
}

_file_input(file) := object.union(
	testing.input_of([]),
	{"files": [{"file": file, "evidence": [_item({"path": []}), _item({"kind": "token", "id": 2, "path": []})]}]},
)

_seen_in_files(report) := {[found.variant, found.object, found.evidence] | some found in report}

test_files if {
	_seen_in_files(rule.report) == {["private-key", null, 1]} with input as _file_input("keys/deploy.pem")
	_seen_in_files(rule.report) == set() with input as _file_input("docs/setup.md")
}

test_allowed_places if {
	params := {"secrets/private-key-material": {"allow": [
		{"file": "test/**", "path": ["data", "tls.key"]},
		{"file": "fixtures/*.pem"},
	]}}
	count(rule.report) == 0
		with input as _input({"object": _secret, "evidence": [_item({})], "file": "test/a.yaml"})
		with data.settings.params as params
	count(rule.report) == 1
		with input as _input({"object": _secret, "evidence": [_item({})], "file": "prod/a.yaml"})
		with data.settings.params as params
	_seen_in_files(rule.report) == set()
		with input as _file_input("fixtures/a.pem")
		with data.settings.params as params
	_seen_in_files(rule.report) == {["private-key", null, 1]}
		with input as _file_input("fixtures/b/a.pem")
		with data.settings.params as params
}
