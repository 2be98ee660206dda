# METADATA
# title: Prompt or tool settings of an AI agent carry a credential
# description: |
#   All that is in a prompt, the model may repeat to whoever asks nicely, and it is in the logs of the model's
#   provider. Settings of tool servers are copied into logs, traces and error messages.
#
#   Looked at are prompts of kagent's Agents, the ConfigMaps that they are put together from, entries of
#   ConfigMaps and Secrets whose key sounds like a prompt or like the settings of tools or models
#   (`system_prompt.txt`, `mcp.json`, `litellm_config.yaml`), and kagent's tool servers. A credential there is high,
#   and critical where it has the form of a known token. A prompt that is taken from a Secret is high: it becomes part of
#   what the model reads. So is a template that puts a variable with a telling name into a prompt
#   (`{{ .Env.API_KEY }}`); `${API_KEY}` is medium, since it may be meant for the reader. Passing on the caller's
#   credential to a model (`apiKeyPassthrough`) or a tool (`allowedHeaders`) is medium.
#
#   Left alone are headers with `valueFrom`, `apiKeySecret`, placeholders, and variables in settings, which tool servers
#   resolve themselves. Literals in headers and in fields of a ModelConfig are what
#   `secrets/custom-resource-inline-credential` judges.
# related_resources:
#   - ref: https://kagent.dev/docs/kagent/resources/api-ref
#   - ref: https://genai.owasp.org/llmrisk/llm072025-system-prompt-leakage/
# custom:
#   severity: high
#   confidence: medium
#   scope: set
#   needs: [evidence]
#   kinds:
#     - Namespace
#     - Agent
#     - SandboxAgent
#     - ModelConfig
#     - MCPServer
#     - RemoteMCPServer
#     - ConfigMap
#     - Secret
#   remediation: |
#     Change the credential, and leave it to the tool server to present the new one; the model never needs it:
#
#     ```yaml
#     apiVersion: kagent.dev/v1alpha2
#     kind: RemoteMCPServer
#     spec:
#       url: https://tools.agents.svc/mcp
#       headersFrom:
#         - name: Authorization
#           valueFrom: {type: Secret, name: tools-token, key: header}
#     ```
#
#     Prompts belong into a ConfigMap: `systemMessageFrom: {type: ConfigMap, name: prompts, key: triage}`.
#   variants:
#     credential-in-prompt:
#       severity: high
#       message: "A prompt holds a credential under `{key}`: the model repeats it to whoever asks for it"
#     credential-in-settings:
#       severity: high
#       message: "Settings of an agent's tools or models hold a credential under `{key}`: they end up in logs and traces"
#     prompt-from-secret:
#       severity: high
#       message: "Takes its prompt from the Secret `{secret}`, which so becomes part of what the model reads and repeats"
#     prompt-with-secret-variable:
#       severity: high
#       message: "Puts the variable `{variable}` into a prompt, where the model reads and repeats it"
#     forwards-credential:
#       severity: medium
#       message: "Passes on the caller's credential ({what}) to {target}, which can act as the caller with it"
#   params:
#     promptKeyRegex:
#       type: string
#       description: Keys of ConfigMaps and Secrets that hold prompts or settings of tools and models.
#       default: '(?i)prompt|system[-_.]?message|instructions|mcp\.json|mcpServers|claude_desktop_config|litellm.*config|langgraph\.json|^\.env$'
#     forwardHeaderDeny:
#       type: array
#       description: Headers of callers that agents must not pass on to tools, in any case of letters.
#       default: [authorization, cookie]
#   frameworks:
#     owasp: ["K08:2022", "K03:2025", "LLM02:2025", "LLM07:2025"]
#     pci: ["8.6.2"]
#     nist: ["IA-5(7)", "SC-4"]
#     iso: ["A.8.12"]
#     cwe: ["CWE-798", "CWE-200", "CWE-522"]
#   practices: [P01, P20, P24]
#   yields-to:
#     - secrets/private-key-material
#     - secrets/known-token-or-url-credential
#     - secrets/secret-manifest-plaintext
#     - secrets/argv-literal-credential
package portcullis.rules.agents["agent-config-carries-credential"]

import data.portcullis.lib.agent_prompts
import data.portcullis.lib.agent_secrets
import data.portcullis.lib.evidence
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.with_severity(
	finding.at(variant, obj, item, {"key": evidence.label(item)}),
	severity,
) if {
	some name in ["Agent", "SandboxAgent", "MCPServer", "RemoteMCPServer", "ConfigMap", "Secret"]
	some obj in k8s.of_kind(name)
	some item in obj.evidence
	severity := _severity(item)
	variant := _variants[agent_prompts.kind_of(obj, item.path, params.promptKeyRegex)]
}

_variants := {"prompt": "credential-in-prompt", "settings": "credential-in-settings"}

_severity(item) := "critical" if item.kind in {"token", "url-credential", "private-key"}

_severity(item) := "high" if {
	item.kind == "credential"
	item.class in {"likely", "weak"}
	evidence.named(item)
}

report contains finding.new("prompt-from-secret", obj, ["spec", "declarative", "systemMessageFrom", "type"], {"secret": name}) if {
	some obj in agent_prompts.declared
	not obj.context
	source := object.get(obj.object, ["spec", "declarative", "systemMessageFrom"], {})
	source.type == "Secret"
	name := object.get(source, "name", "")
}

report contains finding.with_severity(
	finding.new("prompt-with-secret-variable", prompt.obj, prompt.path, {"variable": variable.name}),
	{true: "high", false: "medium"}[variable.certain],
) if {
	some prompt in agent_prompts.texts(params.promptKeyRegex)
	some variable in agent_prompts.variables(prompt.text)
	agent_secrets.is_sensitive(variable.name)
}

report contains finding.new("forwards-credential", obj, ["spec", "apiKeyPassthrough"], {
	"what": "its bearer token",
	"target": "the model",
}) if {
	some obj in k8s.of_kind("ModelConfig")
	k8s.group(obj.object.apiVersion) == "kagent.dev"
	obj.object.spec.apiKeyPassthrough == true
}

report contains finding.new("forwards-credential", obj, path, {"what": concat("", ["`", header, "`"]), "target": target}) if {
	some obj in agent_prompts.declared
	not obj.context
	some index, tool in k8s.items_at(obj.object, ["spec", "declarative", "tools"])
	some position, header in k8s.items_at(tool, ["mcpServer", "allowedHeaders"])
	is_string(header)
	lower(header) in {lower(denied) | some denied in k8s.list(params.forwardHeaderDeny); is_string(denied)}
	target := concat("", ["the tool server `", object.get(tool, ["mcpServer", "name"], ""), "`"])
	path := ["spec", "declarative", "tools", index, "mcpServer", "allowedHeaders", position]
}
