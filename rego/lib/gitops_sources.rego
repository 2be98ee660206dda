# METADATA
# title: What GitOps objects take from elsewhere
# description: |
#   Sources of Argo CD Applications, Flux sources and releases, charts of k3s, and what a kustomization names
#   by URL.
package portcullis.lib.gitops_sources

import data.portcullis.lib.k8s
import data.portcullis.lib.repositories
import data.portcullis.lib.revisions

_of(group, kind) := [obj | some obj in k8s.of_kind(kind); k8s.group(obj.object.apiVersion) == group]

_specs := {"Application": ["spec"], "ApplicationSet": ["spec", "template", "spec"]}

# METADATA
# description: "Sources of Argo CD Applications and what ApplicationSets make, as `{obj, path, source}`."
argo := [{"obj": obj, "path": path, "source": source} |
	some kind, place in _specs
	some obj in _of("argoproj.io", kind)
	some more in array.concat(
		[["source"], ["sourceHydrator", "drySource"]],
		[["sources", index] | some index, _ in k8s.items_at(obj.object, array.concat(place, ["sources"]))],
	)
	path := array.concat(place, more)
	source := object.get(obj.object, path, null)
	is_object(source)
	is_string(source.repoURL)
]

# METADATA
# description: |
#   Git repositories, as `{obj, url, path, revision, shown, own}`: the place of the revision, what it is to Git
#   and as it is written, and whether the repository is known to be the judged one.
git := array.concat(
	[{
		"obj": entry.obj,
		"url": entry.source.repoURL,
		"path": array.concat(entry.path, ["targetRevision"]),
		"revision": revisions.text(object.get(entry.source, "targetRevision", "")),
		"shown": revisions.text(object.get(entry.source, "targetRevision", "")),
		"own": _is_here(entry.source),
	} |
		some entry in argo
		_is_git(entry.source)
		not _is_left_out(entry.obj, object.get(entry.source, "targetRevision", ""))
	],
	[{
		"obj": obj,
		"url": obj.object.spec.url,
		"path": array.concat(["spec", "ref"], place),
		"revision": revision,
		"shown": shown,
		"own": obj.name == "flux-system",
	} |
		some obj in _of("source.toolkit.fluxcd.io", "GitRepository")
		is_string(obj.object.spec.url)
		[place, revision, shown] := _ref(object.get(obj.object, ["spec", "ref"], {}))
		not _is_left_out(obj, revision)
	],
)

# METADATA
# description: Whether a source of Argo CD is a Git repository, and no chart or artifact.
is_git(source) if _is_git(source)

_is_git(source) if {
	object.get(source, "chart", "") in {"", null}
	not startswith(source.repoURL, "oci://")
}

# The folder that it names lies in this repository.
_is_here(source) if {
	is_string(source.path)
	folder := concat("/", [step | some step in split(source.path, "/"); not step in {"", "."}])
	folder != ""
	input.facts.deployed[folder]
} else := false

# A patch leaves out what is in what it patches.
_is_left_out(obj, revision) if {
	obj.partial
	revisions.text(revision) == ""
}

# In the order in which Flux looks at them.
_ref(ref) := [[key], value, revisions.text(ref[key])] if {
	keys := [name | some name in ["commit", "name", "semver", "tag", "branch"]; revisions.text(ref[name]) != ""]
	key := keys[0]
	value := _prefixed(key, revisions.text(ref[key]))
} else := [[], "", ""]

_prefixed("tag", value) := concat("", ["refs/tags/", value])

_prefixed("branch", value) := concat("", ["refs/heads/", value])

_prefixed("semver", value) := concat("", [">=", value])

_prefixed(key, value) := value if key in {"commit", "name"}

# METADATA
# description: |
#   Charts and artifacts from outside of the repository, as `{obj, path, name, version}`: the place and text
#   of the version.
charts := array.flatten([_of_argo, _of_releases, _of_artifacts, _of_k3s, _of_kustomize])

