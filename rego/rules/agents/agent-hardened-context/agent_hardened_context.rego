# METADATA
# title: AI agent runs without a hardened security context
# description: |
#   An agent does what a model tells it, and a model does what the text in front of it says: a web page, a ticket,
#   a mail. So an agent is to be treated like a workload of a stranger. This rule holds agents to the restricted
#   Pod Security Standard and to a read-only root file system, and keeps them away from the node.
#
#   A container that does not comply with the restricted standard is high, and one finding lists all that its
#   `securityContext` lacks, what its pod sets included. One that only has a writable root file system is medium.
#   A volume of the node, the socket of the container runtime and a shared process namespace are critical. With
#   `requireSandboxRuntime`, agents that execute code need one of the `hardenedRuntimes` (medium): those of
#   agent-sandbox, images such as `code-interpreter`, `jupyter` or `browser`, and what the label
#   `portcullis/executes-code: "true"` marks.
#
#   Workloads that only look like an agent's count one level less, and so do agents of kagent that set no
#   context, since a controller makes their pods. Left alone are Windows pods, `runAsNonRoot` in pods with
#   `hostUsers: false` (that field itself is not asked for, since not every platform has it), patches, and GPU
#   servers, gateways and tool servers, which are no agents unless a label says so.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
#   - ref: https://agent-sandbox.sigs.k8s.io/docs/
#   - ref: https://kubernetes.io/docs/concepts/containers/runtime-class/
# custom:
#   severity: high
#   confidence: medium
#   scope: set
#   needs: []
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
#     - Sandbox
#     - SandboxTemplate
#     - Agent
#     - SandboxAgent
#   remediation: |
#     Give each container of the agent the restricted context, and run it in a sandbox where it executes code:
#
#     ```yaml
#     spec:
#       runtimeClassName: gvisor
#       automountServiceAccountToken: false
#       securityContext:
#         runAsNonRoot: true
#         seccompProfile: {type: RuntimeDefault}
#       containers:
#         - name: agent
#           securityContext:
#             allowPrivilegeEscalation: false
#             readOnlyRootFilesystem: true
#             capabilities: {drop: [ALL]}
#     ```
#
#     What it has to write goes to an `emptyDir`. In an Agent of kagent the fields are `securityContext` and
#     `podSecurityContext` of `deployment`.
#   variants:
#     not-restricted:
#       severity: high
#       message: "A container of an AI agent does not comply with the restricted standard; it needs {lacks}"
#     pod-not-restricted:
#       severity: high
#       message: "An AI agent has {what}, which the restricted standard forbids"
#     writable-root-filesystem:
#       severity: medium
#       message: "A container of an AI agent can write to its root file system: set `readOnlyRootFilesystem: true`"
#     no-sandboxed-runtime:
#       severity: medium
#       message: "An AI agent executes code in the node's own kernel: set `runtimeClassName` to one of {runtimes}"
#     host-access:
#       severity: critical
#       message: "An AI agent gets {what}: whatever its model is talked into reaches beyond its container"
#   params:
#     hardenedRuntimes:
#       type: array
#       description: "Names of RuntimeClasses that isolate a pod from the kernel; `*` stands for any characters."
#       default: [gvisor, runsc, "kata*", "*firecracker*"]
#     requireSandboxRuntime:
#       type: boolean
#       description: Whether agents that execute code need one of the `hardenedRuntimes`.
#       default: false
#   frameworks:
#     cis: ["5.2.2", "5.2.3", "5.2.4", "5.2.5", "5.2.6", "5.2.7", "5.2.8", "5.2.9", "5.2.10", "5.2.11", "5.2.12", "5.2.13", "5.7.3"]
#     nsa: ["NSA-POD"]
#     owasp: ["K01:2022", "K01:2025", "LLM05:2025", "LLM06:2025"]
#     pci: ["2.2.1"]
#     nist: ["AC-6", "SC-39", "SC-44"]
#     iso: ["A.8.9"]
#     cwe: ["CWE-250", "CWE-693"]
#   practices: [P08, P20, P27]
package portcullis.rules.agents["agent-hardened-context"]

import data.portcullis.lib.agent_security
import data.portcullis.lib.agents
import data.portcullis.lib.finding
import data.portcullis.lib.identities
import data.portcullis.lib.k8s
import data.portcullis.lib.rbac_severity
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.covering(
	finding.with_severity(
		finding.new("not-restricted", entry.pod.obj, entry.path, {"lacks": concat(", ", lacks)}),
		_weighed(entry, "high"),
	),
	entry.container.path,
) if {
	some entry in agent_security.containers
	count(agent_security.lacks(entry)) > 0
	lacks := [concat("", ["`", word, "`"]) |
		some word in array.concat(
			agent_security.lacks(entry),
			["readOnlyRootFilesystem: true" | agent_security.is_writable(entry)],
		)
	]
}

report contains finding.with_severity(
	finding.new("writable-root-filesystem", entry.pod.obj, array.concat(entry.path, ["readOnlyRootFilesystem"]), {}),
	_weighed(entry, "medium"),
) if {
	some entry in agent_security.containers
	count(agent_security.lacks(entry)) == 0
	agent_security.is_writable(entry)
}

report contains finding.with_severity(
	finding.new("pod-not-restricted", pod.obj, problem.path, {"what": problem.what}),
	agents.severity(pod, "high"),
) if {
	some pod in agents.judged
	some problem in agent_security.pod_problems(pod)
}

report contains finding.covering(
	finding.with_severity(
		finding.new("host-access", pod.obj, access.path, {"what": access.what}),
		agents.severity(pod, "critical"),
	),
	access.region,
) if {
	some pod in agents.judged
	some access in agent_security.host_access(pod)
}

report contains finding.with_severity(
	finding.new("no-sandboxed-runtime", pod.obj, array.concat(pod.spec.path, ["runtimeClassName"]), {"runtimes": _runtimes}),
	agents.severity(pod, "medium"),
) if {
	params.requireSandboxRuntime == true
	some pod in agents.judged
	pod.obj.object.kind in identities.plain_kinds
	not pod.obj.partial
	agent_security.executes_code(pod)
	not _is_sandboxed(pod)
}

# What kagent's controller adds where nothing is said is its to say.
_weighed(entry, level) := rbac_severity.lowered(level, 1) if {
	agents.is_kagent(entry.pod.obj)
	not agent_security.is_explicit(entry)
} else := agents.severity(entry.pod, level)

_is_sandboxed(pod) if {
	name := pod.spec.spec.runtimeClassName
	is_string(name)
	some pattern in k8s.list(params.hardenedRuntimes)
	is_string(pattern)
	glob.match(pattern, null, name)
}

_runtimes := concat(", ", [pattern | some pattern in k8s.list(params.hardenedRuntimes); is_string(pattern)])
