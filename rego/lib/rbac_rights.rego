# METADATA
# title: What a subject may do, over all its bindings
package portcullis.lib.rbac_rights

import data.portcullis.lib.rbac_entries
import data.portcullis.lib.rbac_subjects

# METADATA
# description: |
#   What a subject holds, by its id, as `[entry, grant]`: positions in `rbac_entries.known` and in
#   that entry's `grants`. Groups that a ServiceAccount is a member of are not included; see
#   `of_subject`.
of[id] contains [index, position] if {
	some index, entry in rbac_entries.known
	some position, grant in entry.grants
	some subject in grant.subjects
	id := subject.id
}

# METADATA
# description: |
#   All that a subject (of `rbac_subjects`) holds, also through groups of ServiceAccounts, as a list
#   of `{"entry", "grant"}`.
of_subject(subject) := [{"entry": entry, "grant": entry.grants[position]} |
	some pair in {pair |
		some id in rbac_subjects.memberships(subject)
		some pair in object.get(of, id, set())
	}
	[index, position] := pair
	entry := rbac_entries.known[index]
]

# METADATA
# description: |
#   What the subjects of an entry hold besides it, each for itself: a list of `{"subject",
#   "entry", "grant"}`, where all of the subject's entries are listed, the given one included.
of_entry(entry) := [held |
	some grant in entry.grants
	some subject in grant.subjects
	some right in of_subject(subject)
	held := object.union(right, {"subject": subject})
]
