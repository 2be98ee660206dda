# METADATA
# title: Store controller writes secret data somewhere other than a protected Secret
# description: |
#   Looks at what External Secrets Operator and Vault Secrets Operator make of the values that they fetch.
#   Rights on Secrets, encryption at rest and audit rules look at Secrets alone: a value in a ConfigMap, in
#   another resource, or in an annotation or label escapes all of them, and shows in every listing.
#
#   A template whose type is a token makes the control plane mint or accept a credential: a ServiceAccount's
#   token that never expires, or a bootstrap token that joins nodes.
#
#   Two controllers that write the same Secret undo each other's work with every refresh. It is reported where
#   they are in one unit (a chart, a kustomization) or, outside of any, in one folder. An ExternalSecret that
#   only adds keys (`creationPolicy: Merge`) or writes once (`refreshPolicy: CreatedOnce`) is no second writer.
#
#   Left alone: kinds in `allowedTargetKinds`, which the platform encrypts at rest and restricts; labels and
#   annotations that are not templated, or whose template reads no value. What stands in files of examples
#   (`exampleGlobs`) is low.
# related_resources:
#   - ref: https://external-secrets.io/latest/guides/templating/
#   - ref: https://external-secrets.io/latest/guides/targeting-custom-resources/
#   - ref: https://developer.hashicorp.com/vault/docs/platform/k8s/vso/api-reference
#   - ref: https://kubernetes.io/docs/concepts/configuration/secret/#secret-types
# custom:
#   severity: high
#   confidence: high
#   scope: set
#   needs: []
#   kinds:
#     - ExternalSecret
#     - ClusterExternalSecret
#     - VaultStaticSecret
#     - VaultDynamicSecret
#     - VaultPKISecret
#     - HCPVaultSecretsApp
#     - SealedSecret
#     - Certificate
#     - Secret
#   remediation: |
#     Make a plain Secret, and let the other resource refer to it:
#
#     ```yaml
#     apiVersion: external-secrets.io/v1
#     kind: ExternalSecret
#     metadata:
#       name: repo-creds
#       namespace: argocd
#     spec:
#       refreshInterval: 1h
#       secretStoreRef: {name: vault, kind: SecretStore}
#       target:
#         name: repo-creds
#         template:
#           type: Opaque
#           metadata:
#             labels: {argocd.argoproj.io/secret-type: repo-creds}
#       dataFrom:
#         - extract: {key: platform/repo-creds}
#     ```
#   variants:
#     other-kind:
#       severity: high
#       message: "Writes what it fetches into a {kind}, which nothing protects as a Secret; make a Secret, and refer to it"
#     value-in-metadata:
#       severity: high
#       message: "Writes what it fetches into annotations or labels, which every listing shows; keep it in the Secret's data"
#     token-template:
#       severity: critical
#       message: "A Secret of type `{type}` mints a credential of the control plane; use `Opaque`, or a token of the TokenRequest API"
#     two-writers:
#       severity: medium
#       message: "The Secret `{name}` is also written by {other}: they undo each other's work; leave it to one of them"
#   params:
#     allowedTargetKinds:
#       type: array
#       description: "Kinds other than Secret that may hold fetched values, since the platform encrypts and restricts them."
#       default: []
#     exampleGlobs:
#       type: array
#       description: Files that are examples; findings in them are low.
#       default: ["**/docs/**", "**/examples/**", "**/samples/**", "**/testdata/**"]
#   related:
#     other-writer: "The other writer"
#   frameworks:
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["8.3.2"]
#     soc2: ["CC6.7"]
#     nist: ["SC-28", "AC-3"]
#     iso: ["A.8.24"]
#     cwe: ["CWE-312", "CWE-668"]
#   practices: [P01, P02, P24]
package portcullis.rules.stores["store-output-outside-secret"]

import data.portcullis.lib.evidence
import data.portcullis.lib.finding
import data.portcullis.lib.settings
import data.portcullis.lib.store_outputs as outputs
import data.portcullis.lib.store_views as views

params := settings.params(rego.metadata.chain())

report contains _in_example(finding.new("other-kind", entry.obj, entry.path, {"kind": entry.kind}), entry.obj) if {
	some entry in outputs.other_kinds
	not views.matches_any(params.allowedTargetKinds, entry.kind)
}

report contains _in_example(finding.new("value-in-metadata", entry.obj, entry.path, {}), entry.obj) if {
	some entry in outputs.in_metadata
}

report contains _in_example(finding.new("token-template", entry.obj, entry.path, {"type": entry.type}), entry.obj) if {
	some entry in outputs.tokens
}

report contains finding.related(
	_in_example(finding.new("two-writers", pair.writer.obj, pair.path, {"name": pair.writer.name, "other": pair.other_kind}), pair.writer.obj),
	[{"object": pair.other.obj.id, "path": pair.other.path, "label": "other-writer"}],
) if {
	some pair in outputs.contended
}

_in_example(found, obj) := evidence.lowered(found, obj.file, params.exampleGlobs)
