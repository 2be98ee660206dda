# METADATA
# title: RBAC grants broad access to Secrets
# description: |
#   Looks at the policy rules of Roles, ClusterRoles and operator bundles (ClusterServiceVersion) that
#   reach Secrets without naming them. `list` and `watch` return the contents just as `get` does, and
#   so does the answer to an `update` or `patch`. Whoever may `create` and read Secrets can have a
#   token minted for any ServiceAccount of the namespace.
#
#   The binding decides how far it goes. Through a ClusterRoleBinding it is every Secret of the
#   cluster: critical. In one namespace reading is medium, and high where the namespace is one of
#   `privilegedNamespaces`, or the subject is an AI agent or a ServiceAccount of another namespace;
#   writing is high, and critical in a privileged namespace. A role that nothing in the set binds
#   counts one level less. Each policy rule is reported once, for the worst that it allows.
#
#   `get` on named Secrets is what the rule asks for and is left alone, as are writes to named ones;
#   `list` and `watch` with names only work for requests that select one name, so they are low. A
#   binding of the built-in `edit` to a ServiceAccount is reported, since `edit` reads and writes every
#   Secret of the namespace: medium, and high for the whole cluster. `admin` is left to
#   `rbac/privileged-role-binding`.
#
#   Controllers whose work is Secrets (External Secrets Operator, cert-manager, Vault Secrets Operator,
#   Sealed Secrets, Reloader, Flux, Argo CD, ingress controllers and others) are medium in the
#   namespace that their installation guide uses, recognised by ServiceAccount and by image or chart
#   label, and one level lower elsewhere. So are known operators limited to their own namespace, and
#   the hook jobs of charts that only `get` and `create` a webhook's certificate.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#secrets
#   - ref: https://kubernetes.io/docs/concepts/configuration/secret/#restrict-secret-access
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
#     - ServiceAccount
#     - Namespace
#     - Pod
#     - Deployment
#     - StatefulSet
#     - DaemonSet
#     - Job
#     - CronJob
#     - Rollout
#     - Sandbox
#     - SandboxTemplate
#     - Agent
#   remediation: |
#     Name the Secrets that the workload reads, and let it `get` those:
#
#     ```yaml
#     kind: Role
#     metadata:
#       name: billing-secrets
#       namespace: billing
#     rules:
#       - apiGroups: [""]
#         resources: [secrets]
#         resourceNames: [billing-db]
#         verbs: [get]
#     ```
#
#     Better still, let it read no Secret through the API: mount it into the pod. A controller that has
#     to watch Secrets gets a Role in each namespace that it serves (`watchNamespace`, `scopedRBAC` and
#     the like) in the place of a ClusterRoleBinding. `create` cannot be limited by name: leave it to
#     the pipeline that applies manifests.
#   variants:
#     write-cluster-wide:
#       severity: critical
#       message: "Grants {verbs} on Secrets of every namespace: enough to take over any ServiceAccount of the cluster"
#     read-cluster-wide:
#       severity: critical
#       message: "Grants {verbs} on Secrets of every namespace: each of these verbs returns their contents"
#     write-in-namespace:
#       severity: high
#       message: "Grants {verbs} on all Secrets {reach}: enough to swap credentials there, or to mint tokens of its ServiceAccounts"
#     write-unbound:
#       severity: high
#       message: "Grants {verbs} on all Secrets {reach}; no binding of this role is in the set"
#     read-with-configmaps:
#       severity: medium
#       message: "Grants {verbs} on Secrets along with ConfigMaps {reach}: give Secrets a rule of their own, with names"
#     read-in-namespace:
#       severity: medium
#       message: "Grants {verbs} on all Secrets {reach}: each of these verbs returns their contents"
#     read-unbound:
#       severity: high
#       message: "Grants {verbs} on all Secrets {reach}; no binding of this role is in the set"
#     edit-role-bound:
#       severity: medium
#       message: "The built-in role `edit` lets {subject} read and write every Secret {reach}"
#     named-list:
#       severity: low
#       message: "With `resourceNames`, {verbs} only serves requests that select one name; `get` is what reads a named Secret"
#     many-names:
#       severity: low
#       message: "Names {count} Secrets, more than {limit}: one role that needs so many is hard to review"
#   params:
#     secretReaders:
#       type: array
#       description: "Subjects that may reach all Secrets, as `Kind/namespace/name` or as objects of `kind`, `namespace`, `name` and `reason`."
#       default: []
#     privilegedNamespaces:
#       type: array
#       description: Namespaces whose Secrets open more than the namespace itself.
#       default: [kube-system, istio-system, vault, external-secrets, cert-manager, argocd, flux-system]
#     maxNames:
#       type: number
#       description: Most Secrets that one policy rule may name.
#       default: 10
#   related:
#     cluster-binding: "Bound cluster-wide here"
#     namespace-binding: "Bound here"
#   frameworks:
#     cis: ["5.1.2"]
#     nsa: ["NSA-AUTH", "NSA-SEC"]
#     owasp: ["K03:2022", "K02:2025", "K08:2022", "K03:2025"]
#     pci: ["7.2.2", "7.2.5"]
#     soc2: ["CC6.1", "CC6.3"]
#     nist: ["AC-6", "AC-3"]
#     iso: ["A.8.2", "A.8.3"]
#     cwe: ["CWE-732", "CWE-522", "CWE-269"]
#   practices: [P02, P09, P21]
#   yields-to: [rbac/wildcard-grant]
package portcullis.rules.rbac["secrets-access-broad"]

