# METADATA
# title: Service mesh does not insist on mutual TLS
# description: |
#   A mesh that also takes plaintext protects nobody: whoever gets a pod on the network can speak to the
#   others without a certificate, and tokens that agents and services hand each other can be read and used
#   again. Looks at Istio's PeerAuthentications, at the default inbound policy of Linkerd (annotations,
#   `Server`, the chart's values), at Consul's `mutualTLSMode`, at Kuma's `Mesh` and `MeshTLS`, and at Cilium's
#   `authentication`.
#
#   `PERMISSIVE` and `DISABLE` are high. `UNSET`, or no mode at all, takes over the mode of the policy above,
#   which is that of the namespace or of the root namespace; where there is none it means PERMISSIVE. In the
#   root namespace that is certain and medium; elsewhere, like a namespace of the mesh with workloads and no
#   policy for it, it is medium where everything is in the set (`completeness: full`) and merely noted (info)
#   otherwise, since the policy of the mesh often lies in another repository. A namespace counts as part of
#   the mesh by its label, or by labels of its pods where it is not in the set itself.
#
#   Single ports that take plaintext are medium; list those of metrics and health checks in `plaintextPorts`.
#   A port without a `selector` is refused by Istio, and a policy with a `selector` in the root namespace is
#   ignored by it, so neither does what its author expects. In ambient mode `DISABLE` does not exist; it is
#   low there. For Linkerd, what is open is medium, and high for agents; the chart's own default is open, so
#   an installation that leaves it unset counts as well, unless something else can set it.
#
#   `mesh` narrows the rule to one mesh, and `none` switches it off: then network policies carry the weight
#   alone. A migration is what a waiver with a date is for.
# related_resources:
#   - ref: https://istio.io/latest/docs/reference/config/security/peer_authentication/
#   - ref: https://linkerd.io/2/reference/authorization-policy/
#   - ref: https://docs.cilium.io/en/stable/network/servicemesh/mutual-authentication/mutual-authentication/
#   - ref: https://developer.hashicorp.com/consul/docs/reference/config-entry/service-defaults
#   - ref: https://kuma.io/docs/latest/policies/meshtls/
# custom:
#   severity: high
#   confidence: high
#   scope: set
#   needs: []
#   kinds:
#     - PeerAuthentication
#     - Namespace
#     - Server
#     - ServiceDefaults
#     - ProxyDefaults
#     - Mesh
#     - MeshTLS
#     - CiliumNetworkPolicy
#     - CiliumClusterwideNetworkPolicy
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
#     - TaskRun
#     - PipelineRun
#     - Sandbox
#     - SandboxTemplate
#   remediation: |
#     Ask for mutual TLS in the whole mesh, with one policy in the root namespace, or namespace by namespace:
#
#     ```yaml
#     apiVersion: security.istio.io/v1
#     kind: PeerAuthentication
#     metadata:
#       name: default
#       namespace: agents
#     spec:
#       mtls:
#         mode: STRICT
#     ```
#
#     With Linkerd, annotate the namespace with `config.linkerd.io/default-inbound-policy: all-authenticated`, or
#     set `proxy.defaultInboundPolicy` in the values of the control plane.
#   variants:
#     plaintext-accepted:
#       severity: high
#       message: "Mode `{mode}` takes plaintext, so that anybody on the network can speak to these workloads: use `STRICT`"
#     inherits-nothing:
#       severity: medium
#       message: "No mode is set here and no policy stands above, so plaintext is taken: set `mode: STRICT`"
#     no-policy:
#       severity: medium
#       message: "Workloads of namespace `{namespace}` are in the mesh, and no PeerAuthentication asks for mutual TLS"
#     port-plaintext:
#       severity: medium
#       message: "Port {port} takes plaintext (`{mode}`)"
#     port-without-selector:
#       severity: low
#       message: "Ports only count together with a `selector`: Istio refuses this policy"
#     selector-in-root:
#       severity: medium
#       message: "Istio ignores a policy with a `selector` in the root namespace: it protects nothing"
#     ambient-disable:
#       severity: low
#       message: "`DISABLE` has no effect in ambient mode; say what is meant"
#     open-inbound-default:
#       severity: medium
#       message: "Linkerd's policy `{policy}` takes connections without TLS: use `all-authenticated`, `cluster-authenticated` or `deny`"
#     permissive-allowed:
#       severity: medium
#       message: "Any service may be made permissive, and so take plaintext: remove this once the migration is over"
#     authentication-disabled:
#       severity: medium
#       message: "This rule switches mutual authentication off; use `required`"
#   params:
#     mesh:
#       type: string
#       description: "The mesh in use; `auto` judges whatever is found, `none` switches the rule off."
#       default: auto
#       enum: [auto, istio, linkerd, cilium, none]
#     rootNamespace:
#       type: string
#       description: The namespace whose policies hold for the whole Istio mesh.
#       default: istio-system
#     plaintextPorts:
#       type: array
#       description: Port numbers that may take plaintext, such as those of metrics and health checks.
#       default: []
#   frameworks:
#     nsa: ["NSA-NET"]
#     owasp: ["K07:2022", "K05:2025"]
#     pci: ["4.2.1", "2.2.7"]
#     soc2: ["CC6.7"]
#     nist: ["SC-8", "SC-8(1)", "IA-9", "SC-23"]
#     iso: ["A.8.20", "A.8.24"]
#     cwe: ["CWE-319", "CWE-300"]
#   practices: [P22, P28]
package portcullis.rules.orchestration["mtls-not-strict"]

