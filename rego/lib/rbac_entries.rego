# METADATA
# title: Policy rules with the grants that put them in effect
# description: |
#   An entry is one policy rule of the set:
#
#   - `obj` and `path`: where it stands (`["rules", 2]`); `rule`: the policy rule itself.
#   - `source`: `Role`, `ClusterRole` or `ClusterServiceVersion`; of rules in the values of a chart see
#     `rbac_values`.
#   - `grants`: a list of `{"obj", "path", "cluster", "namespace", "subjects"}`: what puts it in
#     effect (`path` is the way to the binding's `roleRef.name`), for whom, and whether everywhere
#     or in one namespace. Aggregated ClusterRoles count: who is bound to the aggregate has it.
#   - `reach`: `cluster`, `namespace` or `unbound`, the widest of the grants.
#   - `cluster_scoped`: whether it may reach cluster-scoped objects and non-resource URLs. A Role and
#     a ClusterRole that only RoleBindings bind do not.
#   - `namespaces`: where it is in effect when it is not everywhere; a Role's own when unbound.
#
#   Left out are `rules` that the API server will overwrite, next to an `aggregationRule`.
package portcullis.lib.rbac_entries

import data.portcullis.lib.k8s
import data.portcullis.lib.rbac_bindings
import data.portcullis.lib.rbac_subjects
import data.portcullis.lib.rbac_values

# METADATA
# description: The entries of roles, ClusterServiceVersions and values that are being judged.
judged := [entry | some entry in known; not entry.obj.context]

# METADATA
# description: All entries, also of objects outside of the judged unit.
known := array.flatten([_of_roles, _of_operators, rbac_values.entries])

# METADATA
# description: Indices into `known`, by the id of the object that holds the entries.
by_object[entry.obj.id] contains index if some index, entry in known

# METADATA
# description: "Whether a role's `rules` are written by the API server's aggregation."
is_aggregate(role) if is_object(role.object.aggregationRule)

_of_roles := [entry |
	some role in rbac_bindings.known_roles
	not is_aggregate(role)
	grants := grants_of_role(role)
	reach := _reach(grants)
	some index, rule in k8s.items_at(role.object, ["rules"])
	is_object(rule)
	entry := {
		"obj": role,
		"path": ["rules", index],
		"rule": rule,
		"source": role.object.kind,
		"grants": grants,
		"reach": reach,
		"cluster_scoped": _cluster_scoped(role.object.kind, reach),
		"namespaces": _namespaces(grants, role),
	}
]

# METADATA
# description: The grants of a Role or ClusterRole, as in an entry.
grants_of_role(role) := [grant |
	some id in _binding_ids(role)
	binding := rbac_bindings.by_id[id]
	grant := {
		"obj": binding.obj,
		"path": ["roleRef", "name"],
		"cluster": binding.cluster,
		"namespace": binding.namespace,
		"subjects": binding.subjects,
	}
]

_reach(grants) := "cluster" if {
	some grant in grants
	grant.cluster
} else := "namespace" if {
	count(grants) > 0
} else := "unbound"

default _cluster_scoped(_, _) := false

_cluster_scoped("ClusterRole", reach) if reach != "namespace"

_namespaces(grants, _) := {grant.namespace | some grant in grants; not grant.cluster} if count(grants) > 0

_namespaces([], role) := {role.namespace | role.object.kind == "Role"}

_binding_ids(role) := ids if {
	role.object.kind == "ClusterRole"
	ids := {id |
		some target in graph.reachable(_aggregation, {role.id})
		some id in object.get(rbac_bindings.bindings_of, target, set())
	} | {id |
		some builtin in _builtin_aggregates(role)
		some id in object.get(_builtin_bindings, builtin, set())
	}
}

_binding_ids(role) := object.get(rbac_bindings.bindings_of, role.id, set()) if role.object.kind == "Role"

# The cluster's own `view`, `edit` and `admin`, each part of the next, are seldom in the set.
_builtin_targets := {"view": {"view", "edit", "admin"}, "edit": {"edit", "admin"}, "admin": {"admin"}}

_builtin_aggregates(role) := {target |
	some name, targets in _builtin_targets
	k8s.labels(role)[concat("", ["rbac.authorization.k8s.io/aggregate-to-", name])] == "true"
	some target in targets
}

_builtin_bindings[name] contains binding.obj.id if {
	some binding in rbac_bindings.known
	binding.role_ref.kind == "ClusterRole"
	name := binding.role_ref.name
	name in {"view", "edit", "admin"}
}

# ClusterRole to the ClusterRoles that aggregate it, by id.
_aggregation[role.id] := {aggregate.id |
	some aggregate in _aggregates
	some selector in k8s.items_at(aggregate.object, ["aggregationRule", "clusterRoleSelectors"])
	_selects(selector, k8s.labels(role))
} if {
	some role in rbac_bindings.known_roles
	role.object.kind == "ClusterRole"
}

_aggregates := [role | some role in rbac_bindings.known_roles; role.object.kind == "ClusterRole"; is_aggregate(role)]

_selects(selector, labels) if {
	is_object(selector)
	every key, value in _match_labels(selector) {
		labels[key] == value
	}
	every expression in k8s.items_at(selector, ["matchExpressions"]) {
		_meets(expression, labels)
	}
}

_match_labels(selector) := value if {
	value := selector.matchLabels
	is_object(value)
} else := {}

_meets(expression, labels) if {
	expression.operator == "In"
	labels[expression.key] in k8s.items_at(expression, ["values"])
}

_meets(expression, labels) if {
	expression.operator == "NotIn"
	not labels[expression.key] in k8s.items_at(expression, ["values"])
}

_meets(expression, labels) if {
	expression.operator == "Exists"
	labels[expression.key]
}

_meets(expression, labels) if {
	expression.operator == "DoesNotExist"
	not labels[expression.key]
}

# Operator Lifecycle Manager binds these itself: `clusterPermissions` everywhere, `permissions` in
# the namespaces that the operator watches.
_of_operators := [entry |
	some obj in k8s.known_of_kind("ClusterServiceVersion")
	k8s.group(obj.object.apiVersion) == "operators.coreos.com"
	some [list, cluster] in [["clusterPermissions", true], ["permissions", false]]
	some position, permission in k8s.items_at(obj.object, ["spec", "install", "spec", list])
	is_object(permission)
	way := ["spec", "install", "spec", list, position]
	grant := _operator_grant(obj, way, permission, cluster)
	some index, rule in k8s.items_at(permission, ["rules"])
	is_object(rule)
	entry := {
		"obj": obj,
		"path": array.concat(way, ["rules", index]),
		"rule": rule,
		"source": "ClusterServiceVersion",
		"grants": [grant],
		"reach": _reach([grant]),
		"cluster_scoped": cluster,
		"namespaces": _namespaces([grant], obj),
	}
]

_operator_grant(obj, way, permission, cluster) := {
	"obj": obj,
	"path": array.concat(way, ["serviceAccountName"]),
	"cluster": cluster,
	"namespace": obj.namespace,
	"subjects": [{
		"index": 0,
		"kind": "ServiceAccount",
		"name": name,
		"namespace": obj.namespace,
		"id": rbac_subjects.service_account(obj.namespace, name),
	} |
		name := permission.serviceAccountName
		is_string(name)
	],
}
