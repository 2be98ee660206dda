# METADATA
# title: RBAC grants control over nodes
# description: |
#   Looks at the policy rules of Roles, ClusterRoles and operator bundles (ClusterServiceVersion) that
#   reach kubelets or change nodes. `nodes/proxy` passes requests on to a kubelet, which runs commands in
#   any pod of its node, past admission and past the audit log of the API server. That takes no more than
#   `get`, since a websocket starts as a GET request, so every verb of such a request is high, and
#   critical for an AI agent.
#
#   Changing nodes or their status is medium: labels and taints decide which pods run where. It is high
#   for an AI agent, and where the same subject may also delete or evict pods of every namespace: together
#   these move pods to a node of one's choice. Limited by `resourceNames` it is one level less, and one
#   level less where nothing in the set binds the role. Each policy rule is reported once.
#
#   Nodes belong to no namespace, so a role that only RoleBindings bind does not reach them. Reading nodes
#   is left alone, and so are the finer parts of the kubelet's API (`nodes/metrics`, `nodes/stats`,
#   `nodes/healthz`, `nodes/configz`, `nodes/pods`), which are the remedy. Subjects in
#   `allowedNodeControllers` are not reported. Autoscalers, cloud controllers, network plugins and
#   daemons that tend nodes count one level less for changing them where they are recognised by namespace,
#   ServiceAccount and image or chart label; for `nodes/proxy` only those do that rule the cluster anyway.
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#access-to-proxy-subresource-of-nodes
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
#     Grant the part of the kubelet's API that is read, in the place of all of it. `nodes/metrics` and
#     `nodes/stats` have always been apart, `nodes/healthz`, `nodes/configz` and `nodes/pods` are since
#     Kubernetes 1.33:
#
#     ```yaml
#     kind: ClusterRole
#     metadata:
#       name: node-metrics
#     rules:
#       - apiGroups: [""]
#         resources: [nodes/metrics, nodes/stats]
#         verbs: [get]
#     ```
#
#     Leave labels and taints to whatever creates the nodes: node pools and autoscalers set both.
#   variants:
#     kubelet-api:
#       severity: high
#       message: "Grants {verbs} on nodes/proxy: enough to run commands in any pod of any node, unseen by admission and audit"
#     kubelet-api-for-agents:
#       severity: critical
#       message: "Lets an AI agent {verbs} nodes/proxy: enough to run commands in any pod of any node, unseen by admission and audit"
#     steal-pods:
#       severity: high
#       message: "Grants {verbs} on {resources}, and {subject} may also remove pods anywhere: together they move any pod to a node of choice"
#     write-nodes:
#       severity: medium
#       message: "Grants {verbs} on {resources}: labels, taints and capacity decide which pods run where"
#     write-nodes-for-agents:
#       severity: high
#       message: "Lets an AI agent {verbs} {resources}: labels, taints and capacity decide which pods run where"
#   params:
#     allowedNodeControllers:
#       type: array
#       description: "Subjects that may control nodes, as `Kind/namespace/name` or as objects of `kind`, `namespace`, `name` and `reason`."
#       default: []
#   related:
#     cluster-binding: "Bound cluster-wide here"
#     namespace-binding: "Bound here"
#   frameworks:
#     cis: ["5.1.10"]
#     nsa: ["NSA-AUTH"]
#     owasp: ["K03:2022", "K02:2025"]
#     nist: ["AC-6", "AU-9"]
#     iso: ["A.8.2"]
#     cwe: ["CWE-269", "CWE-250"]
#   practices: [P09]
#   yields-to: [rbac/wildcard-grant]
package portcullis.rules.rbac["node-control-grant"]

import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_agents
import data.portcullis.lib.rbac_rights
import data.portcullis.lib.rbac_scopes
import data.portcullis.lib.rbac_subjects
import data.portcullis.lib.rbac_ways
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains rbac_scopes.found(entry, worst) if {
	some candidate in rbac_scopes.entries
	ways := rbac_ways.opened(candidate.rule, _table)
	count(ways) > 0
	entry := rbac_scopes.without(candidate, params.allowedNodeControllers)
	worst := rbac_scopes.worst([way |
		some scope in rbac_ways.scopes(entry, [])
		some opened in ways
		severity := rbac_ways.severity(opened, scope)
		way := _weighed(scope, rbac_ways.candidate(opened, severity))
	])
}

_table := [
	{
		"variant": "kubelet-api",
		"resources": {"": ["nodes/proxy"]},
		"verbs": {"get", "create", "update", "patch", "delete"},
		"severities": {"cluster": "high"},
		"powers": {"superuser", "gitops"},
	},
	{
		"variant": "write-nodes",
		"resources": {"": ["nodes", "nodes/status"]},
		"verbs": rbac.write_verbs,
		"severities": {"cluster": "medium"},
		"powers": {"nodes", "superuser", "gitops"},
	},
]

_weighed(scope, way) := object.union(way, {
	"variant": concat("-", [way.variant, "for-agents"]),
	"severity": _raised[way.severity],
}) if {
	rbac_agents.holds(scope.grant)
} else := object.union(way, {
	"variant": "steal-pods",
	"severity": "high",
	"args": object.union(way.args, {"subject": _removers(scope)[0]}),
}) if {
	# Not where names, a known controller or the lack of a binding make it less.
	[way.variant, way.severity] == ["write-nodes", "medium"]
	count(_removers(scope)) > 0
} else := way

_raised := {"info": "low", "low": "medium", "medium": "high", "high": "critical"}

# Subjects of the scope's grant that can make the scheduler place pods anew.
_removers(scope) := [rbac_subjects.describe(subject) |
	some subject in scope.grant.subjects
	_removes_pods(subject)
]

_removes_pods(subject) if {
	some right in rbac_rights.of_subject(subject)
	right.grant.cluster
	some [resource, wanted] in [["pods", {"delete", "deletecollection"}], ["pods/eviction", {"create"}]]
	rbac.covers(right.entry.rule, "", resource)
	count(rbac.unnamed_verbs(right.entry.rule, wanted)) > 0
}
