package portcullis.rules.gitops["unreviewed-secret-access-path_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.gitops["unreviewed-secret-access-path"] as rule

_role := {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "a", "namespace": "n"}}

_owned(file, files) := testing.with_facts(
	testing.input_with([
		{"object": _role, "file": "a.yaml"},
		{"object": {"apiVersion": "portcullis/v1", "kind": "GateConfig"}, "file": ".portcullis.yaml"},
		{"object": {"apiVersion": "v1", "kind": "ConfigMap"}, "file": "c.yaml"},
		{"object": {"apiVersion": "example.com/v1", "kind": "GateConfig"}, "file": ".portcullis.yaml"},
		{"object": _role, "file": "charts/a-1.0.0.tgz/templates/a.yaml"},
	]),
	{"codeowners": {"file": file, "object": 9, "sections": false, "files": files}},
)

_none := {"owners": [], "entry": null}

_some := {"owners": ["@acme/a"], "entry": "*"}

_all(ownership) := {
	"a.yaml": ownership,
	"c.yaml": ownership,
	".portcullis.yaml": _some,
	"charts/a-1.0.0.tgz/templates/a.yaml": _none,
}

_found contains [entry.variant, entry.object, entry.path] if some entry in rule.report

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as _owned("CODEOWNERS", _all({"owners": [], "entry": "/a*"}))
	report == {{
		"variant": "owner-removed",
		"object": 0,
		"path": ["kind"],
		"args": {"codeowners": "CODEOWNERS", "kind": "Role", "pattern": "/a*"},
		"related": [{"object": 9, "path": ["/a*"], "label": "entry"}],
	}}
}

test_owners if {
	_found == set() with input as _owned("CODEOWNERS", _all(_some))
	_found == {["no-owner", 0, ["kind"]]} with input as _owned("CODEOWNERS", _all(_none))
	_found == {["single-owner", 9, ["/a"]]} with input as _owned("CODEOWNERS", _all({"owners": ["@sam"], "entry": "/a"}))
	_found == set() with input as _owned("CODEOWNERS", _all({"owners": ["@@developer"], "entry": "/a"}))
	_found == set() with input as _owned("CODEOWNERS", _all({"owners": ["@sam", "@kim"], "entry": "/a"}))
}

test_sections if {
	document := _owned("CODEOWNERS", _all({"owners": ["@group"], "entry": "/a"}))
	_found == set() with input as object.union(document, {"facts": {"codeowners": {"sections": true}}})
}

test_the_gate_itself if {
	files := object.union(_all(_some), {".portcullis.yaml": _none})
	_found == {["gate-without-owner", 1, []]} with input as _owned("CODEOWNERS", files)
}

test_no_file if {
	_found == {["no-code-owners", 0, ["kind"]]} with input as _owned(null, _all(_none))
	_found == set() with input as testing.input_of([_role])
}

_params(given) := {"gitops/unreviewed-secret-access-path": given}

test_params if {
	_found == set() with input as _owned(null, _all(_none)) with data.settings.params as _params({"soloRepo": true})
	_found == set() with input as _owned("CODEOWNERS", _all(_none)) with data.settings.params as _params({"soloRepo": true})
	_found == {
		["no-owner", 0, ["kind"]],
		["no-owner", 2, ["kind"]],
	} with input as _owned("CODEOWNERS", _all(_none)) with data.settings.params as _params({"sensitiveGlobs": ["c.*", 5]})
	_found == {["no-owner", 0, ["kind"]]} with input as _owned("CODEOWNERS", _all(_none))
		with data.settings.params as _params({"sensitiveGlobs": null})
}
