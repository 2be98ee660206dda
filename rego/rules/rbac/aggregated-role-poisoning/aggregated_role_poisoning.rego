# METADATA
# title: Aggregated ClusterRole widens what others were given
# description: |
#   A label is enough to add a ClusterRole's rules to the built-in `view`, `edit` or `admin`, for everybody
#   who is bound to them anywhere, and no binding shows it. Looks at ClusterRoles with a label
#   `rbac.authorization.k8s.io/aggregate-to-…` and at those with an `aggregationRule`.
#
#   What is added to `view` (or OpenShift's `cluster-reader`) may only read, and must not reach Secrets,
#   tokens of ServiceAccounts, sessions in pods, or everything at once: else it is high. What is added to
#   `edit` or `admin` is high where it writes RBAC, lets its holder `escalate`, `bind` or `impersonate`, or
#   changes nodes and other objects of Kubernetes that belong to no namespace; merely reading the latter is
#   low. A selector that is empty selects every ClusterRole, and one by labels that charts and tools put on
#   any object, such as `app` or `app.kubernetes.io/name`, selects more than its author meant: high. Rules
#   next to an `aggregationRule` are overwritten: low. Each policy rule is reported once.
#
#   Reading custom resources is what aggregation to `view` is for and left alone, also through `*` where
#   the set defines the group. Custom resources of no namespace are not counted among the cluster-scoped
#   kinds, since charts add theirs to `edit` and `admin` as a matter of course. The built-in roles
#   themselves are not reported as long as they are unmodified.
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
# custom:
#   severity: high
#   confidence: high
#   scope: set
#   needs: []
#   kinds:
#     - Role
#     - ClusterRole
#     - RoleBinding
#     - ClusterRoleBinding
#     - ClusterServiceVersion
#     - CustomResourceDefinition
#   remediation: |
#     Add to `view` only what reads your own custom resources:
#
#     ```yaml
#     kind: ClusterRole
#     metadata:
#       name: billing-view
#       labels:
#         rbac.authorization.k8s.io/aggregate-to-view: "true"
#     rules:
#       - apiGroups: [billing.example.com]
#         resources: [invoices]
#         verbs: [get, list, watch]
#     ```
#
#     Powerful rules go into a ClusterRole without such a label, bound by name to who needs them. An
#     aggregate of your own selects by a label of your own domain that nothing else sets.
#   variants:
#     view-changes:
#       severity: high
#       message: "Adds {verbs} on {resources} to `{target}`, whose holders are to read only"
#     view-sensitive:
#       severity: high
#       message: "Adds {resources} to `{target}`, which leaves them out on purpose"
#     view-everything:
#       severity: high
#       message: "Adds every resource of {groups} to `{target}`, Secrets and what comes later included where the group has them"
#     editors-rbac:
#       severity: high
#       message: "Adds {verbs} on {resources} to `{target}`: everybody bound to it gains a say in who may do what"
#     editors-identity:
#       severity: high
#       message: "Adds the verb {verb} to `{target}`: everybody bound to it can gain rights of others"
#     editors-cluster-scope:
#       severity: high
#       message: "Adds {verbs} on {resources} to `{target}`: these belong to no namespace, and its holders mostly to one"
#     selects-every-role:
#       severity: high
#       message: "This selector matches every ClusterRole, so that the aggregate holds every right there is"
#     selects-by-common-label:
#       severity: high
#       message: "Selects ClusterRoles by {keys}, which charts and tools set on any object: use a label of your own domain"
#     overwritten-rules:
#       severity: low
#       message: "The API server overwrites these rules with those that `aggregationRule` selects"
#   params:
#     safeAggregateVerbs:
#       type: array
#       description: Verbs that may be added to `view`.
#       default: [get, list, watch]
#   related:
#     cluster-binding: "Bound cluster-wide here"
#     namespace-binding: "Bound here"
#   frameworks:
#     cis: ["5.1.1", "5.1.3"]
#     nsa: ["NSA-AUTH"]
#     owasp: ["K03:2022", "K02:2025"]
#     nist: ["AC-6"]
#     iso: ["A.8.2"]
#     cwe: ["CWE-266", "CWE-269"]
#   practices: [P09]
#   yields-to: [rbac/wildcard-grant]
package portcullis.rules.rbac["aggregated-role-poisoning"]

import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_aggregation
import data.portcullis.lib.rbac_entries
import data.portcullis.lib.rbac_report
import data.portcullis.lib.rbac_scopes
import data.portcullis.lib.rbac_ways
import data.portcullis.lib.rbac_wildcards
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

_readers := ["view", "cluster-reader"]

