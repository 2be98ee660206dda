package portcullis.rules.rbac["gitops-tenant-overreach_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rbac["gitops-tenant-overreach"] as rule

_argo(kind, name, spec) := {
	"apiVersion": "argoproj.io/v1alpha1",
	"kind": kind,
	"metadata": {"name": name, "namespace": "argocd"},
	"spec": spec,
}

_settings(name, content) := {
	"apiVersion": "v1",
	"kind": "ConfigMap",
	"metadata": {"name": name, "namespace": "argocd"},
	"data": content,
}

_found contains [entry.variant, entry.path] if some entry in rule.report

_open := {"sourceRepos": ["*"], "destinations": [{"server": "*", "namespace": "*"}]}

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as testing.input_of([_argo("AppProject", "p", _open)])
	report == {{
		"variant": "project-without-limits",
		"object": 0,
		"path": ["spec", "sourceRepos", 0],
		"args": {"project": "p"},
	}}
}

_everything := [{"group": "apps", "kind": "*"}, {"group": "*", "kind": "*"}]

test_projects if {
	_found == {["project-without-limits", ["spec", "sourceRepos", 0]]} with input as testing.input_of([_argo("AppProject", "p", {
		"sourceRepos": ["*"],
		"destinations": [{"name": "*", "namespace": "*"}],
	})])
	_found == {["project-cluster-resources", ["spec", "clusterResourceWhitelist", 1]]} with input as testing.input_of([_argo(
		"AppProject", "p",
		{"clusterResourceWhitelist": _everything},
	)])
	_found == set() with input as testing.input_of([_argo("AppProject", "p", {
		"sourceRepos": ["*"],
		"destinations": [{"server": "https://kubernetes.default.svc", "namespace": "*"}],
		"clusterResourceWhitelist": null,
	})])
	_found == set() with input as testing.input_of([_argo("AppProject", "p", _open)]) with data.settings.params as _platform
}

_platform := {"rbac/gitops-tenant-overreach": {"platformProjects": ["p", "default"], "fluxTenancy": false}}

test_policies_of_a_project if {
	_found == {["policy-allows-everything", ["spec", "roles", 0, "policies", 1]]} with input as testing.input_of([_argo("AppProject", "p", {"roles": [{
		"name": "r",
		"policies": [
			"p, proj:p:r, applications, *, p/*, allow",
			"p, proj:p:r, *, *, */*, allow",
		],
	}]})])
}

test_the_default_project if {
	_found == {["default-project", ["spec", "project"]]} with input as testing.input_of([_argo("Application", "a", {"project": "default"})])
	_found == {["default-project", ["spec", "project"]]} with input as testing.input_of([_argo("Application", "a", {})])
	_found == {["default-project", ["spec", "template", "spec", "project"]]} with input as testing.input_of([_argo(
		"ApplicationSet", "a",
		{"template": {"spec": {"project": "default"}}},
	)])
	_found == set() with input as testing.input_of([_argo("ApplicationSet", "a", {})])
	_found == set() with input as testing.input_of([_argo("Application", "team-bootstrap", {"project": "default"})])
	_found == set() with input as testing.input_of([_argo("Application", "a", {"project": "default"})]) with data.settings.params as _platform
	_found == set() with input as testing.input_of([
		_argo("Application", "a", {"project": "default"}),
		_argo("AppProject", "default", {"sourceRepos": []}),
	])
}

test_access_policy if {
	_found == {
		["everyone-is-admin", ["data", "policy.default"]],
		["broad-admin", ["data", "policy.csv"]],
	} with input as testing.input_of([_settings("argocd-rbac-cm", {
		"policy.default": "role:admin",
		"policy.csv": "g, everyone, role:admin",
	})])
	_found == {
		["everyone-is-admin", ["data", "policy.default"]],
		["policy-allows-everything", ["data", "policy.x.csv"]],
	} with input as testing.input_of([_settings("argocd-rbac-cm", {
		"policy.default": "role:x",
		"policy.x.csv": "p, role:x, *, *, */*, allow",
	})])
	_found == set() with input as testing.input_of([_settings("other", {"policy.default": "role:admin"})])
}

test_terminal_and_accounts if {
	_found == {["terminal-enabled", ["data", "exec.enabled"]]} with input as testing.input_of([_settings("argocd-cm", {"exec.enabled": "true"})])
	report := rule.report with input as testing.input_of([_settings("argocd-cm", {
		"accounts.ci": "login, apiKey",
		"accounts.off": "apiKey",
		"accounts.off.enabled": "false",
		"accounts.ui": "login",
	})])
	{[entry.variant, entry.path, entry.args.account] | some entry in report} == {["local-api-key", ["data", "accounts.ci"], "ci"]}
}

test_flux if {
	release := {
		"apiVersion": "helm.toolkit.fluxcd.io/v2",
		"kind": "HelmRelease",
		"metadata": {"name": "r", "namespace": "n"},
		"spec": {"chartRef": {"name": "c", "namespace": "m"}},
	}
	_found == {
		["controller-rights", ["spec", "serviceAccountName"]],
		["foreign-source", ["spec", "chartRef", "namespace"]],
	} with input as testing.input_of([release])
	_found == set() with input as testing.input_of([release]) with data.settings.params as _platform
}
