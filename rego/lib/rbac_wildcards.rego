# METADATA
# title: Wildcards in policy rules
# description: |
#   Each function looks at an entry of `rbac_entries` and judges what the wildcard lets through,
#   with the matching of the API server.
package portcullis.lib.rbac_wildcards

import data.portcullis.lib.k8s
import data.portcullis.lib.rbac

_rbac_resources := {"roles", "clusterroles", "rolebindings", "clusterrolebindings"}

_webhooks := {"mutatingwebhookconfigurations", "validatingwebhookconfigurations"}

# Per group, resources on which every verb is far more than reading and writing: `*` includes
# `escalate` and `bind` on roles, and `impersonate` on identities.
_sensitive := {
	"": {"secrets", "users", "groups", "serviceaccounts", "pods", "nodes"},
	"authentication.k8s.io": {"users", "groups", "serviceaccounts", "uids", "nodes"},
	"rbac.authorization.k8s.io": _rbac_resources,
	"admissionregistration.k8s.io": _webhooks,
}

# METADATA
# description: Groups in which writing every resource is a way to more rights.
steering_groups := {
	"rbac.authorization.k8s.io",
	"admissionregistration.k8s.io",
	"certificates.k8s.io",
}

# METADATA
# description: |
#   The named items of `resources` on which every verb is critical: Secrets, identities, RBAC, pods,
#   nodes, webhooks.
sensitive_resources(rule) := {item |
	some group, resources in _sensitive
	rbac.covers_group(rule, group)
	some item in (rbac.items(rule, "resources") & resources)
}

# METADATA
# description: Items of `resources` that name resources, as opposed to patterns.
named_resources(rule) := {item | some item in rbac.items(rule, "resources"); not contains(item, "*")}

# METADATA
# description: |
#   Items of `resources` that look like patterns but match no request: `*/*` and `pods/*`. Only `*`
#   and `*/<subresource>` are patterns.
dead_patterns(rule) := {item |
	some item in rbac.items(rule, "resources")
	contains(item, "*")
	item != "*"
	not _is_live_pattern(item)
}

_is_live_pattern(item) if {
	startswith(item, "*/")
	not contains(substring(item, 2, -1), "*")
	count(item) > 2
}

# Group of the subresource, its name, the verbs that make it dangerous, how much so in one namespace,
# and how much everywhere.
_subresources := [
	["", "exec", {"get", "create"}, "high", "critical"],
	["", "attach", {"get", "create"}, "high", "critical"],
	["", "portforward", {"get", "create"}, "high", "critical"],
	["", "ephemeralcontainers", {"update", "patch"}, "high", "high"],
	["", "proxy", {"get", "create", "update", "patch", "delete"}, "high", "high"],
	["", "token", {"create"}, "high", "critical"],
	["", "status", {"update", "patch"}, "medium", "medium"],
	["certificates.k8s.io", "approval", {"update", "patch"}, "medium", "medium"],
]

# METADATA
# description: |
#   The dangerous patterns such as `*/exec` of an entry, with the severity of what they match:
#   `{"*/exec": "critical"}`. Patterns such as `*/scale` are not in it.
dangerous_patterns(entry) := {item: severity |
	some [group, sub, verbs, narrow, wide] in _subresources
	item := concat("/", ["*", sub])
	item in rbac.items(entry.rule, "resources")
	rbac.covers_group(entry.rule, group)
	count(rbac.verbs_of(entry.rule, verbs)) > 0
	severity := {"cluster": wide, "namespace": narrow, "unbound": narrow}[entry.reach]
}

# METADATA
# description: |
#   API groups that a set owns: those of its CustomResourceDefinitions, and of the ones that its
#   operator bundles declare. Groups in which rights lead to more rights belong to nobody.
own_groups := (_of_definitions | _of_bundles) - (({""} | object.keys(_sensitive)) | steering_groups)

_of_definitions contains crd.object.spec.group if {
	some crd in k8s.known_of_kind("CustomResourceDefinition")
	is_string(crd.object.spec.group)
}

_of_bundles contains substring(name, indexof(name, ".") + 1, -1) if {
	some bundle in k8s.known_of_kind("ClusterServiceVersion")
	some owned in k8s.items_at(bundle.object, ["spec", "customresourcedefinitions", "owned"])
	name := owned.name
	is_string(name)
	contains(name, ".")
}

# METADATA
# description: "Items of `nonResourceURLs` that match every path."
every_url(rule) := rbac.items(rule, "nonResourceURLs") & {"*", "/*"}

