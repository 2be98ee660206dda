# METADATA
# title: What Istio asks of those who connect
# description: |
#   PeerAuthentications that are being judged, as `{obj, mode, selects, root}`: `mode` is `UNSET` where none
#   is given, `selects` says that it is for some workloads only, and `root` that it stands in the namespace
#   whose policies hold for the whole mesh. For one workload the policy that selects it decides, then that of
#   the namespace, then that of the mesh; where none says anything, plaintext is accepted.
package portcullis.lib.mesh_authentication

import data.portcullis.lib.k8s
import data.portcullis.lib.mesh
import data.portcullis.lib.pods

# METADATA
# description: The policies that are being judged; `root` is the name of the root namespace.
policies(root) := [policy | some policy in _known(root); not policy.obj.context]

_known(root) := [{
	"obj": obj,
	"mode": _mode(spec),
	"selects": count(_selector(obj)) > 0,
	"root": obj.namespace == root,
} |
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

# METADATA
# description: |
#   Whether a policy without a mode has another one above it, whose mode it takes over.
has_parent(policy, root) if {
	not policy.root
	some other in _known(root)
	not other.selects
	other.root
}

has_parent(policy, root) if {
	policy.selects
	some other in _known(root)
	not other.selects
	other.obj.namespace == policy.obj.namespace
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
	covered := {policy.obj.namespace | some policy in _known(root); not policy.selects}
	count(covered & {root, ""}) == 0
	some namespace, places in _in_istio
	not namespace in covered
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
