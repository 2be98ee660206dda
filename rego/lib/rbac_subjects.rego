# METADATA
# title: Who RBAC bindings name
# description: |
#   A subject is `{"index", "kind", "name", "namespace", "id"}`; `index` is its place in the
#   binding's `subjects`. `id` is one spelling for one identity: `sa:<namespace>/<name>`,
#   `user:<name>` or `group:<name>`.
package portcullis.lib.rbac_subjects

import data.portcullis.lib.k8s

# METADATA
# description: |
#   The subjects of a binding, an entry of `input.objects`. A User named
#   `system:serviceaccount:<namespace>:<name>` is that ServiceAccount. Where a ServiceAccount names
#   no namespace, the binding's is assumed.
of_binding(obj) := [subject |
	some index, raw in k8s.items_at(obj.object, ["subjects"])
	is_object(raw)
	identity := _identity(raw, obj.namespace)
	subject := object.union(identity, {"index": index, "id": _id(identity)})
]

_text(raw, key) := value if {
	value := raw[key]
	is_string(value)
} else := ""

_identity(raw, binding_namespace) := {"kind": "ServiceAccount", "name": parts[3], "namespace": parts[2]} if {
	raw.kind == "User"
	parts := split(_text(raw, "name"), ":")
	count(parts) == 4
	array.slice(parts, 0, 2) == ["system", "serviceaccount"]
} else := {"kind": "ServiceAccount", "name": _text(raw, "name"), "namespace": _text(raw, "namespace")} if {
	raw.kind == "ServiceAccount"
	_text(raw, "namespace") != ""
} else := {"kind": "ServiceAccount", "name": _text(raw, "name"), "namespace": binding_namespace} if {
	raw.kind == "ServiceAccount"
} else := {"kind": _text(raw, "kind"), "name": _text(raw, "name"), "namespace": ""}

# METADATA
# description: |
#   The id of a ServiceAccount. A chart's workloads may leave their namespace to the release, its bindings
#   have to write it out.
service_account(namespace, name) := sprintf("sa:%s/%s", [k8s.named_namespace(namespace), name])

_id(identity) := service_account(identity.namespace, identity.name) if {
	identity.kind == "ServiceAccount"
} else := concat(":", [lower(identity.kind), identity.name])

# METADATA
# description: |
#   The ids under which a subject gets rights: its own and, for a ServiceAccount, the groups that it
#   is a member of.
memberships(subject) := {
	subject.id,
	"group:system:serviceaccounts",
	concat(":", ["group:system:serviceaccounts", subject.namespace]),
	"group:system:authenticated",
} if {
	subject.kind == "ServiceAccount"
} else := {subject.id}

# METADATA
# description: "The subject as a message shows it: `ServiceAccount agents/report`."
describe(subject) := sprintf("%s %s/%s", [subject.kind, subject.namespace, subject.name]) if {
	subject.namespace != ""
} else := sprintf("%s %s", [subject.kind, subject.name])