# METADATA
# description: |
#   What the wildcards of an entry amount to, as `{"kind", "severity", "key"}`, the worst that is true
#   of it; undefined where it has none. The offending scalar is the `*` in the policy rule's list at
#   `key`. `own` is the set of groups that the set owns.
#
#   - `every-permission`: every verb on every resource.
#   - `every-resource-write` and `-read`: every resource of the core group, in which Secrets are, or
#     writing every resource of RBAC, admission or certificates.
#   - `every-verb-sensitive`: every verb on what leads to more rights.
#   - `limited-to-names`: one of these, but on the objects of `resourceNames` only.
#   - `own-group`: every verb or resource of the set's own API groups.
#   - `every-resource-of-group`, `every-verb`, `every-group`: the same elsewhere.
verdict(entry, own) := _core(entry) if {
	_core(entry)
} else := _limited(entry, own) if {
	_limited(entry, own)
} else := _elsewhere(entry)

_core(entry) := _found("every-permission", "critical", "verbs") if {
	rbac.grants_everything(entry.rule)
} else := _found("every-resource-write", "critical", "resources") if {
	_every_resource(entry.rule)
	_reaches_any(entry.rule, {""} | steering_groups)
	count(rbac.unnamed_verbs(entry.rule, rbac.write_verbs)) > 0
} else := _found("every-resource-read", _read_severity(entry), "resources") if {
	_every_resource(entry.rule)
	rbac.covers_group(entry.rule, "")
	count(rbac.unnamed_verbs(entry.rule, rbac.read_verbs)) > 0
} else := _found("every-verb-sensitive", "critical", "verbs") if {
	_every_verb(entry.rule)
	count(sensitive_resources(entry.rule)) > 0
	_is_unlimited(entry.rule)
}

_limited(entry, own) := _found("limited-to-names", "low", _scalar(entry.rule)) if {
	_any_wildcard(entry.rule)
	not _is_unlimited(entry.rule)
} else := _found("own-group", "low", _scalar(entry.rule)) if {
	_any_wildcard(entry.rule)
	count(rbac.items(entry.rule, "apiGroups") - own) == 0
}

_elsewhere(entry) := _found("every-resource-of-group", "medium", _scalar(entry.rule)) if {
	_every_resource(entry.rule)
	count(rbac.verbs_of(entry.rule, rbac.write_verbs)) > 0
} else := _found("every-resource-of-group", "low", "resources") if {
	_every_resource(entry.rule)
	count(rbac.verbs_of(entry.rule, rbac.read_verbs)) > 0
	count(rbac.items(entry.rule, "apiGroups") - _dynamic_groups) > 0
} else := _found("every-verb", "medium", "verbs") if {
	_every_verb(entry.rule)
} else := _found("every-group", "medium", "apiGroups") if {
	_every_group(entry.rule)
}

_found(kind, severity, key) := {"kind": kind, "severity": severity, "key": key}

# With a binding for every namespace it reads every Secret of the cluster.
_read_severity(entry) := "critical" if entry.reach == "cluster"

_read_severity(entry) := "high" if entry.reach != "cluster"

# Their resources are named after metrics, so that nobody can list them.
_dynamic_groups := {"custom.metrics.k8s.io", "external.metrics.k8s.io"}

_reaches_any(rule, groups) if {
	some group in groups
	rbac.covers_group(rule, group)
}

_every_resource(rule) if {
	"*" in rbac.items(rule, "resources")
	count(rbac.items(rule, "apiGroups")) > 0
}

_every_verb(rule) if {
	"*" in rbac.items(rule, "verbs")
	count(rbac.items(rule, "apiGroups")) > 0
	count(named_resources(rule)) > 0
}

_every_group(rule) if {
	"*" in rbac.items(rule, "apiGroups")
	count(rbac.items(rule, "verbs")) > 0
	count(named_resources(rule)) > 0
}

_any_wildcard(rule) if _every_resource(rule)

_any_wildcard(rule) if _every_verb(rule)

_any_wildcard(rule) if _every_group(rule)

_is_unlimited(rule) if not rbac.is_named(rule)

_is_unlimited(rule) if "" in rbac.names(rule)

# The verb where it is the wildcard: what stands on the resource is then left to other rules.
_scalar(rule) := [key |
	some key in ["verbs", "resources", "apiGroups"]
	"*" in rbac.items(rule, key)
][0]
