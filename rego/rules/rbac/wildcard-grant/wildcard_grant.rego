# METADATA
# title: RBAC rule grants by wildcard
# description: |
#   Looks at the policy rules of Roles, ClusterRoles and operator bundles (ClusterServiceVersion) for
#   `*` in verbs, resources, API groups and non-resource URLs. A wildcard grants what nobody thought
#   of: Secrets, RBAC itself, and every resource that a later version or a new CRD brings. Policy rules
#   in the values of a HelmRelease, an Application or a kustomization's chart (`rbac.extraRules`) count as
#   those of a role that nothing binds.
#
#   It is judged by what the API server lets through. `*` on every resource of the core group is
#   critical where it writes, since it holds Secrets and ServiceAccount tokens; where it only reads it
#   is high, and critical once a ClusterRoleBinding makes it read every namespace. Every verb on
#   Secrets, identities, RBAC objects, pods, nodes or webhooks is critical: there `*` includes
#   `escalate`, `bind` and `impersonate`. The same on other resources is medium. `pods/*` and `*/*`
#   match no request at all, and are reported as low because they hardly do what was meant.
#
#   Each policy rule is reported once, for the worst of its wildcards, and then speaks for the narrower
#   findings of that rule. Wildcards within API groups whose CRDs the same set defines are low, and so
#   are those that `resourceNames` limits. Reading `custom.metrics.k8s.io` and
#   `external.metrics.k8s.io` by wildcard is left alone: their resources are named after metrics.
#   Non-resource URLs have no effect in a Role or through a RoleBinding, so nothing is said there.
#
#   Left alone are the roles of Kubernetes itself as long as they grant no more than they should, and
#   `rules` next to an `aggregationRule`, which the API server overwrites. Argo CD, Flux, Operator
#   Lifecycle Manager, Velero and Crossplane ship `*` on `*`: where one of them alone holds the role,
#   recognised by namespace, ServiceAccount and image or chart label, it is medium, with the advice to
#   scope it. Controllers known to need Secrets get the same for reading by wildcard. In another
#   namespace than their own it is one level lower only.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
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
#     - CustomResourceDefinition
#     - ServiceAccount
#     - Deployment
#     - StatefulSet
#     - DaemonSet
#   remediation: |
#     Write down the API groups, resources and verbs that the workload uses, and nothing else:
#
#     ```yaml
#     rules:
#       - apiGroups: [apps]
#         resources: [deployments]
#         verbs: [get, list, watch, patch]
#       - apiGroups: [apps]
#         resources: [deployments/scale]
#         verbs: [update]
#     ```
#
#     The API server's audit log tells which requests a ServiceAccount really makes. For a controller
#     of your own CRDs, list its resources as the code generator does.
#   variants:
#     every-permission:
#       severity: critical
#       message: "Grants every verb on every resource {reach}: whoever holds it is an administrator"
#     every-resource-write:
#       severity: critical
#       message: "Grants {verbs} on every resource of {groups} {reach}, among them what leads to further rights"
#     every-resource-read:
#       severity: high
#       message: "Grants {verbs} on every resource of {groups} {reach}, Secrets included"
#     every-verb-sensitive:
#       severity: critical
#       message: "Grants every verb on {resources} {reach}: that is more than reading and writing, and enough to gain further rights"
#     every-verb:
#       severity: medium
#       message: "Grants every verb on {resources} {reach}, deletecollection and verbs of later versions included"
#     every-resource-of-group:
#       severity: medium
#       message: "Grants {verbs} on every resource of {groups} {reach}, those of later versions included"
#     every-group:
#       severity: medium
#       message: "Grants {verbs} on {resources} of every API group {reach}, also of groups that come later"
#     own-group:
#       severity: low
#       message: "Wildcard on {groups}, whose CRDs are part of this set: list the resources and verbs once they are settled"
#     limited-to-names:
#       severity: low
#       message: "Wildcard on the objects named in `resourceNames` only: list the verbs and resources that are used"
#     trusted-controller:
#       severity: medium
#       message: "{controller} gets {verbs} on {resources} {reach}: its charts ship so, but limit it to namespaces or let it impersonate tenants"
#     every-subresource:
#       severity: high
#       message: "`{pattern}` matches this subresource of every resource of {groups} {reach}"
#     ineffective-pattern:
#       severity: low
#       message: "`{pattern}` matches no request: only `*` and `*/<subresource>` are patterns in `resources`"
#     every-url:
#       severity: medium
#       message: "Grants {verbs} on every path of the API server that is no resource, such as its profiling and configuration pages"
#   params:
#     allowedRoles:
#       type: array
#       description: "Roles that may use wildcards, as objects with `name`, and where they matter `kind`, `namespace` and a `reason`."
#       default: []
#     ownGroups:
#       type: array
#       description: "API groups of your own, in which wildcards count as low although their CRDs are not in the set."
#       default: []
#   related:
#     cluster-binding: "Bound here, for every namespace"
#     namespace-binding: "Bound here, for one namespace"
#   frameworks:
#     cis: ["5.1.3"]
#     nsa: ["NSA-AUTH"]
#     owasp: ["K03:2022", "K02:2025"]
#     pci: ["7.2.2", "7.2.5"]
#     soc2: ["CC6.3"]
#     nist: ["AC-6", "AC-6(1)", "CM-7"]
#     iso: ["A.8.2", "A.8.3"]
#     cwe: ["CWE-269", "CWE-732", "CWE-250"]
#   practices: [P09, P13]
package portcullis.rules.rbac["wildcard-grant"]

