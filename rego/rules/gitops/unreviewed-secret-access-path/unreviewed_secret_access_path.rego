# METADATA
# title: Files that decide who gets at secrets lack a code owner
# description: |
#   Looks at the files with roles and bindings, network policies, secret stores and what they fetch, mesh
#   authentication, Namespaces with pod security labels, and `.sops.yaml`, and asks the repository's
#   CODEOWNERS file who has to review a change to them. Without an owner, whoever may approve anything may
#   approve that.
#
#   The file is read as GitHub reads it: the first of `.github/CODEOWNERS`, `CODEOWNERS` and
#   `docs/CODEOWNERS` counts; in it the last pattern that fits decides; lines with what is not valid there
#   (`!`, `[a-z]`) are skipped. Sections of GitLab are understood, too. A file that no pattern fits, or whose
#   last pattern has no owner, is medium. The configuration of this gate and its baseline decide what is
#   checked at all: without an owner they are high.
#
#   A pattern with one person as the only owner is low, since nobody else is asked and that person's own
#   changes go unreviewed. In a file with GitLab's sections a name may be that of a group, so none is reported.
#
#   A repository without any CODEOWNERS file is told of once, and only in the profiles `strict` and `agents`:
#   many have their reviews ruled in another way. Left alone are repositories with one maintainer
#   (`soloRepo`), and what lies in packaged charts. Whether the branch is protected, and who approved, is not
#   known here.
# related_resources:
#   - ref: https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
#   - ref: https://docs.gitlab.com/user/project/codeowners/reference/
# custom:
#   severity: high
#   confidence: high
#   scope: object
#   needs: [repository]
#   kinds:
#     - "*"
#   remediation: |
#     Give these paths to a team, below any broader pattern, since the last one that fits decides:
#
#     ```
#     # .github/CODEOWNERS
#     *                    @acme/developers
#     /policy/             @acme/platform-security
#     **/rbac*.yaml        @acme/platform-security
#     .sops.yaml           @acme/platform-security
#     /.portcullis.yaml    @acme/platform-security
#     /.github/CODEOWNERS  @acme/platform-security
#     ```
#
#     Then require a review from code owners in the rules of the branch.
#   variants:
#     gate-without-owner:
#       severity: high
#       message: "`{codeowners}` gives `{file}` no owner: whoever changes it decides what this gate checks"
#     no-owner:
#       severity: medium
#       message: "No pattern of `{codeowners}` fits this file, which decides who gets at secrets ({kind})"
#       once: file
#     owner-removed:
#       severity: medium
#       message: "The last pattern of `{codeowners}` that fits this file, `{pattern}`, has no owner, and it decides who gets at secrets ({kind})"
#       once: file
#     single-owner:
#       severity: low
#       message: "Only {owner} is asked about files that decide who gets at secrets; name a team, or a second person"
#     no-code-owners:
#       severity: low
#       message: "There is no CODEOWNERS file, so nobody in particular is asked about files that decide who gets at secrets"
#       profiles: [strict, agents]
#       once: run
#   params:
#     sensitiveGlobs:
#       type: array
#       description: "Globs of further files that need an owner, such as `policy/**`; they must hold Kubernetes objects."
#       default: []
#     soloRepo:
#       type: boolean
#       description: "Whether the repository has one maintainer, so that there is nobody else to ask."
#       default: false
#   related:
#     entry: "This pattern decides"
#   frameworks:
#     owasp: ["K04:2022", "K04:2025"]
#     pci: ["6.2.3", "6.5.1"]
#     soc2: ["CC8.1"]
#     nist: ["CM-3(4)", "CM-5", "AC-5"]
#     iso: ["A.8.4", "A.8.32", "A.5.3"]
#   practices: [P13, P15]
package portcullis.rules.gitops["unreviewed-secret-access-path"]

import data.portcullis.lib.evidence
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.secret_access
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

_facts := input.facts.codeowners

report contains finding.new("gate-without-owner", obj, [], {"codeowners": _facts.file, "file": obj.file}) if {
	not params.soloRepo
	is_string(_facts.file)
	some obj in k8s.of_kind("GateConfig")
	obj.object.apiVersion == "portcullis/v1"
	_is_unowned(obj)
}

report contains finding.new("no-owner", obj, ["kind"], _args(obj)) if {
	some obj in _sensitive
	_is_unowned(obj)
	_facts.files[obj.file].entry == null
}

report contains finding.related(finding.new("owner-removed", obj, ["kind"], _args(obj)), [place]) if {
	some obj in _sensitive
	_is_unowned(obj)
	pattern := _facts.files[obj.file].entry
	is_string(pattern)
	place := {"object": _facts.object, "path": [pattern], "label": "entry"}
}

report contains finding.new("single-owner", {"id": _facts.object}, [entry], {"owner": owner}) if {
	not _facts.sections
	some obj in _sensitive
	{"owners": [owner], "entry": entry} := _facts.files[obj.file]
	not contains(owner, "/")
	not startswith(owner, "@@")
}

report contains finding.new("no-code-owners", obj, ["kind"], {}) if {
	not params.soloRepo
	_facts.file == null
	some obj in input.objects
	_is_sensitive(obj)
}

_sensitive := [obj |
	not params.soloRepo
	is_string(_facts.file)
	some obj in input.objects
	_is_sensitive(obj)
]

_is_sensitive(obj) if {
	secret_access.decides(obj)
	not _is_packaged(obj)
}

_is_sensitive(obj) if {
	obj.object.apiVersion != "portcullis/v1"
	some pattern in k8s.list(params.sensitiveGlobs)
	evidence.matches_glob(pattern, obj.file)
}

# Who owns what lies in an archive owns the archive.
_is_packaged(obj) if contains(obj.file, ".tgz")

_is_unowned(obj) if count(_facts.files[obj.file].owners) == 0

_args(obj) := {
	"codeowners": _facts.file,
	"kind": obj.object.kind,
	"pattern": _pattern(_facts.files[obj.file].entry),
}

_pattern(entry) := entry if is_string(entry)

_pattern(entry) := "" if not is_string(entry)
