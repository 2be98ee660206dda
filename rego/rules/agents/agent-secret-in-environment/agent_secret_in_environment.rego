# METADATA
# title: AI agent gets secrets through its environment
# description: |
#   What is in the environment of an agent, every tool that it starts has as well, and a single call of `env`, or a
#   traceback that a model is asked to explain, puts all of it into the conversation, its logs and its traces.
#
#   Reported are variables of an agent that come from a Secret, one by one or all of its entries (high). Where
#   the base URL of the model's API leads to one of the `gatewayHosts`, the key is good for that gateway only, and
#   the finding is medium. With agent-sandbox, whoever makes a `SandboxClaim` may bring variables along:
#   a template that lets claims replace its own variables is high, one that lets them add some is medium, and a claim
#   with a variable whose name announces a credential is critical where its value is one, since claims know literals
#   only, and high where it is filled in before the claim is applied.
#
#   Workloads that only look like an agent's count one level less. Left alone are user names, hosts, models and
#   the like, variables that name a file (`TOKEN_FILE`), placeholders, and gateways: an agent that calls one with
#   its ServiceAccount's token or by mTLS has no key to lose. A program that only reads its environment can be
#   started by one that reads files and takes the variables away from tools; waive the finding then.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/secrets-good-practices/
#   - ref: https://agent-sandbox.sigs.k8s.io/docs/
#   - ref: https://genai.owasp.org/llmrisk/llm022025-sensitive-information-disclosure/
# custom:
#   severity: high
#   confidence: medium
#   scope: set
#   needs: [evidence]
#   kinds:
#     - Namespace
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
#     - Pipeline
#     - PipelineRun
#     - Sandbox
#     - SandboxTemplate
#     - SandboxClaim
#     - Agent
#     - SandboxAgent
#     - AgentHarness
#   remediation: |
#     Call a gateway that knows the agent by its identity, so that it holds no key:
#
#     ```yaml
#     env:
#       - name: LLM_BASE_URL
#         value: https://llm-gateway.agents.svc:8443
#     ```
#
#     Or mount the key as a file that only the agent's own process may read:
#
#     ```yaml
#     env:
#       - name: OPENAI_API_KEY_FILE
#         value: /run/secrets/llm/key
#     volumeMounts:
#       - name: llm
#         mountPath: /run/secrets/llm
#         readOnly: true
#     volumes:
#       - name: llm
#         secret:
#           secretName: research-agent-llm
#           items: [{key: key, path: key}]
#           defaultMode: 0400
#     ```
#   variants:
#     secret-variable:
#       severity: high
#       message: "`{variable}` gives an AI agent, and every tool that it starts, an entry of the Secret `{secret}`: mount it as a file"
#     whole-secret-as-variables:
#       severity: high
#       message: "Gives an AI agent, and every tool that it starts, all entries of the Secret `{secret}` as variables"
#     claims-replace-variables:
#       severity: high
#       message: "Lets every SandboxClaim replace the variables of this template, its endpoints and checks among them"
#     claims-add-variables:
#       severity: medium
#       message: "Lets every SandboxClaim add variables to this template's sandboxes"
#     claim-carries-secret:
#       severity: critical
#       message: "`{variable}` stands in a SandboxClaim, which knows literals only: whoever may read claims reads it"
#   params:
#     llmKeyRegex:
#       type: string
#       description: Names of variables that hold the key of a language model's API.
#       default: "(^|_)(OPENAI|ANTHROPIC|GEMINI|GOOGLE|AZURE_OPENAI|MISTRAL|COHERE|HF|HUGGINGFACE|GROQ|BEDROCK)_(.*_)?(KEY|TOKEN)$"
#     gatewayHosts:
#       type: array
#       description: "Hosts of gateways in front of language models, such as `llm-gateway.agents.svc`."
#       default: []
#   frameworks:
#     cis: ["5.4.1"]
#     owasp: ["K08:2022", "K03:2025", "LLM02:2025"]
#     pci: ["8.6.2"]
#     nist: ["SC-4", "IA-5(6)"]
#     iso: ["A.8.12"]
#     cwe: ["CWE-526", "CWE-214"]
#   practices: [P01, P03, P07, P20]
#   yields-to: [secrets/private-key-material, secrets/known-token-or-url-credential, secrets/env-literal-credential]
package portcullis.rules.agents["agent-secret-in-environment"]

import data.portcullis.lib.agent_secrets
import data.portcullis.lib.agents
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.rbac_severity
import data.portcullis.lib.secret_uses
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.with_severity(
	finding.new("secret-variable", access.pod.obj, secret_uses.reference(access.use), {"variable": access.use.label, "secret": access.use.name}),
	_weighed(access),
) if {
	some access in agent_secrets.accesses
	access.use.mode == "env"
	not agent_secrets.is_public(access.use)
}

report contains finding.with_severity(
	finding.new("whole-secret-as-variables", access.pod.obj, secret_uses.reference(access.use), {"secret": access.use.name}),
	agents.severity(access.pod, "high"),
) if {
	some access in agent_secrets.accesses
	access.use.mode == "envFrom"
}

_weighed(access) := rbac_severity.lowered(agents.severity(access.pod, "high"), 1) if {
	regex.match(params.llmKeyRegex, access.use.label)
	_calls_gateway(access)
} else := agents.severity(access.pod, "high")

_calls_gateway(access) if {
	some container in pods.containers(access.pod.obj)
	container.path == access.use.container
	some item in k8s.items_at(container.container, ["env"])
	regex.match(`(_BASE|_URL|_ENDPOINT)$`, item.name)
	some host in k8s.list(params.gatewayHosts)
	_host(item.value) == host
}

_host(url) := split(split(split(url, "://")[1], "/")[0], ":")[0] if is_string(url)

report contains finding.new(variant, obj, ["spec", "envVarsInjectionPolicy"], {}) if {
	some obj in k8s.of_kind("SandboxTemplate")
	variant := _policies[obj.object.spec.envVarsInjectionPolicy]
}

_policies := {"Overrides": "claims-replace-variables", "Allowed": "claims-add-variables"}

report contains finding.with_severity(
	finding.new("claim-carries-secret", obj, path, {"variable": item.name}),
	_severity_of_value(obj, path),
) if {
	some obj in k8s.of_kind("SandboxClaim")
	some index, item in k8s.items_at(obj.object, ["spec", "env"])
	agent_secrets.is_sensitive(item.name)
	_is_filled(object.get(item, "value", null))
	path := ["spec", "env", index, "value"]
}

_is_filled(value) if {
	is_string(value)
	not regex.match(`(?i)^(<.*>|true|false|[0-9.]*|none|null|n/a|empty|dummy|fake|unused|not-?needed|todo|tbd|placeholder|example|x+)$`, trim_space(value))
}

_severity_of_value(obj, path) := "critical" if {
	some item in obj.evidence
	item.path == path
	item.class == "likely"
} else := "high"
