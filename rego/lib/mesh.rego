# METADATA
# title: What is part of a service mesh
# description: |
#   Namespaces join a mesh by a label (Istio with sidecars or in ambient mode) or an annotation (Linkerd), and
#   pods join or leave by one of their own, which counts more. Of a namespace that is not in the set nothing
#   is known.
package portcullis.lib.mesh

import data.portcullis.lib.agents
import data.portcullis.lib.k8s
import data.portcullis.lib.pods

# METADATA
# description: |
#   What is known of a namespace: `inside` a mesh, `outside` of all, or `unknown`.
state(namespace) := "inside" if {
	count(joined_by(namespace)) > 0
} else := "outside" if {
	_declared[namespace]
} else := "unknown"

# METADATA
# description: The meshes that a namespace has joined, a set of `istio`, `ambient` and `linkerd`.
joined_by(namespace) := {mesh |
	some mesh in ["istio", "ambient", "linkerd"]
	[namespace, mesh] in _joined
}

# METADATA
# description: |
#   The place where an object, an entry of `input.objects` that is a Namespace, joins Istio; undefined where
#   it does not.
joins_istio_at(obj) := sort([place |
	some [mesh, place] in _places(obj)
	mesh != "linkerd"
])[0]

_declared := {obj.name | some obj in k8s.known_of_kind("Namespace")}

_joined := {[obj.name, mesh] |
	some obj in k8s.known_of_kind("Namespace")
	some [mesh, _] in _places(obj)
}

_places(obj) := {[mesh, ["metadata", field, key]] |
	some [mesh, field, key, values] in [
		["istio", "labels", "istio-injection", {"enabled"}],
		["ambient", "labels", "istio.io/dataplane-mode", {"ambient"}],
		["linkerd", "annotations", "linkerd.io/inject", {"enabled", "ingress"}],
	]
	obj.object.metadata[field][key] in values
} | {["istio", ["metadata", "labels", "istio.io/rev"]] |
	is_string(obj.object.metadata.labels["istio.io/rev"])
	not obj.object.metadata.labels["istio-injection"] == "disabled"
}

# METADATA
# description: |
#   Where the pods of a spec (an entry of `pods.specs`) join Istio by themselves: paths into the object.
joins(spec) := {array.concat(spec.metadata_path, [field, key]) |
	some [field, key, values] in [
		["labels", "sidecar.istio.io/inject", {"true", true}],
		["annotations", "sidecar.istio.io/inject", {"true", true}],
		["labels", "istio.io/dataplane-mode", {"ambient"}],
	]
	spec.metadata[field][key] in values
} | {array.concat(spec.metadata_path, ["labels", "istio.io/rev"]) |
	is_string(spec.metadata.labels["istio.io/rev"])
}

# METADATA
# description: |
#   Where the pods of a spec stay out of the mesh: `{path, text}`, the latter as it is written.
leaves(spec) := {{"path": array.concat(spec.metadata_path, [field, key]), "text": text} |
	some [field, key, values, text] in [
		["labels", "sidecar.istio.io/inject", {"false", false}, "sidecar.istio.io/inject: \"false\""],
		["annotations", "sidecar.istio.io/inject", {"false", false}, "sidecar.istio.io/inject: \"false\""],
		["labels", "istio.io/dataplane-mode", {"none"}, "istio.io/dataplane-mode: none"],
		["annotations", "linkerd.io/inject", {"disabled"}, "linkerd.io/inject: disabled"],
	]
	spec.metadata[field][key] in values
}

# METADATA
# description: Whether the pods of a spec (an entry of `pods.specs`) of `obj` are an agent's for certain.
is_agent(obj, spec) if agents.confidence(obj, spec) == "certain"

# METADATA
# description: Namespaces in which agents run, or that are for agents.
agent_namespaces := {obj.namespace |
	some obj in input.objects
	some spec in pods.specs(obj)
	is_agent(obj, spec)
} | {name |
	some name in _declared
	agents.owns({"object": {"apiVersion": "v1", "kind": "Pod", "metadata": {}}, "namespace": name})
}
