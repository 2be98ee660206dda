# METADATA
# title: Ways into a Service from outside of the cluster
# description: |
#   Ingresses, routes of gateways and OpenShift Routes, as a list of `{"obj", "path", "namespace", "service",
#   "tls", "is_mutual"}` with the way to the Service's name. `tls` is `none`, `edge` where it ends at the
#   gateway, or `through` where it goes on to the Service, in one piece or anew.
package portcullis.lib.secret_store_routes

import data.portcullis.lib.k8s

# METADATA
# description: All routes that are being judged.
routes := array.concat(array.concat(_ingresses, _gateway), _openshift)

_ingresses := [route |
	some obj in k8s.of_kind("Ingress")
	k8s.group(obj.object.apiVersion) in {"networking.k8s.io", "extensions"}
	some [path, name] in _backends(obj)
	route := {
		"obj": obj,
		"path": path,
		"namespace": obj.namespace,
		"service": name,
		"tls": _ingress_tls(obj),
		"is_mutual": _is_mutual(obj),
	}
]

_backends(obj) := [[array.concat(place, keys), name] |
	some [place, backend] in array.concat(
		[[["spec", "defaultBackend"], object.get(obj.object, ["spec", "defaultBackend"], null)]],
		[[["spec", "rules", rule, "http", "paths", index, "backend"], object.get(entry, "backend", null)] |
			some rule, each in k8s.items_at(obj.object, ["spec", "rules"])
			some index, entry in k8s.items_at(each, ["http", "paths"])
		],
	)
	is_object(backend)
	some keys in [["service", "name"], ["serviceName"]]
	name := object.get(backend, keys, null)
	is_string(name)
]

_ingress_tls(obj) := "through" if {
	some key, value in k8s.annotations(obj)
	_goes_through(key, value)
} else := "edge" if {
	count(k8s.items_at(obj.object, ["spec", "tls"])) > 0
} else := "edge" if {
	some key in _certificates
	k8s.annotations(obj)[key]
} else := "none"

_goes_through(key, value) if {
	is_string(value)
	endswith(key, "/ssl-passthrough")
	lower(value) == "true"
}

_goes_through(key, value) if {
	is_string(value)
	endswith(key, "/backend-protocol")
	upper(value) in {"HTTPS", "GRPCS", "H2"}
}

_goes_through("haproxy.org/server-ssl", "true")

# Where load balancers of clouds take their certificates from.
_certificates := [
	"alb.ingress.kubernetes.io/certificate-arn", "networking.gke.io/managed-certificates",
	"ingress.gcp.kubernetes.io/pre-shared-cert", "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
]

_is_mutual(obj) if {
	k8s.annotations(obj)["nginx.ingress.kubernetes.io/auth-tls-secret"]
	object.get(k8s.annotations(obj), "nginx.ingress.kubernetes.io/auth-tls-verify-client", "on") == "on"
} else := false

_gateway := [route |
	some kind in ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute"]
	some obj in k8s.of_kind(kind)
	some index, rule in k8s.items_at(obj.object, ["spec", "rules"])
	some at, ref in k8s.items_at(rule, ["backendRefs"])
	object.get(ref, "kind", "Service") == "Service"
	is_string(ref.name)
	namespace := object.get(ref, "namespace", obj.namespace)
	route := {
		"obj": obj,
		"path": ["spec", "rules", index, "backendRefs", at, "name"],
		"namespace": namespace,
		"service": ref.name,
		"tls": _gateway_tls(obj, namespace, ref.name),
		"is_mutual": false,
	}
]

# The Gateway is often not in the set; most of them have TLS.
_gateway_tls(obj, namespace, name) := "through" if {
	obj.object.kind in {"TLSRoute", "TCPRoute"}
} else := "through" if {
	[namespace, name] in _backend_tls
} else := "none" if {
	parents := _listeners(obj)
	count(parents) > 0
	parents == {"HTTP"}
} else := "edge"

_backend_tls := {[obj.namespace, ref.name] |
	some obj in k8s.known_of_kind("BackendTLSPolicy")
	some ref in k8s.items_at(obj.object, ["spec", "targetRefs"])
}

_listeners(obj) := {listener.protocol |
	some parent in k8s.items_at(obj.object, ["spec", "parentRefs"])
	some gateway in k8s.known_of_kind("Gateway")
	gateway.name == parent.name
	gateway.namespace == object.get(parent, "namespace", obj.namespace)
	some listener in k8s.items_at(gateway.object, ["spec", "listeners"])
	object.get(parent, "sectionName", listener.name) == listener.name
}

_openshift := [route |
	some obj in k8s.of_kind("Route")
	k8s.group(obj.object.apiVersion) == "route.openshift.io"
	name := obj.object.spec.to.name
	is_string(name)
	route := {
		"obj": obj,
		"path": ["spec", "to", "name"],
		"namespace": obj.namespace,
		"service": name,
		"tls": _termination(object.get(obj.object, ["spec", "tls", "termination"], "none")),
		"is_mutual": false,
	}
]

_termination(word) := "none" if {
	word == "none"
} else := "edge" if {
	word == "edge"
} else := "through"
