# METADATA
# title: What pods ask of the Vault Agent Injector
# description: |
#   The `vault.hashicorp.com/…` annotations of pods, as injections `{obj, pod, place, annotations,
#   secrets, mode}`: `place` is the path of the annotations; `secrets` are the names of what is injected,
#   each with what the engine makes of it (`lease`, `certificate`, `static` for a password that Vault
#   itself rotates, or `value` for anything else); `mode` is `snapshot` where only an init container
#   runs, `sidecar` where an agent stays, and `unknown` where that is filled in later.
package portcullis.lib.rotation_injector

import data.portcullis.lib.pods

# METADATA
# description: Injections into the pods that are judged; `engines` are the names of engines with leases.
injections(engines) := [injection |
	some obj in input.objects
	not obj.context
	some pod in pods.specs(obj)
	annotations := pod.metadata.annotations
	is_object(annotations)
	_is_injected(obj, annotations)
	injection := {
		"obj": obj,
		"pod": pod,
		"place": array.concat(pod.metadata_path, ["annotations"]),
		"annotations": annotations,
		"secrets": _secrets(annotations, engines),
		"mode": _mode(annotations),
	}
]

# METADATA
# description: The whole name of one of the injector's annotations.
name(short) := concat("/", ["vault.hashicorp.com", short])

# METADATA
# description: The value of one of the injector's annotations; undefined where it is not set.
value(injection, short) := injection.annotations[name(short)]

# METADATA
# description: The path of one of the injector's annotations.
path(injection, short) := array.concat(injection.place, [name(short)])

# METADATA
# description: Whether one of the injector's annotations is set to what Go reads as true.
is_on(injection, short) if _is_true(value(injection, short))

_is_true(text) if text in {"1", "t", "T", "TRUE", "true", "True", true}

_is_false(text) if text in {"0", "f", "F", "FALSE", "false", "False", false, ""}

_is_injected(_, annotations) if _is_true(annotations[name("agent-inject")])

# A patch leaves that to what it patches.
_is_injected(obj, annotations) if {
	obj.partial
	not annotations[name("agent-inject")]
	count([1 | some key, _ in annotations; startswith(key, "vault.hashicorp.com/agent-")]) > 0
}

_mode(annotations) := "snapshot" if {
	_is_true(annotations[name("agent-pre-populate-only")])
} else := "sidecar" if {
	_is_false(object.get(annotations, name("agent-pre-populate-only"), ""))
} else := "unknown"

_secrets(annotations, engines) := {short: _content(annotations, short, engines) |
	some key, _ in annotations
	prefix := name("agent-inject-secret-")
	startswith(key, prefix)
	short := trim_prefix(key, prefix)
	short != ""
}

# The most telling of all paths that the annotation and its template read.
_content(annotations, short, engines) := [content |
	found := {_engine(read, engines) | some read in _reads(annotations, short)} | {"value"}
	some content in ["lease", "certificate", "static", "value"]
	content in found
][0]

_reads(annotations, short) := {text |
	some key, text in annotations
	key == name(concat("", ["agent-inject-secret-", short]))
	is_string(text)
} | {match[1] |
	template := annotations[name(concat("", ["agent-inject-template-", short]))]
	is_string(template)
	some match in regex.find_all_string_submatch_n(`\b(?:secret|pkiCert)\s+"([^"\s]{1,400})"`, template, -1)
}

# What the paths of the engines have in common: the mount, whose name says which engine it is, then a
# word for what is asked of it. A key-value entry may be called the same.
_engine(read, engines) := [known.content |
	segments := split(trim(trim_prefix(trim_space(read), "v1/"), "/"), "/")
	not _is_key_value(segments)
	some index, segment in segments
	some word, known in _words(engines)
	segment == word
	some token in split(replace(segments[index - 1], "_", "-"), "-")
	token in known.engines
][0]

_words(engines) := {
	"creds": {"content": "lease", "engines": engines},
	"sts": {"content": "lease", "engines": ["aws"]},
	"token": {"content": "lease", "engines": ["gcp"]},
	"roleset": {"content": "lease", "engines": ["gcp"]},
	"static-account": {"content": "lease", "engines": ["gcp"]},
	"impersonated-account": {"content": "lease", "engines": ["gcp"]},
	"issue": {"content": "certificate", "engines": ["pki"]},
	"sign": {"content": "certificate", "engines": ["pki", "ssh"]},
	"static-creds": {"content": "static", "engines": engines},
	"static-cred": {"content": "static", "engines": engines},
}

_is_key_value(segments) if {
	some token in split(replace(segments[0], "_", "-"), "-")
	token in {"secret", "secrets", "kv", "kv1", "kv2", "kvv1", "kvv2", "cubbyhole"}
}

_is_key_value(segments) if segments[1] == "data"
