# METADATA
# title: Roles and ServiceAccounts that need no manifest
# description: |
#   What every cluster has without anybody's manifest, or gets from an operator.
package portcullis.lib.rbac_known_roles

import data.portcullis.lib.k8s
import data.portcullis.lib.rbac_bindings
import data.portcullis.lib.rbac_report

_clusterroles := {"cluster-admin", "admin", "edit", "view", "cluster-reader", "basic-user", "self-provisioner"}

_roles := {"extension-apiserver-authentication-reader"}

# METADATA
# description: |
#   Whether nothing in the set answers a binding's `roleRef`: no such role is there, none of Kubernetes'
#   or OpenShift's own is called so, and it is not in the user's list `external`.
is_unresolved(binding, external) if {
	count(object.get(rbac_bindings.roles_of, binding.obj.id, [])) == 0
	binding.role_ref.name != ""
	not _is_builtin(binding.role_ref)
	not rbac_report.is_listed(
		{"name": binding.role_ref.name, "namespace": binding.namespace, "object": {"kind": binding.role_ref.kind}},
		external,
	)
}

_is_builtin(ref) if startswith(ref.name, "system:")

_is_builtin(ref) if startswith(ref.name, "kubeadm:")

_is_builtin(ref) if ref.name in _roles

_is_builtin({"kind": "ClusterRole", "name": name}) if name in _clusterroles

# METADATA
# description: |
#   Whether a ServiceAccount (a subject of `rbac_subjects`) is nowhere in the set, and is none that
#   Kubernetes makes: `default`, and those of the control plane in `kube-system`.
is_missing_account(subject) if {
	subject.kind == "ServiceAccount"
	subject.name != "default"
	subject.namespace != "kube-system"
	not _is_declared(subject)
}

# Looked up, since `in` walks a set.
_is_declared(subject) if _accounts[[subject.namespace, subject.name]]

_is_declared(subject) if _accounts[["", subject.name]]

# Kustomizations move accounts to another namespace than subjects are written with.
_is_declared(subject) if {
	subject.namespace == ""
	_names[subject.name]
}

_is_declared(subject) if _written[[subject.namespace, subject.name]]

_names := {name | some [_, name] in _accounts}

_accounts := {[obj.namespace, obj.name] | some obj in k8s.known_of_kind("ServiceAccount")} | {[obj.namespace, name] |
	some obj in k8s.known_of_kind("ClusterServiceVersion")
	some list in ["clusterPermissions", "permissions"]
	some permission in k8s.items_at(obj.object, ["spec", "install", "spec", list])
	name := permission.serviceAccountName
}

_written := {[object.get(obj.object, ["metadata", "namespace"], "default"), obj.name] |
	some obj in k8s.known_of_kind("ServiceAccount")
}
