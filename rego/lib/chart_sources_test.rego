package portcullis.lib.chart_sources_test

import data.portcullis.lib.chart_sources
import data.portcullis.lib.testing

_weak := {"class": "weak"}

# A template as the host hands it over, which gives neither apiVersion nor kind.
_input(templates) := object.union(
	testing.input_with([{"object": object.union({"kind": "HelmTemplate"}, template)} | some template in templates]),
	{"kinds": {"HelmTemplate": numbers.range(0, count(templates) - 1)}},
)

_mentioning(names) := _input([{"chart": "a", "mentions": names}])

test_facts_go_with_their_evidence if {
	document := testing.input_with([{
		"object": {"kind": "HelmTemplate", "generators": [{"name": "a", "evidence": 7}, {"name": "b", "evidence": 8}]},
		"evidence": [{"id": 7}],
	}])
	[[fact.name, item.id] | some [_, fact, item] in chart_sources.facts("generators")] == [["a", 7]] with input as document
	chart_sources.facts("fallbacks") == [] with input as document
	chart_sources.secrets == [] with input as document
}

test_switches if {
	every name in [
		".Values.auth.existingSecret",
		".Values.existingSecretName",
		".Values.secret.existing",
		".Values.secrets.useExisting",
		".Values.envFromSecret",
		".Values.externalSecrets.enabled",
		".Values.auth.secretName",
		".secretKeyRef.name",
		".Values.auth.passwordSecret",
		".Values.notifications.secret.create",
		".Values.certificateSecret.enabled",
		".Values.createSecret",
		".Values.useK8sSecrets",
		".Values.secretCreate",
	] {
		chart_sources.switched == {"a"} with input as _mentioning([name])
	}
}

test_no_switches if {
	every name in [
		".Values.secret",
		".Values.secrets.*",
		".Values.auth.clientSecret",
		".Values.ingress.tls.*.secretName",
		".Values.webhook.certSecretName",
		".Values.imagePullSecrets",
		".Values.persistence.existingClaim",
		".Values.credentials.password",
	] {
		chart_sources.switched == set() with input as _mentioning([name])
	}
}

_secret := {"kept": false, "looksUp": false, "calls": [], "includes": [], "generators": [], "values": []}

_secret_of(fields) := {"secrets": [object.union(_secret, fields)]}

_helper(name, fields) := {"helpers": [object.union(
	{"name": name, "looksUp": false, "includes": [], "generators": []},
	fields,
)]}

test_generators_of_secrets if {
	chart_sources.made_anew == {1, 2} with input as _input([
		_secret_of({"generators": [1], "includes": ["outer", "unknown"]}),
		_helper("outer", {"includes": ["inner", "outer", "unknown"]}),
		_helper("inner", {"generators": [2]}),
		_helper("other", {"generators": [3]}),
	])
}

test_kept_values if {
	every fields in [{"kept": true}, {"looksUp": true}, {"calls": ["existing"]}, {"includes": ["through"]}] {
		document := _input([
			_secret_of(object.union({"generators": [1]}, fields)),
			_helper("existing", {"looksUp": true}),
			_helper("through", {"includes": ["existing"]}),
		])
		chart_sources.made_anew == set() with input as document
		chart_sources.in_secrets == {1} with input as document
	}
}

test_a_helper_may_be_defined_twice if {
	chart_sources.made_anew == {1, 2} with input as _input([
		_secret_of({"includes": ["password"]}),
		_helper("password", {"generators": [1]}),
		_helper("password", {"generators": [2]}),
	])
}

test_names_an_entry if {
	every path in [
		["auth", "existingSecret", "password"],
		["existingSecretPasswordKey"],
		["auth", "secretKeys", "userPassword"],
		["secretName", "token"],
		["auth", "secretKeyRef", "password"],
		["passwordSecret", "password"],
		["passwordKeyName"],
		["envFromSecret", "password"],
	] {
		chart_sources.names_an_entry(_weak, path)
		not chart_sources.names_an_entry({"class": "likely"}, path)
	}
	every path in [["auth", "password"], ["existingRedis", "password"], ["secrets", 0, "token"]] {
		not chart_sources.names_an_entry(_weak, path)
	}
}

test_is_entry_beside_name if {
	holders := {
		"license": {"secretName": "orders", "secretKey": "[redacted]"},
		"data": [{"remoteRef": {}, "secretKey": "[redacted]"}],
		"s3": {"name": "orders", "secretKey": "[redacted]"},
		"model": {"apiKeySecret": "orders", "apiKeySecretKey": "[redacted]"},
		"named": {"token_secret": "orders", "token_secret_key_name": "[redacted]"},
		"referred": {"tokenSecret": "orders", "tokenKeyRef": "[redacted]"},
		"aws": {"clientSecret": "[redacted]", "awsSecretKey": "[redacted]", "apiKeySecretKey": "[redacted]"},
		"list": ["[redacted]"],
	}
	obj := {"object": holders}
	every path in [
		["license", "secretKey"],
		["data", 0, "secretKey"],
		["model", "apiKeySecretKey"],
		["named", "token_secret_key_name"],
		["referred", "tokenKeyRef"],
	] {
		chart_sources.is_entry_beside_name(obj, {"class": "weak", "path": path})
		not chart_sources.is_entry_beside_name(obj, {"class": "likely", "path": path})
	}
	every path in [
		["s3", "secretKey"],
		["model", "apiKeySecret"],
		["aws", "awsSecretKey"],
		["aws", "apiKeySecretKey"],
		["list", 0],
		["license", "token"],
		[],
	] {
		not chart_sources.is_entry_beside_name(obj, {"class": "weak", "path": path})
	}
}

test_is_key_of_name if {
	every key in ["key", "name", "secretName", "property", "remoteKey", "apiVersion"] {
		chart_sources.is_key_of_name(_weak, key)
		not chart_sources.is_key_of_name({"class": "likely"}, key)
	}
	every key in ["password", "value", "keyfile", null] {
		not chart_sources.is_key_of_name(_weak, key)
	}
}

test_value_name if {
	item := {"path": ["accounts", 0, "password"], "context": "value", "keyName": "password"}
	chart_sources.value_name(item) == "accounts.0.password"
	chart_sources.value_name(object.union(item, {"context": "nested", "keyName": "pw"})) == "accounts.0.password > pw"
	chart_sources.value_name(object.union(item, {"context": "header", "keyName": null})) == "accounts.0.password"
}
