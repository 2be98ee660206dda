# METADATA
# title: RBAC grants the right to mint identities
# description: |
#   Looks at the policy rules of Roles, ClusterRoles and operator bundles (ClusterServiceVersion) that
#   make credentials: tokens of ServiceAccounts, and client certificates. What they issue stays valid
#   until it expires, whatever happens to the role.
#
#   `create` on `serviceaccounts/token` without names gives tokens of every ServiceAccount it reaches:
#   high in one namespace, critical in `privilegedNamespaces` and for the whole cluster. With
#   `resourceNames` it works as it should, and is low. Approving certificates takes two rights, changing
#   `certificatesigningrequests/approval` and `approve` on the signer. A subject that holds both for a
#   signer of client certificates can become anybody: critical. One half alone is medium, as is waiting
#   for the other. `certificatesigningrequests/status` with `sign` is high. Creating requests is low.
#   Creating ServiceAccounts along with bindings for them is medium. Where nothing in the set binds a
#   role, its policy rules are taken together and count one level less. Each is reported once.
#
#   A signer that issues no identities of clients, such as `kubernetes.io/kubelet-serving` or
#   cert-manager's own, is left alone when it is named, and so is what `allowedTokenIssuers` and
#   `allowedSigners` list. Secret operators, CSI drivers and cloud controllers mint tokens in their stock
#   setup: medium where they are recognised by namespace, ServiceAccount and image or chart label, and one
#   level lower elsewhere. Roles that only add to the built-in `edit` and `admin` are not reported for
#   tokens, which these mint already.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#token-request
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#csrs-and-certificate-issuing
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#authorization
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
#     Name the ServiceAccounts whose tokens are needed. On this subresource names work for `create` too:
#
#     ```yaml
#     kind: Role
#     metadata:
#       name: billing-tokens
#       namespace: billing
#     rules:
#       - apiGroups: [""]
#         resources: [serviceaccounts/token]
#         resourceNames: [billing-store]
#         verbs: [create]
#     ```
#
#     An approver of certificates gets `approve` on the signers it answers for and no others:
#
#     ```yaml
#     - apiGroups: [certificates.k8s.io]
#       resources: [signers]
#       resourceNames: [kubernetes.io/kubelet-serving]
#       verbs: [approve]
#     ```
#   variants:
#     any-token:
#       severity: critical
#       message: "Grants create on {resources} {reach}: a token of any ServiceAccount there, system ones included"
#     named-token:
#       severity: low
#       message: "Mints tokens of {names}: keep the list as short as it is"
#     approve-certificates:
#       severity: critical
#       message: "With this and `approve` on {signers}, {holder} can issue client certificates for any user and group"
#     approval-half:
#       severity: medium
#       message: "One half of the right to approve certificates: {other} would complete it"
#     sign-certificates:
#       severity: high
#       message: "With this and `sign` on {signers}, {holder} can fill in the certificates that the API server hands out"
#     request-certificates:
#       severity: low
#       message: "May request certificates: harmless until somebody approves without looking"
#     account-with-binding:
#       severity: medium
#       message: "{holder} may create ServiceAccounts and bind roles to them {reach}: a way to leave identities behind"
#   params:
#     allowedTokenIssuers:
#       type: array
#       description: "Subjects that may mint identities, as `Kind/namespace/name` or as objects of `kind`, `namespace`, `name` and `reason`."
#       default: []
#     allowedSigners:
#       type: array
#       description: "Names of signers, such as `kubernetes.io/kube-apiserver-client-kubelet`, that roles may be allowed to approve and sign for."
#       default: []
#     privilegedNamespaces:
#       type: array
#       description: Namespaces whose ServiceAccounts rule more than the namespace itself.
#       default: [kube-system, istio-system, vault, external-secrets, cert-manager, argocd, flux-system]
#   related:
#     cluster-binding: "Bound cluster-wide here"
#     namespace-binding: "Bound here"
#   frameworks:
#     cis: ["5.1.11", "5.1.13"]
#     nsa: ["NSA-AUTH"]
#     owasp: ["K03:2022", "K02:2025", "K06:2022", "K09:2025"]
#     pci: ["7.2.5"]
#     nist: ["AC-6", "IA-4", "IA-5", "SC-17"]
#     iso: ["A.5.16"]
#     cwe: ["CWE-269", "CWE-287"]
#   practices: [P09, P21]
#   yields-to: [rbac/wildcard-grant]
package portcullis.rules.rbac["identity-issuance-grant"]

