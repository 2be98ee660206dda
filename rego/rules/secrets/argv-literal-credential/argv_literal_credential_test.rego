package portcullis.rules.secrets["argv-literal-credential_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.secrets["argv-literal-credential"] as rule

_item(fields) := object.union(
	{
		"id": 1,
		"kind": "credential",
		"detector": "name-value",
		"class": "likely",
		"context": "flag",
		"keyName": "password",
		"nameClass": "sensitive",
		"path": ["spec", "containers", 0, "args", 0],
		"decoded": false,
	},
	fields,
)

_headers := ["spec", "containers", 0, "livenessProbe", "httpGet", "httpHeaders"]

_pod := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "p"},
	"spec": {"containers": [{
		"name": "c",
		"args": ["--password=[redacted]"],
		"livenessProbe": {"httpGet": {"httpHeaders": [{"name": "Authorization", "value": "Bearer [redacted]"}]}},
	}]},
}

_input(items, file) := testing.input_with([{"object": _pod, "evidence": items, "file": file}])

_seen(report) := {[found.variant, found.args.key, object.get(found, "severity", "")] | some found in report}

test_variants if {
	_seen(rule.report) == {["flag", "password", ""]} with input as _input([_item({})], "a.yaml")
	_seen(rule.report) == {["flag", "password", "high"]} with input as _input([_item({"class": "weak"})], "a.yaml")
	_seen(rule.report) == {["password-hash", "password", ""]}
		with input as _input([_item({"class": "hash", "nameClass": "neutral"})], "a.yaml")
	_seen(rule.report) == {["assignment", "PGPASSWORD", ""]}
		with input as _input([_item({"context": "assignment", "keyName": "PGPASSWORD"})], "a.yaml")
	_seen(rule.report) == {["assignment", "password", ""]}
		with input as _input([_item({"context": "nested"})], "a.yaml")
	_seen(rule.report) == {["header", "Authorization", ""]}
		with input as _input([_item({"context": "header", "keyName": "Authorization"})], "a.yaml")
}

test_headers_of_probes if {
	first := {"path": array.concat(_headers, [0, "value"]), "context": "pair", "keyName": null}
	_seen(rule.report) == {["header", "Authorization", ""]} with input as _input([_item(first)], "a.yaml")
	other := {"path": array.concat(_headers, [1, "value"]), "context": "header", "keyName": "X-Api-Key"}
	_seen(rule.report) == {["header", "X-Api-Key", ""]} with input as _input([_item(other)], "a.yaml")
}

test_what_is_no_business_of_this_rule if {
	count(rule.report) == 0 with input as _input([_item({"nameClass": "neutral"})], "a.yaml")
	count(rule.report) == 0 with input as _input([_item({"context": "value"})], "a.yaml")
	count(rule.report) == 0 with input as _input([_item({"kind": "token"})], "a.yaml")
	count(rule.report) == 0
		with input as _input([_item({"path": ["spec", "containers", 0, "env", 0, "value"]})], "a.yaml")
}

test_examples_are_low if {
	_seen(rule.report) == {["flag", "password", "low"]} with input as _input([_item({})], "examples/a.yaml")
	_seen(rule.report) == {["flag", "password", "low"]}
		with input as _input([_item({"class": "weak"})], "examples/a.yaml")
}
