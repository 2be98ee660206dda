# METADATA
# title: Cluster declaration leaves Secrets unencrypted in etcd
# description: |
#   Looks at what decides how the API server writes Secrets: an `EncryptionConfiguration`, the arguments of
#   the API server in a static pod, in kubeadm's `ClusterConfiguration` and in Cluster API's control planes, and
#   clusters of EKS, GKE and AKS as objects. Without encryption, whoever gets a backup of etcd, or its disk,
#   has every Secret of the cluster.
#
#   Of several entries for Secrets (`secrets`, `*.`, `*.*`) the first counts, and of its providers the first
#   writes. `aescbc` first is low: KMS v2 keeps the key out of the file. Version 1 of KMS, which an omitted
#   `apiVersion` means, is deprecated.
#
#   EKS wraps all that its API server writes from Kubernetes 1.28 on, with a key of Amazon's: there a cluster
#   without a key of yours is low. Providers whose default suffices to you are named in
#   `providerDefaultEncrypted`. Patches are not judged for what they lack. Keys that stand in the file are the
#   business of `secrets/custom-resource-inline-credential`.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/
#   - ref: https://kubernetes.io/docs/tasks/administer-cluster/kms-provider/
#   - ref: https://docs.aws.amazon.com/eks/latest/userguide/envelope-encryption.html
#   - ref: https://cloud.google.com/kubernetes-engine/docs/how-to/encrypting-secrets
#   - ref: https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption
# custom:
#   severity: high
#   confidence: high
#   scope: object
#   needs: []
#   kinds:
#     - EncryptionConfiguration
#     - EncryptionConfig
#     - Pod
#     - ClusterConfiguration
#     - KubeadmControlPlane
#     - KubeadmControlPlaneTemplate
#     - Cluster
#     - ClusterConfig
#     - AWSManagedControlPlane
#     - ContainerCluster
#     - ManagedCluster
#     - AzureManagedControlPlane
#     - KubernetesCluster
#   remediation: |
#     Let a KMS provider write, and keep the old one behind it until all Secrets are written again:
#
#     ```yaml
#     apiVersion: apiserver.config.k8s.io/v1
#     kind: EncryptionConfiguration
#     resources:
#       - resources: [secrets]
#         providers:
#           - kms: {apiVersion: v2, name: cloud-kms, endpoint: "unix:///run/kms/kms.sock"}
#           - identity: {}
#     ```
#
#     Then write every Secret anew: `kubectl get secrets -A -o json | kubectl replace -f -`.
#   variants:
#     secrets-not-covered:
#       severity: critical
#       message: "No entry of this configuration is for `secrets`: they are written in clear text"
#     identity-first:
#       severity: critical
#       message: "The first provider writes, and `identity` writes Secrets in clear text; put it last"
#     local-key-first:
#       severity: low
#       message: "`aescbc` keeps its key in a file next to etcd, and is open to padding attacks; prefer KMS v2"
#     kms-version-one:
#       severity: medium
#       message: "Version 1 of KMS is deprecated, and what an omitted `apiVersion` means; set `apiVersion: v2`"
#     api-server-without-encryption:
#       severity: medium
#       message: "The API server has no `--encryption-provider-config`: Secrets are written to etcd in clear text"
#     cluster-without-envelope:
#       severity: medium
#       message: "The cluster names no key for Secrets ({provider}); add one of yours, so that who holds etcd does not hold them"
#   params:
#     providerDefaultEncrypted:
#       type: array
#       description: "Managed clusters whose encryption by default suffices: `eks`, `gke`, `aks`."
#       default: []
#   frameworks:
#     cis: ["1.2.27", "1.2.28"]
#     nsa: ["NSA-SEC"]
#     owasp: ["K08:2022", "K03:2025", "K09:2022", "K07:2025"]
#     pci: ["3.6.1.2", "8.3.2"]
#     soc2: ["CC6.1", "CC6.7"]
#     nist: ["SC-28(1)", "SC-12"]
#     iso: ["A.8.24"]
#     cwe: ["CWE-311", "CWE-312"]
#   practices: [P02, P17]
package portcullis.rules.stores["secrets-not-encrypted-at-rest"]

import data.portcullis.lib.encryption_at_rest as encryption
import data.portcullis.lib.finding
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.new("secrets-not-covered", found.obj, ["resources"], {}) if {
	some found in encryption.configurations
	not found.covered
	not found.obj.partial
}

report contains finding.new(variant, found.obj, path, {}) if {
	some found in encryption.configurations
	some variant, path in _first_provider(found)
}

_first_provider(found) := {"identity-first": found.path} if {
	found.provider == "identity"
} else := {"local-key-first": found.path} if {
	found.provider == "aescbc"
} else := {"kms-version-one": array.concat(found.path, ["apiVersion"])} if {
	found.provider == "kms"
	object.get(found.settings, "apiVersion", "v1") in {"v1", "", null}
} else := {}

report contains finding.new("api-server-without-encryption", found.obj, found.path, {}) if some found in encryption.unconfigured

report contains finding.with_severity(
	finding.new("cluster-without-envelope", found.obj, found.path, {"provider": found.provider}),
	{true: "low", false: "medium"}[found.by_default],
) if {
	some found in encryption.unwrapped
	not found.provider in params.providerDefaultEncrypted
}
