# METADATA
# title: What makes a pod easier to break into, or its loss worse
package portcullis.lib.exposure

import data.portcullis.lib.k8s

# METADATA
# description: |
#   Whether something outside of the cluster reaches the pods of `spec` (an entry of `pods.specs` of
#   `obj`): a Service for nodes or a load balancer, or one behind an Ingress, a Gateway route or an
#   OpenShift Route, selects their labels. Load balancers that are internal do not count.
is_public(obj, spec) if {
	labels := spec.metadata.labels
	is_object(labels)
	some key, value in labels
	some service in object.get(_public_by_label, [[obj.namespace, key, value]], [])
	every wanted, expected in service.object.spec.selector {
		labels[wanted] == expected
	}
}

# Services by one of their labels, so that a pod is compared with few.
_public_by_label := {label: services |
	some label, indices in _indices_by_label
	services := [_public[index] | some index in indices]
}

_indices_by_label[label] contains index if {
	some index, service in _public
	key := min(object.keys(service.object.spec.selector))
	label := [service.namespace, key, object.get(service.object.spec.selector, key, null)]
}

_public := [service |
	some service in k8s.known_of_kind("Service")
	k8s.group(service.object.apiVersion) == ""
	selector := service.object.spec.selector
	is_object(selector)
	count(selector) > 0
	_is_public_service(service)
]

_is_public_service(service) if service.object.spec.type == "NodePort"

_is_public_service(service) if {
	service.object.spec.type == "LoadBalancer"
	not is_internal(service)
}

_is_public_service(service) if _routed[[service.namespace, service.name]]

_internal := {
	"service.beta.kubernetes.io/aws-load-balancer-internal": {"true", "0.0.0.0/0"},
	"service.beta.kubernetes.io/aws-load-balancer-scheme": {"internal"},
	"networking.gke.io/load-balancer-type": {"Internal"},
	"cloud.google.com/load-balancer-type": {"Internal"},
	"service.beta.kubernetes.io/azure-load-balancer-internal": {"true"},
	"service.beta.kubernetes.io/openstack-internal-load-balancer": {"true"},
}

# METADATA
# description: Whether a Service asks for a load balancer that is reachable from the own network alone.
is_internal(service) if {
	some key, values in _internal
	k8s.annotations(service)[key] in values
}

_routed := (_by_ingress | _by_gateway) | _by_openshift

_by_ingress contains [obj.namespace, name] if {
	some obj in k8s.known_of_kind("Ingress")
	some backend in _ingress_backends(obj)
	name := object.get(backend, ["service", "name"], object.get(backend, "serviceName", null))
	is_string(name)
}

_ingress_backends(obj) := {backend |
	some key in ["defaultBackend", "backend"]
	backend := obj.object.spec[key]
	is_object(backend)
} | {path.backend |
	some rule in k8s.items_at(obj.object, ["spec", "rules"])
	some path in k8s.items_at(rule, ["http", "paths"])
	is_object(path.backend)
}

_by_gateway contains [namespace, ref.name] if {
	some kind in ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"]
	some obj in k8s.known_of_kind(kind)
	some rule in k8s.items_at(obj.object, ["spec", "rules"])
	some ref in k8s.items_at(rule, ["backendRefs"])
	object.get(ref, "kind", "Service") == "Service"
	namespace := object.get(ref, "namespace", obj.namespace)
}

_by_openshift contains [obj.namespace, name] if {
	some obj in k8s.known_of_kind("Route")
	k8s.group(obj.object.apiVersion) == "route.openshift.io"
	name := obj.object.spec.to.name
}

# METADATA
# description: |
#   Whether a pod spec says that a container is privileged or runs as root. An image's own user is not
#   in the manifest, so that silence says nothing.
is_root(spec) if {
	some list in ["containers", "initContainers", "ephemeralContainers"]
	some container in k8s.items_at(spec, [list])
	_is_root_container(container, spec)
}

_is_root_container(container, _) if container.securityContext.privileged == true

_is_root_container(container, spec) if {
	own := object.get(container, ["securityContext", "runAsUser"], null)
	user := {true: object.get(spec, ["securityContext", "runAsUser"], null), false: own}[own == null]
	user == 0
}
