# METADATA
# title: Who within a pod gets at its secrets
package portcullis.lib.secret_exposure

import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.secret_uses

# METADATA
# description: |
#   Whether the container of a mount runs one of the images named, which are compared without registry,
#   path, tag and digest.
is_sidecar(mount, names) if {
	is_string(mount.container.container.image)
	segments := split(mount.container.container.image, "/")
	split(split(segments[count(segments) - 1], "@")[0], ":")[0] in names
}

# METADATA
# description: |
#   The name of a container that is no such sidecar and mounts the same entries of the volume as `mount`.
sharer(entry, mount, names) := [other.container.container.name |
	some other in entry.mounts
	other.spec_path == mount.spec_path
	not is_sidecar(other, names)
	_overlap(other.mount, mount.mount)
][0]

_overlap(one, other) if object.get(one, "subPath", "") in {"", object.get(other, "subPath", "")}

_overlap(_, other) if object.get(other, "subPath", "") == ""

# METADATA
# description: |
#   The Secrets whose entries a volume shows without choice, as `[path, name]`; none where every mount
#   takes a single file.
whole(entry) := [[path, name] |
	count([1 | some mount in entry.mounts; object.get(mount.mount, "subPath", "") == ""]) > 0
	some [path, holder, field] in array.concat(
		[[["secret", "secretName"], object.get(entry.volume, "secret", null), "secretName"]],
		[[["projected", "sources", index, "secret", "name"], source.secret, "name"] |
			some index, source in k8s.items_at(entry.volume, ["projected", "sources"])
		],
	)
	is_object(holder)
	count(k8s.items_at(holder, ["items"])) == 0
	name := holder[field]
	is_string(name)
]

# METADATA
# description: |
#   How many entries the Secret of a name has that a pod of the namespace may mean; undefined where none is
#   in the set, or several are.
size(namespace, name) := keys if {
	sizes := {found.keys |
		some found in _sizes[name]
		_may_share(found.namespace, namespace)
	}
	count(sizes) == 1
	some keys in sizes
}

_sizes := {name: found | some name, found in _sizes_by_name}

_sizes_by_name[obj.name] contains {"namespace": obj.namespace, "keys": count(keys)} if {
	some kind, fields in {"Secret": ["data", "stringData"], "SealedSecret": ["encryptedData"]}
	some obj in k8s.known_of_kind(kind)
	keys := {key |
		some field in fields
		place := {"Secret": [field], "SealedSecret": ["spec", field]}[kind]
		entries := object.get(obj.object, place, null)
		is_object(entries)
		some key, _ in entries
	}
}

_may_share(one, other) if one in {"", other}

_may_share(_, "")

# METADATA
# description: A mode as it is written in YAML.
octal(mode) := concat("", ["0", format_int(mode, 8)])

# METADATA
# description: The pods that are judged whose containers share their processes, as `[obj, pod, path]`.
sharing_pods := [[obj, pod, path] |
	some obj in input.objects
	not obj.context
	some pod in pods.specs(obj)
	pod.spec.shareProcessNamespace == true
	path := array.concat(pod.path, ["shareProcessNamespace"])
]

# METADATA
# description: The pods that are judged which share the processes of their node, as `[obj, pod]`.
host_pods := [[obj, pod] |
	some obj in input.objects
	not obj.context
	some pod in pods.specs(obj)
	pod.spec.hostPID == true
]

# METADATA
# description: Whether a container of the pod gets a Secret, as a file or as a variable.
receives(obj, pod) if {
	some use in secret_uses.of(obj)
	use.spec_path == pod.path
	use.mode in {"env", "envFrom", "volume", "projected", "csi"}
}

_roots := [
	["/usr/share/nginx/html", "high"],
	["/usr/local/apache2/htdocs", "high"],
	["/var/www/html", "high"],
	["/var/www/public", "high"],
	["/var/www", "medium"],
]

# METADATA
# description: |
#   The root of a web server below which something is mounted, with a severity: a site's own folder is
#   served, what else lies in `/var/www` may be.
web_root(mount) := [found |
	is_string(mount.mountPath)
	place := trim_right(mount.mountPath, "/")
	not endswith(place, ".php")
	some [root, severity] in _roots
	_is_below(place, root)
	found := [root, _severity(place, root, severity)]
][0]

_is_below(place, root) if place == root

_is_below(place, root) if startswith(place, concat("", [root, "/"]))

_severity(place, root, _) := "high" if place == root

_severity(place, root, severity) := severity if place != root
