package portcullis.rules.orchestration["pss-restricted-violation_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.orchestration["pss-restricted-violation"] as rule

_pod(spec) := {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p", "namespace": "n"}, "spec": spec}

_hardened := {
	"runAsNonRoot": true,
	"allowPrivilegeEscalation": false,
	"readOnlyRootFilesystem": true,
	"capabilities": {"drop": ["ALL"]},
	"seccompProfile": {"type": "RuntimeDefault"},
}

_with(context) := _pod({"containers": [{"name": "c", "image": "c:1", "securityContext": context}]})

_found := {[entry.object, entry.variant, entry.path] | some entry in rule.report}

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as testing.input_of([_with({"readOnlyRootFilesystem": true})])
	report == {{
		"variant": "missing-hardening",
		"object": 0,
		"path": ["spec", "containers", 0, "securityContext"],
		"args": {
			"container": "c",
			"missing": concat(", ", [
				"`runAsNonRoot: true`", "`allowPrivilegeEscalation: false`", "`capabilities: {drop: [ALL]}`",
				"`seccompProfile: {type: RuntimeDefault}`",
			]),
		},
	}}
}

test_one_missing_field_has_a_place_of_its_own if {
	_found == {[
		0, "missing-hardening",
		["spec", "containers", 0, "securityContext", "seccompProfile"],
	]} with input as testing.input_of([_with(object.remove(_hardened, ["seccompProfile"]))])
}

test_the_pod_stands_in_for_its_containers if {
	_found == set() with input as testing.input_of([_pod({
		"securityContext": {"runAsNonRoot": true, "seccompProfile": {"type": "RuntimeDefault"}},
		"containers": [{"name": "c", "securityContext": object.remove(_hardened, ["runAsNonRoot", "seccompProfile"])}],
	})])
}

test_what_baseline_says_is_not_said_again if {
	_found == set() with input as testing.input_of([
		_with(object.union(_hardened, {"capabilities": {"drop": ["ALL"], "add": ["SYS_ADMIN"]}})),
		_with(object.union(_hardened, {"seccompProfile": {"type": "Unconfined"}})),
		_with({"privileged": true, "allowPrivilegeEscalation": true}),
		_pod({"volumes": [{"name": "v", "hostPath": {"path": "/"}}]}),
	])
}

test_hostile_shapes if {
	_found == set() with input as testing.input_of([
		_pod(null),
		_pod({"containers": "x", "volumes": [7, null, {"name": "v"}, {"nfs": null}]}),
		_pod({"securityContext": {"supplementalGroups": "x"}, "containers": [null]}),
		{"apiVersion": 7, "kind": "Pod", "spec": {"containers": [{}]}},
	])
	_found == {
		[0, "missing-hardening", ["spec", "containers", 0, "securityContext"]],
		[0, "writable-root-filesystem", ["spec", "containers", 0, "securityContext", "readOnlyRootFilesystem"]],
	} with input as testing.input_of([_pod({"containers": [{"securityContext": {"capabilities": {"drop": "ALL"}}}]})])
}

test_patches_may_only_set if {
	entries := [{"object": _with({"runAsUser": 0}), "partial": true}]
	report := rule.report with input as testing.input_with(entries)
	{entry.variant | some entry in report} == {"runs-as-root"}
}

test_kagent_has_both_contexts_side_by_side if {
	_found == {
		[0, "root-group", ["spec", "declarative", "deployment", "podSecurityContext", "runAsGroup"]],
		[0, "runs-as-root", ["spec", "declarative", "deployment", "securityContext", "runAsUser"]],
	} with input as testing.input_of([{
		"apiVersion": "kagent.dev/v1alpha2",
		"kind": "Agent",
		"metadata": {"name": "a"},
		"spec": {"declarative": {"deployment": {
			"podSecurityContext": {"runAsGroup": 0},
			"securityContext": {"runAsUser": 0},
		}}},
	}])
}

_levels(levels) := {"orchestration/pss-restricted-violation": {"minLevelByNamespace": levels}}

test_levels if {
	document := testing.input_of([_with({"runAsUser": 0, "readOnlyRootFilesystem": true})])
	severities := {object.get(entry, "severity", "") | some entry in rule.report} with input as document with data.settings.params as _levels({"n": "baseline"})
	severities == {"low"}
	count(rule.report) == 0 with input as document with data.settings.params as _levels({"*": "privileged"})
	count(rule.report) == 2 with input as document with data.settings.params as _levels({"*": "privileged", "n": "restricted"})
}
