# METADATA
# title: Secrets that something else writes anew
# description: |
#   A Secret belongs to a rotator where an operator's object in the set makes a Secret of its name,
#   where an owner reference names such an object, where a job may write it, or where the Secret itself
#   declares how it is rotated.
package portcullis.lib.rotation_owned

import data.portcullis.lib.k8s
import data.portcullis.lib.rotation
import data.portcullis.lib.rotation_eso as eso
import data.portcullis.lib.rotation_rotators as rotators

# METADATA
# description: Whether a rotator writes this Secret, an entry of `input.objects`.
is_owned(obj) if {
	some namespace in [obj.namespace, "*"]
	_targets[[namespace, obj.name]]
}

is_owned(obj) if {
	some owner in k8s.list(object.get(obj.object, ["metadata", "ownerReferences"], null))
	owner.kind in _owners
}

is_owned(obj) if rotators.is_written({"namespace": obj.namespace, "target": obj.name})

is_owned(obj) if {
	some name in ["rotation-interval", "rotated-by"]
	rotation.declared(obj, name)
}

_owners := {
	"ExternalSecret", "VaultStaticSecret", "VaultDynamicSecret", "VaultPKISecret", "HCPVaultSecretsApp",
	"Certificate", "SealedSecret",
}

_targets := (_external | _vault) | (_certificates | _provider_classes)

_external := {[view.namespace, view.target] | some view in eso.externals}

_vault := {[obj.namespace, obj.object.spec.destination.name] |
	some kind in ["VaultStaticSecret", "VaultDynamicSecret", "VaultPKISecret", "HCPVaultSecretsApp"]
	some obj in k8s.known_of_kind(kind)
}

_certificates := {[obj.namespace, obj.object.spec.secretName] |
	some obj in k8s.known_of_kind("Certificate")
	k8s.group(obj.object.apiVersion) == "cert-manager.io"
}

_provider_classes := {[obj.namespace, item.secretName] |
	some obj in k8s.known_of_kind("SecretProviderClass")
	some item in k8s.list(object.get(obj.object, ["spec", "secretObjects"], null))
}
