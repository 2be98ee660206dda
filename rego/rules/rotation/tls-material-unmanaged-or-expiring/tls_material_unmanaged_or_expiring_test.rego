package portcullis.rules.rotation["tls-material-unmanaged-or-expiring_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rotation["tls-material-unmanaged-or-expiring"] as rule

# The clock of the tests.
_now := 1764547200

_day := 86400

_secret := {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "tls", "namespace": "shop"}}

_certificate(changes) := object.union(
	{
		"path": ["data", "tls.crt"],
		"notBefore": _now - (30 * _day),
		"notAfter": _now + (60 * _day),
		"authority": false,
		"selfSigned": false,
		"signature": "sha256WithRSA",
		"key": "rsa",
		"bits": 2048,
	},
	changes,
)

_entry_with(entry, found) := object.union(testing.input_with([entry]), {"facts": {"certificates": {"0": found}}})

_with(found) := _entry_with({"object": _secret}, found)

_variants(found) := {one.variant | some one in found}

test_a_finding_as_the_host_gets_it if {
	found := rule.report with input as _with([_certificate({"notAfter": _now - (3 * _day)})])
	found == {{
		"variant": "expired",
		"object": 0,
		"path": ["data", "tls.crt"],
		"args": {"ago": "3 days"},
	}}
}

test_a_certificate_in_order if {
	found := rule.report with input as _with([_certificate({})])
	found == set()
}

test_each_problem if {
	cases := {
		"expired": {"notAfter": _now - 1},
		"expiring": {"notAfter": _now + (29 * _day)},
		"lifetime-too-long": {"notAfter": _now + (400 * _day)},
		"weak-algorithm": {"signature": "md5WithRSA"},
		"self-signed": {"selfSigned": true},
		"authority-expired": {"authority": true, "notAfter": _now - 1, "selfSigned": true, "bits": 512},
	}
	every variant, changes in cases {
		found := rule.report with input as _with([_certificate(changes)])
		_variants(found) == {variant}
	}
}

test_limits if {
	found := rule.report with input as _with([_certificate({"notBefore": _now, "notAfter": _now + (397 * _day)})])
	found == set()
	exact := rule.report with input as _with([_certificate({"notAfter": _now + (30 * _day)})])
	exact == set()
	now := rule.report with input as _with([_certificate({"notAfter": _now})])
	_variants(now) == {"expiring"}
}

test_of_several_in_one_text_the_worst_is_told_once if {
	found := rule.report with input as _with([
		_certificate({"notAfter": _now - (3 * _day)}),
		_certificate({"notAfter": _now - (9 * _day), "bits": 1024}),
		_certificate({"notAfter": _now + _day, "bits": 512}),
		_certificate({"authority": true, "notAfter": _now + (4000 * _day)}),
	])
	{[one.variant, one.args] | some one in found} == {
		["expired", {"ago": "9 days"}],
		["weak-algorithm", {"weakness": "has a key of 1024 bits"}],
	}
}

test_examples_are_low if {
	entry := {"object": _secret, "file": "docs/examples/a.yaml"}
	found := rule.report with input as _entry_with(entry, [_certificate({"notAfter": _now - 1})])
	{one.severity | some one in found} == {"low"}
}

test_parameters if {
	params := {"rotation/tls-material-unmanaged-or-expiring": {"expiryWarn": "90d", "maxCertDays": 60, "externallyManaged": []}}
	found := rule.report with input as _with([_certificate({})])
		with data.settings.params as params
	_variants(found) == {"expiring", "lifetime-too-long"}
	managed := {"rotation/tls-material-unmanaged-or-expiring": {"externallyManaged": ["shop/tls"]}}
	none := rule.report with input as _with([_certificate({"notAfter": 0})])
		with data.settings.params as managed
	none == set()
}

_ingress := {
	"apiVersion": "networking.k8s.io/v1",
	"kind": "Ingress",
	"metadata": {"name": "web", "namespace": "shop"},
	"spec": {"tls": [{"secretName": "web-tls"}]},
}

_found(entries) := {[one.path, one.severity, one.args] | some one in rule.report with input as testing.input_with(entries)}

test_without_issuer if {
	_found([{"object": _ingress}]) == {[["spec", "tls", 0, "secretName"], "info", {"secret": "web-tls"}]}
	found := {one.severity | some one in rule.report with input as testing.input_of([_ingress])}
		with data.settings.completeness as "full"
	found == {"medium"}
}

test_with_issuer if {
	_found([{"object": _ingress, "partial": true}]) == set()
	_found([{"object": _ingress, "context": true}]) == set()
	_found([{"object": object.union(_ingress, {"metadata": {"annotations": {"cert-manager.io/issuer": "a"}}})}]) == set()
	certificate := {
		"apiVersion": "cert-manager.io/v1",
		"kind": "Certificate",
		"metadata": {"name": "web", "namespace": "shop"},
		"spec": {"secretName": "web-tls"},
	}
	_found([{"object": _ingress}, {"object": certificate, "context": true}]) == set()
}

test_managed_elsewhere if {
	every listed in ["web-tls", "shop/web-tls"] {
		found := rule.report with input as testing.input_of([_ingress])
			with data.settings.params as {"rotation/tls-material-unmanaged-or-expiring": {"externallyManaged": [listed]}}
		found == set()
	}
}

test_odd_shapes if {
	_found([
		{"object": object.union(_ingress, {"spec": null})},
		{"object": object.union(_ingress, {"spec": {"tls": "web-tls"}})},
		{"object": object.union(_ingress, {"spec": {"tls": [null, {"secretName": 7}, {"secretName": ""}]}})},
		{"object": object.union(_ingress, {"spec": {"tls": [{"secretName": "{{ .Values.tls }}"}]}})},
	]) == set()
}
