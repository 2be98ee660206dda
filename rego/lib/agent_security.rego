# METADATA
# title: What a container of an AI agent lacks in its security context
# description: |
#   The restricted Pod Security Standard and a read-only root file system, field by field, as the words to
#   write. What the container leaves out is taken from its pod.
package portcullis.lib.agent_security

import data.portcullis.lib.agents
import data.portcullis.lib.identities
import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.settings

# METADATA
# description: |
#   Containers of agents whose security context can be judged, as a list of `{"pod", "container", "path"}`;
#   `path` is the way to the context, which may be missing. Kinds that make their pods out of more than a pod
#   spec, such as workflows, are left out, and so are patches, which leave out what they don't change.
containers := [{"pod": pod, "container": container, "path": array.concat(container.path, ["securityContext"])} |
	some pod in agents.judged
	_is_judged(pod)
	some container in _containers(pod)
]

_is_judged(pod) if {
	pod.obj.object.kind in (identities.plain_kinds | {"Agent", "SandboxAgent"})
	not pod.obj.partial
}

_containers(pod) := found if {
	found := {container |
		some container in pods.containers(pod.obj)
		container.spec_path == pod.spec.path
	}
	count(found) > 0
} else := {{"path": pod.spec.path, "container": {}, "kind": "settings", "spec_path": pod.spec.path}} if {
	agents.is_kagent(pod.obj)
} else := set()

# METADATA
# description: |
#   What an entry of `containers` has to set to comply with the restricted standard, as a list of words such
#   as `allowPrivilegeEscalation: false`; empty where it complies.
lacks(entry) := [word |
	not _is_windows(entry)
	some word in _words
	_lacks(word, _context(entry), _pod_context(entry), entry)
]

_words := [
	"privileged: false",
	"runAsNonRoot: true",
	"runAsUser other than 0",
	"allowPrivilegeEscalation: false",
	"capabilities: {drop: [ALL]}",
	"no added capabilities",
	"seccompProfile: {type: RuntimeDefault}",
]

_lacks("privileged: false", context, _, _) if context.privileged == true

_lacks("runAsNonRoot: true", context, pod, entry) if {
	not _has_user_namespace(entry)
	_effective(context, pod, "runAsNonRoot") != true
}

_lacks("runAsUser other than 0", context, pod, entry) if {
	not _has_user_namespace(entry)
	_effective(context, pod, "runAsUser") == 0
}

_lacks("allowPrivilegeEscalation: false", context, _, _) if object.get(context, "allowPrivilegeEscalation", null) != false

_lacks("capabilities: {drop: [ALL]}", context, _, _) if {
	not "ALL" in k8s.items_at(context, ["capabilities", "drop"])
}

_lacks("no added capabilities", context, _, _) if {
	some capability in k8s.items_at(context, ["capabilities", "add"])
	capability != "NET_BIND_SERVICE"
}

_lacks("seccompProfile: {type: RuntimeDefault}", context, pod, _) if {
	profile := _effective(context, pod, "seccompProfile")
	not _is_confined(profile)
}

_is_confined(profile) if profile.type in {"RuntimeDefault", "Localhost"}

# METADATA
# description: Whether the root file system of an entry of `containers` can be written to.
is_writable(entry) if {
	not _is_windows(entry)
	object.get(_context(entry), "readOnlyRootFilesystem", null) != true
}

# METADATA
# description: |
#   Whether an entry of `containers` sets a context itself that does not comply, and does not merely leave
#   it to a controller that adds one.
is_explicit(entry) if {
	context := _context(entry)
	some [key, value] in [["privileged", true], ["allowPrivilegeEscalation", true], ["runAsNonRoot", false], ["runAsUser", 0]]
	context[key] == value
}

_context(entry) := _object(object.get(entry.container.container, "securityContext", null))

# kagent has the context of the pod beside that of the container.
_pod_context(entry) := _object(object.get(entry.pod.spec.spec, "podSecurityContext", null)) if {
	agents.is_kagent(entry.pod.obj)
} else := _object(object.get(entry.pod.spec.spec, "securityContext", null))

_effective(context, pod, key) := object.get(context, key, object.get(pod, key, null))

_object(value) := value if is_object(value)

_object(value) := {} if not is_object(value)

_is_windows(entry) if entry.pod.spec.spec.os.name == "windows"

# Root in a user namespace is nobody on the node.
_has_user_namespace(entry) if entry.pod.spec.spec.hostUsers == false

# METADATA
# description: |
#   What opens the node, or the other containers, to the pods of an agent, as a set of `{"path", "region",
#   "what"}`; `region` is all that the place speaks for.
host_access(pod) := {{"path": place, "region": volume, "what": _what(path)} |
	some volume, path in _host_paths(pod)
	place := array.concat(volume, ["hostPath", "path"])
} | {{"path": place, "region": place, "what": "the processes of all its containers"} |
	pod.spec.spec.shareProcessNamespace == true
	place := array.concat(pod.spec.path, ["shareProcessNamespace"])
}

_host_paths(pod) := {array.flatten([pod.spec.path, "volumes", index]): path |
	some index, volume in k8s.items_at(pod.spec.spec, ["volumes"])
	path := object.get(volume, ["hostPath", "path"], null)
	is_string(path)
}

_what(path) := "the container runtime's socket, which is root on the node" if {
	_is_socket(path)
} else := concat("", ["`", path, "` of the node"])

_is_socket(path) if regex.match(`(^|/)(docker|dockershim|containerd|crio|cri-dockerd|podman)\.sock$`, path)

# METADATA
# description: |
#   Namespaces of the node in which the pods of an agent run, and volumes that the restricted standard does not
#   know, as a set of `{"path", "what"}`.
pod_problems(pod) := {{"path": array.concat(pod.spec.path, [field]), "what": concat("", ["`", field, ": true`"])} |
	some field in ["hostNetwork", "hostPID", "hostIPC"]
	pod.spec.spec[field] == true
} | {{"path": array.flatten([pod.spec.path, "volumes", index, type]), "what": concat("", ["a volume of the type `", type, "`"])} |
	some index, volume in k8s.items_at(pod.spec.spec, ["volumes"])
	some type, _ in volume
	not type in _volume_types
}

# `hostPath` is told of on its own.
_volume_types := {
	"name", "hostPath", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected",
	"secret",
}

# METADATA
# description: |
#   Whether a pod of an agent executes code that a model wrote: kinds of agent-sandbox, images that say so, and
#   what the label or annotation `<prefix>/executes-code: "true"` marks.
executes_code(pod) if pod.obj.object.kind in {"Sandbox", "SandboxTemplate"}

executes_code(pod) if agents.marks(pod.obj, pod.spec)[settings.annotation("executes-code")] in {true, "true"}

executes_code(pod) if {
	some container in pods.containers(pod.obj)
	container.spec_path == pod.spec.path
	is_string(container.container.image)
	regex.match(`(?i)code-?interpreter|sandbox|jupyter|playwright|browser`, container.container.image)
}
