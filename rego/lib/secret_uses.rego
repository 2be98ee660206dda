# METADATA
# title: Which objects use which Secrets, and how
# description: |
#   A use is one place that names a Secret: `{"obj", "namespace", "name", "key", "mode", "path",
#   "optional", "spec_path", "container", "label"}`.
#   - `mode`: `env`, `envFrom`, `volume`, `projected`, `csi` (a SecretProviderClass' name, not a
#     Secret's), `nodePublish`, `imagePullSecrets`, `tls` or `valuesFrom`.
#   - `path`: the field that holds the name; `key`: the entry that is used, empty for all of them.
#   - `spec_path` and `container`: the paths of the pod spec and of the container, `null` where there is none.
#   - `label`: the variable (`env`), or the volume (`volume`, `projected`, `csi`, `nodePublish`), else empty.
#   Names that are empty or still templated are left out.
package portcullis.lib.secret_uses

import data.portcullis.lib.k8s
import data.portcullis.lib.pods

# METADATA
# description: The uses in `obj`, an entry of `input.objects`.
of(obj) := object.get(_by_object, obj.id, [])

# METADATA
# description: The uses in objects that are being judged.
judged := [use | some use in known; not use.obj.context]

# METADATA
# description: All uses, also those in objects outside of the judged unit.
known := [use | some uses in _by_object; some use in uses]

# METADATA
# description: Indices into `known`, by `[namespace, name]` of the Secret; not those of `csi`.
by_secret[[use.namespace, use.name]] contains index if {
	some index, use in known
	use.mode != "csi"
}

# METADATA
# description: |
#   The place of the reference that holds the name (`secretKeyRef`, `secretRef`): what somebody edits who
#   uses the Secret in another way, whatever gives the name.
reference(use) := array.slice(use.path, 0, count(use.path) - 1)

# METADATA
# description: |
#   Where containers of `obj` mount volumes, as a list of `{"container", "mount", "path", "spec_path",
#   "volume"}`: `container` is an entry of `pods.containers`, `mount` the item of `volumeMounts` at
#   `path`, and `volume` the volume's name.
mounts(obj) := object.get(_mounts, obj.id, [])

_mounts[obj.id] := found if {
	some obj in input.objects
	found := [place |
		some container in pods.containers(obj)
		some index, mount in k8s.items_at(container.container, ["volumeMounts"])
		is_string(mount.name)
		place := {
			"container": container,
			"mount": mount,
			"path": array.concat(container.path, ["volumeMounts", index]),
			"spec_path": container.spec_path,
			"volume": mount.name,
		}
	]
	count(found) > 0
}

_by_object[obj.id] := uses if {
	some obj in input.objects
	uses := array.concat([use | some use in _of_pods(obj)], [use | some use in _of_fields(obj)])
	count(uses) > 0
}

_use(obj, fields) := object.union(
	{
		"obj": obj,
		"namespace": obj.namespace,
		"key": "",
		"optional": false,
		"spec_path": null,
		"container": null,
		"label": "",
	},
	fields,
) if {
	_is_name(fields.name)
}

_is_name(name) if {
	is_string(name)
	name != ""
	not contains(name, "{{")
}

_of_pods(obj) := (_of_containers(obj) | _of_volumes(obj)) | _of_pulls(obj)

_of_containers(obj) := {use |
	some container in pods.containers(obj)
	some index, item in k8s.items_at(container.container, ["env"])
	reference := item.valueFrom.secretKeyRef
	use := _use(obj, {
		"name": object.get(reference, "name", ""),
		"key": object.get(reference, "key", ""),
		"mode": "env",
		"path": array.concat(container.path, ["env", index, "valueFrom", "secretKeyRef", "name"]),
		"optional": object.get(reference, "optional", false),
		"spec_path": container.spec_path,
		"container": container.path,
		"label": object.get(item, "name", ""),
	})
} | {use |
	some container in pods.containers(obj)
	some index, item in k8s.items_at(container.container, ["envFrom"])
	use := _use(obj, {
		"name": object.get(item, ["secretRef", "name"], ""),
		"mode": "envFrom",
		"path": array.concat(container.path, ["envFrom", index, "secretRef", "name"]),
		"optional": object.get(item, ["secretRef", "optional"], false),
		"spec_path": container.spec_path,
		"container": container.path,
	})
}

