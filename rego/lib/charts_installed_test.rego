package portcullis.lib.charts_installed_test

import data.portcullis.lib.charts_installed
import data.portcullis.lib.testing

_release(spec) := {"apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmRelease", "metadata": {"name": "a"}, "spec": spec}

_application(source) := {"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "spec": {"source": source}}

_k3s(spec) := {"apiVersion": "helm.cattle.io/v1", "kind": "HelmChart", "spec": spec}

_found := [[install.obj.id, install.prefix, install.settled, install.place, object.get(_size, index, null)] |
	some index, install in charts_installed.of({"vault"})
]

_size := {index: [found.value, found.path] |
	some index, install in charts_installed.of({"vault"})
	found := charts_installed.value(install, ["server", "size"])
}

_values := {"server": {"size": 1}}

test_installations if {
	found := _found with input as testing.input_of([
		_release({"chart": {"spec": {"chart": "vault"}}, "values": _values}),
		_release({"chartRef": {"name": "vault"}, "valuesFrom": [{"kind": "ConfigMap"}]}),
		_application({"chart": "hashicorp/vault", "helm": {"values": yaml.marshal(_values), "parameters": [null, {"name": "server.size", "value": "2"}]}}),
		_application({"path": "charts/vault/", "helm": {"values": ": ["}}),
		_k3s({"chart": "oci://example.com/charts/vault", "set": {"server.size": "3"}}),
		{"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization", "helmCharts": [null, {"name": "vault", "valuesInline": _values}]},
		_release({"chart": {"spec": {"chart": "other"}}, "values": {"server": {"size": 4}}}),
		_release(null),
		_application(null),
	])
	found == [
		[0, [], true, ["spec", "values"], [1, ["spec", "values", "server", "size"]]],
		[1, [], false, ["spec", "values"], null],
		[2, [], true, ["spec", "source", "helm", "valuesObject"], ["2", ["spec", "source", "helm", "parameters", 1, "value"]]],
		[3, [], true, ["spec", "source", "helm", "valuesObject"], null],
		[4, [], true, ["spec", "valuesContent"], ["3", ["spec", "set", "server.size"]]],
		[5, [], true, ["helmCharts", 1, "valuesInline"], [1, ["helmCharts", 1, "valuesInline", "server", "size"]]],
	]
}

test_parts_of_other_charts if {
	found := _found with input as testing.input_of([
		{"apiVersion": "portcullis/v1", "kind": "HelmValues", "vault": _values, "x": null},
		_release({"chart": {"spec": {"chart": "umbrella"}}, "values": {"stores": {"vault": _values}}}),
		_application({"chart": "umbrella", "helm": {"parameters": [{"name": "vault.server.size", "value": "5"}]}}),
		_application({"chart": "umbrella", "helm": {"values": yaml.marshal({"vault": _values})}}),
	])
	found == [
		[0, ["vault"], false, ["vault"], [1, ["vault", "server", "size"]]],
		[1, ["stores", "vault"], true, ["spec", "values", "stores", "vault"], [1, ["spec", "values", "stores", "vault", "server", "size"]]],
		[2, ["vault"], true, ["spec", "source", "helm", "valuesObject", "vault"], ["5", ["spec", "source", "helm", "parameters", 0, "value"]]],
		[3, ["vault"], true, ["spec", "source", "helm", "valuesObject", "vault"], [1, ["spec", "source", "helm", "values"]]],
	]
}
