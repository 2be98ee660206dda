# METADATA
# title: Objects that make Secrets, and what rotates their content
# description: |
#   Every producer of a Secret whose content has no schedule of its own, as `{obj, kind, namespace,
#   target}`; `kind` is `sync` where the content comes from a store, `git` where it stands in Git. What
#   brings its own schedule (leases, certificates, generators that are refreshed, store objects with a
#   rotation) is left out, and so are Secrets that something else fills or owns.
package portcullis.lib.rotation_producers

import data.portcullis.lib.k8s
import data.portcullis.lib.rotation
import data.portcullis.lib.rotation_consumers as consumers
import data.portcullis.lib.rotation_eso as eso
import data.portcullis.lib.rotation_stores as stores

# METADATA
# description: |
#   Producers that need a declared schedule: judged objects, no patches, nothing that is declared to
#   be no credential, and nothing whose consumers are all scaled to zero.
unscheduled := [producer |
	some producer in _candidates
	rotation.class_of(producer.obj) != "non-credential"
	not consumers.only_idle(producer.namespace, producer.target)
]

_candidates[view.obj.id] := {"obj": view.obj, "kind": "sync", "namespace": view.namespace, "target": view.target} if {
	some view in eso.externals
	_is_judged(view.obj)
	object.get(view.spec, ["target", "creationPolicy"], "") != "None"
	not _generated(view)
	not stores.rotates_external(view)
	not _certificates[[view.namespace, view.target]]
}

_candidates[obj.id] := {"obj": obj, "kind": "sync", "namespace": obj.namespace, "target": target} if {
	some obj in k8s.of_kind("VaultStaticSecret")
	k8s.group(obj.object.apiVersion) == "secrets.hashicorp.com"
	_is_judged(obj)
	is_object(obj.object.spec)
	target := object.get(obj.object, ["spec", "destination", "name"], obj.name)
}

_candidates[obj.id] := {"obj": obj, "kind": "sync", "namespace": obj.namespace, "target": ""} if {
	some obj in k8s.of_kind("SecretProviderClass")
	_is_judged(obj)
	is_object(obj.object.spec)
	not stores.rotates_provider_class(obj)
}

_candidates[obj.id] := {"obj": obj, "kind": "git", "namespace": obj.namespace, "target": target} if {
	some obj in k8s.of_kind("SealedSecret")
	_is_judged(obj)
	count(object.get(obj.object, ["spec", "encryptedData"], {})) > 0
	target := object.get(obj.object, ["spec", "template", "metadata", "name"], obj.name)
}

_candidates[obj.id] := {"obj": obj, "kind": "git", "namespace": obj.namespace, "target": obj.name} if {
	some obj in k8s.of_kind("Secret")
	obj.object.apiVersion == "v1"
	_is_judged(obj)
	_holds_credentials(obj)
	not object.get(obj.object, "type", "") in _managed_types
	not _is_managed(obj)
	not _filled_by_others[[obj.namespace, obj.name]]
}

_is_judged(obj) if {
	not obj.partial
	not obj.context
}

# A generator makes a new value with every refresh, or a token that expires.
_generated(view) if {
	made := eso.generators(view)
	count(made) > 0
	count(made) == count(k8s.list(view.spec.dataFrom))
	count(k8s.list(object.get(view.spec, "data", null))) == 0
	eso.refreshes(view)
}

# Tokens of ServiceAccounts have a rule of their own; the state of a Helm release is none of ours;
# bootstrap tokens carry their own end.
_managed_types := {
	"kubernetes.io/service-account-token",
	"helm.sh/release.v1",
	"bootstrap.kubernetes.io/token",
}

# What a controller made and keeps, exported into Git.
_is_managed(obj) if count(k8s.list(object.get(obj.object, ["metadata", "ownerReferences"], null))) > 0

_is_managed(obj) if {
	some key, _ in k8s.annotations(obj)
	key in {
		"cert-manager.io/certificate-name",
		"reflector.v1.k8s.emberstack.com/reflects",
		"replicator.v1.mittwald.de/replicate-from",
		"sealedsecrets.bitnami.com/managed",
	}
}

# Only what the detectors take for a credential: names, hosts and public certificates do not rotate.
_holds_credentials(obj) if {
	some evidence in obj.evidence
	evidence.path[0] in {"data", "stringData"}
	_is_credential(evidence)
}

# SOPS leaves the names in the clear, and all values are ciphertext.
_holds_credentials(obj) if {
	is_object(obj.object.sops)
	some field in ["data", "stringData"]
	count(object.get(obj.object, field, {})) > 0
}

# Who declares an interval says that there is something to rotate, wherever its value comes from.
_holds_credentials(obj) if rotation.declared(obj, "rotation-interval")

_is_credential(evidence) if evidence.class in {"likely", "weak", "hash", "encrypted"}

_is_credential(evidence) if {
	evidence.kind != "credential"
	not evidence.class in {"placeholder", "reference", "public", "empty"}
}

_filled_by_others := (_vault | _external) | _certificates

_vault := {[obj.namespace, obj.object.spec.destination.name] |
	some kind in ["VaultStaticSecret", "VaultDynamicSecret", "VaultPKISecret", "HCPVaultSecretsApp"]
	some obj in k8s.known_of_kind(kind)
}

_external := {[view.namespace, view.target] | some view in eso.externals}

_certificates := {[obj.namespace, obj.object.spec.secretName] |
	some obj in k8s.known_of_kind("Certificate")
	k8s.group(obj.object.apiVersion) == "cert-manager.io"
}
