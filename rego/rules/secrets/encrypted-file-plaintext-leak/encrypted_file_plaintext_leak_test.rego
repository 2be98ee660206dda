package portcullis.rules.secrets["encrypted-file-plaintext-leak_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.secrets["encrypted-file-plaintext-leak"] as rule

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

_age := {"age": [{"recipient": "age1a"}], "mac": "ENC[x]", "version": "3.9.4"}

_secret := {
	"apiVersion": "v1",
	"kind": "Secret",
	"metadata": {"name": "s"},
	"stringData": {"password": "[redacted]", "more": null},
	"sops": _age,
}

_mailbox(metadata) := {"apiVersion": "example.com/v1", "kind": "Mailbox", "metadata": {"name": "m"}, "sops": metadata}

_input(obj, items) := testing.input_with([{"object": obj, "evidence": items}])

_seen(report) := {[found.variant, object.get(found, "severity", "")] | some found in report}

_params(params) := {"secrets/encrypted-file-plaintext-leak": params}

test_entries_of_secrets if {
	path := ["stringData", "password"]
	_seen(rule.report) == {["unencrypted-value", ""]} with input as _input(_secret, [_item(path, {})])
	_seen(rule.report) == {["unencrypted-value", ""]}
		with input as _input(_secret, [_item(path, {"class": "plain"})])
	_seen(rule.report) == {["unencrypted-value", ""]}
		with input as _input(_secret, [_item(path, {"class": "likely", "nameClass": "not-sensitive"})])
	_seen(rule.report) == {["unencrypted-value", "medium"]}
		with input as _input(_secret, [_item(path, {"class": "plain", "nameClass": "not-sensitive"})])
	count(rule.report) == 0 with input as _input(_secret, [_item(["stringData", "more"], {"class": "placeholder"})])
	count(rule.report) == 0
		with input as _input(object.remove(_secret, ["sops"]), [_item(path, {"class": "plain"})])
	every class in ["empty", "encrypted", "reference", "public"] {
		count(rule.report) == 0 with input as _input(_secret, [_item(path, {"class": class})])
	}
	every fields in [{"context": "nested"}, {"kind": "token"}] {
		count(rule.report) == 0 with input as _input(_secret, [_item(path, fields)])
	}
}

test_other_objects if {
	_seen(rule.report) == {["unencrypted-value", ""]}
		with input as _input(_mailbox(_age), [_item(["spec", "password"], {})])
	every path in [["metadata", "annotations", "token"], ["sops", "age", 0, "enc"]] {
		count(rule.report) == 0 with input as _input(_mailbox(_age), [_item(path, {})])
	}
	every fields in [{"class": "plain"}, {"nameClass": "neutral"}, {"kind": "token"}] {
		count(rule.report) == 0 with input as _input(_mailbox(_age), [_item(["spec", "password"], fields)])
	}
}

test_integrity if {
	_seen(rule.report) == {["missing-mac", ""]} with input as _input(_mailbox(object.remove(_age, ["mac"])), [])
	partial_mac := object.union(_secret, {"sops": {"mac_only_encrypted": true}})
	_seen(rule.report) == {["partial-mac", ""]} with input as _input(partial_mac, [])
	count(rule.report) == 0 with input as _input(_mailbox(object.union(_age, {"mac_only_encrypted": true})), [])
}

test_recipients if {
	pgp := _mailbox({"pgp": [{"fp": "AB"}, {"fp": "CD"}], "mac": "ENC[x]"})
	_seen(rule.report) == {["pgp-only", ""]} with input as _input(pgp, [])
	_seen(rule.report) == {["single-recipient", ""]}
		with input as _input(_mailbox(_age), [])
		with data.settings.params as _params({"requireTwoRecipients": true})
	count(rule.report) == 0
		with input as _input(_mailbox(_age), [])
		with data.settings.params as _params({"approvedRecipients": ["age1a"]})
	found := rule.report with input as _input(_mailbox(_age), [])
		with data.settings.params as _params({"approvedRecipients": ["age1b"]})
	{[each.variant, each.path, each.args] | some each in found} == {[
		"unapproved-recipient",
		["sops", "age", 0],
		{"recipient": "age"},
	]}
}

_config(rules, files) := testing.with_facts(
	testing.input_with([{
		"file": ".sops.yaml",
		"object": {"apiVersion": "portcullis/v1", "kind": "SopsConfig", "creation_rules": rules},
	}]),
	{"encryption": {"configs": {".sops.yaml": files}}},
)

_file(name, fields) := object.union({"file": name, "path": name, "secret": false, "encrypted": false}, fields)

test_uncovered_files if {
	rules := [{"path_regex": "^secrets/"}]
	files := [_file("secrets/a.yaml", {}), _file("app/a.yaml", {}), _file("app/b.yaml", {"encrypted": true})]
	count(rule.report) == 0 with input as _config(rules, files)
	found := rule.report with input as _config(rules, files)
		with data.settings.params as _params({"secretPathGlobs": ["**/*.yaml"]})
	{[each.variant, each.args.file] | some each in found} == {["uncovered-file", "app/a.yaml"]}
}

test_incomplete_rules if {
	halves := rule.report with input as _config([{"encrypted_regex": "^data$"}, {"encrypted_regex": "Data$"}], [])
	{each.args.field | some each in halves} == {"stringData", "data"}
}

test_rules_for_other_files if {
	found := rule.report with input as _config([{"encrypted_regex": "^password$"}], [_file("a.yaml", {"secret": true})])
	{[each.path, each.args.field] | some each in found} == {[
		["creation_rules", 0, "encrypted_regex"],
		"data` and `stringData",
	]}
	_seen(rule.report) == {["incomplete-rule", ""]}
		with input as _config([{"encrypted_regex": "^password$"}], [_file("a.yaml", {})])
		with data.settings.params as _params({"secretPathGlobs": ["*.yaml"]})
	every pattern in ["^(data|stringData)$", "(", 3, "^password$"] {
		count(rule.report) == 0 with input as _config([{"encrypted_regex": pattern}], [_file("a.yaml", {})])
	}
}

_sealed(fields) := object.union(
	{"apiVersion": "bitnami.com/v1alpha1", "kind": "SealedSecret", "metadata": {"name": "s"}, "spec": {}},
	fields,
)

test_templates_of_sealed_secrets if {
	data_path := ["spec", "template", "data", "password"]
	_seen(rule.report) == {["template-value", ""]} with input as _input(_sealed({}), [_item(data_path, {})])
	_seen(rule.report) == {["template-value", "medium"]}
		with input as _input(_sealed({}), [_item(data_path, {"class": "hash", "nameClass": "neutral"})])
	_seen(rule.report) == {["template-value", ""]}
		with input as _input(_sealed({}), [_item(data_path, {"class": "plain"})])
	_seen(rule.report) == {["template-value", ""]}
		with input as _input(_sealed({}), [_item(data_path, {"context": "nested", "class": "weak"})])
	_seen(rule.report) == {["template-value", ""]}
		with input as _input(_sealed({}), [_item(["spec", "template", "metadata", "annotations", "token"], {})])
	count(rule.report) == 0
		with input as _input(_sealed({"apiVersion": "example.com/v1"}), [_item(data_path, {})])
	every item in [
		_item(data_path, {"class": "reference"}),
		_item(data_path, {"class": "plain", "nameClass": "neutral"}),
		_item(data_path, {"context": "nested", "nameClass": "neutral"}),
		_item(data_path, {"kind": "token"}),
		_item(["spec", "template", "metadata", "annotations", "id"], {"nameClass": "neutral"}),
		_item(["spec", "other"], {}),
	] {
		count(rule.report) == 0 with input as _input(_sealed({}), [item])
	}
}

test_sealed_values if {
	item := _item(["spec", "encryptedData", "password"], {"detector": "unsealed-value"})
	_seen(rule.report) == {["unsealed-value", ""]} with input as _input(_sealed({}), [item])
	_seen(rule.report) == {["deprecated-data", ""]} with input as _input(_sealed({"spec": {"data": "AgB"}}), [])
	count(rule.report) == 0 with input as _input(_sealed({"spec": {"data": null}}), [])
}

_annotated(annotations) := _sealed({"metadata": {"annotations": annotations}})

test_scopes if {
	cluster_wide := {"sealedsecrets.bitnami.com/cluster-wide": "true"}
	_seen(rule.report) == {["cluster-wide", ""]} with input as _input(_annotated(cluster_wide), [])
	namespace_wide := {"sealedsecrets.bitnami.com/namespace-wide": true}
	_seen(rule.report) == {["namespace-wide", ""]} with input as _input(_annotated(namespace_wide), [])
	_seen(rule.report) == {["cluster-wide", ""]}
		with input as _input(_annotated(object.union(cluster_wide, namespace_wide)), [])
	count(rule.report) == 0
		with input as _input(_annotated(cluster_wide), [])
		with data.settings.params as _params({"allowClusterWideSealed": true})
	count(rule.report) == 0
		with input as _input(_annotated({"sealedsecrets.bitnami.com/cluster-wide": "false"}), [])
}

test_decryption if {
	flux := {
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind": "Kustomization",
		"metadata": {"name": "k"},
		"spec": {"path": "./apps"},
	}
	facts := {"encryption": {"reconciled": {"apps": "apps/a.yaml"}}}
	found := rule.report with input as testing.with_facts(testing.input_of([flux]), facts)
	{[each.variant, each.path, each.args] | some each in found} == {[
		"missing-decryption",
		["spec", "decryption", "provider"],
		{"file": "apps/a.yaml"},
	]}
}
