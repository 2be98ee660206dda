# METADATA
# title: Admission policy does not refuse, or leaves namespaces out
# description: |
#   A gate before the merge sees what goes through Git; admission policies see everything else. This looks at
#   whether those of Gatekeeper, Kyverno and sigstore, and validating admission policies, refuse what breaks
#   them.
#
#   One that only warns or reports is medium, and low where that is Kyverno's default and nobody wrote it; it
#   is high where the change is what has it no longer refuse. One about Secrets or RBAC, or a webhook that
#   sees those, that lets everything pass while it cannot be asked (`failurePolicy: Ignore`) is medium.
#
#   Namespaces beyond `systemNamespaces` that one policy leaves out are medium by name. A pattern of names,
#   and what every policy of an engine leaves out (Gatekeeper's Config, the selector of a webhook, the label
#   with which a Namespace has itself ignored) are high. So is an exception of Kyverno for everything in a
#   namespace or in all of them; one for objects of that name in any namespace is medium.
#
#   Left alone are policies that only ever report (`admission: false`), exclusions of single objects, and a
#   policy that is being rolled out: annotate it with `portcullis/rollout-until` and a date at most
#   `rolloutDays` ahead. Webhooks with which operators check their own kinds are no policies.
#
#   In a pull request it also tells of pods, Secrets, RBAC and updates that the change takes out of what a
#   policy is asked about, unless a policy of the same kind that it adds takes them over.
# related_resources:
#   - ref: https://open-policy-agent.github.io/gatekeeper/website/docs/violations/
#   - ref: https://open-policy-agent.github.io/gatekeeper/website/docs/exempt-namespaces/
#   - ref: https://kyverno.io/docs/policy-types/cluster-policy/validate/
#   - ref: https://kyverno.io/docs/exceptions/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
# custom:
#   severity: high
#   confidence: high
#   scope: object
#   needs: [clock, diff]
#   kinds:
#     - "*"
#   remediation: |
#     Refuse, and leave out the namespaces of the system alone:
#
#     ```yaml
#     apiVersion: constraints.gatekeeper.sh/v1beta1
#     kind: K8sNoSecretWildcards
#     metadata:
#       name: no-secret-wildcards
#     spec:
#       enforcementAction: deny
#       match:
#         excludedNamespaces: [kube-system]
#     ```
#
#     While a policy is new, say until when it only warns: `portcullis/rollout-until: "2026-01-31"`.
#   variants:
#     not-enforcing:
#       severity: medium
#       message: "What breaks this policy is let through all the same ({action})"
#     scope-narrowed:
#       severity: medium
#       message: "This change takes {lost} out of what the policy checks"
#     fails-open:
#       severity: medium
#       message: "While this cannot be asked, Secrets and RBAC are let through unchecked"
#     namespace-left-out:
#       severity: medium
#       message: "This policy does not hold in the namespace `{namespace}`"
#     scope-left-out:
#       severity: high
#       message: "{policies} not hold in `{namespace}`"
#     exception-too-wide:
#       severity: high
#       message: "This exception is for {what}"
#     namespace-ignored:
#       severity: high
#       message: "This label takes the namespace `{namespace}` out of admission control"
#   params:
#     systemNamespaces:
#       type: array
#       description: "Namespaces of the system, as globs, which policies may leave out."
#       default:
#         - kube-*
#         - "*-system"
#         - openshift*
#         - gke-*
#         - gmp-*
#         - aks-*
#         - azure-*
#         - amazon-*
#         - aws-*
#         - cattle-*
#         - rancher-*
#         - vmware-system-*
#         - kyverno
#         - cert-manager
#         - argocd
#         - istio-*
#         - linkerd*
#         - calico-*
#         - tigera-*
#         - cilium*
#         - ingress-nginx
#         - rook-ceph
#         - local-path-storage
#         - monitoring
#         - logging
#         - falco
#         - velero
#     rolloutDays:
#       type: number
#       description: "How many days ahead the date of `portcullis/rollout-until` may be."
#       default: 30
#   frameworks:
#     cis: ["5.2.1"]
#     owasp: ["K04:2022", "K04:2025"]
#     pci: ["6.5.1", "2.2.1"]
#     soc2: ["CC7.1", "CC8.1"]
#     nist: ["CM-6", "CM-7", "SI-7"]
#     iso: ["A.8.9", "A.8.32"]
#     cwe: ["CWE-693", "CWE-636"]
#   practices: [P13, P16]
package portcullis.rules.gitops["policy-enforcement-weakened"]

import data.portcullis.lib.admission_changes
import data.portcullis.lib.admission_exemptions as exemptions
import data.portcullis.lib.admission_modes
import data.portcullis.lib.admission_scope
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.rbac
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.with_severity(found, severity) if {
	some entry in admission_modes.tolerant
	not _is_rolled_out(entry.obj)
	severity := _severity(entry)
	found := finding.new("not-enforcing", entry.obj, entry.path, {"action": entry.action})
}

_severity(entry) := "high" if admission_changes.stopped_refusing(entry)

_severity(entry) := entry.severity if not admission_changes.stopped_refusing(entry)

report contains finding.new("scope-narrowed", entry.obj, entry.path, {"lost": rbac.listed(entry.lost)}) if {
	some entry in admission_changes.narrowed
	not _is_rolled_out(entry.obj)
}

report contains finding.new("fails-open", obj, path, {}) if {
	some [obj, path] in admission_scope.fails_open
	not _is_rolled_out(obj)
}

report contains finding.new(variant, entry.obj, entry.path, args) if {
	some entry in exemptions.namespaces
	not _is_system(entry.namespace)
	not _is_rolled_out(entry.obj)
	variant := {true: "scope-left-out", false: "namespace-left-out"}[true in {entry.all, contains(entry.namespace, "*")}]
	policies := {true: "The policies of this engine do", false: "This policy does"}[entry.all]
	args := {"namespace": entry.namespace, "policies": policies}
}

report contains finding.with_severity(finding.new("exception-too-wide", entry.obj, entry.path, args), severity) if {
	some entry in exemptions.exceptions
	affected := {name | some name in entry.namespaces; not _is_system(name)}
	count(affected) + count({1 | count(entry.namespaces) == 0}) > 0
	severity := {true: "high", false: "medium"}[entry.wide]
	args := {"what": _what(entry.wide, affected)}
}

_what(true, affected) := "everything in every namespace" if count(affected) == 0

_what(true, affected) := concat(" ", ["everything in", rbac.listed(affected)]) if count(affected) > 0

_what(false, _) := "objects of that name in every namespace"

report contains finding.with_severity(finding.new("namespace-ignored", obj, path, {"namespace": obj.name}), severity) if {
	some [obj, path, severity] in exemptions.ignored
	not _is_system(obj.name)
}

_is_system(namespace) if namespace in params.systemNamespaces

_is_system(namespace) if {
	some pattern in k8s.list(params.systemNamespaces)
	is_string(pattern)
	glob.match(pattern, [], namespace)
}

_day := (24 * 60) * 60

# The day itself counts.
_is_rolled_out(obj) if {
	until := input.facts.times[k8s.annotations(obj)[settings.annotation("rollout-until")]]
	input.clock < until + _day
	until <= input.clock + (params.rolloutDays * _day)
}
