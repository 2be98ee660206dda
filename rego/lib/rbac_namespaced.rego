# METADATA
# title: Which resources belong to a namespace
package portcullis.lib.rbac_namespaced

import data.portcullis.lib.k8s
import data.portcullis.lib.rbac

# METADATA
# description: |
#   Whether all that a policy rule grants is known to belong to namespaces: resources of Kubernetes
#   itself, and custom ones whose definition is in the set. Wildcards, non-resource URLs and what nothing
#   is known of do not.
is_namespaced(rule) if {
	resources := rbac.items(rule, "resources")
	count(resources) > 0
	count(rbac.items(rule, "nonResourceURLs")) == 0
	groups := rbac.items(rule, "apiGroups")
	every group in groups {
		_known[group]
	}
	every resource in resources {
		_is_in_some(resource, groups)
		not _is_cluster_scoped(resource, groups)
	}
}

_is_in_some(resource, groups) if {
	some group in groups
	_base(resource) in _known[group].namespaced
}

_is_cluster_scoped(resource, groups) if {
	some group in groups
	_base(resource) in _known[group].cluster
}

# A subresource has the scope of its resource.
_base(resource) := split(resource, "/")[0]

_known := object.union(_custom, _builtin)

_scoped(namespaced, cluster) := {"namespaced": namespaced, "cluster": cluster}

_builtin := {
	"": _scoped(
		{
			"pods", "services", "endpoints", "configmaps", "secrets", "serviceaccounts", "persistentvolumeclaims",
			"events", "limitranges", "resourcequotas", "replicationcontrollers", "podtemplates", "bindings",
		},
		{"namespaces", "nodes", "persistentvolumes", "componentstatuses"},
	),
	"apps": _scoped({"deployments", "statefulsets", "daemonsets", "replicasets", "controllerrevisions"}, set()),
	"batch": _scoped({"jobs", "cronjobs"}, set()),
	"autoscaling": _scoped({"horizontalpodautoscalers"}, set()),
	"policy": _scoped({"poddisruptionbudgets"}, {"podsecuritypolicies"}),
	"extensions": _scoped({"deployments", "daemonsets", "replicasets", "ingresses", "networkpolicies"}, set()),
	"networking.k8s.io": _scoped({"ingresses", "networkpolicies"}, {"ingressclasses", "ipaddresses", "servicecidrs"}),
	"coordination.k8s.io": _scoped({"leases"}, set()),
	"discovery.k8s.io": _scoped({"endpointslices"}, set()),
	"events.k8s.io": _scoped({"events"}, set()),
	"metrics.k8s.io": _scoped({"pods"}, {"nodes"}),
	rbac.api_group: _scoped({"roles", "rolebindings"}, {"clusterroles", "clusterrolebindings"}),
	"gateway.networking.k8s.io": _scoped(
		{"gateways", "httproutes", "grpcroutes", "tcproutes", "tlsroutes", "udproutes", "referencegrants"},
		{"gatewayclasses"},
	),
}

_custom := {group: _scoped(
	object.get(_definitions, [[group, "Namespaced"]], set()),
	object.get(_definitions, [[group, "Cluster"]], set()),
) |
	some [group, _], _ in _definitions
}

_definitions[[spec.group, spec.scope]] contains spec.names.plural if {
	some definition in k8s.known_of_kind("CustomResourceDefinition")
	spec := definition.object.spec
}
