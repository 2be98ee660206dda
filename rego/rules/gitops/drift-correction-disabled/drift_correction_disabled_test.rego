package portcullis.rules.gitops["drift-correction-disabled_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.gitops["drift-correction-disabled"] as rule

_application(spec) := {
	"apiVersion": "argoproj.io/v1alpha1",
	"kind": "Application",
	"metadata": {"name": "a", "namespace": "argocd"},
	"spec": spec,
}

_flux(kind, spec) := {
	"apiVersion": {"Kustomization": "kustomize.toolkit.fluxcd.io/v1", "HelmRelease": "helm.toolkit.fluxcd.io/v2"}[kind],
	"kind": kind,
	"metadata": {"name": "a", "namespace": "n"},
	"spec": spec,
}

_found contains [entry.variant, object.get(entry, "severity", "variant's"), entry.object, entry.path] if {
	some entry in rule.report
}

_ignoring(rules) := testing.input_of([_application({"ignoreDifferences": rules})])

_at(path) := array.concat(["spec", "ignoreDifferences"], path)

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as _ignoring([{"kind": "Role", "jsonPointers": ["/rules"]}])
	report == {{
		"variant": "rights-ignored",
		"severity": "high",
		"object": 0,
		"path": ["spec", "ignoreDifferences", 0, "jsonPointers", 0],
		"args": {"kind": "Role", "field": "/rules"},
	}}
}

test_fields if {
	_found == {
		["field-ignored", "medium", 0, _at([0, "jsonPointers", 0])],
		["field-ignored", "medium", 0, _at([1, "jsonPointers", 0])],
		["field-ignored", "low", 0, _at([2, "jsonPointers", 0])],
		["field-ignored", "medium", 0, _at([3, "jqPathExpressions", 0])],
		["field-ignored", "low", 0, _at([4, "jqPathExpressions", 0])],
		["field-ignored", "medium", 0, _at([5, "jsonPointers", 1])],
		["field-ignored", "medium", 0, _at([6, "jsonPointers", 0])],
	} with input as _ignoring([
		{"kind": "Role", "name": "known", "jsonPointers": ["/rules"]},
		{"kind": "Secret", "jsonPointers": ["/data", 5]},
		{"kind": "RoleBinding", "jsonPointers": ["/subjects/0/namespace"]},
		{"kind": "ValidatingWebhookConfiguration", "jqPathExpressions": [".webhooks"]},
		{"kind": "MutatingWebhookConfiguration", "jqPathExpressions": [".webhooks[]?.namespaceSelector"]},
		{"kind": "*", "jsonPointers": ["/spec/replicas", "/data"]},
		{"jsonPointers": [""]},
		{"kind": "Secret", "jsonPointers": ["/metadata/labels"]},
		{"kind": "Deployment", "jsonPointers": ["/spec"]},
		{"kind": "ClusterRole", "name": "admin", "jsonPointers": ["/rules"]},
		{"kind": 5, "jsonPointers": null},
		null,
	])
}

test_settings_of_argo if {
	key := "resource.customizations.ignoreDifferences.rbac.authorization.k8s.io_ClusterRoleBinding"
	_found == {["rights-ignored", "high", 0, ["data", key]]} with input as testing.input_of([
		{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "argocd-cm"}, "data": {
			key: "jsonPointers: [/roleRef]",
			"resource.customizations.ignoreDifferences.Role": 5,
			"resource.customizations.ignoreDifferences.Secret": "jsonPointers: [",
			"resource.customizations.ignoreDifferences.RoleBinding": "text",
			"resource.customizations.ignoreDifferences.all": "jqPathExpressions: [.spec.replicas]",
			"url": "https://argocd.example.com",
		}},
		{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "other"}, "data": {key: "jsonPointers: [/roleRef]"}},
		{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "argocd-cm"}, "data": null},
	])
}

test_rules_of_flux if {
	_found == {
		["rights-ignored", "high", 0, ["spec", "driftDetection", "ignore", 0, "paths", 0]],
		["field-ignored", "medium", 1, ["spec", "ignore", 0, "paths", 0]],
	} with input as testing.input_of([
		_flux("HelmRelease", {"driftDetection": {
			"mode": "enabled",
			"ignore": [{"paths": ["/rules"], "target": {"kind": "Role"}}, {"paths": ["/spec/replicas"], "target": null}, "x"],
		}}),
		_flux("Kustomization", {"ignore": [{"paths": ["/data"]}]}),
	])
}

