package portcullis.lib.gitops_sources_test

import data.portcullis.lib.gitops_sources
import data.portcullis.lib.testing

_application(spec) := {"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": {"name": "a"}, "spec": spec}

_source(kind, spec) := {
	"apiVersion": "source.toolkit.fluxcd.io/v1",
	"kind": kind,
	"metadata": {"name": "s"},
	"spec": spec,
}

_git := {[entry.obj.id, entry.path, entry.revision, entry.shown, entry.own] | some entry in gitops_sources.git}

test_git_of_argo if {
	_git == {
		[0, ["spec", "source", "targetRevision"], "main", "main", false],
		[1, ["spec", "sources", 1, "targetRevision"], "1.2", "1.2", true],
		[2, ["spec", "sourceHydrator", "drySource", "targetRevision"], "", "", false],
	} with input as testing.with_facts(
		testing.input_with([
			{"object": _application({"source": {"repoURL": "https://host/a", "targetRevision": "main"}})},
			{"object": _application({"sources": [
				{"repoURL": "https://host/c", "chart": "c"},
				{"repoURL": "https://host/a", "path": "./x/", "targetRevision": 1.2},
				null,
				{"repoURL": 5},
			]})},
			{"object": _application({"sourceHydrator": {"drySource": {"repoURL": "https://host/a", "path": "."}}})},
			{"object": _application({"source": {"repoURL": "https://host/a"}}), "partial": true},
			{"object": _application(null)},
			{"object": {"apiVersion": "app.k8s.io/v1", "kind": "Application", "spec": {"source": {"repoURL": "https://host/a"}}}},
		]),
		{"deployed": {"x": ["Role"]}},
	)
}

test_git_of_flux if {
	ref := ["spec", "ref"]
	_git == {
		[0, array.concat(ref, ["branch"]), "refs/heads/1.2", "1.2", false],
		[1, array.concat(ref, ["tag"]), "refs/tags/stable", "stable", false],
		[2, array.concat(ref, ["semver"]), ">=1.0.0", "1.0.0", false],
		[3, array.concat(ref, ["commit"]), "0123abc", "0123abc", false],
		[4, ref, "", "", false],
		[5, ref, "", "", false],
		[6, array.concat(ref, ["name"]), "refs/pull/1/head", "refs/pull/1/head", false],
	} with input as testing.input_with([
		{"object": _source("GitRepository", {"url": "https://host/a", "ref": {"branch": "1.2"}})},
		{"object": _source("GitRepository", {"url": "https://host/a", "ref": {"tag": "stable", "branch": "b"}})},
		{"object": _source("GitRepository", {"url": "https://host/a", "ref": {"semver": "1.0.0"}})},
		{"object": _source("GitRepository", {"url": "https://host/a", "ref": {"commit": "0123abc", "branch": "b"}})},
		{"object": _source("GitRepository", {"url": "https://host/a"})},
		{"object": _source("GitRepository", {"url": "https://host/a", "ref": null})},
		{"object": _source("GitRepository", {"url": "https://host/a", "ref": {"name": "refs/pull/1/head"}})},
		{"object": _source("GitRepository", {"url": "https://host/a"}), "partial": true},
		{"object": _source("GitRepository", {"url": 5})},
	])
}

test_is_git if {
	gitops_sources.is_git({"repoURL": "https://host/a"})
	not gitops_sources.is_git({"repoURL": "https://host/a", "chart": "a"})
}

_charts := {[entry.obj.id, entry.path, entry.name, entry.version] | some entry in gitops_sources.charts}

