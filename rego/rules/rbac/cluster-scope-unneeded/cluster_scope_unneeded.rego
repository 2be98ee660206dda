# METADATA
# title: Binding reaches further than its workload, or to nobody that is known
# description: |
#   Looks at bindings with the roles and the ServiceAccounts that they name. A ClusterRoleBinding gives
#   its rights in every namespace, those that do not exist yet included. Where the role only holds
#   resources of namespaces, and the workload's application lives in one or two of them, RoleBindings
#   there are enough. A RoleBinding for a ServiceAccount of another namespace is low, and medium where
#   the role writes or reads Secrets: whoever runs that namespace has the rights in this one.
#
#   A ServiceAccount without a namespace is medium, since the API server refuses it. `v1beta1` is low; it
#   is no longer served. A role or a ServiceAccount that is nowhere in the set is low, as whoever creates
#   the name later gets the rights.
#
#   What is said because something is absent, the first case among them, is only certain where everything
#   is in the set: without `completeness: full` it is merely noted (info). Left alone are known
#   controllers, monitoring, namespaces in `trustedNamespaces`, built-in roles, and the one ConfigMap that
#   API extensions read in `kube-system`.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding
# custom:
#   severity: medium
#   confidence: medium
#   scope: set
#   needs: []
#   kinds:
#     - Role
#     - ClusterRole
#     - RoleBinding
#     - ClusterRoleBinding
#     - ClusterServiceVersion
#     - CustomResourceDefinition
#     - ServiceAccount
#     - Pod
#     - Deployment
#     - StatefulSet
#     - DaemonSet
#     - Job
#     - CronJob
#     - Rollout
#   remediation: |
#     Bind the ClusterRole in the namespaces where the workload needs it:
#
#     ```yaml
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: RoleBinding
#     metadata:
#       name: invoice-reader
#       namespace: billing
#     roleRef:
#       apiGroup: rbac.authorization.k8s.io
#       kind: ClusterRole
#       name: invoice-reader
#     subjects:
#       - kind: ServiceAccount
#         name: invoice-worker
#         namespace: billing
#     ```
#
#     Delete bindings whose role or ServiceAccount is gone. What another repository defines belongs in
#     `knownExternalRoles`.
#   variants:
#     cluster-wide:
#       severity: medium
#       message: "Gives `{role}`, which holds only resources of namespaces, to {subject} everywhere; its application lives in {namespaces}"
#     foreign-account:
#       severity: low
#       message: "Gives `{role}` in namespace {namespace} to {subject}, of another namespace"
#     foreign-account-powerful:
#       severity: medium
#       message: "Gives `{role}` in namespace {namespace} to {subject}, of another namespace, which can {danger}"
#     subject-without-namespace:
#       severity: medium
#       message: "Names the ServiceAccount `{name}` without its namespace, which the API server refuses"
#     unresolved-role:
#       severity: low
#       message: "Binds {kind} `{role}`, which is not in the set: whoever creates it decides what {subjects} may do"
#     unresolved-account:
#       severity: low
#       message: "Binds {subject}, which is not in the set: whoever creates it gets `{role}`"
#     outdated-version:
#       severity: low
#       message: "Is written for {version}, which Kubernetes no longer serves"
#     many-roles:
#       severity: info
#       message: "{subject} gets {count} roles: what it may do in all is hard to review"
#   params:
#     maxNamespaces:
#       type: number
#       description: Most namespaces in which an application counts as one that RoleBindings can serve.
#       default: 2
#     trustedNamespaces:
#       type: array
#       description: Namespaces whose ServiceAccounts may get rights in others.
#       default: []
#     knownExternalRoles:
#       type: array
#       description: "Roles that are defined elsewhere, as `name` or `Kind/namespace/name`."
#       default: []
#     maxBindings:
#       type: number
#       description: Number of roles from which one ServiceAccount counts as having many.
#       default: 6
#   related:
#     role: "The role that the binding grants"
#     binding: "Another role that it gets"
#   frameworks:
#     cis: ["5.1.1"]
#     nsa: ["NSA-AUTH"]
#     owasp: ["K03:2022", "K02:2025"]
#     pci: ["7.2.2"]
#     nist: ["AC-6"]
#     iso: ["A.5.15"]
#     cwe: ["CWE-250", "CWE-266"]
#   practices: [P09, P21]
package portcullis.rules.rbac["cluster-scope-unneeded"]

import data.portcullis.lib.applications
import data.portcullis.lib.controllers
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.monitoring
import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_bindings
import data.portcullis.lib.rbac_foreign
import data.portcullis.lib.rbac_known_roles
import data.portcullis.lib.rbac_namespaced
import data.portcullis.lib.rbac_power
import data.portcullis.lib.rbac_subjects
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.related(
	_where_complete(
		finding.new("cluster-wide", binding.obj, ["kind"], {
			"role": binding.role_ref.name,
			"subject": rbac_subjects.describe(binding.subjects[0]),
			"namespaces": rbac.listed(namespaces),
		}),
		"medium",
	),
	rbac_power.roles(binding),
) if {
	some binding in rbac_bindings.judged
	binding.cluster
	count({subject.namespace | some subject in binding.subjects}) == 1
	namespaces := _namespaces(binding)
	count(namespaces) <= params.maxNamespaces
	_holds_only_namespaced(binding)
	not _may_watch_cluster(binding)
}

# Undefined where a subject is no ServiceAccount, or nothing is known of its application.
_namespaces(binding) := {namespace | some found in of_subjects; some namespace in found} if {
	of_subjects := [applications.namespaces(subject.id) | some subject in binding.subjects; subject.kind == "ServiceAccount"]
	count(of_subjects) == count(binding.subjects)
}

