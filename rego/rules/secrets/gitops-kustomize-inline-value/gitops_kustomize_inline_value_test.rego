package portcullis.rules.secrets["gitops-kustomize-inline-value_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.secrets["gitops-kustomize-inline-value"] as rule

_item(path, fields) := object.union(
	{
		"id": 1,
		"kind": "credential",
		"detector": "name-value",
		"class": "likely",
		"context": "value",
		"keyName": "password",
		"nameClass": "sensitive",
		"path": path,
		"decoded": false,
	},
	fields,
)

_object(version, kind) := {"apiVersion": version, "kind": kind, "metadata": {"name": "a"}}

_application := object.union(_object("argoproj.io/v1alpha1", "Application"), {"spec": {"source": {"helm": {"parameters": [{
	"name": "db.password",
	"value": "[redacted]",
}]}}}})

_input(obj, items) := testing.input_with([{"object": obj, "evidence": items}])

_seen(report) := {[found.variant, found.args] | some found in report}

_variants(report) := {found.variant | some found in report}

test_values if {
	parameter := ["spec", "source", "helm", "parameters", 0, "value"]
	_seen(rule.report) == {["inline-value", {"key": "db.password", "kind": "Application"}]}
		with input as _input(_application, [_item(parameter, {"context": "pair"})])
	_seen(rule.report) == {["guessable-value", {"key": "password", "kind": "Application"}]}
		with input as _input(_application, [_item(
			["spec", "sources", 0, "helm", "valuesObject", "password"],
			{"class": "weak"},
		)])
	_variants(rule.report) == {"password-hash"}
		with input as _input(_application, [_item(["spec", "source", "helm", "values"], {"class": "hash"})])
}

test_places if {
	every place in [
		["argoproj.io/v1alpha1", "Application", ["spec", "source", "plugin", "parameters", 0, "string"]],
		["argoproj.io/v1alpha1", "Application", ["spec", "sourceHydrator", "drySource", "helm", "values"]],
		["argoproj.io/v1alpha1", "ApplicationSet", ["spec", "templatePatch"]],
		["helm.toolkit.fluxcd.io/v2", "HelmRelease", ["spec", "values", "password"]],
		["kustomize.toolkit.fluxcd.io/v1", "Kustomization", ["spec", "postBuild", "substitute", "password"]],
		["helm.cattle.io/v1", "HelmChart", ["spec", "set", "password"]],
		["helm.cattle.io/v1", "HelmChartConfig", ["spec", "valuesContent"]],
		["kustomize.config.k8s.io/v1beta1", "Kustomization", ["patches", 0, "patch"]],
		["kustomize.config.k8s.io/v1alpha1", "Component", ["helmCharts", 0, "valuesInline", "password"]],
		["apiextensions.crossplane.io/v1", "Composition", ["spec", "pipeline", 0, "input", "password"]],
	] {
		[version, kind, path] := place
		_variants(rule.report) == {"inline-value"} with input as _input(_object(version, kind), [_item(path, {})])
	}
}

test_other_places if {
	every place in [
		["argoproj.io/v1alpha1", "Application", ["spec", "info", 0, "value"]],
		["argoproj.io/v1alpha1", "Application", ["spec", "source"]],
		["example.com/v1", "Application", ["spec", "source", "helm", "values"]],
		["helm.toolkit.fluxcd.io/v2", "HelmRelease", ["spec", "values", "env", 0, "value"]],
		["kustomize.config.k8s.io/v1beta1", "Kustomization", ["commonAnnotations", "password"]],
	] {
		[version, kind, path] := place
		count(rule.report) == 0 with input as _input(_object(version, kind), [_item(path, {})])
	}
}

test_names_that_say_nothing if {
	item := _item(["spec", "source", "helm", "values"], {"nameClass": "neutral"})
	count(rule.report) == 0 with input as _input(_application, [item])
}

test_names_of_secrets_and_entries if {
	weak := {"class": "weak"}
	values := ["spec", "values"]
	release := object.union(
		_object("helm.toolkit.fluxcd.io/v2", "HelmRelease"),
		{"spec": {"values": {"mail": {"existingSecret": "mail", "secretKey": "token"}}}},
	)
	every item in [
		_item(array.concat(values, ["auth", "existingSecretKeys", "password"]), weak),
		_item(array.concat(values, ["mail", "secretKey"]), object.union(weak, {"keyName": "secretKey"})),
		_item(array.concat(values, ["apiKeySecret"]), object.union(weak, {"keyName": "apiKeySecret"})),
		_item(array.concat(values, ["text"]), {"class": "weak", "context": "nested", "keyName": "secretKey"}),
	] {
		count(rule.report) == 0 with input as _input(release, [item])
	}
	every item in [
		_item(array.concat(values, ["mail", "secretKey"]), {"keyName": "secretKey"}),
		_item(array.concat(values, ["other", "secretKey"]), object.union(weak, {"keyName": "secretKey"})),
		_item(array.concat(values, ["apiKeySecret"]), {"keyName": "apiKeySecret"}),
	] {
		count(rule.report) == 1 with input as _input(release, [item])
	}
}

test_further_places if {
	bundle := _object("fleet.cattle.io/v1alpha1", "Bundle")
	item := _item(["spec", "helm", "values", "password"], {})
	count(rule.report) == 0 with input as _input(bundle, [item])
	more := [
		{"group": "fleet.cattle.io", "kind": "Other", "path": "spec.helm.values"},
		{"group": "fleet.cattle.io", "kind": "Bundle", "path": "spec.helm.*"},
	]
	_variants(rule.report) == {"inline-value"}
		with input as _input(bundle, [item])
		with data.settings.params as {"secrets/gitops-kustomize-inline-value": {"embeddingKinds": more}}
	count(rule.report) == 0
		with input as _input(bundle, [item])
		with data.settings.params as {"secrets/gitops-kustomize-inline-value": {"embeddingKinds": null}}
}

test_literals if {
	kustomization := _object("kustomize.config.k8s.io/v1beta1", "Kustomization")
	literal := {"detector": "generator-literal", "nameClass": "neutral"}
	secret := ["secretGenerator", 0, "literals", 0]
	_seen(rule.report) == {["secret-literal", {"key": "password"}]}
		with input as _input(kustomization, [_item(secret, literal)])
	_variants(rule.report) == {"password-hash"}
		with input as _input(kustomization, [_item(secret, object.union(literal, {"class": "hash"}))])
	config := ["configMapGenerator", 0, "literals", 0]
	_variants(rule.report) == {"config-literal"}
		with input as _input(kustomization, [_item(config, {"detector": "generator-literal", "class": "weak"})])
	count(rule.report) == 0 with input as _input(kustomization, [_item(config, literal)])
	count(rule.report) == 0 with input as _input(kustomization, [_item(secret, {"nameClass": "neutral"})])
}

test_files if {
	document := testing.input_with([{
		"object": object.union(_object("portcullis/v1", "SecretSource"), {"DB_PASSWORD": "[redacted]"}),
		"name": "shop/kustomization.yaml",
		"evidence": [
			_item(["DB_PASSWORD"], {"keyName": "DB_PASSWORD"}),
			_item(["DB_HOST"], {"id": 2, "class": "plain"}),
			_item(["URL"], {"id": 3, "kind": "url-credential"}),
			_item(["OPS"], {"id": 4, "class": "hash"}),
		],
	}])
	_seen(rule.report) == {
		["secret-file", {"key": "DB_PASSWORD", "kustomization": "shop/kustomization.yaml"}],
		["password-hash", {"key": "password", "kustomization": "shop/kustomization.yaml"}],
	} with input as document
}
