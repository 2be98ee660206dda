# METADATA
# title: Traffic that goes around a mesh
# description: |
#   Pods that stay out of the mesh of their namespace, ports and addresses that their proxies leave alone, and
#   DestinationRules that switch mutual TLS off on the way.
package portcullis.lib.mesh_traffic

import data.portcullis.lib.k8s
import data.portcullis.lib.mesh
import data.portcullis.lib.pods

# METADATA
# description: |
#   Pods that stay out of the mesh, as `{obj, path, text, known, agent}`; `known` says that their namespace
#   is in it. Left out are namespaces outside of any mesh, those of a mesh's own control plane, pods in the
#   network of their node, which no mesh takes in, and whatever ends by itself: a sidecar would keep it running.
leavers(allowed) := [leaver |
	some [obj, spec] in _candidates
	not is_allowed(obj, spec, allowed)
	some place in mesh.leaves(spec)
	leaver := {
		"obj": obj,
		"path": place.path,
		"text": place.text,
		"known": mesh.state(obj.namespace) == "inside",
		"agent": count([1 | mesh.is_agent(obj, spec)]) > 0,
	}
]

_candidates := [[obj, spec] |
	some obj in input.objects
	not obj.context
	not obj.object.kind in _ending
	not obj.namespace in _control_planes
	mesh.state(obj.namespace) != "outside"
	some spec in pods.specs(obj)
	not spec.spec.hostNetwork == true
	not object.get(spec.spec, "restartPolicy", "Always") in {"Never", "OnFailure"}
]

_ending := {
	"Job", "CronJob", "ScaledJob", "Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow", "Task",
	"ClusterTask", "TaskRun", "Pipeline", "PipelineRun",
}

_control_planes := {
	"istio-system", "istio-ingress", "istio-egress", "istio-gateways", "linkerd", "linkerd-viz", "linkerd-jaeger",
	"linkerd-multicluster", "kube-system",
}

# METADATA
# description: |
#   Whether an allow-list names a workload: `namespace/name`, its name, or a part of one of its images.
is_allowed(obj, _, allowed) if {
	some entry in k8s.list(allowed)
	entry in {obj.name, concat("/", [obj.namespace, obj.name])}
}

is_allowed(obj, spec, allowed) if {
	some entry in k8s.list(allowed)
	some container in pods.containers(obj)
	container.spec_path == spec.path
	contains(container.container.image, entry)
}

# METADATA
# description: |
#   Exclusions from the proxy that cover the pod's own ports or those of a secret store, as `{obj, path,
#   what}`.
exclusions(allowed) := [{"obj": obj, "path": path, "what": what} |
	some obj in input.objects
	not obj.context
	not obj.namespace in _control_planes
	mesh.state(obj.namespace) != "outside"
	some spec in pods.specs(obj)
	not is_allowed(obj, spec, allowed)
	some key, value in spec.metadata.annotations
	what := _covered(obj, spec, key, value)
	path := array.concat(spec.metadata_path, ["annotations", key])
]

_covered(obj, spec, key, value) := what if {
	key in {"traffic.sidecar.istio.io/excludeInboundPorts", "config.linkerd.io/skip-inbound-ports"}
	ports := [port | some port in _app_ports(obj, spec); _in_list(value, port)]
	count(ports) > 0
	what := concat(" ", ["port", format_int(ports[0], 10), "of the workload itself"])
} else := what if {
	key in {"traffic.sidecar.istio.io/excludeOutboundPorts", "config.linkerd.io/skip-outbound-ports"}
	ports := [port | some port in _store_ports; _in_list(value, port)]
	count(ports) > 0
	what := concat(" ", ["port", format_int(ports[0], 10), "of the secret store"])
} else := "all addresses of the cluster" if {
	key == "traffic.sidecar.istio.io/excludeOutboundIPRanges"
	some range in split(value, ",")
	trim_space(range) in {"*", "0.0.0.0/0", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"}
} else := "all ports" if {
	# What is included is nothing at all.
	key in {"traffic.sidecar.istio.io/includeInboundPorts", "traffic.sidecar.istio.io/includeOutboundIPRanges"}
	value == ""
}

# Vault and OpenBao: clients, and the servers among themselves.
_store_ports := [8200, 8201]

# Scrapes and probes may well come from outside of the mesh.
_app_ports(obj, spec) := sort({port.containerPort |
	some container in pods.containers(obj)
	container.spec_path == spec.path
	some port in k8s.items_at(container.container, ["ports"])
	is_number(port.containerPort)
	not regex.match(`(?i)metric|prom|health|probe|admin|monitor|telemetry`, object.get(port, "name", ""))
})

# `8080, 9000-9010` or `*`.
_in_list(value, port) if {
	some part in split(value, ",")
	_in_range(trim_space(part), port)
}

_in_range("*", _)

_in_range(text, port) if {
	regex.match(`^[0-9]{1,5}(-[0-9]{1,5})?$`, text)
	bounds := split(text, "-")
	to_number(bounds[0]) <= port
	to_number(bounds[count(bounds) - 1]) >= port
}

# METADATA
# description: |
#   The TLS settings of DestinationRules that are being judged, as `{obj, path, tls, host}`; `host` is what
#   is known of the namespace of the destination: `inside` a mesh or the rule's own, `outside` of all,
#   `unknown`, or `external` where it is no service of the cluster.
tls_settings := [setting |
	some obj in k8s.of_kind("DestinationRule")
	k8s.group(obj.object.apiVersion) == "networking.istio.io"
	some [path, policy] in array.concat(
		[[["spec", "trafficPolicy"], object.get(obj.object, ["spec", "trafficPolicy"], null)]],
		[[["spec", "subsets", index, "trafficPolicy"], object.get(subset, "trafficPolicy", null)] |
			some index, subset in k8s.items_at(obj.object, ["spec", "subsets"])
		],
	)
	is_object(policy)
	some [place, holder] in array.concat(
		[[["tls"], policy]],
		[[["portLevelSettings", index, "tls"], one] | some index, one in k8s.items_at(policy, ["portLevelSettings"])],
	)
	tls := holder.tls
	is_object(tls)
	setting := {"obj": obj, "path": array.concat(path, place), "tls": tls, "host": _host(obj)}
]

# The API server has no proxy.
_host(obj) := "outside" if {
	regex.match(`^kubernetes\.default(\.|$)`, obj.object.spec.host)
} else := _state(_namespace_of(host, obj), obj) if {
	host := obj.object.spec.host
	is_string(host)
} else := "unknown"

_state("", _) := "external"

_state("*", _) := "inside"

_state(namespace, obj) := mesh.state(namespace) if {
	not namespace in {"", "*"}
	namespace != obj.namespace
}

# Whoever says how to reach a service of their own means one that is in the mesh, unless it is known not to be.
_state(namespace, obj) := {"inside": "inside", "unknown": "inside", "outside": "outside"}[mesh.state(namespace)] if {
	not namespace in {"", "*"}
	namespace == obj.namespace
}

# The namespace of a host, `*` for all of them, and empty for what is no service of the cluster.
_namespace_of(host, obj) := "*" if {
	regex.match(`^\*(\.(svc\.)?cluster)?(\.local)?$`, host)
} else := namespace if {
	parts := split(host, ".")
	parts[2] == "svc"
	namespace := parts[1]
} else := obj.namespace if {
	not contains(host, ".")
} else := parts[1] if {
	# `name.namespace` may as well be a domain.
	parts := split(host, ".")
	count(parts) == 2
	mesh.state(parts[1]) != "unknown"
} else := ""
