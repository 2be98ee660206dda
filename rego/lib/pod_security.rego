# METADATA
# title: Pods and containers with their security contexts
# description: |
#   What the checks of the Pod Security Standards read, in every kind of workload. A pod is
#   `{"obj", "spec", "path", "metadata_path", "context", "context_path", "containers", "is_windows"}`, where
#   `spec` is the pod spec itself and `context` its `securityContext` (`{}` where it has none). A container is
#   `{"name", "kind", "path", "image", "fields", "context", "context_path"}`. Where a context is missing,
#   `context_path` is where it would stand.
package portcullis.lib.pod_security

import data.portcullis.lib.k8s
import data.portcullis.lib.pods

# METADATA
# description: The pods of the objects that are being judged.
judged := [pod |
	some obj in input.objects
	not obj.context
	some spec in pods.specs(obj)
	pod := _pod(obj, spec)
]

# METADATA
# description: |
#   Those of `judged` whose pod spec is all there is, so that what it leaves out is absent: no patches, and no
#   kinds whose controller fills in the rest, such as workflows. OpenShift's DeploymentConfigs are left to the
#   security context constraints there, which set the same fields.
whole := [pod |
	some pod in judged
	pod.obj.object.kind in _whole_kinds
	_group(pod.obj) in _whole_groups
	not pod.obj.partial
]

_whole_kinds := {
	"Pod", "PodTemplate", "ReplicationController", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job",
	"CronJob", "Rollout", "ScaledJob", "Sandbox", "SandboxTemplate", "Service", "Configuration", "Revision",
}

_whole_groups := {
	"", "apps", "extensions", "batch", "argoproj.io", "keda.sh", "agents.x-k8s.io", "extensions.agents.x-k8s.io",
	"serving.knative.dev",
}

_group(obj) := k8s.group(obj.object.apiVersion) if is_string(obj.object.apiVersion)

# kagent sets the container's fields beside those of the pod.
_context_key(spec) := {true: "podSecurityContext", false: "securityContext"}[spec.settings]

_pod(obj, spec) := {
	"obj": obj,
	"spec": spec.spec,
	"path": spec.path,
	"metadata": spec.metadata,
	"metadata_path": spec.metadata_path,
	"context": _object(object.get(spec.spec, key, null)),
	"context_path": array.concat(spec.path, [key]),
	"is_windows": _is_windows(spec.spec),
	"containers": [_container(entry) |
		some entry in pods.containers(obj)
		entry.spec_path == spec.path
	],
} if {
	key := _context_key(spec)
}

_container(entry) := {
	"name": _text(object.get(entry.container, "name", null)),
	"kind": entry.kind,
	"path": entry.path,
	"image": _text(object.get(entry.container, "image", null)),
	"fields": entry.container,
	"context": _object(object.get(entry.container, "securityContext", null)),
	"context_path": array.concat(entry.path, ["securityContext"]),
}

_text(value) := value if is_string(value)

_text(value) := "" if not is_string(value)

_object(value) := value if is_object(value)

_object(value) := {} if not is_object(value)

_is_windows(spec) if {
	spec.os.name == "windows"
} else if {
	some key in ["kubernetes.io/os", "beta.kubernetes.io/os"]
	spec.nodeSelector[key] == "windows"
} else := false

# METADATA
# description: |
#   Whether the pod runs in a user namespace of its own, where root is nobody on the node. The standards then
#   ask less of it.
has_user_namespace(pod) if pod.spec.hostUsers == false

# METADATA
# description: What to call a container in a message.
label(container) := container.name if container.name != ""

label(container) := container.kind if container.name == ""
