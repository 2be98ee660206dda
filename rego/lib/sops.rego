# METADATA
# title: What SOPS writes about files that it encrypted, and its rules
# description: |
#   Objects and files that SOPS encrypted carry a map `sops`; `.sops.yaml` files reach the policy as objects of
#   the kind `SopsConfig`, and other files that SOPS encrypted as `SopsFile`.
package portcullis.lib.sops

import data.portcullis.lib.evidence
import data.portcullis.lib.k8s

# METADATA
# description: Objects and files that SOPS encrypted.
encrypted := [obj |
	some obj in input.objects
	not obj.context
	_is_encrypted(obj.object)
]

_is_encrypted(manifest) if {
	keys := object.keys(manifest.sops)
	count(keys & _key_fields) > 0
	count(keys & {"mac", "lastmodified", "version"}) > 0
}

# Dotenv and INI have no maps: their names are `sops_mac`, `sops.mac`.
_is_encrypted(manifest) if {
	manifest.kind == "SopsFile"
	manifest.apiVersion == "portcullis/v1"
}

_key_fields := {"kms", "pgp", "age", "gcp_kms", "azure_kv", "hc_vault", "hckms", "key_groups"}

# METADATA
# description: |
#   The values that SOPS left in the clear in what it encrypted, as `{obj, item, telling}`: entries of a
#   Secret, and elsewhere credentials below telling names. `telling` says whether the value is a credential.
clear_values := array.concat(
	[{"obj": obj, "item": item, "telling": item.class in _telling} |
		some obj in encrypted
		evidence.is_core(obj, "Secret")
		some item in obj.evidence
		item.kind == "credential"
		item.path[0] in {"data", "stringData"}
		item.context == "value"
		not item.class in {"empty", "encrypted", "reference", "public"}
		object.get(obj.object, item.path, null) != null
	],
	[{"obj": obj, "item": item, "telling": true} |
		some obj in encrypted
		not evidence.is_core(obj, "Secret")
		some item in obj.evidence
		item.kind == "credential"
		item.class in _telling
		evidence.named(item)
		not item.path[0] in {"sops", "apiVersion", "kind", "metadata", "type", "immutable"}
	],
)

_telling := {"likely", "weak", "hash"}

# METADATA
# description: Whether what SOPS encrypted says a code over its values.
has_mac(obj) if {
	some mac in [
		object.get(obj.object, ["sops", "mac"], null),
		object.get(obj.object, "sops_mac", null),
		object.get(obj.object, "sops.mac", null),
	]
	is_string(mac)
	mac != ""
}

# METADATA
# description: |
#   Who can decrypt, as `{obj, path, recipients}` for each file and each rule of a `.sops.yaml`; a recipient is
#   `{kind, id, path}`.
readers := array.concat(
	[{"obj": obj, "path": ["sops"], "recipients": _of_file(obj.object.sops)} |
		some obj in encrypted
		is_object(obj.object.sops)
	],
	[{"obj": obj, "path": ["creation_rules", index], "recipients": _of_rule(rule, index)} |
		some [obj, index, rule] in rules
	],
)

# METADATA
# description: The rules of every `.sops.yaml`, as `[obj, index, rule]`.
rules := [[obj, index, rule] |
	some obj in k8s.of_kind("SopsConfig")
	some index, rule in k8s.items_at(obj.object, ["creation_rules"])
	is_object(rule)
]

_of_file(metadata) := {recipient |
	some [path, group] in array.concat([[["sops"], metadata]], _key_groups(metadata, ["sops"]))
	some field, names in _names_in_file
	some index, entry in k8s.items_at(group, [field])
	recipient := {
		"kind": field,
		"id": concat("/", [text | some name in names; text := entry[name]; is_string(text)]),
		"path": array.concat(path, [field, index]),
	}
	_is_known(recipient.id)
}

_names_in_file := {
	"age": ["recipient"],
	"pgp": ["fp"],
	"kms": ["arn"],
	"gcp_kms": ["resource_id"],
	"azure_kv": ["vault_url", "name"],
	"hc_vault": ["vault_address", "engine_path", "key_name"],
	"hckms": ["key_id"],
}

_of_rule(rule, index) := _of_line(rule, index) | _of_groups(rule, index)

# `age: age1…,age1…`, or a list of them.
_of_line(rule, index) := {recipient |
	some field, kind in _kinds_in_rule
	some written in _as_list(object.get(rule, field, []))
	is_string(written)
	some part in split(written, ",")
	recipient := {"kind": kind, "id": trim_space(part), "path": ["creation_rules", index, field]}
	_is_known(recipient.id)
}

_kinds_in_rule := {
	"age": "age",
	"pgp": "pgp",
	"kms": "kms",
	"gcp_kms": "gcp_kms",
	"azure_keyvault": "azure_kv",
	"hc_vault_transit_uri": "hc_vault",
	"hc_vault": "hc_vault",
	"hckms": "hckms",
}

_of_groups(rule, index) := {recipient |
	some [path, group] in _key_groups(rule, ["creation_rules", index])
	some field, kind in _kinds_in_rule
	some at, entry in k8s.items_at(group, [field])
	recipient := {"kind": kind, "id": _id_in_group(entry), "path": array.concat(path, [field, at])}
	_is_known(recipient.id)
}

_id_in_group(entry) := entry if is_string(entry)

_id_in_group(entry) := concat("/", texts) if {
	is_object(entry)
	texts := [text |
		some name in ["arn", "resource_id", "vaultUrl", "key", "key_id"]
		text := entry[name]
		is_string(text)
	]
}

_key_groups(holder, path) := [[array.concat(path, ["key_groups", index]), group] |
	some index, group in k8s.items_at(holder, ["key_groups"])
	is_object(group)
]

_as_list(value) := value if is_array(value)

_as_list(value) := [value] if not is_array(value)

_is_known(id) if {
	id != ""
	not contains(id, "[redacted]")
}

# METADATA
# description: |
#   The files that a `.sops.yaml` governs, as `{file, path, secret, encrypted}`; `path` is what SOPS compares
#   with its rules.
governed(obj) := object.get(input.facts, ["encryption", "configs", obj.file], [])

# METADATA
# description: Whether a rule of a `.sops.yaml` covers a path.
is_covered(obj, path) if {
	some rule in k8s.items_at(obj.object, ["creation_rules"])
	_matches(rule, path)
}

# METADATA
# description: Whether the rule of that index covers a path, and none before it does.
is_first(obj, index, path) if {
	rules_of := k8s.items_at(obj.object, ["creation_rules"])
	_matches(rules_of[index], path)
	every rule in array.slice(rules_of, 0, index) {
		not _matches(rule, path)
	}
}

_matches(rule, path) if {
	pattern := object.get(rule, "path_regex", "")
	_covers(pattern, path)
}

_covers(pattern, _) if pattern in {"", null}

_covers(pattern, path) if {
	is_string(pattern)
	regex.is_valid(pattern)
	regex.match(pattern, path)
}
