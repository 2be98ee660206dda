# METADATA
# title: Objects that belong to AI agents
# description: |
#   Only what says so itself counts: kinds of agent platforms, labels and annotations, the zone of the
#   namespace. Names and images that merely sound like an agent do not.
package portcullis.lib.agents

import data.portcullis.lib.k8s
import data.portcullis.lib.settings

# METADATA
# description: Whether `obj`, an entry of `input.objects`, belongs to an agent.
owns(obj) if obj.object.kind in {"Sandbox", "SandboxTemplate", "SandboxClaim", "SandboxWarmPool"}

owns(obj) if {
	obj.object.kind in {"Agent", "SandboxAgent", "AgentHarness"}
	k8s.group(obj.object.apiVersion) == "kagent.dev"
}

owns(obj) if {
	some marks in [k8s.labels(obj), k8s.annotations(obj)]
	_marks_agent(marks)
}

owns(obj) if _zones[obj.namespace]

_marks_agent(marks) if marks[settings.annotation("workload")] == "agent"

_marks_agent(marks) if marks["app.kubernetes.io/component"] in {"agent", "ai-agent", "llm-agent"}

_marks_agent(marks) if {
	some key, _ in marks
	split(key, "/")[0] in {"agents.x-k8s.io", "kagent.dev"}
}

_zones := {obj.name |
	some obj in k8s.known_of_kind("Namespace")
	k8s.labels(obj)[settings.annotation("zone")] == "agents"
}