import data.portcullis.lib.finding
import data.portcullis.lib.mesh
import data.portcullis.lib.mesh_authentication as authentication
import data.portcullis.lib.mesh_inbound as inbound
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

_on(name) if params.mesh in {"auto", name}

# Of Istio's policies, those that it takes into account; patches say only part of what holds.
_policies := [policy |
	_on("istio")
	some policy in authentication.policies
]

_effective := [policy | some policy in _policies; not _is_ignored(policy)]

_is_ignored(policy) if {
	policy.obj.namespace == params.rootNamespace
	policy.selects
}

report contains finding.new("selector-in-root", policy.obj, ["spec", "selector"], {}) if {
	some policy in _policies
	_is_ignored(policy)
}

_mode := ["spec", "mtls", "mode"]

report contains finding.new(variant, policy.obj, _mode, {"mode": policy.mode}) if {
	some policy in _effective
	variant := _variants[policy.mode][_is_ambient(policy)]
}

_variants := {
	"PERMISSIVE": {true: "plaintext-accepted", false: "plaintext-accepted"},
	"DISABLE": {true: "ambient-disable", false: "plaintext-accepted"},
}

default _is_ambient(_) := false

_is_ambient(policy) if "ambient" in mesh.joined_by(policy.obj.namespace)

report contains finding.with_severity(finding.new("inherits-nothing", policy.obj, _mode, {}), severity) if {
	some policy in _effective
	policy.mode == "UNSET"
	not policy.obj.partial
	not authentication.has_parent(policy, params.rootNamespace)
	severity := {true: "medium", false: _unless_unknown("medium")}[policy.obj.namespace == params.rootNamespace]
}

report contains finding.with_severity(
	finding.new("no-policy", place.obj, place.path, {"namespace": place.namespace}),
	_unless_unknown("medium"),
) if {
	_on("istio")
	some place in authentication.without_policy(params.rootNamespace)
}

# What is missing here may be in another repository.
_unless_unknown(severity) := severity if settings.completeness == "full"

_unless_unknown(_) := "info" if settings.completeness != "full"

report contains finding.new("port-plaintext", policy.obj, ["spec", "portLevelMtls", found.port, "mode"], found) if {
	some policy in _effective
	policy.selects
	some found in authentication.plaintext_ports(policy, params.plaintextPorts)
}

report contains finding.new("port-without-selector", policy.obj, ["spec", "portLevelMtls"], {}) if {
	some policy in _effective
	not policy.selects
	not policy.obj.partial
	count(policy.obj.object.spec.portLevelMtls) > 0
}

report contains finding.with_severity(finding.new("open-inbound-default", place.obj, place.path, {"policy": place.policy}), severity) if {
	_on("linkerd")
	some place in inbound.linkerd
	severity := {true: "high", false: "medium"}[place.agent]
}

report contains finding.new("plaintext-accepted", place.obj, place.path, {"mode": place.mode}) if {
	some place in inbound.permissive
	_on(place.tool)
}

report contains finding.new("permissive-allowed", place.obj, place.path, {}) if {
	_on("consul")
	some place in inbound.permissive_allowed
}

report contains finding.new("authentication-disabled", place.obj, place.path, {}) if {
	_on("cilium")
	some place in inbound.unauthenticated
}
