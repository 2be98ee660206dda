# METADATA
# title: Which tools agents of kagent may use
# description: |
#   A grant is `{"obj", "path", "server", "names", "approved"}`: the place of `mcpServer` in an Agent, the name of
#   the tool server, the tools that it lists and those of them that a person has to approve.
package portcullis.lib.agent_tools

import data.portcullis.lib.k8s
import data.portcullis.lib.settings

# METADATA
# description: Grants of tools in Agents that are being judged.
grants := [{
	"obj": obj,
	"path": ["spec", "declarative", "tools", index, "mcpServer"],
	"server": object.get(server, "name", ""),
	"names": k8s.items_at(server, ["toolNames"]),
	"approved": k8s.items_at(server, ["requireApproval"]),
} |
	some obj in agents
	some index, tool in k8s.items_at(obj.object, ["spec", "declarative", "tools"])
	server := object.get(tool, "mcpServer", null)
	is_object(server)
]

# METADATA
# description: Agents of kagent that are being judged.
agents := of_kinds(["Agent", "SandboxAgent"])

# METADATA
# description: |
#   Objects of kagent of these kinds that are being judged; those in namespaces with the label
#   `<prefix>/zone: sandbox` are left out, since nothing there matters.
of_kinds(kinds) := [obj |
	some kind in kinds
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == "kagent.dev"
	not obj.namespace in _sandboxes
]

_sandboxes := {obj.name |
	some obj in k8s.known_of_kind("Namespace")
	k8s.labels(obj)[settings.annotation("zone")] == "sandbox"
}

# METADATA
# description: Whether a tool server of the set is known to have one tool only.
has_one_tool(namespace, name) if {
	some kind in ["RemoteMCPServer", "MCPServer"]
	some obj in k8s.known_of_kind(kind)
	obj.namespace == namespace
	obj.name == name
	count(k8s.items_at(obj.object, ["status", "discoveredTools"])) == 1
}

# METADATA
# description: |
#   Skills that are not pinned, as a list of `{"obj", "path", "what"}`: images without a digest, and
#   repositories at a branch, which is `main` where none is named.
unpinned_skills := array.concat(
	[{"obj": obj, "path": ["spec", "skills", "refs", index], "what": ref} |
		some obj in agents
		some index, ref in k8s.items_at(obj.object, ["spec", "skills", "refs"])
		is_string(ref)
		not contains(ref, "@sha256:")
	],
	[{"obj": obj, "path": ["spec", "skills", "gitRefs", index, "ref"], "what": object.get(repository, "url", "")} |
		some obj in agents
		some index, repository in k8s.items_at(obj.object, ["spec", "skills", "gitRefs"])
		not _is_pinned(object.get(repository, "ref", "main"))
	],
)

# A commit, or a tag that looks like a version.
_is_pinned(ref) if regex.match(`^([0-9a-f]{40}|[0-9a-f]{64}|(.*/)?v?[0-9]+(\.[0-9]+)+([-+].*)?)$`, ref)

# METADATA
# description: |
#   URLs of tool servers, as a list of `{"obj", "path", "scheme", "host"}`.
urls := [{"obj": obj, "path": ["spec", "url"], "scheme": lower(scheme), "host": host} |
	some obj in of_kinds(["RemoteMCPServer"])
	url := object.get(obj.object, ["spec", "url"], null)
	is_string(url)
	[scheme, rest] := split(url, "://")
	authority := split(split(rest, "/")[0], "?")[0]
	parts := split(authority, "@")
	host := lower(split(parts[count(parts) - 1], ":")[0])
]

# METADATA
# description: Whether a host is one of the cluster; `tools.agents` may be one and may be none.
is_internal(host) if not contains(host, ".")

is_internal(host) if regex.match(`\.(svc|svc\.[a-z0-9.-]+|local|internal)$`, host)
