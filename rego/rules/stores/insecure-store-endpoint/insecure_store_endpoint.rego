# METADATA
# title: Secret store reached without verified TLS or run in dev mode
# description: |
#   Looks at the way between a secret store and those who ask it: addresses and switches of stores and
#   generators of External Secrets Operator, connections of Vault Secrets Operator, SecretProviderClasses, the
#   annotations of Vault's and Bank-Vaults' injectors, Vault issuers of cert-manager, models of kagent, variables and
#   commands of containers; and at servers of Vault and OpenBao: arguments, configuration in ConfigMaps, and values of
#   their charts, wherever those are installed.
#
#   Over plain HTTP, or without verifying the certificate, secrets and the tokens that fetch them go to
#   whoever listens. A server in development mode keeps all in memory, unsealed, with a root token that is written down.
#   The charts of Vault and OpenBao switch TLS off by default (`global.tlsDisable: true`); a chart's default counts where
#   nothing else may set the value.
#
#   Variables that switch verification off for all that a program does are high where the container talks to
#   a secret store, else medium. A private host without a CA, and memory that may be swapped, are only
#   noted: the CA may be in the image, and Vault itself asks for `disable_mlock` with some storage.
#
#   Left alone: loopback and unix sockets, such as an agent or proxy in the same pod; hosts in
#   `allowHttpHosts`; switches that are filled in later. Hops inside of namespaces in which a service mesh
#   enforces mutual TLS (`meshStrictNamespaces`, or the annotation `portcullis/mesh: strict` on the object) are low.
#   So is what stands in files of examples (`exampleGlobs`).
# related_resources:
#   - ref: https://developer.hashicorp.com/vault/docs/concepts/production-hardening
#   - ref: https://developer.hashicorp.com/vault/docs/concepts/dev-server
#   - ref: https://developer.hashicorp.com/vault/docs/platform/k8s/helm/configuration
#   - ref: https://external-secrets.io/latest/provider/hashicorp-vault/
# custom:
#   severity: high
#   confidence: high
#   scope: object
#   needs: []
#   kinds:
#     - SecretStore
#     - ClusterSecretStore
#     - ClusterGenerator
#     - VaultDynamicSecret
#     - Webhook
#     - VaultConnection
#     - SecretProviderClass
#     - Issuer
#     - ClusterIssuer
#     - ModelConfig
#     - RemoteMCPServer
#     - Vault
#     - Secret
#     - ConfigMap
#     - HelmValues
#     - HelmRelease
#     - Application
#     - HelmChart
#     - Kustomization
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
#     Reach the store by HTTPS, and say who signed its certificate:
#
#     ```yaml
#     apiVersion: secrets.hashicorp.com/v1beta1
#     kind: VaultConnection
#     metadata:
#       name: vault
#       namespace: billing
#     spec:
#       address: https://vault.security.svc:8200
#       caCertSecretRef: vault-ca
#       skipTLSVerify: false
#     ```
#
#     In the values of the chart, set `global.tlsDisable: false` and give the listener a certificate
#     (`tls_cert_file`, `tls_key_file`), such as one from cert-manager.
#   variants:
#     plain-http:
#       severity: high
#       message: "Reaches a secret store over plain HTTP: secrets and tokens can be read on the way; use `https://`"
#     verification-off:
#       severity: high
#       message: "Does not verify the store's certificate, so that anybody can pose as it; trust its CA instead"
#     client-verification-off:
#       severity: high
#       message: "`{name}` switches the verification of certificates off for all that the container does; trust the CA instead"
#     command-verification-off:
#       severity: high
#       message: "Fetches from a secret store without verifying its certificate; give the command the CA (`--cacert`)"
#     dev-server:
#       severity: critical
#       message: "Runs the store in development mode: unsealed, in memory, with a root token that is written down"
#     listener-without-tls:
#       severity: high
#       message: "The store listens without TLS; give it a certificate, and set `tls_disable` or `global.tlsDisable` to false"
#     memory-may-swap:
#       severity: info
#       message: "`disable_mlock` lets secrets reach the swap space of the node; make sure that it has none"
#     private-ca-unset:
#       severity: info
#       message: "Nothing says which CA signed the certificate of this private host"
#   params:
#     meshStrictNamespaces:
#       type: array
#       description: "Namespaces in which a service mesh enforces mutual TLS; `*` stands for any text."
#       default: []
#     allowHttpHosts:
#       type: array
#       description: "Hosts that may be reached over plain HTTP; `*` stands for any text."
#       default: []
#     exampleGlobs:
#       type: array
#       description: Files that are examples; findings in them are low.
#       default: ["**/docs/**", "**/examples/**", "**/samples/**", "**/testdata/**"]
#   frameworks:
#     nsa: ["NSA-NET"]
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["2.2.7", "8.3.2"]
#     soc2: ["CC6.7"]
#     nist: ["SC-8(1)", "SC-23", "SC-17"]
#     iso: ["A.8.24"]
#     cwe: ["CWE-295", "CWE-319"]
#   practices: [P02, P22, P28]
package portcullis.rules.stores["insecure-store-endpoint"]

import data.portcullis.lib.evidence
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.settings
import data.portcullis.lib.store_clients as clients
import data.portcullis.lib.store_endpoints as endpoints
import data.portcullis.lib.store_servers as servers
import data.portcullis.lib.store_views as views

params := settings.params(rego.metadata.chain())

report contains _in_example(_hop(finding.new("plain-http", entry.obj, entry.path, {}), entry.obj, namespace), entry.obj) if {
	some entry in array.concat(endpoints.addresses, clients.addresses)
	regex.match(`^http://`, entry.url)
	host := endpoints.host(entry.url)
	not endpoints.is_loopback(host)
	not views.matches_any(params.allowHttpHosts, host)
	namespace := endpoints.namespace_of(host, entry.obj.namespace)
}

report contains _in_example(_hop(finding.new("verification-off", entry.obj, entry.path, {}), entry.obj, entry.obj.namespace), entry.obj) if {
	some entry in endpoints.unverified
}

report contains _in_example(_weighed(found, entry), entry.obj) if {
	some entry in clients.unverified
	found := finding.new("client-verification-off", entry.obj, entry.path, {"name": entry.name})
}

_weighed(found, entry) := found if entry.sure

_weighed(found, entry) := finding.with_severity(found, "medium") if not entry.sure

report contains _in_example(finding.new("command-verification-off", entry.obj, entry.path, {}), entry.obj) if {
	some entry in clients.commands
}

report contains _in_example(finding.new("dev-server", entry.obj, entry.path, {}), entry.obj) if {
	some entry in servers.in_development
}

report contains _in_example(_hop(finding.new("listener-without-tls", entry.obj, entry.path, {}), entry.obj, entry.obj.namespace), entry.obj) if {
	some entry in servers.without_tls
}

report contains finding.new("memory-may-swap", entry.obj, entry.path, {}) if some entry in servers.swappable

report contains finding.new("private-ca-unset", entry.obj, entry.path, {}) if some entry in endpoints.unsigned

# A mesh that enforces mutual TLS covers the way inside of its namespaces.
_hop(found, obj, namespace) := finding.with_severity(found, "low") if {
	_is_meshed(obj, namespace)
} else := found

_is_meshed(_, namespace) if views.matches_any(params.meshStrictNamespaces, namespace)

_is_meshed(obj, _) if k8s.annotations(obj)[settings.annotation("mesh")] == "strict"

_in_example(found, obj) := evidence.lowered(found, obj.file, params.exampleGlobs)
