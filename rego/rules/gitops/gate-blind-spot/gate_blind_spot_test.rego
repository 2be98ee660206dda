package portcullis.rules.gitops["gate-blind-spot_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.gitops["gate-blind-spot"] as rule

_chart := {"apiVersion": "helm.cattle.io/v1", "kind": "HelmChart", "spec": {"chart": "c", "version": "1.0.0"}}

_found contains [entry.variant, entry.severity, entry.object, entry.path] if some entry in rule.report

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as testing.input_of([_chart])
	report == {{
		"variant": "remote-chart",
		"severity": "info",
		"object": 0,
		"path": ["spec", "chart"],
		"args": {"name": "c"},
	}}
}

test_profiles if {
	_found == {["remote-chart", "low", 0, ["spec", "chart"]]} with input as testing.input_of([_chart]) with data.settings.profile as "strict"
}

test_all_kinds_of_spots if {
	document := testing.with_facts(
		testing.input_of([
			{
				"apiVersion": "kustomize.config.k8s.io/v1beta1",
				"kind": "Kustomization",
				"resources": ["https://host/a/b?ref=v1.0.0"],
			},
			{
				"apiVersion": "argoproj.io/v9",
				"kind": "Application",
				"spec": {"source": {"repoURL": "https://host/other/x", "path": "a", "plugin": {}}},
			},
			{"apiVersion": "v1", "kind": "ConfigMap", "data": {"a": "apiVersion: v1\nkind: Pod\n"}, "sops": {"mac": "x"}},
		]),
		{"repository": ["host/acme/platform"]},
	)
	_found == {
		["remote-base", "info", 0, ["resources", 0]],
		["unknown-version", "low", 1, ["apiVersion"]],
		["remote-source", "info", 1, ["spec", "source", "repoURL"]],
		["made-by-plugin", "low", 1, ["spec", "source", "plugin"]],
		["embedded-manifests", "info", 2, ["data", "a"]],
		["encrypted-content", "info", 2, ["sops"]],
	} with input as document
}

_params(given) := {"gitops/gate-blind-spot": given}

test_params if {
	_found == {["remote-chart", "high", 0, ["spec", "chart"]]} with input as testing.input_of([_chart])
		with data.settings.params as _params({"failClosed": true})
	_found == set() with input as testing.input_with([{"object": _chart, "file": "docs/a.yaml"}])
	_found == set() with input as testing.input_of([_chart]) with data.settings.params as _params({"ignoreGlobs": ["*.yaml"]})
}

_chart_file(renderings) := testing.with_facts(
	testing.input_of([{"apiVersion": "portcullis/v1", "kind": "HelmChartFile", "chart": "a", "conditional": true}]),
	{"renderings": {"a": renderings}},
)

test_renderings if {
	_found == {["rendered-once", "info", 0, []]} with input as _chart_file([""])
	_found == set() with input as _chart_file(["", "a/values-x.yaml"])
	matrix := _params({"renderMatrix": ["values.yaml", "values-x.yaml", "values-y.yaml", 5]})
	{entry.args | some entry in rule.report} == {{"names": "values-y.yaml"}} with input as _chart_file(["", "a/values-x.yaml"])
		with data.settings.params as matrix
	_found == set() with input as _chart_file(["a/values-x.yaml, a/values-y.yaml"]) with data.settings.params as matrix
}
