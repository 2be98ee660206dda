# METADATA
# title: RBAC grants a way to more RBAC rights
# description: |
#   Looks at the policy rules of Roles, ClusterRoles and operator bundles (ClusterServiceVersion) that
#   reach roles and bindings. The API server lets nobody hand on rights that they lack, with two
#   exceptions: the verb `escalate` on roles, and the verb `bind` on the role that a binding names.
#   Either makes its holder as powerful as they like, so both are critical, bound or not.
#
#   Writing ClusterRoles and ClusterRoleBindings is high and writing Roles and RoleBindings medium: the
#   holder can only pass on what they hold, as operators do that make Roles for their instances. It
#   becomes critical where the same subject also holds the verb that lifts the check for that object,
#   every verb on every resource, or may impersonate anybody. Deleting bindings is medium, as it locks
#   others out. Limited by `resourceNames` these are one level less, and one level less again where
#   nothing in the set binds the role. ClusterRoles and ClusterRoleBindings are out of reach for a role
#   that only RoleBindings bind, so they do not count there. Each policy rule is reported once, for the
#   worst that it allows.
#
#   `bind` on roles that are all in `bindableRoles` is the recommended way to delegate and left alone;
#   on other named roles it is high, and critical on those that rule the cluster. The access objects of
#   OpenShift and Rancher are high. What Kubernetes itself defines, and roles in `allowedRoles`, are not
#   reported. Argo CD, Flux, Operator Lifecycle Manager and operators that make Roles for their
#   instances are medium where they are recognised by namespace, ServiceAccount and image or chart
#   label: consider letting them impersonate a ServiceAccount for each tenant.
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#escalate-verb
# custom:
#   severity: critical
#   confidence: high
#   scope: set
#   needs: []
#   kinds:
#     - Role
#     - ClusterRole
#     - RoleBinding
#     - ClusterRoleBinding
#     - ClusterServiceVersion
#     - HelmRelease
#     - Application
#     - Kustomization
#     - ServiceAccount
#     - Namespace
#     - Deployment
#     - StatefulSet
#     - DaemonSet
#   remediation: |
#     Let the pipeline that applies your manifests apply RBAC too, and give workloads no say in it.
#     Where one must hand out a role, allow it to bind that role and no other:
#
#     ```yaml
#     kind: Role
#     metadata:
#       name: team-onboarding
#       namespace: team-a
#     rules:
#       - apiGroups: [rbac.authorization.k8s.io]
#         resources: [rolebindings]
#         verbs: [create]
#       - apiGroups: [rbac.authorization.k8s.io]
#         resources: [clusterroles]
#         resourceNames: [view]
#         verbs: [bind]
#     ```
#   variants:
#     escalate:
#       severity: critical
#       message: "`escalate` on {resources} {reach} lets its holder write any right into a role, also rights that it lacks"
#     bind:
#       severity: critical
#       message: "`bind` on {resources} {reach} lets its holder bind any role, cluster-admin included"
#     bind-named:
#       severity: high
#       message: "`bind` lets its holder hand out {names} {reach}, without holding these rights itself"
#     write-cluster-rbac:
#       severity: high
#       message: "Grants {verbs} on {resources}, which decide about rights in every namespace"
#     write-namespace-rbac:
#       severity: medium
#       message: "Grants {verbs} on {resources} {reach}: its holder can pass on all rights that it has"
#     write-with-escalation:
#       severity: critical
#       message: "Grants {verbs} on {resources} {reach}, and {subject} also holds a right that lifts the check on it"
#     delete-bindings:
#       severity: medium
#       message: "Grants {verbs} on {resources} {reach}: its holder can take away the rights of others"
#     platform-rbac:
#       severity: high
#       message: "Grants {verbs} on {resources} of {groups}, which decide about access on this platform"
#   params:
#     allowedRoles:
#       type: array
#       description: "Roles that may hold such rights, as `Kind/namespace/name` or as objects of `kind`, `namespace`, `name` and `reason`."
#       default: []
#     bindableRoles:
#       type: array
#       description: Names of the roles that anybody may be allowed to bind.
#       default: [view]
#     platformResources:
#       type: object
#       description: "By API group, resources of other platforms that decide about access as RBAC does."
#       default:
#         authorization.openshift.io: [clusterrolebindings, clusterroles, rolebindings, roles]
#         management.cattle.io: [globalrolebindings, clusterroletemplatebindings, projectroletemplatebindings, globalroles, roletemplates]
#   related:
#     cluster-binding: "Bound cluster-wide here"
#     namespace-binding: "Bound here"
#   frameworks:
#     cis: ["5.1.8"]
#     nsa: ["NSA-AUTH"]
#     owasp: ["K03:2022", "K02:2025"]
#     pci: ["7.2.2"]
#     soc2: ["CC6.3"]
#     nist: ["AC-6(10)", "AC-6"]
#     iso: ["A.8.2"]
#     cwe: ["CWE-269", "CWE-266"]
#   practices: [P09, P15]
#   yields-to: [rbac/wildcard-grant]
package portcullis.rules.rbac["rbac-self-escalation"]

