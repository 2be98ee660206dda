package portcullis.rules.secrets["helm-values-credential-default_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.secrets["helm-values-credential-default"] as rule

_item(id, fields) := object.union(
	{
		"id": id,
		"kind": "credential",
		"detector": "name-value",
		"class": "likely",
		"context": "value",
		"keyName": "password",
		"nameClass": "sensitive",
		"path": ["auth", "password"],
		"decoded": false,
	},
	fields,
)

_noted(id) := _item(id, {"class": "reference", "path": ["generators", 0]})

# What the host hands over is the values or the facts themselves, without apiVersion and kind.
_input(kind, entries) := object.union(
	testing.input_with([object.union(entry, {"object": object.union({"kind": kind}, entry.object)}) |
		some entry in entries
	]),
	{"kinds": {kind: numbers.range(0, count(entries) - 1)}},
)

_values(items) := _input("HelmValues", [{"object": {"auth": {"password": "[redacted]"}}, "evidence": items}])

_template(facts, items) := _input("HelmTemplate", [{"object": object.union({"chart": ""}, facts), "evidence": items}])

_seen(report) := {[found.variant, found.evidence, object.get(found, "severity", ""), found.args] | some found in report}

test_values if {
	_seen(rule.report) == {
		["values-credential", 1, "", {"key": "auth.password"}],
		["values-guessable", 2, "", {"key": "admin.password"}],
		["values-password-hash", 3, "", {"key": "dashboard.hash"}],
		["values-credential", 4, "", {"key": "config > password"}],
	} with input as _values([
		_item(1, {}),
		_item(2, {"class": "weak", "path": ["admin", "password"]}),
		_item(3, {"class": "hash", "path": ["dashboard", "hash"], "nameClass": "neutral"}),
		_item(4, {"context": "nested", "path": ["config"]}),
	])
}

test_values_left_alone if {
	count(rule.report) == 0 with input as _values([
		_item(1, {"class": "plain"}),
		_item(2, {"class": "placeholder"}),
		_item(3, {"nameClass": "neutral"}),
		_item(4, {"kind": "token"}),
		_item(5, {"class": "weak", "path": ["auth", "secretKeys", "password"]}),
	])
}

test_an_entry_of_a_named_secret if {
	entry := {
		"object": {"license": {"secretName": "orders", "secretKey": "[redacted]"}},
		"evidence": [_item(1, {"class": "weak", "path": ["license", "secretKey"], "keyName": "secretKey"})],
	}
	count(rule.report) == 0 with input as _input("HelmValues", [entry])
}

test_only_files_of_charts if {
	count(rule.report) == 0 with input as _input("ConfigMap", [{"object": {}, "evidence": [_item(1, {})]}])
}

test_examples_are_low if {
	entry := {"object": {}, "evidence": [_item(1, {"class": "weak"})]}
	_seen(rule.report) == {["values-guessable", 1, "low", {"key": "auth.password"}]} with input as _input(
		"HelmValues",
		[object.union(entry, {"file": "examples/demo/values.yaml"})],
	)
	_seen(rule.report) == {["values-guessable", 1, "low", {"key": "auth.password"}]} with input as _input(
		"HelmValues",
		[object.union(entry, {"file": "demo/values.yaml"})],
	)
		with data.settings.params as {"secrets/helm-values-credential-default": {"exampleGlobs": ["demo/**"]}}
}

_fallback(fields) := object.union(
	{"name": ".Values.auth.password", "path": ["Values", "auth", "password"], "key": null, "evidence": 1},
	fields,
)

_written(class) := _item(1, {"class": class, "context": "text", "path": ["fallbacks", 0]})

test_fallbacks if {
	every class in ["likely", "weak", "hash"] {
		_seen(rule.report) == {["template-fallback", 1, "", {"key": ".Values.auth.password"}]} with input as _template(
			{"fallbacks": [_fallback({})]},
			[_written(class)],
		)
	}
}

test_fallbacks_that_name_something if {
	every fields in [{"key": "key"}, {"path": ["Values", "auth", "secretKeys", "password"]}] {
		count(rule.report) == 0 with input as _template({"fallbacks": [_fallback(fields)]}, [_written("weak")])
	}
}

test_fallbacks_in_tests_are_low if {
	entry := {"object": {"fallbacks": [_fallback({})]}, "evidence": [_written("weak")], "file": "templates/tests/a.yaml"}
	{found.severity | some found in rule.report} == {"low"} with input as _input("HelmTemplate", [entry])
}

_secret(fields) := object.union(
	{"name": "#0", "kept": false, "looksUp": false, "calls": [], "includes": [], "generators": [], "values": []},
	fields,
)

_from_values := {"secrets": [_secret({"values": [{"name": ".Values.db.password", "evidence": 1}]})]}

test_secret_without_switch if {
	_seen(rule.report) == {["secret-without-switch", 1, "", {"key": ".Values.db.password"}]} with input as _template(
		_from_values,
		[_noted(1), _noted(2)],
	)
	count(rule.report) == 0 with input as _template(
		object.union(_from_values, {"mentions": [".Values.db.existingSecret"]}),
		[_noted(1)],
	)
}

test_switches_are_those_of_the_chart if {
	own := {"object": object.union({"chart": "a"}, _from_values), "evidence": [_noted(1)]}
	other := {"object": {"chart": "a/charts/b", "mentions": [".Values.existingSecret"]}}
	count(rule.report) == 1 with input as _input("HelmTemplate", [own, other])
	count(rule.report) == 0 with input as _input("HelmTemplate", [own, {"object": object.union(other.object, {"chart": "a"})}])
}

_generators := {
	"secrets": [_secret({"generators": [1, 2]})],
	"generators": [
		{"name": "randAlphaNum", "days": null, "evidence": 1},
		{"name": "derivePassword", "days": null, "evidence": 2},
		{"name": "uuidv4", "days": null, "evidence": 3},
		{"name": "derivePassword", "days": null, "evidence": 4},
	],
}

_noted_generators := [_noted(1), _noted(2), _noted(3), _noted(4)]

test_generators if {
	_seen(rule.report) == {
		["generated-each-rendering", 1, "", {"function": "randAlphaNum"}],
		["derived-password", 2, "", {}],
	} with input as _template(_generators, _noted_generators)
}

test_kept_generators if {
	kept := object.union(_generators, {"secrets": [_secret({"generators": [1, 2], "kept": true})]})
	_seen(rule.report) == {["derived-password", 2, "", {}]} with input as _template(kept, _noted_generators)
}

test_generator_policy if {
	count(rule.report) == 0 with input as _template(_generators, _noted_generators)
		with data.settings.params as {"secrets/helm-values-credential-default": {"generatorPolicy": "off"}}
	{found.severity | some found in rule.report} == {"high"} with input as _template(_generators, _noted_generators)
		with data.settings.params as {"secrets/helm-values-credential-default": {"generatorPolicy": "deny"}}
}

_certificates := {"generators": [
	{"name": "genCA", "days": 398, "evidence": 1},
	{"name": "genSignedCert", "days": 397, "evidence": 2},
	{"name": "genCA", "days": null, "evidence": 3},
]}

test_certificates if {
	_seen(rule.report) == {["long-lived-certificate", 1, "", {"function": "genCA", "days": "398", "most": "397"}]}
		with input as _template(_certificates, _noted_generators)
	{found.evidence | some found in rule.report} == {1, 2} with input as _template(_certificates, _noted_generators)
		with data.settings.params as {"secrets/helm-values-credential-default": {"maxCertDays": 90}}
}

# A manifest may call itself so and hold anything: what it says goes with no evidence.
test_sloppy_facts if {
	every facts in [
		{"fallbacks": null},
		{"secrets": "text", "generators": [1, {}]},
		{"helpers": [{}], "mentions": [3, null]},
		{"secrets": [{}, "text"], "fallbacks": [{"evidence": 1}]},
	] {
		count(rule.report) == 0 with input as _template(facts, [_written("weak")])
	}
}