test_what_controllers_make if {
	_found == {["field-ignored", "medium", 2, _at([1, "jsonPointers", 0])]} with input as testing.input_of([
		{"apiVersion": "external-secrets.io/v1", "kind": "ExternalSecret", "metadata": {"name": "made"}, "spec": null},
		{"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "sum"}, "aggregationRule": {}},
		_application({"ignoreDifferences": [
			{"kind": "Secret", "name": "made", "jsonPointers": ["/data"]},
			{"kind": "Secret", "name": "other", "jsonPointers": ["/data"]},
			{"kind": "ClusterRole", "name": "sum", "jsonPointers": ["/rules"]},
			{"kind": "ClusterRole", "jsonPointers": ["/rules"]},
		]}),
	])
	_found == {["field-ignored", "medium", 0, _at([0, "jsonPointers", 0])]} with input as _ignoring([{
		"kind": "ClusterRole",
		"jsonPointers": ["/rules"],
	}])
}

test_managers if {
	_found == {["manual-changes-ignored", "variant's", 0, _at([0, "managedFieldsManagers", 1])]} with input as _ignoring([
		{"kind": "Secret", "managedFieldsManagers": ["controller", "kubectl-edit", null]},
		{"kind": "Deployment", "managedFieldsManagers": ["kubectl"]},
	])
}

test_suspended if {
	_found == {["suspended", "variant's", 0, ["spec", "suspend"]]} with input as testing.input_of([
		_flux("Kustomization", {"suspend": true}),
		_flux("Kustomization", {"suspend": "true"}),
		_flux("Kustomization", null),
		{"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization", "spec": {"suspend": true}},
	])
}

_annotated(kind, annotations) := {
	"apiVersion": "v1",
	"kind": kind,
	"metadata": {"name": "a", "annotations": annotations},
}

_annotation(key) := ["metadata", "annotations", key]

test_options_of_objects if {
	flux := "kustomize.toolkit.fluxcd.io/ssa"
	argo := "argocd.argoproj.io/compare-options"
	_found == {
		["object-ignored", "medium", 0, _annotation(flux)],
		["object-ignored", "low", 1, _annotation(flux)],
		["object-ignored", "low", 1, _annotation(argo)],
	} with input as testing.input_of([
		_annotated("Secret", {flux: "Ignore", argo: "IgnoreExtraneous"}),
		_annotated("Role", {flux: "IfNotPresent", argo: "x, IgnoreExtraneous"}),
		_annotated("ConfigMap", {flux: "Ignore"}),
		_annotated("Role", {flux: "Merge", argo: 5}),
		_annotated("Role", null),
	])
}

_deploying(entries) := testing.with_facts(testing.input_with(entries), {"deployed": {"a": ["Role"], "b": ["Service"], "": ["Secret"]}})

test_deployers if {
	automated := ["spec", "syncPolicy", "automated"]
	_found == {
		["no-self-heal", "variant's", 0, automated],
		["no-self-heal", "variant's", 1, array.concat(automated, ["selfHeal"])],
		["no-prune", "variant's", 1, array.concat(automated, ["prune"])],
		["no-self-heal", "variant's", 2, automated],
		["no-prune", "variant's", 3, ["spec", "prune"]],
		["no-prune", "variant's", 4, ["spec", "prune"]],
	} with input as _deploying([
		{"object": _application({"source": {"path": "./a/"}})},
		{"object": _application({"sources": [{"path": "a"}, {"path": 5}], "syncPolicy": {"automated": {}}})},
		{"object": _application({"source": {"path": "a"}, "syncPolicy": {"automated": {"enabled": false}}})},
		{"object": _flux("Kustomization", {"path": "a", "prune": false})},
		{"object": _flux("Kustomization", {"path": null, "prune": false})},
		{"object": _application({"source": {"path": "b"}})},
		{"object": _application({"source": {"path": "c"}})},
		{"object": _application({"source": {"path": "a"}, "syncPolicy": {"automated": {"selfHeal": true, "prune": true}}})},
		{"object": _application({"source": {"path": "a"}}), "partial": true},
		{"object": _application(null)},
		{"object": _flux("Kustomization", {"path": "a", "prune": true})},
	])
}

test_drift_detection if {
	mode := ["spec", "driftDetection", "mode"]
	_found == {
		["drift-detection-off", "variant's", 0, mode],
		["drift-detection-warns", "variant's", 1, mode],
		["drift-detection-unset", "variant's", 2, mode],
	} with input as testing.input_with([
		{"object": _flux("HelmRelease", {"driftDetection": {"mode": "disabled"}})},
		{"object": _flux("HelmRelease", {"driftDetection": {"mode": "warn"}})},
		{"object": _flux("HelmRelease", {})},
		{"object": _flux("HelmRelease", {}), "partial": true},
		{"object": _flux("HelmRelease", null)},
		{"object": {"apiVersion": "helm.fluxcd.io/v1", "kind": "HelmRelease", "spec": {}}},
	])
}

test_drift_detection_from_patches if {
	_found == set() with input as testing.input_with([
		{"object": _flux("HelmRelease", {})},
		{"object": _flux("HelmRelease", {"driftDetection": {"mode": "enabled"}}), "partial": true},
	])
	_found == set() with input as testing.input_of([
		_flux("HelmRelease", {}),
		_flux("Kustomization", {"patches": [{"patch": 5}, {"patch": "spec: {driftDetection: {}}"}]}),
	])
}

test_params if {
	_found == set() with input as _ignoring([{"kind": "Role", "jsonPointers": ["/rules"]}])
		with data.settings.params as {"gitops/drift-correction-disabled": {"protectedKinds": null}}
}
