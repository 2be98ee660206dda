package portcullis.rules.orchestration["namespace-pod-security-level_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.orchestration["namespace-pod-security-level"] as rule

_namespace(name, labels) := {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}

_label(name) := concat("/", ["pod-security.kubernetes.io", name])

_told := {_label("audit"): "restricted", _label("warn"): "restricted"}

_found := {[entry.object, entry.variant, object.get(entry, "severity", "")] | some entry in rule.report}

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as testing.input_of([_namespace("n", null)])
	report == {{
		"variant": "enforce-missing",
		"object": 0,
		"path": ["metadata", "labels", "pod-security.kubernetes.io/enforce"],
		"args": {"namespace": "n", "level": "baseline"},
	}}
}

test_agents if {
	_found == {
		[0, "enforce-missing", "high"],
		[1, "enforce-missing", "high"],
	} with input as testing.input_of([_namespace("a", {"portcullis/zone": "agents"}), _namespace("b", {"portcullis/workload": "agent"})])
	_found == {[0, "below-minimum", ""]} with input as testing.input_of([
		_namespace("a", object.union(_told, {"portcullis/zone": "agents", _label("enforce"): "baseline", _label("enforce-version"): "v1.34"})),
	])
}

test_hostile_shapes if {
	_found == set() with input as testing.input_of([
		{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "kube-x", "labels": "x"}},
		{"apiVersion": "example.com/v1", "kind": "Namespace", "metadata": {"name": "n"}},
		{"apiVersion": "hnc.x-k8s.io/v1alpha2", "kind": "SubnamespaceAnchor", "spec": null},
		{"apiVersion": "hnc.x-k8s.io/v1alpha2", "kind": "SubnamespaceAnchor", "spec": {"labels": [1, {"key": "a", "value": "b"}, {"key": "a"}]}},
		{"apiVersion": "hnc.x-k8s.io/v1alpha2", "kind": "HierarchyConfiguration", "spec": {"labels": [{"key": "a", "value": "b"}]}},
		{"apiVersion": "example.com/v1", "kind": "Tenant", "spec": {}},
		{"kind": "AdmissionConfiguration", "plugins": [null, {"name": "PodSecurity"}, {"name": "PodSecurity", "configuration": {"defaults": {"enforce": 7}}}]},
	])
	_found == {[0, "unknown-level", ""]} with input as testing.input_of([
		_namespace("n", {_label("enforce"): 7, _label("enforce-version"): 7, _label("audit"): "restricted", _label("warn"): "restricted"}),
	])
}

test_the_cluster_decides if {
	configuration := {
		"kind": "PodSecurityConfiguration",
		"defaults": {"enforce": "restricted"},
		"exemptions": {"namespaces": ["builders"]},
	}
	_found == set() with input as testing.input_of([
		configuration, _namespace("n", {}),
		_namespace("a", {"portcullis/zone": "agents"}),
		_namespace("builders", {_label("enforce"): "privileged"}),
	])
}

test_versions if {
	_found == {[0, "version-old", ""], [2, "version-unpinned", ""]} with input as testing.input_of([
		_namespace("n", {_label("enforce"): "restricted", _label("enforce-version"): "v1.9"}),
		_namespace("n", {_label("enforce"): "restricted", _label("enforce-version"): "1.9"}),
		_namespace("n", {_label("enforce"): "restricted"}),
	])
}

test_one_finding_for_both_modes if {
	report := rule.report with input as testing.input_of([_namespace("n", {_label("enforce"): "baseline", _label("enforce-version"): "v1.34"})])
	{[entry.variant, entry.args.modes, entry.path[2]] | some entry in report} == {["audit-or-warn-weak", "audit` and `warn", _label("audit")]}
}

test_strict_asks_for_more if {
	labels := {_label("enforce"): "baseline", _label("enforce-version"): "v1.34", _label("audit"): "restricted", _label("warn"): "restricted"}
	document := testing.input_of([_namespace("n", labels)])
	count(rule.report) == 0 with input as document
	{entry.variant | some entry in rule.report} == {"below-minimum"} with input as document with data.settings.profile as "strict"
}
