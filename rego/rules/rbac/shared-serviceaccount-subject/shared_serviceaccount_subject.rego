# METADATA
# title: Rights for an identity that many pods share
# description: |
#   Looks at bindings whose subject is no workload of its own: the ServiceAccount `default`, which
#   every pod runs as that names no other, and the groups of all ServiceAccounts, of the cluster
#   (`system:serviceaccounts`) or of a namespace. Whoever gets into any of these pods has the rights,
#   and whoever may start a pod can give them to himself.
#
#   `default` is high, also where it is written as the user `system:serviceaccount:<namespace>:default`.
#   The group of the whole cluster is high and that of a namespace medium, both one level higher where
#   the role, as far as the set holds it, changes something or reads Secrets. A ServiceAccount that
#   workloads of different applications run as is low; labels tell applications apart.
#
#   Left alone are the roles that are made for all pods: `system:service-account-issuer-discovery`,
#   `system:cluster-trust-bundle-discovery`, OpenShift's `system:image-puller`, and roles in the set
#   that only read `/metrics`. Further bindings of groups can be allowed in `allowedGroupBindings`.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/service-accounts/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#service-account-permissions
# custom:
#   severity: critical
#   confidence: high
#   scope: set
#   needs: []
#   kinds:
#     - ClusterRoleBinding
#     - RoleBinding
#     - ClusterRole
#     - Role
#     - Pod
#     - Deployment
#     - StatefulSet
#     - DaemonSet
#     - Job
#     - CronJob
#   remediation: |
#     Give the workload a ServiceAccount of its own, and bind that:
#
#     ```yaml
#     subjects:
#       - kind: ServiceAccount
#         name: invoice-worker
#         namespace: billing
#     ```
#
#     The workload names it in `spec.template.spec.serviceAccountName`.
#   variants:
#     all-serviceaccounts:
#       severity: high
#       message: "Gives `{role}` to every ServiceAccount of the cluster"
#     all-serviceaccounts-dangerous:
#       severity: critical
#       message: "Gives `{role}` to every ServiceAccount of the cluster: every pod can {danger}"
#     namespace-serviceaccounts:
#       severity: medium
#       message: "Gives `{role}` to every ServiceAccount of a namespace ({subject})"
#     namespace-serviceaccounts-dangerous:
#       severity: high
#       message: "Gives `{role}` to every ServiceAccount of a namespace ({subject}): every pod there can {danger}"
#     default-serviceaccount:
#       severity: high
#       message: "Gives `{role}` to the ServiceAccount `default`, which every pod runs as that names no other"
#     several-applications:
#       severity: low
#       message: "{subject} is bound here and used by workloads of different applications: each has the rights of all"
#   params:
#     allowedGroupBindings:
#       type: array
#       description: "Bindings that may name a group of ServiceAccounts: `name`, `namespace/name`, or objects of `kind`, `namespace` and `name`."
#       default: []
#   related:
#     role: "The role that the binding grants"
#     workload: "Runs as this ServiceAccount"
#   frameworks:
#     cis: ["5.1.5"]
#     nsa: ["NSA-AUTH", "NSA-POD"]
#     owasp: ["K03:2022", "K02:2025"]
#     pci: ["7.2.5", "8.2.2"]
#     nist: ["AC-6", "IA-9"]
#     iso: ["A.5.16", "A.8.2"]
#     cwe: ["CWE-266", "CWE-272"]
#   practices: [P08, P09]
package portcullis.rules.rbac["shared-serviceaccount-subject"]

import data.portcullis.lib.finding
import data.portcullis.lib.rbac_bindings
import data.portcullis.lib.rbac_defaults
import data.portcullis.lib.rbac_power
import data.portcullis.lib.rbac_report
import data.portcullis.lib.rbac_sharing
import data.portcullis.lib.rbac_subjects
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.related(_found(variant, binding, subject), rbac_power.roles(binding)) if {
	some binding in rbac_bindings.judged
	some subject in binding.subjects
	not _is_for_all_pods(binding, subject)
	variant := _variant(binding, subject)
}

report contains finding.related(_found("several-applications", binding, subject), users) if {
	some binding in rbac_bindings.judged
	some subject in binding.subjects
	subject.kind == "ServiceAccount"
	subject.name != "default"
	users := rbac_sharing.workloads(subject)
	count(users) > 1
}

_variant(_, subject) := "default-serviceaccount" if {
	subject.kind == "ServiceAccount"
	subject.name == "default"
}

_variant(binding, subject) := concat("", [scope, suffix]) if {
	subject.kind == "Group"
	not rbac_report.is_listed(binding.obj, params.allowedGroupBindings)
	scope := _scope(subject.name)
	suffix := {true: "-dangerous", false: ""}[count(rbac_power.dangers(binding)) > 0]
}

_scope("system:serviceaccounts") := "all-serviceaccounts"

_scope(name) := "namespace-serviceaccounts" if startswith(name, "system:serviceaccounts:")

_is_for_all_pods(binding, subject) if rbac_defaults.is_default(binding, subject)

_is_for_all_pods(binding, _) if rbac_defaults.is_metrics_only(binding)

_is_for_all_pods(binding, _) if {
	binding.role_ref.kind == "ClusterRole"
	binding.role_ref.name == "system:image-puller"
}

_found(variant, binding, subject) := finding.new(variant, binding.obj, ["subjects", subject.index, "name"], {
	"role": binding.role_ref.name,
	"subject": rbac_subjects.describe(subject),
	"danger": rbac_power.describe(rbac_power.dangers(binding)),
})
