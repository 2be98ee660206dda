# METADATA
# title: AI agents share a secret, or get more of it than they declare
# description: |
#   An agent can lose every secret that it gets, so it should get those that its work needs and no others, and each
#   should be its alone: then one leak is one rotation, and the store's log tells which agent it was.
#
#   Reported are a Secret, a SecretProviderClass or a path of Vault that agents with different ServiceAccounts get
#   (medium, high for keys that sign or that open a cloud: `portcullis/class: signing-key` or `cloud-key`, or a
#   name that says so); Secrets that are mounted or read as a whole (medium, low where the set does not tell what is
#   in them); a path of a store that one ExternalSecret takes all of for an agent while others use it as well; and
#   policies of Vault with `*` in a path that bear the name of an agent's role. An annotation
#   `portcullis/allowed-secrets: a,b` on the workload or its pods declares all secrets that it gets: any other
#   one is high, and one that it does not get is noted (info).
#
#   Workloads that only look like an agent's count one level less. Left alone are bundles of public certificates,
#   Secrets with which images are pulled, settings without a credential such as the address of a gateway,
#   certificates with their keys, Secrets with a single entry, Secrets that agent-sandbox makes for each sandbox, and
#   what `shareAllowed` lists.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/secrets-good-practices/#restrict-access-to-secrets-for-specific-containers
#   - ref: https://genai.owasp.org/llmrisk/llm022025-sensitive-information-disclosure/
# custom:
#   severity: medium
#   confidence: medium
#   scope: set
#   needs: []
#   kinds:
#     - Namespace
#     - ServiceAccount
#     - Secret
#     - SealedSecret
#     - ExternalSecret
#     - Certificate
#     - Policy
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
#     One secret for each agent, with a path and a rotation of its own, and only the entries that it reads:
#
#     ```yaml
#     metadata:
#       annotations:
#         portcullis/allowed-secrets: research-agent-llm
#     spec:
#       volumes:
#         - name: llm
#           secret:
#             secretName: research-agent-llm
#             items: [{key: key, path: key}]
#     ```
#   variants:
#     shared-secret:
#       severity: medium
#       message: "The {kind} `{secret}` goes to this agent and to {other}: give each agent a secret of its own"
#     whole-secret:
#       severity: medium
#       message: "Gives an AI agent every entry of the Secret `{secret}`: list those that it reads under `items`"
#     whole-path-extracted:
#       severity: medium
#       message: "Takes all entries of a path for an agent that {other} uses as well: list those that the agent reads under `data`"
#     vault-policy-wildcard:
#       severity: medium
#       message: "Opens a whole tree of Vault to the agent {agent}: name the paths that it reads"
#     undeclared-secret:
#       severity: high
#       message: "Gets the {kind} `{secret}`, which its `{annotation}` does not list"
#     unused-declaration:
#       severity: info
#       message: "Lists `{secret}`, which it does not get"
#   params:
#     shareAllowed:
#       type: array
#       description: "Secrets that agents may share, as `name` or `namespace/name`; `*` stands for any characters."
#       default: []
#   related:
#     other: "Gets it as well"
#   frameworks:
#     cis: ["5.1.2"]
#     owasp: ["K08:2022", "K03:2025", "LLM02:2025"]
#     pci: ["7.2.5", "8.2.2"]
#     soc2: ["CC6.3"]
#     nist: ["AC-6", "IA-5"]
#     iso: ["A.8.3"]
#     cwe: ["CWE-668", "CWE-522"]
#   practices: [P09, P21]
#   yields-to: [agents/agent-secret-in-environment]
package portcullis.rules.agents["agent-secret-sharing"]

import data.portcullis.lib.agent_secret_contents as contents
import data.portcullis.lib.agent_secret_sharing as sharing
import data.portcullis.lib.agents
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.related(
	finding.with_severity(
		finding.new("shared-secret", entry.pod.obj, entry.path, {
			"kind": _words[entry.kind],
			"secret": entry.name,
			"other": k8s.describe(other.pod.obj),
		}),
		agents.severity(entry.pod, _worth(entry)),
	),
	[{"object": other.pod.obj.id, "path": other.path, "label": "other"}],
) if {
	some [entry, other] in sharing.pairs
	not _is_allowed(entry)
}

_words := {"Secret": "Secret", "SecretProviderClass": "SecretProviderClass", "Vault": "path of Vault"}

_worth(entry) := "high" if {
	contents.is_powerful(entry.namespace, entry.name)
} else := "medium"

_is_allowed(entry) if {
	some pattern in k8s.list(params.shareAllowed)
	is_string(pattern)
	some name in [entry.name, concat("/", [entry.namespace, entry.name])]
	glob.match(pattern, null, name)
}

report contains finding.with_severity(
	finding.new("whole-secret", whole.pod.obj, whole.path, {"secret": whole.name}),
	agents.severity(whole.pod, whole.severity),
) if {
	some whole in sharing.wholes
	not _is_allowed(whole)
}

report contains finding.related(
	finding.new("whole-path-extracted", extract.obj, extract.path, {"other": k8s.describe(extract.other)}),
	[{"object": extract.other.id, "path": ["spec"], "label": "other"}],
) if {
	some extract in sharing.extracts
}

report contains finding.new("vault-policy-wildcard", policy.obj, policy.path, {"agent": policy.agent}) if {
	some policy in sharing.vault_policies
}

report contains finding.with_severity(
	finding.new("undeclared-secret", entry.pod.obj, entry.path, {
		"kind": _words[entry.kind],
		"secret": entry.name,
		"annotation": settings.annotation("allowed-secrets"),
	}),
	agents.severity(entry.pod, "high"),
) if {
	some entry in sharing.undeclared
}

report contains finding.new("unused-declaration", entry.pod.obj, entry.path, {"secret": entry.name}) if {
	some entry in sharing.unused
}
