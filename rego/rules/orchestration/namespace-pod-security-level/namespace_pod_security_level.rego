# METADATA
# title: Namespace does not enforce a Pod Security level
# description: |
#   Looks at the labels by which Pod Security Admission judges the pods of a namespace, on Namespaces and on
#   templates of them: Capsule's Tenant, the anchors of hierarchical namespaces. Checks of manifests are advice;
#   these labels are what the API server turns pods away by, whoever writes them.
#
#   `enforce` is to be at least `minLevel`, and `restricted` where agents run (namespaces labelled
#   `portcullis/zone: agents`). Without the label anything goes, unless the cluster's own configuration says
#   otherwise. A key that is not one of the six labels is read by nobody, and one among the annotations neither.
#   `audit` and `warn` cost nothing, so they are best at `restricted`: they tell what the next level would break.
#   A version that is not pinned moves with the cluster, which most people want: it is only told.
#
#   Left alone: the cluster's own namespaces (`kube-*`, `openshift-*`), the ones in
#   `privilegedNamespacesAllowed`, those that a `PodSecurityConfiguration` in the set exempts, and missing labels
#   where its default is strict enough. Of patches and templates, only what they set is judged.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-admission/
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/enforce-standards-namespace-labels/
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/enforce-standards-admission-controller/
# custom:
#   severity: high
#   confidence: high
#   scope: set
#   needs: []
#   kinds: [Namespace, Tenant, SubnamespaceAnchor, HierarchyConfiguration, AdmissionConfiguration, PodSecurityConfiguration]
#   remediation: |
#     Label the namespace:
#
#     ```yaml
#     apiVersion: v1
#     kind: Namespace
#     metadata:
#       name: agents
#       labels:
#         pod-security.kubernetes.io/enforce: restricted
#         pod-security.kubernetes.io/audit: restricted
#         pod-security.kubernetes.io/warn: restricted
#     ```
#
#     Where pods do not comply yet, start with `enforce: baseline` and leave `audit` and `warn` at `restricted`.
#   variants:
#     enforce-missing:
#       severity: medium
#       message: "Nothing is enforced in namespace `{namespace}`: set the label `pod-security.kubernetes.io/enforce: {level}`"
#     enforce-privileged:
#       severity: high
#       message: "`enforce: privileged` lets every pod in, also one that takes over the node: set at least `{level}`"
#     below-minimum:
#       severity: medium
#       message: "`enforce: {found}` is less than `{level}`, which is due here"
#     unknown-label:
#       severity: high
#       message: "`{key}` is nothing that Pod Security Admission reads: see how its labels are spelled"
#     unknown-level:
#       severity: high
#       message: "The value of `{key}` is no level: use `restricted`, `baseline` or `privileged`"
#     version-unpinned:
#       severity: info
#       message: "What `enforce` means moves with the cluster's version; `enforce-version` pins it"
#     version-old:
#       severity: low
#       message: "`enforce-version: {found}` leaves out what the standard has learned since; use `{version}` or newer"
#     audit-or-warn-weak:
#       severity: low
#       message: "`{modes}` say less than `restricted`, so that nobody learns what is missing for it"
#       fixes: [{key: pod-security.kubernetes.io/audit, set: restricted}, {key: pod-security.kubernetes.io/warn, set: restricted}]
#   params:
#     minLevel:
#       type: string
#       description: "The least that namespaces have to enforce; those of agents have to enforce `restricted` always."
#       default: baseline
#       enum: [baseline, restricted]
#     privilegedNamespacesAllowed:
#       type: array
#       description: "Namespaces that may be privileged, such as those of network and storage plugins. `*` stands for any characters."
#       default:
#         - calico-system
#         - ceph-csi*
#         - cilium
#         - csi*
#         - datadog
#         - falco
#         - gpu-operator
#         - istio-cni
#         - kured
#         - linkerd-cni
#         - longhorn-system
#         - metallb-system
#         - monitoring
#         - node-feature-discovery
#         - observability
#         - openebs
#         - prometheus
#         - rook-ceph
#         - secrets-store-csi*
#         - tigera-operator
#         - velero
#     minPsaVersion:
#       type: string
#       description: "The oldest version of the standards to pin, such as `v1.25`."
#       default: "v1.25"
#   frameworks:
#     cis: ["5.2.1"]
#     nsa: ["NSA-POD"]
#     owasp: ["K01:2022", "K01:2025", "K04:2022", "K04:2025"]
#     pci: ["2.2.1"]
#     nist: ["CM-6", "CM-7", "AC-6"]
#     iso: ["A.8.9"]
#     cwe: ["CWE-1188"]
#   practices: [P27]
package portcullis.rules.orchestration["namespace-pod-security-level"]

import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.pod_security_levels as levels
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.new(variant, source.obj, path, args) if {
	some source in _judged
	some [variant, path, args] in _problems(source)
	not _is_severe(source, variant)
}

report contains finding.with_severity(finding.new(variant, source.obj, path, args), "high") if {
	some source in _judged
	some [variant, path, args] in _problems(source)
	_is_severe(source, variant)
}

_is_severe(source, variant) if {
	variant == "enforce-missing"
	levels.is_for_agents(source)
}

_judged := [source | some source in levels.sources; not _is_excused(source)]

_is_excused(source) if {
	some name in source.names
	some pattern in array.concat(["kube-*", "openshift-*", "openshift"], k8s.list(params.privilegedNamespacesAllowed))
	glob.match(pattern, [], name)
}

_is_excused(source) if {
	some name in source.names
	name in levels.cluster_exemptions
}

_problems(source) := ((_missing(source) | _set(source)) | _versions(source)) | (levels.unknown(source) | _advice(source))

_due(source) := "restricted" if {
	levels.is_for_agents(source)
} else := "restricted" if {
	settings.profile == "strict"
} else := params.minLevel

_missing(source) := {["enforce-missing", levels.place(source, "enforce"), {"namespace": source.obj.name, "level": _due(source)}] |
	source.is_namespace
	not source.obj.partial
	levels.value(source, "enforce") == null
	not _is_strict_enough(levels.cluster_default, _due(source))
}

_is_strict_enough(level, due) if levels.rank[level] >= levels.rank[due]

_set(source) := {[variant, levels.place(source, "enforce"), {"found": level, "level": _due(source)}] |
	level := levels.value(source, "enforce")
	levels.rank[level] < levels.rank[_due(source)]
	variant := {true: "enforce-privileged", false: "below-minimum"}[level == "privileged"]
}

_versions(source) := {["version-unpinned", levels.place(source, "enforce-version"), {}] |
	levels.rank[levels.value(source, "enforce")] > 0
	not source.obj.partial
	levels.value(source, "enforce-version") in {null, "latest"}
} | {["version-old", levels.place(source, "enforce-version"), {"found": found, "version": params.minPsaVersion}] |
	found := levels.value(source, "enforce-version")
	levels.version(found) < levels.version(params.minPsaVersion)
}

# Where the strictest level is enforced, there is nothing left to be told.
_advice(source) := {["audit-or-warn-weak", levels.place(source, weak[0]), {"modes": concat("` and `", weak)}] |
	source.is_namespace
	not source.obj.partial
	levels.value(source, "enforce") in {"baseline", "privileged"}
	weak := [mode | some mode in ["audit", "warn"]; levels.is_weak(levels.value(source, mode))]
	count(weak) > 0
}
