# METADATA
# title: Long-lived credentials with which controllers reach a store or a cloud
# description: |
#   Every place in the judged objects that hands a controller a stored credential where an identity of the
#   workload would do, as `{obj, path, method, platform, kind}`: `method` is a name such as `aws.secretRef`,
#   `platform` is `aws`, `gcp`, `azure`, `vault` or `kubernetes`, and `kind` says which controller it is for.
package portcullis.lib.store_static_auth

import data.portcullis.lib.k8s
import data.portcullis.lib.store_views as views

# METADATA
# description: All of them, in any order.
methods := array.flatten([_stores, _generators, _vaults, _vault_operator, _issuers, _crossplane])

# Provider, way below its settings, method, platform. A session token beside the keys says that they expire.
_stores := array.concat(
	[entry |
		some view in views.stores
		some place in object.get(_store_places, view.provider, [])
		_is_set(view.config, place.path)
		not _is_session(view.config, place.path)
		entry := _entry(view, place, "store")
	],
	[_entry(view, {"path": ["authSecretRef", "clientSecret"], "method": "azurekv.clientSecret", "platform": "azure"}, "store") |
		some view in views.stores
		view.provider == "azurekv"
		object.get(view.config, "authType", null) in {null, "", "ServicePrincipal"}
		_is_set(view.config, ["authSecretRef", "clientSecret"])
	],
)

_store_places := {
	"aws": [{"path": ["auth", "secretRef"], "method": "aws.secretRef", "platform": "aws"}],
	"gcpsm": [{"path": ["auth", "secretRef"], "method": "gcpsm.secretRef", "platform": "gcp"}],
	"kubernetes": [
		{"path": ["auth", "token"], "method": "kubernetes.token", "platform": "kubernetes"},
		{"path": ["auth", "cert"], "method": "kubernetes.cert", "platform": "kubernetes"},
	],
}

_generators := [_entry(view, place, "generator") |
	some view in views.generators
	some place in object.get(_generator_places, view.kind, [])
	_is_set(view.config, place.path)
	not _is_session(view.config, place.path)
]

# An STSSessionToken exchanges long-lived keys for short ones, and still needs the long-lived ones.
_generator_places := {
	"ECRAuthorizationToken": [{"path": ["auth", "secretRef"], "method": "aws.secretRef", "platform": "aws"}],
	"STSSessionToken": [{"path": ["auth", "secretRef"], "method": "aws.secretRef", "platform": "aws"}],
	"GCRAccessToken": [{"path": ["auth", "secretRef"], "method": "gcpsm.secretRef", "platform": "gcp"}],
	"ACRAccessToken": [{"path": ["auth", "servicePrincipal", "secretRef"], "method": "acr.servicePrincipal", "platform": "azure"}],
}

_vaults := [_entry(view, object.union(place, {"platform": "vault"}), place.kind) |
	some view in views.vaults
	some place in _vault_places
	_is_set(view.config, place.path)
	not _is_session(view.config, place.path)
]

_vault_places := [
	{"path": ["auth", "tokenSecretRef"], "method": "vault.tokenSecretRef", "kind": "store"},
	{"path": ["auth", "userPass"], "method": "vault.userPass", "kind": "store"},
	{"path": ["auth", "ldap"], "method": "vault.ldap", "kind": "store"},
	{"path": ["auth", "appRole"], "method": "vault.appRole", "kind": "app-role"},
	{"path": ["auth", "kubernetes", "secretRef"], "method": "vault.kubernetes.secretRef", "kind": "store"},
	{"path": ["auth", "iam", "secretRef"], "method": "vault.iam.secretRef", "kind": "store"},
]

_vault_operator := array.concat(
	[{"obj": obj, "path": ["spec", "method"], "method": "vso.appRole", "platform": "vault", "kind": "vault-operator"} |
		some obj in k8s.of_kind("VaultAuth")
		views.is_vso(obj)
		obj.object.spec.method == "appRole"
	],
	[{"obj": obj, "path": path, "method": method, "platform": "vault", "kind": "vault-operator"} |
		some kind, places in {
			"VaultAuth": [["aws", "secretRef"], ["jwt", "secretRef"]],
			"VaultAuthGlobal": [["aws", "secretRef"], ["jwt", "secretRef"], ["appRole"]],
		}
		some obj in k8s.of_kind(kind)
		views.is_vso(obj)
		some place in places
		path := array.concat(["spec"], place)
		_is_set(obj.object, path)
		method := concat(".", array.concat(["vso"], place))
	],
)

_issuers := array.concat(
	[object.union(place, {"obj": obj, "path": array.concat(["spec", "vault"], place.path), "kind": "issuer"}) |
		some obj in _all_issuers
		some place in _issuer_places
		_is_set(obj.object, array.concat(["spec", "vault"], place.path))
	],
	[object.union(place, {"obj": obj, "path": path, "kind": "issuer"}) |
		some obj in _all_issuers
		some index, solver in k8s.items_at(obj.object, ["spec", "acme", "solvers"])
		some place in _solver_places
		_is_set(solver, array.concat(["dns01"], place.path))
		path := array.flatten(["spec", "acme", "solvers", index, "dns01", place.path])
	],
)

_all_issuers := [obj |
	some kind in ["Issuer", "ClusterIssuer"]
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == "cert-manager.io"
]

_issuer_places := [
	{"path": ["auth", "tokenSecretRef"], "method": "cert-manager.vault.tokenSecretRef", "platform": "vault"},
	{"path": ["auth", "appRole"], "method": "cert-manager.vault.appRole", "platform": "vault"},
	{"path": ["auth", "kubernetes", "secretRef"], "method": "cert-manager.vault.kubernetes", "platform": "vault"},
]

# The secret part of each; a key id beside it is no finding of its own.
_solver_places := [
	{"path": ["route53", "secretAccessKeySecretRef"], "method": "cert-manager.route53", "platform": "aws"},
	{"path": ["cloudDNS", "serviceAccountSecretRef"], "method": "cert-manager.cloudDNS", "platform": "gcp"},
	{"path": ["azureDNS", "clientSecretSecretRef"], "method": "cert-manager.azureDNS", "platform": "azure"},
]

# Providers of clouds, and Vault; most others have nothing but a token.
_crossplane := [{"obj": obj, "path": path, "method": "crossplane.Secret", "platform": platform, "kind": "crossplane"} |
	some kind in ["ProviderConfig", "ClusterProviderConfig"]
	some obj in k8s.of_kind(kind)
	path := ["spec", "credentials", "source"]
	obj.object.spec.credentials.source == "Secret"
	found := regex.find_all_string_submatch_n(
		`^(?:[a-z0-9-]+\.)?(aws|gcp|azuread|azure|vault)(?:\.m)?\.(?:upbound\.io|crossplane\.io)$`,
		k8s.group(obj.object.apiVersion), 1,
	)
	platform := replace(found[0][1], "azuread", "azure")
]

_entry(view, place, kind) := {
	"obj": view.obj,
	"path": array.concat(view.base, place.path),
	"method": place.method,
	"platform": place.platform,
	"kind": kind,
}

_is_set(value, path) if {
	is_object(value)
	not object.get(value, path, null) in {null, "", {}}
}

_is_session(value, path) if _is_set(value, array.concat(path, ["sessionTokenSecretRef"]))
