# METADATA
# title: What the API server's audit policy records of a request
# description: |
#   The first rule that matches a request decides, and what no rule matches is not recorded. A rule may
#   hold for some users, namespaces or names only; requests of all others then go on to the next one, so
#   that several rules can decide about one kind of request. The same goes for requests as such: a
#   request here is `{group, resource, verb}`.
package portcullis.lib.audit_policies

import data.portcullis.lib.k8s

# METADATA
# description: |
#   The policies that are being judged, as `{obj, path, rules, omits, text}`: objects of their own, and
#   those that stand as text in a ConfigMap or among the files of a control plane (`text`), where `path` is
#   that of the text.
policies := array.concat(_objects, _texts)

_objects := [policy |
	some obj in k8s.of_kind("Policy")
	policy := _policy(obj, [], obj.object, false)
]

_texts := [policy |
	some kind in ["ConfigMap", "KubeadmControlPlane", "KubeadmControlPlaneTemplate", "Cluster"]
	some obj in k8s.of_kind(kind)
	some [path, text] in _files(obj)
	contains(text, "audit.k8s.io/")
	yaml.is_valid(text)
	policy := _policy(obj, path, yaml.unmarshal(text), true)
]

_policy(obj, path, value, text) := {
	"obj": obj,
	"path": path,
	"rules": [_rule(rule) | some rule in k8s.items_at(value, ["rules"])],
	"omits": _strings(value, "omitStages"),
	"text": text,
} if {
	value.kind == "Policy"
	is_string(value.apiVersion)
	k8s.group(value.apiVersion) == "audit.k8s.io"
	not obj.partial
}

# What is no rule matches nothing, but keeps its place in the list.
_rule(rule) := rule if is_object(rule)

_rule(rule) := {"verbs": [""]} if not is_object(rule)

_files(obj) := [[["data", key], text] | some key, text in obj.object.data; is_string(text)] if {
	obj.object.kind == "ConfigMap"
} else := [[array.flatten([list, index, "content"]), file.content] |
	some list in [
		["spec", "kubeadmConfigSpec", "files"],
		["spec", "template", "spec", "kubeadmConfigSpec", "files"],
		["spec", "fileAssets"],
	]
	some index, file in k8s.items_at(obj.object, list)
	is_string(file.content)
]

# METADATA
# description: Where something of a policy stands.
place(policy, _) := policy.path if policy.text

place(policy, path) := path if not policy.text

# METADATA
# description: |
#   The rules of a policy that decide about a request, for anybody: `indices` in order, and `through`,
#   whether some requests of the kind reach the end and go unrecorded.
deciding(policy, request) := {"indices": indices, "through": through} if {
	matching := [index | some index, rule in policy.rules; _covers(rule, request)]
	ends := [index | some index in matching; _is_for_all(policy.rules[index], request)]
	through := count(ends) == 0
	last := min(array.concat(ends, [count(policy.rules)]))
	indices := [index | some index in matching; index <= last]
}

# METADATA
# description: |
#   The level of a rule: what it says, or `None` where all stages at which it could be recorded are left
#   out.
level(policy, rule) := "None" if {
	count({"RequestReceived", "ResponseComplete"} - (policy.omits | _strings(rule, "omitStages"))) == 0
} else := rule.level if {
	is_string(rule.level)
} else := "None"

# METADATA
# description: |
#   Whose requests a rule is about, as far as they are of this kind: `everyone`, also where it names a group
#   that everyone is in or a user who may do everything; `some` of the groups, namespaces or names; or
#   `users`, a list of single ones, such as controllers.
extent(rule, request) := "users" if {
	users := _strings(rule, "users")
	count(users) > 0
	count(users & _powerful_users) == 0
} else := "some" if {
	groups := _strings(rule, "userGroups")
	count(groups) > 0
	count(groups & _broad_groups) == 0
} else := "some" if {
	count(_strings(rule, "namespaces")) > 0
} else := "some" if {
	not _covers_any_name(rule, request)
} else := "everyone"

_broad_groups := {"system:authenticated", "system:masters", "system:serviceaccounts"}

_powerful_users := {"admin", "cluster-admin", "kubernetes-admin", "system:admin", "system:anonymous"}

# METADATA
# description: Whether a rule has no condition at all.
is_catch_all(rule) if {
	fields := ["users", "userGroups", "verbs", "namespaces", "resources", "nonResourceURLs"]
	count([1 | some field in fields; count(k8s.items_at(rule, [field])) > 0]) == 0
}

_is_for_all(rule, request) if {
	count(_strings(rule, "users")) == 0
	count(_strings(rule, "userGroups") - {"system:authenticated"}) == 0
	count(_strings(rule, "namespaces")) == 0
	_covers_any_name(rule, request)
}

_covers(rule, request) if {
	_covers_verb(rule, request.verb)
	count(k8s.items_at(rule, ["resources"])) == 0
	not _is_about_urls(rule)
}

_covers(rule, request) if {
	_covers_verb(rule, request.verb)
	some entry in k8s.items_at(rule, ["resources"])
	_covers_resource(entry, request)
}

# Without resources and namespaces, a rule with URLs is about those alone.
_is_about_urls(rule) if {
	count(k8s.items_at(rule, ["nonResourceURLs"])) > 0
	count(k8s.items_at(rule, ["namespaces"])) == 0
}

_covers_verb(rule, _) if count(k8s.items_at(rule, ["verbs"])) == 0

_covers_verb(rule, verb) if verb in k8s.items_at(rule, ["verbs"])

_covers_any_name(rule, _) if count(k8s.items_at(rule, ["resources"])) == 0

_covers_any_name(rule, request) if {
	some entry in k8s.items_at(rule, ["resources"])
	_covers_resource(entry, request)
	count(k8s.items_at(entry, ["resourceNames"])) == 0
}

_covers_resource(entry, request) if {
	object.get(entry, "group", "") == request.group
	count(k8s.items_at(entry, ["resources"])) == 0
}

_covers_resource(entry, request) if {
	object.get(entry, "group", "") == request.group
	some wanted in k8s.items_at(entry, ["resources"])
	wanted in _accepted(request.resource)
}

# As the API server does: a resource without its subresources, unless there is a star.
_accepted(resource) := {resource, "*", concat("/", [parts[0], "*"])} | {concat("/", ["*", subresource]) |
	some subresource in array.slice(parts, 1, 2)
} if {
	parts := split(resource, "/")
}

_strings(value, field) := {text | some text in k8s.items_at(value, [field]); is_string(text)}
