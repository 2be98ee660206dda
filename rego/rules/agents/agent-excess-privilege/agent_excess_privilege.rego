# METADATA
# title: AI agent holds rights with which it can take over more
# description: |
#   Whoever can get a text in front of an agent's model can use what the agent may do. This rule follows an agent
#   to its ServiceAccount, to the bindings of that account, and to the policy rules that they put in effect, in
#   its own namespace as well. The finding stands on the field that names the account, or where that is made by
#   a controller, on what configures the pod; what grants the right is a related place.
#
#   Reading or changing Secrets, running code in other pods, creating workloads, minting identities, changing RBAC
#   or admission, and writing objects that make an operator fetch secrets is critical. What only helps on the way
#   to that (writing Roles, changing nodes, wiping events), and any right to change something in every namespace,
#   is high. Any other ClusterRoleBinding is medium; it is low where it only lets read logs and events. A cloud
#   identity whose policy in the set allows all actions is high, any other one is low, unless it is allowed.
#
#   An agent gets one finding for its cluster rights, the worst. Left alone are pods that get no token,
#   rights to read in the own namespace, rights on named objects, and what `agentRoleAllow` lists: agents that are
#   made for work on the cluster belong there, with `requireApproval` on their tools and a waiver that ends.
#   Workloads that only look like an agent's count one level less, unless the same rights would be as bad in any
#   workload: one that is reachable from outside, runs as root or has several pods.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#kubernetes-rbac-privilege-escalation-risks
#   - ref: https://genai.owasp.org/llmrisk/llm062025-excessive-agency/
# custom:
#   severity: critical
#   confidence: medium
#   scope: set
#   needs: []
#   kinds:
#     - Namespace
#     - Role
#     - ClusterRole
#     - RoleBinding
#     - ClusterRoleBinding
#     - ClusterServiceVersion
#     - ServiceAccount
#     - Service
#     - Ingress
#     - HTTPRoute
#     - GRPCRoute
#     - TLSRoute
#     - TCPRoute
#     - UDPRoute
#     - Route
#     - RolePolicy
#     - RolePolicyAttachment
#     - Policy
#     - IAMPolicyMember
#     - IAMPartialPolicy
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
#     - Agent
#     - SandboxAgent
#   remediation: |
#     Give the agent a Role in its own namespace that names the objects it reads, and let a tool server, which
#     checks what it is asked for, do the rest:
#
#     ```yaml
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: Role
#     metadata:
#       name: research-agent
#       namespace: agents
#     rules:
#       - apiGroups: [""]
#         resources: [configmaps]
#         resourceNames: [agent-tools]
#         verbs: [get]
#     ```
#
#     Most agents need no token at all: `automountServiceAccountToken: false`.
#   variants:
#     escalation-rights:
#       severity: critical
#       message: "An AI agent can {powers}, and so can whoever gets a text in front of its model: {chain}"
#     risky-rights:
#       severity: high
#       message: "An AI agent can {powers}, a step to more than it was meant to do: {chain}"
#     writes-cluster-wide:
#       severity: high
#       message: "An AI agent can {powers}: {chain}"
#     bound-cluster-wide:
#       severity: medium
#       message: "An AI agent can {powers}: {chain}. Bind a Role in the namespaces that it serves"
#     reads-logs-cluster-wide:
#       severity: low
#       message: "An AI agent can {powers}: {chain}"
#     cloud-role-wildcard:
#       severity: high
#       message: "Gives the agent {agent} a cloud identity that is allowed every action of a service"
#     cloud-role:
#       severity: low
#       message: "Gives the agent {agent} a cloud identity; add it to `agentRoleAllow` once it is known to be narrow"
#   params:
#     agentRoleAllow:
#       type: array
#       description: "Roles that agents may have: names such as `ops-agent` or `ClusterRole ops-agent`, and cloud roles as their annotation names them."
#       default: []
#     privilegedNamespaces:
#       type: array
#       description: Namespaces in which rights open more than the namespace itself.
#       default: [kube-system, istio-system, vault, external-secrets, cert-manager, argocd, flux-system]
#   related:
#     right: "Grants it here"
#     policy: "Allows every action here"
#   frameworks:
#     cis: ["5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.1.8"]
#     nsa: ["NSA-AUTH"]
#     owasp: ["K03:2022", "K02:2025", "LLM06:2025", "LLM01:2025"]
#     pci: ["7.2.5"]
#     soc2: ["CC6.3"]
#     nist: ["AC-6", "AC-6(1)"]
#     iso: ["A.8.2"]
#     cwe: ["CWE-250", "CWE-269"]
#   practices: [P09, P20]
package portcullis.rules.agents["agent-excess-privilege"]

