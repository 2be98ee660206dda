# METADATA
# title: Volumes with secrets, and which containers mount them
# description: |
#   The volumes of the judged pods that hold a Secret, alone or projected, or what a CSI driver brings from
#   a store, as `{obj, pod, path, volume, mounts}`: `path` is the volume's, and `mounts` are those entries of
#   `secret_uses.mounts` that mount it. A projected token of a ServiceAccount alone makes no such volume.
package portcullis.lib.pod_secret_mounts

import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.secret_mounts
import data.portcullis.lib.secret_uses

# METADATA
# description: Every such volume.
volumes := [entry |
	some obj in input.objects
	not obj.context
	mounts := secret_uses.mounts(obj)
	some pod in pods.specs(obj)
	some index, volume in k8s.items_at(pod.spec, ["volumes"])
	_holds_secret(volume)
	entry := {
		"obj": obj,
		"pod": pod,
		"path": array.concat(pod.path, ["volumes", index]),
		"volume": volume,
		"mounts": [mount |
			some mount in mounts
			mount.volume == volume.name
			_sees(mount.spec_path, pod.path)
		],
	}
]

# The templates of a workflow mount the volumes of the whole.
_sees(place, root) if array.slice(place, 0, count(root)) == root

_holds_secret(volume) if secret_mounts.holds_secret(volume)

_holds_secret(volume) if volume.csi.driver in secret_mounts.store_drivers

# METADATA
# description: |
#   The modes that a volume of a Secret or a projected one sets, as `{path, value}`: that of all files, and
#   those of single ones.
modes(entry) := [{"path": array.concat(entry.path, path), "value": value} |
	some [field, base, holder] in _holders(entry.volume)
	some [path, raw] in array.concat(
		[[array.concat(base, ["defaultMode"]), object.get(holder, "defaultMode", null)] | field == "volume"],
		[[array.concat(base, ["items", index, "mode"]), object.get(item, "mode", null)] |
			some index, item in k8s.items_at(holder, ["items"])
			is_object(item)
		],
	)
	value := number(raw)
]

_holders(volume) := array.concat(
	[["volume", [field], volume[field]] | some field in ["secret", "projected"]; is_object(volume[field])],
	[["source", ["projected", "sources", index, "secret"], source.secret] |
		some index, source in k8s.items_at(volume, ["projected", "sources"])
		is_object(source.secret)
	],
)

# METADATA
# description: Whether a volume of a Secret or a projected one leaves the mode of its files to the default.
leaves_mode(volume) if {
	some field in ["secret", "projected"]
	is_object(volume[field])
	object.get(volume[field], "defaultMode", null) == null
	count([1 | some item in k8s.items_at(volume[field], ["items"]); item.mode != null]) == 0
}

# METADATA
# description: |
#   A mode as a number. YAML's `0440` is one when it arrives; a text is read as octal, as annotations and
#   parameters write it.
number(value) := value if {
	is_number(value)
	value == floor(value)
	value >= 0
	value <= 4095
} else := sum(parts) if {
	is_string(value)
	regex.match(`^(0o|0)?[0-7]{3,4}$`, value)
	digits := regex.find_all_string_submatch_n(`[0-7]`, trim_prefix(value, "0o"), -1)
	parts := [part |
		some index, [digit] in digits
		part := to_number(digit) * _weights[(count(digits) - 1) - index]
	]
}

_weights := [1, 8, 64, 512, 4096]

# METADATA
# description: |
#   Whether a mode lets others read, or others or the group write, beyond what `limit` lets them. Bits of
#   the owner are not compared, since the files belong to root.
exceeds(mode, limit) if bits.and(bits.and(mode, 54), bits.negate(limit)) != 0
