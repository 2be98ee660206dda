# METADATA
# title: Whether a revision or a version says what exactly is taken
package portcullis.lib.revisions

import data.portcullis.lib.repositories

# METADATA
# description: A version as text, also where YAML reads a number; empty where there is none.
text(value) := value if is_string(value)

text(value) := json.marshal(value) if is_number(value)

text(value) := "" if {
	not is_string(value)
	not is_number(value)
}

# METADATA
# description: |
#   What a Git revision is: `branch` (also `HEAD` and none), `range` of versions, or `exact` (a commit, a tag
#   with a version). Undefined where a template fills it in.
git(revision) := "exact" if {
	_is_exact(revision)
	not _is_range(revision)
} else := "range" if {
	_is_range(revision)
	not repositories.is_templated(revision)
} else := "branch" if {
	not repositories.is_templated(revision)
}

_is_exact(revision) if regex.match(`^[0-9a-f]{7,64}$`, revision)

_is_exact(revision) if startswith(revision, "refs/tags/")

_is_exact(revision) if regex.match(`(^|[^.\d])v?\d+\.\d+`, revision)

_is_exact(revision) if regex.match(`^v\d+$`, revision)

_is_range(revision) if regex.match(`[*^~<>|]|(^|\.)[xX](\.|$)`, revision)

# METADATA
# description: |
#   Whether a chart's or an artifact's version lets another one be taken tomorrow: none, `latest`, a range, or
#   one with its last parts left out, which Helm reads as a range.
is_loose(version) if version in {"", "latest"}

is_loose(version) if {
	_is_range(version)
	not repositories.is_templated(version)
}

is_loose(version) if contains(version, " - ")

is_loose(version) if regex.match(`^v?\d+(\.\d+)?$`, version)

# METADATA
# description: |
#   What the URL of a file or a folder says of the revision that is taken: `exact` where `ref`, or a version or
#   a commit in its path, names one, else `loose`. Undefined where a template fills it in.
of_url(url) := {true: "exact", false: "loose"}[kind == "exact"] if {
	kind := git(_ref(url))
} else := "exact" if {
	regex.match(_pinned_path, split(url, "?")[0])
} else := "loose" if {
	not repositories.is_templated(url)
}

_pinned_path := `(^|/|@)(v?\d+\.\d+[\w.+-]*|[0-9a-f]{40}|[\w.-]+-v?\d+\.\d+[\w.+-]*)(/|$)`

_ref(url) := ref if {
	query := split(url, "?")[1]
	some part in split(query, "&")
	[key, ref] := split(part, "=")
	key in {"ref", "version"}
}
