# METADATA
# title: AI agent has no identity of its own
# description: |
#   Rights, secrets and audit logs go by identity. Where an agent runs as the ServiceAccount `default`, or as one
#   that another workload has as well, it gets what is meant for the others, what is granted to it is granted to
#   them, and no log tells who did it. The same holds for the role with which it logs in to Vault and for its
#   role at the cloud.
#
#   Looked at are the pods of agents: kinds of agent-sandbox and kagent, pods labelled as agents
#   (`portcullis/workload: agent`, `app.kubernetes.io/component: ai-agent`, `kagent.dev/…`), those in a namespace
#   with the label `portcullis/zone: agents`, and, one level lower, those whose image and settings look like an
#   agent's. Running as `default` is high; it is low where the pod gets no token, as pods made from a
#   `SandboxTemplate` do unless they ask for one. Sharing a ServiceAccount with another agent is high, sharing it
#   with another workload, or a role of Vault or the cloud with another agent, is medium.
#
#   Left alone are replicas, canaries and parts of one application (the same `app.kubernetes.io/name`), all
#   that comes from one `SandboxTemplate`, hooks of charts, and agents of kagent that name no account, for which
#   kagent makes one.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/service-accounts/
#   - ref: https://agent-sandbox.sigs.k8s.io/docs/
#   - ref: https://kagent.dev/docs/kagent/resources/api-ref
# custom:
#   severity: high
#   confidence: medium
#   scope: set
#   needs: []
#   kinds:
#     - Namespace
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
#     - TaskRun
#     - PipelineRun
#     - Sandbox
#     - SandboxTemplate
#     - Agent
#     - SandboxAgent
#   remediation: |
#     One ServiceAccount for each agent, named in its pod spec, and a store role for that account alone:
#
#     ```yaml
#     apiVersion: v1
#     kind: ServiceAccount
#     metadata:
#       name: research-agent
#       namespace: agents
#     automountServiceAccountToken: false
#     ```
#
#     ```yaml
#     spec:
#       serviceAccountName: research-agent
#     ```
#   variants:
#     default-account:
#       severity: high
#       message: "An AI agent runs as the ServiceAccount `default` and gets its token: give it an account of its own"
#     default-account-without-token:
#       severity: low
#       message: "An AI agent runs as the ServiceAccount `default`, if without a token: nothing can be granted to it alone"
#     shared-account:
#       severity: high
#       message: "Runs as `{account}`, which the agent {other} has as well: give each agent an account of its own"
#     shared-vault-role:
#       severity: medium
#       message: "Logs in to the store as `{role}`, as the agent {other} does: give each agent a role of its own"
#     shared-cloud-role:
#       severity: medium
#       message: "Gives the agent {agent} the cloud identity that the agent {other} has as well"
#     shared-with-workload:
#       severity: medium
#       message: "An AI agent runs as `{account}`, which {other}, no agent, has as well"
#   params:
#     agentSelectors:
#       type: array
#       description: "Labels that mark an agent, in all rules about agents: objects such as `{team: ai}`, of which one has to match."
#       default: []
#     identityAnnotations:
#       type: array
#       description: Annotations of ServiceAccounts that give a cloud identity.
#       default: ["eks.amazonaws.com/role-arn", "iam.gke.io/gcp-service-account", "azure.workload.identity/client-id"]
#   related:
#     other: "Has it as well"
#   frameworks:
#     cis: ["5.1.5"]
#     nsa: ["NSA-AUTH"]
#     owasp: ["K03:2022", "K02:2025", "LLM06:2025"]
#     pci: ["8.2.2", "7.2.5"]
#     soc2: ["CC6.1"]
#     nist: ["IA-9", "AC-6"]
#     iso: ["A.5.16"]
#     cwe: ["CWE-266"]
#   practices: [P08, P09, P22]
package portcullis.rules.agents["agent-dedicated-identity"]

import data.portcullis.lib.agent_identities
import data.portcullis.lib.agents
import data.portcullis.lib.finding
import data.portcullis.lib.identities
import data.portcullis.lib.k8s
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.with_severity(finding.new(variant, identity.run.obj, identity.run.place, {}), severity) if {
	some identity in agent_identities.of_agents
	identity.run.name == "default"
	[variant, severity] := _default_account(identity)
}

_default_account(identity) := ["default-account-without-token", "low"] if {
	identities.token(identity.run) == "no"
} else := ["default-account", agents.severity(identity.pod, "high")]

report contains _shared("shared-account", "high", identity, identity.run.obj, identity.run.place, other) if {
	some identity in agent_identities.of_agents
	identity.run.name != "default"
	other := _others(identity, _by_account[identity.run.id])[0]
}

report contains _shared("shared-vault-role", "medium", identity, identity.run.obj, role.path, other) if {
	some identity in agent_identities.of_agents
	role := _vault_role(identity)
	other := [entry |
		some entry in _others(identity, _by_vault_role[role.value])
		entry.run.id != identity.run.id
	][0]
}

report contains _shared("shared-cloud-role", "medium", identity, mark.obj, mark.path, other) if {
	some identity in agent_identities.of_agents
	some key in _cloud_keys
	some mark in agent_identities.account_marks(identity, key)
	not mark.obj.context
	other := [entry |
		some entry in _others(identity, _by_cloud_role[[key, mark.value]])
		entry.run.id != identity.run.id
	][0]
}

report contains finding.related(
	finding.with_severity(
		finding.new("shared-with-workload", identity.run.obj, identity.run.place, {
			"account": identity.run.name,
			"other": k8s.describe(other.obj),
		}),
		agents.severity(identity.pod, "medium"),
	),
	[{"object": other.obj.id, "path": other.place, "label": "other"}],
) if {
	some identity in agent_identities.of_agents
	identity.run.name != "default"
	other := [run |
		some run in _others_by_account[identity.run.id]
		agent_identities.app(run.obj, run.spec) != identity.app
		not k8s.annotations(run.obj)["helm.sh/hook"]
	][0]
}

_shared(variant, level, identity, obj, place, other) := finding.related(
	finding.with_severity(
		finding.new(variant, obj, place, {
			"account": identity.run.name,
			"agent": _text(identity),
			"other": _text(other),
			"role": object.get(_vault_role(identity), "value", ""),
		}),
		agents.severity(identity.pod, level),
	),
	[{"object": other.run.obj.id, "path": other.run.place, "label": "other"}],
)

_text(identity) := concat("", ["`", identity.app.name, "`"])

# Those with another name, in the order of the set.
_others(identity, candidates) := [other |
	some other in candidates
	other.app != identity.app
]

_by_account := {id: [agent_identities.of_agents[index] | some index in indices] | some id, indices in _account_indices}

_account_indices[identity.run.id] contains index if some index, identity in agent_identities.of_agents

_others_by_account := {id: [agent_identities.others[index] | some index in indices] | some id, indices in _other_indices}

_other_indices[run.id] contains index if some index, run in agent_identities.others

_vault_role(identity) := agent_identities.annotation(identity, "vault.hashicorp.com/role")

_by_vault_role := {role: [agent_identities.of_agents[index] | some index in indices] | some role, indices in _role_indices}

_role_indices[_vault_role(identity).value] contains index if some index, identity in agent_identities.of_agents

_cloud_keys := [key | some key in k8s.list(params.identityAnnotations); is_string(key)]

_by_cloud_role := {role: [agent_identities.of_agents[index] | some index in indices] | some role, indices in _cloud_indices}

_cloud_indices[[key, mark.value]] contains index if {
	some index, identity in agent_identities.of_agents
	some key in _cloud_keys
	some mark in agent_identities.account_marks(identity, key)
}
