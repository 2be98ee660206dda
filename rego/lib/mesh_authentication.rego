# METADATA
# title: What Istio asks of those who connect
# description: |
#   PeerAuthentications as `{obj, mode, selects}`: `mode` is `UNSET` where none is given, and `selects` says
#   that it is for some workloads only. For one workload the policy that selects it decides, then that of its
#   namespace, then that of the root namespace, which is for the whole mesh; where none says anything, plaintext
#   is accepted.
package portcullis.lib.mesh_authentication

import data.portcullis.lib.k8s
import data.portcullis.lib.mesh
import data.portcullis.lib.pods

# METADATA
# description: The policies that are being judged.
policies := [policy | some policy in _known; not policy.obj.context]

_known := [{"obj": obj, "mode": _mode(spec), "selects": count(_selector(obj)) > 0} |
	some obj in k8s.known_of_kind("PeerAuthentication")
	k8s.group(obj.object.apiVersion) == "security.istio.io"
	spec := object.get(obj.object, "spec", {})
]

_mode(spec) := mode if {
	mode := spec.mtls.mode
	is_string(mode)
} else := "UNSET"

_selector(obj) := labels if {
	labels := obj.object.spec.selector.matchLabels
	is_object(labels)
} else := {}

# Namespaces with a policy for all of their workloads.
_covered := {policy.obj.namespace | some policy in _known; not policy.selects}

# METADATA
# description: |
#   Whether a policy without a mode has another one above it, whose mode it takes over; `root` is the name
#   of the root namespace.
has_parent(policy, root) if {
	policy.obj.namespace != root
	root in _covered
}

has_parent(policy, _) if {
	policy.selects
	policy.obj.namespace in _covered
}

# METADATA
# description: "The ports of a policy with a mode of their own that accepts plaintext: `{port, mode}`."
plaintext_ports(policy, allowed) := {{"port": port, "mode": setting.mode} |
	some port, setting in policy.obj.object.spec.portLevelMtls
	setting.mode in {"PERMISSIVE", "DISABLE"}
	not port in {sprintf("%v", [one]) | some one in k8s.list(allowed)}
}

# METADATA
# description: |
#   One place for each namespace that runs workloads in Istio without any policy for it: `{obj, path,
#   namespace}`. It is that of the Namespace where this is being judged, else that of pods which join by
#   themselves.
without_policy(root) := [sort(places)[0] |
	count(_covered & {root, ""}) == 0
	some namespace, places in _in_istio
	not namespace in _covered
]

_in_istio[obj.name] contains {"obj": obj, "path": mesh.joins_istio_at(obj), "namespace": obj.name} if {
	some obj in k8s.of_kind("Namespace")
	obj.name in _used
}

_in_istio[obj.namespace] contains {"obj": obj, "path": path, "namespace": obj.namespace} if {
	some obj in input.objects
	not obj.context
	some spec in pods.specs(obj)
	some path in mesh.joins(spec)
	mesh.state(obj.namespace) == "unknown"
}

_used := {obj.namespace | some obj in input.objects; count(pods.specs(obj)) > 0}
