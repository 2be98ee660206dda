# METADATA
# title: Rights that lift the API server's check on writing RBAC
# description: |
#   Whoever writes a role must hold what is in it, unless they hold `escalate` on it; whoever writes a
#   binding must hold what its role grants, unless they hold `bind` on that role.
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping
package portcullis.lib.rbac_escalation

import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_rights

_cluster_scoped := {"clusterroles", "clusterrolebindings"}

# METADATA
# description: |
#   Whether a grant reaches an RBAC resource: one for a single namespace (`cluster` is false) reaches
#   no ClusterRoles and ClusterRoleBindings.
is_reached(_, true)

is_reached(resource, false) if not resource in _cluster_scoped

# METADATA
# description: |
#   Whether a policy rule grants a verb that RBAC checks by the name of a role, on any or some of them.
allows(rule, verb) if {
	count(rbac.unnamed_verbs(rule, {verb}) | rbac.named_verbs(rule, "roles", {verb})) > 0
}

# METADATA
# description: |
#   Whether a subject that writes `resource` through `grant` (of `rbac_entries`) also holds what lifts
#   the check on it in the same place. Roles in the list `harmless` may be bound by anyone.
is_unchecked(subject, grant, resource, harmless) if {
	some right in rbac_rights.of_subject(subject)
	_meets(right.grant, grant, resource)
	_lifts(right.entry.rule, right.grant, resource, harmless)
}

_meets(other, _, _) if other.cluster

# In one namespace, where ClusterRoles and their bindings are out of reach.
_meets(other, grant, resource) if {
	not other.cluster
	not resource in _cluster_scoped
	_shares_namespace(other, grant)
}

_shares_namespace(_, grant) if grant.cluster

_shares_namespace(other, grant) if other.namespace == grant.namespace

_lifts(rule, _, _, _) if rbac.grants_everything(rule)

_lifts(rule, grant, _, _) if impersonates(rule, grant.cluster)

_lifts(rule, _, resource, _) if {
	resource in {"roles", "clusterroles"}
	rbac.covers(rule, rbac.api_group, resource)
	allows(rule, "escalate")
}

_lifts(rule, _, resource, harmless) if {
	resource in {"rolebindings", "clusterrolebindings"}
	allows(rule, "bind")
	not _binds_only(rule, harmless)
	some role in ["roles", "clusterroles"]
	rbac.covers(rule, rbac.api_group, role)
}

_binds_only(rule, harmless) if {
	rbac.is_named(rule)
	count(rbac.names(rule) - ({""} | {name | some name in harmless})) == 0
}

# METADATA
# description: |
#   Whether a policy rule lets its holder act as any user or ServiceAccount. Users are no objects of a
#   namespace, so that this takes a grant for the whole cluster.
impersonates(rule, cluster) if {
	"impersonate" in rbac.unnamed_verbs(rule, {"impersonate"})
	some resource in _identities[cluster]
	rbac.covers(rule, "", resource)
}

_identities := {true: {"users", "serviceaccounts"}, false: {"serviceaccounts"}}
