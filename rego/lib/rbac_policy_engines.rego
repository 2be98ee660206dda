# METADATA
# title: Objects of policy engines that decide what a cluster admits
package portcullis.lib.rbac_policy_engines

import data.portcullis.lib.rbac

# METADATA
# description: Those that rule the whole cluster, by API group, as far as they are known by name.
cluster_scoped := {
	"kyverno.io": ["clusterpolicies", "clustercleanuppolicies"],
	"policies.kyverno.io": [
		"validatingpolicies", "imagevalidatingpolicies", "mutatingpolicies", "generatingpolicies", "deletingpolicies",
	],
}

# METADATA
# description: Those of one namespace, by API group. An exception is one, whatever it lifts.
namespaced := {
	"kyverno.io": ["policies", "policyexceptions", "cleanuppolicies"],
	"policies.kyverno.io": [
		"policyexceptions", "namespacedvalidatingpolicies", "namespacedimagevalidatingpolicies",
		"namespacedmutatingpolicies", "namespacedgeneratingpolicies", "namespaceddeletingpolicies",
	],
}

# Gatekeeper makes a kind for each template, so that nobody knows their names.
_gatekeeper := {
	"config.gatekeeper.sh", "constraints.gatekeeper.sh", "mutations.gatekeeper.sh", "templates.gatekeeper.sh",
}

# METADATA
# description: |
#   What a policy rule names of Gatekeeper's groups, by API group: each of its resources where these are
#   its only groups, else the lone `*`.
of_gatekeeper(rule) := {group: resources |
	some group in _gatekeeper
	resources := [resource | some resource in _resources(rule); not contains(resource, "/")]
}

_resources(rule) := rbac.items(rule, "resources") if {
	count(rbac.items(rule, "apiGroups") - _gatekeeper) == 0
} else := rbac.items(rule, "resources") & {"*"}