import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_escalation
import data.portcullis.lib.rbac_report
import data.portcullis.lib.rbac_scopes
import data.portcullis.lib.rbac_severity
import data.portcullis.lib.rbac_subjects
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains rbac_scopes.found(entry, worst) if {
	some entry in rbac_scopes.entries
	not rbac_report.is_listed(entry.obj, params.allowedRoles)
	count(rbac.items(entry.rule, "verbs") - rbac.read_verbs) > 0
	_is_relevant(entry)
	scopes := rbac_scopes.of_entry(entry, [])
	worst := rbac_scopes.worst([candidate |
		some candidates in [_lifts(entry, scopes), _writes(entry, scopes), _platform(entry, scopes), _deletes(entry, scopes)]
		some candidate in candidates
	])
}

_is_relevant(entry) if rbac.covers_group(entry.rule, rbac.api_group)

_is_relevant(entry) if {
	some group, _ in params.platformResources
	group in rbac.items(entry.rule, "apiGroups")
}

_powers := {"superuser", "gitops", "rbac"}

_bindings := ["clusterrolebindings", "rolebindings"]

# The resources of the list that the entry covers and the scope reaches.
_covered(entry, scope, resources) := [resource |
	some resource in rbac_scopes.covered(entry.rule, rbac.api_group, resources)
	rbac_escalation.is_reached(resource, scope.kind == "cluster")
]

_candidate(variant, severity, place, resources, args) := {
	"variant": variant,
	"severity": severity,
	"place": place,
	"args": object.union({"resources": concat(", ", resources)}, args),
}

# The verbs that lift the API server's check. They stay critical where nothing binds them.

_lifts(entry, scopes) := [candidate |
	some scope in scopes
	some [variant, verb, resources, severity] in array.concat(_escalates(entry, scope), _binds(entry, scope))
	candidate := _candidate(
		variant, rbac_scopes.lowered_for(scope, _powers, severity),
		rbac_scopes.place_of_verb(entry.rule, [verb], resources), resources,
		{"names": rbac.listed(rbac.names(entry.rule) - {""})},
	)
]

_escalates(entry, scope) := [["escalate", "escalate", resources, "critical"] |
	resources := _covered(entry, scope, ["clusterroles", "roles"])
	count(resources) > 0
	rbac_escalation.allows(entry.rule, "escalate")
]

# A binding of one namespace may name a ClusterRole, and the check is then made in that namespace.
_binds(entry, scope) := [[variant, "bind", resources, severity] |
	resources := rbac_scopes.covered(entry.rule, rbac.api_group, ["clusterroles", "roles"])
	count(resources) > 0
	rbac_escalation.allows(entry.rule, "bind")
	[variant, worst] := _bind_level(entry.rule)
	severity := {true: worst, false: _unless_unbound(scope, worst)}[worst == "critical"]
]

