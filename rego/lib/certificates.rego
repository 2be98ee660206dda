# METADATA
# title: Certificates that stand in objects
# description: |
#   The host reads the certificates in the texts of objects (`input.facts.certificates`). Here they are
#   sorted by what they are for: those of servers and clients, and those that are only trusted.
package portcullis.lib.certificates

import data.portcullis.lib.k8s

# METADATA
# description: |
#   Every text with certificates in the objects that are judged, as `{obj, path, leaves, authorities}`. A
#   certificate authority's is one by what it says, or by the name of the text (`ca.crt`,
#   `trustedCerts`), since old ones do not say so.
texts := [text |
	some kind in _kinds
	some obj in k8s.of_kind(kind)
	found := _found[format_int(obj.id, 10)]
	some path in {one.path | some one in found}
	there := [one | some one in found; one.path == path]
	trusted := _is_trusted(obj, path)
	text := {
		"obj": obj,
		"path": path,
		"leaves": [one | some one in there; not one.authority; not trusted],
		"authorities": [one | some one in there; _is_authority(one, trusted)],
	}
]

_kinds := [kind | some kind, _ in input.kinds; count(_found) > 0; not kind in _others]

# Kinds whose certificates are trusted and no more, and those whose parts are objects of their own.
_others := {
	"APIService", "CustomResourceDefinition", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration",
	"Composition", "ManifestWork", "ManifestWorkReplicaSet", "Object", "ResourceSet", "Template", "Work",
}

_found := object.get(input.facts, "certificates", {})

_is_authority(one, _) if one.authority

_is_authority(_, true)

default _is_trusted(_, _) := false

_is_trusted(_, path) if regex.match(_trust, _key(path))

_is_trusted(obj, path) if {
	regex.match(_trust, obj.name)
	not _key(path) in {"tls.crt", "tls.pem", "cert.pem"}
}

_trust := `(^|[^A-Za-z])(root)?[cC][aA][sS]?([^A-Za-z]|$)|[a-z]C[aA]s?([^a-z]|$)|^ca[A-Z]|(?i:cacert|cabundle|trust|root-?cert)`

_key(path) := keys[count(keys) - 1] if keys := [step | some step in path; is_string(step)]

# METADATA
# description: What is weak about a certificate, in words; undefined where nothing is.
weakness(certificate) := concat("", ["is signed with `", certificate.signature, "`"]) if {
	certificate.signature in {"md2WithRSA", "md5WithRSA", "sha1WithRSA", "dsaWithSHA1", "ecdsaWithSHA1"}
} else := concat("", ["has a key of ", format_int(certificate.bits, 10), " bits"]) if {
	certificate.bits < object.get(_shortest, certificate.key, 0)
}

_shortest := {"rsa": 2048, "rsa-pss": 2048, "dsa": 2048, "ec": 224}
