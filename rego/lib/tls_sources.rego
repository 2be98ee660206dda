# METADATA
# title: What issues the certificates that Secrets hold
# description: |
#   Places that name a Secret with a certificate, and what the set shows of where that Secret comes
#   from: cert-manager, a store, a job that makes certificates, or somebody by hand.
package portcullis.lib.tls_sources

import data.portcullis.lib.k8s
import data.portcullis.lib.rotation_eso as eso
import data.portcullis.lib.secret_uses

# METADATA
# description: |
#   Every judged place that needs the certificate in a Secret, an entry of `secret_uses`: listeners, and
#   workloads that take `tls.crt` or `tls.key` out of it. Optional ones are left out.
uses := [use |
	some use in secret_uses.judged
	use.optional != true
	_is_tls(use)
]

_is_tls(use) if use.mode == "tls"

_is_tls(use) if {
	use.mode == "env"
	use.key in _entries
}

_is_tls(use) if {
	use.mode in {"volume", "projected"}
	source := object.get(use.obj.object, array.slice(use.path, 0, count(use.path) - 1), {})
	some item in k8s.items_at(source, ["items"])
	item.key in _entries
}

_entries := {"tls.crt", "tls.key"}

# METADATA
# description: |
#   Whether the set shows where the Secret of a use comes from. Names are compared across namespaces
#   where one is not known, where the controller copies it, and for Istio, which looks for it beside the
#   proxies.
is_known(use) if {
	some namespace in {use.namespace, "*", ""}
	_made[[namespace, _name(use)]]
}

is_known(use) if {
	_looks_anywhere(use)
	_made_names[_name(use)]
}

is_known(use) if _copied_names[_name(use)]

_looks_anywhere(use) if use.namespace == ""

_looks_anywhere(use) if {
	use.obj.object.kind == "Gateway"
	k8s.group(use.obj.object.apiVersion) == "networking.istio.io"
}

# Contour takes `namespace/name`.
_looks_anywhere(use) if contains(use.name, "/")

_name(use) := parts[count(parts) - 1] if parts := split(use.name, "/")

# METADATA
# description: Whether the listener itself says who issues its certificate, cert-manager or the cloud.
says_issuer(obj) if {
	some key, _ in k8s.annotations(obj)
	key in (_issuer_annotations | _cloud_annotations)
}

# METADATA
# description: Whether a listener's annotations have cert-manager issue its certificate.
issued_by_cert_manager(obj) if {
	some key, _ in k8s.annotations(obj)
	key in _cert_manager_annotations
}

_cert_manager_annotations := {
	"cert-manager.io/issuer",
	"cert-manager.io/cluster-issuer",
	"certmanager.k8s.io/issuer",
	"certmanager.k8s.io/cluster-issuer",
	"kubernetes.io/tls-acme",
}

_issuer_annotations := _cert_manager_annotations | {"traefik.ingress.kubernetes.io/router.tls.certresolver"}

_cloud_annotations := {
	"alb.ingress.kubernetes.io/certificate-arn",
	"appgw.ingress.kubernetes.io/appgw-ssl-certificate",
	"ingress.gcp.kubernetes.io/pre-shared-cert",
	"networking.gke.io/managed-certificates",
	"networking.gke.io/certmap",
}

_made_names := {name | some [_, name] in _made}

_made := (((_issued | _annotated) | (_vault | _external)) | ((_provider_classes | _in_git) | _generated)) | _by_jobs

_issued := {[obj.namespace, obj.object.spec.secretName] | some obj in _certificates}

_certificates := [obj |
	some obj in k8s.known_of_kind("Certificate")
	k8s.group(obj.object.apiVersion) in {"cert-manager.io", "certmanager.k8s.io"}
]

# One annotated Ingress is enough for all that share the Secret.
_annotated := {[use.namespace, use.name] |
	some use in secret_uses.known
	use.mode == "tls"
	says_issuer(use.obj)
}

_vault := {[obj.namespace, obj.object.spec.destination.name] |
	some kind in ["VaultPKISecret", "VaultStaticSecret", "VaultDynamicSecret", "HCPVaultSecretsApp"]
	some obj in k8s.known_of_kind(kind)
}

_external := {[view.namespace, view.target] | some view in eso.externals}

_provider_classes := {[obj.namespace, item.secretName] |
	some obj in k8s.known_of_kind("SecretProviderClass")
	some item in k8s.items_at(obj.object, ["spec", "secretObjects"])
}

# What stands in Git is known; whether it has a schedule is the question of another rule.
_in_git := {[obj.namespace, obj.name] |
	some kind in ["Secret", "SealedSecret"]
	some obj in k8s.known_of_kind(kind)
}

_generated := {["*", item.name] |
	some obj in k8s.known_of_kind("Kustomization")
	some item in k8s.items_at(obj.object, ["secretGenerator"])
}

# The job that makes the certificate of a webhook says so: `--secret-name=…`.
_by_jobs := {[obj.namespace, trim_prefix(word, "--secret-name=")] |
	some kind in ["Job", "CronJob"]
	some obj in k8s.known_of_kind(kind)
	walk(obj.object.spec, [_, word])
	is_string(word)
	startswith(word, "--secret-name=")
}

# A controller copies these Secrets into other namespaces.
_copied_names := {name |
	some obj in array.concat(_certificates, k8s.known_of_kind("Secret"))
	some annotations in [k8s.annotations(obj), object.get(obj.object, ["spec", "secretTemplate", "annotations"], {})]
	some key, _ in annotations
	is_string(key)
	startswith(key, _copiers[_])
	name := object.get(obj.object, ["spec", "secretName"], obj.name)
}

_copiers := ["reflector.v1.k8s.emberstack.com/", "replicator.v1.mittwald.de/"]
