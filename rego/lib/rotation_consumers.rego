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
	[namespace, name] in _used_by_idle
	not [namespace, name] in _used_by_running
}

# Workloads are searched for names only in the namespaces where one is scaled to zero.
_used_by_idle := {[obj.namespace, name] |
	some obj in _idle
	some name in _names(obj)
}

_used_by_running := {[obj.namespace, name] |
	some obj in input.objects
	obj.namespace in _idle_namespaces
	obj.id in pods.workloads
	not obj.object.spec.replicas == 0
	some name in _names(obj)
}

_idle := [obj |
	some kind in ["Deployment", "StatefulSet", "ReplicaSet", "Rollout", "DeploymentConfig"]
	some obj in k8s.known_of_kind(kind)
	obj.object.spec.replicas == 0
]

_idle_namespaces := {obj.namespace | some obj in _idle}

_names(obj) := {name |
	some pod in pods.specs(obj)
	walk(pod.spec, [path, name])
	is_string(name)
	_is_reference(path)
}

_is_reference(path) if path[count(path) - 1] == "secretName"

_is_reference(path) if {
	path[count(path) - 1] == "name"
	path[count(path) - 2] in {"secretKeyRef", "secretRef", "secret", "nodePublishSecretRef"}
}

_is_reference(path) if {
	path[count(path) - 1] == "name"
	path[count(path) - 3] == "imagePullSecrets"
}
