# METADATA
# title: Subjects whose power has a known reason
# description: |
#   A controller is recognised by its ServiceAccount's name and by its image; where no workload of
#   the ServiceAccount is in the set, a name or chart label of the role, of the binding or of the
#   ServiceAccount stands in for the image. In the namespace that its installation guide uses
#   (`canonical`) its grants count as medium at most; in another one they are lowered by one level
#   only, since that is where a copy of a well-known name would be. Nothing is silenced.
#   A namespace that is not chosen in the manifests (none, or `default`, which is what renders when
#   nobody chose) counts as the canonical one.
package portcullis.lib.controllers

import data.portcullis.lib.controllers_builtin
import data.portcullis.lib.controllers_known
import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_severity
import data.portcullis.lib.rbac_subjects

# METADATA
# description: |
#   Whether an entry (of `rbac_entries`) stands in a ClusterRole that Kubernetes itself defines, and
#   grants no more there than Kubernetes does.
is_builtin(entry) if {
	entry.source == "ClusterRole"
	some allowed in object.get(controllers_builtin.grants, entry.obj.name, [])
	_is_within(entry.rule, allowed)
}

_is_within(rule, allowed) if {
	_is_named_within(rule, allowed.resourceNames)
	every key in ["apiGroups", "resources", "verbs", "nonResourceURLs"] {
		count(rbac.items(rule, key) - allowed[key]) == 0
	}
}

_is_named_within(_, names) if count(names) == 0

_is_named_within(rule, names) if {
	rbac.is_named(rule)
	count(rbac.names(rule) - names) == 0
}

# METADATA
# description: |
#   The controller that a subject (of `rbac_subjects`) is: `{"product", "powers", "canonical"}`.
#   `obj` is the role or binding whose labels may vouch for it. Undefined where it is none.
of_subject(subject, obj) := _best([found | some found in _recognised(subject, obj)])

# METADATA
# description: |
#   The controller that alone holds an entry (of `rbac_entries`); undefined where nobody, someone
#   else, or more than one product does.
of_entry(entry) := _best(found) if {
	found := [controller |
		some grant in entry.grants
		some subject in grant.subjects
		controller := _for_grant(subject, grant.obj, entry.obj)
	]
	count(found) == count([1 | some grant in entry.grants; some _ in grant.subjects])
	count({controller.product | some controller in found}) == 1
}

# METADATA
# description: |
#   The controller that alone is bound by a binding (of `rbac_bindings`); undefined where nobody,
#   someone else, or more than one product is.
of_binding(binding) := _best(found) if {
	found := [controller |
		some subject in binding.subjects
		controller := of_subject(subject, binding.obj)
	]
	count(found) == count(binding.subjects)
	count({controller.product | some controller in found}) == 1
}

# METADATA
# description: |
#   The severity of an entry's grant, given what the grant is for: lower where the one controller
#   that holds the entry has one of the set `powers`, else unchanged.
lowered(entry, powers, severity) := lowered_for(of_entry(entry), powers, severity) if {
	of_entry(entry)
} else := severity

# METADATA
# description: The same for a controller as `of_subject` and its like return it.
lowered_for(controller, powers, severity) := severity if {
	count(controller.powers & powers) == 0
} else := rbac_severity.at_most(rbac_severity.lowered(severity, 1), "medium") if {
	controller.canonical
} else := rbac_severity.lowered(severity, 1)

# A subject outside of its canonical namespace decides for all of them.
_best(found) := {
	"product": found[0].product,
	"powers": found[0].powers,
	"canonical": count([1 | some controller in found; not controller.canonical]) == 0,
} if {
	count(found) > 0
}

_for_grant(subject, binding, role) := of_subject(subject, binding) if {
	of_subject(subject, binding)
} else := of_subject(subject, role)

# Several products at most where names are ambiguous; the first by name then speaks.
_recognised(subject, obj) := [controller |
	subject.kind == "ServiceAccount"
	some name in _products_of(subject.name)
	known := controllers_known.products[name]
	_is_vouched(subject, obj, known)
	controller := {
		"product": name,
		"powers": known.powers,
		"canonical": subject.namespace in (known.namespaces | {"", "default"}),
	}
]

# Names of accounts are looked up, with and without what a release puts before them.
_products_of(name) := {found |
	words := split(name, "-")
	some length in numbers.range(1, min([count(words), _longest]))
	account := concat("-", array.slice(words, count(words) - length, count(words)))
	some found in object.get(_by_account, account, set())
}

_by_account[account] contains name if {
	some name, known in controllers_known.products
	some account in known.accounts
}

_longest := max({count(split(account, "-")) | some account, _ in _by_account})

_is_vouched(subject, _, known) if {
	some image in _images_of(subject)
	some part in known.images
	contains(image, part)
}

_is_vouched(subject, obj, known) if {
	count(_images_of(subject)) == 0
	_is_labelled(obj, known.labels)
}

_is_vouched(subject, _, known) if {
	count(_images_of(subject)) == 0
	some account in k8s.known_of_kind("ServiceAccount")
	account.name == subject.name
	account.namespace == subject.namespace
	_is_labelled(account, known.labels)
}

_name_labels := {"app.kubernetes.io/name", "app.kubernetes.io/part-of", "app", "k8s-app", "component", "name"}

_is_labelled(obj, labels) if {
	some key in _name_labels
	k8s.labels(obj)[key] in labels
}

_is_labelled(obj, labels) if {
	chart := k8s.labels(obj)["helm.sh/chart"]
	is_string(chart)
	some label in labels
	regex.match(concat("", ["^", label, "-v?[0-9]"]), chart)
}

# Operator Lifecycle Manager labels none of its RBAC objects, but its role has a reserved name.
_is_labelled(obj, labels) if {
	some name in [obj.name, object.get(obj.object, ["roleRef", "name"], null)]
	is_string(name)
	startswith(name, "system:")
	name in labels
}

_images_of(subject) := object.get(_images, subject.id, set())

# Images by the id of the ServiceAccount that runs them.
_images[id] contains container.container.image if {
	some obj in input.objects
	some spec in pods.specs(obj)
	is_string(spec.spec.serviceAccountName)
	id := rbac_subjects.service_account(obj.namespace, spec.spec.serviceAccountName)
	some container in pods.containers(obj)
	is_string(container.container.image)
}
