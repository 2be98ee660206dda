# METADATA
# title: RBAC grants a say in how the control plane works
# description: |
#   Looks at the policy rules of Roles, ClusterRoles and operator bundles (ClusterServiceVersion) that
#   change what the API server asks before it stores an object, what API it serves, who it takes a cloud
#   identity for, and what is left to see of all that.
#
#   Writing mutating webhooks and policies is critical: they see every object, Secrets included, and
#   rewrite it. Validating ones, CustomResourceDefinitions and APIServices are high, and so are the policies
#   and exceptions of Gatekeeper and Kyverno. Writing ConfigMaps of `kube-system`, where `aws-auth`,
#   `coredns` and `kubeadm-config` are, is high without names and with one of theirs; `create` alone is
#   medium, as it changes none of them. Deleting events is medium, deleting leases of `kube-system` low;
#   a right to delete `pods/log` has no effect and is pointed out. Changing endpoints and the status of
#   Services sends traffic elsewhere: medium. Where nothing in the set binds a role, all count one level
#   less. Each policy rule is reported once, for the worst that it allows.
#
#   Webhooks, definitions and APIServices that `resourceNames` lists are an operator's own and left alone;
#   so are cluster-scoped objects in a role that only RoleBindings bind, which do not reach them. Subjects in
#   `allowedAdmissionControllers` are not reported. cert-manager, Gatekeeper, Kyverno, Operator Lifecycle
#   Manager and other controllers with webhooks of their own are medium where they are recognised by
#   namespace, ServiceAccount and image or chart label, and one level lower elsewhere.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#control-admission-webhooks
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#write-access-for-endpoints
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
#     Let the pipeline create webhooks, definitions and policies, and the operator only keep its own ones
#     up to date:
#
#     ```yaml
#     kind: ClusterRole
#     metadata:
#       name: billing-operator
#     rules:
#       - apiGroups: [admissionregistration.k8s.io]
#         resources: [validatingwebhookconfigurations]
#         resourceNames: [billing-operator]
#         verbs: [get, update]
#     ```
#
#     Configuration of an operator belongs into its own namespace, where a Role suffices. Events expire by
#     themselves; nobody needs to delete them.
#   variants:
#     mutating-admission:
#       severity: critical
#       message: "Grants {verbs} on {resources}: its holder sees and rewrites every object that is stored, Secrets included"
#     validating-admission:
#       severity: high
#       message: "Grants {verbs} on {resources}: its holder decides what the cluster admits, and sees it"
#     api-extension:
#       severity: high
#       message: "Grants {verbs} on {resources}: its holder changes the API that everything else relies on"
#     audit-sink:
#       severity: high
#       message: "Grants {verbs} on {resources}: its holder decides where audit events go"
#     policy-engine:
#       severity: high
#       message: "Grants {verbs} on {resources} of the policy engine: its holder can lift the rules that it is under"
#     system-configmaps:
#       severity: high
#       message: "Grants {verbs} on ConfigMaps {reach}: those of kube-system map cloud identities, and steer DNS and the cluster's setup"
#     delete-events:
#       severity: medium
#       message: "Grants {verbs} on events {reach}: its holder can wipe its traces"
#     delete-logs:
#       severity: info
#       message: "Grants {verbs} on pods/log, which can only be read: the grant has no effect"
#     delete-leases:
#       severity: low
#       message: "Grants {verbs} on leases {reach}: those of kube-system elect the leaders of the control plane"
#     redirect-traffic:
#       severity: medium
#       message: "Grants {verbs} on {resources} {reach}: its holder can send the traffic of Services elsewhere"
#   params:
#     allowedAdmissionControllers:
#       type: array
#       description: "Subjects that may steer the control plane, as `Kind/namespace/name` or as objects of `kind`, `namespace`, `name` and `reason`."
#       default: []
#   related:
#     cluster-binding: "Bound cluster-wide here"
#     namespace-binding: "Bound here"
#   frameworks:
#     cis: ["5.1.12"]
#     nsa: ["NSA-AUTH", "NSA-LOG"]
#     owasp: ["K03:2022", "K02:2025", "K04:2022", "K04:2025", "K05:2022", "K10:2025"]
#     pci: ["10.3.2", "6.5.1"]
#     nist: ["AC-6", "CM-5", "AU-9"]
#     iso: ["A.8.2", "A.8.15"]
#     cwe: ["CWE-269", "CWE-284"]
#   practices: [P09, P16, P17]
#   yields-to: [rbac/wildcard-grant]
package portcullis.rules.rbac["control-plane-steering-grant"]

