# METADATA
# title: Nobody is named who owns a secret or a grant
# description: |
#   When somebody leaves, when a secret leaks, or when an auditor asks, each secret and each grant needs somebody
#   to turn to. Looks at what makes Secrets (Secret, SealedSecret, ExternalSecret, the Vault Secrets Operator's
#   kinds, SecretProviderClass, Certificate, secrets of clouds), at stores, roles, bindings, ServiceAccounts,
#   NetworkPolicies, PeerAuthentications, and at workloads of agents.
#
#   The keys of `requiredMetadata` may be labels or annotations. They may stand on the object, on its Namespace,
#   in a kustomization (`commonAnnotations`, `commonLabels`, `labels`), or in the `commonMetadata` of the Flux
#   Kustomization whose path holds the file; objects of a chart have those of their HelmRelease, Application or
#   HelmChart. What a chart renders to is therefore not judged. The class is asked only of what makes a Secret.
#   Left alone are patches, objects with an owner reference, roles that Kubernetes brings, and accounts named
#   `default`.
#
#   Hardly any repository has our annotations before somebody decides to use them, so that asking for them
#   everywhere would bury whatever else there is to say. They are asked for where a repository has decided so:
#   where at least half of these objects name an owner, where `requiredMetadata` says something of its own, and
#   with `strict`, which the profile of that name switches on. The same goes for tickets: a ClusterRoleBinding
#   for a person is to say why (`portcullis/ticket`) or until when (`portcullis/expires`) where another one does,
#   which is low, and with `strict`, which makes it medium. An owner that is not in `knownOwners`, where these are given, and a class that nobody knows
#   are reported in any case. Classes are those of `rotation/rotation-schedule-undeclared`, and `non-credential`.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
#   - ref: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/commonannotations/
#   - ref: https://fluxcd.io/flux/components/kustomize/kustomizations/#common-metadata
# custom:
#   severity: low
#   confidence: medium
#   scope: set
#   needs: []
#   kinds:
#     - Secret
#     - ExternalSecret
#     - ClusterExternalSecret
#     - VaultStaticSecret
#     - VaultDynamicSecret
#     - VaultPKISecret
#     - SecretProviderClass
#     - SealedSecret
#     - Certificate
#     - SecretManagerSecret
#     - Role
#     - ClusterRole
#     - RoleBinding
#     - ClusterRoleBinding
#     - ServiceAccount
#     - SecretStore
#     - ClusterSecretStore
#     - VaultAuth
#     - NetworkPolicy
#     - PeerAuthentication
#     - Namespace
#     - Kustomization
#     - HelmRelease
#     - Application
#     - HelmChart
#     - Agent
#     - Pod
#     - PodTemplate
#     - ReplicationController
#     - Deployment
#     - StatefulSet
#     - DaemonSet
#     - ReplicaSet
#     - Job
#     - CronJob
#     - Rollout
#     - DeploymentConfig
#     - ScaledJob
#     - Service
#     - Configuration
#     - Revision
#     - Workflow
#     - WorkflowTemplate
#     - ClusterWorkflowTemplate
#     - CronWorkflow
#     - TaskRun
#     - PipelineRun
#     - Sandbox
#     - SandboxTemplate
#     - SandboxClaim
#   remediation: |
#     Say it once, for everything that a kustomization applies:
#
#     ```yaml
#     # kustomization.yaml
#     commonAnnotations:
#       portcullis/owner: team-billing
#       portcullis/class: db-dynamic
#     labels:
#       - pairs:
#           app.kubernetes.io/part-of: billing
#     ```
#
#     or for a namespace:
#
#     ```yaml
#     apiVersion: v1
#     kind: Namespace
#     metadata:
#       name: billing
#       annotations:
#         portcullis/owner: team-billing
#     ```
#   variants:
#     metadata-missing:
#       severity: low
#       message: "Nothing says {keys} of this object, nor of its namespace or of what applies it"
#     owner-unknown:
#       severity: low
#       message: "The owner is none of the known ones"
#     class-unknown:
#       severity: low
#       message: "Nobody knows this class of secrets; known are {classes}"
#     ticket-missing:
#       severity: low
#       message: "Gives a person rights in the whole cluster, and nothing says why or until when: annotate {keys}"
#   params:
#     requiredMetadata:
#       type: array
#       description: "Keys of labels or annotations; `<prefix>` stands for the prefix of our annotations."
#       default: ["app.kubernetes.io/part-of", "<prefix>/owner", "<prefix>/class"]
#     knownOwners:
#       type: array
#       description: Names that an owner may have; any where the list is empty.
#       default: []
#     strict:
#       type: boolean
#       description: Ask for all of it, whether or not the repository uses it already.
#       default: false
#   frameworks:
#     owasp: ["K05:2022", "K10:2025"]
#     pci: ["7.2.4", "8.6.1", "12.5.1"]
#     soc2: ["CC6.2", "CC6.3"]
#     nist: ["CM-8", "AC-2", "AU-3"]
#     iso: ["A.5.9", "A.5.12", "A.5.18"]
#   practices: [P13, P15, P17]
package portcullis.rules.audit["ownership-metadata-missing"]

import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.ownership
import data.portcullis.lib.ownership_grants as grants
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.new("metadata-missing", bearer.obj, ownership.place(bearer.obj, missing[0]), {"keys": ownership.text(missing)}) if {
	_are_keys_in_use
	some bearer in ownership.bearers
	missing := ownership.missing(bearer, params.requiredMetadata)
	count(missing) > 0
}

_are_keys_in_use if params.strict == true

_defaults := {"app.kubernetes.io/part-of", "<prefix>/owner", "<prefix>/class"}

_are_keys_in_use if {key | some key in k8s.list(params.requiredMetadata)} != _defaults

_are_keys_in_use if {
	key := settings.annotation("owner")
	ownership.is_said(key)
	owned := [1 | some bearer in ownership.bearers; ownership.says(bearer, key)]
	count(owned) * 2 >= count(ownership.bearers)
	count(owned) > 0
}

report contains finding.new("owner-unknown", obj, ownership.place(obj, key), {}) if {
	count(k8s.list(params.knownOwners)) > 0
	key := settings.annotation("owner")
	some obj in ownership.speakers
	owner := ownership.own(obj)[key]
	not owner in params.knownOwners
}

report contains finding.new("class-unknown", obj, ownership.place(obj, key), {"classes": ownership.text(sort(_classes))}) if {
	key := settings.annotation("class")
	some obj in ownership.speakers
	class := ownership.own(obj)[key]
	not class in _classes
}

_classes := {"api-key", "password", "db-dynamic", "tls", "signing-key", "agent-token", "default", "non-credential"} | _configured

default _configured := set()

_configured := object.keys(data.settings.params["rotation/rotation-schedule-undeclared"].maxRotationDays)

report contains finding.with_severity(
	finding.new("ticket-missing", binding, ownership.place(binding, settings.annotation("ticket")), {"keys": grants.keys}),
	severity,
) if {
	_are_tickets_in_use
	some binding in grants.unexplained
	severity := {true: "medium", false: "low"}[params.strict]
}

_are_tickets_in_use if params.strict == true

_are_tickets_in_use if grants.are_explained
