# METADATA
# title: Private key stands in the repository
# description: |
#   Looks for private keys in every value, base64 taken off up to twice, in comments and in text files: PEM
#   blocks, OpenSSH and PuTTY keys, JSON Web Keys with their private part, age keys, key files of Google
#   service accounts, and PKCS#12 and Java keystores. A key that was in Git counts as known for good; only
#   a new one repairs that. A Secret labelled as a key of Sealed Secrets opens everything that was ever
#   sealed with it. A key under a passphrase is high instead of critical.
#
#   Left alone: certificates, requests and public keys, ciphertext, blocks whose body is cut out
#   (`...`, `<snip>`), and documentation (Markdown, reStructuredText, AsciiDoc).
#
#   Keys that are there on purpose, as for tests, go into `allow` by file and path. There is no allow-list
#   by fingerprint: nothing derived from a secret is kept or compared. Being an example lowers nothing
#   here. The entry of a Secret that `allow` lets pass is still one for the rule about Secrets.
# related_resources:
#   - ref: https://www.rfc-editor.org/rfc/rfc7468
#   - ref: https://github.com/bitnami-labs/sealed-secrets#how-can-i-do-a-backup-of-my-sealedsecrets
#   - ref: https://cert-manager.io/docs/usage/certificate/
# custom:
#   severity: critical
#   confidence: high
#   scope: object
#   needs: [evidence]
#   kinds: ["*"]
#   remediation: |
#     Revoke the key and issue a new one, made where it is used:
#
#     ```yaml
#     apiVersion: cert-manager.io/v1
#     kind: Certificate
#     metadata:
#       name: shop
#     spec:
#       secretName: shop-tls
#       duration: 2160h
#       renewBefore: 720h
#       privateKey:
#         algorithm: ECDSA
#         size: 256
#         rotationPolicy: Always
#       dnsNames: [shop.example.com]
#       issuerRef:
#         kind: ClusterIssuer
#         name: internal
#     ```
#   variants:
#     private-key:
#       severity: critical
#       message: "This is {what}: once in a repository it counts as known, and must be replaced"
#     encrypted-private-key:
#       severity: high
#       message: "This is {what}, under a passphrase that may be guessed at leisure"
#     sealing-key:
#       severity: critical
#       message: "This is the private key of Sealed Secrets: it opens everything that was ever sealed with it"
#   params:
#     allow:
#       type: array
#       description: "Places left alone: `{file, path}`, a glob and the keys that lead to the value, or the whole file."
#       default: []
#     scanBinary:
#       type: boolean
#       description: Whether binary values are searched for keystores.
#       default: true
#   frameworks:
#     nsa: ["NSA-SEC"]
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["3.6.1", "3.6.1.2", "8.6.2"]
#     soc2: ["CC6.1"]
#     nist: ["SC-12", "IA-5(2)", "IA-5(7)"]
#     iso: ["A.8.24"]
#     cwe: ["CWE-321", "CWE-798", "CWE-522"]
#   practices: [P01, P24, P30]
package portcullis.rules.secrets["private-key-material"]

import data.portcullis.lib.evidence
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.at(_variant(obj, item), obj, item, {"what": _what(item)}) if {
	some obj in input.objects
	not obj.context
	some item in obj.evidence
	item.kind in _kinds
	not evidence.allowed(params.allow, obj.file, item)
}

report contains finding.in_file(item.kind, item, {"what": _what(item)}) if {
	some file in input.files
	some item in file.evidence
	item.kind in _kinds
	not evidence.is_documentation(file.file)
	not evidence.allowed(params.allow, file.file, item)
}

_kinds := {"private-key", "encrypted-private-key"}

_variant(obj, item) := "sealing-key" if {
	evidence.is_core(obj, "Secret")
	"sealedsecrets.bitnami.com/sealed-secrets-key" in object.keys(k8s.labels(obj))
	item.path[0] in {"data", "stringData"}
} else := item.kind

_what(item) := object.get(_names, item.detector, "a private key")

_names := {
	"key/jwk": "a JSON Web Key with its private part",
	"key/age": "the private key of age",
	"key/gcp-service-account": "the key of a Google service account",
	"key/pkcs12": "a PKCS#12 keystore with a private key",
	"key/jks": "a Java keystore with a private key",
	"key/putty": "a PuTTY private key",
}