import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_policy_engines
import data.portcullis.lib.rbac_scopes
import data.portcullis.lib.rbac_severity
import data.portcullis.lib.rbac_ways
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains rbac_scopes.found(entry, worst) if {
	some candidate in rbac_scopes.entries
	count(rbac.verbs_of(candidate.rule, rbac.write_verbs)) > 0
	ways := array.concat(
		rbac_ways.opened(candidate.rule, array.concat(_table, _gatekeeper(candidate.rule))),
		_logs(candidate.rule),
	)
	count(ways) > 0
	entry := rbac_scopes.without(candidate, params.allowedAdmissionControllers)
	worst := rbac_scopes.worst([found |
		some scope in rbac_ways.scopes(entry, [])
		some way in ways
		severity := _severity(entry, scope, way)
		found := rbac_ways.candidate(way, severity)
	])
}

_way(variant, resources, verbs, severities) := {
	"variant": variant,
	"resources": resources,
	"verbs": verbs,
	"severities": severities,
	"powers": {"admission", "superuser", "gitops"},
}

_in_cluster(severity) := {"cluster": severity}

_table := [
	_way(
		"mutating-admission",
		{"admissionregistration.k8s.io": [
			"mutatingwebhookconfigurations",
			"mutatingadmissionpolicies",
			"mutatingadmissionpolicybindings",
		]},
		rbac.write_verbs, _in_cluster("critical"),
	),
	_way(
		"validating-admission",
		{"admissionregistration.k8s.io": [
			"validatingwebhookconfigurations",
			"validatingadmissionpolicies",
			"validatingadmissionpolicybindings",
		]},
		rbac.write_verbs, _in_cluster("high"),
	),
	_way(
		"api-extension",
		{"apiextensions.k8s.io": ["customresourcedefinitions"], "apiregistration.k8s.io": ["apiservices"]},
		rbac.write_verbs, _in_cluster("high"),
	),
	_way("audit-sink", {"auditregistration.k8s.io": ["auditsinks"]}, rbac.write_verbs, _in_cluster("high")),
	_way("policy-engine", rbac_policy_engines.cluster_scoped, rbac.write_verbs, _in_cluster("high")),
	_way("policy-engine", rbac_policy_engines.namespaced, rbac.write_verbs, rbac_ways.anywhere("high")),
	object.union(
		_way("system-configmaps", {"": ["configmaps"]}, {"create", "update", "patch"}, rbac_ways.anywhere("high")),
		{"powers": {"configuration", "superuser", "gitops"}},
	),
	_way("delete-events", {"": ["events"], "events.k8s.io": ["events"]}, _removal, rbac_ways.anywhere("medium")),
	object.union(
		_way(
			"redirect-traffic",
			{"": ["endpoints", "services/status"], "discovery.k8s.io": ["endpointslices"]},
			{"update", "patch"}, rbac_ways.anywhere("medium"),
		),
		{"powers": {"network", "tls", "superuser", "gitops"}},
	),
	_way("delete-leases", {"coordination.k8s.io": ["leases"]}, _removal, rbac_ways.anywhere("low")),
]

_removal := {"delete", "deletecollection"}

_gatekeeper(rule) := [_way(
	"policy-engine", rbac_policy_engines.of_gatekeeper(rule),
	rbac.write_verbs, _in_cluster("high"),
)]

# Only where it is spelled out: what `*` includes besides is nobody's intent.
_logs(rule) := [way |
	"pods/log" in rbac.items(rule, "resources")
	some way in rbac_ways.opened(rule, [_way("delete-logs", {"": ["pods/log"]}, _removal, rbac_ways.anywhere("info"))])
	count(rbac.items(rule, "verbs") & _removal) > 0
]

_severity(entry, scope, way) := severity if {
	way.variant == "system-configmaps"
	_is_of_system(scope)
	severity := _of_configmaps(entry, scope, way)
} else := rbac_ways.severity(way, scope) if {
	way.variant == "delete-leases"
	not way.named
	_is_of_system(scope)
} else := rbac_ways.severity(way, scope) if {
	not way.variant in {"system-configmaps", "delete-leases"}
	not _is_own(way)
}

# What an operator brings along itself.
_is_own(way) if {
	way.named
	way.variant in {"mutating-admission", "validating-admission", "api-extension"}
}

_is_of_system(scope) if scope.kind == "cluster"

_is_of_system(scope) if scope.grant.namespace == "kube-system"

_of_configmaps(entry, scope, way) := rbac_scopes.severity_in(scope, way.severities, way.powers) if {
	way.named
	count(rbac.names(entry.rule) & _system_configmaps) > 0
} else := rbac_severity.at_most(rbac_ways.severity(way, scope), "medium") if {
	way.held == {"create"}
	not way.named
} else := rbac_ways.severity(way, scope) if {
	not way.named
}

_system_configmaps := {"aws-auth", "coredns", "extension-apiserver-authentication", "kube-proxy", "kubeadm-config"}
