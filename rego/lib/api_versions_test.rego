package portcullis.lib.api_versions_test

import data.portcullis.lib.api_versions

_unknown := {version |
	some version in [
		"kagent.dev/v1alpha3", "external-secrets.io/v2", "external-secrets.io/v1", "example.com/v9", "v2",
		"apps/${VERSION}", 5,
	]
	api_versions.is_unknown(version)
}

test_versions if _unknown == {"kagent.dev/v1alpha3", "external-secrets.io/v2"}
