package portcullis.rules.secrets["env-literal-credential_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.secrets["env-literal-credential"] as rule

_item(index, fields) := object.union(
	{
		"id": index,
		"kind": "credential",
		"detector": "name-value",
		"class": "likely",
		"context": "pair",
		"keyName": "DB_PASSWORD",
		"nameClass": "sensitive",
		"path": ["spec", "containers", 0, "env", index, "value"],
		"decoded": false,
	},
	fields,
)

_pod := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "p", "namespace": "shop"},
	"spec": {"containers": [{"name": "c", "env": [
		{"name": "DB_PASSWORD", "value": "[redacted]"},
		{"name": "OPTIONS", "value": "--password=[redacted]"},
	]}]},
}

_input(items, fields) := testing.input_with([object.union({"object": _pod, "evidence": items}, fields)])

_seen(report) := {[found.variant, found.args, object.get(found, "severity", "")] | some found in report}

test_whole_values if {
	_seen(rule.report) == {["literal", {"key": "DB_PASSWORD"}, ""]} with input as _input([_item(0, {})], {})
	_seen(rule.report) == {["literal", {"key": "DB_PASSWORD"}, ""]}
		with input as _input([_item(0, {"context": "value"})], {})
	_seen(rule.report) == {["guessable", {"key": "DB_PASSWORD"}, ""]}
		with input as _input([_item(0, {"class": "weak"})], {})
	_seen(rule.report) == {["password-hash", {"key": "DB_PASSWORD"}, ""]}
		with input as _input([_item(0, {"class": "hash", "nameClass": "neutral"})], {})
}

test_parts_of_values if {
	part := {"context": "flag", "keyName": "password"}
	args := {"key": "password", "variable": "OPTIONS"}
	_seen(rule.report) == {["embedded", args, "critical"]} with input as _input([_item(1, part)], {})
	_seen(rule.report) == {["embedded", args, "high"]}
		with input as _input([_item(1, object.union(part, {"class": "weak", "context": "nested"}))], {})
}

test_names_that_say_nothing if {
	count(rule.report) == 0 with input as _input([_item(0, {"nameClass": "neutral"})], {})
	count(rule.report) == 0 with input as _input([_item(0, {"nameClass": "not-sensitive"})], {})
}

test_names_without_a_neighbour if {
	_seen(rule.report) == {["literal", {"key": "DB_PASSWORD"}, ""]} with input as _input([_item(7, {})], {})
}

test_other_kinds_and_places if {
	count(rule.report) == 0 with input as _input([_item(0, {"kind": "token"})], {})
	count(rule.report) == 0 with input as _input([_item(0, {"path": ["spec", "containers", 0, "args", 0]})], {})
}

test_examples_are_low if {
	_seen(rule.report) == {["literal", {"key": "DB_PASSWORD"}, "low"]}
		with input as _input([_item(0, {})], {"file": "shop/testdata/a.yaml"})
	_seen(rule.report) == {[
		"embedded",
		{"key": "DB_PASSWORD", "variable": "DB_PASSWORD"},
		"low",
	]} with input as _input([_item(0, {"context": "nested"})], {"file": "shop/testdata/a.yaml"})
}

test_allowed_names if {
	allow := {"secrets/env-literal-credential": {"allowEnv": ["DB_PASSWORD"]}}
	count(rule.report) == 0 with input as _input([_item(0, {})], {}) with data.settings.params as allow
	count(rule.report) == 1 with input as _input([_item(1, {})], {}) with data.settings.params as allow
	here := {"secrets/env-literal-credential": {"allowEnv": [{"name": "DB_PASSWORD", "namespace": "shop"}]}}
	count(rule.report) == 0 with input as _input([_item(0, {})], {}) with data.settings.params as here
	count(rule.report) == 1
		with input as _input([_item(0, {})], {"namespace": "web"})
		with data.settings.params as here
	count(rule.report) == 1
		with input as _input([_item(0, {})], {})
		with data.settings.params as {"secrets/env-literal-credential": {"allowEnv": null}}
}