import data.portcullis.lib.controllers
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_bindings
import data.portcullis.lib.rbac_report
import data.portcullis.lib.rbac_scopes
import data.portcullis.lib.rbac_severity
import data.portcullis.lib.rbac_subjects
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains rbac_scopes.found(entry, worst) if {
	some candidate in rbac_scopes.entries
	rbac.covers(candidate.rule, "", "secrets")
	entry := rbac_scopes.without(candidate, params.secretReaders)
	scopes := rbac_scopes.of_entry(entry, params.privilegedNamespaces)
	worst := rbac_scopes.worst(array.flatten([_writes(entry, scopes), _reads(entry, scopes), _named(entry)]))
}

# What each kind of scope makes of writing and of reading.
_write := {"cluster": "critical", "privileged": "critical", "agent": "high", "foreign": "high", "namespace": "high"}

_read := {"cluster": "critical", "privileged": "high", "agent": "high", "foreign": "high", "namespace": "medium"}

# Besides controllers of Secrets, known ones that stay in their own namespace.
_powers := {"secrets", "tls", "gitops", "own"}

_writes(entry, scopes) := [_candidate(entry, variant, severity) |
	count(rbac.unnamed_verbs(entry.rule, rbac.write_verbs)) > 0
	some scope in scopes
	variant := _variant("write", scope)
	severity := _severity(entry, scope, _write)
]

_reads(entry, scopes) := [_candidate(entry, variant, severity) |
	count(rbac.unnamed_verbs(entry.rule, rbac.read_verbs)) > 0
	some scope in scopes
	variant := _read_variant(entry, scope)
	severity := _severity(entry, scope, _read)
]

_variant(access, scope) := concat("-", [access, "unbound"]) if {
	not scope.bound
} else := concat("-", [access, "cluster-wide"]) if {
	scope.kind == "cluster"
} else := concat("-", [access, "in-namespace"])

_read_variant(entry, scope) := "read-with-configmaps" if {
	scope.bound
	scope.kind == "namespace"
	"configmaps" in rbac.items(entry.rule, "resources")
} else := _variant("read", scope)

_severity(entry, scope, table) := rbac_severity.at_most(severity, "medium") if {
	_is_hook(entry, scope)
	severity := rbac_scopes.severity_in(scope, table, _powers)
} else := rbac_scopes.severity_in(scope, table, _powers)

# The jobs of charts that make the certificate of a webhook before the rest is installed.
_is_hook(entry, scope) if {
	scope.kind != "cluster"
	k8s.annotations(entry.obj)["helm.sh/hook"]
	count(rbac.items(entry.rule, "verbs") - {"get", "create"}) == 0
}

_candidate(entry, variant, severity) := {
	"variant": variant,
	"severity": severity,
	"place": rbac_scopes.place_of(entry.rule, ["secrets"]),
	"args": {"verbs": rbac_report.args(entry).verbs},
}

_named(entry) := [_candidate(entry, "named-list", "low") |
	count(rbac.named_verbs(entry.rule, "secrets", {"list", "watch"})) > 0
] if {
	count(rbac.named_verbs(entry.rule, "secrets", {"list", "watch"})) > 0
} else := [{
	"variant": "many-names",
	"severity": "low",
	"place": ["resourceNames"],
	"args": {"count": sprintf("%d", [count(rbac.names(entry.rule))]), "limit": sprintf("%d", [params.maxNames])},
} |
	count(rbac.named_verbs(entry.rule, "secrets", rbac.read_verbs)) > 0
	count(rbac.names(entry.rule)) > params.maxNames
]

report contains finding.with_severity(
	finding.new("edit-role-bound", binding.obj, ["roleRef", "name"], {
		"subject": rbac_subjects.describe(accounts[0]),
		"reach": _reach(binding),
	}),
	_edit_severity(binding),
) if {
	some binding in rbac_bindings.judged
	binding.role_ref == {"kind": "ClusterRole", "name": "edit"}
	accounts := [subject |
		some subject in binding.subjects
		subject.kind == "ServiceAccount"
		not rbac_scopes.is_listed(subject, params.secretReaders)
	]
	count(accounts) > 0
}

_reach(binding) := "of the cluster" if binding.cluster

_reach(binding) := "of its namespace" if not binding.cluster

_edit_severity(binding) := controllers.lowered_for(controllers.of_binding(binding), _powers, severity) if {
	severity := {true: "high", false: "medium"}[binding.cluster]
} else := "high" if {
	binding.cluster
} else := "medium"
