# METADATA
# title: Whom a mesh lets in
# description: |
#   Istio's AuthorizationPolicies that allow, and Linkerd's identities. A policy without rules denies
#   everything; a rule without conditions holds for every request.
package portcullis.lib.mesh_authorization

import data.portcullis.lib.k8s
import data.portcullis.lib.mesh
import data.portcullis.lib.pods

# METADATA
# description: |
#   Rules that let everybody in, as `{obj, path, gateway}`; `gateway` where the policy is for a gateway, whose
#   work is to let others in.
open_rules := [{"obj": obj, "path": ["spec", "rules", index], "gateway": _is_for_gateway(obj)} |
	some obj in _allowing
	some index, rule in k8s.items_at(obj.object, ["spec", "rules"])
	is_object(rule)
	_is_empty(rule)
]

_allowing := [obj |
	some obj in k8s.of_kind("AuthorizationPolicy")
	k8s.group(obj.object.apiVersion) == "security.istio.io"
	object.get(obj.object, ["spec", "action"], "ALLOW") == "ALLOW"
	not k8s.annotations(obj)["istio.io/dry-run"] == "true"
]

_is_empty(holder) if count([1 | some value in holder; count(value) > 0]) == 0

default _is_for_gateway(_) := false

_is_for_gateway(obj) if {
	some value in obj.object.spec.selector.matchLabels
	regex.match(`(?i)gateway|ingress`, value)
}

_is_for_gateway(obj) if {
	some reference in array.concat(
		k8s.items_at(obj.object, ["spec", "targetRefs"]),
		[object.get(obj.object, ["spec", "targetRef"], null)],
	)
	reference.kind in {"Gateway", "GatewayClass"}
}

# METADATA
# description: |
#   Places that let in whoever has any identity of the mesh: `{obj, path, narrow}`; `narrow` where it is for
#   some operations only.
any_identity := array.concat(
	[{"obj": obj, "path": array.concat(path, [index]), "narrow": count(k8s.items_at(rule, ["to"])) > 0} |
		some obj in _allowing
		some number, rule in k8s.items_at(obj.object, ["spec", "rules"])
		is_object(rule)
		count(k8s.items_at(rule, ["when"])) == 0
		some place, from in k8s.items_at(rule, ["from"])
		source := from.source
		_is_empty(object.remove(source, ["principals"]))
		some index, "*" in k8s.items_at(source, ["principals"])
		path := ["spec", "rules", number, "from", place, "source", "principals"]
	],
	[{"obj": obj, "path": ["spec", "identities", index], "narrow": false} |
		some obj in k8s.of_kind("MeshTLSAuthentication")
		k8s.group(obj.object.apiVersion) == "policy.linkerd.io"
		some index, "*" in k8s.items_at(obj.object, ["spec", "identities"])
	],
)

# METADATA
# description: |
#   One place for each namespace of agents in which nothing says who may talk to whom: `{obj, path, namespace,
#   state}`, the latter as in `mesh`.
unauthorized := [sort(places)[0] |
	count(_authorized & {"istio-system", ""}) == 0
	some namespace, places in _agents_in
	not namespace in _authorized
]

_authorized := {obj.namespace |
	some kind, groups in {
		"AuthorizationPolicy": {"security.istio.io", "policy.linkerd.io"},
		"MeshTLSAuthentication": {"policy.linkerd.io"},
		"ServerAuthorization": {"policy.linkerd.io"},
	}
	some obj in k8s.known_of_kind(kind)
	k8s.group(obj.object.apiVersion) in groups
}

_agents_in[obj.namespace] contains place if {
	some obj in input.objects
	not obj.context
	some spec in pods.specs(obj)
	mesh.is_agent(obj, spec)
	place := {"obj": obj, "path": ["metadata", "namespace"], "namespace": obj.namespace, "state": mesh.state(obj.namespace)}
}

# METADATA
# description: "Sidecars of agents' namespaces that leave all ways out open: `{obj, path}`."
open_outbound := [{"obj": obj, "path": ["spec", "outboundTrafficPolicy", "mode"]} |
	some obj in k8s.of_kind("Sidecar")
	k8s.group(obj.object.apiVersion) == "networking.istio.io"
	obj.object.spec.outboundTrafficPolicy.mode == "ALLOW_ANY"
	obj.namespace in mesh.agent_namespaces
]
