# METADATA
# title: Secrets Store CSI volume or its provider class is broken, or leaks into a Secret
# description: |
#   Looks at volumes of the Secrets Store CSI driver, of GKE's build of it and of the Vault Secrets
#   Operator, and at SecretProviderClasses. Such a volume gives each pod what it needs, in memory and only
#   while it runs; that is lost where the volume cannot be mounted, and where the driver copies the values
#   into a Secret.
#
#   A volume that is not `readOnly: true` is high: the driver refuses it, so that the pod does not start,
#   and nobody may notice before the next node is drained. The operator's driver is not known to refuse it:
#   medium. So are volumes that name no class, classes that lack what their provider cannot do without, the
#   pod identity of Azure that is no longer maintained, and providers that are not in `approvedProviders`.
#
#   `secretObjects` make the driver copy into a Secret (low); where containers take that one as variables,
#   the volume is a mere detour (medium). The driver makes the Secret only while a pod mounts the class.
#   That no such pod is there, or no class of a name, is only known where everything is in the set: with
#   `completeness: full` these are medium, else they are noted (info).
#
#   Left alone: copies that are needed as Secrets, for TLS of an Ingress or Gateway and for pulling images,
#   by their type or by how they are used; those in `allowSyncFor`; those of a class whose annotation
#   `portcullis/sync-reason` says why. Patches are not judged by what they lack. A Secret with which the
#   driver logs in to the store (`nodePublishSecretRef`), and mounts by `subPath`, are for other rules.
# related_resources:
#   - ref: https://secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret
#   - ref: https://secrets-store-csi-driver.sigs.k8s.io/topics/best-practices
#   - ref: https://secrets-store-csi-driver.sigs.k8s.io/concepts
# custom:
#   severity: medium
#   confidence: high
#   scope: set
#   needs: []
#   kinds:
#     - SecretProviderClass
#     - CSISecrets
#     - Ingress
#     - Gateway
#     - HelmRelease
#     - ServiceAccount
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
#     - Task
#     - TaskRun
#     - PipelineRun
#     - Sandbox
#     - SandboxTemplate
#     - Agent
#   remediation: |
#     Mount the class read-only, and read the files instead of a copy:
#
#     ```yaml
#     volumes:
#       - name: creds
#         csi:
#           driver: secrets-store.csi.k8s.io
#           readOnly: true
#           volumeAttributes: {secretProviderClass: billing-db}
#     ---
#     apiVersion: secrets-store.csi.x-k8s.io/v1
#     kind: SecretProviderClass
#     metadata: {name: billing-db, namespace: billing}
#     spec:
#       provider: vault
#       parameters:
#         vaultAddress: https://vault.security.svc:8200
#         roleName: billing-agent
#         objects: |
#           - objectName: password
#             secretPath: kv/data/billing/db
#             secretKey: password
#     ```
#
#     Where something does need a Secret, say what: `portcullis/sync-reason: TLS of the Ingress`.
#   variants:
#     not-read-only:
#       severity: high
#       message: "The driver refuses a volume that is not `readOnly: true`: the pod does not start"
#       fixes: [{key: readOnly, set: true}]
#     class-unnamed:
#       severity: medium
#       message: "The volume names no {kind}; set `{attribute}`, without which there is nothing to mount"
#     class-unknown:
#       severity: medium
#       message: "There is no {kind} `{name}` in this namespace of the set: the pod waits for it"
#     mirrored:
#       severity: low
#       message: "The driver copies what it mounts into the Secret `{secret}`, where everyone reads it who may read Secrets"
#     mirrored-into-environment:
#       severity: medium
#       message: "Containers take `{secret}` as variables, a copy of what the volume mounts: read the files instead"
#     mirror-without-mount:
#       severity: medium
#       message: "The Secret `{secret}` is used, but no pod mounts this class: the driver makes it only while one does"
#     parameters-missing:
#       severity: medium
#       message: "The class lacks `{missing}`, without which the provider mounts nothing"
#     pod-identity:
#       severity: medium
#       message: "Azure's pod identity is no longer maintained: log in with workload identity (`clientID`)"
#     provider-unapproved:
#       severity: medium
#       message: "`{provider}` is none of the approved providers"
#     deprecated-version:
#       severity: low
#       message: "`v1alpha1` is deprecated: write `secrets-store.csi.x-k8s.io/v1`"
#       fixes: [{key: apiVersion, set: secrets-store.csi.x-k8s.io/v1}]
#   params:
#     approvedProviders:
#       type: array
#       description: Providers that classes may use. By default those that the driver's documentation lists, and OpenBao's.
#       default: [vault, openbao, aws, azure, gcp, gke, akeyless, conjur, barbican, cpln, infisical]
#     allowSyncFor:
#       type: array
#       description: "Secrets that may be made from a class, as `name`, `namespace/name` or by type."
#       default:
#         - kubernetes.io/tls
#         - kubernetes.io/dockerconfigjson
#         - kubernetes.io/dockercfg
#   related:
#     taken: Taken as a variable here
#     used: Used here
#   frameworks:
#     cis: ["5.4.2"]
#     owasp: ["K08:2022", "K03:2025"]
#     nist: ["SC-28", "CM-6"]
#     iso: ["A.8.24"]
#     cwe: ["CWE-522"]
#   practices: [P03, P06]
package portcullis.rules.injection["csi-secret-volume-misuse"]