_of_volumes(obj) := {use |
	some spec in pods.specs(obj)
	some index, volume in k8s.items_at(spec.spec, ["volumes"])
	some field, mode in _volume_fields
	use := _use(obj, {
		"name": object.get(volume, field, ""),
		"mode": mode,
		"path": array.flatten([spec.path, "volumes", index, field]),
		"optional": object.get(volume, ["secret", "optional"], false),
		"spec_path": spec.path,
		"label": object.get(volume, "name", ""),
	})
} | {use |
	some spec in pods.specs(obj)
	some index, volume in k8s.items_at(spec.spec, ["volumes"])
	some place, source in k8s.items_at(volume, ["projected", "sources"])
	use := _use(obj, {
		"name": object.get(source, ["secret", "name"], ""),
		"mode": "projected",
		"path": array.flatten([spec.path, "volumes", index, "projected", "sources", place, "secret", "name"]),
		"optional": object.get(source, ["secret", "optional"], false),
		"spec_path": spec.path,
		"label": object.get(volume, "name", ""),
	})
}

_volume_fields := {
	["secret", "secretName"]: "volume",
	["csi", "volumeAttributes", "secretProviderClass"]: "csi",
	["csi", "nodePublishSecretRef", "name"]: "nodePublish",
}

_of_pulls(obj) := {use |
	some spec in pods.specs(obj)
	some index, item in k8s.items_at(spec.spec, ["imagePullSecrets"])
	use := _use(obj, {
		"name": object.get(item, "name", ""),
		"mode": "imagePullSecrets",
		"path": array.flatten([spec.path, "imagePullSecrets", index, "name"]),
		"spec_path": spec.path,
	})
}

# Objects that are no workloads.

_of_fields(obj) := ((({use |
	obj.object.kind == "Ingress"
	some index, item in k8s.items_at(obj.object, ["spec", "tls"])
	use := _use(obj, {
		"name": object.get(item, "secretName", ""),
		"mode": "tls",
		"path": ["spec", "tls", index, "secretName"],
	})
} | {use |
	obj.object.kind == "Gateway"
	k8s.group(obj.object.apiVersion) == "gateway.networking.k8s.io"
	some index, listener in k8s.items_at(obj.object, ["spec", "listeners"])
	some place, reference in k8s.items_at(listener, ["tls", "certificateRefs"])
	object.get(reference, "kind", "Secret") == "Secret"
	use := _use(obj, {
		"name": object.get(reference, "name", ""),
		"namespace": object.get(reference, "namespace", obj.namespace),
		"mode": "tls",
		"path": ["spec", "listeners", index, "tls", "certificateRefs", place, "name"],
	})
}) | {use |
	obj.object.kind == "Gateway"
	k8s.group(obj.object.apiVersion) == "networking.istio.io"
	some index, server in k8s.items_at(obj.object, ["spec", "servers"])
	use := _use(obj, {
		"name": object.get(server, ["tls", "credentialName"], ""),
		"mode": "tls",
		"path": ["spec", "servers", index, "tls", "credentialName"],
	})
}) | {use |
	obj.object.kind == "HelmRelease"
	some index, item in k8s.items_at(obj.object, ["spec", "valuesFrom"])
	item.kind == "Secret"
	use := _use(obj, {
		"name": object.get(item, "name", ""),
		"key": object.get(item, "valuesKey", ""),
		"mode": "valuesFrom",
		"path": ["spec", "valuesFrom", index, "name"],
		"optional": object.get(item, "optional", false),
	})
}) | {use |
	obj.object.kind == "ServiceAccount"
	some index, item in k8s.items_at(obj.object, ["imagePullSecrets"])
	use := _use(obj, {
		"name": object.get(item, "name", ""),
		"mode": "imagePullSecrets",
		"path": ["imagePullSecrets", index, "name"],
	})
}