test_charts if {
	_charts == {
		[0, ["spec", "source", "targetRevision"], "c", "1.2.3"],
		[1, ["spec", "sources", 0, "targetRevision"], "oci://host/a", ""],
		[2, ["spec", "chart", "spec", "version"], "c", "1"],
		[3, ["spec", "version"], "c", ""],
		[4, ["spec", "ref", "tag"], "oci://host/a", "latest"],
		[5, ["spec", "ref"], "oci://host/a", ""],
		[6, ["spec", "version"], "c", "1.0.0"],
		[7, ["helmCharts", 0, "version"], "c", ""],
		[7, ["helmChartInflationGenerator", 0, "version"], "d", "1.0.0"],
		[8, ["spec", "ref", "digest"], "oci://host/a", "sha256:1"],
	} with input as testing.input_with([
		{"object": _application({"source": {"repoURL": "https://host", "chart": "c", "targetRevision": "1.2.3"}})},
		{"object": _application({"sources": [{"repoURL": "oci://host/a"}]})},
		{"object": {
			"apiVersion": "helm.toolkit.fluxcd.io/v2",
			"kind": "HelmRelease",
			"spec": {"chart": {"spec": {"chart": "c", "version": 1}}},
		}},
		{"object": _source("HelmChart", {"chart": "c", "sourceRef": {"kind": "HelmRepository"}})},
		{"object": _source("OCIRepository", {"url": "oci://host/a", "ref": {"tag": "latest"}})},
		{"object": _source("OCIRepository", {"url": "oci://host/a", "ref": null})},
		{"object": {"apiVersion": "helm.cattle.io/v1", "kind": "HelmChart", "spec": {"chart": "c", "version": "1.0.0"}}},
		{"object": {
			"apiVersion": "kustomize.config.k8s.io/v1beta1",
			"kind": "Kustomization",
			"helmCharts": [{"name": "c", "repo": "https://host"}, {"name": "local"}, 5],
			"helmChartInflationGenerator": [{"chartName": "d", "chartRepo": "https://host", "chartVersion": "1.0.0"}],
		}},
		{"object": _source("OCIRepository", {"url": "oci://host/a", "ref": {"digest": "sha256:1", "tag": "latest"}})},
		{"object": _source("HelmChart", {"chart": "./c", "sourceRef": {"kind": "GitRepository"}})},
		{"object": {"apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmRelease", "spec": {"chartRef": {"name": "c"}}}},
		{"object": {"apiVersion": "helm.cattle.io/v1", "kind": "HelmChart", "spec": {"chart": "https://host/c-1.tgz"}}},
		{"object": {"apiVersion": "helm.cattle.io/v1", "kind": "HelmChart", "spec": {"chart": "c"}}, "partial": true},
		{"object": {"apiVersion": "helm.cattle.io/v1", "kind": "HelmChart", "spec": null}},
	])
}

_release(name, chart) := {
	"apiVersion": "helm.toolkit.fluxcd.io/v2",
	"kind": "HelmRelease",
	"metadata": {"name": name},
	"spec": {"chart": {"spec": chart}},
}

test_versions_from_patches if {
	at := ["spec", "chart", "spec", "version"]
	_charts == {
		[1, at, "a", "1.x"],
		[2, at, "c", ""],
	} with input as testing.input_with([
		{"object": _release("a", {"chart": "c"})},
		{"object": _release("a", {"version": "1.x"}), "partial": true},
		{"object": _release("b", {"chart": "c"})},
		{"object": _release("c", {}), "partial": true},
		{"object": _release("d", {})},
	])
}

_bases := {[entry.path, entry.url] | some entry in gitops_sources.remote_bases}

test_remote_bases if {
	_bases == {
		[["resources", 0], "https://host/a"],
		[["resources", 1], "github.com/a/b"],
		[["components", 0], "git.example.com/a/b?ref=main"],
	} with input as testing.input_of([{
		"apiVersion": "kustomize.config.k8s.io/v1beta1",
		"kind": "Kustomization",
		"resources": ["https://host/a", "github.com/a/b", "base.d/app", "a.yaml", null, "https://${HOST}/a"],
		"components": ["git.example.com/a/b?ref=main"],
		"bases": null,
	}])
}
