# METADATA
# title: Bindings for ServiceAccounts of another namespace
package portcullis.lib.rbac_foreign

import data.portcullis.lib.k8s

# METADATA
# description: |
#   Whether a binding (of `rbac_bindings`) gives rights in its namespace to a ServiceAccount of another
#   one. What a kustomization moves together is not foreign: it rewrites bindings, ServiceAccounts and
#   subjects alike, and subjects are seen here as they are written.
is_foreign(binding, subject) if {
	subject.kind == "ServiceAccount"
	not binding.cluster
	not binding.namespace in {"", subject.namespace}
	not _is_written_alike(binding, subject)
	not _moved[[subject.namespace, subject.name, binding.namespace]]
}

_is_written_alike(binding, subject) if binding.obj.object.metadata.namespace == subject.namespace

# A comprehension, since a partial set would be worked out anew for each lookup.
_moved := {[written, obj.name, obj.namespace] |
	some obj in k8s.known_of_kind("ServiceAccount")
	written := object.get(obj.object, ["metadata", "namespace"], "default")
	written != obj.namespace
}
