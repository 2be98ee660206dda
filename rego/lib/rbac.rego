# METADATA
# title: What one RBAC policy rule grants
# description: |
#   The matching semantics of the API server's RBAC authorizer, on one item of a role's `rules`
#   (called a policy rule here). Comparisons are literal and case-sensitive, as there. Lists that
#   are no lists and items that are no strings count as absent.
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
package portcullis.lib.rbac

import data.portcullis.lib.k8s

# METADATA
# description: API group of roles and bindings; v1 and v1beta1 have the same shape.
api_group := "rbac.authorization.k8s.io"

# METADATA
# description: Verbs that read.
read_verbs := {"get", "list", "watch"}

# METADATA
# description: Verbs that change something.
write_verbs := {"create", "update", "patch", "delete", "deletecollection"}

# METADATA
# description: "The strings in the list at `key` of a policy rule, as a set: `items(rule, \"verbs\")`."
items(rule, key) := {item | some item in k8s.items_at(rule, [key]); is_string(item)}

# METADATA
# description: The part of the set `wanted` that the policy rule's verbs name, through `*` also.
verbs_of(rule, wanted) := wanted if {
	"*" in items(rule, "verbs")
} else := items(rule, "verbs") & wanted

# METADATA
# description: Whether the policy rule names this API group, through `*` also. The core group is "".
covers_group(rule, group) if count(items(rule, "apiGroups") & {group, "*"}) > 0

# METADATA
# description: |
#   The items of a policy rule's `resources` that match `pods` or `pods/exec`: the very name, `*`,
#   and for a subresource `*/exec`. `pods` does not match `pods/exec`, and `pods/*` and `*/*` match
#   nothing at all.
matching_resources(rule, resource) := items(rule, "resources") & matchers(resource)

# METADATA
# description: The spellings in `resources` that match a resource or a subresource.
matchers(resource) := {"*", resource} | {concat("/", ["*", sub]) |
	[_, sub] := split(resource, "/")
}

# METADATA
# description: "Whether the policy rule covers the group's resource (`pods`, `pods/exec`)."
covers(rule, group, resource) if {
	covers_group(rule, group)
	count(matching_resources(rule, resource)) > 0
}

# METADATA
# description: The strings in `resourceNames`; none where the policy rule is not limited to names.
names(rule) := items(rule, "resourceNames")

# METADATA
# description: Whether `resourceNames` limits the policy rule to some names.
is_named(rule) if count(k8s.items_at(rule, ["resourceNames"])) > 0

# Requests with these verbs on a whole resource carry no name. A `list` or `watch` does carry one
# where it selects on `metadata.name`.
_nameless_verbs := {"list", "watch", "create", "deletecollection"}

# METADATA
# description: |
#   The part of `wanted` that the policy rule's verbs and names grant on any object. With
#   `resourceNames` that is none, except that an empty name matches every request without a name.
unnamed_verbs(rule, wanted) := verbs_of(rule, wanted) if {
	not is_named(rule)
} else := verbs_of(rule, wanted) & _nameless_verbs if {
	"" in names(rule)
} else := set()

# METADATA
# description: |
#   The part of `wanted` that a policy rule with `resourceNames` grants on the named objects of
#   `resource`. `create` and `deletecollection` carry no name, hence grant nothing; a subresource
#   such as `serviceaccounts/token` is created under its parent's name and does.
named_verbs(rule, resource, wanted) := verbs_of(rule, wanted) - _never_named(resource) if {
	count(names(rule) - {""}) > 0
} else := set()

_never_named(resource) := {"deletecollection"} if {
	contains(resource, "/")
} else := {"create", "deletecollection"}

# METADATA
# description: |
#   The items of `nonResourceURLs` that match the URL path: `*`, the very path, or a prefix with `*`
#   at its end.
matching_urls(rule, url) := {item |
	some item in items(rule, "nonResourceURLs")
	_url_matches(item, url)
}

_url_matches(item, url) if item == url

_url_matches(item, url) if {
	endswith(item, "*")
	startswith(url, trim_suffix(item, "*"))
}

# METADATA
# description: |
#   Paths, relative to the policy rule, of those items of its list at `key` that are in the set
#   `wanted`, in their order: `places(rule, "resources", {"secrets", "*"})`.
places(rule, key, wanted) := [[key, index] |
	some index, item in k8s.items_at(rule, [key])
	item in wanted
]

# METADATA
# description: The set `wanted` as text for a message, sorted.
listed(wanted) := concat(", ", sort([item | some item in wanted]))

# METADATA
# description: |
#   Whether the policy rule grants every verb on every resource of the core group at least, in which
#   Secrets and ServiceAccounts are.
grants_everything(rule) if {
	"*" in items(rule, "verbs")
	"*" in items(rule, "resources")
	covers_group(rule, "")
	not is_named(rule)
}
