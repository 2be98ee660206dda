# METADATA
# title: Pods as network policies see them
# description: |
#   A pod is `{"obj", "namespace", "labels", "containers"}`.
package portcullis.lib.network_pods

import data.portcullis.lib.identities
import data.portcullis.lib.k8s
import data.portcullis.lib.pods

# METADATA
# description: All pods of the set, also those outside of the judged unit.
known := [pod |
	some obj in input.objects
	some spec in pods.specs(obj)
	pod := _pod(obj, spec)
]

# METADATA
# description: |
#   The pods that are being judged and that policies apply to: not those on the network of their node, not
#   patches, and none that a controller makes out of more than a pod spec.
judged := [pod |
	some obj in input.objects
	obj.object.kind in identities.plain_kinds
	not obj.context
	not obj.partial
	some spec in pods.specs(obj)
	not spec.spec.hostNetwork == true
	count(k8s.items_at(spec.spec, ["containers"])) > 0
	not _runs_for_ci(obj)
	pod := _pod(obj, spec)
]

_pod(obj, spec) := {
	"obj": obj,
	"namespace": obj.namespace,
	"labels": _object(object.get(spec.metadata, "labels", null)),
	"containers": [container |
		some list in ["containers", "initContainers"]
		some container in k8s.items_at(spec.spec, [list])
		is_object(container)
	],
}

_object(value) := value if is_object(value)

_object(value) := {} if not is_object(value)

_runs_for_ci(obj) if {
	obj.object.kind in {"Job", "CronJob", "ScaledJob"}
	regex.match(`(^|-)(ci|cicd|jenkins|tekton|gitlab|actions|arc|buildkite|drone|woodpecker|runners?)(-|$)`, obj.namespace)
}

# METADATA
# description: "Namespaces that have pods in the set, with the first object of each: `namespace: object`."
namespaces := {namespace: input.objects[min(indices)] | some namespace, indices in _indices}

_indices[obj.namespace] contains index if {
	some index, obj in input.objects
	_judged_ids[obj.id]
}

_judged_ids := {pod.obj.id | some pod in judged}

# METADATA
# description: "Indices into `judged` by namespace."
by_namespace := {namespace: indices | some namespace, indices in _by_namespace}

_by_namespace[pod.namespace] contains index if some index, pod in judged
