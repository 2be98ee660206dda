# METADATA
# title: Which workloads use a Secret, and whether they run
package portcullis.lib.rotation_consumers

import data.portcullis.lib.k8s
import data.portcullis.lib.pods

# METADATA
# description: |
#   Whether the set shows workloads that use the Secret and all of them are scaled to zero: what is
#   decommissioned is not rotated.
only_idle(namespace, name) if {
	_used_by_idle[[namespace, name]]
	not _used_by_running[[namespace, name]]
}

# Workloads are searched for names only in the namespaces where one is scaled to zero.
_used_by_idle := {[obj.namespace, name] |
	some obj in _idle
	some name in _names(obj)
}

_used_by_running := {[obj.namespace, name] |
	some obj in input.objects
	_idle_namespaces[obj.namespace]
	pods.workloads[obj.id]
	not obj.object.spec.replicas == 0
	some name in _names(obj)
}

_idle := [obj |
	some kind in ["Deployment", "StatefulSet", "ReplicaSet", "Rollout", "DeploymentConfig"]
	some obj in k8s.known_of_kind(kind)
	obj.object.spec.replicas == 0
]

_idle_namespaces := {obj.namespace | some obj in _idle}

_names(obj) := (_from_pods(obj) | _from_volumes(obj)) | _from_containers(obj)

_from_pods(obj) := {item.name |
	some pod in pods.specs(obj)
	some item in k8s.list(object.get(pod.spec, "imagePullSecrets", null))
}

_from_volumes(obj) := {volume.secret.secretName |
	some pod in pods.specs(obj)
	some volume in k8s.list(object.get(pod.spec, "volumes", null))
} | {source.secret.name |
	some pod in pods.specs(obj)
	some volume in k8s.list(object.get(pod.spec, "volumes", null))
	some source in k8s.list(object.get(volume, ["projected", "sources"], null))
}

_from_containers(obj) := {item.valueFrom.secretKeyRef.name |
	some container in pods.containers(obj)
	some item in k8s.list(object.get(container.container, "env", null))
} | {item.secretRef.name |
	some container in pods.containers(obj)
	some item in k8s.list(object.get(container.container, "envFrom", null))
}
