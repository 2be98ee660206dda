# METADATA
# title: Which rule a piece of evidence is the business of
# description: |
#   The host says what a value is; this says where it stands, so that each credential is spoken for by
#   one rule. The places are `secret-entry`, `last-applied`, `config-entry`, `metadata`, `env`, `argv`
#   and `elsewhere`.
package portcullis.lib.evidence

import data.portcullis.lib.finding
import data.portcullis.lib.k8s

# METADATA
# description: |
#   What stands at `place` and was judged by its name and shape as a credential (`likely`), a guessable
#   one (`weak`) or a password hash (`hash`): a list of `{obj, item, place}`.
in_place(place) := [entry | some entry in _credentials; entry.place == place]

_credentials := [{"obj": obj, "item": item, "place": _place(obj, item.path)} |
	some obj in input.objects
	not obj.context
	some item in obj.evidence
	item.kind == "credential"
	item.class in {"likely", "weak", "hash"}
]

# METADATA
# description: |
#   Whether a name announces the credential: that of a key, a variable, a header, or a flag, which may be
#   as short as `-p` where the host knows the command. A hash tells by its form that it is one.
named(item) if item.nameClass == "sensitive"

named(item) if item.class == "hash"

# METADATA
# description: Whether the object is one of the core group's.
is_core(obj, kind) if {
	obj.object.kind == kind
	obj.object.apiVersion == "v1"
}

# METADATA
# description: The annotation in which `kubectl apply` keeps a copy of the whole object.
last_applied := ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"]

_place(obj, path) := "secret-entry" if {
	path[0] in {"data", "stringData"}
	is_core(obj, "Secret")
} else := "config-entry" if {
	path[0] in {"data", "binaryData"}
	is_core(obj, "ConfigMap")
} else := "last-applied" if {
	path == last_applied
} else := "metadata" if {
	_is_metadata(path)
} else := "env" if {
	[list, index, "value"] = array.slice(path, count(path) - 3, count(path))
	list == "env"
	is_number(index)
} else := "argv" if {
	_is_argv(path)
} else := "elsewhere"

# Annotations and labels of the object, of pod templates, and of what a controller makes from it.
_is_metadata(path) if {
	[holder, field, key] = array.slice(path, count(path) - 3, count(path))
	field in {"annotations", "labels"}
	is_string(key)
	is_string(holder)
	regex.match(`(?i)(metadata|template)$`, holder)
}

# Commands, arguments, hooks and probes alike: what is executed is a list named so.
_is_argv(path) if {
	[list, index] = array.slice(path, count(path) - 2, count(path))
	list in {"command", "args"}
	is_number(index)
}

_is_argv(path) if {
	["httpHeaders", _, "value"] = array.slice(path, count(path) - 3, count(path))
}

# Argo Workflows.
_is_argv(path) if {
	["script", "source"] = array.slice(path, count(path) - 2, count(path))
}

# Tekton.
_is_argv(path) if {
	[list, index, "script"] = array.slice(path, count(path) - 3, count(path))
	list in {"steps", "sidecars"}
	is_number(index)
}

# METADATA
# description: |
#   What to call the place of a piece of evidence of `obj` in a message: the name next to the value in a
#   list such as `env`, else the name that announces it. Never anything of the value.
name_of(obj, item) := name if {
	last := count(item.path) - 1
	item.path[last] == "value"
	name := object.get(obj.object, array.concat(array.slice(item.path, 0, last), ["name"]), null)
	is_string(name)
} else := label(item)

# METADATA
# description: |
#   The name that announces the value, else the last key of the path. Never anything of the value.
label(item) := item.keyName if {
	is_string(item.keyName)
	item.keyName != ""
} else := keys[count(keys) - 1] if {
	keys := [step | some step in item.path; is_string(step)]
	count(keys) > 0
} else := "this text"

# METADATA
# description: |
#   The finding, of severity low where its file is an example: matched by one of `globs`, or a test of a
#   chart. Apply it before `finding.covering`.
lowered(found, file, globs) := finding.with_severity(found, "low") if {
	_is_example(file, globs)
} else := found

_is_example(file, globs) if {
	some pattern in k8s.list(globs)
	matches_glob(pattern, file)
}

_is_example(file, _) if contains(concat("", ["/", file]), "/templates/tests/")

# METADATA
# description: Whether a file, relative to the root, matches the glob; `**/` also stands for no folder.
matches_glob(pattern, file) if {
	is_string(pattern)
	some path in [file, concat("", ["/", file])]
	glob.match(pattern, ["/"], path)
}

# METADATA
# description: |
#   Whether an allow-list holds the place: each entry is `{file, path}`, a glob and the keys that lead to
#   the value. Without `path` the whole file is meant. Values and their hashes are no part of it.
allowed(list, file, item) if {
	some entry in k8s.list(list)
	matches_glob(entry.file, file)
	path := k8s.list(object.get(entry, "path", null))
	path == array.slice(item.path, 0, count(path))
}

# METADATA
# description: Whether a file is documentation by its name.
is_documentation(file) if regex.match(`(?i)\.(md|mdx|markdown|rst|adoc|asciidoc)$`, file)
