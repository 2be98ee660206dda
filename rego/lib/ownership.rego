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
#   The objects that are being judged and that hold secrets or give access, as `{obj, secret, own}`; `secret`
#   says that it makes a Secret, and `own` is what it says itself. What a chart renders to is left out, since
#   its release speaks for it, and so is what others made: patches, owned objects, built-in roles.
bearers := [bearer |
	not regex.match(`^chart`, object.get(input, "unit", ""))
	some [obj, secret] in array.concat(_of_kinds, _agents)
	not obj.partial
	not _is_made_by_others(obj)
	bearer := {"obj": obj, "secret": secret, "own": own(obj)}
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
own(obj) := object.union(_texts(k8s.labels(obj)), _texts(k8s.annotations(obj)))

_texts(source) := {key: value |
	some key, value in source
	is_string(value)
	trim_space(value) != ""
}

# METADATA
# description: Where an object says something itself; else where it belongs.
place(obj, key) := ["metadata", "annotations", key] if {
	_texts(k8s.annotations(obj))[key]
} else := ["metadata", "labels", key] if {
	is_string(k8s.labels(obj)[key])
} else := ["metadata", "annotations", key]

# METADATA
# description: Whether a bearer has something under a key, of its own or from others.
says(bearer, wanted) if bearer.own[wanted]

says(_, wanted) if wanted in _of_kustomizations

says(bearer, wanted) if [bearer.obj.namespace, wanted] in _of_namespaces

says(bearer, wanted) if {
	some [folder, name] in _of_flux
	name == wanted
	startswith(bearer.obj.file, folder)
}

says(bearer, wanted) if {
	some name in _release_names(bearer.obj)
	[name, wanted] in _of_releases
}

# METADATA
# description: Whether anything has something under a key, which is asked before every bearer is.
is_said(wanted) if {
	some bearer in bearers
	bearer.own[wanted]
}

is_said(wanted) if wanted in _of_kustomizations

is_said(wanted) if {
	some [_, name] in ((_of_namespaces | _of_flux) | _of_releases)
	name == wanted
}

_of_namespaces := {[obj.name, name] |
	some obj in k8s.known_of_kind("Namespace")
	some name, _ in own(obj)
}

# Kustomizations of the set add to all that they apply.
_of_kustomizations := {name |
	some obj in k8s.known_of_kind("Kustomization")
	k8s.group(obj.object.apiVersion) == "kustomize.config.k8s.io"
	some source in array.concat(
		[object.get(obj.object, field, null) | some field in ["commonAnnotations", "commonLabels"]],
		[entry.pairs | some entry in k8s.items_at(obj.object, ["labels"])],
	)
	some name, _ in _texts(source)
}

# Those of Flux, to what lies below their path.
_of_flux := {[_folder(path), name] |
	some obj in k8s.known_of_kind("Kustomization")
	k8s.group(obj.object.apiVersion) == "kustomize.toolkit.fluxcd.io"
	path := obj.object.spec.path
	is_string(path)
	some name in _common(obj)
}

_folder(path) := trim(path, "./") if trim(path, "./") == ""

_folder(path) := concat("", [trim(path, "./"), "/"]) if trim(path, "./") != ""

_common(obj) := {name |
	some field in ["annotations", "labels"]
	some name, _ in _texts(object.get(obj.object, ["spec", "commonMetadata", field], null))
}

_release_names(obj) := {name |
	some name in [
		object.get(k8s.annotations(obj), "meta.helm.sh/release-name", null),
		object.get(k8s.labels(obj), "app.kubernetes.io/instance", null),
		object.get(k8s.labels(obj), "release", null),
	]
	is_string(name)
}

# The release that an object of a chart belongs to.
_of_releases := {[release, name] |
	some kind in ["HelmRelease", "Application", "HelmChart"]
	some obj in k8s.known_of_kind(kind)
	some release in [obj.name, object.get(obj.object, ["spec", "releaseName"], "")]
	some name in (_common(obj) | object.keys(own(obj)))
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
	not says(bearer, wanted)
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
