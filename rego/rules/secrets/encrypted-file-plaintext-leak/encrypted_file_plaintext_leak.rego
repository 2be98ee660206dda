# METADATA
# title: File that is meant to be encrypted gives something away
# description: |
#   Looks at what teams keep encrypted in Git: objects and files of SOPS (YAML, JSON, dotenv, INI), the rules in
#   `.sops.yaml`, SealedSecrets, and Flux Kustomizations that have to decrypt. One wrong pattern publishes a
#   whole file, and a file that is encrypted in parts looks safe.
#
#   In what SOPS encrypted, entries of a Secret that are not ciphertext are reported, and elsewhere credentials
#   under telling names; so are a missing code over the values, and recipients that the parameters do not
#   allow. In `.sops.yaml`, a rule whose `encrypted_regex` leaves out one of `data` and `stringData`, and files
#   under `secretPathGlobs` that no rule covers. In a SealedSecret, values in the template, which is not
#   encrypted, values in the place of ciphertext that are none, and scopes that let others unseal it.
#
#   Left alone: `apiVersion`, `kind`, `metadata`, `type` and what SOPS writes about itself; empty values, which
#   SOPS leaves as they are; references, certificates and public keys; templates that only put values together;
#   ciphertext that is cut short, as in documentation. Where a patch adds `decryption`, Flux is left alone.
# related_resources:
#   - ref: https://getsops.io/docs/#encrypting-only-parts-of-a-file
#   - ref: https://github.com/bitnami-labs/sealed-secrets#scopes
#   - ref: https://fluxcd.io/flux/guides/mozilla-sops/
# custom:
#   severity: critical
#   confidence: high
#   scope: object
#   needs: [evidence]
#   kinds: ["*"]
#   remediation: |
#     Change what was in the clear. Encrypt by the names of fields, and let a rule cover the whole folder:
#
#     ```yaml
#     # .sops.yaml
#     creation_rules:
#       - path_regex: (^|/)secrets/.*\.ya?ml$
#         encrypted_regex: ^(data|stringData)$
#         age: >-
#           age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p,
#           age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg
#     ```
#
#     Then run `sops updatekeys` on the files, or decrypt and encrypt them again. Seal values with `kubeseal`.
#   variants:
#     unencrypted-value:
#       severity: high
#       message: "`{key}` is in plain text in a file that SOPS encrypted: its rules leave this field out"
#     missing-mac:
#       severity: medium
#       message: "SOPS left no code over the values of this file: nobody notices when they are changed"
#     partial-mac:
#       severity: medium
#       message: "The code over this Secret covers the encrypted values only: what is in the clear can be changed unnoticed"
#     single-recipient:
#       severity: medium
#       message: "Only one recipient can decrypt this: with that key, everything is lost"
#     pgp-only:
#       severity: medium
#       message: "Only PGP keys can decrypt this; use age or a key service, whose keys can be replaced and watched"
#     unapproved-recipient:
#       severity: medium
#       message: "A recipient that is not approved can decrypt this ({recipient})"
#     uncovered-file:
#       severity: high
#       message: "No rule covers `{file}`: SOPS refuses to encrypt it, and it is easily committed in the clear"
#     incomplete-rule:
#       severity: high
#       message: "This `encrypted_regex` leaves out `{field}`, which SOPS then writes in the clear"
#     template-value:
#       severity: critical
#       message: "`{key}` is in plain text: the template of a SealedSecret is not encrypted"
#     deprecated-data:
#       severity: low
#       message: "`spec.data` holds all values in one; use `encryptedData`, which is sealed entry by entry"
#     cluster-wide:
#       severity: medium
#       message: "This SealedSecret can be unsealed under any name in any namespace"
#     namespace-wide:
#       severity: low
#       message: "This SealedSecret can be unsealed under any name in its namespace"
#     unsealed-value:
#       severity: critical
#       message: "`{key}` is no ciphertext: somebody wrote the value itself where the sealed one belongs"
#     missing-decryption:
#       severity: medium
#       message: "This Kustomization reconciles `{file}`, which SOPS encrypted, and does not decrypt: the ciphertext is what gets applied"
#   params:
#     secretPathGlobs:
#       type: array
#       description: "Files that must be covered by a rule of `.sops.yaml`, as globs: `**/secrets/**/*.yaml`."
#       default: []
#     approvedRecipients:
#       type: array
#       description: Those who may decrypt, as age keys, PGP fingerprints, ARNs or resource names; empty for anybody.
#       default: []
#     requireTwoRecipients:
#       type: boolean
#       description: Whether at least two recipients must be able to decrypt.
#       default: false
#     allowClusterWideSealed:
#       type: boolean
#       description: Whether SealedSecrets may be unsealed in any namespace.
#       default: false
#   frameworks:
#     cis: ["5.4.2"]
#     nsa: ["NSA-SEC"]
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["3.6.1.2", "8.6.2"]
#     nist: ["SC-12", "SC-28(1)"]
#     iso: ["A.8.24"]
#     cwe: ["CWE-311", "CWE-312"]
#   practices: [P13, P24]
#   yields-to:
#     - secrets/private-key-material
#     - secrets/known-token-or-url-credential
#     - secrets/secret-manifest-plaintext
#     - secrets/env-literal-credential
#     - secrets/argv-literal-credential
#     - secrets/gitops-kustomize-inline-value
#     - secrets/helm-values-credential-default
package portcullis.rules.secrets["encrypted-file-plaintext-leak"]