import data.portcullis.lib.agent_cloud_roles
import data.portcullis.lib.agent_identities
import data.portcullis.lib.agent_rights
import data.portcullis.lib.agents
import data.portcullis.lib.exposure
import data.portcullis.lib.finding
import data.portcullis.lib.identities
import data.portcullis.lib.k8s
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.related(
	finding.covering(
		finding.with_severity(
			finding.new(variant, identity.run.obj, identity.run.place, _args(identity, worst)),
			_weighed(identity, severity),
		),
		identity.run.spec.path,
	),
	[{"object": right.place.object, "path": right.place.path, "label": "right"} | some right in array.slice(worst, 0, 3)],
) if {
	some identity in agent_identities.of_agents
	rights := object.get(_rights, identity.run.id, [])
	count(rights) > 0
	identities.token(identity.run) != "no"
	[variant, severity] := _verdicts[rights[0].level]
	worst := [right | some right in rights; right.level == rights[0].level]
}

_rights := {subject.id: rights |
	some subject in {subject | some identity in agent_identities.of_agents; subject := identities.subject(identity.run)}
	rights := agent_rights.of_subject(subject, k8s.list(params.privilegedNamespaces), _allowed)
	count(rights) > 0
}

_allowed := {role | some role in k8s.list(params.agentRoleAllow); is_string(role)}

_verdicts := {
	"critical": ["escalation-rights", "critical"],
	"high": ["risky-rights", "high"],
	"write": ["writes-cluster-wide", "high"],
	"cluster": ["bound-cluster-wide", "medium"],
	"logs": ["reads-logs-cluster-wide", "low"],
}

_weighed(identity, severity) := severity if {
	severity == "critical"
	_is_worse(identity.run)
} else := agents.severity(identity.pod, severity)

# The rule about workloads in general would be louder then.
_is_worse(run) if exposure.is_public(run.obj, run.spec)

_is_worse(run) if exposure.is_root(run.spec.spec)

_is_worse(run) if run.obj.object.kind == "DaemonSet"

_is_worse(run) if {
	is_number(run.obj.object.spec.replicas)
	run.obj.object.spec.replicas > 1
}

_args(identity, rights) := {
	"powers": concat(", ", array.slice(whats, 0, 3)),
	"chain": concat(" → ", [concat(" ", ["ServiceAccount", identity.run.name]), rights[0].binding, rights[0].role]),
} if {
	whats := [right.what |
		some index, right in rights
		not right.what in {earlier.what | some earlier in array.slice(rights, 0, index)}
	]
}

report contains finding.related(
	finding.with_severity(
		finding.new(variant, mark.obj, mark.path, {"agent": concat("", ["`", identity.app.name, "`"])}),
		severity,
	),
	[{"object": place.object, "path": place.path, "label": "policy"} | some place in wildcards],
) if {
	some identity in agent_identities.of_agents
	some key in agent_identities.cloud_annotations
	some mark in agent_identities.account_marks(identity, key)
	not mark.obj.context
	not mark.value in _allowed
	wildcards := agent_cloud_roles.wildcards(mark.value)
	[variant, severity] := _cloud_verdict(identity, wildcards)
}

_cloud_verdict(identity, wildcards) := ["cloud-role-wildcard", agents.severity(identity.pod, "high")] if {
	count(wildcards) > 0
} else := ["cloud-role", agents.severity(identity.pod, "low")]