_of_argo := [{"obj": entry.obj, "path": path, "name": name, "version": version} |
	some entry in argo
	not _is_git(entry.source)
	name := revisions.text(object.get(entry.source, "chart", entry.source.repoURL))
	path := array.concat(entry.path, ["targetRevision"])
	version := revisions.text(object.get(entry.source, "targetRevision", ""))
	not _is_left_out(entry.obj, version)
]

_chart_specs := {
	"HelmRelease": ["helm.toolkit.fluxcd.io", ["spec", "chart", "spec"]],
	"HelmChart": ["source.toolkit.fluxcd.io", ["spec"]],
}

# A chart in a Git repository or a bucket has the version that it has there.
_of_releases := [{"obj": obj, "path": array.concat(place, ["version"]), "name": name, "version": version} |
	some kind, [group, place] in _chart_specs
	some obj in _of(group, kind)
	spec := object.get(obj.object, place, null)
	is_object(spec)
	name := _chart_name(obj, spec)
	object.get(spec, ["sourceRef", "kind"], "HelmRepository") == "HelmRepository"
	version := revisions.text(object.get(spec, "version", ""))
	not _is_left_out(obj, version)
	not _is_patched_in(obj, version)
]

_chart_name(obj, spec) := spec.chart if {
	is_string(spec.chart)
} else := obj.name if {
	obj.partial
}

# The version that a patch sets is that of the release.
_is_patched_in(obj, "") if {
	some patch in k8s.known_of_kind(obj.object.kind)
	patch.partial
	patch.name == obj.name
	revisions.text(object.get(patch.object, ["spec", "chart", "spec", "version"], "")) != ""
}

_of_artifacts := [{"obj": obj, "path": array.concat(["spec", "ref"], place), "name": obj.object.spec.url, "version": version} |
	some obj in _of("source.toolkit.fluxcd.io", "OCIRepository")
	is_string(obj.object.spec.url)
	ref := object.get(obj.object, ["spec", "ref"], {})
	keys := [name | some name in ["digest", "semver", "tag"]; revisions.text(ref[name]) != ""]
	place := array.slice(keys, 0, 1)
	version := concat("", [revisions.text(ref[key]) | some key in place])
	not _is_left_out(obj, version)
]

_of_k3s := [{"obj": obj, "path": ["spec", "version"], "name": chart, "version": version} |
	some obj in _of("helm.cattle.io", "HelmChart")
	chart := obj.object.spec.chart
	is_string(chart)
	not contains(chart, ".tgz")
	version := revisions.text(object.get(obj.object, ["spec", "version"], ""))
	not _is_left_out(obj, version)
]

_of_kustomize := [{"obj": obj, "path": [list, index, "version"], "name": name, "version": version} |
	some obj in _of("kustomize.config.k8s.io", "Kustomization")
	some list in ["helmCharts", "helmChartInflationGenerator"]
	some index, chart in k8s.items_at(obj.object, [list])
	is_object(chart)
	some key in ["repo", "chartRepo"]
	is_string(chart[key])
	name := revisions.text(object.get(chart, "name", object.get(chart, "chartName", "")))
	version := revisions.text(object.get(chart, "version", object.get(chart, "chartVersion", "")))
]

# METADATA
# description: "What a kustomization names by URL, as `{obj, path, url}`."
remote_bases := [{"obj": obj, "path": [list, index], "url": url} |
	some kind in ["Kustomization", "Component"]
	some obj in _of("kustomize.config.k8s.io", kind)
	some list in ["resources", "bases", "components", "crds"]
	some index, url in k8s.items_at(obj.object, [list])
	repositories.address(url)
	_is_remote(url)
]

# `base.d/app` is a folder; a repository has a scheme, a login, a host that is known, or a query.
_is_remote(url) if regex.match(`^([a-z][a-z0-9+.-]*::|[a-z][a-z0-9+.-]*://|[\w.-]+@[\w.-]+:)`, url)

_is_remote(url) if regex.match(`^(github\.com|gitlab\.com|bitbucket\.org|dev\.azure\.com)[/:]`, url)

_is_remote(url) if regex.match(`[?&](ref|version|timeout|submodules)=`, url)
