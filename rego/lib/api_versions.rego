# METADATA
# title: Versions of APIs that the rules know
package portcullis.lib.api_versions

# METADATA
# description: |
#   By API group, the versions whose fields the rules know. What a newer one has in other places is not seen.
known := {
	"apps": {"v1", "v1beta1", "v1beta2"},
	"batch": {"v1", "v1beta1", "v2alpha1"},
	"rbac.authorization.k8s.io": {"v1", "v1beta1", "v1alpha1"},
	"networking.k8s.io": {"v1", "v1beta1", "v1alpha1"},
	"admissionregistration.k8s.io": {"v1", "v1beta1", "v1alpha1"},
	"external-secrets.io": {"v1", "v1beta1", "v1alpha1"},
	"generators.external-secrets.io": {"v1alpha1"},
	"secrets.hashicorp.com": {"v1beta1"},
	"secrets-store.csi.x-k8s.io": {"v1", "v1alpha1"},
	"bitnami.com": {"v1alpha1"},
	"cert-manager.io": {"v1", "v1beta1", "v1alpha3", "v1alpha2"},
	"argoproj.io": {"v1alpha1"},
	"kustomize.toolkit.fluxcd.io": {"v1", "v1beta2", "v1beta1"},
	"helm.toolkit.fluxcd.io": {"v2", "v2beta2", "v2beta1"},
	"source.toolkit.fluxcd.io": {"v1", "v1beta2", "v1beta1"},
	"agents.x-k8s.io": {"v1beta1", "v1alpha1"},
	"extensions.agents.x-k8s.io": {"v1beta1", "v1alpha1"},
	"kagent.dev": {"v1alpha2", "v1alpha1"},
	"security.istio.io": {"v1", "v1beta1"},
	"cilium.io": {"v2", "v2alpha1"},
	"kyverno.io": {"v1", "v2", "v2beta1", "v2alpha1", "v1beta1", "v1alpha2", "v1alpha1"},
	"policies.kyverno.io": {"v1", "v1beta1", "v1alpha1"},
	"constraints.gatekeeper.sh": {"v1beta1", "v1alpha1"},
	"serving.knative.dev": {"v1", "v1beta1", "v1alpha1"},
	"tekton.dev": {"v1", "v1beta1", "v1alpha1"},
	"keda.sh": {"v1alpha1"},
}

# METADATA
# description: Whether the rules know the group of an `apiVersion`, and not the version.
is_unknown(api_version) if {
	[group, version] := split(api_version, "/")
	versions := known[group]
	not version in versions
	regex.match(`^v\d+((alpha|beta)\d+)?$`, version)
}
