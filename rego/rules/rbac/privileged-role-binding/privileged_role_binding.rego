# METADATA
# title: Superuser rights are bound
# description: |
#   Looks at who gets `cluster-admin` and its like. With these rights every other control of the
#   cluster can be switched off, so they belong to few people and to hardly any workload.
#
#   Reported are ClusterRoleBindings to `cluster-admin`, to `admin` and to superuser roles of vendors
#   (`privilegedRoles`), and bindings of any role in the set that grants every verb on every resource.
#   A RoleBinding to one of them rules one namespace: high, and medium for `admin`. Roles of the
#   control plane, such as `system:kube-controller-manager`, are high for subjects outside of it.
#   `edit` is reported, as low, for the ServiceAccount of an AI agent only: it reads Secrets.
#
#   `system:masters` is critical wherever it appears: its members bypass RBAC, and no binding that is
#   deleted takes that back. Besides subjects of bindings these are `aws-auth`, EKS AccessEntries, the
#   configuration of clusters that eksctl, Cluster API and kubeadm make, and client certificates of
#   cert-manager or of a signing request.
#
#   EKS's access policies AmazonEKSClusterAdminPolicy and AmazonEKSAdminPolicy are what ClusterRoleBindings
#   and, with the scope of namespaces, RoleBindings to `cluster-admin` and `admin` are.
#
#   Left alone are the bindings that Kubernetes and kubeadm create themselves, bindings without any
#   subject, and bindings to nobody but `breakGlassSubjects`. Argo CD, Flux, Operator Lifecycle
#   Manager, Velero and Crossplane get a medium finding where they are recognised by namespace,
#   ServiceAccount and image or chart label, and one level less elsewhere.
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege
#   - ref: https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html
#   - ref: https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
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
#     - ConfigMap
#     - AccessEntry
#     - AccessPolicyAssociation
#     - ClusterConfig
#     - AWSManagedControlPlane
#     - InitConfiguration
#     - KubeadmControlPlane
#     - KubeadmControlPlaneTemplate
#     - KubeadmConfig
#     - KubeadmConfigTemplate
#     - Certificate
#     - CertificateRequest
#     - CertificateSigningRequest
#     - ServiceAccount
#     - Namespace
#     - Deployment
#     - StatefulSet
#     - DaemonSet
#   remediation: |
#     Write a role with what is needed, and bind it in the one namespace where it is needed:
#
#     ```yaml
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: RoleBinding
#     metadata:
#       name: release-deployer
#       namespace: billing
#     roleRef:
#       apiGroup: rbac.authorization.k8s.io
#       kind: Role
#       name: release-deployer
#     subjects:
#       - kind: ServiceAccount
#         name: release-deployer
#         namespace: billing
#     ```
#
#     Keep superuser rights for emergencies in a group of your identity provider that is empty in
#     between, and list it in `breakGlassSubjects`.
#   variants:
#     cluster-wide-superuser:
#       severity: critical
#       message: "Binds `{role}` in the whole cluster to {subjects}"
#     namespace-superuser:
#       severity: high
#       message: "Binds `{role}` in one namespace to {subjects}: every right on everything in it"
#     namespace-admin:
#       severity: medium
#       message: "Binds `admin` to {subjects}, which includes the namespace's Secrets and RoleBindings"
#     agent-edit:
#       severity: low
#       message: "Binds `edit` to an agent, {subjects}: it can read the namespace's Secrets and start pods"
#     wildcard-role:
#       severity: critical
#       message: "Binds `{role}`, which grants every verb on every resource, to {subjects}"
#     masters-group:
#       severity: critical
#       message: "Names the group system:masters, whose members bypass RBAC and cannot be revoked"
#     masters-mapping:
#       severity: critical
#       message: "Maps cloud identities to the group system:masters, whose members bypass RBAC"
#     masters-certificate:
#       severity: critical
#       message: "Asks for a client certificate of the group system:masters, which is valid until it expires"
#     control-plane-role:
#       severity: high
#       message: "Binds the control plane's `{role}` to {subjects}"
#     trusted-controller:
#       severity: medium
#       message: "{controller} gets `{role}`: its charts ship so, but limit it to namespaces or let it impersonate tenants"
#   params:
#     privilegedRoles:
#       type: array
#       description: "ClusterRoles that make whoever gets them a superuser."
#       default: [cluster-admin, admin, sudoer, cluster-owner]
#     breakGlassSubjects:
#       type: array
#       description: "Subjects for emergencies, by `name` or `Kind/name`, which may have these roles."
#       default: []
#   related:
#     role: "What the role grants"
#   frameworks:
#     cis: ["5.1.1", "5.1.7"]
#     nsa: ["NSA-AUTH"]
#     owasp: ["K03:2022", "K02:2025"]
#     pci: ["7.2.2", "8.2.2"]
#     soc2: ["CC6.1", "CC6.3"]
#     nist: ["AC-6(5)", "AC-2(7)"]
#     iso: ["A.8.2"]
#     cwe: ["CWE-250", "CWE-269"]
#   practices: [P09]
package portcullis.rules.rbac["privileged-role-binding"]

