package portcullis.lib.evidence_test

import data.portcullis.lib.evidence
import data.portcullis.lib.testing

_item(path) := {
	"id": 1,
	"kind": "credential",
	"detector": "name-value",
	"class": "likely",
	"context": "value",
	"keyName": "password",
	"nameClass": "sensitive",
	"path": path,
	"decoded": false,
}

# `manifest` with one credential at each of `paths`.
_input(manifest, paths) := testing.input_with([{"object": manifest, "evidence": [_item(path) | some path in paths]}])

_all := ["secret-entry", "last-applied", "config-entry", "metadata", "env", "argv", "elsewhere"]

# Where credentials are said to stand, by place.
_places[place] := paths if {
	some place in _all
	paths := {entry.item.path | some entry in evidence.in_place(place)}
	count(paths) > 0
}

_secret := {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}}

_cloud_secret := {"apiVersion": "secretsmanager.services.k8s.aws/v1alpha1", "kind": "Secret"}

_config := {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}}

_pod := {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}}

_container := ["spec", "containers", 0]

_headers := array.concat(_container, ["livenessProbe", "httpGet", "httpHeaders"])

test_entries_of_secrets if {
	_places == {
		"secret-entry": {["data", "password"], ["stringData", "password"]},
		"elsewhere": {["binaryData", "password"], []},
	} with input as _input(
		_secret,
		[["data", "password"], ["stringData", "password"], ["binaryData", "password"], []],
	)
	_places == {"elsewhere": {["data", "password"]}} with input as _input(_cloud_secret, [["data", "password"]])
}

test_entries_of_config_maps if {
	_places == {
		"config-entry": {["data", "password"], ["binaryData", "password"]},
		"elsewhere": {["stringData", "password"]},
	} with input as _input(
		_config,
		[["data", "password"], ["binaryData", "password"], ["stringData", "password"]],
	)
}

test_metadata if {
	inside := {
		["metadata", "annotations", "token"],
		["metadata", "labels", "token"],
		["spec", "template", "metadata", "annotations", "token"],
		["spec", "secretTemplate", "annotations", "token"],
		["spec", "podMetadata", "labels", "token"],
	}
	outside := {
		["spec", "groups", "annotations", "token"],
		["metadata", "name"],
		["metadata", "annotations", 0],
		["spec", 0, "annotations", "token"],
	}
	_places == {
		"metadata": inside,
		"last-applied": {evidence.last_applied},
		"elsewhere": outside,
	} with input as _input(_pod, ((inside | outside) | {evidence.last_applied}))
}

test_environment if {
	inside := {array.concat(_container, ["env", 0, "value"]), ["spec", "env", 3, "value"]}
	outside := {["spec", "env", "first", "value"], ["spec", "parameters", 0, "value"]}
	_places == {"env": inside, "elsewhere": outside} with input as _input(_pod, inside | outside)
}

test_command_lines if {
	inside := {
		array.concat(_container, ["command", 1]),
		array.concat(_container, ["args", 1]),
		array.concat(_container, ["livenessProbe", "exec", "command", 1]),
		array.concat(_headers, [0, "value"]),
		["spec", "templates", 0, "script", "source"],
		["spec", "steps", 0, "script"],
		["spec", "sidecars", 0, "script"],
	}
	outside := {
		["spec", "hooks", 0, "script"], ["spec", "steps", "first", "script"],
		["spec", "args", "first"],
	}
	_places == {"argv": inside, "elsewhere": outside} with input as _input(_pod, inside | outside)
}

test_what_is_no_credential if {
	items := [
		object.union(_item(["data", "a"]), {"class": "reference"}),
		object.union(_item(["data", "b"]), {"class": "placeholder"}),
		object.union(_item(["data", "c"]), {"kind": "token"}),
	]
	count(evidence.in_place("secret-entry")) == 0 with input as testing.input_with([{
		"object": _secret,
		"evidence": items,
	}])
}

test_context_objects_are_not_judged if {
	count(evidence.in_place("secret-entry")) == 0 with input as testing.input_with([{
		"object": _secret,
		"evidence": [_item(["data", "a"])],
		"context": true,
	}])
}

test_named if {
	evidence.named(_item([]))
	evidence.named(object.union(_item([]), {"nameClass": "neutral", "class": "hash"}))
	not evidence.named(object.union(_item([]), {"nameClass": "neutral"}))
	not evidence.named(object.union(_item([]), {"nameClass": "not-sensitive"}))
}

test_labels if {
	evidence.label(_item(["data", "a"])) == "password"
	evidence.label(object.union(_item(["data", "a"]), {"keyName": null})) == "a"
	evidence.label(object.union(_item(["args", 0]), {"keyName": ""})) == "args"
	evidence.label(object.union(_item([]), {"keyName": null})) == "this text"
}

test_names if {
	obj := {"object": {"env": [{"name": "DB_PASSWORD", "value": "[redacted]"}, {"name": 1, "value": "[redacted]"}]}}
	evidence.name_of(obj, _item(["env", 0, "value"])) == "DB_PASSWORD"
	evidence.name_of(obj, _item(["env", 1, "value"])) == "password"
	evidence.name_of(obj, _item(["env", 0])) == "password"
	evidence.name_of(obj, _item([])) == "password"
}

test_lowered if {
	found := {"variant": "literal"}
	low := {"variant": "literal", "severity": "low"}
	globs := ["**/examples/**", "demo.yaml", 1]
	evidence.lowered(found, "examples/a.yaml", globs) == low
	evidence.lowered(found, "shop/examples/deep/a.yaml", globs) == low
	evidence.lowered(found, "demo.yaml", globs) == low
	evidence.lowered(found, "templates/tests/a.yaml", []) == low
	evidence.lowered(found, "charts/shop/templates/tests/a.yaml", null) == low
	evidence.lowered(found, "shop/a.yaml", globs) == found
	evidence.lowered(found, "shop/demo.yaml", globs) == found
	evidence.lowered(found, "examples.yaml", globs) == found
}

test_allowed if {
	item := _item(["data", "tls.key"])
	evidence.allowed([{"file": "test/**", "path": ["data", "tls.key"]}], "test/a.yaml", item)
	evidence.allowed([{"file": "test/**", "path": ["data"]}], "test/a.yaml", item)
	evidence.allowed([{"file": "test/**"}], "test/a.yaml", item)
	evidence.allowed([{"file": "test/**"}], "test/.env", _item([]))
	not evidence.allowed([{"file": "test/**", "path": ["data", "other"]}], "test/a.yaml", item)
	not evidence.allowed([{"file": "test/**", "path": ["data"]}], "test/.env", _item([]))
	not evidence.allowed([{"file": "test/**"}], "prod/a.yaml", item)
	not evidence.allowed([{"path": ["data"]}, "test/**", {"file": 1}], "test/a.yaml", item)
	not evidence.allowed(null, "test/a.yaml", item)
}

test_documentation if {
	evidence.is_documentation("README.md")
	evidence.is_documentation("docs/setup.adoc")
	not evidence.is_documentation("readme.yaml")
}