_holds_only_namespaced(binding) if {
	entries := rbac_power.of_binding(binding)
	count(entries) > 0
	every entry in entries {
		rbac_namespaced.is_namespaced(entry.rule)
	}
}

_holds_only_namespaced(binding) if {
	binding.role_ref == {"kind": "ClusterRole", "name": "view"}
	not rbac_power.is_resolved(binding)
}

_may_watch_cluster(binding) if controllers.of_binding(binding)

_may_watch_cluster(binding) if {
	some subject in binding.subjects
	monitoring.is_reader(subject, binding.obj)
}

report contains finding.related(finding.new(variant, binding.obj, ["subjects", subject.index, place], args), roles) if {
	some binding in rbac_bindings.judged
	some subject in binding.subjects
	rbac_foreign.is_foreign(binding, subject)
	not subject.namespace in params.trustedNamespaces
	not _is_for_extensions(binding)
	not controllers.of_subject(subject, binding.obj)
	dangers := rbac_power.dangers(binding)
	not _is_harmless_reader(subject, binding, dangers)
	variant := {true: "foreign-account", false: "foreign-account-powerful"}[count(dangers) == 0]
	place := {true: "namespace", false: "name"}[_raw(binding, subject).kind == "ServiceAccount"]
	roles := rbac_power.roles(binding)
	args := {
		"role": binding.role_ref.name,
		"namespace": binding.namespace,
		"subject": rbac_subjects.describe(subject),
		"danger": rbac_power.describe(dangers),
	}
}

_raw(binding, subject) := binding.obj.object.subjects[subject.index]

_is_harmless_reader(subject, binding, dangers) if {
	count(dangers) == 0
	monitoring.is_reader(subject, binding.obj)
}

# API extensions read there how to recognise the API server; the role holds that one ConfigMap.
_is_for_extensions(binding) if {
	binding.namespace == "kube-system"
	binding.role_ref.name == "extension-apiserver-authentication-reader"
}

report contains finding.new("subject-without-namespace", binding.obj, ["subjects", subject.index, "namespace"], {"name": subject.name}) if {
	some binding in rbac_bindings.judged
	some subject in binding.subjects
	raw := _raw(binding, subject)
	raw.kind == "ServiceAccount"
	not binding.obj.partial
	not _has_text(raw, "namespace")
	not _is_filled_in(binding, subject)
}

_has_text(raw, key) if {
	is_string(raw[key])
	raw[key] != ""
}

# A kustomization that sets a namespace also sets that of subjects whose ServiceAccount it holds.
_is_filled_in(binding, subject) if {
	not _has_text(object.get(binding.obj.object, "metadata", {}), "namespace")
	some account in object.get(_moved_accounts, subject.name, set())
	account.namespace != ""
}

_moved_accounts[obj.name] contains obj if {
	some obj in k8s.of_kind("ServiceAccount")
	not _has_text(object.get(obj.object, "metadata", {}), "namespace")
}

report contains _where_complete(
	finding.new("unresolved-role", binding.obj, ["roleRef", "name"], {
		"kind": binding.role_ref.kind,
		"role": binding.role_ref.name,
		"subjects": _subjects(binding),
	}),
	"low",
) if {
	some binding in rbac_bindings.judged
	rbac_known_roles.is_unresolved(binding, params.knownExternalRoles)
}

_subjects(binding) := rbac_subjects.describe(binding.subjects[0]) if {
	count(binding.subjects) == 1
} else := "its subjects"

report contains _where_complete(
	finding.new("unresolved-account", binding.obj, ["subjects", subject.index, "name"], {
		"subject": rbac_subjects.describe(subject),
		"role": binding.role_ref.name,
	}),
	"low",
) if {
	some binding in rbac_bindings.judged
	some subject in binding.subjects
	rbac_known_roles.is_missing_account(subject)
}

report contains finding.new("outdated-version", obj, ["apiVersion"], {"version": obj.object.apiVersion}) if {
	some kind in ["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"]
	some obj in k8s.of_kind(kind)
	obj.object.apiVersion in {"rbac.authorization.k8s.io/v1beta1", "rbac.authorization.k8s.io/v1alpha1"}
}

report contains finding.related(
	finding.new("many-roles", {"id": bound[0].object}, ["subjects", bound[0].index, "name"], {
		"subject": bound[0].subject,
		"count": format_int(count(roles), 10),
	}),
	[{"object": other.object, "path": ["roleRef", "name"], "label": "binding"} | some other in array.slice(bound, 1, 6)],
) if {
	some bound in _bound
	roles := {entry.role | some entry in bound}
	count(roles) >= params.maxBindings
}

# What ServiceAccounts are bound to, each in the order of the bindings.
_bound := [bound |
	some found in _bound_by_id
	bound := [entry | some [_, _, entry] in sort(found)]
]

_bound_by_id[subject.id] contains [binding.obj.id, subject.index, {
	"object": binding.obj.id,
	"index": subject.index,
	"subject": rbac_subjects.describe(subject),
	"role": [binding.role_ref.kind, binding.role_ref.name, _home(binding)],
}] if {
	some binding in rbac_bindings.judged
	some subject in binding.subjects
	subject.kind == "ServiceAccount"
}

# Roles of one name in two namespaces are two.
_home(binding) := binding.namespace if binding.role_ref.kind == "Role"

_home(binding) := "" if binding.role_ref.kind != "Role"

# What is absent from a part of the set may well be in another.
_where_complete(found, severity) := finding.with_severity(found, severity) if settings.completeness == "full"

_where_complete(found, _) := finding.with_severity(found, "info") if settings.completeness != "full"
