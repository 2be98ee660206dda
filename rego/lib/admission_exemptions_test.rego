package portcullis.lib.admission_exemptions_test

import data.portcullis.lib.admission_exemptions
import data.portcullis.lib.testing

_namespaces := {[entry.obj.id, entry.path, entry.namespace, entry.all] | some entry in admission_exemptions.namespaces}

test_gatekeeper if {
	_namespaces == {
		[0, ["spec", "match", "excludedNamespaces", 0], "a", false],
		[1, ["spec", "match", 1, "excludedNamespaces", 0], "b", true],
	} with input as testing.input_of([
		{
			"apiVersion": "constraints.gatekeeper.sh/v1beta1",
			"kind": "K8sAny",
			"spec": {"match": {"excludedNamespaces": ["a", null]}},
		},
		{"apiVersion": "config.gatekeeper.sh/v1alpha1", "kind": "Config", "spec": {"match": [
			{"processes": ["audit"], "excludedNamespaces": ["a"]},
			{"processes": ["webhook"], "excludedNamespaces": ["b", 5]},
			null,
		]}},
		{"apiVersion": "v1", "kind": "Config", "spec": {"match": [{"processes": ["*"], "excludedNamespaces": ["a"]}]}},
	])
}

test_kyverno if {
	_namespaces == {[0, ["spec", "rules", 0, "exclude", "any", 0, "resources", "namespaces", 0], "a", false]} with input as testing.input_of([{
		"apiVersion": "kyverno.io/v1",
		"kind": "ClusterPolicy",
		"spec": {"rules": [
			{"exclude": {"any": [
				{"resources": {"namespaces": ["a", null]}},
				{"resources": {"namespaces": ["b"], "names": ["x"]}},
			]}},
			"text",
		]},
	}])
}

_selector(operator) := {"matchExpressions": [
	{"key": "kubernetes.io/metadata.name", "operator": operator, "values": ["a", 5]},
	{"key": "team", "operator": "NotIn", "values": ["x"]},
	null,
]}

_in_selector := ["namespaceSelector", "matchExpressions", 0, "values", 0]

test_selectors_and_conditions if {
	group := "admissionregistration.k8s.io/v1"
	_namespaces == {
		[0, array.concat(["webhooks", 0], _in_selector), "a", true],
		[0, ["webhooks", 0, "matchConditions", 0, "expression"], "c", true],
		[1, array.concat(["spec", "matchConstraints"], _in_selector), "a", false],
		[1, ["spec", "matchConditions", 0, "expression"], "d", false],
		[2, array.concat(["spec", "matchResources"], _in_selector), "a", false],
	} with input as testing.input_of([
		{"apiVersion": group, "kind": "ValidatingWebhookConfiguration", "webhooks": [
			{
				"rules": [{"apiGroups": [""], "resources": ["secrets"]}],
				"namespaceSelector": _selector("NotIn"),
				"matchConditions": [{"expression": "request.namespace != 'c'"}, {"expression": 5}],
			},
			{"rules": [{"apiGroups": ["example.com"], "resources": ["*"]}], "namespaceSelector": _selector("NotIn")},
		]},
		{"apiVersion": group, "kind": "ValidatingAdmissionPolicy", "spec": {
			"matchConstraints": {"namespaceSelector": _selector("NotIn")},
			"matchConditions": [{"expression": "object.metadata.namespace != \"d\" && true"}],
		}},
		{"apiVersion": group, "kind": "ValidatingAdmissionPolicyBinding", "spec": {"matchResources": {"namespaceSelector": _selector("NotIn")}}},
		{"apiVersion": group, "kind": "ValidatingAdmissionPolicyBinding", "spec": {"matchResources": {"namespaceSelector": _selector("In")}}},
		{"apiVersion": group, "kind": "ValidatingAdmissionPolicy", "spec": null},
	])
}

_exception(resources) := {
	"apiVersion": "kyverno.io/v2",
	"kind": "PolicyException",
	"spec": {"match": {"resources": resources}},
}

_exceptions := {[entry.obj.id, entry.path, entry.namespaces, entry.wide] | some entry in admission_exemptions.exceptions}

test_exceptions if {
	at := ["spec", "match", "resources"]
	_exceptions == {
		[0, at, {"a"}, true],
		[1, at, set(), true],
		[2, at, set(), false],
		[6, ["spec", "matchConditions"], set(), true],
	} with input as testing.input_with([
		{"object": _exception({"kinds": ["Pod"], "namespaces": ["a"]})},
		{"object": _exception({"kinds": ["Pod"], "namespaces": ["*"], "names": ["*"]})},
		{"object": _exception({"kinds": ["Pod"], "names": ["x"]})},
		{"object": _exception({"kinds": ["ClusterRole"], "names": ["x"]})},
		{"object": _exception({"kinds": ["Pod"], "namespaces": ["a"], "names": ["x"]})},
		{"object": _exception({"kinds": ["Pod"], "selector": {"matchLabels": {"a": "b"}}})},
		{"object": {"apiVersion": "policies.kyverno.io/v1", "kind": "PolicyException", "spec": {}}},
		{"object": {"apiVersion": "policies.kyverno.io/v1", "kind": "PolicyException", "spec": {"matchConditions": [{"expression": "x"}]}}},
		{"object": {"apiVersion": "policies.kyverno.io/v1", "kind": "PolicyException", "spec": {}}, "partial": true},
		{"object": {"apiVersion": "policies.kyverno.io/v1", "kind": "PolicyException", "spec": null}},
		{"object": {"apiVersion": "kyverno.io/v2", "kind": "PolicyException", "spec": null}},
	])
}

_namespace(labels) := {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "a", "labels": labels}}

_ignored := {[obj.id, path[2], severity] | some [obj, path, severity] in admission_exemptions.ignored}

test_labels if {
	_ignored == {
		[0, "admission.gatekeeper.sh/ignore", "high"],
		[1, "policy.sigstore.dev/include", "medium"],
		[2, "policy.sigstore.dev/exclude", "medium"],
	} with input as testing.input_of([
		_namespace({"admission.gatekeeper.sh/ignore": ""}),
		_namespace({"policy.sigstore.dev/include": "false"}),
		_namespace({"policy.sigstore.dev/exclude": "true"}),
		_namespace({"policy.sigstore.dev/include": "true"}),
		_namespace(null),
	])
}
