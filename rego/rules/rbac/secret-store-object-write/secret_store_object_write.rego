# METADATA
# title: RBAC lets a workload write objects of a secret store
# description: |
#   Looks at policy rules that create or change what tells a secrets operator where secrets come from and
#   where they go: ExternalSecrets and their stores, SecretProviderClasses, Vault Secrets Operator's
#   resources, SealedSecrets, cert-manager's issuers and certificates, and the like. The operator reads
#   the store with its own identity, so whoever writes such an object reads secrets without a right on
#   any Secret; a PushSecret carries them away.
#
#   Kinds for the whole cluster, such as ClusterSecretStore, are high for everybody but the platform.
#   Kinds of one namespace are high for ServiceAccounts and low for users and groups. The status objects
#   of the Secrets Store CSI Driver are medium: only the driver writes those. A role that nothing in the
#   set binds counts one level less. It is low where it is made to be bound by people: its labels add it to
#   the built-in `edit` or `admin`, or it comes with such an operator.
#
#   Reading and deleting these objects is left alone, as are the operators themselves and controllers that
#   apply what is in Git, recognised by ServiceAccount and by image or chart label, in the namespace that
#   their installation guide uses; elsewhere they count one level less. `platformSubjects` are the
#   platform's own.
# related_resources:
#   - ref: https://external-secrets.io/latest/guides/security-best-practices/
#   - ref: https://secrets-store-csi-driver.sigs.k8s.io/topics/best-practices
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: high
#   confidence: medium
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
#     - Pod
#     - Deployment
#     - StatefulSet
#     - DaemonSet
#     - Job
#     - CronJob
#     - Rollout
#   remediation: |
#     Let workloads look at these objects, and leave it to the pipeline that applies manifests to write
#     them:
#
#     ```yaml
#     rules:
#       - apiGroups: [external-secrets.io]
#         resources: [externalsecrets]
#         verbs: [get, list, watch]
#     ```
#
#     Subjects of the platform that do write them belong in `platformSubjects`.
#   variants:
#     cluster-store:
#       severity: high
#       message: "Grants {verbs} on {resources} {reach}: that reads secrets of a store for every namespace"
#     namespaced-by-workload:
#       severity: high
#       message: "Lets a workload {verbs} {resources} {reach}: the operator then fetches secrets for it"
#     namespaced-by-people:
#       severity: low
#       message: "Lets users {verbs} {resources} {reach}, past the review that Git gives such objects"
#     namespaced-unbound:
#       severity: medium
#       message: "Grants {verbs} on {resources} {reach}; no binding of this role is in the set"
#     driver-status:
#       severity: medium
#       message: "Grants {verbs} on {resources}, which only the Secrets Store CSI Driver writes"
#   params:
#     platformSubjects:
#       type: array
#       description: "Subjects of the platform, as `Kind/namespace/name` or as objects of `kind`, `namespace`, `name` and `reason`."
#       default: []
#     storeGroups:
#       type: array
#       description: Further API groups of which every resource counts as an object of a secret store.
#       default: []
#   related:
#     cluster-binding: "Bound cluster-wide here"
#     namespace-binding: "Bound here"
#   frameworks:
#     cis: ["5.1.2"]
#     owasp: ["K08:2022", "K03:2025", "K03:2022", "K02:2025"]
#     pci: ["7.2.5"]
#     soc2: ["CC6.3"]
#     nist: ["AC-6", "AC-3(7)"]
#     iso: ["A.8.3"]
#     cwe: ["CWE-269", "CWE-522"]
#   practices: [P02, P09, P15]
#   yields-to: [rbac/wildcard-grant]
package portcullis.rules.rbac["secret-store-object-write"]

import data.portcullis.lib.controllers_known
import data.portcullis.lib.k8s
import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_scopes
import data.portcullis.lib.rbac_severity
import data.portcullis.lib.settings
import data.portcullis.lib.store_objects

params := settings.params(rego.metadata.chain())

report contains rbac_scopes.found(entry, worst) if {
	some candidate in rbac_scopes.entries
	count(rbac.unnamed_verbs(candidate.rule, _verbs)) > 0
	entry := rbac_scopes.without(candidate, params.platformSubjects)
	scopes := rbac_scopes.of_entry(entry, [])
	worst := rbac_scopes.worst(array.flatten([_cluster(entry, scopes), _namespaced(entry, scopes), _status(entry, scopes)]))
}

# Deleting one reads nothing.
_verbs := {"create", "update", "patch"}

_powers := {"stores", "gitops", "superuser", "own"}

_cluster(entry, scopes) := [_candidate(entry, resources, "cluster-store", severity) |
	resources := store_objects.covered(entry.rule, "cluster", [])
	count(resources) > 0
	some scope in scopes
	scope.kind == "cluster"
	severity := _severity(entry, scope, "high")
]

_namespaced(entry, scopes) := [_candidate(entry, resources, variant, severity) |
	resources := store_objects.covered(entry.rule, "namespaced", params.storeGroups)
	count(resources) > 0
	some scope in scopes
	[variant, base] := _by_holder(scope)
	severity := _severity(entry, scope, base)
]

_status_objects := "secretproviderclasspodstatuses"

_status(entry, scopes) := [_candidate(entry, {_status_objects}, "driver-status", severity) |
	rbac.covers(entry.rule, "secrets-store.csi.x-k8s.io", _status_objects)
	some scope in scopes
	severity := _severity(entry, scope, "medium")
]

_by_holder(scope) := ["namespaced-unbound", "high"] if {
	not scope.bound
} else := ["namespaced-by-workload", "high"] if {
	some subject in scope.grant.subjects
	_is_workload(subject)
} else := ["namespaced-by-people", "low"] if {
	count(scope.grant.subjects) > 0
}

_is_workload(subject) if subject.kind == "ServiceAccount"

_is_workload(subject) if startswith(subject.id, "group:system:serviceaccounts")

# Undefined for those whose work it is.
_severity(entry, scope, severity) := least if {
	scope.bound
	not _is_at_home(scope)
	least := rbac_scopes.lowered_for(scope, _powers, severity)
} else := "low" if {
	not scope.bound
	_is_for_editors(entry.obj)
} else := rbac_severity.lowered(severity, 1) if {
	not scope.bound
}

_is_at_home(scope) if {
	some controller in scope.controllers
	controller.canonical
	count(controller.powers & _powers) > 0
}

# Roles that an operator ships for people, to be bound by whoever wants to.
_is_for_editors(role) if {
	some name in ["edit", "admin"]
	k8s.labels(role)[concat("", ["rbac.authorization.k8s.io/aggregate-to-", name])] == "true"
}

_is_for_editors(role) if {
	some known in controllers_known.products
	"stores" in known.powers
	k8s.labels(role)["app.kubernetes.io/name"] in known.labels
}

_candidate(entry, resources, variant, severity) := {
	"variant": variant,
	"severity": severity,
	"place": store_objects.place(entry.rule, {item |
		some resource in resources
		some item in rbac.matching_resources(entry.rule, resource)
	}),
	"args": {
		"verbs": rbac.listed(rbac.unnamed_verbs(entry.rule, _verbs)),
		"resources": _listed(sort(resources)),
	},
}

_listed(names) := concat(", ", names) if count(names) < 5

_listed(names) := concat("", [concat(", ", array.slice(names, 0, 3)), " and ", format_int(count(names) - 3, 10), " more"]) if {
	count(names) > 4
}
