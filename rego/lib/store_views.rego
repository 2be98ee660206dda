# METADATA
# title: Stores, generators and provider classes, as the rules about stores read them
# description: |
#   A store is a SecretStore or ClusterSecretStore of External Secrets Operator; a generator is one of its
#   kinds that make values, also inside of a ClusterGenerator; a class is a SecretProviderClass of the CSI
#   driver.
package portcullis.lib.store_views

import data.portcullis.lib.evidence
import data.portcullis.lib.k8s

# METADATA
# description: |
#   `{obj, base, provider, config}` of each known store: `base` is the path of the provider's settings,
#   `provider` its key, such as `vault`, and `config` the settings.
known_stores := [view |
	some kind in ["SecretStore", "ClusterSecretStore"]
	some obj in k8s.known_of_kind(kind)
	is_eso(obj)
	some provider, config in object_at(obj.object, ["spec", "provider"])
	view := {
		"obj": obj,
		"base": ["spec", "provider", provider],
		"provider": provider,
		"config": object_at(config, []),
	}
]

# METADATA
# description: The stores that are being judged.
stores := [view | some view in known_stores; not view.obj.context]

# METADATA
# description: |
#   `{obj, base, kind, kind_path, config}` of each judged generator: `kind` is what a ClusterGenerator stands
#   for.
generators := array.concat(_generators, _cluster_generators)

# METADATA
# description: Kinds of generators of External Secrets Operator.
generator_kinds := {
	"ACRAccessToken", "BeyondtrustWorkloadCredentialsDynamicSecret", "CloudsmithAccessToken", "ECRAuthorizationToken",
	"Fake", "GCRAccessToken", "GithubAccessToken", "Grafana", "MFA", "Password", "QuayAccessToken", "SSHKey",
	"STSSessionToken", "UUID", "VaultDynamicSecret", "Webhook",
}

_generators := [view |
	some kind in generator_kinds
	some obj in k8s.of_kind(kind)
	_is_generator(obj)
	view := {
		"obj": obj,
		"base": ["spec"],
		"kind": kind,
		"kind_path": ["kind"],
		"config": object_at(obj.object, ["spec"]),
	}
]

_cluster_generators := [view |
	some obj in k8s.of_kind("ClusterGenerator")
	_is_generator(obj)
	kind := obj.object.spec.kind
	is_string(kind)
	some key, config in object_at(obj.object, ["spec", "generator"])
	view := {
		"obj": obj,
		"base": ["spec", "generator", key],
		"kind": kind,
		"kind_path": ["spec", "kind"],
		"config": object_at(config, []),
	}
]

_is_generator(obj) if k8s.group(obj.object.apiVersion) == "generators.external-secrets.io"

# METADATA
# description: "`{obj, provider, parameters}` of each judged SecretProviderClass."
classes := [view |
	some obj in k8s.of_kind("SecretProviderClass")
	startswith(k8s.group(obj.object.apiVersion), "secrets-store.csi.")
	view := {
		"obj": obj,
		"provider": text_at(obj.object, ["spec", "provider"]),
		"parameters": object_at(obj.object, ["spec", "parameters"]),
	}
]

# METADATA
# description: |
#   The settings of Vault or OpenBao in stores and in generators that ask it, as `{obj, base, config}`.
vaults := array.concat(
	[view | some view in stores; view.provider in {"vault", "openBao"}],
	[{
		"obj": view.obj,
		"base": array.concat(view.base, ["provider"]),
		"config": object_at(view.config, ["provider"]),
	} |
		some view in generators
		view.kind == "VaultDynamicSecret"
	],
)

# METADATA
# description: Whether an object is of External Secrets Operator's own group, generators aside.
is_eso(obj) if k8s.group(obj.object.apiVersion) == "external-secrets.io"

# METADATA
# description: Whether an object is of Vault Secrets Operator's group.
is_vso(obj) if k8s.group(obj.object.apiVersion) == "secrets.hashicorp.com"

# METADATA
# description: The object at `path` of `value`, else an empty one.
object_at(value, path) := found if {
	found := _at(value, path)
	is_object(found)
} else := {}

# METADATA
# description: The text at `path` of `value`, else an empty one.
text_at(value, path) := found if {
	found := _at(value, path)
	is_string(found)
} else := ""

_at(value, []) := value

_at(value, path) := object.get(value, path, null) if {
	is_object(value)
	count(path) > 0
}

# METADATA
# description: |
#   Whether an object is there for tests: its namespace matches one of `namespaces`, or its file one of
#   `globs`.
is_test(obj, namespaces, _) if matches_any(namespaces, obj.namespace)

is_test(obj, _, globs) if {
	some pattern in k8s.list(globs)
	evidence.matches_glob(pattern, obj.file)
}

# METADATA
# description: Whether a name matches one of `patterns`, in which `*` stands for any text; case does not count.
matches_any(patterns, name) if {
	some pattern in k8s.list(patterns)
	is_string(pattern)
	glob.match(lower(pattern), ["/"], lower(name))
}

# METADATA
# description: Whether a value means on, as a boolean or as a text.
is_on(value) if value in {true, "true", "True", "TRUE", "t", "T", "1", 1}

# METADATA
# description: Whether a value is filled in later as a whole, such as `${VAULT_ADDR}`.
is_template(value) if regex.match(`^\s*(\{\{|\$[({A-Za-z_]|<)`, value)
