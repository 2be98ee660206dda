# METADATA
# title: Referenced Secret has no managed source in the change set
# description: |
#   Looks at every Secret that is used: by containers and volumes, to pull images, for TLS of an Ingress or
#   Gateway, for values of a HelmRelease, for the key of a kagent model. Something should make it: an
#   ExternalSecret or PushSecret, an object of Vault Secrets Operator, `secretObjects` of a SecretProviderClass, a
#   SealedSecret, a file of SOPS, a certificate, the connection secret of a Crossplane resource, an operator.
#   A Secret that nobody declares was made by hand: nothing logs, rotates or owns it.
#
#   A repository seldom holds all of its cluster. Unless it does (`completeness: full`) what makes a Secret may be
#   elsewhere, and the finding is for information; it stands on the first use, and the other uses are related.
#   A Secret that may be missing (`optional: true`) is for information in any case. In the profile `strict` a
#   Secret that a plain manifest makes is noted as well.
#
#   Left alone: Secrets in `externallyManaged`; names by which operators call the Secrets that they make
#   (`operatorPatterns`); copies that Reflector and replicators keep; names that are filled in later.
# related_resources:
#   - ref: https://external-secrets.io/latest/api/externalsecret/
#   - ref: https://developer.hashicorp.com/vault/docs/platform/k8s/vso
#   - ref: https://github.com/bitnami-labs/sealed-secrets
# custom:
#   severity: medium
#   confidence: medium
#   scope: set
#   needs: []
#   kinds: ["*"]
#   remediation: |
#     Add what makes the Secret to the same kustomization or chart, under the name that is used:
#
#     ```yaml
#     apiVersion: external-secrets.io/v1
#     kind: ExternalSecret
#     metadata:
#       name: billing-db
#       namespace: billing
#     spec:
#       refreshInterval: 1h
#       secretStoreRef: {name: vault, kind: SecretStore}
#       target: {name: billing-db}   # the name that the Deployment uses
#       dataFrom:
#         - extract: {key: billing/db}
#     ```
#
#     Where it is made elsewhere, name it in `externallyManaged`.
#   variants:
#     unmanaged:
#       severity: medium
#       message: "Nothing here makes the Secret `{name}`: declare what does, such as an ExternalSecret"
#     plain-manifest:
#       severity: info
#       message: "The Secret `{name}` comes from a plain manifest; let a store be its source"
#       profiles: [strict]
#   params:
#     externallyManaged:
#       type: array
#       description: "Secrets that are made elsewhere, as `name` or `namespace/name`; `*` stands for any text."
#       default: []
#     operatorPatterns:
#       type: array
#       description: "Names by which operators call the Secrets that they make; `*` stands for any text."
#       default:
#         - "*-postgres-app"
#         - "*-pguser-*"
#         - "*-default-user"
#         - "*-es-elastic-user"
#         - "*.credentials.postgresql.acid.zalan.do"
#         - "sh.helm.release.*"
#     completeness:
#       type: string
#       description: "`full` where all that makes Secrets is in the set, `partial` where it may be elsewhere, `inherit` for the setting of the run."
#       default: inherit
#       enum: [inherit, full, partial]
#   related:
#     also-used: "Also used here"
#   frameworks:
#     cis: ["5.4.2"]
#     nsa: ["NSA-SEC"]
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["8.6.3"]
#     soc2: ["CC6.1"]
#     nist: ["IA-5", "CM-2"]
#     iso: ["A.5.17"]
#     cwe: ["CWE-522"]
#   practices: [P02, P13, P24]
package portcullis.rules.stores["secret-without-managed-source"]

import data.portcullis.lib.finding
import data.portcullis.lib.secret_references
import data.portcullis.lib.settings
import data.portcullis.lib.store_views as views

params := settings.params(rego.metadata.chain())

report contains finding.related(finding.with_severity(found, severity), _others(secret.uses)) if {
	some secret in secret_references.wanted
	secret.state == "absent"
	not _is_known(secret)
	found := finding.new("unmanaged", secret.uses[0].obj, secret.uses[0].path, {"name": secret.name})
	severity := {true: "info", false: _weight}[secret.uses[0].optional == true]
}

report contains finding.related(
	finding.new("plain-manifest", secret.uses[0].obj, secret.uses[0].path, {"name": secret.name}),
	_others(secret.uses),
) if {
	settings.profile == "strict"
	some secret in secret_references.wanted
	secret.state == "plain"
	not _is_known(secret)
}

default _weight := "info"

_weight := "medium" if _completeness == "full"

_completeness := params.completeness if {
	params.completeness in {"full", "partial"}
} else := settings.completeness

_is_known(secret) if views.matches_any(params.externallyManaged, secret.name)

_is_known(secret) if views.matches_any(params.externallyManaged, concat("/", [secret.namespace, secret.name]))

_is_known(secret) if views.matches_any(params.operatorPatterns, secret.name)

# A handful tells enough.
_others(uses) := [{"object": use.obj.id, "path": use.path, "label": "also-used"} | some use in array.slice(uses, 1, 9)]
