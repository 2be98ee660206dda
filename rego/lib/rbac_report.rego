# METADATA
# title: What findings about policy rules have in common
package portcullis.lib.rbac_report

import data.portcullis.lib.k8s
import data.portcullis.lib.rbac

# METADATA
# description: |
#   Arguments for messages about an entry of `rbac_entries`: `verbs`, `resources`, `groups`, and
#   `reach`, which says where it is in effect ("in every namespace").
args(entry) := {
	"verbs": _words(entry.rule, "verbs", "every verb"),
	"resources": _words(entry.rule, "resources", "every resource"),
	"groups": _groups(entry.rule),
	"reach": reach(entry),
}

# METADATA
# description: Where an entry is in effect, as the end of a sentence.
reach(entry) := "in every namespace" if {
	entry.reach == "cluster"
} else := concat(" ", ["in", _namespaces(entry.namespaces)]) if {
	count(entry.namespaces) > 0
} else := "wherever it gets bound"

_namespaces(names) := "one namespace" if {
	names == {""}
} else := sprintf("namespace %s", [concat("", names)]) if {
	count(names) == 1
} else := sprintf("%d namespaces", [count(names)])

_words(rule, key, _) := rbac.listed(rbac.items(rule, key)) if not "*" in rbac.items(rule, key)

_words(rule, key, every_one) := every_one if "*" in rbac.items(rule, key)

_groups(rule) := "every API group" if {
	"*" in rbac.items(rule, "apiGroups")
} else := rbac.listed({name |
	some group in rbac.items(rule, "apiGroups")
	name := {"": "the core group"}[group]
} | {group | some group in rbac.items(rule, "apiGroups"); group != ""})

# METADATA
# description: |
#   Related places that show who is bound to an entry, five at most, cluster-wide ones first; their
#   labels are `cluster-binding` and `namespace-binding`. Bindings that stand in the entry's own
#   object, as those of operator bundles do, are left out.
bindings(entry) := array.slice(places, 0, 5) if {
	bound := [grant | some grant in entry.grants; grant.obj.id != entry.obj.id]
	places := array.concat(
		[_place(grant, "cluster-binding") | some grant in bound; grant.cluster],
		[_place(grant, "namespace-binding") | some grant in bound; not grant.cluster],
	)
}

_place(grant, label) := {"object": grant.obj.id, "path": grant.path, "label": label}

# METADATA
# description: |
#   Whether an object is in a user's list of objects: each item is a name, `namespace/name`,
#   `Kind/namespace/name`, or an object of `name` and, as far as given, `namespace` and `kind`.
is_listed(obj, list) if {
	some item in k8s.list(list)
	_is_item(obj, item)
}

_is_item(obj, item) if {
	is_string(item)
	item in {
		obj.name,
		concat("/", [obj.namespace, obj.name]),
		concat("/", [obj.object.kind, obj.name]),
		concat("/", [obj.object.kind, obj.namespace, obj.name]),
	}
}

_is_item(obj, item) if {
	is_object(item)
	item.name == obj.name
	object.get(item, "namespace", obj.namespace) == obj.namespace
	object.get(item, "kind", obj.object.kind) == obj.object.kind
}
