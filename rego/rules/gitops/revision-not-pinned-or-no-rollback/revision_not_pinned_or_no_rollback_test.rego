package portcullis.rules.gitops["revision-not-pinned-or-no-rollback_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.gitops["revision-not-pinned-or-no-rollback"] as rule

_in(objects) := testing.with_facts(testing.input_of(objects), {"repository": ["host/acme/platform"]})

_repository(url, ref) := {
	"apiVersion": "source.toolkit.fluxcd.io/v1",
	"kind": "GitRepository",
	"metadata": {"name": "r", "namespace": "n"},
	"spec": {"url": url, "ref": ref},
}

_found contains [entry.variant, object.get(entry, "severity", "variant's"), entry.object, entry.path] if {
	some entry in rule.report
}

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as _in([_repository("https://host/other/Agents.git", {"branch": "main"})])
	report == {{
		"variant": "foreign-branch",
		"severity": "medium",
		"object": 0,
		"path": ["spec", "ref", "branch"],
		"args": {"revision": "`main`", "repository": "host/other/agents"},
	}}
}

test_branches if {
	_found == {
		["foreign-branch", "low", 0, ["spec", "ref"]],
		["own-branch", "info", 1, ["spec", "ref"]],
		["foreign-branch", "medium", 2, ["spec", "ref"]],
		["version-range", "variant's", 4, ["spec", "ref", "semver"]],
	} with input as _in([
		_repository("https://host/acme/tools", {}),
		_repository("git@host:acme/platform.git", null),
		_repository("https://elsewhere/a/b", null),
		_repository("https://elsewhere/a/b", {"tag": "v1.0.0"}),
		_repository("https://elsewhere/a/b", {"semver": "1.x"}),
		_repository("https://${HOST}/a/b", null),
	])
	{entry.args.revision | some entry in rule.report} == {"the default branch"} with input as _in([_repository("https://elsewhere/a/b", {})])
	_found == {["foreign-branch", "info", 0, ["spec", "ref"]]} with input as testing.input_of([_repository("https://host/a/b", null)])
}

test_the_repository_of_flux_itself if {
	_found == {["own-branch", "info", 0, ["spec", "ref"]]} with input as _in([object.union(
		_repository("https://elsewhere/a/b", null),
		{"metadata": {"name": "flux-system"}},
	)])
}

test_allowed_branches if {
	params := {"gitops/revision-not-pinned-or-no-rollback": {"allowedBranches": ["env/*", 5]}}
	document := _in([_repository("https://elsewhere/a/b", {"branch": "env/prod"}), _repository("https://elsewhere/a/b", {"branch": "main"})])
	_found == {["foreign-branch", "medium", 1, ["spec", "ref", "branch"]]} with input as document with data.settings.params as params
}

test_versions if {
	report := rule.report with input as _in([{"apiVersion": "helm.cattle.io/v1", "kind": "HelmChart", "spec": {"chart": "a"}}])
	{[entry.path, entry.args] | some entry in report} == {[["spec", "version"], {"name": "a", "version": "none is named"}]}
}

_chart(locked, dependencies) := {
	"apiVersion": "portcullis/v1",
	"kind": "HelmChartFile",
	"locked": locked,
	"dependencies": dependencies,
}

test_dependencies if {
	loose := {"name": "a", "version": "1.x", "repository": "https://host"}
	_found == {["unlocked-dependency", "variant's", 1, ["dependencies", 1, "version"]]} with input as _in([
		_chart(true, [loose]),
		_chart(false, [
			{},
			loose,
			object.union(loose, {"version": "1.0.0"}),
			object.union(loose, {"repository": "file://../a"}),
			object.union(loose, {"repository": ""}),
			object.union(loose, {"repository": "@${REPOSITORY}", "version": "${VERSION}"}),
		]),
		_chart(false, null),
	])
}

test_bases if {
	_found == {
		["remote-base-unpinned", "medium", 0, ["resources", 0]],
		["remote-base-unpinned", "low", 0, ["resources", 2]],
	} with input as _in([{
		"apiVersion": "kustomize.config.k8s.io/v1beta1",
		"kind": "Kustomization",
		"resources": ["https://elsewhere/a/b", "https://elsewhere/a/b?ref=v1.0.0", "https://host/acme/tools?ref=main"],
	}])
}

test_rollback if {
	_found == {["no-history", "variant's", 0, ["spec", "revisionHistoryLimit"]]} with input as _in([{
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"spec": {"revisionHistoryLimit": 0},
	}])
}
