# METADATA
# title: What is deployed is not pinned, or cannot be rolled back
# description: |
#   What a reviewer approved is what runs only where the revision says exactly one thing. This looks at the
#   sources of Argo CD and Flux, at charts with their versions and at what a kustomization takes from a URL.
#
#   A branch of a Git repository (`HEAD`, `main`, none at all) can be changed by whoever may push there: medium
#   for a repository of somebody else, low for another one of the same owner, for information where nothing
#   tells whose it is. That Argo CD or Flux follows a branch of this very repository is how GitOps works, and
#   only reported, for information, in the profile `strict`. Bases and files that a kustomization takes from a
#   URL without a tag or a commit are medium, of one's own repositories low. A range of versions is low, and
#   so is one in a `Chart.yaml` without `Chart.lock`. A commit, a tag with a version in it, a digest, and what
#   a template fills in are left alone; so are branches in `allowedBranches`, such as one for each environment.
#
#   To go back, there must be something to go back to: no history of a workload, an Application or a release
#   is low, and so is a key-value store of Vault in version 1, which keeps no older values. A release that Flux
#   leaves as it is when an upgrade fails is reported in the profile `strict`, as that is the default. Deleting
#   a cloud secret for good at once, without the time in which it can be restored, is medium.
# related_resources:
#   - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/tracking_strategies/
#   - ref: https://fluxcd.io/flux/components/source/gitrepositories/#reference
#   - ref: https://fluxcd.io/flux/components/helm/helmreleases/#configuring-failure-handling
#   - ref: https://helm.sh/docs/helm/helm_dependency_build/
#   - ref: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/
# custom:
#   severity: medium
#   confidence: high
#   scope: set
#   needs: [repository]
#   kinds:
#     - Application
#     - ApplicationSet
#     - GitRepository
#     - OCIRepository
#     - HelmRelease
#     - HelmChart
#     - HelmChartFile
#     - Kustomization
#     - Component
#     - Deployment
#     - StatefulSet
#     - DaemonSet
#     - Rollout
#     - SecretStore
#     - ClusterSecretStore
#     - VaultStaticSecret
#     - Secret
#   remediation: |
#     Name a tag or a commit, the version of a chart, and keep what can be gone back to:
#
#     ```yaml
#     spec:
#       source:
#         repoURL: https://github.com/acme/agents.git
#         targetRevision: v1.14.2
#       revisionHistoryLimit: 10
#     ```
#
#     Let Renovate or the like propose new versions, so that each of them is reviewed. Run `helm dependency
#     update` and commit `Chart.lock`.
#   variants:
#     foreign-branch:
#       severity: medium
#       message: "Follows {revision} of {repository}: whoever may push there changes what runs here"
#     own-branch:
#       severity: info
#       message: "Follows {revision} of this repository"
#       profiles: [strict]
#     version-range:
#       severity: low
#       message: "The version of {name} is not pinned ({version}): another one may be installed tomorrow"
#     remote-base-unpinned:
#       severity: medium
#       message: "Takes manifests from {repository} without a tag or a commit: whoever may push there changes what runs here"
#     unlocked-dependency:
#       severity: low
#       message: "The version of {name} is a range ({version}), and no `Chart.lock` says which one was reviewed"
#     no-history:
#       severity: low
#       message: "Keeps no earlier revision, so there is none to go back to"
#       fixes: [{key: revisionHistoryLimit}, {key: maxHistory}]
#     no-remediation:
#       severity: low
#       message: "A failed upgrade is left as it is; set `upgrade.remediation.retries`"
#       profiles: [strict]
#     store-without-versions:
#       severity: low
#       message: "Version 1 of Vault's key-value store keeps no earlier values of a secret"
#     no-recovery:
#       severity: medium
#       message: "A deleted secret is gone at once, without the time in which it can be restored"
#   params:
#     allowedBranches:
#       type: array
#       description: "Branches that may be followed, as globs such as `env/*`."
#       default: []
#   frameworks:
#     owasp: ["K02:2022"]
#     pci: ["6.5.1", "6.3.2"]
#     soc2: ["CC8.1"]
#     nist: ["CM-2(3)", "CM-3", "SA-10", "CP-9"]
#     iso: ["A.8.32"]
#     cwe: ["CWE-829", "CWE-494"]
#   practices: [P13, P14]
package portcullis.rules.gitops["revision-not-pinned-or-no-rollback"]

import data.portcullis.lib.finding
import data.portcullis.lib.gitops_sources as sources
import data.portcullis.lib.k8s
import data.portcullis.lib.repositories
import data.portcullis.lib.revisions
import data.portcullis.lib.rollback
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.with_severity(finding.new(variant, entry.obj, entry.path, args), severity) if {
	some entry in sources.git
	revisions.git(entry.revision) == "branch"
	not _is_allowed(entry.shown)
	[variant, severity] := _branches[_relation(entry)]
	args := {"revision": _named(entry.shown), "repository": repositories.address(entry.url)}
}

_branches := {
	"foreign": ["foreign-branch", "medium"],
	"same-owner": ["foreign-branch", "low"],
	"unknown": ["foreign-branch", "info"],
	"own": ["own-branch", "info"],
}

_relation(entry) := "own" if entry.own

_relation(entry) := repositories.relation(entry.url) if not entry.own

_is_allowed(branch) if {
	some pattern in k8s.list(params.allowedBranches)
	is_string(pattern)
	glob.match(pattern, ["/"], branch)
}

_named("") := "the default branch"

_named(revision) := concat("", ["`", revision, "`"]) if revision != ""

report contains finding.new("version-range", entry.obj, entry.path, args) if {
	some entry in sources.git
	revisions.git(entry.revision) == "range"
	args := {"name": repositories.address(entry.url), "version": entry.shown}
}

report contains finding.new("version-range", entry.obj, entry.path, args) if {
	some entry in sources.charts
	revisions.is_loose(entry.version)
	args := {"name": entry.name, "version": _version(entry.version)}
}

_version("") := "none is named"

_version(version) := version if version != ""

report contains finding.with_severity(finding.new("remote-base-unpinned", entry.obj, entry.path, args), severity) if {
	some entry in sources.remote_bases
	revisions.of_url(entry.url) == "loose"
	severity := {true: "low", false: "medium"}[repositories.relation(entry.url) in {"own", "same-owner"}]
	args := {"repository": repositories.address(entry.url)}
}

report contains finding.new("unlocked-dependency", obj, ["dependencies", index, "version"], args) if {
	some obj in k8s.of_kind("HelmChartFile")
	not obj.object.locked
	some index, dependency in k8s.items_at(obj.object, ["dependencies"])
	not startswith(revisions.text(dependency.repository), "file://")
	revisions.text(dependency.repository) != ""
	version := revisions.text(dependency.version)
	revisions.is_loose(version)
	args := {"name": revisions.text(dependency.name), "version": _version(version)}
}

report contains finding.new(variant, obj, path, {}) if some [variant, obj, path] in rollback.missing
