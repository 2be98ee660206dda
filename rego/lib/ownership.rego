# METADATA
# title: Whose an object is, and what kind of secret it holds
# description: |
#   Labels and annotations alike say it: those of the object, of its Namespace, of the kustomizations and Flux
#   objects that apply it, and of the release that brings it.
package portcullis.lib.ownership

import data.portcullis.lib.k8s
import data.portcullis.lib.mesh
import data.portcullis.lib.pods
import data.portcullis.lib.settings

# METADATA
# description: |
#   The objects that are being judged and that hold secrets or give access, as `{obj, secret, said}`; `secret`
#   says that it makes a Secret, and `said` is all that is known of it, by key. What a chart renders to is left
#   out, since its release speaks for it, and so is what others made: patches, owned objects, built-in roles.
bearers := [bearer |
	not regex.match(`^chart`, object.get(input, "unit", ""))
	some [obj, secret] in array.concat(_of_kinds, _agents)
	not obj.partial
	not _is_made_by_others(obj)
	bearer := {"obj": obj, "secret": secret, "said": object.union(_inherited(obj), own(obj))}
]

_of_kinds := [[obj, secret] |
	some secret, kinds in {
		true: _secret_kinds,
		false: _access_kinds,
	}
	some kind, groups in kinds
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) in groups
]

_secret_kinds := {
	"Secret": {
		"", "secretsmanager.services.k8s.aws", "secretsmanager.aws.upbound.io", "secretsmanager.aws.m.upbound.io",
		"secretsmanager.aws.crossplane.io", "secretmanager.gcp.upbound.io", "secretmanager.gcp.m.upbound.io",
	},
	"ExternalSecret": {"external-secrets.io"},
	"ClusterExternalSecret": {"external-secrets.io"},
	"VaultStaticSecret": {"secrets.hashicorp.com"},
	"VaultDynamicSecret": {"secrets.hashicorp.com"},
	"VaultPKISecret": {"secrets.hashicorp.com"},
	"SecretProviderClass": {"secrets-store.csi.x-k8s.io"},
	"SealedSecret": {"bitnami.com"},
	"Certificate": {"cert-manager.io"},
	"SecretManagerSecret": {"secretmanager.cnrm.cloud.google.com"},
}

_access_kinds := {
	"Role": {"rbac.authorization.k8s.io"},
	"ClusterRole": {"rbac.authorization.k8s.io"},
	"RoleBinding": {"rbac.authorization.k8s.io"},
	"ClusterRoleBinding": {"rbac.authorization.k8s.io"},
	"ServiceAccount": {""},
	"SecretStore": {"external-secrets.io"},
	"ClusterSecretStore": {"external-secrets.io"},
	"VaultAuth": {"secrets.hashicorp.com"},
	"NetworkPolicy": {"networking.k8s.io"},
	"PeerAuthentication": {"security.istio.io"},
}

_agents := [[obj, false] |
	some obj in input.objects
	not obj.context
	count([1 | some spec in pods.specs(obj); mesh.is_agent(obj, spec)]) > 0
]

_is_made_by_others(obj) if count(k8s.items_at(obj.object, ["metadata", "ownerReferences"])) > 0

_is_made_by_others(obj) if k8s.labels(obj)["kubernetes.io/bootstrapping"]

_is_made_by_others(obj) if startswith(obj.name, "system:")

# The account that every namespace has, in the set to take its token away.
_is_made_by_others(obj) if {
	obj.object.kind == "ServiceAccount"
	obj.name == "default"
}

# METADATA
# description: What an object says itself, by key; what is empty says nothing.
own(obj) := _said([k8s.annotations(obj), k8s.labels(obj)])

# The first of the sources decides.
_said(sources) := _union(array.reverse([_texts(source) | some source in sources]))

# Compiled to WebAssembly, the union of no objects at all is undefined.
_union(objects) := object.union_n(array.concat([{}], objects))

_texts(source) := {key: value |
	some key, value in source
	is_string(value)
	trim_space(value) != ""
}

# METADATA
# description: Where an object says something itself; else where it belongs.
place(obj, key) := ["metadata", "labels", key] if {
	is_string(k8s.labels(obj)[key])
} else := ["metadata", "annotations", key]

_inherited(obj) := _union([
	_kustomized,
	_applied(obj),
	_released(obj),
	object.get(_namespaces, obj.namespace, {}),
])

_namespaces := {name: said |
	some name in {obj.name | some obj in k8s.known_of_kind("Namespace")}
	said := _union([own(obj) | some obj in _by_name[name]])
}

_by_name[obj.name] contains obj if some obj in k8s.known_of_kind("Namespace")

# Kustomizations of the set add to all that they apply.
_kustomized := _union([_said([source]) |
	some obj in k8s.known_of_kind("Kustomization")
	k8s.group(obj.object.apiVersion) == "kustomize.config.k8s.io"
	some source in array.concat(
		[object.get(obj.object, field, null) | some field in ["commonAnnotations", "commonLabels"]],
		[entry.pairs | some entry in k8s.items_at(obj.object, ["labels"])],
	)
	is_object(source)
])

# Those of Flux, to what lies below their path.
_applied(obj) := _union([said |
	some [path, said] in _flux
	startswith(obj.file, path)
])

_flux := [[_folder(path), said] |
	some obj in k8s.known_of_kind("Kustomization")
	k8s.group(obj.object.apiVersion) == "kustomize.toolkit.fluxcd.io"
	path := obj.object.spec.path
	is_string(path)
	said := _common(obj)
	count(said) > 0
]

_folder(path) := trim(path, "./") if trim(path, "./") == ""

_folder(path) := concat("", [trim(path, "./"), "/"]) if trim(path, "./") != ""

_common(obj) := _said([source |
	some field in ["annotations", "labels"]
	source := object.get(obj.object, ["spec", "commonMetadata", field], null)
	is_object(source)
])

# The release that an object of a chart belongs to.
_released(obj) := _union([said |
	some name in _release_names(obj)
	some said in object.get(_releases, name, set())
])

_release_names(obj) := {name |
	some name in [
		object.get(k8s.annotations(obj), "meta.helm.sh/release-name", null),
		object.get(k8s.labels(obj), "app.kubernetes.io/instance", null),
		object.get(k8s.labels(obj), "release", null),
	]
	is_string(name)
}

_releases[name] contains said if {
	some kind in ["HelmRelease", "Application", "HelmChart"]
	some obj in k8s.known_of_kind(kind)
	some name in [obj.name, object.get(obj.object, ["spec", "releaseName"], "")]
	name != ""
	said := object.union(_common(obj), own(obj))
}

# METADATA
# description: A key as it is written in the rule's list, in which `<prefix>` stands for that of our annotations.
key(text) := replace(text, "<prefix>", settings.prefix)

# METADATA
# description: |
#   The keys of a list that nothing says of a bearer. The class is one of a secret, so that nothing else has to
#   have it.
missing(bearer, keys) := [wanted |
	some text in k8s.list(keys)
	wanted := key(text)
	not bearer.said[wanted]
	_has_to_say(bearer, wanted)
]

_has_to_say(bearer, _) if bearer.secret

_has_to_say(_, wanted) if wanted != settings.annotation("class")

# METADATA
# description: The objects whose own word on owner and class counts, those of `bearers` and Namespaces.
speakers := array.concat([bearer.obj | some bearer in bearers], [obj | some obj in k8s.of_kind("Namespace")])

# METADATA
# description: Names as a message shows them.
text(names) := concat(", ", [concat("", ["`", name, "`"]) | some name in names])
