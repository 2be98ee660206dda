# METADATA
# title: Where secret stores are reached, and whether they are verified
# description: |
#   Addresses and switches in judged objects that name a secret store: providers of External Secrets Operator,
#   connections of Vault Secrets Operator, classes of the CSI driver, annotations of injectors, issuers of
#   cert-manager, models of kagent.
package portcullis.lib.store_endpoints

import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.store_views as views

# METADATA
# description: "Addresses of stores, as `{obj, path, url}`."
addresses := [{"obj": obj, "path": path, "url": url} |
	some found in [_provider_scalars, _fields, _parameters, _marks]
	some [obj, path, url] in found
	is_string(url)
	_is_address_name(path[count(path) - 1])
]

_is_address_name(name) if {
	is_string(name)
	regex.match(`(?i)(url|uri|server|host|address|addr|endpoint|/service)$`, name)
}

# METADATA
# description: "Places that switch the verification of a store's certificate off, as `{obj, path}`."
unverified := [{"obj": obj, "path": path} |
	some found in [_provider_scalars, _fields, _parameters, _marks]
	some [obj, path, value] in found
	_is_off(path[count(path) - 1], value)
]

_is_off(name, value) if {
	is_string(name)
	regex.match(`(?i)(skip-?(tls-?)?verify|insecure(skiptlsverify|skipverify)?|ignoresslcertificate|disableverify)$`, name)
	views.is_on(value)
}

_is_off("verifyCA", false)

# What providers and generators hold, but for how to log in and what to send.
_provider_scalars := [[view.obj, array.concat(view.base, path), value] |
	some view in array.concat(views.stores, _remote_generators)
	walk(view.config, [path, value])
	count(path) > 0
	not path[0] in {"auth", "headers", "body", "data"}
	not is_object(value)
]

_remote_generators := [view |
	some view in views.generators
	view.kind in {"VaultDynamicSecret", "Webhook"}
]

_fields := array.concat(
	[[obj, ["spec", field], value] |
		some obj in connections
		some field in ["address", "skipTLSVerify"]
		value := obj.object.spec[field]
	],
	array.concat(
		[[obj, ["spec", "vault", "server"], obj.object.spec.vault.server] | some obj in issuers],
		[[obj, ["spec", "tls", "disableVerify"], obj.object.spec.tls.disableVerify] |
			some kind in ["ModelConfig", "RemoteMCPServer"]
			some obj in k8s.of_kind(kind)
			k8s.group(obj.object.apiVersion) == "kagent.dev"
		],
	),
)

# METADATA
# description: Judged connections of Vault Secrets Operator.
connections := [obj |
	some obj in k8s.of_kind("VaultConnection")
	views.is_vso(obj)
]

# METADATA
# description: Judged issuers of cert-manager that ask Vault.
issuers := [obj |
	some kind in ["Issuer", "ClusterIssuer"]
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == "cert-manager.io"
	is_object(obj.object.spec.vault)
]

_parameters := [[view.obj, ["spec", "parameters", name], value] |
	some view in views.classes
	some name, value in view.parameters
]

# Pods for the injectors, and what Bank-Vaults' webhook fills in.
_marks := [[obj, array.concat(place, [key]), value] |
	some obj in input.objects
	not obj.context
	some place in _annotation_places(obj)
	some key, value in views.object_at(obj.object, place)
	_is_injector_key(key)
]

_annotation_places(obj) := {array.concat(spec.metadata_path, ["annotations"]) | some spec in pods.specs(obj)} | _own_place(obj)

_own_place(obj) := {["metadata", "annotations"]} if {
	obj.object.kind in {"Secret", "ConfigMap"}
	obj.object.apiVersion == "v1"
} else := set()

_injector_keys := {
	"vault.hashicorp.com/service",
	"vault.hashicorp.com/tls-skip-verify",
	"vault.security.banzaicloud.io/vault-addr",
	"vault.security.banzaicloud.io/vault-skip-verify",
	"vault.security.bank-vaults.io/vault-addr",
	"vault.security.bank-vaults.io/vault-skip-verify",
	"secrets-webhook.security.bank-vaults.io/vault-addr",
	"secrets-webhook.security.bank-vaults.io/vault-skip-verify",
}

_is_injector_key(key) if key in _injector_keys

# METADATA
# description: |
#   Addresses of Vault inside of the cluster that are reached by TLS without a word about who signed the
#   certificate, as `{obj, path}`: the path at which that belongs.
unsigned := [{"obj": entry.obj, "path": entry.path} |
	some entry in array.flatten([
		[_trust(view.obj, view.base, view.config, "server", ["caBundle", "caProvider"]) | some view in views.vaults],
		[_trust(obj, ["spec"], views.object_at(obj.object, ["spec"]), "address", ["caCertSecretRef"]) | some obj in connections],
		[_trust(obj, ["spec", "vault"], obj.object.spec.vault, "server", ["caBundle", "caBundleSecretRef"]) | some obj in issuers],
	])
	not entry.obj.partial
	not entry.known
	startswith(entry.url, "https://")
	is_private(host(entry.url))
]

_trust(obj, base, config, address, names) := {
	"obj": obj,
	"path": array.concat(base, [names[0]]),
	"url": views.text_at(config, [address]),
	"known": count([1 | some name in names; not object.get(config, name, null) in {null, "", {}}]) > 0,
}

# METADATA
# description: The host of a URL, without its port; empty where there is none.
host(url) := found if {
	found := lower(regex.find_all_string_submatch_n(`^[A-Za-z]+://(?:[^@/?#]*@)?(\[[^\]]*\]|[^:/?#]+)`, url, 1)[0][1])
} else := ""

# METADATA
# description: Whether a host is the machine or the pod itself.
is_loopback(name) if regex.match(`^(localhost|.+\.localhost|127\.[0-9.]+|\[::1\])$`, name)

# METADATA
# description: Whether a host is one that no public authority signs a certificate for.
is_private(name) if regex.match(`(^[a-z0-9-]+|\.svc|\.svc\.cluster\.local|\.local|\.internal|\.cluster)$`, name)

# METADATA
# description: |
#   The namespace of a Service by its host name, else `otherwise`, that of who asks.
namespace_of(name, otherwise) := found if {
	found := regex.find_all_string_submatch_n(`^[a-z0-9-]+\.([a-z0-9-]+)(\.svc(\.[a-z0-9.-]+)?)?$`, name, 1)[0][1]
} else := otherwise if {
	regex.match(`^[a-z0-9-]+$`, name)
} else := ""