import data.portcullis.lib.finding
import data.portcullis.lib.provider_classes
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.with_severity(
	finding.new("not-read-only", volume.obj, array.concat(volume.path, ["readOnly"]), {}),
	{true: "high", false: "medium"}[volume.driver.strict],
) if {
	some volume in provider_classes.volumes
	_may_be_written(volume)
}

report contains finding.new("class-unnamed", volume.obj, path, args) if {
	some volume in provider_classes.volumes
	volume.name == ""
	not volume.obj.partial
	path := array.concat(volume.path, ["volumeAttributes", volume.driver.attribute])
	args := {"kind": volume.driver.kind, "attribute": volume.driver.attribute}
}

report contains finding.with_severity(found, _where_complete) if {
	some volume in provider_classes.volumes
	volume.name != ""
	not _is_template(volume.name)
	not provider_classes.is_known(volume)
	path := array.concat(volume.path, ["volumeAttributes", volume.driver.attribute])
	found := finding.new("class-unknown", volume.obj, path, {"kind": volume.driver.kind, "name": volume.name})
}

report contains finding.new("mirrored", mirror.obj, mirror.path, {"secret": mirror.name}) if {
	some mirror in _mirrors
	count(_of_mode(mirror, {"env", "envFrom", "tls", "imagePullSecrets"})) == 0
}

report contains finding.related(found, [_place(use, "taken") | some use in uses]) if {
	some mirror in _mirrors
	uses := _of_mode(mirror, {"env", "envFrom"})
	count(uses) > 0
	found := finding.new("mirrored-into-environment", mirror.obj, mirror.path, {"secret": mirror.name})
}

report contains finding.related(finding.with_severity(found, _where_complete), [_place(use, "used") | some use in mirror.uses]) if {
	some mirror in provider_classes.mirrors
	count(mirror.uses) > 0
	not mirror.obj.partial
	not provider_classes.is_mounted(mirror.obj)
	found := finding.new("mirror-without-mount", mirror.obj, mirror.path, {"secret": mirror.name})
}

report contains finding.new("parameters-missing", obj, path, {"missing": concat("`, `", missing)}) if {
	some obj in provider_classes.classes
	not obj.partial
	missing := provider_classes.missing(obj)
	count(missing) > 0
	path := {true: ["spec"], false: ["spec", "parameters"]}[missing == ["provider"]]
}

report contains finding.new("pod-identity", obj, ["spec", "parameters", "usePodIdentity"], {}) if {
	some obj in provider_classes.classes
	obj.object.spec.provider == "azure"
	obj.object.spec.parameters.usePodIdentity in {"true", true}
}

report contains finding.new("provider-unapproved", obj, ["spec", "provider"], {"provider": provider}) if {
	some obj in provider_classes.classes
	provider := obj.object.spec.provider
	is_string(provider)
	trim_space(provider) != ""
	not _is_template(provider)
	not provider in params.approvedProviders
}

report contains finding.new("deprecated-version", obj, ["apiVersion"], {}) if {
	some obj in provider_classes.classes
	endswith(obj.object.apiVersion, "/v1alpha1")
}

_mirrors := [mirror |
	some mirror in provider_classes.mirrors
	not provider_classes.is_excused(mirror, params.allowSyncFor)
]

_of_mode(mirror, modes) := [use | some use in mirror.uses; use.mode in modes]

_place(use, label) := {"object": use.obj.id, "path": use.path, "label": label}

_may_be_written(volume) if volume.csi.readOnly == false

_may_be_written(volume) if {
	object.get(volume.csi, "readOnly", null) == null
	not volume.obj.partial
}

# What is absent from a part of the set may well be in another.
default _where_complete := "info"

_where_complete := "medium" if settings.completeness == "full"

_is_template(text) if regex.match(`\{\{|\$[({]`, text)
