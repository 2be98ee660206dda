package portcullis.rules.stores["store-output-outside-secret_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.stores["store-output-outside-secret"] as rule

_places(found) := {[one.object, one.variant, one.path] | some one in found}

_object(api_version, kind, name, spec) := {
	"apiVersion": api_version,
	"kind": kind,
	"metadata": {"name": name, "namespace": "agents"},
	"spec": spec,
}

_external(name, spec) := _object("external-secrets.io/v1", "ExternalSecret", name, spec)

_vault(name, destination) := _object("secrets.hashicorp.com/v1beta1", "VaultStaticSecret", name, {"destination": destination})

test_a_finding_as_the_host_gets_it if {
	found := rule.report with input as testing.input_of([_external("a", {"target": {"manifest": {"kind": "ConfigMap"}}})])
	found == {{
		"variant": "other-kind",
		"object": 0,
		"path": ["spec", "target", "manifest", "kind"],
		"args": {"kind": "ConfigMap"},
	}}
}

test_odd_shapes if {
	found := rule.report with input as testing.input_of([
		_external("a", null),
		_external("b", {"target": "x"}),
		_external("c", {"target": {"manifest": {"kind": 5}, "template": {"metadata": {"labels": {"a": 5}}, "templateFrom": [null, "x"]}}}),
		_vault("d", null),
		_vault("e", {"name": 5, "overwrite": true}),
		_object("bitnami.com/v1alpha1", "SealedSecret", "f", null),
	])
	found == set()
}

test_templates_that_read_a_value if {
	texts := {
		"a": "{{.password}}", "b": "x-{{- .user | lower }}", "c": `{{ printf "%s" $.user }}`,
		"d": `{{ now | date "2006.01" }}`, "e": "static", "f": `{{ "x" }}`,
	}
	found := rule.report with input as testing.input_of([_external("a", {"target": {"template": {"metadata": {"labels": texts}}}})])
	{one.path[5] | some one in found} == {"a", "b", "c"}
}

test_two_writers if {
	found := rule.report with input as testing.input_of([
		_vault("a", {"name": "db", "overwrite": true}),
		{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "db", "namespace": "agents"}},
	])
	found == {{
		"variant": "two-writers",
		"object": 0,
		"path": ["spec", "destination", "overwrite"],
		"args": {"name": "db", "other": "Secret"},
		"related": [{"object": 1, "path": ["metadata", "name"], "label": "other-writer"}],
	}}
}

test_no_second_writer if {
	found := rule.report with input as testing.input_with([
		{"object": _external("a", {"target": {"name": "db"}})},
		{"object": _external("a", {"target": {"name": "db"}}), "file": "test.yaml"},
		{"object": _external("b", {"target": {"name": "db", "creationPolicy": "Merge"}})},
		{"object": _external("c", {"target": {"name": "db"}, "refreshPolicy": "CreatedOnce"})},
		{"object": _vault("d", {"name": "db"}), "file": "overlays/test.yaml"},
		{"object": _vault("e", {"name": "key"}), "partial": true},
		{"object": _external("f", {"target": {"name": "key"}}), "context": true},
		{"object": {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "db", "namespace": "agents"}}},
	])
	found == set()
}

test_a_unit_is_one_folder if {
	document := testing.input_with([
		{"object": _external("a", {"target": {"name": "db"}}), "file": "base/a.yaml"},
		{"object": _vault("b", {"name": "db"}), "file": "overlay/b.yaml"},
	])
	found := rule.report with input as object.union(document, {"unit": "kustomize:overlay"})
	_places(found) == {[1, "two-writers", ["spec", "destination", "name"]]}
}

test_types_that_mint_credentials if {
	found := rule.report with input as testing.input_of([
		_external("a", {"target": {"template": {"type": "bootstrap.kubernetes.io/token"}}}),
		_vault("b", {"name": "b", "type": "kubernetes.io/service-account-token"}),
		_vault("c", {"name": "c", "type": "Opaque"}),
	])
	_places(found) == {
		[0, "token-template", ["spec", "target", "template", "type"]],
		[1, "token-template", ["spec", "destination", "type"]],
	}
}
