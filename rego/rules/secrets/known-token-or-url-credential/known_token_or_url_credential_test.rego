package portcullis.rules.secrets["known-token-or-url-credential_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.secrets["known-token-or-url-credential"] as rule

_item(fields) := object.union(
	{
		"id": 1,
		"kind": "token",
		"detector": "secretlint/github",
		"class": "likely",
		"context": "text",
		"keyName": "value",
		"nameClass": "neutral",
		"path": ["spec", "env", 0, "value"],
		"decoded": false,
	},
	fields,
)

_object := {
	"apiVersion": "example.com/v1",
	"kind": "Agent",
	"metadata": {"name": "a"},
	"spec": {"env": [{"name": "GITHUB", "value": "[redacted]"}]},
}

_input(fields) := testing.input_with([{"object": _object, "evidence": [_item(fields)]}])

_seen(report) := {[found.variant, found.args.place, found.args.format] | some found in report}

_url := {"kind": "url-credential", "detector": "url/userinfo"}

test_variants if {
	_seen(rule.report) == {["token", "`GITHUB`", "github"]} with input as _input({})
	_seen(rule.report) == {["url-credential", "`GITHUB`", "userinfo"]} with input as _input(_url)
	_seen(rule.report) == {["guessable-url-credential", "`GITHUB`", "userinfo"]}
		with input as _input(object.union(_url, {"class": "weak"}))
	_seen(rule.report) == {["webhook", "`GITHUB`", "webhook"]}
		with input as _input({"kind": "url-credential", "detector": "url/webhook"})
	_seen(rule.report) == {["webhook", "`GITHUB`", "slack-webhook"]}
		with input as _input({"detector": "secretlint/slack-webhook"})
}

test_json_web_tokens if {
	_seen(rule.report) == {["json-web-token", "`GITHUB`", "jwt"]} with input as _input({"detector": "pattern/jwt"})
	_seen(rule.report) == {["json-web-token", "`GITHUB`", "jwt-expired"]}
		with input as _input({"detector": "pattern/jwt-expired"})
	_seen(rule.report) == {["token", "`GITHUB`", "jwt-unexpired"]}
		with input as _input({"detector": "pattern/jwt-unexpired"})
	_seen(rule.report) == {["token", "`GITHUB`", "jwt-service-account"]}
		with input as _input({"detector": "pattern/jwt-service-account"})
}

_severities(report) := {[found.variant, object.get(found, "severity", "")] | some found in report}

test_json_web_tokens_under_telling_names if {
	token := _item({"detector": "pattern/jwt"})
	credential := _item({"kind": "credential", "nameClass": "sensitive", "id": 2})
	_severities(rule.report) == {["json-web-token", "critical"]} with input as testing.input_with([{
		"object": _object,
		"evidence": [token, credential],
	}])
	_severities(rule.report) == {["json-web-token", ""]} with input as testing.input_with([{
		"object": _object,
		"evidence": [_item({"detector": "pattern/jwt-expired"}), credential],
	}])
	_severities(rule.report) == {["json-web-token", ""]} with input as testing.input_with([{
		"object": _object,
		"evidence": [token, object.union(credential, {"nameClass": "neutral"})],
	}])
}

test_json_web_tokens_in_secrets if {
	path := {"path": ["data", "jwt"]}
	_severities(rule.report) == {["json-web-token", "critical"]} with input as testing.input_with([{
		"object": {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}},
		"evidence": [
			_item(object.union(path, {"detector": "pattern/jwt"})),
			_item(object.union(path, {"kind": "credential", "id": 2})),
		],
	}])
}

test_policy_for_json_web_tokens if {
	params := {"secrets/known-token-or-url-credential": {"jwtPolicy": "unexpired"}}
	count(rule.report) == 0
		with input as _input({"detector": "pattern/jwt-expired"})
		with data.settings.params as params
	count(rule.report) == 1 with input as _input({"detector": "pattern/jwt"}) with data.settings.params as params
	count(rule.report) == 1
		with input as _input({"detector": "pattern/jwt-unexpired"})
		with data.settings.params as params
}

test_what_is_none if {
	count(rule.report) == 0 with input as _input({"kind": "credential"})
	count(rule.report) == 0 with input as _input({"kind": "private-key"})
	every class in ["placeholder", "reference", "public", "empty", "encrypted", "plain"] {
		count(rule.report) == 0 with input as _input({"class": class})
		count(rule.report) == 0 with input as _input(object.union(_url, {"class": class}))
	}
}

test_context_objects_are_not_judged if {
	document := testing.input_with([{"object": _object, "evidence": [_item({})], "context": true}])
	count(rule.report) == 0 with input as document
}

test_examples_are_as_bad if {
	found := rule.report with input as testing.input_with([{
		"object": _object,
		"evidence": [_item({})],
		"file": "examples/a.yaml",
	}])
	{object.get(each, "severity", "") | some each in found} == {""}
}

_file_input(file, fields) := object.union(
	testing.input_of([]),
	{"files": [{"file": file, "evidence": [object.union(_item({"path": [], "keyName": null}), fields)]}]},
)

_seen_in_files(report) := {[found.variant, object.get(found, "severity", ""), found.args.place] | some found in report}

test_files if {
	_seen_in_files(rule.report) == {["token", "", "This text"]} with input as _file_input("a.yaml", {})
	_seen_in_files(rule.report) == {["token", "", "This text"]} with input as _file_input("README.md", {})
	_seen_in_files(rule.report) == {["url-credential", "", "This text"]}
		with input as _file_input("README.md", _url)
	_seen_in_files(rule.report) == {["guessable-url-credential", "low", "This text"]}
		with input as _file_input(".env", object.union(_url, {"class": "weak"}))
	_seen_in_files(rule.report) == set()
		with input as _file_input("README.md", object.union(_url, {"class": "weak"}))
	_seen_in_files(rule.report) == set() with input as _file_input(".env", {"kind": "credential"})
}

test_documentation_in_an_object if {
	guessable := object.union(_url, {"class": "weak"})
	_seen(rule.report) == set() with input as _input(object.union(guessable, {"path": ["data", "README.md"]}))
	count(rule.report) == 1 with input as _input(object.union(guessable, {"path": ["data", "url"]}))
	count(rule.report) == 1 with input as _input(object.union(guessable, {"path": ["data", 0]}))
	count(rule.report) == 1 with input as _input(object.union(_url, {"path": ["data", "README.md"]}))
}

test_allowed_places if {
	params := {"secrets/known-token-or-url-credential": {"allow": [
		{"file": "*.yaml", "path": ["spec", "env"]},
		{"file": "test/**"},
	]}}
	count(rule.report) == 0 with input as _input({}) with data.settings.params as params
	count(rule.report) == 1
		with input as _input({"path": ["metadata", "name"]})
		with data.settings.params as params
	_seen_in_files(rule.report) == set()
		with input as _file_input("test/a.env", {})
		with data.settings.params as params
	_seen_in_files(rule.report) == {["token", "", "This text"]}
		with input as _file_input("a.yaml", {})
		with data.settings.params as params
}
