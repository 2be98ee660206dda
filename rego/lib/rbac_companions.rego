# METADATA
# title: What the holders of a policy rule hold besides
# description: |
#   Some rights are harmless until one subject holds two of them. Where nothing binds a role, its own
#   policy rules are taken together.
package portcullis.lib.rbac_companions

import data.portcullis.lib.rbac_entries
import data.portcullis.lib.rbac_rights
import data.portcullis.lib.rbac_subjects

# METADATA
# description: |
#   The holders of an entry in a scope (of `rbac_scopes`), as a list of `{"name", "rights"}`; `rights` is
#   a list of `{"entry", "grant"}`, the given entry included.
holders(entry, scope) := [holder |
	some subject in scope.grant.subjects
	holder := {"name": rbac_subjects.describe(subject), "rights": rbac_rights.of_subject(subject)}
] if {
	count(scope.grant.subjects) > 0
} else := [{
	"name": "whoever gets this role",
	"rights": [{"entry": rbac_entries.known[index], "grant": scope.grant} |
		some index in object.get(rbac_entries.by_object, entry.obj.id, set())
	],
}]

# METADATA
# description: Whether a right is in effect wherever the grant of a scope is.
is_in_place(right, _) if right.grant.cluster

is_in_place(right, scope) if {
	not scope.grant.cluster
	right.grant.namespace == scope.grant.namespace
}
