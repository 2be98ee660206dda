# METADATA
# title: Long-lived bootstrap credential instead of workload identity
# description: |
#   Looks at how controllers and workloads prove to a secret store or a cloud who they are: the `auth` of
#   stores and generators of External Secrets Operator, `VaultAuth` of Vault Secrets Operator, credentials of
#   the CSI driver, issuers of cert-manager, provider configurations of Crossplane, and variables of containers.
#
#   A key that is kept to fetch other keys is itself a secret that nothing rotates, and it opens all that the
#   store holds. An identity of the workload (IRSA, EKS Pod Identity, Workload Identity of Google or Azure, the
#   Kubernetes or JWT method of Vault) is short-lived and bound to one ServiceAccount. With Azure Key Vault a
#   service principal is what an omitted `authType` means. An AppRole is medium: its secret id can be limited
#   in time and use.
#
#   Keys of AWS in a container are medium where the container names an endpoint that is not in the manifest,
#   and left alone where the endpoint is not one of AWS: stores of files that speak S3 know no identities.
#   Entries of Secrets by such names are medium, since the Secret alone does not say who uses it. Values that
#   stand in the manifest itself have rules of their own.
#
#   Left alone: keys with a session token beside them, which expire; stores and DNS services that know
#   nothing but a token, such as 1Password Connect, Doppler, GitHub or Cloudflare; platforms in
#   `identityUnavailableFor`, for clusters that have no identity provider; methods in `allowedStaticAuth`. What
#   is left alone still has to be rotated: `rotation/rotation-schedule-undeclared` asks for the schedule. What
#   stands in files of examples (`exampleGlobs`) is low.
# related_resources:
#   - ref: https://external-secrets.io/latest/provider/aws-access/
#   - ref: https://external-secrets.io/latest/provider/azure-key-vault/
#   - ref: https://developer.hashicorp.com/vault/docs/auth/kubernetes
#   - ref: https://cert-manager.io/docs/configuration/acme/dns01/route53/
# custom:
#   severity: high
#   confidence: high
#   scope: object
#   needs: []
#   kinds:
#     - SecretStore
#     - ClusterSecretStore
#     - ClusterGenerator
#     - ACRAccessToken
#     - ECRAuthorizationToken
#     - GCRAccessToken
#     - STSSessionToken
#     - VaultDynamicSecret
#     - VaultAuth
#     - VaultAuthGlobal
#     - Issuer
#     - ClusterIssuer
#     - ProviderConfig
#     - ClusterProviderConfig
#     - Secret
#     - SealedSecret
#     - ExternalSecret
#     - ClusterExternalSecret
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
#     - ClusterTask
#     - TaskRun
#     - Pipeline
#     - PipelineRun
#     - Sandbox
#     - SandboxTemplate
#     - SandboxClaim
#     - Agent
#   remediation: |
#     Let the ServiceAccount be the identity, and delete the stored key:
#
#     ```yaml
#     apiVersion: external-secrets.io/v1
#     kind: SecretStore
#     metadata:
#       name: billing
#       namespace: billing
#     spec:
#       provider:
#         aws:
#           service: SecretsManager
#           region: eu-west-1
#           auth: {jwt: {serviceAccountRef: {name: billing-eso}}}
#     ```
#
#     Vault: `auth.kubernetes` with a role for that ServiceAccount. Google: `auth.workloadIdentity`. Azure:
#     `authType: WorkloadIdentity`. A workload that calls a cloud itself runs as an annotated ServiceAccount, and
#     the SDK finds the identity without any variable.
#   variants:
#     store-static-key:
#       severity: high
#       message: "The store is reached with a long-lived credential (`{method}`); use the identity of a ServiceAccount"
#     store-app-role:
#       severity: medium
#       message: "The store is reached with an AppRole, whose secret id is one more secret to rotate; use `auth.kubernetes`"
#     generator-static-key:
#       severity: high
#       message: "The generator uses a long-lived credential (`{method}`); use the identity of a ServiceAccount"
#     vault-operator-static-auth:
#       severity: medium
#       message: "Vault is reached with a stored credential (`{method}`); use the method `kubernetes`"
#     csi-publish-secret:
#       severity: medium
#       message: "The volume hands the CSI driver a stored credential; use the identity of the pod's ServiceAccount"
#     issuer-static-key:
#       severity: medium
#       message: "The issuer uses a stored credential (`{method}`); use the identity of cert-manager's ServiceAccount"
#     crossplane-static-key:
#       severity: medium
#       message: "The provider uses a stored credential; use `source: IRSA`, `PodIdentity`, `InjectedIdentity` or `OIDCTokenFile`"
#     workload-static-key:
#       severity: high
#       message: "`{name}` gives the container a long-lived credential; use the identity of its ServiceAccount"
#     secret-of-static-keys:
#       severity: medium
#       message: "`{name}` is a long-lived credential by its name; let the workload use the identity of its ServiceAccount"
#   params:
#     allowedStaticAuth:
#       type: array
#       description: "Methods that may be used, such as `vault.appRole`, `aws.secretRef` or `env.VAULT_TOKEN`; `*` stands for any text."
#       default: []
#     identityUnavailableFor:
#       type: array
#       description: "Platforms for which the clusters have no identity provider: `aws`, `gcp`, `azure`, `vault`, `kubernetes`."
#       default: []
#     exampleGlobs:
#       type: array
#       description: Files that are examples; findings in them are low.
#       default: ["**/docs/**", "**/examples/**", "**/samples/**", "**/testdata/**"]
#   frameworks:
#     nsa: ["NSA-AUTH"]
#     owasp: ["K08:2022", "K03:2025", "K06:2022", "K09:2025", "K08:2025"]
#     pci: ["8.6.2", "8.6.3"]
#     soc2: ["CC6.1"]
#     nist: ["IA-5", "IA-9", "AC-2"]
#     iso: ["A.5.16", "A.8.5"]
#     cwe: ["CWE-798", "CWE-522", "CWE-262"]
#   practices: [P02, P21, P22]
#   yields-to:
#     - secrets/private-key-material
#     - secrets/known-token-or-url-credential
#     - secrets/secret-manifest-plaintext
#     - secrets/env-literal-credential
package portcullis.rules.stores["static-credential-for-store-or-cloud"]

