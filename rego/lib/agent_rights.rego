# METADATA
# title: What the ServiceAccounts of AI agents may do
# description: |
#   A right is `{"level", "what", "binding", "role", "place"}`, as a power of `rbac_powerful`: `level` is
#   `critical`, `high`, `write`, `cluster` or `logs`, the worst first, and `place` is where it stands.
package portcullis.lib.agent_rights

import data.portcullis.lib.k8s
import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_bindings
import data.portcullis.lib.rbac_powerful
import data.portcullis.lib.rbac_rights
import data.portcullis.lib.rbac_subjects
import data.portcullis.lib.store_objects

# METADATA
# description: |
#   The rights of a subject (of `rbac_subjects`) that an agent should not have, worst first. `privileged` is
#   the list of privileged namespaces; rights through a role in the set `allowed` are left out.
of_subject(subject, privileged, allowed) := [right |
	some level in ["critical", "high", "write", "cluster", "logs"]
	some right in sort(found)
	right.level == level
] if {
	found := {right |
		some right in ((_powers(subject, privileged) | _of_entries(subject)) | _of_bindings(subject))
		not _is_allowed(right.role, allowed)
	}
}

_is_allowed(role, allowed) if role in allowed

_is_allowed(role, allowed) if {
	parts := split(role, " ")
	parts[1] in allowed
}

_powers(subject, privileged) := {object.union(power, {"level": "critical"}) |
	some power in rbac_powerful.of_subject(subject, privileged, true)
}

_of_entries(subject) := {right |
	some held in rbac_rights.of_subject(subject)
	[level, what] := _entry_right(held.entry, held.grant)
	right := {
		"level": level,
		"what": what,
		"binding": concat(" ", [held.grant.obj.object.kind, held.grant.obj.name]),
		"role": concat(" ", [held.entry.source, held.entry.obj.name]),
		"place": {"object": held.entry.obj.id, "path": held.entry.path},
	}
}

# Operators read stores with rights of their own, and bring home whatever such an object names.
_entry_right(entry, grant) := ["critical", "write objects that fetch secrets"] if {
	count(rbac.unnamed_verbs(entry.rule, {"create", "update", "patch"})) > 0
	count(_store_objects(entry.rule, grant)) > 0
} else := ["high", row[3]] if {
	row := [row |
		some row in _rows
		rbac.covers(entry.rule, row[0], row[1])
		count(rbac.unnamed_verbs(entry.rule, row[2])) > 0
	][0]
} else := ["write", "change objects in every namespace"] if {
	grant.cluster
	count(rbac.verbs_of(entry.rule, rbac.write_verbs)) > 0
	not _asks_only(entry.rule)
}

_store_objects(rule, grant) := store_objects.covered(rule, "namespaced", []) if not grant.cluster

_store_objects(rule, grant) := store_objects.covered(rule, "namespaced", []) | store_objects.covered(rule, "cluster", []) if {
	grant.cluster
}

# Rights that are no escalation by themselves: API group, resource, verbs of which one is enough.
_rows := [
	["rbac.authorization.k8s.io", "rolebindings", {"create", "update", "patch"}, "pass on its rights"],
	["rbac.authorization.k8s.io", "roles", {"create", "update", "patch"}, "pass on its rights"],
	["", "groups", {"impersonate"}, "impersonate groups"],
	["", "nodes", {"update", "patch", "delete"}, "change nodes"],
	["", "events", {"delete", "deletecollection"}, "wipe its traces"],
	["", "services/status", {"update", "patch"}, "send the traffic of Services elsewhere"],
]

# Questions are asked by creating an object that is never stored.
_asks_only(rule) if {
	groups := rbac.items(rule, "apiGroups")
	count(groups) > 0
	count(groups - {"authorization.k8s.io", "authentication.k8s.io"}) == 0
}

_of_bindings(subject) := {right |
	some id in (rbac_subjects.memberships(subject) - _everyone)
	some binding_id in object.get(_cluster_bindings, id, set())
	binding := rbac_bindings.by_id[binding_id]
	[level, what] := _binding_right(binding)
	right := {
		"level": level,
		"what": what,
		"binding": concat(" ", ["ClusterRoleBinding", binding.obj.name]),
		"role": concat(" ", ["ClusterRole", binding.role_ref.name]),
		"place": {"object": binding.obj.id, "path": ["roleRef", "name"]},
	}
}

# What every account has is not the agent's.
_everyone := {"group:system:authenticated", "group:system:serviceaccounts"}

_binding_right(binding) := ["logs", "read logs and events in every namespace"] if {
	roles := rbac_bindings.roles_of[binding.obj.id]
	count(roles) > 0
	every role in roles {
		_reads_logs_only(role)
	}
} else := ["cluster", "act in every namespace"]

_reads_logs_only(role) if {
	rules := k8s.items_at(role.object, ["rules"])
	count(rules) > 0
	every rule in rules {
		count(rbac.items(rule, "resources") - {"pods/log", "events"}) == 0
		count(rbac.items(rule, "verbs") - rbac.read_verbs) == 0
	}
}

_cluster_bindings := {id: ids | some id, ids in _cluster_bindings_of}

_cluster_bindings_of[subject.id] contains binding.obj.id if {
	some binding in rbac_bindings.known
	binding.cluster
	some subject in binding.subjects
}
