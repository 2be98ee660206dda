# METADATA
# title: The checks of the Restricted Pod Security Standard
# description: |
#   What Restricted asks for beyond Baseline, as Pod Security Admission judges it (Kubernetes 1.34). What a
#   container leaves out is taken from its pod.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
package portcullis.lib.pod_security_restricted

import data.portcullis.lib.k8s
import data.portcullis.lib.pod_security
import data.portcullis.lib.pod_security_baseline as baseline

# METADATA
# description: |
#   What a pod (of `pod_security`) sets that Restricted forbids and Baseline does not: a set of `{"check",
#   "path", "args"}`. It may be asked of patches as well.
violations(pod) := {_violation(check, array.concat(pod.context_path, keys), args) |
	some [check, keys, args] in _context_problems(pod, pod.context)
} | ({_violation(check, array.concat(container.context_path, keys), args) |
	some container in pod.containers
	some [check, keys, args] in (_context_problems(pod, container.context) | _privileges(pod, container))
} | _volumes(pod))

_violation(check, path, args) := {"check": check, "path": path, "args": args}

_context_problems(pod, context) := {["runs-as-root", [field], {"setting": setting}] |
	not pod_security.has_user_namespace(pod)
	some [field, bad, setting] in [
		["runAsNonRoot", false, "runAsNonRoot: false"],
		["runAsUser", 0, "runAsUser: 0"],
	]
	context[field] == bad
} | ({["root-group", ["runAsGroup"], {}] | context.runAsGroup == 0} | {["root-group", ["supplementalGroups", index], {}] |
	some index, 0 in k8s.items_at(context, ["supplementalGroups"])
})

_privileges(pod, container) := {["privilege-escalation", ["allowPrivilegeEscalation"], {}] |
	container.context.allowPrivilegeEscalation == true
	not container.context.privileged == true
	not pod.is_windows
} | {["added-capability", ["capabilities", "add", index], {"capability": name}] |
	not pod.is_windows
	some index, name in k8s.items_at(container.context, ["capabilities", "add"])
	name != "NET_BIND_SERVICE"
	name in baseline.default_capabilities
}

# Baseline speaks about `hostPath`. A volume without a source is an `emptyDir`.
_volumes(pod) := {_violation("volume-type", path, {"type": type}) |
	some index, volume in k8s.items_at(pod.spec, ["volumes"])
	some type, source in volume
	source != null
	not type in _volume_types
	path := array.concat(pod.path, ["volumes", index, type])
}

_volume_types := {
	"name", "hostPath", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected",
	"secret",
}

# METADATA
# description: |
#   What a container of a whole pod (of `pod_security.whole`) leaves out that Restricted asks for: a list of
#   `{"text", "keys"}`, the setting to write and the keys that lead to it from the container's `securityContext`.
#   What it sets to the wrong value is not in it, but in `violations` here or of Baseline.
missing(pod, container) := [{"text": text, "keys": keys} |
	some [check, text, keys] in _requirements
	_lacks(check, pod, container)
]

_requirements := [
	["non-root", "runAsNonRoot: true", ["runAsNonRoot"]],
	["escalation", "allowPrivilegeEscalation: false", ["allowPrivilegeEscalation"]],
	["capabilities", "capabilities: {drop: [ALL]}", ["capabilities", "drop"]],
	["seccomp", "seccompProfile: {type: RuntimeDefault}", ["seccompProfile"]],
]

_lacks("non-root", pod, container) if {
	not pod_security.has_user_namespace(pod)
	_effective(pod, container, "runAsNonRoot") == null
}

_lacks("escalation", pod, container) if {
	not pod.is_windows
	object.get(container.context, "allowPrivilegeEscalation", null) == null
}

_lacks("capabilities", pod, container) if {
	not pod.is_windows
	not "ALL" in k8s.items_at(container.context, ["capabilities", "drop"])
}

_lacks("seccomp", pod, container) if {
	not pod.is_windows
	_effective(pod, container, "seccompProfile") == null
}

_effective(pod, container, key) := value if {
	value := object.get(container.context, key, null)
	value != null
} else := object.get(pod.context, key, null)

# METADATA
# description: Whether a container of a whole pod may write to its root file system.
is_root_writable(pod, container) if {
	not pod.is_windows
	object.get(container.context, "readOnlyRootFilesystem", null) != true
}
