# METADATA
# title: Rights for anonymous requests or for everybody
# description: |
#   Looks at the subjects of RoleBindings and ClusterRoleBindings for identities that anybody has:
#   `system:anonymous` and `system:unauthenticated` for whoever reaches the API server,
#   `system:authenticated` (on OpenShift also `system:authenticated:oauth`) for every user and every
#   pod. Some managed offerings count every account of the cloud provider as authenticated.
#
#   Rights for anonymous requests are critical whatever the role. Rights for everybody are high, and
#   critical where the role, as far as the set holds it, changes something or reads Secrets. Names that
#   look like "everybody" but match nobody (`*`, or none at all) are medium: the binding does not do
#   what its author meant.
#
#   Left alone are the bindings that every cluster has: `system:public-info-viewer`,
#   `system:discovery`, `system:basic-user`, and kubeadm's `kubeadm:bootstrap-signer-clusterinfo` in
#   `kube-public`, as long as the set does not redefine these roles to hold more. `system:discovery`
#   for anonymous requests was a default once and is reported. Further roles can be allowed in
#   `allowedPublicRoles`.
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests
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
#   remediation: |
#     Name the group of your identity provider, or the ServiceAccount, that needs the rights:
#
#     ```yaml
#     subjects:
#       - kind: Group
#         apiGroup: rbac.authorization.k8s.io
#         name: oidc:billing-viewers
#     ```
#
#     For health checks from outside, `/livez` and `/readyz` are open to anonymous requests already.
#   variants:
#     anonymous:
#       severity: critical
#       message: "Gives `{role}` to {subject}: no login is needed for it"
#     everyone:
#       severity: high
#       message: "Gives `{role}` to {subject}: every user and every pod has it"
#     everyone-dangerous:
#       severity: critical
#       message: "Gives `{role}` to {subject}: every user and every pod can {danger}"
#     matches-nobody:
#       severity: medium
#       message: "This subject matches nobody: RBAC knows no wildcard in names, and an empty name is no one's"
#   params:
#     allowedPublicRoles:
#       type: array
#       description: "Names of roles that may be bound to anonymous requests and to everybody."
#       default: []
#   related:
#     role: "The role that the binding grants"
#   frameworks:
#     cis: ["5.1.1", "1.2.1"]
#     nsa: ["NSA-AUTH"]
#     owasp: ["K03:2022", "K02:2025", "K06:2022", "K09:2025"]
#     pci: ["7.2.5", "8.2.1"]
#     soc2: ["CC6.1"]
#     nist: ["AC-14", "AC-6"]
#     iso: ["A.5.15"]
#     cwe: ["CWE-306", "CWE-862"]
#   practices: [P09, P22]
package portcullis.rules.rbac["anonymous-or-everyone-binding"]

import data.portcullis.lib.finding
import data.portcullis.lib.rbac_bindings
import data.portcullis.lib.rbac_defaults
import data.portcullis.lib.rbac_power
import data.portcullis.lib.rbac_subjects
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.related(found, rbac_power.roles(binding)) if {
	some binding in rbac_bindings.judged
	not binding.role_ref.name in params.allowedPublicRoles
	some subject in binding.subjects
	not rbac_defaults.is_default(binding, subject)
	variant := _variant(binding, subject)
	found := finding.new(variant, binding.obj, ["subjects", subject.index, "name"], {
		"role": binding.role_ref.name,
		"subject": rbac_subjects.describe(subject),
		"danger": rbac_power.describe(rbac_power.dangers(binding)),
	})
}

report contains finding.new("matches-nobody", binding.obj, ["subjects", subject.index, "name"], {}) if {
	some binding in rbac_bindings.judged
	some subject in binding.subjects
	_matches_nobody(subject)
	not binding.obj.partial
}

_anonymous := {"user:system:anonymous", "group:system:unauthenticated"}

_everyone := {"group:system:authenticated", "group:system:authenticated:oauth"}

_variant(_, subject) := "anonymous" if subject.id in _anonymous

_variant(binding, subject) := "everyone" if {
	subject.id in _everyone
	count(rbac_power.dangers(binding)) == 0
}

_variant(binding, subject) := "everyone-dangerous" if {
	subject.id in _everyone
	count(rbac_power.dangers(binding)) > 0
}

_matches_nobody(subject) if trim_space(subject.name) == ""

_matches_nobody(subject) if subject.name == "*"
