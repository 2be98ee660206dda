# METADATA
# title: Objects that belong to AI agents
# description: |
#   What says so itself is an agent's for certain: kinds of agent platforms, labels and annotations, the
#   zone of the namespace. What merely looks like one, by its image and its settings, is one probably; see
#   `agents_hints`. Rules about agents lower what they say of the latter by one level.
package portcullis.lib.agents

import data.portcullis.lib.agents_hints
import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.rbac_severity
import data.portcullis.lib.settings

# METADATA
# description: |
#   Whether `obj`, an entry of `input.objects`, belongs to an agent. Only what the object or its namespace
#   says itself counts; for pods see `confidence`, which knows more.
owns(obj) if obj.object.kind in {"Sandbox", "SandboxTemplate", "SandboxClaim", "SandboxWarmPool"}

owns(obj) if is_kagent(obj)

owns(obj) if {
	some marks in [k8s.labels(obj), k8s.annotations(obj)]
	_marks_agent(marks)
}

owns(obj) if _zones[obj.namespace]

# METADATA
# description: Whether `obj` is an agent of kagent, whose pods its controller makes.
is_kagent(obj) if {
	obj.object.kind in {"Agent", "SandboxAgent", "AgentHarness"}
	k8s.group(obj.object.apiVersion) == "kagent.dev"
}

# METADATA
# description: |
#   The pods of agents that are being judged, as a list of `{"obj", "spec", "confidence"}`; `spec` is an
#   entry of `pods.specs`. An agent of kagent that sets nothing of its pods has one of them all the same.
judged := [pod | some pod in known; not pod.obj.context]

# METADATA
# description: The same, also of objects outside of the judged unit.
known := [pod |
	some obj in input.objects
	some spec in _specs(obj)
	pod := {"obj": obj, "spec": spec, "confidence": confidence(obj, spec)}
]

# METADATA
# description: |
#   How sure it is that the pods of `spec`, an entry of `pods.specs` of `obj`, are an agent's: `certain` or
#   `probable`; undefined where nothing tells so. Under the profile `agents` all are.
confidence(obj, spec) := "certain" if {
	_says_so(obj, spec)
} else := "certain" if {
	_is_called_agent(obj, spec)
	agents_hints.suggests(obj, spec)
} else := "probable" if {
	_is_called_agent(obj, spec)
	not obj.object.kind == "DaemonSet"
	not agents_hints.is_infrastructure(obj, spec)
} else := "probable" if {
	agents_hints.suffices(obj, spec)
}

# METADATA
# description: Whether the pods of `spec`, an entry of `pods.specs` of `obj`, are an agent's, certainly or probably.
is_agent(obj, spec) if confidence(obj, spec)

# METADATA
# description: The severity of a finding about a pod of `judged`, one level less where it is an agent's only probably.
severity(pod, level) := {"certain": level, "probable": rbac_severity.lowered(level, 1)}[pod.confidence]

# METADATA
# description: |
#   The labels and annotations of the pods of `spec` and of `obj` itself, those of the pods winning.
marks(obj, spec) := object.union_n([_object(found) |
	some found in [
		k8s.annotations(obj),
		k8s.labels(obj),
		object.get(spec.metadata, "annotations", null),
		object.get(spec.metadata, "labels", null),
		object.get(spec.spec, "annotations", null),
		object.get(spec.spec, "labels", null),
	]
])

_object(value) := value if is_object(value)

_object(value) := {} if not is_object(value)

_specs(obj) := pods.specs(obj) if {
	count(pods.specs(obj)) > 0
} else := {{"path": path, "spec": {}, "metadata": {}, "metadata_path": ["metadata"], "settings": true}} if {
	is_kagent(obj)
	not obj.object.kind == "AgentHarness"
	path := ["spec", {true: "byo", false: "declarative"}[object.get(obj.object, ["spec", "type"], "") == "BYO"], "deployment"]
} else := set()

_says_so(_, _) if settings.profile == "agents"

_says_so(obj, _) if obj.object.kind in {"Sandbox", "SandboxTemplate", "SandboxClaim"}

_says_so(obj, _) if is_kagent(obj)

_says_so(obj, spec) if {
	found := marks(obj, spec)
	_marks_agent(object.remove(found, {_component}))
}

_says_so(obj, spec) if marks(obj, spec)[_component] in {"ai-agent", "llm-agent"}

# What serves the agents of a zone, such as its gateway, is none of them.
_says_so(obj, spec) if {
	_zones[obj.namespace]
	not agents_hints.is_infrastructure(obj, spec)
}

_says_so(obj, spec) if {
	some selector in k8s.list(data.settings.params["agents/agent-dedicated-identity"].agentSelectors)
	is_object(selector)
	count(selector) > 0
	found := marks(obj, spec)
	every key, value in selector {
		found[key] == value
	}
}

# Agents of monitoring and of CI call themselves so as well.
_is_called_agent(obj, spec) if marks(obj, spec)[_component] == "agent"

_component := "app.kubernetes.io/component"

_marks_agent(marks) if marks[settings.annotation("workload")] == "agent"

_marks_agent(marks) if marks[_component] in {"agent", "ai-agent", "llm-agent"}

_marks_agent(marks) if {
	some key, _ in marks
	split(key, "/")[0] in {"agents.x-k8s.io", "kagent.dev"}
}

_zones := {obj.name |
	some obj in k8s.known_of_kind("Namespace")
	k8s.labels(obj)[settings.annotation("zone")] == "agents"
}