_editors := ["edit", "admin"]

report contains rbac_scopes.found(entry, worst) if {
	some entry in rbac_scopes.entries
	entry.source == "ClusterRole"
	targets := rbac_aggregation.targets(entry.obj)
	count(targets) > 0
	worst := rbac_scopes.worst(array.concat(
		_for_readers(entry, [target | some target in _readers; target in targets]),
		_for_editors(entry, [target | some target in _editors; target in targets]),
	))
}

_candidate(entry, variant, place, args) := {
	"variant": variant,
	"severity": "high",
	"place": place,
	"args": object.union(rbac_report.args(entry), args),
}

_names(pairs) := concat(", ", [resource | some [_, resource] in pairs])

# What is added to roles that only read.
_for_readers(entry, targets) := [object.union(candidate, {"args": object.union(candidate.args, {"target": targets[0]})}) |
	count(targets) > 0
	some candidates in [_changes(entry), _sensitive(entry), _everything(entry)]
	some candidate in candidates
]

_changes(entry) := [_candidate(entry, "view-changes", place, {"verbs": _verbs(unsafe)}) |
	unsafe := rbac.items(entry.rule, "verbs") - {verb | some verb in params.safeAggregateVerbs}
	count(unsafe) > 0
	place := array.concat(
		rbac.places(entry.rule, "verbs", unsafe - {"*"}),
		[["resources", 0]],
	)[0]
]

_verbs(verbs) := "every verb" if {
	"*" in verbs
} else := rbac.listed(verbs)

_sensitive(entry) := [_candidate(entry, "view-sensitive", rbac_ways.place(entry.rule, pairs), {"resources": _names(pairs)}) |
	count(rbac.items(entry.rule, "verbs")) > 0
	pairs := [pair |
		some pair in rbac_aggregation.sensitive(entry.obj, entry.rule)
		not pair[0] in rbac_wildcards.own_groups
	]
	count(pairs) > 0
]

_everything(entry) := [_candidate(entry, "view-everything", place, {}) |
	"*" in rbac.items(entry.rule, "resources")
	groups := [group | some group in rbac.items(entry.rule, "apiGroups"); not group in rbac_wildcards.own_groups]
	count(groups) > 0
	count(rbac.items(entry.rule, "verbs")) > 0
	place := rbac_ways.place(entry.rule, [[group, "*"] | some group in groups])
]

# What is added to roles that rule a namespace.
_for_editors(entry, targets) := [object.union(candidate, {"args": object.union(candidate.args, {"target": targets[0]})}) |
	count(targets) > 0
	some candidates in [_rbac(entry), _identity(entry), _cluster_scope(entry)]
	some candidate in candidates
]

_rbac(entry) := [_candidate(entry, "editors-rbac", place, {"verbs": _verbs(verbs), "resources": _names(pairs)}) |
	verbs := rbac.items(entry.rule, "verbs") & (rbac.write_verbs | {"*"})
	count(verbs) > 0
	pairs := rbac_aggregation.of_rbac(entry.rule)
	count(pairs) > 0
	place := rbac_ways.place(entry.rule, pairs)
]

_identity(entry) := [_candidate(entry, "editors-identity", place, {"verb": verb}) |
	some verb in ["escalate", "bind", "impersonate"]
	some place in rbac.places(entry.rule, "verbs", {verb})
]

_cluster_scope(entry) := [object.union(candidate, {"severity": {true: "high", false: "low"}[reached.writes]}) |
	reached := rbac_aggregation.cluster_scoped(entry.rule)
	place := rbac_ways.place(entry.rule, reached.pairs)
	candidate := _candidate(entry, "editors-cluster-scope", place, {"resources": _names(reached.pairs)})
]

_aggregates := [role |
	some role in k8s.of_kind("ClusterRole")
	k8s.group(role.object.apiVersion) == rbac.api_group
	rbac_entries.is_aggregate(role)
]

report contains finding.new(variant, role, place, {"keys": selector.keys}) if {
	some role in _aggregates
	some selector in rbac_aggregation.selectors(role)
	variant := {"everything": "selects-every-role", "common": "selects-by-common-label"}[selector.kind]
	place := ["aggregationRule", "clusterRoleSelectors", selector.index]
}

report contains finding.new("overwritten-rules", role, ["rules"], {}) if {
	some role in _aggregates
	not _is_builtin(role)
	count(k8s.items_at(role.object, ["rules"])) > 0
}

# As the cluster shows them, they hold what has been aggregated.
_is_builtin(role) if role.name in {"admin", "edit", "view"}

_is_builtin(role) if startswith(role.name, "system:aggregate-to-")
