# METADATA
# title: Audit policy misses access to secrets, or records what they hold
# description: |
#   The audit log of the API server is the only place that says who read which Secret. Looks at audit
#   policies (`audit.k8s.io`, also as text in a ConfigMap or among the files of a control plane), at the
#   flags of API servers (static pods, kubeadm, Cluster API, kops), and at the log settings of EKS, AKS and
#   GKE clusters. The first rule of a policy that matches a request decides, as in the API server; a rule for
#   some users only passes the requests of all others on, and what no rule matches is not recorded.
#
#   Bodies of Secrets, of token reviews and of issued tokens in the log are high: whoever reads the log has
#   them. The `get` of a Secret has a body only with `RequestResponse`, and a token is in the answer, so
#   `Request` is enough for neither. Example policies that log Secrets in full are wrong about this.
#   ConfigMaps are medium, since nothing secret should be in them.
#
#   Secrets, roles and bindings, sessions in pods and admission webhooks that go unrecorded for everybody are
#   high; for some groups, namespaces or names, or only while being watched, medium. Reading roles is no
#   matter. Rules for single users, such as controllers that read leases and endpoints all day, are left
#   alone, unless the user is an administrator. A policy whose last rule is not a catch-all is medium, and
#   high where Secrets fall through as well. Changes of roles at level `Metadata` are low: they say that
#   something changed, not what.
#
#   An API server without a policy file, or without a log file or webhook, logs nothing. Log files that are
#   thrown away early are low; unset limits and 0 keep them, so they are not reported. On EKS the log type
#   `audit` is off unless named. On AKS, settings that send other logs of the control plane and not this one
#   are reported. On GKE the log of changes cannot be switched off, so only an `IAMAuditConfig` for
#   `container.googleapis.com` without `DATA_READ` is.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
#   - ref: https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/
#   - ref: https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
#   - ref: https://cloud.google.com/kubernetes-engine/docs/concepts/audit-policy
# custom:
#   severity: high
#   confidence: high
#   scope: object
#   needs: []
#   kinds:
#     - Policy
#     - ConfigMap
#     - Pod
#     - Deployment
#     - StatefulSet
#     - DaemonSet
#     - ClusterConfiguration
#     - KubeadmControlPlane
#     - KubeadmControlPlaneTemplate
#     - Cluster
#     - ClusterConfig
#     - AWSManagedControlPlane
#     - DiagnosticSetting
#     - MonitorDiagnosticSetting
#     - IAMAuditConfig
#   remediation: |
#     Record who touched what is secret, never what it holds; record changes of rights with their body; end
#     with a rule for all the rest:
#
#     ```yaml
#     apiVersion: audit.k8s.io/v1
#     kind: Policy
#     omitStages: [RequestReceived]
#     rules:
#       - level: Metadata
#         resources:
#           - group: ""
#             resources: [secrets, configmaps, serviceaccounts/token]
#           - group: authentication.k8s.io
#             resources: [tokenreviews]
#       - level: Request
#         verbs: [create, update, patch, delete]
#         resources:
#           - group: rbac.authorization.k8s.io
#       - level: Metadata
#     ```
#
#     Hand it to the API server with `--audit-policy-file`, and keep what it writes: `--audit-log-path`,
#     `--audit-log-maxage=30`, `--audit-log-maxbackup=10`, `--audit-log-maxsize=100`.
#   variants:
#     secret-bodies-logged:
#       severity: high
#       message: "Level `{level}` writes the content of {resources} into the audit log; use `Metadata`"
#     configmap-bodies-logged:
#       severity: medium
#       message: "Level `{level}` writes the content of ConfigMaps into the audit log; use `Metadata`"
#     sensitive-unrecorded:
#       severity: high
#       message: "Requests for {resources} leave no trace in the audit log: record them at level `Metadata` or above"
#     catch-all-missing:
#       severity: medium
#       message: "What no rule matches is not recorded: end with a rule that has nothing but `level: Metadata`"
#     rbac-changes-without-body:
#       severity: low
#       message: "Changes of roles and bindings are recorded without what was changed; use level `Request` for them"
#     audit-log-off:
#       severity: medium
#       message: "This API server keeps no audit log: set `audit-policy-file`, and `audit-log-path` or a webhook"
#     log-kept-too-short:
#       severity: low
#       message: "`{flag}` is {value}; at least {limit} is asked for, so that the log is there when it is needed"
#     cluster-audit-log-off:
#       severity: medium
#       message: "The audit log of this cluster is not kept: switch on {what}"
#   params:
#     minMaxAge:
#       type: number
#       description: Fewest days for which the API server keeps its audit log files.
#       default: 30
#   frameworks:
#     cis: ["3.2.1", "3.2.2", "1.2.16", "1.2.17", "1.2.18", "1.2.19"]
#     nsa: ["NSA-LOG"]
#     owasp: ["K05:2022", "K10:2025"]
#     pci: ["10.2.1", "10.2.1.2", "10.3.1", "10.5.1"]
#     soc2: ["CC7.2"]
#     nist: ["AU-2", "AU-3", "AU-12", "AU-9"]
#     iso: ["A.8.15"]
#     cwe: ["CWE-778", "CWE-532"]
#   practices: [P17, P18]
package portcullis.rules.audit["audit-policy-secret-handling"]

