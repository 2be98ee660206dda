# METADATA
# title: How much a binding hands out
package portcullis.lib.rbac_power

import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_bindings
import data.portcullis.lib.rbac_entries

# METADATA
# description: |
#   The entries (of `rbac_entries`) that a binding puts in effect, as far as its role is in the set.
#   Those that an aggregated ClusterRole collects are included.
of_binding(binding) := [rbac_entries.known[index] | some index in object.get(_by_binding, binding.obj.id, set())]

_by_binding[grant.obj.id] contains index if {
	some index, entry in rbac_entries.known
	some grant in entry.grants
}

# METADATA
# description: Whether a binding's role is in the set, so that `of_binding` tells all that it grants.
is_resolved(binding) if count(object.get(rbac_bindings.roles_of, binding.obj.id, [])) > 0

# METADATA
# description: |
#   What makes a binding dangerous in many hands: `writes` for verbs that change something, or are
#   neither reading nor writing, such as `impersonate`; `secrets` for reading Secrets. Asking what one
#   may do oneself changes nothing. The cluster's own `cluster-admin`, `admin` and `edit` are known.
dangers(binding) := {danger |
	some entry in of_binding(binding)
	some danger in _dangers(entry.rule)
} | _builtin_dangers(binding)

_dangers(rule) := {danger |
	some danger, is_so in {"writes": _writes(rule), "secrets": _reads_secrets(rule)}
	is_so
}

default _writes(_) := false

_writes(rule) if {
	count(rbac.items(rule, "verbs") - (rbac.read_verbs | {"use"})) > 0
	count(rbac.items(rule, "resources")) > 0
	not _asks_about_oneself(rule)
}

_asks_about_oneself(rule) if {
	count(rbac.items(rule, "resources") - {
		"selfsubjectaccessreviews",
		"selfsubjectrulesreviews",
		"selfsubjectreviews",
	}) == 0
}

default _reads_secrets(_) := false

# The names in `resourceNames` are Secrets as well.
_reads_secrets(rule) if {
	rbac.covers(rule, "", "secrets")
	count(rbac.verbs_of(rule, rbac.read_verbs)) > 0
}

_builtin_dangers(binding) := {"writes", "secrets"} if {
	binding.role_ref.kind == "ClusterRole"
	binding.role_ref.name in {"cluster-admin", "admin", "edit"}
} else := set()

# METADATA
# description: "A set of dangers as the end of a sentence: `read Secrets and change objects with it`."
describe(found) := "read Secrets and change objects with it" if {
	count(found) == 2
} else := "read Secrets with it" if {
	"secrets" in found
} else := "change objects with it"

# METADATA
# description: "Related places for the roles that a binding names, three at most; their label is `role`."
roles(binding) := [{"object": role.id, "path": ["metadata", "name"], "label": "role"} |
	some role in array.slice(object.get(rbac_bindings.roles_of, binding.obj.id, []), 0, 3)
]
