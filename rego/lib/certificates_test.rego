package portcullis.lib.certificates_test

import data.portcullis.lib.certificates
import data.portcullis.lib.testing

_object(kind, name) := {"apiVersion": "v1", "kind": kind, "metadata": {"name": name}}

_leaf := {"notBefore": 0, "notAfter": 10, "authority": false, "selfSigned": false, "signature": "sha256WithRSA", "key": "rsa", "bits": 2048}

_at(path, changes) := object.union_n([_leaf, {"path": path}, changes])

_in(objects, found) := object.union(testing.input_of(objects), {"facts": {"certificates": found}})

_sorted(objects, found) := {[text.obj.id, text.path, count(text.leaves), count(text.authorities)] |
	some text in certificates.texts with input as _in(objects, found)
}

test_texts_of_objects if {
	chain := [_at(["data", "tls.crt"], {}), _at(["data", "tls.crt"], {"authority": true})]
	_sorted([_object("Secret", "a"), _object("ConfigMap", "b"), _object("ConfigMap", "c")], {
		"0": chain,
		"2": [_at(["data", "list", 0], {})],
	}) == {
		[0, ["data", "tls.crt"], 1, 1],
		[2, ["data", "list", 0], 1, 0],
	}
}

test_what_is_trusted_is_an_authority if {
	names := {
		"ca.crt", "ca", "caCert", "ca-bundle.crt", "cacert.pem", "rootCA.pem", "clientCAs", "trusted", "root-cert.pem", "CA.pem",
		"truststore.pem", "server_ca.pem", "caBundle",
	}
	_sorted([_object("Secret", "a")], {"0": [_at(["data", name], {}) | some name in names]}) == {[0, ["data", name], 0, 1] | some name in names}
}

test_other_names_are_not_trusted if {
	names := {"tls.crt", "cert.pem", "server.pem", "local.crt", "vacation.pem", "carrot.crt", "certificate", "alpaca.pem"}
	_sorted([_object("Secret", "a")], {"0": [_at(["data", name], {}) | some name in names]}) == {[0, ["data", name], 1, 0] | some name in names}
}

test_the_name_of_the_object_counts_but_for_a_served_certificate if {
	_sorted([_object("ConfigMap", "partner-ca")], {"0": [_at(["data", "partner.crt"], {}), _at(["data", "tls.crt"], {})]}) == {
		[0, ["data", "partner.crt"], 0, 1],
		[0, ["data", "tls.crt"], 1, 0],
	}
}

test_kinds_that_only_trust_and_context_are_left_out if {
	webhook := _object("ValidatingWebhookConfiguration", "a")
	_sorted([webhook], {"0": [_at(["webhooks", 0, "clientConfig", "caBundle"], {})]}) == set()
	document := object.union(
		testing.input_with([{"object": _object("Secret", "a"), "context": true}]),
		{"facts": {"certificates": {"0": [_at(["data", "tls.crt"], {})]}}},
	)
	found := certificates.texts with input as document
	found == []
}

test_without_certificates if {
	found := certificates.texts with input as testing.input_of([_object("Secret", "a")])
	found == []
}

test_weaknesses if {
	certificates.weakness(_at([], {"signature": "sha1WithRSA"})) == "is signed with `sha1WithRSA`"
	certificates.weakness(_at([], {"signature": "md5WithRSA", "bits": 512})) == "is signed with `md5WithRSA`"
	certificates.weakness(_at([], {"bits": 1024})) == "has a key of 1024 bits"
	certificates.weakness(_at([], {"key": "ec", "bits": 192})) == "has a key of 192 bits"
	not certificates.weakness(_leaf)
	not certificates.weakness(_at([], {"key": "ec", "bits": 256}))
	not certificates.weakness(_at([], {"key": "ed25519", "bits": null}))
	not certificates.weakness(_at([], {"key": "other", "bits": null}))
	not certificates.weakness(_at([], {"key": "rsa", "bits": 4096, "signature": "other"}))
}
