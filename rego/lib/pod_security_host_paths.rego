# METADATA
# title: Places of a node that hold credentials
# description: |
#   Paths are compared without a trailing `/`, and `/var/run` counts as `/run`, to which it is a link.
package portcullis.lib.pod_security_host_paths

import data.portcullis.lib.k8s

# METADATA
# description: |
#   Whether `path`, a `hostPath` of the volume `name` of a pod (of `pod_security`), opens credentials of the
#   node: one of `patterns` (of `compiled`) matches it, or it is below `/var/log` and a container may write there, which is
#   enough to have the kubelet read any file through a link.
opens_credentials(pod, name, path, patterns) if {
	place := _normal(path)
	some pattern in patterns
	glob.match(pattern, ["/"], place)
} else if {
	_is_at_or_below(_normal(path), "/var/log")
	not is_read_only(pod, name)
}

# METADATA
# description: Whether no container of the pod mounts the volume `name` for writing.
is_read_only(pod, name) if {
	every mount in _mounts(pod, name) {
		mount.readOnly == true
	}
}

_mounts(pod, name) := [mount |
	some container in pod.containers
	some mount in k8s.items_at(container.fields, ["volumeMounts"])
	mount.name == name
]

# METADATA
# description: Whether `path` is one of `places`, or below one.
is_within(path, places) if {
	some place in places
	_is_at_or_below(_normal(path), place)
}

_is_at_or_below(path, place) if path == place

_is_at_or_below(path, place) if startswith(path, concat("", [place, "/"]))

_normal(path) := "/" if {
	trim(path, "/") == ""
} else := replace(concat("", ["/", trim(path, "/")]), "/var/run", "/run") if {
	startswith(concat("", ["/", trim(path, "/"), "/"]), "/var/run/")
} else := concat("", ["/", replace(trim(path, "/"), "//", "/")])

# METADATA
# description: |
#   Patterns as users write them, to be matched. One that ends in `/**` means what is before that as well.
compiled(patterns) := {each |
	some pattern in k8s.list(patterns)
	is_string(pattern)
	some each in [_normal(pattern), _normal(trim_suffix(pattern, "/**"))]
}
