package portcullis.rules.secrets["secret-manifest-plaintext_test"]

import data.portcullis.lib.evidence
import data.portcullis.lib.testing
import data.portcullis.rules.secrets["secret-manifest-plaintext"] as rule

_item(path, fields) := object.union(
	{
		"id": 1,
		"kind": "credential",
		"detector": "name-value",
		"class": "likely",
		"context": "value",
		"keyName": path[count(path) - 1],
		"nameClass": "sensitive",
		"path": path,
		"decoded": true,
	},
	fields,
)

_secret(fields) := object.union({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}}, fields)

_input(secret, items) := testing.input_with([{"object": secret, "evidence": items}])

_seen(report) := {[found.variant, found.path, object.get(found, "severity", ""), found.args.entry] | some found in report}

test_classes if {
	report := rule.report with input as _input(
		_secret({"data": {"password": "[redacted]", "token": "[redacted]", "hash": "[redacted]"}}),
		[
			_item(["data", "password"], {}),
			_item(["data", "token"], {"class": "weak", "id": 2}),
			_item(["data", "hash"], {"class": "hash", "id": 3}),
			_item(["data", "host"], {"class": "plain", "id": 4}),
			_item(["data", "url"], {"class": "reference", "id": 5}),
		],
	)
	_seen(report) == {
		["plaintext-value", ["data", "password"], "", "password"],
		["guessable-value", ["data", "token"], "", "token"],
		["password-hash", ["data", "hash"], "", "hash"],
	}
	{found.region | some found in report} == {[]}
	{found.evidence | some found in report} == {1, 2, 3}
}

test_nested_values_are_named if {
	_seen(rule.report) == {["plaintext-value", ["stringData", "app.yaml"], "", "app.yaml > password"]}
		with input as _input(
			_secret({"stringData": {"app.yaml": "password: [redacted]"}}),
			[_item(["stringData", "app.yaml"], {"context": "nested", "keyName": "password"})],
		)
}

test_keys_and_tokens_without_credential if {
	report := rule.report with input as _input(_secret({}), [
		_item(["data", "tls.key"], {"kind": "private-key", "keyName": null}),
		_item(["data", "github"], {"kind": "token", "id": 2}),
		_item(["data", "url"], {"kind": "url-credential", "class": "weak", "id": 3}),
		_item(["data", "other"], {"kind": "url-credential", "class": "reference", "id": 4}),
		_item(["data", "both"], {"id": 5}),
		_item(["data", "both"], {"kind": "token", "id": 6}),
		_item(["data", "ca.crt"], {"kind": "token", "id": 7}),
		_item(["metadata", "annotations", "a"], {"kind": "token", "id": 8}),
	])
	_seen(report) == {
		["plaintext-value", ["data", "tls.key"], "", "tls.key"],
		["plaintext-value", ["data", "github"], "", "github"],
		["guessable-value", ["data", "url"], "", "url"],
		["plaintext-value", ["data", "both"], "", "both"],
	}
	{found.evidence | some found in report} == {1, 2, 3, 5}
}

test_last_applied if {
	items := [
		_item(evidence.last_applied, {"context": "nested", "keyName": "password"}),
		_item(evidence.last_applied, {"context": "nested", "keyName": "token", "class": "weak", "id": 2}),
		_item(evidence.last_applied, {"context": "nested", "keyName": "hash", "class": "hash", "id": 3}),
	]
	_seen(rule.report) == {
		["last-applied", evidence.last_applied, "critical", "password"],
		["last-applied", evidence.last_applied, "high", "token"],
		["last-applied", evidence.last_applied, "medium", "hash"],
	} with input as _input(_secret({}), items)
	count(rule.report) == 0 with input as _input({"apiVersion": "v1", "kind": "ConfigMap"}, items)
}

test_public_names if {
	items := [_item(["data", name], {}) | some name in ["ca.crt", "id.PUB", "username", "client-identifier", "client-id"]]
	_seen(rule.report) == {["plaintext-value", ["data", "client-identifier"], "", "client-identifier"]}
		with input as _input(
			_secret({}),
			items,
		)
	_seen(rule.report) == {["plaintext-value", ["data", "ca.crt"], "", "ca.crt"]} with input as _input(
		_secret({}),
		[_item(["data", "ca.crt"], {}), _item(["data", "machine-id"], {})],
	)
		with data.settings.params as {"secrets/secret-manifest-plaintext": {"publicKeys": ["machine-*"]}}
}

test_examples_are_low if {
	document := testing.input_with([{
		"object": _secret({}),
		"evidence": [_item(["data", "password"], {})],
		"file": "examples/a.yaml",
	}])
	_seen(rule.report) == {["plaintext-value", ["data", "password"], "low", "password"]} with input as document
}

_strict := _input(
	_secret({
		"data": {"password": "[redacted]", "host": "ZGI=", "empty": "", "nothing": null, "ca.crt": "LS0t"},
		"stringData": {"token": "vault:a#b", "sops": "ENC[AES256_GCM,data]", "port": 5432, "blank": " "},
	}),
	[
		_item(["data", "password"], {}),
		_item(["data", "host"], {"class": "plain", "id": 2}),
		_item(["stringData", "token"], {"class": "reference", "id": 3}),
		_item(["stringData", "sops"], {"class": "encrypted", "id": 4}),
		_item(["stringData", "blank"], {"class": "empty", "id": 5}),
	],
)

_any_value := {
	["plaintext-value", ["data", "password"], "", "password"],
	["any-value", ["data", "host"], "", "host"],
	["any-value", ["stringData", "port"], "", "port"],
}

test_strict_by_parameter if {
	_seen(rule.report) == _any_value with input as _strict
		with data.settings.params as {"secrets/secret-manifest-plaintext": {"strict": true}}
}

test_strict_by_profile if {
	_seen(rule.report) == _any_value with input as _strict with data.settings.profile as "strict"
}

test_not_strict if {
	_seen(rule.report) == {["plaintext-value", ["data", "password"], "", "password"]} with input as _strict
}

test_sloppy_secrets if {
	every data_field in [null, "text", ["a", "b"], 3] {
		count(rule.report) == 0
			with input as _input(_secret({"data": data_field}), [])
			with data.settings.profile as "strict"
	}
}

test_sloppy_evidence if {
	count(rule.report) == 0 with input as _input(_secret({"data": "text"}), [_item(["data"], {"keyName": "data"})])
	_seen(rule.report) == {["plaintext-value", ["data", 0], "", 0]} with input as _input(
		_secret({"data": ["a"]}),
		[_item(["data", 0], {"keyName": null})],
	)
	count(rule.report) == 0 with input as _input(
		{"apiVersion": "example.com/v1", "kind": "Secret", "data": {"a": "b"}},
		[_item(["data", "a"], {})],
	)
		with data.settings.profile as "strict"
}
