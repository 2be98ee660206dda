package portcullis.lib.sops_test

import data.portcullis.lib.sops
import data.portcullis.lib.testing

_metadata := {
	"age": [{"recipient": "age1a"}],
	"azure_kv": [{"vault_url": "https://v.example.com", "name": "k"}],
	"key_groups": [{"pgp": [{"fp": "AB"}, {"fp": "[redacted]"}]}, null],
	"mac": "ENC[x]",
}

_file(metadata) := {"object": {"kind": "Mailbox", "apiVersion": "example.com/v1", "sops": metadata}}

test_encrypted if {
	count(sops.encrypted) == 2 with input as testing.input_with([
		_file(_metadata),
		{"object": {"kind": "SopsFile", "apiVersion": "portcullis/v1"}},
		_file({"enabled": true, "version": 1}),
		_file({"age": []}),
		_file(null),
		_file("3.9.4"),
		object.union(_file(_metadata), {"context": true}),
	])
}

test_macs if {
	sops.has_mac(_file(_metadata))
	sops.has_mac({"object": {"sops_mac": "ENC[x]"}})
	sops.has_mac({"object": {"sops.mac": "ENC[x]"}})
	not sops.has_mac(_file({"mac": ""}))
	not sops.has_mac(_file({"mac": 3}))
	not sops.has_mac(_file({}))
}

_ids(readers) := {[recipient.kind, recipient.id, recipient.path] |
	some reader in readers
	some recipient in reader.recipients
}

test_recipients_of_files if {
	_ids(sops.readers) == {
		["age", "age1a", ["sops", "age", 0]],
		["azure_kv", "https://v.example.com/k", ["sops", "azure_kv", 0]],
		["pgp", "AB", ["sops", "key_groups", 0, "pgp", 0]],
	} with input as testing.input_with([_file(_metadata)])
}

_config(rules) := testing.input_with([{
	"file": "a/.sops.yaml",
	"object": {"kind": "SopsConfig", "apiVersion": "portcullis/v1", "creation_rules": rules},
}])

test_recipients_of_rules if {
	_ids(sops.readers) == {
		["age", "age1a", ["creation_rules", 0, "age"]],
		["age", "age1b", ["creation_rules", 0, "age"]],
		["pgp", "AB", ["creation_rules", 0, "pgp"]],
		["kms", "arn:a", ["creation_rules", 2, "key_groups", 0, "kms", 0]],
		["pgp", "CD", ["creation_rules", 2, "key_groups", 0, "pgp", 0]],
	} with input as _config([
		{"age": "age1a, age1b,", "pgp": ["AB", 3, "[redacted]"]},
		null,
		{"key_groups": [{"kms": [{"arn": "arn:a"}], "pgp": ["CD"]}]},
	])
}

_governor(rules) := {"file": "a/.sops.yaml", "object": {"creation_rules": rules}}

test_rules_that_cover if {
	rules := [{"path_regex": "("}, {"path_regex": "^secrets/"}, {"path_regex": 3}, {"path_regex": `\.yaml$`}]
	governor := _governor(rules)
	sops.is_covered(governor, "secrets/a.yaml")
	sops.is_covered(governor, "b.yaml")
	not sops.is_covered(governor, "c.env")
	not sops.is_covered(_governor(null), "c.env")
	sops.is_first(governor, 1, "secrets/a.yaml")
	sops.is_first(governor, 3, "b.yaml")
	not sops.is_first(governor, 3, "secrets/a.yaml")
	not sops.is_first(governor, 3, "c.env")
	sops.is_first(_governor([{"path_regex": null}]), 0, "c.env")
	sops.is_first(_governor([{}]), 0, "c.env")
}

test_governed_files if {
	sops.governed(_governor([])) == ["x"]
		with input as testing.with_facts(testing.input_of([]), {"encryption": {"configs": {"a/.sops.yaml": ["x"]}}})
	sops.governed(_governor([])) == [] with input as testing.input_of([])
}
