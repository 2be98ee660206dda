# METADATA
# title: Secret holds a usable value in plain text
# description: |
#   Looks at every entry of a Secret, `data` after base64 is taken off, and into what entries hold: Docker
#   logins, kubeconfigs, JSON, YAML and properties. Base64 is an encoding: whoever can read the repository
#   has the credential, and the history keeps it after the file is gone. The copy of the object that
#   `kubectl apply` leaves in an annotation is read as well.
#
#   A guessable value such as `changeme` is no placeholder once it is applied: it is a password that works.
#   A password hash in Git is medium, since it can be attacked at leisure.
#
#   Left alone: what SOPS or another tool encrypted, references (Argo CD Vault Plugin, bank-vaults, vals,
#   `${VAR}`), empty entries, certificates and other public values, and the entries that `publicKeys`
#   names. A `<key>` is a reference only where the object carries `avp.kubernetes.io/path`. In example
#   files and in the tests of a chart, findings are low.
#
#   Where an entry is a private key or a token of a known format, the rule for those speaks. Under the
#   `strict` profile, or with `strict: true`, each entry that is neither encrypted nor a reference is
#   reported, whatever it holds.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/secrets-good-practices/
#   - ref: https://kubernetes.io/docs/concepts/configuration/secret/
#   - ref: https://external-secrets.io/latest/api/externalsecret/
# custom:
#   severity: critical
#   confidence: high
#   scope: object
#   needs: [evidence]
#   kinds: [Secret]
#   remediation: |
#     Treat the value as known: change it at its source. Keep only a reference in Git and let a controller
#     make the Secret:
#
#     ```yaml
#     apiVersion: external-secrets.io/v1
#     kind: ExternalSecret
#     metadata:
#       name: orders-db
#     spec:
#       refreshInterval: 1h
#       secretStoreRef:
#         kind: SecretStore
#         name: team-store
#       target:
#         name: orders-db
#       data:
#         - secretKey: password
#           remoteRef:
#             key: orders/db
#             property: password
#     ```
#
#     SealedSecrets and SOPS keep the value in Git encrypted.
#   variants:
#     plaintext-value:
#       severity: critical
#       message: "Entry `{entry}` of this Secret holds a credential that anyone with access to the repository can read"
#     guessable-value:
#       severity: high
#       message: "Entry `{entry}` of this Secret holds a guessable password, and it works wherever this is applied"
#     password-hash:
#       severity: medium
#       message: "Entry `{entry}` of this Secret holds a password hash, which can be attacked by whoever reads the repository"
#     last-applied:
#       severity: critical
#       message: "The annotation that `kubectl apply` leaves behind repeats `{entry}` of this Secret in plain text"
#     any-value:
#       severity: medium
#       message: "Entry `{entry}` of this Secret is neither encrypted nor a reference to a store"
#   params:
#     strict:
#       type: boolean
#       description: Report every entry that is neither encrypted nor a reference, whatever its value.
#       default: false
#     publicKeys:
#       type: array
#       description: "Names of entries that are public by nature; `*` stands for any text, case does not matter."
#       default:
#         - ca.crt
#         - ca.pem
#         - ca-bundle.crt
#         - ca-certificates.crt
#         - tls.crt
#         - "*.pub"
#         - namespace
#         - username
#         - known_hosts
#         - ssh_known_hosts
#         - issuer
#         - client-id
#         - client_id
#         - clientId
#     weakValues:
#       type: array
#       description: Passwords that count as guessable, besides the built-in list; case does not matter.
#       default: []
#     exampleGlobs:
#       type: array
#       description: Files that are examples; findings in them are low, and placeholders in them are none.
#       default: ["**/examples/**", "**/testdata/**"]
#     minEntropy:
#       type: number
#       description: Bits per character from which 16 and more characters of no telling name count as random.
#       default: 3.2
#   frameworks:
#     cis: ["5.4.2"]
#     nsa: ["NSA-SEC"]
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["8.6.2", "8.3.2"]
#     soc2: ["CC6.1", "CC6.7"]
#     nist: ["IA-5(7)", "SC-28"]
#     iso: ["A.5.17", "A.8.24"]
#     cwe: ["CWE-798", "CWE-312", "CWE-540"]
#   practices: [P01, P24, P30]
#   yields-to: [secrets/private-key-material, secrets/known-token-or-url-credential]
package portcullis.rules.secrets["secret-manifest-plaintext"]

import data.portcullis.lib.evidence
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

# A finding speaks for the whole object: its rotation is no question while it stands in Git.
report contains finding.covering(evidence.lowered(found, obj.file, params.exampleGlobs), []) if {
	some [obj, found] in array.concat(_found, _strict)
}

_found := array.concat(_judged, array.concat(_formats, _copied))

_variants := {"likely": "plaintext-value", "weak": "guessable-value", "hash": "password-hash"}

_judged := [[entry.obj, finding.at(_variants[entry.item.class], entry.obj, entry.item, _args(entry.item))] |
	some entry in evidence.in_place("secret-entry")
	not _is_public(entry.item.path[1])
]

# Keys and tokens have rules of their own, which speak where they are on; this one sees them, too.
_formats := [[obj, finding.at(_format(item), obj, item, _args(item))] |
	some obj in _secrets
	some item in obj.evidence
	item.path[0] in {"data", "stringData"}
	not _is_public(item.path[1])
	not array.concat([obj.id], item.path) in _credentials
]

_format(item) := "plaintext-value" if item.kind in {"private-key", "encrypted-private-key"}

_format(item) := _variants[item.class] if item.kind in {"token", "url-credential"}

_copied := [[entry.obj, finding.with_severity(found, _severities[entry.item.class])] |
	some entry in evidence.in_place("last-applied")
	evidence.is_core(entry.obj, "Secret")
	found := finding.at("last-applied", entry.obj, entry.item, {"entry": evidence.label(entry.item)})
]

_severities := {"likely": "critical", "weak": "high", "hash": "medium"}

_strict := [[obj, finding.new("any-value", obj, [field, entry], {"entry": entry})] |
	_is_strict
	some obj in _secrets
	some field in ["data", "stringData"]
	some entry, value in obj.object[field]
	is_string(entry)
	not value in {null, ""}
	not _is_public(entry)
	not [obj.id, field, entry] in _harmless
	not [obj.id, field, entry] in _reported
]

_is_strict if params.strict == true

_is_strict if settings.profile == "strict"

_reported contains array.concat([obj.id], array.slice(found.path, 0, 2)) if some [obj, found] in _found

_secrets := [obj | some obj in k8s.of_kind("Secret"); evidence.is_core(obj, "Secret")]

# Entries that were judged as a whole, as `[object, field, entry]` by class.
_entries[class] := entries if {
	some class in ["likely", "weak", "hash", "empty", "encrypted", "reference"]
	entries := {array.concat([obj.id], item.path) |
		some obj in _secrets
		some item in obj.evidence
		item.kind == "credential"
		item.class == class
		not item.context in {"nested", "assignment", "flag", "header"}
	}
}

_credentials := union({_entries[class] | some class in ["likely", "weak", "hash"]})

_harmless := union({_entries[class] | some class in ["empty", "encrypted", "reference"]})

_args(item) := {"entry": concat(" > ", [item.path[1], item.keyName])} if {
	is_string(item.keyName)
	item.keyName != item.path[1]
} else := {"entry": item.path[1]}

_is_public(entry) if {
	some pattern in k8s.list(params.publicKeys)
	glob.match(lower(pattern), ["/"], lower(entry))
}