import data.portcullis.lib.evidence
import data.portcullis.lib.finding
import data.portcullis.lib.flux_decryption
import data.portcullis.lib.k8s
import data.portcullis.lib.sealed
import data.portcullis.lib.settings
import data.portcullis.lib.sops

params := settings.params(rego.metadata.chain())

report contains _weighed(entry, finding.at("unencrypted-value", entry.obj, entry.item, args)) if {
	some entry in sops.clear_values
	args := {"key": evidence.label(entry.item)}
}

# Somebody chose to leave the name of a user or a host in the clear; the rules are still worth a look.
_weighed(entry, found) := finding.with_severity(found, "medium") if {
	not entry.telling
	entry.item.nameClass == "not-sensitive"
} else := found

report contains finding.new("missing-mac", obj, ["sops", "mac"], {}) if {
	some obj in sops.encrypted
	not sops.has_mac(obj)
}

report contains finding.new("partial-mac", obj, ["sops", "mac_only_encrypted"], {}) if {
	some obj in sops.encrypted
	evidence.is_core(obj, "Secret")
	obj.object.sops.mac_only_encrypted == true
}

report contains finding.new("single-recipient", reader.obj, reader.path, {}) if {
	params.requireTwoRecipients == true
	some reader in sops.readers
	count({recipient.id | some recipient in reader.recipients}) == 1
}

report contains finding.new("pgp-only", reader.obj, reader.path, {}) if {
	some reader in sops.readers
	{recipient.kind | some recipient in reader.recipients} == {"pgp"}
}

report contains finding.new("unapproved-recipient", reader.obj, recipient.path, {"recipient": recipient.kind}) if {
	approved := k8s.list(params.approvedRecipients)
	count(approved) > 0
	some reader in sops.readers
	some recipient in reader.recipients
	not recipient.id in approved
}

report contains finding.new("uncovered-file", obj, ["creation_rules"], {"file": file.file}) if {
	some obj in k8s.of_kind("SopsConfig")
	some file in sops.governed(obj)
	not file.encrypted
	_is_listed(file)
	not sops.is_covered(obj, file.path)
}

report contains finding.new("incomplete-rule", obj, path, {"field": concat("` and `", left_out)}) if {
	some [obj, index, left_out] in _incomplete
	_is_for_secrets(obj, index, left_out)
	path := ["creation_rules", index, "encrypted_regex"]
}

_incomplete := [[obj, index, left_out] |
	some [obj, index, rule] in sops.rules
	regex.is_valid(rule.encrypted_regex)
	left_out := [field | some field in ["data", "stringData"]; not regex.match(rule.encrypted_regex, field)]
	count(left_out) > 0
]

# A pattern that takes one of the two is meant for Secrets; one that takes neither may be for other files.
_is_for_secrets(_, _, left_out) if count(left_out) == 1

_is_for_secrets(obj, index, _) if {
	some file in sops.governed(obj)
	_is_secret(file)
	sops.is_first(obj, index, file.path)
}

_is_secret(file) if file.secret

_is_secret(file) if _is_listed(file)

_is_listed(file) if {
	some pattern in k8s.list(params.secretPathGlobs)
	evidence.matches_glob(pattern, file.file)
}

report contains _as_hash(item, finding.at("template-value", obj, item, {"key": evidence.label(item)})) if {
	some [obj, item] in sealed.template_values
}

_as_hash(item, found) := finding.with_severity(found, "medium") if {
	item.class == "hash"
} else := found

report contains finding.at("unsealed-value", obj, item, {"key": evidence.label(item)}) if {
	some obj in sealed.secrets
	some item in obj.evidence
	item.detector == "unsealed-value"
}

report contains finding.new("deprecated-data", obj, ["spec", "data"], {}) if {
	some obj in sealed.secrets
	not object.get(obj.object, ["spec", "data"], null) in {null, ""}
}

report contains finding.new("cluster-wide", obj, ["metadata", "annotations", sealed.cluster_wide], {}) if {
	params.allowClusterWideSealed != true
	some obj in sealed.secrets
	sealed.says(obj, sealed.cluster_wide)
}

report contains finding.new("namespace-wide", obj, ["metadata", "annotations", sealed.namespace_wide], {}) if {
	some obj in sealed.secrets
	sealed.says(obj, sealed.namespace_wide)
	not sealed.says(obj, sealed.cluster_wide)
}

report contains finding.new("missing-decryption", entry.obj, ["spec", "decryption", "provider"], {"file": entry.file}) if {
	some entry in flux_decryption.missing
}
