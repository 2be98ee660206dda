# METADATA
# title: Long-lived keys of clouds and of Vault in workloads
# description: |
#   Places in judged workloads that get such a key from a Secret, as `{obj, path, name, platform, sure}`;
#   `sure` is false where the same key may be for a store of files that merely speaks S3. Literal values are
#   the business of the rules about inline secrets.
package portcullis.lib.store_cloud_keys

import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.secret_uses
import data.portcullis.lib.store_views as views

# METADATA
# description: All of them, in any order.
in_workloads := array.flatten([_single, _pairs, _files])

_platforms := {
	"VAULT_TOKEN": "vault",
	"BAO_TOKEN": "vault",
	"AZURE_CLIENT_SECRET": "azure",
	"ARM_CLIENT_SECRET": "azure",
}

_single := [{"obj": container.obj, "path": _name_path(container, index), "name": name, "platform": platform, "sure": true} |
	some container in _containers
	some index, item in container.env
	name := item.name
	platform := _platforms[name]
	_is_from_secret(item)
]

_pairs := [entry |
	some container in _containers
	some index, item in container.env
	item.name == "AWS_SECRET_ACCESS_KEY"
	_is_from_secret(item)
	names := {other.name | some other in container.env; is_string(other.name)}
	"AWS_ACCESS_KEY_ID" in names
	not "AWS_SESSION_TOKEN" in names
	not _speaks_to_other(container)
	entry := {
		"obj": container.obj,
		"path": _name_path(container, index),
		"name": item.name,
		"platform": "aws",
		"sure": {true: false, false: true}[_may_speak_to_other(container)],
	}
]

_is_from_secret(item) if is_object(item.valueFrom.secretKeyRef)

_name_path(container, index) := array.concat(container.path, ["env", index, "name"])

# Containers with variables, as `{obj, path, env, words}`.
_containers := [{
	"obj": obj,
	"path": found.path,
	"env": env,
	"words": array.concat(k8s.items_at(found.container, ["args"]), k8s.items_at(found.container, ["command"])),
} |
	some obj in input.objects
	not obj.context
	some found in pods.containers(obj)
	env := [_object(item) | some item in k8s.items_at(found.container, ["env"])]
	count(env) > 0
]

_object(item) := item if is_object(item)

_object(item) := {} if not is_object(item)

# Stores of files that speak S3 take keys by the same names and know no identities of AWS.
_speaks_to_other(container) if {
	some item in container.env
	_is_endpoint_name(item.name)
	_is_other_endpoint(item.value)
}

_speaks_to_other(container) if {
	some word in container.words
	_is_s3_flag(word)
}

_is_endpoint_name(name) if {
	is_string(name)
	regex.match(`(?i)(endpoint|s3_?url|s3_?host|minio|restic_repository|_repo(sitory)?$|bucket_?url)`, name)
}

_is_other_endpoint(value) if {
	is_string(value)
	regex.match(`[.:/]`, value)
	not contains(value, "amazonaws.com")
	not startswith(value, "s3://")
}

_is_s3_flag(word) if {
	is_string(word)
	regex.match(`(?i)(endpoint|s3url|s3-url|s3:)[^\s]*(=|\s|:)+["']?https?://`, word)
	not contains(word, "amazonaws.com")
}

default _may_speak_to_other(_) := false

_may_speak_to_other(container) if {
	some item in container.env
	_is_endpoint_name(item.name)
	item.valueFrom
}

# The key file of a service account of Google, mounted from a Secret or by the CSI driver.
_files := [{"obj": container.obj, "path": path, "name": item.name, "platform": "gcp", "sure": true} |
	some container in _containers
	some index, item in container.env
	item.name == "GOOGLE_APPLICATION_CREDENTIALS"
	is_string(item.value)
	path := array.concat(container.path, ["env", index, "value"])
	some place in secret_uses.mounts(container.obj)
	place.container.path == container.path
	is_string(place.mount.mountPath)
	_is_below(item.value, place.mount.mountPath)
	some spec in pods.specs(container.obj)
	spec.path == place.spec_path
	some volume in k8s.items_at(spec.spec, ["volumes"])
	volume.name == place.volume
	_holds_key(volume)
]

_is_below(path, folder) if path == folder

_is_below(path, folder) if startswith(path, concat("", [trim_right(folder, "/"), "/"]))

_holds_key(volume) if is_object(volume.secret)

_holds_key(volume) if startswith(volume.csi.driver, "secrets-store")

# Beside a token of a ServiceAccount stands what says how to exchange it.
_holds_key(volume) if {
	sources := k8s.items_at(volume, ["projected", "sources"])
	count([1 | some source in sources; is_object(source.secret)]) > 0
	count([1 | some source in sources; is_object(source.serviceAccountToken)]) == 0
}

# METADATA
# description: |
#   Entries of Secrets, and of what makes them, that are such keys by their name, as `{obj, path, name,
#   platform}`.
in_secrets := [entry |
	some [obj, base, names] in _secrets
	not _is_for_files(obj, names)
	some name in names
	platform := _platform_among(name, names)
	entry := {"obj": obj, "path": array.concat(base, [name]), "name": name, "platform": platform}
]

_platform_among(name, _) := _platforms[name]

_platform_among("AWS_SECRET_ACCESS_KEY", names) := "aws" if {
	"AWS_ACCESS_KEY_ID" in names
	not "AWS_SESSION_TOKEN" in names
}

_is_for_files(_, names) if {
	some name in names
	_is_endpoint_name(name)
}

_is_for_files(obj, _) if regex.match(`(?i)(^|[-_.])(minio|s3|r2|b2|backblaze|wasabi|ceph|rook|garage|seaweedfs?|restic|velero|backups?)([-_.]|$)`, obj.name)

_secrets := [[obj, path, object.keys(held)] |
	some kind, paths in {"Secret": [["data"], ["stringData"]], "SealedSecret": [["spec", "encryptedData"]]}
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) in {"", "bitnami.com"}
	some path in paths
	held := views.object_at(obj.object, path)
]

# METADATA
# description: The same, of ExternalSecrets, which list what they make.
in_external := [entry |
	some kind, base in {"ExternalSecret": ["spec"], "ClusterExternalSecret": ["spec", "externalSecretSpec"]}
	some obj in k8s.of_kind(kind)
	views.is_eso(obj)
	path := array.concat(base, ["data"])
	items := k8s.items_at(obj.object, path)
	names := {item.secretKey | some item in items; is_string(item.secretKey)}
	not _is_for_files(obj, names)
	some index, item in items
	is_string(item.secretKey)
	platform := _platform_among(item.secretKey, names)
	entry := {
		"obj": obj,
		"path": array.concat(path, [index, "secretKey"]),
		"name": item.secretKey,
		"platform": platform,
	}
]