import data.portcullis.lib.controllers
import data.portcullis.lib.finding
import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_agents
import data.portcullis.lib.rbac_bindings
import data.portcullis.lib.rbac_clouds
import data.portcullis.lib.rbac_masters
import data.portcullis.lib.rbac_power
import data.portcullis.lib.rbac_subjects
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.related(finding.with_severity(found, severity), _roles(binding)) if {
	some binding in rbac_bindings.judged
	_is_in_effect(binding)
	[variant, severity] := _weighed(binding, _verdict(binding))
	found := finding.new(variant, binding.obj, ["roleRef", "name"], _args(binding))
}

report contains finding.new("masters-group", binding.obj, ["subjects", subject.index, "name"], {}) if {
	some binding in rbac_bindings.judged
	some subject in binding.subjects
	subject.id == _masters
	not _is_shipped(binding)
}

report contains finding.new("masters-mapping", place.obj, place.path, {}) if some place in rbac_masters.mappings

report contains finding.new(_cloud_variant(entry), entry.obj, entry.path, args) if {
	some entry in rbac_clouds.policies
	not _is_break_glass({"kind": "User", "name": entry.principal})
	args := {"role": entry.policy, "subjects": _principal(entry.principal)}
}

_cloud_variant(entry) := "cluster-wide-superuser" if {
	entry.cluster
} else := "namespace-superuser" if {
	entry.policy == "AmazonEKSClusterAdminPolicy"
} else := "namespace-admin"

_principal("") := "a cloud identity"

_principal(name) := name if name != ""

report contains finding.new("masters-certificate", place.obj, place.path, {}) if {
	some place in rbac_masters.certificates
}

_masters := concat(":", ["group", rbac_masters.group])

# A patch may leave the subjects to what it patches. The group system:masters is reported by itself.
_is_in_effect(binding) if {
	binding.obj.partial
	count(binding.subjects) == 0
}

_is_in_effect(binding) if {
	some subject in _counted(binding)
	subject.id != _masters
}

_counted(binding) := [subject |
	not _is_shipped(binding)
	some subject in binding.subjects
	not _is_break_glass(subject)
]

_is_break_glass(subject) if subject.name in params.breakGlassSubjects

_is_break_glass(subject) if concat("/", [subject.kind, subject.name]) in params.breakGlassSubjects

# What Kubernetes and kubeadm bind to `cluster-admin` when a cluster is made.
_is_shipped(binding) if {
	binding.cluster
	binding.role_ref.name == "cluster-admin"
	[subject] := binding.subjects
	[binding.obj.name, subject.id] in {
		["cluster-admin", _masters],
		["kubeadm:cluster-admins", "group:kubeadm:cluster-admins"],
	}
}

_verdict(binding) := ["cluster-wide-superuser", "critical"] if {
	_is_privileged(binding)
	binding.cluster
} else := ["namespace-superuser", "high"] if {
	_is_privileged(binding)
	binding.role_ref.name != "admin"
} else := ["wildcard-role", {true: "critical", false: "high"}[binding.cluster]] if {
	count(_wildcards(binding)) > 0
} else := ["namespace-admin", "medium"] if {
	_is_privileged(binding)
} else := ["control-plane-role", "high"] if {
	binding.role_ref.kind == "ClusterRole"
	binding.role_ref.name in {"system:kube-controller-manager", "system:node", "system:kube-scheduler"}
	some subject in _counted(binding)
	not _is_of_control_plane(subject)
} else := ["agent-edit", "low"] if {
	binding.role_ref.kind == "ClusterRole"
	binding.role_ref.name == "edit"
	rbac_agents.holds(binding)
}

_is_privileged(binding) if {
	binding.role_ref.kind == "ClusterRole"
	binding.role_ref.name in params.privilegedRoles
}

_wildcards(binding) := [entry | some entry in rbac_power.of_binding(binding); rbac.grants_everything(entry.rule)]

_is_of_control_plane(subject) if startswith(subject.name, "system:")

_is_of_control_plane(subject) if subject.namespace == "kube-system"

_weighed(binding, [variant, severity]) := ["trusted-controller", "medium"] if {
	severity in {"critical", "high"}
	controller := controllers.of_binding(binding)
	controller.canonical
	"superuser" in controller.powers
} else := [variant, controllers.lowered_for(controllers.of_binding(binding), {"superuser"}, severity)] if {
	severity in {"critical", "high"}
	controllers.of_binding(binding)
} else := [variant, severity]

_roles(binding) := [{"object": entry.obj.id, "path": entry.path, "label": "role"} |
	some entry in array.slice(_wildcards(binding), 0, 3)
]

_args(binding) := {
	"role": binding.role_ref.name,
	"subjects": _names([rbac_subjects.describe(subject) | some subject in _counted(binding)]),
	"controller": _controller(binding),
}

_names([]) := "its subjects"

_names(names) := concat(", ", names) if count(names) in {1, 2, 3}

_names(names) := sprintf("%s and %d more", [concat(", ", array.slice(names, 0, 2)), count(names) - 2]) if {
	count(names) > 3
}

_controller(binding) := controllers.of_binding(binding).product if {
	controllers.of_binding(binding)
} else := ""
