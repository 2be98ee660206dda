# METADATA
# title: Annotations that agent injectors read on pods
# description: |
#   What pods ask of the Vault Agent Injector and of its descendants, under any of the prefixes that the
#   caller gives, as `{obj, pod, base, prefix, values, on}`. `base` is the path of the annotations, `values`
#   maps the name behind the prefix (`agent-inject-secret-db`) to the value as a text, and `on` tells
#   whether the injector acts: it looks at pods that say so, at no others.
package portcullis.lib.injector_annotations

import data.portcullis.lib.k8s
import data.portcullis.lib.pods

# METADATA
# description: |
#   What stands on the pods that are judged. Where an annotation is set twice, under two prefixes, each
#   is an entry of its own.
on_pods(prefixes) := [entry |
	some obj in input.objects
	not obj.context
	some pod in pods.specs(obj)
	some prefix in prefixes
	values := read(pod.metadata, prefix)
	count(values) > 0
	entry := {
		"obj": obj,
		"pod": pod,
		"base": array.concat(pod.metadata_path, ["annotations"]),
		"prefix": prefix,
		"values": values,
		"on": _is_on(values),
	}
]

default _is_on(_) := false

_is_on(values) if is_true(trim_space(values["agent-inject"]))

# METADATA
# description: The annotations of `metadata` below `prefix`, by their names behind it.
read(metadata, prefix) := {trim_prefix(key, start): value |
	annotations := metadata.annotations
	is_object(annotations)
	start := concat("", [prefix, "/"])
	some key, raw in annotations
	startswith(key, start)
	value := _text(raw)
}

# METADATA
# description: The path of an annotation of an entry of `on_pods`.
path(entry, name) := array.concat(entry.base, [concat("/", [entry.prefix, name])])

# METADATA
# description: The value of an annotation, without white space around it; empty where it is not set.
value(entry, name) := trim_space(object.get(entry.values, name, ""))

# METADATA
# description: Whether a text is what Go reads as true.
is_true(text) if text in {"1", "t", "T", "TRUE", "true", "True"}

# METADATA
# description: Whether a text is what Go reads as false.
is_false(text) if text in {"0", "f", "F", "FALSE", "false", "False"}

# METADATA
# description: Whether a value is filled in later.
is_template(text) if regex.match(`\{\{|\$[({]`, text)

# METADATA
# description: |
#   The names of what is rendered into files: `db` for `agent-inject-secret-db` and for templates. Values
#   that are blank ask for nothing.
rendered(entry) := {trim_prefix(key, start) |
	some start in ["agent-inject-secret-", "agent-inject-template-file-", "agent-inject-template-"]
	some key, _ in entry.values
	startswith(key, start)
	value(entry, key) != ""
}

# METADATA
# description: |
#   The containers of the pod's own manifest that get what is injected, as entries of `pods.containers`:
#   those that `agent-inject-containers` lists, else all of them. Init containers that end before the
#   others start are left out.
receivers(entry) := {container |
	some container in lasting(entry.obj, entry.pod)
	_is_listed(entry, object.get(container.container, "name", ""))
}

# METADATA
# description: The containers of a pod that run beside each other.
lasting(obj, pod) := {container |
	some container in pods.containers(obj)
	container.spec_path == pod.path
	_lasts(container)
}

_lasts(container) if container.kind in {"container", "sidecar"}

_lasts(container) if {
	container.kind == "init"
	container.container.restartPolicy == "Always"
}

_is_listed(entry, _) if value(entry, "agent-inject-containers") == ""

_is_listed(entry, name) if {
	some listed in split(value(entry, "agent-inject-containers"), ",")
	trim_space(listed) == name
}

# METADATA
# description: The init containers of the pod, as entries of `pods.containers`.
init_containers(entry) := {container |
	some container in pods.containers(entry.obj)
	container.spec_path == entry.pod.path
	container.kind == "init"
}

# METADATA
# description: |
#   Whether a container of the pod mounts something below a path with `serviceaccount` in it, where the
#   injector looks for a token. It does not look into init containers.
mounts_token(entry) if {
	some container in pods.containers(entry.obj)
	container.spec_path == entry.pod.path
	container.kind == "container"
	some mount in k8s.items_at(container.container, ["volumeMounts"])
	is_string(mount.mountPath)
	contains(mount.mountPath, "serviceaccount")
}

_text(raw) := raw if is_string(raw)

_text(true) := "true"

_text(false) := "false"

_text(raw) := format_int(raw, 10) if is_number(raw)

_text(null) := ""
