# METADATA
# title: Workload goes around the mesh, or the mesh lets everybody in
# description: |
#   Mutual TLS says who is there; it denies nobody, and it protects only what goes through the proxies. Looks at
#   pods that stay out of the mesh of their namespace, at ports and addresses that proxies leave alone, at
#   Istio's DestinationRules, AuthorizationPolicies and Sidecars, and at Linkerd's identities.
#
#   A pod that stays out of a mesh is medium, and high for an agent; one level less where the Namespace is not
#   in the set, so that nothing says that it is in a mesh. Left alone are Jobs and other pods that end by
#   themselves (a sidecar keeps them running), pods in the network of their node, the namespaces of Istio and
#   Linkerd themselves, and what `bypassAllowed` names, such as database operators that break behind a proxy.
#
#   Excluded ports are medium where they are the pod's own, other than those of metrics and probes, or those of
#   Vault and OpenBao (8200 and 8201); so are all ports, and address ranges that hold a whole cluster.
#
#   A DestinationRule that switches TLS off is high for a host in the mesh: one whose namespace is part of it
#   or is the rule's own, or all of them. It is medium where that is not known, and nothing for other hosts and
#   for the API server. Not to verify a certificate is high for every host. `SIMPLE` without a CA is low for
#   services of the cluster, whose certificates the CAs of the system do not vouch for; since Istio 1.21 those
#   are used where none is named, so that for a host outside it is right.
#
#   A rule without any condition in a policy that allows is high; low for a gateway, whose work it is to let
#   others in. `principals: ["*"]`, like `identities: ["*"]` with Linkerd, lets in whatever has an identity and
#   is medium; low where it is for some operations only. Whether every namespace of agents in a mesh has a
#   policy is asked under the profiles `strict` and `agents`, and with `requireAuthz`, which also asks where it
#   is not known whether there is a mesh; it is low where everything is in the set (`completeness: full`),
#   otherwise merely noted (info). `ALLOW_ANY` for the ways out of a namespace of agents is low.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/security/authorization-policy/
#   - ref: https://istio.io/latest/docs/reference/config/networking/destination-rule/
#   - ref: https://istio.io/latest/docs/reference/config/annotations/
#   - ref: https://linkerd.io/2/reference/proxy-configuration/
# custom:
#   severity: medium
#   confidence: medium
#   scope: set
#   needs: []
#   kinds:
#     - AuthorizationPolicy
#     - MeshTLSAuthentication
#     - ServerAuthorization
#     - DestinationRule
#     - Sidecar
#     - Namespace
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
#     Keep workloads in the mesh, and name who may call them; what is not named is denied:
#
#     ```yaml
#     apiVersion: security.istio.io/v1
#     kind: AuthorizationPolicy
#     metadata:
#       name: planner-to-tools
#       namespace: agents
#     spec:
#       selector:
#         matchLabels: {app: tool-server}
#       action: ALLOW
#       rules:
#         - from:
#             - source:
#                 principals: [cluster.local/ns/agents/sa/planner]
#     ```
#
#     In a DestinationRule leave `tls` out, or set `mode: ISTIO_MUTUAL`, for services of the mesh.
#   variants:
#     injection-disabled:
#       severity: medium
#       message: "`{text}` keeps these pods out of the mesh: what they send and receive is neither encrypted nor checked"
#     tls-disabled:
#       severity: high
#       message: "Traffic to this host leaves the mesh's encryption: use `ISTIO_MUTUAL`, or leave `tls` out"
#     verification-skipped:
#       severity: high
#       message: "Any certificate is taken, so anybody on the way can pose as this host: name its CA in `caCertificates`"
#     ca-missing:
#       severity: low
#       message: "No CA is named for a service of the cluster, so its certificate is not verified, or refused: set `caCertificates`"
#     ports-excluded:
#       severity: medium
#       message: "This keeps {what} out of the mesh"
#     allow-all:
#       severity: high
#       message: "A rule without conditions lets everybody in, also from outside of the mesh"
#     any-identity:
#       severity: medium
#       message: "`*` lets in every workload that has an identity; name those that need it"
#     no-authorization:
#       severity: low
#       message: "Nothing says who may call the agents of namespace `{namespace}`: add an AuthorizationPolicy"
#     outbound-allow-any:
#       severity: low
#       message: "Agents of this namespace reach any host: set `REGISTRY_ONLY` and name hosts in ServiceEntries"
#   params:
#     requireAuthz:
#       type: boolean
#       description: Ask for an authorization policy in every namespace of agents.
#       default: false
#     bypassAllowed:
#       type: array
#       description: "Workloads that may stay out of the mesh: `namespace/name`, a name, or a part of an image's name."
#       default: []
#   frameworks:
#     nsa: ["NSA-NET"]
#     owasp: ["K07:2022", "K05:2025"]
#     pci: ["1.3.1", "7.2.5"]
#     nist: ["AC-3", "AC-4", "SC-8", "IA-9"]
#     iso: ["A.8.22"]
#     cwe: ["CWE-306", "CWE-862", "CWE-295"]
#   practices: [P20, P22, P28]
package portcullis.rules.orchestration["mesh-bypass-or-open-authz"]

