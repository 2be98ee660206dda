# METADATA
# title: Volumes in which one container leaves secrets for others
package portcullis.lib.handover_volumes

import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.secret_uses

# METADATA
# description: |
#   The volumes of judged pods in which secrets are handed over, as `{"obj", "volume", "path", "readers",
#   "written"}`: `path` is that of the volume; `readers` are the mounts (of `secret_uses.mounts`) of
#   containers that only use it; `written` says that a container which fetches secrets mounts it, by
#   `patterns`, and not the names alone.
found(patterns) := [entry |
	some obj in input.objects
	not obj.context
	some spec in pods.specs(obj)
	some index, volume in k8s.items_at(spec.spec, ["volumes"])
	is_string(volume.name)
	mounts := [mount | some mount in secret_uses.mounts(obj); mount.spec_path == spec.path; mount.volume == volume.name]
	count({mount.container.path | some mount in mounts}) > 1
	writers := {mount.container.path | some mount in mounts; _fetches(mount.container.container, patterns)}
	_has_role(volume, mounts, writers)
	entry := {
		"obj": obj,
		"volume": volume,
		"path": array.flatten([spec.path, "volumes", index]),
		"readers": [mount | some mount in mounts; mount.container.kind == "container"; not mount.container.path in writers],
		"written": count(writers) > 0,
	}
]

_has_role(_, mounts, writers) if {
	count(writers) > 0
	count(writers) < count({mount.container.path | some mount in mounts})
}

# By its name, where an init container fills it.
_has_role(volume, mounts, _) if {
	some mount in mounts
	mount.container.kind == "init"
	object.get(mount.mount, "readOnly", false) != true
	_says_secrets(volume.name, mounts)
}

_says_secrets(name, _) if regex.match(`(^|-)(secrets?|creds?|credentials?|vault|tokens?)($|-(dir|volume|vol|data|files|share|shared)$)`, name)

_says_secrets(_, mounts) if {
	some mount in mounts
	is_string(mount.mount.mountPath)
	regex.match(`^(/vault/secrets|/run/secrets|/var/run/secrets|/secrets|/run/creds|/run/credentials)(/|$)`, mount.mount.mountPath)
}

_fetches(container, patterns) if {
	some text in _texts(container)
	some pattern in patterns
	regex.is_valid(pattern)
	regex.match(pattern, text)
}

_texts(container) := ({text |
	some list in ["command", "args"]
	some text in k8s.items_at(container, [list])
	is_string(text)
} | {concat(" ", [text |
	some list in ["command", "args"]
	some text in k8s.items_at(container, [list])
	is_string(text)
])}) | {container.image | is_string(container.image)}

# METADATA
# description: Whether a volume is an `emptyDir` in memory.
is_memory(volume) if volume.emptyDir.medium == "Memory"

# METADATA
# description: |
#   Bytes of a quantity such as `64Mi`, `0.5Gi` or `100M`; undefined for what is none.
#   Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
bytes(quantity) := quantity if is_number(quantity)

bytes(quantity) := to_number(parts[1]) * _units[parts[2]] if {
	is_string(quantity)
	some parts in regex.find_all_string_submatch_n(`^([0-9]+(?:\.[0-9]+)?)(|[kMGT]|[KMGT]i)$`, quantity, 1)
}

_units := {
	"": 1, "k": 1000, "M": 1000000, "G": 1000000000, "T": 1000000000000, "Ki": 1024, "Mi": 1048576,
	"Gi": 1073741824, "Ti": 1099511627776,
}
