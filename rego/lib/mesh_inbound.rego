# METADATA
# title: What other meshes than Istio let in
# description: |
#   Settings of Linkerd, Consul, Kuma and Cilium by which a workload takes connections of which nobody knows
#   who is at the other end.
package portcullis.lib.mesh_inbound

import data.portcullis.lib.charts_installed
import data.portcullis.lib.k8s
import data.portcullis.lib.mesh
import data.portcullis.lib.pods

# METADATA
# description: |
#   Default policies of Linkerd that take connections without TLS, as `{obj, path, policy, agent}`: those of
#   namespaces, pods, Servers and the control plane's chart.
linkerd := array.concat(
	[place |
		some place in array.flatten([_annotations, _servers, _chart_settings])
		place.policy in {"all-unauthenticated", "cluster-unauthenticated", "audit"}
	],
	[{"obj": install.obj, "path": array.concat(install.place, _chart_keys[0]), "policy": "all-unauthenticated", "agent": false} |
		some install in _installs
		install.settled
		not charts_installed.value(install, _chart_keys[0])
		not charts_installed.value(install, _chart_keys[1])
	],
)

_key := "config.linkerd.io/default-inbound-policy"

_annotations := array.concat(
	[place |
		some obj in k8s.of_kind("Namespace")
		place := {
			"obj": obj,
			"path": ["metadata", "annotations", _key],
			"policy": k8s.annotations(obj)[_key],
			"agent": obj.name in mesh.agent_namespaces,
		}
	],
	[place |
		some obj in input.objects
		not obj.context
		some spec in pods.specs(obj)
		place := {
			"obj": obj,
			"path": array.concat(spec.metadata_path, ["annotations", _key]),
			"policy": spec.metadata.annotations[_key],
			"agent": count([1 | mesh.is_agent(obj, spec)]) > 0,
		}
	],
)

_servers := [{"obj": obj, "path": ["spec", "accessPolicy"], "policy": obj.object.spec.accessPolicy, "agent": obj.namespace in mesh.agent_namespaces} |
	some obj in k8s.of_kind("Server")
	k8s.group(obj.object.apiVersion) == "policy.linkerd.io"
]

# Since 2.12, and before.
_chart_keys := [["proxy", "defaultInboundPolicy"], ["policyController", "defaultAllowPolicy"]]

_installs := charts_installed.of({"linkerd-control-plane", "linkerd2"})

_chart_settings := [{"obj": install.obj, "path": found.path, "policy": found.value, "agent": false} |
	some install in _installs
	some keys in _chart_keys
	found := charts_installed.value(install, keys)
]

# METADATA
# description: "Places at which Consul or Kuma is told to take plaintext beside mTLS: `{obj, path, mode, tool}`."
permissive := [place |
	some place in array.concat(_consul, _kuma)
	lower(place.mode) == "permissive"
]

_consul := [{"obj": obj, "path": ["spec", "mutualTLSMode"], "mode": mode, "tool": "consul"} |
	some kind in ["ServiceDefaults", "ProxyDefaults"]
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == "consul.hashicorp.com"
	mode := obj.object.spec.mutualTLSMode
	is_string(mode)
]

_kuma := [{"obj": obj, "path": array.flatten([list, index, field]), "mode": mode, "tool": "kuma"} |
	some [kind, list, field] in [
		["Mesh", ["spec", "mtls", "backends"], ["mode"]],
		["MeshTLS", ["spec", "rules"], ["default", "mode"]],
		["MeshTLS", ["spec", "from"], ["default", "mode"]],
	]
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == "kuma.io"
	some index, item in k8s.items_at(obj.object, list)
	mode := object.get(item, field, "")
	is_string(mode)
]

# METADATA
# description: "Places at which Consul lets single services become permissive: `{obj, path}`."
permissive_allowed := [{"obj": obj, "path": ["spec", "allowEnablingPermissiveMutualTLS"]} |
	some obj in k8s.of_kind("Mesh")
	k8s.group(obj.object.apiVersion) == "consul.hashicorp.com"
	obj.object.spec.allowEnablingPermissiveMutualTLS == true
]

# METADATA
# description: "Rules of Cilium's policies that switch mutual authentication off: `{obj, path}`."
unauthenticated := [{"obj": obj, "path": array.concat(path, ["authentication", "mode"])} |
	some kind in ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"]
	some obj in k8s.of_kind(kind)
	some [base, spec] in array.concat(
		[[["spec"], object.get(obj.object, "spec", null)]],
		[[["specs", index], spec] | some index, spec in k8s.items_at(obj.object, ["specs"])],
	)
	some direction in ["ingress", "egress"]
	some index, entry in k8s.items_at(spec, [direction])
	entry.authentication.mode == "disabled"
	path := array.flatten([base, direction, index])
]