import data.portcullis.lib.finding
import data.portcullis.lib.mesh_authorization as authorization
import data.portcullis.lib.mesh_traffic as traffic
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.with_severity(
	finding.new("injection-disabled", leaver.obj, leaver.path, {"text": leaver.text}),
	_severities[leaver.agent][leaver.known],
) if {
	some leaver in traffic.leavers(params.bypassAllowed)
}

_severities := {true: {true: "high", false: "medium"}, false: {true: "medium", false: "low"}}

report contains finding.new("ports-excluded", exclusion.obj, exclusion.path, {"what": exclusion.what}) if {
	some exclusion in traffic.exclusions(params.bypassAllowed)
}

report contains finding.with_severity(finding.new("tls-disabled", setting.obj, _at(setting, "mode"), {}), severity) if {
	some setting in traffic.tls_settings
	setting.tls.mode == "DISABLE"
	severity := {"inside": "high", "unknown": "medium"}[setting.host]
}

report contains finding.new("verification-skipped", setting.obj, _at(setting, "insecureSkipVerify"), {}) if {
	some setting in traffic.tls_settings
	_skips_verification(setting)
}

_skips_verification(setting) if setting.tls.insecureSkipVerify in {true, "true"}

report contains finding.new("ca-missing", setting.obj, _at(setting, "mode"), {}) if {
	some setting in traffic.tls_settings
	setting.tls.mode == "SIMPLE"
	setting.host != "external"
	not setting.obj.partial
	not _skips_verification(setting)
	count([1 | some field in ["caCertificates", "credentialName"]; object.get(setting.tls, field, "") != ""]) == 0
}

_at(setting, field) := array.concat(setting.path, [field])

report contains finding.with_severity(finding.new("allow-all", open.obj, open.path, {}), severity) if {
	some open in authorization.open_rules
	severity := {true: "low", false: "high"}[open.gateway]
}

report contains finding.with_severity(finding.new("any-identity", place.obj, place.path, {}), severity) if {
	some place in authorization.any_identity
	severity := {true: "low", false: "medium"}[place.narrow]
}

report contains finding.with_severity(
	finding.new("no-authorization", place.obj, place.path, {"namespace": place.namespace}),
	_unless_unknown("low"),
) if {
	_asks_for_authorization
	some place in authorization.unauthorized
	place.state in _states
}

_asks_for_authorization if params.requireAuthz == true

_asks_for_authorization if settings.profile in {"strict", "agents"}

default _states := {"inside"}

_states := {"inside", "unknown"} if params.requireAuthz == true

# What is missing here may be in another repository.
_unless_unknown(severity) := severity if settings.completeness == "full"

_unless_unknown(_) := "info" if settings.completeness != "full"

report contains finding.new("outbound-allow-any", place.obj, place.path, {}) if {
	some place in authorization.open_outbound
}
