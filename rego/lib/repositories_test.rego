package portcullis.lib.repositories_test

import data.portcullis.lib.repositories

test_addresses if {
	given := {
		"https://github.com/Acme/Platform.git": "github.com/acme/platform",
		"https://user:pass@host:8443/a/b?ref=main": "host/a/b",
		"git@github.com:acme/platform.git": "github.com/acme/platform",
		"ssh://git@host/a/b": "host/a/b",
		"github.com/acme/platform//base?ref=v1": "github.com/acme/platform/base",
		"git::https://host/a.git//b": "host/a/b",
		"oci://ghcr.io/acme/charts": "ghcr.io/acme/charts",
	}
	every url, address in given {
		repositories.address(url) == address
	}
	every url in ["", "https://", "https://host", "https://host/", "../base", "{{repo}}", "https://${HOST}/a", 5, null, "https://hö/a", "a b:c"] {
		not repositories.address(url)
	}
}

_relations contains [url, repositories.relation(url)] if {
	some url in [
		"https://github.com/acme/platform.git",
		"https://github.com/acme/platform//base",
		"https://github.com/sam/platform",
		"https://github.com/acme/other",
		"https://github.com/other/charts",
		"https://host/charts",
		"{{url}}",
	]
}

test_relations if {
	_relations == {
		["https://github.com/acme/platform.git", "own"],
		["https://github.com/acme/platform//base", "own"],
		["https://github.com/sam/platform", "own"],
		["https://github.com/acme/other", "same-owner"],
		["https://github.com/other/charts", "foreign"],
		["https://host/charts", "foreign"],
		["{{url}}", "unknown"],
	} with input as {"facts": {"repository": ["github.com/acme/platform"]}}
	{relation | some [_, relation] in _relations} == {"unknown"} with input as {"facts": {}}
}
