# METADATA
# title: Who may use a store, and how much an import takes from it
package portcullis.lib.store_scopes

import data.portcullis.lib.agents
import data.portcullis.lib.k8s
import data.portcullis.lib.rotation_eso as eso
import data.portcullis.lib.store_views as views

# METADATA
# description: |
#   ClusterSecretStores that every namespace may use, as `{obj, path}`. `regexes` are patterns that stand for all.
open_stores(regexes) := [{"obj": obj, "path": path} |
	some obj in k8s.of_kind("ClusterSecretStore")
	views.is_eso(obj)
	is_object(obj.object.spec)
	not obj.object.spec.provider.fake
	path := _opening(obj, regexes)
]

_opening(obj, _) := ["spec", "conditions"] if {
	not obj.partial
	count(k8s.items_at(obj.object, ["spec", "conditions"])) == 0
}

# One condition that holds is enough.
_opening(obj, regexes) := sort([path |
	some index, condition in k8s.items_at(obj.object, ["spec", "conditions"])
	is_object(condition)
	path := array.concat(["spec", "conditions", index], _all_of(condition, regexes))
])[0]

_all_of(condition, regexes) := ["namespaceSelector"] if {
	is_everything(condition.namespaceSelector)
} else := ["namespaceRegexes", min(broad)] if {
	broad := {place |
		some place, pattern in k8s.items_at(condition, ["namespaceRegexes"])
		pattern in regexes
	}
	count(broad) > 0
}

# METADATA
# description: Whether a label selector selects all.
is_everything(selector) if {
	is_object(selector)
	count(views.object_at(selector, ["matchLabels"])) == 0
	count(k8s.items_at(selector, ["matchExpressions"])) == 0
}

# METADATA
# description: "Whether more than one namespace of the set has a store of its own, or agents."
is_shared if count(_tenants) > 1

_tenants := {obj.namespace |
	some obj in k8s.known_of_kind("SecretStore")
	views.is_eso(obj)
	obj.namespace != ""
} | {obj.namespace |
	some kind in ["Sandbox", "SandboxTemplate", "SandboxClaim", "Agent", "Deployment", "StatefulSet"]
	some obj in k8s.known_of_kind(kind)
	obj.namespace != ""
	agents.owns(obj)
}

# METADATA
# description: "The items of `dataFrom` of judged ExternalSecrets, as `{view, item, path}`."
imports := [{"view": view, "item": item, "path": array.concat(view.base, ["dataFrom", index])} |
	some view in eso.externals
	not view.obj.context
	some index, item in k8s.items_at(view.spec, ["dataFrom"])
	is_object(item)
]

# METADATA
# description: |
#   How much of a backend the store behind an import holds: `one` where it is bound to one project, vault or
#   namespace, `many` for a whole backend, `unknown` where the store is not in the set.
breadth(entry) := "many" if {
	key := _key(_reference(entry), entry.view.obj)
	some [known, provider] in _known
	known == key
	not provider in _bound_providers
} else := "one" if {
	key := _key(_reference(entry), entry.view.obj)
	some [known, _] in _known
	known == key
} else := "many" if {
	_reference(entry).kind == "ClusterSecretStore"
} else := "unknown"

_reference(entry) := array.concat(
	[reference |
		some reference in [
			object.get(entry.item, ["sourceRef", "storeRef"], null),
			object.get(entry.view.spec, "secretStoreRef", null),
		]
		is_object(reference)
	],
	[{}],
)[0]

_key(reference, obj) := [kind, namespace, object.get(reference, "name", "")] if {
	kind := object.get(reference, "kind", "SecretStore")
	namespace := {true: "", false: obj.namespace}[kind == "ClusterSecretStore"]
}

_known := {[[kind, namespace, view.obj.name], view.provider] |
	some view in views.known_stores
	kind := view.obj.object.kind
	namespace := {true: "", false: view.obj.namespace}[kind == "ClusterSecretStore"]
}

# Their settings name one project, configuration, vault or namespace, and reach nothing else.
_bound_providers := {
	"bitwardensecretsmanager", "doppler", "github", "gitlab", "infisical", "kubernetes", "onboardbase", "onepassword",
	"onepasswordSDK", "pulumi", "scaleway", "fake",
}

# METADATA
# description: |
#   PushSecrets that carry more than they name to a store outside of the cluster, as `{obj, path}`.
wide_pushes(regexes) := [{"obj": push.obj, "path": path} |
	some push in eso.pushes
	not push.obj.context
	not _stays_inside(push)
	some path in (_by_labels(push) | _unmatched(push, regexes))
]

_by_labels(push) := {array.concat(push.base, ["selector", "secret", "selector"]) |
	is_object(push.spec.selector.secret.selector)
}

_unmatched(push, regexes) := {array.concat(push.base, ["dataTo", index]) |
	some index, item in k8s.items_at(push.spec, ["dataTo"])
	is_object(item)
	object.get(item, ["match", "regexp"], "") in array.concat(regexes, [""])
}

_stays_inside(push) if {
	references := k8s.items_at(push.spec, ["secretStoreRefs"])
	count(references) > 0
	every reference in references {
		[_key(reference, push.obj), "kubernetes"] in _known
	}
}
