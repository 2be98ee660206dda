# METADATA
# title: What a change takes away from admission policies
# description: |
#   Known where a run compares with a base. Policies are asked the same about what they were before as about
#   what they are now.
package portcullis.lib.admission_changes

import data.portcullis.lib.admission_modes
import data.portcullis.lib.admission_scope
import data.portcullis.lib.changes
import data.portcullis.lib.k8s

# METADATA
# description: |
#   Whether the change has a policy tolerate what it refused; `entry` is one of `admission_modes.tolerant`.
#   Indices shift with what is put in front, so that a policy must also tolerate more than before.
stopped_refusing(entry) if {
	changes.before[entry.obj.id]
	before := {old.path | some old in _tolerant_before; old.obj.id == entry.obj.id}
	not entry.path in before
	now := {other.path | some other in admission_modes.tolerant; other.obj.id == entry.obj.id}
	count(now) > count(before)
}

# Few policies change at once, so that asking again costs little.
_tolerant_before := entries if {
	was := input.facts.changes.before

	# regal ignore:with-outside-test-context
	entries := admission_modes.tolerant with input.objects as was.objects with input.kinds as was.kinds
}

# METADATA
# description: |
#   What the change takes out of policies, as `{obj, path, lost}`: resources by their plural names, and
#   `updates` or `creation` where these are no longer asked about. What an added policy of the same kind
#   looks at in its place is not lost.
narrowed := [{"obj": entry.obj, "path": entry.path, "lost": lost} |
	some entry in _seen
	not entry.obj.partial
	lost := (_seen_before[entry.obj.id] - entry.things) - _seen_by_added[entry.obj.object.kind]
	count(lost) > 0
]

_seen_before[entry.obj.id] := entry.things if {
	was := input.facts.changes.before

	# regal ignore:with-outside-test-context
	entries := _seen with input.objects as was.objects with input.kinds as was.kinds
	some entry in entries
}

_seen_by_added[kind] := things if {
	some kind in {entry.obj.object.kind | some entry in _seen}
	things := union({entry.things |
		some entry in _seen
		entry.obj.object.kind == kind
		changes.is_added(entry.obj)
	})
}

_seen := array.flatten([_constraints, _kyverno, _cel, _webhooks])

_constraints := [{"obj": obj, "path": path, "things": _watched(names)} |
	some obj in input.objects
	k8s.group(obj.object.apiVersion) == "constraints.gatekeeper.sh"
	path := ["spec", "match", "kinds"]
	names := _constrained(k8s.items_at(obj.object, path))
]

# Without kinds, a constraint is about everything.
_constrained([]) := {"*"}

_constrained(entries) := {name | some entry in entries; some name in k8s.items_at(entry, ["kinds"])} if {
	count(entries) > 0
}

_kyverno := [{"obj": obj, "path": ["spec", "rules"], "things": _watched(names)} |
	some obj in admission_modes.kyverno_policies
	names := {steps[count(steps) - 1] |
		some rule in k8s.items_at(obj.object, ["spec", "rules"])
		some [_, resources] in admission_scope.resources_in(rule, "match")
		some written in k8s.items_at(resources, ["kinds"])
		is_string(written)
		steps := split(written, "/")
	}
]

_cel := [{"obj": obj, "path": path, "things": _asked(k8s.items_at(obj.object, path))} |
	some obj in admission_scope.cel
	path := ["spec", "matchConstraints", "resourceRules"]
]

_webhooks := [{"obj": obj, "path": ["webhooks"], "things": _asked(rules)} |
	some obj in {obj | some [obj, _, _] in admission_scope.policy_webhooks}
	rules := [rule |
		some webhook in k8s.items_at(obj.object, ["webhooks"])
		some rule in k8s.items_at(webhook, ["rules"])
	]
]

_asked(rules) := _watched(resources) | {word |
	some operation, word in {"CREATE": "creation", "UPDATE": "updates"}
	some rule in rules
	some name in k8s.items_at(rule, ["operations"])
	name in {operation, "*"}
} if {
	resources := {name | some rule in rules; some name in k8s.items_at(rule, ["resources"])}
}

_names := {
	"pods": {"pods", "pods/*", "Pod"},
	"secrets": {"secrets", "Secret"},
	"roles": {"roles", "Role"},
	"clusterroles": {"clusterroles", "ClusterRole"},
	"rolebindings": {"rolebindings", "RoleBinding"},
	"clusterrolebindings": {"clusterrolebindings", "ClusterRoleBinding"},
}

_watched(names) := {resource | some resource, known in _names; count(known & names) > 0} if {
	not _everything(names)
} else := object.keys(_names)

_everything(names) if count({"*", "*/*"} & names) > 0