import data.portcullis.lib.audit_backends as backends
import data.portcullis.lib.audit_clusters as clusters
import data.portcullis.lib.audit_policies as policies
import data.portcullis.lib.audit_requests as requests
import data.portcullis.lib.finding
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.new(variant, policy.obj, place, args) if {
	some policy in policies.policies
	some found in requests.bodies(policy)
	variant := {"secrets": "secret-bodies-logged", "configmaps": "configmap-bodies-logged"}[found.kind]
	place := policies.place(policy, ["rules", found.index, "level"])
	args := {"level": policy.rules[found.index].level, "resources": requests.text(found)}
}

# Where Secrets fall through there is no need to say that a last rule is missing.
report contains finding.with_severity(
	finding.new("sensitive-unrecorded", policy.obj, _place(policy, found.index), {"resources": requests.text(found)}),
	_severity(found),
) if {
	some policy in policies.policies
	some found in requests.unrecorded(policy)
	_is_worth_telling(found)
}

_is_worth_telling(found) if found.index >= 0

_is_worth_telling(found) if found.secrets

_place(policy, index) := policies.place(policy, ["rules", index, "level"]) if index >= 0

_place(policy, -1) := policies.place(policy, ["rules"])

_severity(found) := "medium" if {
	found.extent == "some"
} else := "medium" if {
	found.watching
} else := "high"

report contains finding.new("catch-all-missing", policy.obj, policies.place(policy, ["rules"]), {}) if {
	some policy in policies.policies
	requests.lacks_catch_all(policy)
	count([1 | some found in requests.unrecorded(policy); found.secrets; found.extent == "everyone"; not found.watching]) == 0
}

report contains finding.new("rbac-changes-without-body", policy.obj, policies.place(policy, ["rules", index, "level"]), {}) if {
	some policy in policies.policies
	some index in requests.bodiless(policy)
}

report contains finding.with_severity(finding.new("audit-log-off", server.obj, server.place, {}), severity) if {
	some server in backends.servers
	not backends.is_audited(server)
	severity := {true: "medium", false: "low"}[server.whole]
}

report contains finding.new("log-kept-too-short", server.obj, short.path, object.remove(short, ["path"])) if {
	some server in backends.servers
	some short in backends.short_limits(server, {
		"audit-log-maxage": params.minMaxAge,
		"audit-log-maxbackup": 10,
		"audit-log-maxsize": 100,
	})
}

report contains finding.new("cluster-audit-log-off", cluster.obj, cluster.path, {"what": cluster.what}) if {
	some cluster in clusters.unlogged
}
