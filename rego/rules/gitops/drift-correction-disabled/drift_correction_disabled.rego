# METADATA
# title: GitOps lets Secrets, RBAC or policies drift
# description: |
#   What is in Git only holds in the cluster where the controller puts it back after somebody changed it by
#   hand. This looks at where Argo CD and Flux are told not to, for the kinds in `protectedKinds`: Secrets,
#   roles and bindings, network and mesh policies, admission webhooks and policies, and secret stores.
#
#   Ignored fields (Argo CD's `ignoreDifferences` in Applications and `argocd-cm`, `ignore` in Flux): the rules
#   of a Role and the subjects of a binding are high, since a right given by hand then stays; other fields
#   are medium as a whole and low in part. Changes that people make with kubectl, by the name of their field
#   manager, are medium. Left alone are fields that controllers fill in: `caBundle` of webhooks, the rules of
#   aggregated ClusterRoles, and Secrets that an ExternalSecret creates, which are not in Git.
#
#   Suspended Kustomizations and HelmReleases, and objects of these kinds that Flux is told to ignore, are
#   medium; those that it only creates are low. So are, for kinds other than Secret, objects that Argo CD is
#   told not to prune or not to count. An Application without self-healing or pruning and a Kustomization
#   without pruning are low where the folder that they deploy lies in this repository and holds such kinds;
#   of other folders nothing is known. Drift detection of a HelmRelease that is switched off is low, and that
#   only warns is for information; that it is not switched on is the default, and only reported in the
#   profile `strict`.
# related_resources:
#   - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/
#   - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/
#   - ref: https://fluxcd.io/flux/components/kustomize/kustomizations/
#   - ref: https://fluxcd.io/flux/components/helm/helmreleases/#drift-detection
# custom:
#   severity: high
#   confidence: high
#   scope: set
#   needs: [repository]
#   kinds:
#     - Application
#     - ApplicationSet
#     - ConfigMap
#     - Kustomization
#     - HelmRelease
#     - ExternalSecret
#     - Secret
#     - Role
#     - ClusterRole
#     - RoleBinding
#     - ClusterRoleBinding
#     - NetworkPolicy
#     - CiliumNetworkPolicy
#     - CiliumClusterwideNetworkPolicy
#     - PeerAuthentication
#     - AuthorizationPolicy
#     - ValidatingWebhookConfiguration
#     - MutatingWebhookConfiguration
#     - ValidatingAdmissionPolicy
#     - ValidatingAdmissionPolicyBinding
#     - SecretStore
#     - ClusterSecretStore
#     - SecretProviderClass
#   remediation: |
#     Let the controller put back and prune what it deploys, and narrow what it ignores to what controllers set:
#
#     ```yaml
#     spec:
#       syncPolicy:
#         automated:
#           prune: true
#           selfHeal: true
#       ignoreDifferences:
#         - group: admissionregistration.k8s.io
#           kind: ValidatingWebhookConfiguration
#           jqPathExpressions: [".webhooks[].clientConfig.caBundle"]
#     ```
#
#     In Flux, set `prune: true`, remove `suspend`, and give HelmReleases `driftDetection: {mode: enabled}`.
#   variants:
#     rights-ignored:
#       severity: high
#       message: "Leaves `{field}` of every {kind} as it is in the cluster: a right that is given by hand stays"
#     field-ignored:
#       severity: medium
#       message: "Leaves `{field}` of {kind} as it is in the cluster, whatever Git says"
#     manual-changes-ignored:
#       severity: medium
#       message: "Leaves what `{manager}` changed as it is, so what people change by hand stays"
#     suspended:
#       severity: medium
#       message: "{what} is suspended: the cluster no longer follows Git"
#     object-ignored:
#       severity: medium
#       message: "`{option}` keeps this {kind} from being put back to what Git says"
#     no-self-heal:
#       severity: low
#       message: "Nothing puts back what is changed by hand; this deploys {kinds}"
#     no-prune:
#       severity: low
#       message: "What is deleted in Git stays in the cluster; this deploys {kinds}"
#     drift-detection-off:
#       severity: low
#       message: "Drift detection is switched off: what is changed by hand stays until the next upgrade"
#     drift-detection-unset:
#       severity: low
#       message: "Drift detection is off unless `driftDetection.mode` says otherwise"
#       profiles: [strict]
#     drift-detection-warns:
#       severity: info
#       message: "Drift is only told of, and not corrected"
#   params:
#     protectedKinds:
#       type: array
#       description: "Kinds whose objects must not drift."
#       default:
#         - Secret
#         - Role
#         - ClusterRole
#         - RoleBinding
#         - ClusterRoleBinding
#         - NetworkPolicy
#         - CiliumNetworkPolicy
#         - CiliumClusterwideNetworkPolicy
#         - PeerAuthentication
#         - AuthorizationPolicy
#         - ValidatingWebhookConfiguration
#         - MutatingWebhookConfiguration
#         - ValidatingAdmissionPolicy
#         - ValidatingAdmissionPolicyBinding
#         - SecretStore
#         - ClusterSecretStore
#         - ExternalSecret
#         - SecretProviderClass
#   frameworks:
#     owasp: ["K04:2022", "K04:2025"]
#     pci: ["6.5.1", "1.2.2"]
#     soc2: ["CC8.1"]
#     nist: ["CM-3", "CM-6", "SI-7"]
#     iso: ["A.8.32", "A.8.9"]
#     cwe: ["CWE-693"]
#   practices: [P13, P17, P19]
package portcullis.rules.gitops["drift-correction-disabled"]

import data.portcullis.lib.drift_corrections as corrections
import data.portcullis.lib.drift_ignores
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.rbac
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

_protected := {kind | some kind in k8s.list(params.protectedKinds)}

report contains finding.with_severity(finding.new(variant, entry.obj, entry.path, args), severity) if {
	some entry in drift_ignores.fields
	_is_protected(entry.kind)
	not corrections.is_left_to_controllers(entry)
	[variant, severity] := corrections.weight(entry)
	args := {"kind": _kind(entry.kind), "field": concat("/", array.concat([""], entry.steps))}
}

report contains finding.new("manual-changes-ignored", entry.obj, entry.path, {"manager": entry.manager}) if {
	some entry in drift_ignores.managers
	_is_protected(entry.kind)
	startswith(lower(entry.manager), "kubectl")
}

report contains finding.new("suspended", obj, ["spec", "suspend"], {"what": k8s.describe(obj)}) if {
	some obj in corrections.flux
	obj.object.spec.suspend == true
}

report contains finding.with_severity(finding.new("object-ignored", obj, path, args), severity) if {
	some kind in _protected
	some obj in k8s.of_kind(kind)
	some [path, option, severity] in corrections.options(obj)
	args := {"option": option, "kind": kind}
}

report contains finding.new(variant, entry.obj, path, {"kinds": rbac.listed(kinds)}) if {
	some entry in corrections.deployers
	kinds := {kind | some kind in entry.kinds} & _protected
	count(kinds) > 0
	some [variant, path] in entry.missing
}

report contains finding.new(variant, obj, ["spec", "driftDetection", "mode"], {}) if {
	some obj in k8s.of_kind("HelmRelease")
	variant := corrections.detection(obj)
}

_is_protected("*")

_is_protected(kind) if kind in _protected

_kind("*") := "objects of any kind"

_kind(kind) := kind if kind != "*"
