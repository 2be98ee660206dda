package portcullis.lib.rbac_values_test

import data.portcullis.lib.rbac_values
import data.portcullis.lib.testing

_rule := {"apiGroups": [""], "resources": ["secrets"], "verbs": ["get"]}

_url := {"nonResourceURLs": ["*"], "verbs": ["get"]}

_release(spec) := {
	"apiVersion": "helm.toolkit.fluxcd.io/v2",
	"kind": "HelmRelease",
	"metadata": {"name": "r", "namespace": "flux-system"},
	"spec": spec,
}

_found := {[entry.obj.id, entry.path, entry.source, entry.obj.namespace, entry.namespaces] |
	some entry in rbac_values.entries
}

_cluster := "values for a ClusterRole"

test_releases if {
	_found == {
		[0, ["spec", "values", "rbac", "extraRules", 0], "Role", "agents", {"agents"}],
		[0, ["spec", "values", "clusterRole", "rules", 1], _cluster, "agents", set()],
		[1, ["spec", "values", "clusterRole", "rules", 0], _cluster, "flux-system", set()],
	} with input as testing.input_of([
		_release({"targetNamespace": "agents", "values": {
			"rbac": {"extraRules": [_rule, {"verbs": ["get"]}]},
			"clusterRole": {"rules": [null, _rule]},
			"policy": _rule,
		}}),
		_release({"values": {"clusterRole": {"rules": [_url]}}}),
		_release({"values": null}),
		_release(null),
		{"apiVersion": "helm.fluxcd.io/v1", "kind": "HelmRelease", "spec": {"values": {"rules": [_rule]}}},
	])
}

test_others if {
	_found == {
		[0, ["spec", "source", "helm", "valuesObject", "rules", 0], "Role", "agents", {"agents"}],
		[1, ["spec", "sources", 0, "helm", "valuesObject", "rules", 0], "Role", "", {""}],
		[2, ["helmCharts", 0, "valuesInline", "rules", 0], "Role", "agents", {"agents"}],
	} with input as testing.input_of([
		{"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "spec": {
			"destination": {"namespace": "agents"},
			"source": {"helm": {"valuesObject": {"rules": [_rule]}}},
		}},
		{"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "spec": {"sources": [
			{"helm": {"valuesObject": {"rules": [_rule]}}},
			null,
		]}},
		{
			"apiVersion": "kustomize.config.k8s.io/v1beta1",
			"kind": "Kustomization",
			"helmCharts": [{"namespace": "agents", "valuesInline": {"rules": [_rule]}}, null],
		},
	])
}
