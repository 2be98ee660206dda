# METADATA
# title: RBAC grants impersonation
# description: |
#   Looks at the policy rules of Roles, ClusterRoles and operator bundles (ClusterServiceVersion) for the
#   verb `impersonate` on users, groups, ServiceAccounts, uids and extra attributes, and for the verbs of
#   constrained impersonation (`impersonate:<mode>`, `impersonate-on:<mode>:<verb>`). A request sent as
#   somebody else has all of their rights, and the group `system:masters` passes every check.
#
#   Without `resourceNames`, users are critical, ServiceAccounts critical for the whole cluster and high
#   in one namespace. The API server refuses a group, uid or extra attribute that comes without an
#   impersonated user, so groups are medium alone and critical where the same subject may also
#   impersonate users or ServiceAccounts; uids and extra attributes are low. Named identities are medium,
#   but critical where a name belongs to the system (`system:…`) or to a ServiceAccount that rules the
#   cluster, as far as the set tells. What nothing in the set binds counts one level less.
#
#   The constrained modes are high without names, and low for `associated-node`, which reaches the
#   caller's own node only. `impersonate-on:…` is high on Secrets and RBAC objects, and for every verb.
#
#   Left alone is what has no effect: users, groups and attributes in a role that only RoleBindings bind,
#   since they belong to no namespace; `userextras/*`, since each key has to be written out; verbs in
#   other API groups than the API server asks about. Subjects in `allowedImpersonators` are not reported:
#   list gateways there such as Teleport, Pinniped, Rancher or kube-oidc-proxy. Flux and Argo CD, which
#   impersonate their tenants, count as medium where they are recognised by namespace, ServiceAccount and
#   image or chart label.
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#impersonate-verb
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
#     Name the identities, and keep them in one namespace:
#
#     ```yaml
#     kind: Role
#     metadata:
#       name: tenant-a-impersonator
#       namespace: tenant-a
#     rules:
#       - apiGroups: [""]
#         resources: [serviceaccounts]
#         resourceNames: [tenant-a-reconciler]
#         verbs: [impersonate]
#     ```
#
#     From Kubernetes 1.36 on, constrained impersonation also limits what may be done in the other's name.
#   variants:
#     any-user:
#       severity: critical
#       message: "Lets its holder act as any user {reach}, the administrator included"
#     any-serviceaccount:
#       severity: critical
#       message: "Lets its holder act as any ServiceAccount {reach}"
#     any-group:
#       severity: medium
#       message: "Lets its holder claim any group, system:masters included, once it may impersonate a user"
#     any-group-with-user:
#       severity: critical
#       message: "Lets its holder claim any group, system:masters included: {subject} may also impersonate a user"
#     any-attribute:
#       severity: low
#       message: "Lets its holder set any value of {resources} once it may impersonate a user"
#     privileged-identity:
#       severity: critical
#       message: "Lets its holder act as {names}, which belongs to the system or rules the cluster"
#     named-identity:
#       severity: medium
#       message: "Lets its holder act as {names} {reach}"
#     constrained-mode:
#       severity: high
#       message: "`{verb}` without names lets its holder act as any such identity, as far as `impersonate-on` verbs allow"
#     associated-node:
#       severity: low
#       message: "`{verb}` lets its holder act as the node it runs on"
#     constrained-action:
#       severity: high
#       message: "`{verb}` covers {target}, so that an impersonated identity's access to it is the holder's"
#   params:
#     allowedImpersonators:
#       type: array
#       description: "Subjects that may impersonate, as `Kind/namespace/name` or as objects of `kind`, `namespace`, `name` and `reason`."
#       default: []
#   related:
#     cluster-binding: "Bound cluster-wide here"
#     namespace-binding: "Bound here"
#   frameworks:
#     cis: ["5.1.8"]
#     nsa: ["NSA-AUTH"]
#     owasp: ["K03:2022", "K02:2025"]
#     pci: ["7.2.2", "8.2.2"]
#     nist: ["AC-6", "IA-2"]
#     iso: ["A.8.2"]
#     cwe: ["CWE-269", "CWE-290"]
#   practices: [P09, P20]
#   yields-to: [rbac/wildcard-grant]
package portcullis.rules.rbac["impersonation-grant"]

