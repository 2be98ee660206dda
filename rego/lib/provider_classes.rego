# METADATA
# title: Provider classes of the Secrets Store CSI driver, and the volumes that name them
# description: |
#   Names are joined within a namespace. What has no namespace gets one when it is applied, which may be
#   that of the other.
package portcullis.lib.provider_classes

import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.secret_uses
import data.portcullis.lib.settings

# METADATA
# description: |
#   The drivers that mount what a store holds: the attribute that names the object which says what, the
#   object's kind, and whether a volume is refused that may be written to.
drivers := {
	"secrets-store.csi.k8s.io": {"attribute": "secretProviderClass", "kind": "SecretProviderClass", "strict": true},
	"secrets-store-gke.csi.k8s.io": {"attribute": "secretProviderClass", "kind": "SecretProviderClass", "strict": true},
	"csi.vso.hashicorp.com": {"attribute": "csiSecretsName", "kind": "CSISecrets", "strict": false},
}

# METADATA
# description: |
#   The volumes of these drivers in the pods that are judged, as `{obj, path, csi, driver, name}`: `path`
#   is that of the field `csi`; `name` is empty where the volume names no object.
volumes := [volume |
	some obj in input.objects
	not obj.context
	some pod in pods.specs(obj)
	some index, item in k8s.items_at(pod.spec, ["volumes"])
	csi := item.csi
	driver := drivers[csi.driver]
	volume := {
		"obj": obj,
		"path": array.flatten([pod.path, "volumes", index, "csi"]),
		"csi": csi,
		"driver": driver,
		"name": _text(object.get(csi, ["volumeAttributes", driver.attribute], null)),
	}
]

# METADATA
# description: Whether the object that a volume names is in the set.
is_known(volume) if {
	some namespace in _known[[volume.driver.kind, volume.name]]
	may_share(namespace, _namespace(volume))
}

# The operator of HashiCorp reads across namespaces where it is told to.
_namespace(volume) := namespace if {
	namespace := volume.csi.volumeAttributes.csiSecretsNamespace
	is_string(namespace)
} else := volume.obj.namespace

# Copies of partial rules, which would be evaluated anew for each key that is looked up.
_known := {key: namespaces | some key, namespaces in _namespaces}

_used := object.union({}, secret_uses.by_secret)

_mounted := {name: namespaces | some name, namespaces in _mounts}

_namespaces[[kind, obj.name]] contains obj.namespace if {
	some kind in {"SecretProviderClass", "CSISecrets"}
	some obj in k8s.known_of_kind(kind)
}

# METADATA
# description: Whether two namespaces may turn out to be the same.
may_share(one, other) if one in {"", other}

may_share(_, "")

# METADATA
# description: The provider classes that are judged.
classes := [obj |
	some obj in k8s.of_kind("SecretProviderClass")
	is_string(obj.object.apiVersion)
	startswith(obj.object.apiVersion, "secrets-store.csi.")
]

# METADATA
# description: |
#   The Secrets that a class asks the driver to make, as `{obj, path, name, type, uses}`: `path` is that of
#   the name, and `uses` are entries of `secret_uses` that take the Secret.
mirrors := [mirror |
	some obj in classes
	some index, item in k8s.items_at(obj.object, ["spec", "secretObjects"])
	name := _text(item.secretName)
	name != ""
	mirror := {
		"obj": obj,
		"path": ["spec", "secretObjects", index, "secretName"],
		"name": name,
		"type": _text(object.get(item, "type", null)),
		"uses": [use |
			some use in object.get(_uses_by_name, name, [])
			may_share(use.namespace, obj.namespace)
		],
	}
]

_uses_by_name := {name: uses |
	some name, namespaces in _namespaces_of
	uses := [use |
		some namespace in namespaces
		some index in _used[[namespace, name]]
		use := secret_uses.known[index]
		use.mode != "nodePublish"
	]
}

_namespaces_of[name] contains namespace if some [namespace, name], _ in _used

# METADATA
# description: Whether a pod of the set mounts the class; only then the driver makes its Secrets.
is_mounted(obj) if {
	some namespace in _mounted[obj.name]
	may_share(namespace, obj.namespace)
}

_mounts[use.name] contains use.namespace if {
	some use in secret_uses.known
	use.mode == "csi"
}

# METADATA
# description: |
#   Whether somebody says why a Secret has to be made: by an annotation of the class, or by a list of
#   names, of `namespace/name`, and of types of Secrets.
is_excused(mirror, _) if {
	reason := k8s.annotations(mirror.obj)[settings.annotation("sync-reason")]
	_text(reason) != ""
}

is_excused(mirror, allowed) if {
	some entry in [mirror.name, mirror.type, concat("/", [mirror.obj.namespace, mirror.name])]
	entry in allowed
}

# METADATA
# description: What a provider cannot do without, and the class does not give; in order.
missing(obj) := ["provider"] if {
	_text(object.get(obj.object, ["spec", "provider"], null)) == ""
} else := [concat("` or `", names) |
	given := _object(object.get(obj.object, ["spec", "parameters"], null))
	some names in object.get(_required, obj.object.spec.provider, [])
	count([name | some name in names; _text(object.get(given, name, null)) != ""]) == 0
]

_required := {
	"vault": [["roleName"], ["objects"]],
	"aws": [["objects"]],
	"azure": [["keyvaultName"], ["tenantId", "tenantID"], ["objects"]],
	"gcp": [["secrets"]],
	"gke": [["secrets"]],
}

_object(value) := value if is_object(value)

_object(value) := {} if not is_object(value)

_text(value) := trim_space(value) if is_string(value)

_text(value) := "" if not is_string(value)
