# METADATA
# title: Workload runs as `default`, or gets a token that it has no use for
# description: |
#   Every pod runs as a ServiceAccount, and unless told otherwise gets a token for the API server. A token
#   that nobody needs is a credential for whoever breaks in, and one account for many pods means that a
#   right given to one is given to all.
#
#   A pod spec that names no ServiceAccount, or `default`, is medium; it is low where the pod gets no token
#   all the same. The manifest of a ServiceAccount `default` that leaves the token on is low.
#
#   A workload with an account of its own that has no binding, yet mounts its token, and one whose account
#   is nowhere in the set, can only be judged where everything is in the set: with `completeness: full`
#   they are medium and low, else they are merely noted (info). Left alone are pods that are known to read
#   the token: those of Vault's and similar injectors, accounts of GKE's workload identity, images in
#   `tokenNeeded`, containers whose arguments or settings name the token's path. What operators and
#   workflow engines make of a spec without an account is theirs. Sandboxes made from a `SandboxTemplate`
#   get no token unless it asks for one.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#minimize-distribution-of-privileged-tokens
# custom:
#   severity: medium
#   confidence: medium
#   scope: set
#   needs: []
#   kinds:
#     - RoleBinding
#     - ClusterRoleBinding
#     - ClusterServiceVersion
#     - ServiceAccount
#     - Pod
#     - PodTemplate
#     - ReplicationController
#     - Deployment
#     - StatefulSet
#     - DaemonSet
#     - ReplicaSet
#     - Job
#     - CronJob
#     - Rollout
#     - DeploymentConfig
#     - ScaledJob
#     - Service
#     - Configuration
#     - Revision
#     - Workflow
#     - WorkflowTemplate
#     - ClusterWorkflowTemplate
#     - CronWorkflow
#     - TaskRun
#     - PipelineRun
#     - Sandbox
#     - SandboxTemplate
#   remediation: |
#     Give the workload a ServiceAccount of its own, with the token off:
#
#     ```yaml
#     apiVersion: v1
#     kind: ServiceAccount
#     metadata:
#       name: invoice-worker
#       namespace: billing
#     automountServiceAccountToken: false
#     ```
#
#     Name it in the pod spec (`serviceAccountName: invoice-worker`). A workload that talks to the API
#     server sets `automountServiceAccountToken: true` there. Cloud identities (IRSA, EKS Pod Identity,
#     Azure Workload Identity) bring their own token and do not need this one.
#   variants:
#     default-account:
#       severity: medium
#       message: "Runs as the ServiceAccount `default` and gets its token: any right given to `default` is this workload's as well"
#     default-account-without-token:
#       severity: low
#       message: "Runs as the ServiceAccount `default`, if without a token: whatever else goes by the account is shared"
#     unneeded-token:
#       severity: medium
#       message: "Gets a token of `{account}`, to which nothing in the set grants a right: set `automountServiceAccountToken: false`"
#       fixes: [{key: automountServiceAccountToken, set: false}]
#     default-account-mounts-token:
#       severity: low
#       message: "Leaves the token of `default` on, so that every pod that names no account gets one"
#       fixes: [{key: automountServiceAccountToken, set: false}]
#     undeclared-account:
#       severity: low
#       message: "Runs as `{account}`, a ServiceAccount that is not in the set"
#   params:
#     tokenNeeded:
#       type: array
#       description: "Parts of image names of workloads that need a token, such as `vault-agent`."
#       default: []
#     externallyManaged:
#       type: array
#       description: "ServiceAccounts that are made elsewhere, as `name` or `namespace/name`."
#       default: []
#   frameworks:
#     cis: ["5.1.5", "5.1.6"]
#     nsa: ["NSA-POD"]
#     owasp: ["K01:2022", "K01:2025", "K03:2022", "K02:2025"]
#     pci: ["7.2.5"]
#     nist: ["AC-6", "IA-9"]
#     iso: ["A.8.2"]
#     cwe: ["CWE-272", "CWE-250"]
#   practices: [P08, P09]
#   yields-to: [agents/agent-dedicated-identity]
package portcullis.rules.rbac["workload-identity-hygiene"]

import data.portcullis.lib.finding
import data.portcullis.lib.identities
import data.portcullis.lib.k8s
import data.portcullis.lib.rbac_report
import data.portcullis.lib.settings
import data.portcullis.lib.token_use

params := settings.params(rego.metadata.chain())

report contains finding.new(variant, run.obj, run.place, {}) if {
	some run in identities.judged
	run.name == "default"
	variant := {true: "default-account-without-token", false: "default-account"}[identities.token(run) == "no"]
}

report contains finding.with_severity(
	finding.new(
		"unneeded-token", run.obj, array.concat(run.spec.path, ["automountServiceAccountToken"]),
		{"account": run.name},
	),
	_where_complete("medium"),
) if {
	some run in identities.judged
	run.name != "default"
	identities.token(run) == "yes"
	not token_use.is_bound(run)
	not token_use.is_needed(run, params.tokenNeeded)
}

report contains finding.new("default-account-mounts-token", obj, ["automountServiceAccountToken"], {}) if {
	some obj in k8s.of_kind("ServiceAccount")
	obj.name == "default"
	not obj.partial
	object.get(obj.object, "automountServiceAccountToken", true) != false
}

report contains finding.with_severity(
	finding.new("undeclared-account", run.obj, run.place, {"account": run.name}),
	_where_complete("low"),
) if {
	some run in identities.judged
	run.name != "default"
	run.obj.object.kind in identities.plain_kinds
	count(identities.accounts(run)) == 0
	not token_use.is_made_by_operator(run)
	not rbac_report.is_listed(_as_account(run), params.externallyManaged)
}

_as_account(run) := {"name": run.name, "namespace": run.obj.namespace, "object": {"kind": "ServiceAccount"}}

# What is absent from a part of the set may well be in another.
_where_complete(severity) := {true: severity, false: "info"}[settings.completeness == "full"]
