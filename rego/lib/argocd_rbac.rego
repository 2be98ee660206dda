# METADATA
# title: Argo CD's own access policy
# description: |
#   Argo CD reads Casbin policies as lines of comma-separated values: `p, subject, resource, action,
#   object, effect` grants, `g, member, role` makes somebody a member.
# related_resources:
#   - ref: https://argo-cd.readthedocs.io/en/stable/operator-manual/rbac/
package portcullis.lib.argocd_rbac

# METADATA
# description: |
#   The subjects to which a policy text allows every action on every object, as a set.
all_powerful(text) := {line[1] |
	some line in _lines(text)
	count(line) > 4
	line[0] == "p"
	line[2] == "*"
	line[3] == "*"
	line[4] in {"*", "*/*"}
	not _denies(line)
}

# METADATA
# description: |
#   Members of Argo CD's built-in administrators that are in the list `broad`, by their last part where
#   an identity provider or organisation stands before it (`acme:everyone`), in any case of letters.
broad_admins(text, broad) := {line[1] |
	some line in _lines(text)
	count(line) > 2
	line[0] == "g"
	line[2] == "role:admin"
	_is_broad(lower(line[1]), {lower(name) | some name in broad})
}

_is_broad(member, names) if member in names

_is_broad(member, names) if {
	parts := split(replace(member, "/", ":"), ":")
	parts[count(parts) - 1] in names
}

_denies(line) if line[5] == "deny"

_lines(text) := [fields |
	is_string(text)
	some line in split(text, "\n")
	fields := [trim(field, " \t\r\"") | some field in split(line, ",")]
]
