package portcullis.lib.chart_values_test

import data.portcullis.lib.chart_values as charts
import data.portcullis.lib.testing

_release(spec) := {
	"apiVersion": "helm.toolkit.fluxcd.io/v2",
	"kind": "HelmRelease",
	"metadata": {"name": "a"},
	"spec": object.union({"chart": {"spec": {"chart": "vault"}}}, spec),
}

_text(text) := {
	"apiVersion": "helm.cattle.io/v1",
	"kind": "HelmChart",
	"metadata": {"name": "a"},
	"spec": {"chart": "vault", "valuesContent": text},
}

test_values_of_a_release if {
	found := [charts.value(install, ["a", "b"]) | some install in charts.installs] with input as testing.input_of([
		_release({"values": {"a": {"b": 1}}}),
		_release({"values": {"a": "b"}}),
		_release({}),
	])
	found == [{"value": 1, "path": ["spec", "values", "a", "b"]}]
}

test_values_in_a_text if {
	found := [charts.value(install, ["a", "b", "c"]).value | some install in charts.installs] with input as testing.input_of([
		_text("a:\n  # comment\n\n  x: 1\n  b:\n    c: \"two\" # why\n"),
		_text("a:\n    b:\n        c: 'four'\n"),
		_text("a:\n  x: 1\nd:\n  b:\n    c: other\n"),
		_text("x:\n  a:\n    b:\n      c: deeper\n"),
		_text("{{ hostile ["),
	])
	found == ["two", "four"]
}

test_values_at_the_top_of_a_text if {
	found := [charts.value(install, ["b"]).value | some install in charts.installs] with input as testing.input_of([
		_text("a: 1\nb: 2\n"),
		_text("a:\n  b: 2\n"),
	])
	found == ["2"]
}

test_what_may_be_set_elsewhere if {
	complete := [install.complete | some install in charts.installs] with input as testing.input_of([
		_release({}),
		_release({"valuesFrom": [{"kind": "ConfigMap", "name": "a"}]}),
		_release({"valuesFrom": []}),
	])
	complete == [true, false, true]
}

test_charts_below_another_one if {
	blocks := {block.layers[0].path |
		some install in charts.installs
		some block in charts.nested(install, "^vault$")
	} with input as testing.input_of([_release({"values": {"vault": {"a": 1}, "x": {"vault": {"enabled": false}}, "y": {"vault": "z"}}})])
	blocks == {["spec", "values", "vault"]}
}

test_texts if {
	texts := {entry.text | some install in charts.installs; some entry in charts.texts(install)} with input as testing.input_of([
		_release({"values": {"a": ["b", 1]}}),
		_text("c: d"),
	])
	texts == {"b", "c: d"}
}