import data.portcullis.lib.evidence
import data.portcullis.lib.finding
import data.portcullis.lib.secret_uses
import data.portcullis.lib.settings
import data.portcullis.lib.store_cloud_keys as cloud_keys
import data.portcullis.lib.store_static_auth as static_auth
import data.portcullis.lib.store_views as views

params := settings.params(rego.metadata.chain())

_is_excused(_, platform) if platform in params.identityUnavailableFor

_is_excused(method, _) if views.matches_any(params.allowedStaticAuth, method)

report contains _in_example(finding.new(_variants[auth.kind], auth.obj, auth.path, {"method": auth.method}), auth.obj) if {
	some auth in static_auth.methods
	not _is_excused(auth.method, auth.platform)
}

_variants := {
	"store": "store-static-key",
	"app-role": "store-app-role",
	"generator": "generator-static-key",
	"vault-operator": "vault-operator-static-auth",
	"issuer": "issuer-static-key",
	"crossplane": "crossplane-static-key",
}

# Only Azure's provider is given a service principal in this way as a rule.
report contains finding.new("csi-publish-secret", use.obj, use.path, {}) if {
	not _is_excused("csi.nodePublishSecretRef", "azure")
	some use in secret_uses.judged
	use.mode == "nodePublish"
	driver := object.get(use.obj.object, array.concat(array.slice(use.path, 0, count(use.path) - 2), ["driver"]), "")
	is_string(driver)
	startswith(driver, "secrets-store")
}

report contains _in_example(_weighed(finding.new("workload-static-key", key.obj, key.path, {"name": key.name}), key), key.obj) if {
	some key in cloud_keys.in_workloads
	not _is_excused(concat(".", ["env", key.name]), key.platform)
}

_weighed(found, key) := found if key.sure

_weighed(found, key) := finding.with_severity(found, "medium") if not key.sure

report contains finding.new("secret-of-static-keys", key.obj, key.path, {"name": key.name}) if {
	some key in array.concat(cloud_keys.in_secrets, cloud_keys.in_external)
	not _is_excused(concat(".", ["env", key.name]), key.platform)
}

_in_example(found, obj) := evidence.lowered(found, obj.file, params.exampleGlobs)
