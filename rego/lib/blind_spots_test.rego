package portcullis.lib.blind_spots_test

import data.portcullis.lib.blind_spots
import data.portcullis.lib.testing

_in(objects) := testing.with_facts(testing.input_of(objects), {
	"repository": ["host/acme/platform"],
	"renderings": {"a": ["", "a/values-x.yaml, a/values-y.yaml"]},
})

_object(api_version, kind, spec) := {"apiVersion": api_version, "kind": kind, "metadata": {"name": "a"}, "spec": spec}

_application(source) := _object("argoproj.io/v1alpha1", "Application", {"source": source})

_flux(kind, spec) := _object("source.toolkit.fluxcd.io/v1", kind, spec)

_places(spots) := {[obj.id, path, what] | some [obj, path, what] in spots}

test_charts if {
	found := blind_spots.charts with input as _in([
		_application({"repoURL": "https://charts", "chart": "c", "targetRevision": "1.0.0"}),
		_application({"repoURL": "oci://host/c", "targetRevision": "1.0.0"}),
		{
			"apiVersion": "kustomize.config.k8s.io/v1beta1",
			"kind": "Kustomization",
			"helmChartInflationGenerator": [{"chartName": "d", "chartRepo": "https://host"}],
		},
		_flux("OCIRepository", {"url": "oci://host/c"}),
	])
	_places(found) == {
		[0, ["spec", "source", "chart"], "c"],
		[1, ["spec", "source", "repoURL"], "oci://host/c"],
		[2, ["helmChartInflationGenerator", 0, "chartName"], "d"],
	}
}

test_sources if {
	found := blind_spots.sources with input as _in([
		_application({"repoURL": "https://host/other/x", "path": "a"}),
		_application({"repoURL": "https://host/other/values", "ref": "values"}),
		_application({"repoURL": "https://host/acme/platform", "path": "a"}),
		_flux("GitRepository", {"url": "https://host/acme/tools"}),
		_flux("GitRepository", {"url": "{{url}}"}),
		_flux("Bucket", {"bucketName": "manifests"}),
		_flux("OCIRepository", null),
		object.union(_flux("GitRepository", {"url": "https://host/other/x"}), {"metadata": {"name": "flux-system"}}),
	])
	_places(found) == {
		[0, ["spec", "source", "repoURL"], "host/other/x"],
		[3, ["spec", "url"], "host/acme/tools"],
		[5, ["spec", "bucketName"], "manifests"],
	}
}

test_plugins if {
	function := "config.kubernetes.io/function"
	found := blind_spots.plugins with input as _in([
		_application({"repoURL": "https://host/a", "plugin": {"name": "avp"}}),
		_application({"repoURL": "https://host/a", "plugin": {"env": []}}),
		_application({"repoURL": "https://host/a", "directory": {"jsonnet": {"libs": ["x"]}}}),
		_application({"repoURL": "https://host/a", "plugin": null, "directory": {"jsonnet": {}}}),
		{"apiVersion": "example.com/v1", "kind": "Ksops", "metadata": {"annotations": {function: "exec: {}"}}},
	])
	_places(found) == {
		[0, ["spec", "source", "plugin"], "avp"],
		[1, ["spec", "source", "plugin"], "a plugin"],
		[2, ["spec", "source", "directory", "jsonnet"], "Jsonnet"],
		[4, ["metadata", "annotations", function], "Ksops"],
	}
}

_config_map(content) := {"apiVersion": "v1", "kind": "ConfigMap", "data": content}

test_embedded_manifests if {
	found := blind_spots.embedded with input as _in([
		_config_map({
			"a": "apiVersion: v1\nkind: Secret\n---\napiVersion: v1\nkind: \"Role\"\n",
			"b": "apiVersion: v1\nkind: Config\n",
			"c": "kind: Secret",
			"d": "  apiVersion: v1\n  kind: Secret\n",
			"e": 5,
		}),
		_config_map(null),
	])
	_places(found) == {[0, ["data", "a"], {"Secret", "Role"}]}
}

test_encrypted_objects if {
	sops := {"sops": {"mac": "x"}}
	found := blind_spots.encrypted with input as _in([
		object.union(_object("v1", "Secret", {}), sops),
		object.union(_object("v1", "ConfigMap", {}), sops),
		object.union(_object("v1", "ConfigMap", {}), {"sops": "x"}),
		_object("v1", "ConfigMap", {}),
	])
	{obj.id | some obj in found} == {1}
}

_chart(folder, conditional) := {"apiVersion": "portcullis/v1", "kind": "HelmChartFile", "chart": folder, "conditional": conditional}

test_charts_with_conditions if {
	found := blind_spots.conditional with input as _in([_chart("a", true), _chart("b", true), _chart("c", false)])
	{[obj.id, names] | some [obj, names] in found} == {
		[0, {"a/values-x.yaml", "a/values-y.yaml"}],
		[1, set()],
	}
}
