# METADATA
# title: What makes the Secrets of a set
# description: |
#   Producers are `{obj, namespace, name, kind, path}`: the Secret that `obj` makes, in `namespace`, or in all of
#   them for `*`; `path` is where the object says so. `kind` is `store` for what reads a store, `sealed`,
#   `certificate`, `connection` for what an operator hands out, or `plain` for a manifest of the Secret itself.
package portcullis.lib.secret_producers

import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.rotation_eso as eso

# METADATA
# description: |
#   All producers that are known, also outside of the judged unit. Secrets that a controller copies into other
#   namespaces count for all of them.
known := array.concat(_made, [object.union(made, {"namespace": "*"}) | some made in _made; _is_copied(made.obj)])

_made := [made |
	some found in [writers, _others, _plain, _jobs]
	some made in found
	is_string(made.name)
	made.name != ""
]

# METADATA
# description: |
#   Those that write a Secret again and again, and so would undo what another one writes; an ExternalSecret that only
#   adds to a Secret, or writes it once, is none of them.
writers := array.flatten([_externals, _vault, _sealed, _certificates])

_externals := [{"obj": view.obj, "namespace": view.namespace, "name": view.target, "kind": "store", "path": path} |
	some view in eso.externals
	_owns(view)
	path := array.concat(view.base, ["target", "name"])
]

_owns(view) if {
	eso.policy(view) == "Periodic"
	not object.get(view.spec, ["target", "creationPolicy"], "Owner") in {"Merge", "CreateOrMerge", "None"}
}

_vault := [{
	"obj": obj,
	"namespace": obj.namespace,
	"name": obj.object.spec.destination.name,
	"kind": "store",
	"path": ["spec", "destination", "name"],
} |
	some kind in ["VaultStaticSecret", "VaultDynamicSecret", "VaultPKISecret", "HCPVaultSecretsApp"]
	some obj in k8s.known_of_kind(kind)
	k8s.group(obj.object.apiVersion) == "secrets.hashicorp.com"
]

_sealed := [{"obj": obj, "namespace": namespace, "name": name, "kind": "sealed", "path": ["metadata", "name"]} |
	some obj in k8s.known_of_kind("SealedSecret")
	name := object.get(obj.object, ["spec", "template", "metadata", "name"], obj.name)
	namespace := object.get(obj.object, ["spec", "template", "metadata", "namespace"], obj.namespace)
]

_certificates := [{
	"obj": obj,
	"namespace": obj.namespace,
	"name": obj.object.spec.secretName,
	"kind": "certificate",
	"path": ["spec", "secretName"],
} |
	some obj in k8s.known_of_kind("Certificate")
	k8s.group(obj.object.apiVersion) == "cert-manager.io"
]

_others := array.flatten([_merging, _classes, _pushed, _shims, _connections, _operators, _generated])

_merging := [{"obj": view.obj, "namespace": view.namespace, "name": view.target, "kind": "store", "path": []} |
	some view in eso.externals
	not _owns(view)
	object.get(view.spec, ["target", "creationPolicy"], "") != "None"
]

_classes := [{"obj": obj, "namespace": obj.namespace, "name": item.secretName, "kind": "store", "path": []} |
	some obj in k8s.known_of_kind("SecretProviderClass")
	some item in k8s.items_at(obj.object, ["spec", "secretObjects"])
]

# To a store that is a namespace of the cluster.
_pushed := [{"obj": push.obj, "namespace": "*", "name": item.match.remoteRef.remoteKey, "kind": "store", "path": []} |
	some push in eso.pushes
	some item in k8s.items_at(push.spec, ["data"])
]

# cert-manager makes a certificate for what is annotated.
_shims := [{"obj": obj, "namespace": "*", "name": name, "kind": "certificate", "path": []} |
	some kind in ["Ingress", "Gateway"]
	some obj in k8s.known_of_kind(kind)
	count(_issuing & object.keys(k8s.annotations(obj))) > 0
	some name in _tls_names(obj)
]

_issuing := {"cert-manager.io/issuer", "cert-manager.io/cluster-issuer", "kubernetes.io/tls-acme"}

_tls_names(obj) := {item.secretName | some item in k8s.items_at(obj.object, ["spec", "tls"])} | {reference.name |
	some listener in k8s.items_at(obj.object, ["spec", "listeners"])
	some reference in k8s.items_at(listener, ["tls", "certificateRefs"])
}

_connections := [{"obj": obj, "namespace": namespace, "name": reference.name, "kind": "connection", "path": []} |
	some obj in input.objects
	reference := obj.object.spec.writeConnectionSecretToRef
	is_object(reference)
	namespace := object.get(reference, "namespace", obj.namespace)
]

# Operators with objects that name what they make.
_operators := [{"obj": obj, "namespace": obj.namespace, "name": name, "kind": "store", "path": []} |
	some kind, place in _operator_places
	some obj in k8s.known_of_kind(kind.kind)
	k8s.group(obj.object.apiVersion) == kind.group
	name := object.get(obj.object, place, "")
]

