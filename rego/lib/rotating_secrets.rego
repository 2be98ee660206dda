# METADATA
# title: Secrets whose content changes while workloads run, and what makes it change
package portcullis.lib.rotating_secrets

import data.portcullis.lib.k8s
import data.portcullis.lib.rotation
import data.portcullis.lib.rotation_eso as eso
import data.portcullis.lib.rotation_sources as sources
import data.portcullis.lib.rotation_stores as stores
import data.portcullis.lib.secret_uses
import data.portcullis.lib.tls_sources

# METADATA
# description: |
#   How the content of a Secret changes: `lease` where the old value stops working by itself,
#   `certificate`, `value` where something rotates it, `sync` where it follows a store of which nothing
#   says that it rotates. Undefined where the set shows none of it, or declares it `static` or no credential.
how(namespace, name) := kinds[0] if {
	not _is_static(namespace, name)
	kinds := [kind |
		some kind in ["lease", "certificate", "value", "sync"]
		_is(kind, namespace, name)
	]
}

_is("lease", namespace, name) if _leased[[namespace, name]]

_is("certificate", namespace, name) if _certified[[namespace, name]]

_is("value", namespace, name) if _fixed_by_vault[[namespace, name]]

_is("value", namespace, name) if sources.state(namespace, name) == "rotated"

_is("sync", namespace, name) if {
	some there in [namespace, "*"]
	_synced[[there, name]]
}

# METADATA
# description: |
#   How a SecretProviderClass' content changes, by its namespace and name: `value` where something is
#   declared to rotate it.
provider_class(namespace, name) := "value" if _rotated_classes[[namespace, name]]

# METADATA
# description: Every known object that makes the Secret.
makers(namespace, name) := object.get(_makers, [[namespace, name]], [])

_is_static(namespace, name) if {
	some maker in makers(namespace, name)
	rotation.is_static(maker)
}

_is_static(namespace, name) if {
	some maker in makers(namespace, name)
	rotation.class_of(maker) == "non-credential"
}

_leased := {[obj.namespace, name] |
	some obj in _vault("VaultDynamicSecret")
	not _is_static_role(obj.object.spec)
	name := obj.object.spec.destination.name
} | {[view.namespace, view.target] |
	some view in eso.externals
	eso.refreshes(view)
	some generator in eso.generators(view)
	not generator.kind in (eso.minting_kinds | {"", "?", "Webhook", "Fake"})
}

# A user that Vault keeps, with a password that it changes.
_fixed_by_vault := {[obj.namespace, name] |
	some obj in _vault("VaultDynamicSecret")
	_is_static_role(obj.object.spec)
	name := obj.object.spec.destination.name
}

_is_static_role(spec) if spec.allowStaticCreds == true

_is_static_role(spec) if {
	is_string(spec.path)
	"static-creds" in split(spec.path, "/")
}

_certified := {[obj.namespace, name] |
	some obj in _vault("VaultPKISecret")
	name := obj.object.spec.destination.name
} | ({[obj.namespace, name] |
	some obj in _cert_manager
	object.get(obj.object, ["spec", "renewal", "policy"], "") != "Disabled"
	name := obj.object.spec.secretName
} | {[use.namespace, use.name] |
	some use in secret_uses.known
	use.mode == "tls"
	tls_sources.issued_by_cert_manager(use.obj)
})

_cert_manager := [obj |
	some obj in k8s.known_of_kind("Certificate")
	k8s.group(obj.object.apiVersion) == "cert-manager.io"
]

_vault(kind) := [obj |
	some obj in k8s.known_of_kind(kind)
	k8s.group(obj.object.apiVersion) == "secrets.hashicorp.com"
]

_synced := {[view.namespace, view.target] |
	some view in eso.externals
	object.get(view.spec, ["target", "creationPolicy"], "") != "None"
	object.get(view.spec, ["target", "immutable"], false) != true
	eso.refreshes(view)
} | {[obj.namespace, name] |
	some kind in ["VaultStaticSecret", "HCPVaultSecretsApp"]
	some obj in _vault(kind)
	name := obj.object.spec.destination.name
}

_rotated_classes := {[obj.namespace, obj.name] |
	some obj in k8s.known_of_kind("SecretProviderClass")
	_rotates(obj)
}

_rotates(obj) if {
	some annotation in ["rotation-interval", "rotated-by"]
	rotation.declared(obj, annotation)
}

_rotates(obj) if stores.rotates_provider_class(obj)

_makers := {place: objects |
	some place, ids in _maker_indices
	objects := [_made[index].obj | some index in ids]
}

_maker_indices[[made.namespace, made.name]] contains index if some index, made in _made

_made := array.flatten([
	[{"obj": view.obj, "namespace": view.namespace, "name": view.target} | some view in eso.externals],
	[{"obj": obj, "namespace": obj.namespace, "name": name} |
		some kind in ["VaultStaticSecret", "VaultDynamicSecret", "VaultPKISecret", "HCPVaultSecretsApp"]
		some obj in _vault(kind)
		name := obj.object.spec.destination.name
	],
	[{"obj": obj, "namespace": obj.namespace, "name": name} |
		some obj in _cert_manager
		name := obj.object.spec.secretName
	],
	[{"obj": obj, "namespace": obj.namespace, "name": obj.name} |
		some kind in ["Secret", "SealedSecret"]
		some obj in k8s.known_of_kind(kind)
	],
])
