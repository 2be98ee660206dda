# METADATA
# title: Which products secrets come from
# description: |
#   The stores that judged objects name, by the names that External Secrets Operator has for them, whatever
#   reads from them.
package portcullis.lib.store_kinds

import data.portcullis.lib.k8s
import data.portcullis.lib.store_views as views

# METADATA
# description: |
#   Stores that are there for tests, as `{obj, path, name}`; not those that only a controller for mocks
#   picks up.
fakes := array.flatten([
	[{"obj": view.obj, "path": view.base, "name": "fake"} |
		some view in views.stores
		view.provider == "fake"
		not _is_for_mocks(view.obj)
	],
	[{"obj": view.obj, "path": view.kind_path, "name": "Fake"} |
		some view in views.generators
		view.kind == "Fake"
		not _is_for_mocks(view.obj)
	],
	[{"obj": view.obj, "path": ["spec", "provider"], "name": view.provider} |
		some view in views.classes
		_is_test_provider(view.provider)
	],
])

_is_test_provider(name) if regex.match(`^(fake|e2e|mock)([-_].*)?$`, name)

_is_for_mocks(obj) if {
	some word in regex.split(`[-_.]`, lower(views.text_at(obj.object, ["spec", "controller"])))
	word in {"mock", "mocks", "fake", "test", "tests", "ci", "e2e"}
}

# METADATA
# description: All other stores, as `{obj, path, name}`; what is filled in later is left out.
stores := array.flatten([
	[{"obj": view.obj, "path": view.base, "name": view.provider} |
		some view in views.stores
		view.provider != "fake"
	],
	[{"obj": view.obj, "path": ["spec", "provider"], "name": object.get(_providers, view.provider, view.provider)} |
		some view in views.classes
		view.provider != ""
		not _is_test_provider(view.provider)
		not views.is_template(view.provider)
	],
	[{"obj": obj, "path": ["kind"], "name": "vault"} |
		some kind in ["VaultConnection", "VaultAuth", "VaultAuthGlobal"]
		some obj in k8s.of_kind(kind)
		views.is_vso(obj)
	],
])

# What the CSI driver's providers are called.
_providers := {"azure": "azurekv", "gcp": "gcpsm", "gke": "gcpsm", "openbao": "openBao"}

# METADATA
# description: |
#   Where a store of the provider `kubernetes` says that it reads another namespace or cluster with a stored
#   token, or with a kubeconfig, as `[obj, path]`.
foreign := [[view.obj, path] |
	some view in views.stores
	view.provider == "kubernetes"
	path := array.concat(view.base, _foreign_place(view))
]

_foreign_place(view) := ["authRef"] if {
	is_object(view.config.authRef)
} else := ["server", "url"] if {
	is_object(view.config.auth.token.bearerToken)
	_is_foreign(view.config.server.url)
} else := ["remoteNamespace"] if {
	is_object(view.config.auth.token.bearerToken)
	namespace := view.config.remoteNamespace
	is_string(namespace)
	not namespace in {"", view.obj.namespace}
}

_is_foreign(url) if {
	is_string(url)
	url != ""
	not regex.match(`^(https://)?(kubernetes\.default(\.svc.*)?|127\.0\.0\.1|localhost)(:[0-9]+)?/?$`, url)
}

# METADATA
# description: Objects of stores that are no longer maintained, as `{obj, name}`.
retired := array.concat(
	[{"obj": obj, "name": "HCP Vault Secrets"} |
		some kind in ["HCPAuth", "HCPVaultSecretsApp"]
		some obj in k8s.of_kind(kind)
		views.is_vso(obj)
	],
	[{"obj": obj, "name": "An external secret store of Crossplane"} |
		some obj in k8s.of_kind("StoreConfig")
		regex.match(`(^|\.)(crossplane\.io|upbound\.io)$`, k8s.group(obj.object.apiVersion))
	],
)