import data.portcullis.lib.controllers
import data.portcullis.lib.finding
import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_entries
import data.portcullis.lib.rbac_report
import data.portcullis.lib.rbac_wildcards
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.related(_covering(found, entry, severity), rbac_report.bindings(entry)) if {
	some entry in _entries
	verdict := rbac_wildcards.verdict(entry, _own_groups)
	place := rbac.places(entry.rule, verdict.key, {"*"})[0]
	[variant, severity] := _weighed(entry, verdict)
	found := finding.with_severity(
		finding.new(variant, entry.obj, array.concat(entry.path, place), _args(entry)),
		severity,
	)
}

report contains finding.related(finding.with_severity(found, severity), rbac_report.bindings(entry)) if {
	some entry in _entries
	some pattern, severity in rbac_wildcards.dangerous_patterns(entry)
	some place in rbac.places(entry.rule, "resources", {pattern})
	args := object.union(_args(entry), {"pattern": pattern})
	found := finding.new("every-subresource", entry.obj, array.concat(entry.path, place), args)
}

report contains finding.new("ineffective-pattern", entry.obj, array.concat(entry.path, place), {"pattern": pattern}) if {
	some entry in _entries
	some pattern in rbac_wildcards.dead_patterns(entry.rule)
	some place in rbac.places(entry.rule, "resources", {pattern})
}

report contains finding.new("every-url", entry.obj, array.concat(entry.path, place), _args(entry)) if {
	some entry in _entries
	entry.cluster_scoped
	count(rbac.items(entry.rule, "verbs")) > 0
	some place in rbac.places(entry.rule, "nonResourceURLs", rbac_wildcards.every_url(entry.rule))
}

_entries := [entry |
	some entry in rbac_entries.judged
	not controllers.is_builtin(entry)
	not rbac_report.is_listed(entry.obj, params.allowedRoles)
]

_own_groups := rbac_wildcards.own_groups | {group | some group in params.ownGroups}

# Narrower rules speak for themselves where the wildcard is the lesser finding.
_covering(found, entry, severity) := finding.covering(found, entry.path) if _leads(found, severity)

_covering(found, _, severity) := found if not _leads(found, severity)

_leads(_, severity) if severity in {"critical", "high"}

_leads(found, _) if found.variant == "trusted-controller"

_weighed(entry, verdict) := ["trusted-controller", "medium"] if {
	verdict.severity in {"critical", "high"}
	controller := controllers.of_entry(entry)
	controller.canonical
	count(controller.powers & _reasons(entry, verdict)) > 0
} else := [verdict.kind, controllers.lowered(entry, _reasons(entry, verdict), verdict.severity)] if {
	verdict.severity in {"critical", "high"}
} else := [verdict.kind, verdict.severity]

# Powers that explain the wildcard.
_reasons(entry, verdict) := {"superuser", "secrets"} if {
	verdict.kind in {"every-resource-read", "every-verb-sensitive"}
	count(rbac_wildcards.sensitive_resources(entry.rule) - {"secrets"}) == 0
} else := {"superuser"}

_args(entry) := object.union(rbac_report.args(entry), {"controller": _controller(entry)})

_controller(entry) := controllers.of_entry(entry).product if {
	controllers.of_entry(entry)
} else := ""
