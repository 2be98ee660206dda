# METADATA
# title: Whose a repository is
# description: |
#   The host tells where the judged repository lies (`input.facts.repository`); URLs in manifests are compared
#   with that.
package portcullis.lib.repositories

# METADATA
# description: |
#   The address of a URL as `host/path` in lower case, without what logs in, `.git` and a query. Undefined for
#   what is none, or is filled in by a template.
address(url) := lower(concat("/", array.concat([host], steps))) if {
	is_string(url)
	not is_templated(url)
	regex.match(`^[\x21-\x7e]+$`, url)
	bare := split(split(url, "?")[0], "#")[0]
	[host, path] := _parts(trim_prefix(bare, "git::"))
	steps := [trim_suffix(step, ".git") | some step in split(path, "/"); step != ""]
	count(steps) > 0
}

# METADATA
# description: Whether a template or a substitution fills in a part of the text.
is_templated(text) if {
	some mark in ["{{", "${", "$("]
	contains(text, mark)
}

# `https://user@host:443/path`, `oci://host/path`
_parts(url) := [host, path] if {
	contains(url, "://")
	rest := split(url, "://")[1]
	slash := indexof(rest, "/")
	slash > 0
	login := split(substring(rest, 0, slash), "@")
	host := split(login[count(login) - 1], ":")[0]
	path := substring(rest, slash, -1)
} else := [host, path] if {
	not contains(url, "://")
	regex.match(`^([\w.-]+@)?[\w.-]{2,}:[^/]`, url)
	colon := indexof(url, ":")
	login := split(substring(url, 0, colon), "@")
	host := login[count(login) - 1]
	path := substring(url, colon + 1, -1)
} else := [host, path] if {
	not contains(url, "://")
	regex.match(`^[\w-]+(\.[\w-]+)+/[^/]`, url)
	slash := indexof(url, "/")
	host := substring(url, 0, slash)
	path := substring(url, slash, -1)
}

# METADATA
# description: |
#   Whose the repository at a URL is: `own` is the judged one or a fork of it, `same-owner` another one of the
#   same owner, `foreign` one of somebody else; `unknown` where it cannot be told.
relation(url) := "unknown" if {
	not address(url)
} else := "unknown" if {
	count(_own) == 0
} else := "own" if {
	some own in _own
	_is_same(address(url), own)
} else := "same-owner" if {
	some own in _own
	_owner(address(url)) == _owner(own)
} else := "foreign"

_own := object.get(input.facts, "repository", [])

_is_same(address, own) if address == own

_is_same(address, own) if startswith(address, concat("", [own, "/"]))

# A fork has the same name.
_is_same(address, own) if {
	[_, _, name] := array.slice(split(address, "/"), 0, 3)
	parts := split(own, "/")
	count(parts) > 2
	name == parts[count(parts) - 1]
}

_owner(address) := concat("/", array.slice(split(address, "/"), 0, 2))
