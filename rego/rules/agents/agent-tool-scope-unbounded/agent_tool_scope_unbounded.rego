# METADATA
# title: Tools of an AI agent are not limited or not approved
# description: |
#   What an agent can do is what its tools can do. An Agent of kagent that lists no tools gets all that the tool
#   server has today and will have tomorrow; one that may delete, or run commands, should have a person look at each
#   call. Skills are instructions and code from elsewhere, to be pinned like any dependency.
#
#   On in the profiles `strict` and `agents`. Reported are a tool server without `toolNames` (low), tools that match
#   `dangerousTools` and are not under `requireApproval` (medium), agents and tool servers that agents of every namespace
#   may use (medium), skills that are fetched without verification (high) or are not pinned to a digest, a commit
#   or a version (low), and tool servers that are reached without TLS, or outside of the cluster on a host that is
#   not in `toolHosts` (medium).
#
#   Left alone are servers that are known to have one tool, and namespaces with the label `portcullis/zone: sandbox`.
# related_resources:
#   - ref: https://kagent.dev/docs/kagent/resources/api-ref
#   - ref: https://genai.owasp.org/llmrisk/llm062025-excessive-agency/
# custom:
#   severity: low
#   confidence: high
#   scope: set
#   needs: []
#   kinds: [Namespace, Agent, SandboxAgent, MCPServer, RemoteMCPServer]
#   remediation: |
#     List the tools that the agent needs, and have a person approve those that change something:
#
#     ```yaml
#     tools:
#       - type: McpServer
#         mcpServer:
#           kind: RemoteMCPServer
#           name: ops-tools
#           toolNames: [get_pods, restart_deploy]
#           requireApproval: [restart_deploy]
#     ```
#   variants:
#     every-tool:
#       severity: low
#       profiles: [strict, agents]
#       message: "Gives the agent every tool that `{server}` has or will have: list them under `toolNames`"
#     dangerous-tool-unapproved:
#       severity: medium
#       profiles: [strict, agents]
#       message: "Lets the agent use `{tool}` of `{server}` without asking: add it to `requireApproval`"
#     open-to-every-namespace:
#       severity: medium
#       profiles: [strict, agents]
#       message: "Lets agents of every namespace use it: name the namespaces with a selector"
#     skills-unverified:
#       severity: high
#       profiles: [strict, agents]
#       message: "Fetches skills without verifying where they come from: whoever is in between tells the agent what to do"
#     skill-not-pinned:
#       severity: low
#       profiles: [strict, agents]
#       message: "Fetches the skill `{what}` at whatever state it is in: pin it to a digest or a commit"
#     tool-server-without-tls:
#       severity: medium
#       profiles: [strict, agents]
#       message: "Reaches the tool server at `{host}` without TLS: what it answers, and the headers, can be read and changed"
#     tool-server-outside:
#       severity: medium
#       profiles: [strict, agents]
#       message: "Reaches a tool server outside of the cluster, `{host}`, which is not in `toolHosts`"
#   params:
#     dangerousTools:
#       type: array
#       description: "Names of tools that change something or run commands; `*` stands for any characters."
#       default: [exec, shell, "kubectl_*", "delete_*", "helm_*", "*_exec", "k8s_delete_*", "k8s_execute_command"]
#     toolHosts:
#       type: array
#       description: "Hosts outside of the cluster on which tool servers may be; `*` stands for any characters."
#       default: []
#   frameworks:
#     owasp: ["LLM06:2025", "LLM03:2025"]
#     nist: ["AC-6", "AC-3"]
#     pci: ["7.2.5"]
#     iso: ["A.8.3"]
#     cwe: ["CWE-862", "CWE-829"]
#   practices: [P09, P20]
package portcullis.rules.agents["agent-tool-scope-unbounded"]

import data.portcullis.lib.agent_tools
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.new("every-tool", grant.obj, array.concat(grant.path, ["toolNames"]), {"server": grant.server}) if {
	some grant in agent_tools.grants
	count(grant.names) == 0
	not grant.obj.partial
	not agent_tools.has_one_tool(grant.obj.namespace, grant.server)
}

report contains finding.new("dangerous-tool-unapproved", grant.obj, array.concat(grant.path, ["toolNames", index]), {
	"tool": tool,
	"server": grant.server,
}) if {
	some grant in agent_tools.grants
	some index, tool in grant.names
	is_string(tool)
	_matches(tool, params.dangerousTools)
	not tool in grant.approved
}

report contains finding.new("open-to-every-namespace", obj, ["spec", "allowedNamespaces", "from"], {}) if {
	some obj in agent_tools.of_kinds(["Agent", "SandboxAgent", "RemoteMCPServer"])
	obj.object.spec.allowedNamespaces.from == "All"
}

report contains finding.new("skills-unverified", obj, ["spec", "skills", "insecureSkipVerify"], {}) if {
	some obj in agent_tools.agents
	obj.object.spec.skills.insecureSkipVerify == true
}

report contains finding.new("skill-not-pinned", skill.obj, skill.path, {"what": skill.what}) if {
	some skill in agent_tools.unpinned_skills
}

report contains finding.new("tool-server-without-tls", url.obj, url.path, {"host": url.host}) if {
	some url in agent_tools.urls
	url.scheme == "http"
	not url.host in {"localhost", "127.0.0.1"}
}

report contains finding.new("tool-server-outside", url.obj, url.path, {"host": url.host}) if {
	some url in agent_tools.urls
	url.scheme == "https"
	not agent_tools.is_internal(url.host)
	not _matches(url.host, params.toolHosts)
}

_matches(name, patterns) if {
	some pattern in k8s.list(patterns)
	is_string(pattern)
	glob.match(pattern, null, name)
}
