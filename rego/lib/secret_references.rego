# METADATA
# title: Secrets that are used, and whether anything makes them
# description: |
#   The uses of `secret_uses`, and those of models of kagent, put together by Secret.
package portcullis.lib.secret_references

import data.portcullis.lib.k8s
import data.portcullis.lib.secret_producers as producers
import data.portcullis.lib.secret_uses

# METADATA
# description: |
#   The Secrets that judged objects use, as `{namespace, name, uses, state}`: `uses` in the order of the objects,
#   those that may not be missing first, and `state` is `managed`, `plain` where a manifest of the Secret itself
#   is all that makes it, or `absent`.
wanted := [{"namespace": namespace, "name": name, "uses": uses, "state": _state(namespace, name, uses)} |
	some place, start in _starts
	[namespace, name, _, _, _, _] := _ordered[start]
	uses := [_uses[entry[5]] | some entry in array.slice(_ordered, start, _ends[place])]
]

# Sorted, so that uses of one Secret stand together: to look each Secret up in a rule would evaluate that rule
# anew for each of them.
# The path makes the first use of an object the same one in every run, whatever else is in the set.
_ordered := sort([[use.namespace, use.name, optional, use.obj.id, use.path, index] |
	some index, use in _uses
	optional := {true: 1, false: 0}[use.optional == true]
])

_starts := [index |
	some index, entry in _ordered
	_key(index) != _key(index - 1)
]

_ends := array.concat(array.slice(_starts, 1, count(_starts)), [count(_ordered)])

_key(index) := array.slice(_ordered[index], 0, 2) if {
	index >= 0
} else := []

_uses := [use |
	some found in [secret_uses.judged, _models]
	some use in found
	use.mode != "csi"

	# Filled in later by Flux or envsubst.
	not contains(use.name, "$")
]

_models := [{
	"obj": obj,
	"namespace": obj.namespace,
	"name": name,
	"mode": "crRef",
	"path": ["spec", "apiKeySecret"],
	"optional": false,
} |
	some obj in k8s.of_kind("ModelConfig")
	k8s.group(obj.object.apiVersion) == "kagent.dev"
	name := obj.object.spec.apiKeySecret
	is_string(name)
	name != ""
]

_state(namespace, name, uses) := "managed" if {
	_is_made(_managed, namespace, name, uses)
} else := "plain" if {
	_is_made(_plain, namespace, name, uses)
} else := "absent"

# What has no namespace gets one when it is applied, which may be that of the other; and Istio's gateways read
# Secrets of the namespace in which they run.
_is_made(made, namespace, name, _) if {
	some place in [namespace, "*", ""]
	made.exact[[place, name]]
}

_is_made(made, "", name, _) if made.names[name]

_is_made(made, _, name, uses) if {
	made.names[name]
	some use in uses
	use.mode == "tls"
}

_managed := {
	"exact": {[made.namespace, made.name] | some made in producers.known; made.kind != "plain"},
	"names": {made.name | some made in producers.known; made.kind != "plain"},
}

_plain := {
	"exact": {[made.namespace, made.name] | some made in producers.known; made.kind == "plain"},
	"names": {made.name | some made in producers.known; made.kind == "plain"},
}
