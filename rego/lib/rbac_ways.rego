# METADATA
# title: Tables of what policy rules may grant
# description: |
#   A rule about grants is a table of ways, each `{"variant", "resources", "verbs", "severities",
#   "powers"}`: `resources` maps an API group to a list of resources, `severities` a kind of scope (of
#   `rbac_scopes`) to a severity; in a kind that it lacks, the way is out of reach. `powers` are those of
#   controllers that need it.
package portcullis.lib.rbac_ways

import data.portcullis.lib.controllers_duties
import data.portcullis.lib.k8s
import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_scopes
import data.portcullis.lib.rbac_severity

# METADATA
# description: The same severity in every kind of scope, the whole cluster included.
anywhere(severity) := object.union(in_namespaces(severity), {"cluster": severity})

# METADATA
# description: The same severity in every kind of scope that is one namespace.
in_namespaces(severity) := {"privileged": severity, "agent": severity, "foreign": severity, "namespace": severity}

# METADATA
# description: |
#   The ways of a table that a policy rule opens, each with `named` (whether only on the objects of
#   `resourceNames`), `held` (the verbs in effect), `place` (relative to the policy rule) and `args` (the
#   arguments `verbs` and `resources`).
opened(rule, table) := [found |
	some way in table
	pairs := covered(rule, way.resources)
	count(pairs) > 0
	[held, named] := verbs(rule, pairs[0][1], way.verbs)
	found := object.union(way, {
		"named": named,
		"held": held,
		"place": place(rule, pairs),
		"args": {"verbs": rbac.listed(held), "resources": concat(", ", [resource | some [_, resource] in pairs])},
	})
]

# METADATA
# description: |
#   What a policy rule covers of resources by API group, as a list of `[group, resource]`.
covered(rule, resources) := [[group, resource] |
	groups := rbac.items(rule, "apiGroups")
	names := rbac.items(rule, "resources")
	some group, listed in resources
	count(groups & {group, "*"}) > 0
	some resource in listed
	_is_among(resource, names)
]

_is_among(resource, names) if resource in names

_is_among(_, names) if "*" in names

_is_among(resource, names) if {
	contains(resource, "/")
	concat("/", ["*", split(resource, "/")[1]]) in names
}

# METADATA
# description: |
#   The verbs of `wanted` in effect on a resource, as `[verbs, named]`: those on any object if there are
#   any, else those on named ones. Undefined where there is none.
verbs(rule, resource, wanted) := [held, false] if {
	held := rbac.unnamed_verbs(rule, wanted)
	count(held) > 0
} else := [held, true] if {
	held := rbac.named_verbs(rule, resource, wanted)
	count(held) > 0
}

# METADATA
# description: |
#   Where a finding about pairs of group and resource stands: on the resource that is spelled out, on a
#   pattern such as `*/token`, or on the API group of which everything is granted. The lone `*` is where
#   `rbac/wildcard-grant` speaks, mostly about less.
place(rule, pairs) := [found |
	some [key, wanted] in array.flatten([
		[["resources", {resource} - {"*"}] | some [_, resource] in pairs],
		[["resources", rbac.matchers(resource) - {"*"}] | some [_, resource] in pairs],
		[["apiGroups", {group}] | some [group, _] in pairs],
		[["resources", {"*"}]],
	])
	some found in rbac.places(rule, key, wanted)
][0]

# METADATA
# description: |
#   The scopes of an entry (as of `rbac_scopes`), in which controllers have all the powers that their
#   duties take. `privileged` is the list of privileged namespaces.
scopes(entry, privileged) := [object.union(scope, {"controllers": extended}) |
	some scope in rbac_scopes.of_entry(entry, privileged)
	extended := [object.union(controller, {"powers": powers}) |
		some controller in scope.controllers
		powers := controller.powers | controllers_duties.of(controller.product)
	]
]

# METADATA
# description: |
#   The severity of an opened way in a scope: one level less where it is limited to names. Undefined
#   where the scope does not reach it.
severity(way, scope) := rbac_severity.lowered(rbac_scopes.severity_in(scope, way.severities, way.powers), 1) if {
	way.named
} else := rbac_scopes.severity_in(scope, way.severities, way.powers)

# METADATA
# description: What `rbac_scopes.worst` and `found` expect, of an opened way.
candidate(way, level) := {"variant": way.variant, "severity": level, "place": way.place, "args": way.args}

# METADATA
# description: |
#   The entry without what it adds to the built-in roles `edit` and `admin`, for rules about rights that
#   these include anyhow. Undefined where it does nothing else.
without_editors(entry) := entry if {
	not _widens_editors(entry)
} else := object.union(entry, {"grants": direct, "reach": _reach(direct), "namespaces": _namespaces(direct)}) if {
	direct := [grant | some grant in entry.grants; not _is_of_editors(grant)]
	count(direct) > 0
}

_reach(grants) := "cluster" if {
	some grant in grants
	grant.cluster
} else := "namespace"

_namespaces(grants) := {grant.namespace | some grant in grants; not grant.cluster}

_widens_editors(entry) if {
	some name in ["edit", "admin"]
	k8s.labels(entry.obj)[concat("", ["rbac.authorization.k8s.io/aggregate-to-", name])] == "true"
}

_is_of_editors(grant) if grant.obj.object.roleRef.name in {"view", "edit", "admin"}
