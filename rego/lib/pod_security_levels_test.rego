package portcullis.lib.pod_security_levels_test

import data.portcullis.lib.pod_security_levels as levels
import data.portcullis.lib.testing

_labels := [[source.labels, source.path] | some source in levels.sources]

test_templates if {
	tenant := {"apiVersion": "capsule.clastix.io/v1beta2", "kind": "Tenant", "spec": {"namespaceOptions": {"additionalMetadata": {"labels": {"a": "b"}}}}}
	_labels == [[{"a": "b"}, ["spec", "namespaceOptions", "additionalMetadata", "labels"]]] with input as testing.input_of([tenant])
	anchor := {"apiVersion": "hnc.x-k8s.io/v1alpha2", "kind": "SubnamespaceAnchor", "spec": {"labels": [{"key": "a", "value": "b"}]}}
	_labels == [[{"a": "b"}, ["spec", "labels"]]] with input as testing.input_of([anchor])
}

_keys := {args.key |
	some source in levels.sources
	some ["unknown-label", _, args] in levels.unknown(source)
}

test_labels_that_nobody_reads if {
	labels := {
		"pod-security.kubernetes.io/enforced": "restricted",
		"podsecurity.kubernetes.io/warn": "restricted",
		"pod-security.kubernetes.io/warn": "restricted",
		"pod-security-tools.example.com/team": "a",
		"example.com/enforce": "true",
	}
	_keys == {"pod-security.kubernetes.io/enforced", "podsecurity.kubernetes.io/warn"} with input as testing.input_of([
		{"apiVersion": "v1", "kind": "Namespace", "metadata": {"labels": labels}},
	])
	_keys == {"pod-security.kubernetes.io/warn"} with input as testing.input_of([
		{"apiVersion": "v1", "kind": "Namespace", "metadata": {"annotations": labels}},
	])
}

test_versions if {
	levels.version("v1.34") == [1, 34]
	not levels.version("latest")
	not levels.version(1.34)
}