import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_companions
import data.portcullis.lib.rbac_escalation
import data.portcullis.lib.rbac_scopes
import data.portcullis.lib.rbac_severity
import data.portcullis.lib.rbac_signers
import data.portcullis.lib.rbac_ways
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains rbac_scopes.found(entry, worst) if {
	some candidate in rbac_scopes.entries
	ways := rbac_ways.opened(candidate.rule, _table)
	count(ways) > 0
	entry := rbac_scopes.without(candidate, params.allowedTokenIssuers)
	worst := rbac_scopes.worst([found |
		some scope in rbac_ways.scopes(entry, params.privilegedNamespaces)
		some way in ways
		found := _weighed(entry, scope, way)
	])
}

_way(variant, group, resources, verbs, severities) := {
	"variant": variant,
	"resources": {group: resources},
	"verbs": verbs,
	"severities": severities,
	"powers": {"identity", "superuser", "gitops"},
}

_in_cluster(severity) := {"cluster": severity}

_table := [
	_way(
		"any-token", "", ["serviceaccounts/token"], {"create"},
		object.union(rbac_ways.in_namespaces("high"), {"cluster": "critical", "privileged": "critical"}),
	),
	_way("approval", rbac_signers.group, ["certificatesigningrequests/approval"], {"update", "patch"}, _in_cluster("critical")),
	_way("approve", rbac_signers.group, ["signers"], {"approve"}, _in_cluster("critical")),
	_way("status", rbac_signers.group, ["certificatesigningrequests/status"], {"update", "patch"}, _in_cluster("high")),
	_way("sign", rbac_signers.group, ["signers"], {"sign"}, _in_cluster("high")),
	_way("request-certificates", rbac_signers.group, ["certificatesigningrequests"], {"create"}, _in_cluster("low")),
	object.union(
		_way("account-with-binding", "", ["serviceaccounts"], {"create"}, rbac_ways.anywhere("medium")),
		{"powers": {"rbac", "identity", "superuser", "gitops"}},
	),
]

_found(way, scope, variant, args) := {
	"variant": variant,
	"severity": rbac_ways.severity(way, scope),
	"place": way.place,
	"args": object.union(way.args, args),
}

_weighed(entry, scope, way) := _found(way, scope, "any-token", {}) if {
	way.variant == "any-token"
	not way.named
	rbac_ways.without_editors(entry)
} else := object.union(_found(way, scope, "named-token", {"names": names}), {"severity": "low"}) if {
	way.variant == "any-token"
	way.named
	names := rbac.listed(rbac.names(entry.rule) - {""})
} else := _found(way, scope, "request-certificates", {}) if {
	way.variant == "request-certificates"
} else := _binder(entry, scope, way) if {
	way.variant == "account-with-binding"
} else := _pair(entry, scope, way)

_pair(entry, scope, way) := _found(way, scope, half.variant, completed[0]) if {
	half := rbac_signers.halves[way.variant]
	completed := rbac_signers.completed(entry, scope, half, params.allowedSigners)
	count(completed) > 0
} else := object.union(_found(way, scope, "approval-half", {"other": half.other}), {"severity": severity}) if {
	half := rbac_signers.halves[way.variant]
	half.verb == "approve"
	rbac_signers.is_alone(entry, scope, half, params.allowedSigners)
	severity := rbac_severity.at_most(rbac_ways.severity(way, scope), {true: "medium", false: "low"}[scope.bound])
}

_binder(entry, scope, way) := _found(way, scope, "account-with-binding", {"holder": binders[0]}) if {
	binders := [holder.name |
		some holder in rbac_companions.holders(entry, scope)
		some right in holder.rights
		rbac_companions.is_in_place(right, scope)
		_writes_bindings(right)
	]
	count(binders) > 0
}

_writes_bindings(right) if {
	count(rbac.unnamed_verbs(right.entry.rule, {"create", "update", "patch"})) > 0
	some resource in ["rolebindings", "clusterrolebindings"]
	rbac_escalation.is_reached(resource, right.grant.cluster)
	rbac.covers(right.entry.rule, rbac.api_group, resource)
}
