# METADATA
# title: How Flux keeps tenants apart
# related_resources:
#   - ref: https://fluxcd.io/flux/installation/configuration/multitenancy/
package portcullis.lib.flux_tenancy

import data.portcullis.lib.k8s
import data.portcullis.lib.pods

# METADATA
# description: |
#   Flux's Kustomizations and HelmReleases that are being judged, without those of the platform itself:
#   objects in `flux-system`, or whose namespace or name is in the list `platform`. Patches say nothing
#   about what they leave out, so those are left out, too.
reconcilers(platform) := [obj |
	some kind, group in {"Kustomization": "kustomize.toolkit.fluxcd.io", "HelmRelease": "helm.toolkit.fluxcd.io"}
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == group
	not obj.partial
	not obj.namespace in ({"flux-system"} | {name | some name in platform})
	not obj.name in platform
]

# METADATA
# description: |
#   Whether a reconciler applies with the controller's own rights: it names no ServiceAccount, the
#   cluster is not another one (`kubeConfig`), and no controller in the set has a default account.
uses_controller_rights(obj) if {
	object.get(obj.object, ["spec", "serviceAccountName"], "") in {"", null}
	not is_object(object.get(obj.object, ["spec", "kubeConfig"], null))
	not _has_default_account
}

# METADATA
# description: |
#   The places of a reconciler's references to a source in another namespace. None where a controller in
#   the set refuses those.
foreign_sources(obj) := {array.concat(way, ["namespace"]) |
	not _refuses_foreign
	some way in [
		["spec", "sourceRef"],
		["spec", "chart", "spec", "sourceRef"],
		["spec", "chartRef"],
	]
	namespace := object.get(obj.object, array.concat(way, ["namespace"]), "")
	is_string(namespace)
	namespace != ""
	obj.namespace != ""
	namespace != obj.namespace
}

_has_default_account if {
	some text in _flags
	contains(text, "--default-service-account=")
}

_refuses_foreign if {
	some text in _flags
	contains(text, "--no-cross-namespace-refs")
	not contains(text, "--no-cross-namespace-refs=false")
}

# Flags of the controllers, and patches of a kustomization that set them.
_flags contains text if {
	some obj in k8s.known_of_kind("Deployment")
	obj.name in {"kustomize-controller", "helm-controller"}
	some container in pods.containers(obj)
	some text in k8s.items_at(container.container, ["args"])
	is_string(text)
}

_flags contains text if {
	some obj in k8s.known_of_kind("Kustomization")
	k8s.group(obj.object.apiVersion) == "kustomize.config.k8s.io"
	some patch in k8s.items_at(obj.object, ["patches"])
	text := patch.patch
	is_string(text)
}

# The Flux Operator's own object for an installation.
_flags contains "--default-service-account= --no-cross-namespace-refs" if {
	some obj in k8s.known_of_kind("FluxInstance")
	obj.object.spec.cluster.multitenant == true
}
