# METADATA
# title: RBAC bindings and the roles that they name
# description: |
#   A binding is `{"obj", "cluster", "namespace", "role_ref": {"kind", "name"}, "subjects"}` with the
#   subjects of `rbac_subjects`; `cluster` says whether it grants in every namespace.
package portcullis.lib.rbac_bindings

import data.portcullis.lib.k8s
import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_subjects

# METADATA
# description: |
#   All bindings, also those outside of the judged unit (`obj.context`), of which a rule may use the
#   rights but must report none.
known := array.concat(
	[_binding(obj) | some obj in k8s.known_of_kind("ClusterRoleBinding"); _is_rbac(obj)],
	[_binding(obj) | some obj in k8s.known_of_kind("RoleBinding"); _is_rbac(obj)],
)

# METADATA
# description: The bindings that are being judged.
judged := [binding | some binding in known; not binding.obj.context]

# METADATA
# description: Roles and ClusterRoles, also those outside of the judged unit.
known_roles := array.concat(
	[obj | some obj in k8s.known_of_kind("ClusterRole"); _is_rbac(obj)],
	[obj | some obj in k8s.known_of_kind("Role"); _is_rbac(obj)],
)

# METADATA
# description: |
#   The roles that a binding may mean, as a list of objects, by the id of the binding's object. One
#   as a rule; none where the set does not hold it; several where equally near files each define
#   one. Roles of the judged unit win over others, then those of the same file, of the same folder,
#   and of the folder that shares most of its path.
roles_of := {binding.obj.id: roles |
	some binding in known
	roles := _nearest(binding.obj, _candidates(binding))
}

# METADATA
# description: |
#   The bindings that name a role, by the id of the role's object. A binding outside of the judged
#   unit counts only where no role of its own side answers it.
bindings_of[id] contains binding.obj.id if {
	some binding in known
	some role in roles_of[binding.obj.id]
	id := role.id
}

# METADATA
# description: Bindings by the id of their object.
by_id := {binding.obj.id: binding | some binding in known}

_is_rbac(obj) if k8s.group(obj.object.apiVersion) == rbac.api_group

_binding(obj) := {
	"obj": obj,
	"cluster": obj.object.kind == "ClusterRoleBinding",
	"namespace": obj.namespace,
	"role_ref": {
		"kind": _text(obj, "kind"),
		"name": _text(obj, "name"),
	},
	"subjects": rbac_subjects.of_binding(obj),
}

_text(obj, key) := value if {
	value := obj.object.roleRef[key]
	is_string(value)
} else := ""

_roles_by_name[[role.object.kind, role.name]] contains index if some index, role in known_roles

_roles_by_place[[role.name, role.namespace]] contains index if {
	some index, role in known_roles
	role.object.kind == "Role"
}

# A binding outside of the judged unit has its role on its own side, if there is one.
_candidates(binding) := outer if {
	binding.obj.context
	outer := [role | some role in _named(binding); role.context]
	count(outer) > 0
} else := inner if {
	inner := [role | some role in _named(binding); not role.context]
	count(inner) > 0
} else := _named(binding)

_named(binding) := [known_roles[index] | some index in _indices(binding.role_ref, binding)]

_indices({"kind": "ClusterRole", "name": name}, _) := object.get(_roles_by_name, [["ClusterRole", name]], set())

# What has no namespace gets one when it is applied, which may be any.
_indices({"kind": "Role", "name": name}, binding) := object.get(_roles_by_name, [["Role", name]], set()) if {
	binding.namespace == ""
	not binding.cluster
}

_indices({"kind": "Role", "name": name}, binding) := indices if {
	binding.namespace != ""
	not binding.cluster
	indices := {index |
		some namespace in {binding.namespace, ""}
		some index in object.get(_roles_by_place, [[name, namespace]], set())
	}
}

_nearest(_, candidates) := candidates if count(candidates) < 2

_nearest(obj, candidates) := nearest if {
	count(candidates) > 1
	scores := [_nearness(obj, candidate) | some candidate in candidates]
	best := max(scores)
	nearest := [candidate | some index, candidate in candidates; scores[index] == best]
}

# A same namespace first, then the file, then the folder.
_nearness(obj, other) := [namespace, same_file, shared, 0 - count(there)] if {
	namespace := count([1 | obj.namespace == other.namespace; other.object.kind == "Role"])
	same_file := count([1 | obj.file == other.file])
	here := _folders(obj.file)
	there := _folders(other.file)
	shared := _shared(here, there)
}

_folders(file) := array.slice(parts, 0, count(parts) - 1) if parts := split(file, "/")

_shared(here, there) := count([1 |
	some index, _ in here
	array.slice(here, 0, index + 1) == array.slice(there, 0, index + 1)
])