_operator_places := {
	{"kind": "ExternalSecret", "group": "kubernetes-client.io"}: ["metadata", "name"],
	{"kind": "OnePasswordItem", "group": "onepassword.com"}: ["metadata", "name"],
	{"kind": "BitwardenSecret", "group": "k8s.bitwarden.com"}: ["spec", "secretName"],
	{"kind": "DopplerSecret", "group": "secrets.doppler.com"}: ["spec", "managedSecret", "name"],
	{"kind": "InfisicalSecret", "group": "secrets.infisical.com"}: ["spec", "managedSecretReference", "secretName"],
	{"kind": "AzureKeyVaultSecret", "group": "spv.no"}: ["spec", "output", "secret", "name"],
	{"kind": "KafkaUser", "group": "kafka.strimzi.io"}: ["metadata", "name"],
	{"kind": "SopsSecret", "group": "isindir.github.com"}: ["metadata", "name"],
	{"kind": "SecretImport", "group": "secretgen.carvel.dev"}: ["metadata", "name"],
	{"kind": "Password", "group": "secretgen.k14s.io"}: ["metadata", "name"],
}

# Operators whose Secrets are called after their object; and what Kyverno copies.
_generated := array.concat(
	[{"obj": obj, "namespace": obj.namespace, "name": concat("", [obj.name, suffix]), "kind": "connection", "path": []} |
		some [kind, group, suffixes] in _suffixes
		some obj in k8s.known_of_kind(kind)
		k8s.group(obj.object.apiVersion) == group
		some suffix in suffixes
	],
	[{"obj": obj, "namespace": "*", "name": rule.generate.name, "kind": "connection", "path": []} |
		some kind in ["ClusterPolicy", "Policy"]
		some obj in k8s.known_of_kind(kind)
		k8s.group(obj.object.apiVersion) == "kyverno.io"
		some rule in k8s.items_at(obj.object, ["spec", "rules"])
		rule.generate.kind == "Secret"
	],
)

_suffixes := [
	["Cluster", "postgresql.cnpg.io", ["-app", "-superuser", "-ca", "-server", "-replication"]],
	["Kafka", "kafka.strimzi.io", ["-cluster-ca-cert", "-clients-ca-cert"]],
	["RabbitmqCluster", "rabbitmq.com", ["-default-user"]],
	["Elasticsearch", "elasticsearch.k8s.elastic.co", ["-es-elastic-user", "-es-http-certs-public", "-es-http-certs-internal"]],
]

_plain := array.concat(
	[{"obj": obj, "namespace": obj.namespace, "name": obj.name, "kind": kind, "path": ["metadata", "name"]} |
		some obj in k8s.known_of_kind("Secret")
		obj.object.apiVersion == "v1"
		kind := {true: "sealed", false: "plain"}[_is_encrypted(obj)]
	],
	[{"obj": obj, "namespace": "*", "name": item.name, "kind": "plain", "path": []} |
		some obj in k8s.known_of_kind("Kustomization")
		some item in k8s.items_at(obj.object, ["secretGenerator"])
	],
)

default _is_encrypted(_) := false

_is_encrypted(obj) if is_object(obj.object.sops)

# What a controller copied and keeps is no manifest of its own.
_is_encrypted(obj) if {
	count({
		"reflector.v1.k8s.emberstack.com/reflects",
		"replicator.v1.mittwald.de/replicate-from",
		"cert-manager.io/certificate-name",
	} & object.keys(k8s.annotations(obj))) > 0
}

# Programs that are told which Secret to make, such as those that make certificates for webhooks.
_jobs := [{"obj": obj, "namespace": obj.namespace, "name": match[1], "kind": "connection", "path": []} |
	some obj in input.objects
	some container in pods.containers(obj)
	some field in ["args", "command"]
	some word in k8s.items_at(container.container, [field])
	is_string(word)
	contains(word, "secret-name=")
	some match in regex.find_all_string_submatch_n(`(?:^|\s)--?[a-z-]*secret-name=([^\s"']+)`, word, -1)
]

# Copies in other namespaces, by an annotation of the object or of the Secret that it makes.
_is_copied(obj) if {
	some path in [
		["metadata", "annotations"],
		["spec", "target", "template", "metadata", "annotations"],
		["spec", "template", "metadata", "annotations"],
		["spec", "secretTemplate", "annotations"],
		["spec", "destination", "annotations"],
	]
	annotations := object.get(obj.object, path, null)
	is_object(annotations)
	count(_copying & object.keys(annotations)) > 0
}

_copying := {
	"reflector.v1.k8s.emberstack.com/reflection-allowed",
	"reflector.v1.k8s.emberstack.com/reflection-auto-enabled",
	"replicator.v1.mittwald.de/replicate-to",
	"replicator.v1.mittwald.de/replicate-to-matching",
	"replicator.v1.mittwald.de/replication-allowed",
	"secretgen.carvel.dev/export",
}
