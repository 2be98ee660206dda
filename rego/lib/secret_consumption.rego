# METADATA
# title: How running workloads hold the Secrets that they use
# description: |
#   A value in the environment, and a file that is mounted by `subPath`, stay as they were when the pod
#   started; other files follow the Secret. What only init containers use is used up when the pod runs.
package portcullis.lib.secret_consumption

import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.secret_uses

# METADATA
# description: |
#   Each Secret that a judged workload uses while it runs, as `{obj, namespace, name, csi, frozen, files}`:
#   `frozen` and `files` are lists of `{path, key}`, `csi` is whether the name is that of a
#   SecretProviderClass. Jobs start anew with each run and are left out, and so are patches and what is
#   scaled to zero.
pairs := [pair |
	some obj in _running
	uses := [use | some use in secret_uses.of(obj); use.mode in _modes]
	some [namespace, name, csi] in {[use.namespace, use.name, use.mode == "csi"] | some use in uses}
	own := [use | some use in uses; use.namespace == namespace; use.name == name; use.mode == "csi" == csi]
	pair := {
		"obj": obj,
		"namespace": namespace,
		"name": name,
		"csi": csi,
		"frozen": array.concat(
			[place | some use in own; some place in _in_environment(use)],
			[place | some use in own; some place in _mounted(use, true)],
		),
		"files": [place | some use in own; some place in _mounted(use, false)],
	}
]

_modes := {"env", "envFrom", "volume", "projected", "csi"}

_running := [obj |
	some kind in _kinds
	some obj in k8s.of_kind(kind)
	pods.workloads[obj.id]
	not obj.partial
	not obj.object.spec.replicas == 0
]

_kinds := [
	"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Rollout", "DeploymentConfig",
	"Pod", "Sandbox", "SandboxTemplate", "Agent",
]

_in_environment(use) := [{"path": use.path, "key": use.key}] if {
	use.mode in {"env", "envFrom"}
	_runs_on[[use.obj.id, use.container]]
} else := []

_mounted(use, by_sub_path) := [place |
	use.mode in {"volume", "projected", "csi"}
	some mount in secret_uses.mounts(use.obj)
	mount.volume == use.label
	mount.spec_path == use.spec_path
	_runs_on[[use.obj.id, mount.container.path]]
	place := _place(use, mount, by_sub_path)
]

_place(_, mount, true) := {"path": array.concat(mount.path, [field]), "key": mount.mount[field]} if {
	some field in ["subPath", "subPathExpr"]
	_is_text(mount.mount, field)
}

_place(use, mount, false) := {"path": use.path, "key": ""} if {
	not _is_text(mount.mount, "subPath")
	not _is_text(mount.mount, "subPathExpr")
}

_is_text(mount, field) if {
	is_string(mount[field])
	mount[field] != ""
}

# Containers that run as long as the pod does.
_runs_on := {[obj.id, container.path] |
	some obj in _running
	some container in pods.containers(obj)
	_stays(container)
}

_stays(container) if not container.kind in {"init", "ephemeral"}

_stays(container) if {
	container.kind == "init"
	container.container.restartPolicy == "Always"
}
