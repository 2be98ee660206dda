# METADATA
# title: Custom resource holds a credential in plain text
# description: |
#   Many resources offer a field for a literal next to one for a reference. This rule knows a number of them
#   and says what to write instead: keystore passwords of cert-manager's `Certificate`; fake and webhook
#   providers, generators and templates of External Secrets Operator; headers and templates of Vault Secrets
#   Operator; values in Config Connector; keys in the `EncryptionConfiguration` of the API server; parameters
#   of a `SecretProviderClass`; headers and tokens of kagent; monitors, Alertmanager and Grafana resources.
#   Headers such as `Authorization` and `X-Api-Key` always carry a credential.
#
#   In all other resources a field whose name announces a credential is medium where its value most probably
#   is one: what the field means is not known there.
#
#   Left alone: references and templates (`{{ .auth.token }}`), and what is public by nature (`caBundle`,
#   `jwks`, `clientID`, `keyID`, `encryptedData`). Values that GitOps objects pass on, variables of
#   containers, command lines, annotations, tokens of known formats, private keys and credentials inside a
#   URL have rules of their own.
# related_resources:
#   - ref: https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateKeystores
#   - ref: https://external-secrets.io/latest/provider/webhook/
#   - ref: https://cloud.google.com/config-connector/docs/how-to/secrets
#   - ref: https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/
# custom:
#   severity: high
#   confidence: medium
#   scope: object
#   needs: [evidence]
#   kinds: ["*"]
#   remediation: |
#     Change the credential, and use the field for a reference next to the literal:
#
#     ```yaml
#     apiVersion: cert-manager.io/v1
#     kind: Certificate
#     metadata:
#       name: shop
#     spec:
#       secretName: shop-tls
#       dnsNames: [shop.example.com]
#       issuerRef: {kind: ClusterIssuer, name: internal}
#       keystores:
#         pkcs12:
#           create: true
#           passwordSecretRef: {name: shop-keystore, key: password}
#     ```
#   variants:
#     literal-field:
#       severity: high
#       message: "`{key}` of this {kind} is a credential in plain text; use {instead}"
#     guessable-field:
#       severity: high
#       message: "`{key}` of this {kind} is set to a guessable password; use {instead}"
#     unknown-field:
#       severity: medium
#       message: "`{key}` of this {kind} looks like a credential in plain text"
#     password-hash:
#       severity: medium
#       message: "`{key}` of this {kind} is a password hash, which can be attacked by whoever reads the repository"
#   params:
#     literalFieldTable:
#       type: array
#       description: "Further fields that take a credential in plain text: `{group, kind, path, instead}`, with `*` in the path for any key or item."
#       default: []
#     genericFallback:
#       type: string
#       description: "Fields of resources that are not known: `warn` reports those that look like a credential as medium, `off` leaves them alone."
#       default: warn
#       enum: [warn, "off"]
#   frameworks:
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["8.6.2"]
#     nist: ["IA-5(7)"]
#     iso: ["A.5.17"]
#     cwe: ["CWE-798", "CWE-312", "CWE-321"]
#   practices: [P01, P02, P24]
#   yields-to:
#     - secrets/private-key-material
#     - secrets/known-token-or-url-credential
#     - secrets/secret-manifest-plaintext
#     - agents/agent-config-carries-credential
#     - secrets/env-literal-credential
#     - secrets/argv-literal-credential
#     - secrets/configmap-metadata-credential
#     - secrets/gitops-kustomize-inline-value
#     - secrets/encrypted-file-plaintext-leak
package portcullis.rules.secrets["custom-resource-inline-credential"]

import data.portcullis.lib.evidence
import data.portcullis.lib.finding
import data.portcullis.lib.gitops
import data.portcullis.lib.k8s
import data.portcullis.lib.literal_fields
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.at(_known[entry.item.class], entry.obj, entry.item, object.union(_args(entry), {"instead": instead})) if {
	some entry in _entries
	_is_credential(entry.item)
	instead := literal_fields.instead_of(entry.obj, entry.item.path, params.literalFieldTable)
}

report contains finding.at(_unknown[entry.item.class], entry.obj, entry.item, _args(entry)) if {
	params.genericFallback != "off"
	some entry in _entries
	evidence.named(entry.item)
	not literal_fields.instead_of(entry.obj, entry.item.path, params.literalFieldTable)
}

_known := {"likely": "literal-field", "weak": "guessable-field", "hash": "password-hash"}

_unknown := {"likely": "unknown-field", "hash": "password-hash"}

# The host knows fields whose values are credentials under any name.
_is_credential(item) if evidence.named(item)

_is_credential(item) if item.detector == "literal-field"

_args(entry) := {"key": evidence.name_of(entry.obj, entry.item), "kind": entry.obj.object.kind}

# What other rules judge, whether they are on or not, is not judged here.
_entries := [entry |
	some entry in evidence.in_place("elsewhere")
	not entry.obj.id in _of_others
	not entry.item.detector == "generator-literal"
	not gitops.is_embedded(entry.obj, entry.item.path, [])
	not _is_public(entry.item.path)
	not gitops.names_an_entry(entry, evidence.name_of(entry.obj, entry.item))
]

_of_others := {obj.id |
	some kind in ["HelmValues", "HelmTemplate", "SecretSource", "SopsFile", "SopsConfig", "SealedSecret"]
	some obj in k8s.of_kind(kind)
}

_is_public(path) if {
	some step in path
	step in {"caBundle", "jwks", "clientID", "clientId", "keyID", "keyId", "encryptedData"}
}