import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_impersonation as impersonation
import data.portcullis.lib.rbac_scopes
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains rbac_scopes.found(entry, worst) if {
	some candidate in rbac_scopes.entries
	impersonation.is_about(candidate.rule)
	entry := rbac_scopes.without(candidate, params.allowedImpersonators)
	worst := rbac_scopes.worst([found |
		some scope in rbac_scopes.of_entry(entry, [])
		some candidates in [
			_unnamed(entry, scope), _named(entry, scope), _attributes(entry, scope),
			_modes(entry, scope), _actions(entry, scope),
		]
		some found in candidates
	])
}

_same(severity) := {"cluster": severity, "agent": severity, "foreign": severity, "namespace": severity}

_candidate(scope, variant, table, place, args) := {
	"variant": variant,
	"severity": rbac_scopes.severity_in(scope, table, {"gitops", "superuser"}),
	"place": place,
	"args": args,
}

_core(entry, scope, resources) := [resource |
	some resource in rbac_scopes.covered(entry.rule, "", resources)
	impersonation.is_reached(resource, scope.kind == "cluster")
]

# Any identity of a kind.

_unnamed(entry, scope) := [_candidate(scope, variant, table, place, {"subject": subject}) |
	count(rbac.unnamed_verbs(entry.rule, {"impersonate"})) > 0
	some resource in _core(entry, scope, ["users", "serviceaccounts", "groups"])
	[variant, table, subject] := _unlimited(scope, resource)
	place := rbac_scopes.place_of_verb(entry.rule, ["impersonate"], [resource])
]

_unlimited(_, "users") := ["any-user", _same("critical"), ""]

_unlimited(_, "serviceaccounts") := ["any-serviceaccount", object.union(_same("high"), {"cluster": "critical"}), ""]

_unlimited(scope, "groups") := ["any-group-with-user", _same("critical"), subject] if {
	subject := impersonation.user_impersonators(scope.grant)[0]
} else := ["any-group", _same("medium"), ""]

# Identities by name.

_named(entry, scope) := [_candidate(scope, variant, table, place, {"names": rbac.listed(names)}) |
	count(rbac.named_verbs(entry.rule, "users", {"impersonate"})) > 0
	resources := _core(entry, scope, ["users", "serviceaccounts", "groups"])
	count(resources) > 0
	[variant, table, names] := _weighed(entry.rule, scope, resources)
	place := rbac_scopes.place_of_verb(entry.rule, ["impersonate"], resources)
]

_weighed(rule, scope, resources) := ["privileged-identity", _same("critical"), names] if {
	names := impersonation.privileged_names(rbac.names(rule), resources, scope.grant)
	count(names) > 0
} else := ["named-identity", _same("medium"), rbac.names(rule) - {""}]

# Uids, and extra attributes by their keys.

_attributes(entry, scope) := [_candidate(scope, "any-attribute", {"cluster": "low"}, place, args) |
	scope.kind == "cluster"
	count(rbac.unnamed_verbs(entry.rule, {"impersonate"})) > 0
	attributes := impersonation.attributes(entry.rule)
	count(attributes) > 0
	place := rbac_scopes.place_of_verb(entry.rule, ["impersonate"], attributes)
	args := {"resources": concat(", ", attributes)}
]

# Constrained impersonation.

_modes(entry, scope) := [_candidate(scope, variant, _same(severity), place, {"verb": verb}) |
	some verb, [variant, severity] in {
		"impersonate:user-info": ["constrained-mode", "high"],
		"impersonate:serviceaccount": ["constrained-mode", "high"],
		"impersonate:arbitrary-node": ["constrained-mode", "high"],
		"impersonate:associated-node": ["associated-node", "low"],
	}
	impersonation.is_mode_open(entry.rule, verb, scope.kind == "cluster")
	some place in rbac.places(entry.rule, "verbs", {verb})
]

_actions(entry, scope) := [_candidate(scope, "constrained-action", _same("high"), place, args) |
	some verb in impersonation.action_verbs(entry.rule)
	some place in rbac.places(entry.rule, "verbs", {verb})
	targets := impersonation.action_targets(entry.rule, verb)
	count(targets) > 0
	args := {"verb": verb, "target": rbac.listed(targets)}
]
