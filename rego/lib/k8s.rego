# METADATA
# title: Objects of the input, by kind
package portcullis.lib.k8s

# METADATA
# description: |
#   Every object of the kind that is being judged. `input.kinds` maps a kind to indices into
#   `input.objects`, so that a rule does not walk objects that it does not mean.
of_kind(kind) := [obj |
	some index in object.get(input.kinds, kind, [])
	obj := input.objects[index]
	not obj.context
]

# METADATA
# description: |
#   Like `of_kind`, but with the objects outside of the unit that a reference may still resolve to;
#   those carry `context: true`.
known_of_kind(kind) := [input.objects[index] | some index in object.get(input.kinds, kind, [])]

# METADATA
# description: The API group of an `apiVersion`; empty for the core group.
group(api_version) := split(api_version, "/")[0] if contains(api_version, "/")

group(api_version) := "" if not contains(api_version, "/")

# METADATA
# description: The object's annotations; empty where it has none.
annotations(obj) := value if {
	value := obj.object.metadata.annotations
	is_object(value)
} else := {}

# METADATA
# description: The object's labels; empty where it has none.
labels(obj) := value if {
	value := obj.object.metadata.labels
	is_object(value)
} else := {}

# METADATA
# description: "`value` where it is a list, else the empty list: users write `null` where nothing is."
list(value) := value if is_array(value)

list(value) := [] if not is_array(value)

# METADATA
# description: The value of `key` in `obj` where both are there and it is a list, else the empty list.
items_at(obj, path) := list(object.get(obj, path, []))

# METADATA
# description: "`kind namespace/name` or `kind/name`, to show in messages."
describe(obj) := sprintf("%s %s/%s", [obj.object.kind, obj.namespace, obj.name]) if obj.namespace != ""

describe(obj) := sprintf("%s %s", [obj.object.kind, obj.name]) if obj.namespace == ""

# METADATA
# description: |
#   What a namespace is called that nobody chose. The objects of a chart that leave theirs to the release, and
#   those that write out `{{ .Release.Namespace }}`, are in one namespace by this name.
named_namespace("") := "default"

named_namespace(name) := name if name != ""