_bind_level(rule) := ["bind", "critical"] if {
	not rbac.is_named(rule)
} else := ["bind-named", "critical"] if {
	some name in rbac.names(rule)
	_rules_the_cluster(name)
} else := ["bind-named", "high"] if {
	count(rbac.names(rule) - ({""} | {name | some name in params.bindableRoles})) > 0
}

_rules_the_cluster("cluster-admin")

_rules_the_cluster("admin")

_rules_the_cluster(name) if startswith(name, "system:")

_unless_unbound(scope, severity) := severity if scope.bound

_unless_unbound(scope, severity) := rbac_severity.lowered(severity, 1) if not scope.bound

# Writing what the API server checks.

_write_verbs := {"create", "update", "patch"}

_writes(entry, scopes) := [candidate |
	some scope in scopes
	some [plain, severity, resources] in [
		["write-cluster-rbac", "high", ["clusterrolebindings", "clusterroles"]],
		["write-namespace-rbac", "medium", ["rolebindings", "roles"]],
	]
	covered := _covered(entry, scope, resources)
	count(covered) > 0
	verbs := _effective_verbs(entry.rule, covered[0], _write_verbs)
	count(verbs) > 0
	level := _unless_unbound(scope, _unless_named(entry.rule, covered[0], severity))
	[variant, worst, subject] := _combined(scope, covered, [plain, level, ""])
	candidate := _candidate(
		variant, rbac_scopes.lowered_for(scope, _powers, worst),
		rbac_scopes.place_of(entry.rule, covered), covered,
		{"verbs": rbac.listed(verbs), "subject": subject},
	)
]

_effective_verbs(rule, resource, wanted) := rbac.unnamed_verbs(rule, wanted) | rbac.named_verbs(rule, resource, wanted)

_unless_named(rule, resource, severity) := rbac_severity.lowered(severity, 1) if {
	count(rbac.unnamed_verbs(rule, _write_verbs)) == 0
	count(rbac.named_verbs(rule, resource, _write_verbs)) > 0
} else := severity

_combined(scope, resources, plain) := ["write-with-escalation", "critical", rbac_subjects.describe(subjects[0])] if {
	scope.bound
	subjects := [subject |
		some subject in scope.grant.subjects
		some resource in resources
		rbac_escalation.is_unchecked(subject, scope.grant, resource, params.bindableRoles)
	]
	count(subjects) > 0
} else := plain

_deletes(entry, scopes) := [candidate |
	some scope in scopes
	covered := _covered(entry, scope, _bindings)
	count(covered) > 0
	[verbs, severity] := _deleting(entry.rule)
	level := rbac_scopes.lowered_for(scope, _powers, _unless_unbound(scope, severity))
	candidate := _candidate(
		"delete-bindings", level, rbac_scopes.place_of(entry.rule, covered), covered,
		{"verbs": rbac.listed(verbs)},
	)
]

_deleting(rule) := [verbs, "medium"] if {
	verbs := rbac.unnamed_verbs(rule, {"delete", "deletecollection"})
	count(verbs) > 0
} else := [verbs, "low"] if {
	verbs := rbac.named_verbs(rule, "rolebindings", {"delete", "deletecollection"})
	count(verbs) > 0
}

_platform(entry, scopes) := [candidate |
	some scope in scopes
	some group, resources in params.platformResources
	group in rbac.items(entry.rule, "apiGroups")
	covered := rbac_scopes.covered(entry.rule, group, resources)
	count(covered) > 0
	verbs := _effective_verbs(entry.rule, covered[0], _write_verbs)
	count(verbs) > 0
	level := _unless_unbound(scope, _unless_named(entry.rule, covered[0], "high"))
	candidate := _candidate(
		"platform-rbac", rbac_scopes.lowered_for(scope, _powers, level),
		rbac_scopes.place_of(entry.rule, covered), covered,
		{"verbs": rbac.listed(verbs), "groups": group},
	)
]
