package portcullis.rules.secrets["custom-resource-inline-credential_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.secrets["custom-resource-inline-credential"] as rule

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

_object(version, kind) := {"apiVersion": version, "kind": kind, "metadata": {"name": "a"}}

_input(version, kind, items) := testing.input_with([{"object": _object(version, kind), "evidence": items}])

_seen(report) := {[found.variant, found.args] | some found in report}

_certificate(fields) := _input(
	"cert-manager.io/v1", "Certificate",
	[_item(["spec", "keystores", "jks", "password"], fields)],
)

test_known_fields if {
	args := {"key": "password", "kind": "Certificate", "instead": "`passwordSecretRef`"}
	_seen(rule.report) == {["literal-field", args]} with input as _certificate({})
	_seen(rule.report) == {["guessable-field", args]} with input as _certificate({"class": "weak"})
	_seen(rule.report) == {["password-hash", args]} with input as _certificate({"class": "hash"})
	count(rule.report) == 0 with input as _certificate({"nameClass": "neutral"})
	_seen(rule.report) == {["literal-field", args]}
		with input as _certificate({"nameClass": "neutral", "detector": "literal-field"})
}

test_families_and_several_rows if {
	path := ["spec", "destination", "transformation", "templates", "a", "text"]
	found := rule.report with input as _input("secrets.hashicorp.com/v1beta1", "VaultStaticSecret", [_item(path, {})])
	{each.args.instead | some each in found} == {"`{{ … }}` with an entry that comes from the store"}
	sql := rule.report with input as _input("sql.cnrm.cloud.google.com/v1beta1", "SQLUser", [_item(["spec", "password", "value"], {})])
	{each.args.instead | some each in sql} == {"`valueFrom.secretKeyRef`"}
}

_widget(items) := _input("example.com/v1", "Widget", items)

test_unknown_fields if {
	args := {"key": "password", "kind": "Widget"}
	item := _item(["spec", "password"], {})
	_seen(rule.report) == {["unknown-field", args]} with input as _widget([item])
	_seen(rule.report) == {["password-hash", args]} with input as _widget([object.union(item, {"class": "hash"})])
	count(rule.report) == 0 with input as _widget([object.union(item, {"class": "weak"})])
	count(rule.report) == 0 with input as _widget([object.union(item, {"nameClass": "neutral"})])
	count(rule.report) == 0
		with input as _widget([item])
		with data.settings.params as {"secrets/custom-resource-inline-credential": {"genericFallback": "off"}}
}

test_further_fields if {
	more := [
		{"group": "example.com", "kind": "Widget", "path": "spec.accounts.*.phrase", "instead": "`phraseFrom`"},
		{"group": "example.com", "kind": "Widget", "path": "spec.code"},
		{"group": "other.example.com", "kind": "Widget", "path": "spec"},
	]
	items := [
		_item(["spec", "accounts", 0, "phrase"], {"detector": "literal-field"}),
		_item(["spec", "code"], {"id": 2, "detector": "literal-field", "class": "weak"}),
		_item(["spec", "password"], {"id": 3}),
	]
	found := rule.report with input as _widget(items)
		with data.settings.params as {"secrets/custom-resource-inline-credential": {"literalFieldTable": more}}
	{[each.variant, object.get(each.args, "instead", "")] | some each in found} == {
		["literal-field", "`phraseFrom`"],
		["guessable-field", "a reference to a Secret"],
		["unknown-field", ""],
	}
}

test_what_others_judge if {
	every place in [
		["portcullis/v1", "HelmValues", ["auth", "password"]],
		["portcullis/v1", "SopsFile", ["auth", "password"]],
		["bitnami.com/v1alpha1", "SealedSecret", ["spec", "template", "data", "password"]],
		["argoproj.io/v1alpha1", "Application", ["spec", "source", "helm", "values"]],
		["example.com/v1", "Widget", ["spec", "env", 0, "value"]],
		["example.com/v1", "Widget", ["spec", "jwks"]],
		["v1", "Secret", ["data", "password"]],
	] {
		[version, kind, path] := place
		count(rule.report) == 0 with input as _input(version, kind, [_item(path, {})])
	}
	literal := _item(["secretGenerator", 0, "literals", 0], {"detector": "generator-literal"})
	count(rule.report) == 0 with input as _input("kustomize.config.k8s.io/v1beta1", "Kustomization", [literal])
}
