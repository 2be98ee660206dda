# METADATA
# title: GitOps or Kustomize object carries a credential
# description: |
#   Looks at what GitOps controllers and Kustomize pass on to others: values, parameters and patches in
#   `Application` and `ApplicationSet` of Argo CD, in `HelmRelease` and `Kustomization` of Flux, in
#   `HelmChart` and `HelmChartConfig` of k3s, in `kustomization.yaml`, and in Crossplane's `Composition`.
#   Texts of YAML and JSON are taken apart; a Helm parameter is judged by its whole path. Many people may
#   read these objects, and controllers repeat what is in them in status, events and user interfaces.
#
#   In a `kustomization.yaml`, the `literals` of a `secretGenerator` become a Secret, and so does what
#   stands in the files of `envs` and `files`: where such a file is in the repository and not encrypted, the
#   finding stands in that file. Files that Git ignores are made elsewhere and are none of it. The `literals`
#   of a `configMapGenerator` become a ConfigMap, and are high as those are.
#
#   Left alone: references (`valuesFrom`, `existingSecret`, files of helm-secrets, placeholders of Argo CD
#   Vault Plugin, generators of KSOPS), variables such as `${DB_PASSWORD}`, which Flux fills from a Secret,
#   and files that SOPS encrypted. Variables for containers, command lines, annotations, tokens of known
#   formats, private keys and credentials inside a URL have rules of their own.
# related_resources:
#   - ref: https://argo-cd.readthedocs.io/en/stable/operator-manual/secret-management/
#   - ref: https://fluxcd.io/flux/components/helm/helmreleases/#values-references
#   - ref: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/secretgenerator/
# custom:
#   severity: critical
#   confidence: high
#   scope: object
#   needs: [evidence]
#   kinds: ["*"]
#   remediation: |
#     Change the credential, keep it in a store, and let the controller read it from a Secret that the store's
#     operator makes:
#
#     ```yaml
#     apiVersion: helm.toolkit.fluxcd.io/v2
#     kind: HelmRelease
#     metadata:
#       name: dashboards
#     spec:
#       valuesFrom:
#         - kind: Secret
#           name: dashboards-admin
#           valuesKey: password
#           targetPath: adminPassword
#     ```
#
#     For Argo CD, give the chart the name of such a Secret (`existingSecret`). In place of a
#     `secretGenerator`, list an `ExternalSecret` among the `resources`, or encrypt the file with SOPS.
#   variants:
#     inline-value:
#       severity: critical
#       message: "`{key}` is a credential in plain text in this {kind}; whoever may read the object has it"
#     guessable-value:
#       severity: critical
#       message: "`{key}` is set to a guessable password in this {kind}"
#     password-hash:
#       severity: medium
#       message: "`{key}` holds a password hash, which can be attacked by whoever reads the repository"
#     secret-literal:
#       severity: critical
#       message: "The literal `{key}` of this secretGenerator is a credential in plain text: Kustomize makes a Secret of it, the repository none"
#     secret-file:
#       severity: critical
#       message: "`{key}` is a credential in plain text; `{kustomization}` makes a Secret from this file, which is not encrypted"
#     config-literal:
#       severity: high
#       message: "The literal `{key}` of this configMapGenerator is a credential in plain text: it ends up in a ConfigMap"
#   params:
#     embeddingKinds:
#       type: array
#       description: "Further places that hold settings for others: `{group, kind, path}`, as in `fleet.cattle.io`, `Bundle`, `spec.helm.values`."
#       default: []
#     parameterPathRegex:
#       type: string
#       description: Names of Helm parameters (dotted paths) that announce a credential, besides the built-in ones; empty for none.
#       default: ""
#   frameworks:
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["8.6.2"]
#     soc2: ["CC6.1", "CC8.1"]
#     nist: ["IA-5(7)", "CM-3"]
#     iso: ["A.8.9"]
#     cwe: ["CWE-798", "CWE-312"]
#   practices: [P01, P13, P24]
#   yields-to:
#     - secrets/private-key-material
#     - secrets/known-token-or-url-credential
#     - secrets/secret-manifest-plaintext
#     - secrets/env-literal-credential
#     - secrets/argv-literal-credential
#     - secrets/configmap-metadata-credential
package portcullis.rules.secrets["gitops-kustomize-inline-value"]

import data.portcullis.lib.evidence
import data.portcullis.lib.finding
import data.portcullis.lib.gitops
import data.portcullis.lib.k8s
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.at(_variants[entry.item.class], entry.obj, entry.item, args) if {
	some entry in gitops.credentials(params.embeddingKinds)
	evidence.named(entry.item)
	name := evidence.name_of(entry.obj, entry.item)
	not gitops.names_an_entry(entry, name)
	args := {"key": name, "kind": entry.obj.object.kind}
}

_variants := {"likely": "inline-value", "weak": "guessable-value", "hash": "password-hash"}

# What becomes an entry of a Secret needs no telling name; the host says how it was judged.
report contains finding.at(_literal(entry.item), entry.obj, entry.item, {"key": evidence.label(entry.item)}) if {
	some entry in evidence.in_place("elsewhere")
	entry.item.detector == "generator-literal"
}

_literal(item) := "password-hash" if {
	item.class == "hash"
} else := "secret-literal" if {
	item.path[0] == "secretGenerator"
} else := "config-literal" if {
	evidence.named(item)
}

report contains finding.at(_variant_in_file(item), obj, item, args) if {
	some obj in k8s.of_kind("SecretSource")
	some item in obj.evidence
	item.kind == "credential"
	args := {"key": evidence.label(item), "kustomization": obj.name}
}

_variant_in_file(item) := "password-hash" if item.class == "hash"

_variant_in_file(item) := "secret-file" if item.class in {"likely", "weak"}
