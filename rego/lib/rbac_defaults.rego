# METADATA
# title: Bindings that every cluster has
# description: |
#   Kubernetes, kubeadm and OpenShift bind some roles to everybody, since clients need them before
#   they have an identity, or to find out about the API. Bound to these subjects they are no finding,
#   unless the set redefines the role to hold more than the discovery of the cluster.
package portcullis.lib.rbac_defaults

import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_power

# Kind and name of the role, and who gets it by default.
_public := {
	"ClusterRole": {
		"system:public-info-viewer": {"group:system:authenticated", "group:system:unauthenticated"},
		"system:discovery": {"group:system:authenticated"},
		"system:basic-user": {"group:system:authenticated"},
		"system:service-account-issuer-discovery": {"group:system:serviceaccounts"},
		"system:cluster-trust-bundle-discovery": {"group:system:serviceaccounts"},
	},
	"Role": {"kubeadm:bootstrap-signer-clusterinfo": {"user:system:anonymous"}},
}

# METADATA
# description: Whether a binding (of `rbac_bindings`) gives a subject one of these roles.
is_default(binding, subject) if {
	subject.id in _public[binding.role_ref.kind][binding.role_ref.name]
	_in_place(binding)
	every entry in rbac_power.of_binding(binding) {
		_is_discovery(entry.rule)
	}
}

_in_place(binding) if binding.role_ref.kind == "ClusterRole"

_in_place(binding) if binding.namespace == "kube-public"

_is_discovery(rule) if {
	count(rbac.items(rule, "resources")) == 0
	count(rbac.items(rule, "verbs") - {"get"}) == 0
	every url in rbac.items(rule, "nonResourceURLs") {
		_is_public_url(url)
	}
}

_is_discovery(rule) if {
	rbac.items(rule, "resources") == {"configmaps"}
	rbac.names(rule) == {"cluster-info"}
	rbac.items(rule, "verbs") == {"get"}
}

_is_discovery(rule) if {
	count(rbac.items(rule, "resources") - {
		"selfsubjectaccessreviews",
		"selfsubjectrulesreviews",
		"selfsubjectreviews",
	}) == 0
	count(rbac.items(rule, "verbs") - {"create"}) == 0
	count(rbac.items(rule, "resources")) > 0
}

_is_discovery(rule) if {
	rbac.items(rule, "resources") == {"clustertrustbundles"}
	count(rbac.items(rule, "verbs") - rbac.read_verbs) == 0
}

_is_public_url(url) if {
	some prefix in ["/api", "/healthz", "/livez", "/readyz", "/version", "/openapi", "/openid/", "/.well-known/"]
	startswith(url, prefix)
}

# METADATA
# description: |
#   Whether all that a binding grants is reading metrics: its role is in the set, and holds nothing
#   but `/metrics` and its subpaths.
is_metrics_only(binding) if {
	entries := rbac_power.of_binding(binding)
	count(entries) > 0
	every entry in entries {
		count(rbac.items(entry.rule, "resources")) == 0
		count({url | some url in rbac.items(entry.rule, "nonResourceURLs"); not startswith(url, "/metrics")}) == 0
	}
}
