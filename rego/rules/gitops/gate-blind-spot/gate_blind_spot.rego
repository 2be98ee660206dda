# METADATA
# title: Content that is deployed and was not judged
# description: |
#   Silence must not look like compliance. What this gate was asked to judge and could not read ends the run
#   with an error; this tells of what it never gets to see, so that nobody takes a pass for more than it is:
#
#   - charts that are fetched when they are installed, manifests from other repositories, artifacts and
#     buckets, and bases that a kustomization takes from a URL: for information, and low in the profile
#     `strict`, since most repositories have some;
#   - manifests that a program makes: plugins of Argo CD, Jsonnet, functions of kustomize (low);
#   - objects of a kind that the rules know in a version that they don't (low);
#   - manifests in the data of a ConfigMap, which something may apply, and objects other than Secrets that are
#     encrypted, so that their settings cannot be read (for information);
#   - charts of which values switch parts on and that are only rendered with their own values (in the profile
#     `strict`), or not with each of the files in `renderMatrix`.
#
#   `failClosed` makes all of it high. Left alone is what lies in `ignoreGlobs`, and a Git repository of which
#   it is not known whether it is this one.
# related_resources:
#   - ref: https://argo-cd.readthedocs.io/en/stable/operator-manual/config-management-plugins/
#   - ref: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/
# custom:
#   severity: low
#   confidence: high
#   scope: object
#   needs: [repository]
#   kinds:
#     - "*"
#   remediation: |
#     Judge what is fetched as well: commit the chart or the manifests, or run this gate where they come from. Give
#     charts values files that switch on what is used:
#
#     ```yaml
#     # .portcullis.yaml
#     charts:
#       - path: charts/agent
#         values: [charts/agent/values-prod.yaml]
#     ```
#
#     Where something is judged elsewhere, say so with `exclude`.
#   variants:
#     remote-chart:
#       severity: low
#       message: "The chart {name} is fetched when it is installed; what it makes is not judged here"
#     remote-source:
#       severity: low
#       message: "What {name} holds is applied and not judged here"
#     remote-base:
#       severity: low
#       message: "What {name} holds becomes part of this kustomization and is not judged here"
#     made-by-plugin:
#       severity: low
#       message: "{name} makes the manifests when they are applied, so they are not judged here"
#     unknown-version:
#       severity: low
#       message: "The rules do not know {version}; what has moved in it is not seen"
#     embedded-manifests:
#       severity: info
#       message: "This text holds manifests ({kinds}), which are not judged"
#     encrypted-content:
#       severity: info
#       message: "This {kind} is encrypted, so its settings are not judged"
#     rendered-once:
#       severity: info
#       message: "Values switch parts of this chart on, and it is rendered with its own values only"
#       profiles: [strict]
#     rendering-missing:
#       severity: info
#       message: "This chart is not rendered with {names}"
#   params:
#     failClosed:
#       type: boolean
#       description: "Whether what cannot be judged is high, and so fails the gate."
#       default: false
#     renderMatrix:
#       type: array
#       description: "Names of values files, such as `values-prod.yaml`, with each of which every chart with conditions has to be rendered."
#       default: []
#     ignoreGlobs:
#       type: array
#       description: "Globs of files that are not deployed, such as documentation and tests."
#       default: ["**/docs/**", "**/test/**", "**/tests/**", "**/testdata/**", "**/e2e/**"]
#   frameworks:
#     owasp: ["K04:2022", "K04:2025"]
#     pci: ["6.5.1"]
#     soc2: ["CC8.1"]
#     nist: ["CM-6", "SI-10"]
#     iso: ["A.8.9"]
#     cwe: ["CWE-636", "CWE-436"]
#   practices: [P13, P16]
#   yields-to:
#     - gitops/revision-not-pinned-or-no-rollback
package portcullis.rules.gitops["gate-blind-spot"]

import data.portcullis.lib.api_versions
import data.portcullis.lib.blind_spots
import data.portcullis.lib.evidence
import data.portcullis.lib.finding
import data.portcullis.lib.gitops_sources
import data.portcullis.lib.k8s
import data.portcullis.lib.rbac
import data.portcullis.lib.repositories
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.with_severity(finding.new(variant, obj, path, args), _severity(severity)) if {
	some [variant, severity, obj, path, args] in _spots
	not _is_ignored(obj.file)
}

_severity(_) := "high" if params.failClosed

_severity(severity) := severity if not params.failClosed

# Every repository that deploys what others write has these.
_expected := {true: "low", false: "info"}[settings.profile == "strict"]

_is_ignored(file) if {
	some pattern in k8s.list(params.ignoreGlobs)
	evidence.matches_glob(pattern, file)
}

_spots := array.flatten([_remote, _bases, _made, _unknown, _unread, _unrendered])

_remote := array.concat(
	[["remote-chart", _expected, obj, path, {"name": name}] | some [obj, path, name] in blind_spots.charts],
	[["remote-source", _expected, obj, path, {"name": name}] | some [obj, path, name] in blind_spots.sources],
)

_bases := [["remote-base", _expected, entry.obj, entry.path, {"name": repositories.address(entry.url)}] |
	some entry in gitops_sources.remote_bases
]

_made := [["made-by-plugin", "low", obj, path, {"name": name}] | some [obj, path, name] in blind_spots.plugins]

_unknown := [["unknown-version", "low", obj, ["apiVersion"], {"version": obj.object.apiVersion}] |
	some obj in input.objects
	api_versions.is_unknown(obj.object.apiVersion)
]

_unread := array.concat(
	[["embedded-manifests", "info", obj, path, {"kinds": rbac.listed(kinds)}] |
		some [obj, path, kinds] in blind_spots.embedded
	],
	[["encrypted-content", "info", obj, ["sops"], {"kind": obj.object.kind}] | some obj in blind_spots.encrypted],
)

_unrendered := array.concat(
	[["rendered-once", "info", obj, [], {}] |
		some [obj, names] in blind_spots.conditional
		count(names) == 0
	],
	[["rendering-missing", "info", obj, [], {"names": rbac.listed(missing)}] |
		some [obj, names] in blind_spots.conditional
		missing := {wanted |
			some wanted in k8s.list(params.renderMatrix)
			is_string(wanted)
			not _is_rendered_with(wanted, names)
		}
		count(missing) > 0
	],
)

_is_rendered_with(wanted, names) if {
	some name in names
	endswith(concat("", ["/", name]), concat("", ["/", wanted]))
}

# A chart is always rendered with its own values.
_is_rendered_with("values.yaml", _)
