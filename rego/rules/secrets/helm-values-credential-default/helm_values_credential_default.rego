# METADATA
# title: Chart ships a credential, falls back to one, or makes one on every rendering
# description: |
#   Looks at a Helm chart as it is written. What a chart gives by default is what runs wherever nobody sets
#   something else.
#
#   Values files (`values.yaml`, `values-*.yaml`, `ci/*-values.yaml`, those of subcharts, and the defaults of
#   `values.schema.json`): a value under a telling name that is a credential (critical), a guessable password
#   (high) or a password hash (medium). In templates: a literal that stands in for such a value, by `default`,
#   `coalesce`, `or`, `ternary` or `dig` (high): it hides that nothing was supplied.
#
#   Templates are also read for Secrets that can't be kept elsewhere, since they are made from the chart's
#   values and the chart has no switch for a Secret that exists (`existingSecret`, `secretName`,
#   `createSecret` …); and for values of Secrets made by `randAlphaNum`, `genCA` and their like, in the Secret,
#   in a variable or in a named template. Without `lookup` or `helm.sh/resource-policy: keep` around them they
#   are others on every rendering: GitOps controllers see a difference for ever, and what the value opened
#   stays shut. `derivePassword` gives the same value each time, and one that never changes. Certificates that
#   are valid for longer than `maxCertDays` are reported wherever they are made.
#
#   Left alone: empty values; names of Secrets and of their entries (`existingSecret`, `secretKeyRef`,
#   `auth.secretKeys`, `userPasswordKey`); references; generated names, suffixes and checksums; Secrets that
#   a hook makes at installation only. Where a template takes the value into an object that a rule about
#   objects reports at the same place, that rule speaks. In example files and in the tests of a chart,
#   findings are low.
# related_resources:
#   - ref: https://helm.sh/docs/chart_best_practices/values/
#   - ref: https://helm.sh/docs/howto/charts_tips_and_tricks/
#   - ref: https://helm.sh/docs/chart_template_guide/functions_and_pipelines/
# custom:
#   severity: high
#   confidence: high
#   scope: set
#   needs: [evidence]
#   kinds: [HelmValues, HelmTemplate]
#   remediation: |
#     Leave the value empty, and require the name of a Secret that a store manages:
#
#     ```yaml
#     # values.yaml
#     auth:
#       existingSecret: ""
#     ```
#
#     ```yaml
#     # templates/deployment.yaml
#     env:
#       - name: DB_PASSWORD
#         valueFrom:
#           secretKeyRef:
#             name: {{ required "auth.existingSecret names the Secret of the database" .Values.auth.existingSecret }}
#             key: password
#     ```
#
#     A generated value is kept where the template reads it back with `lookup`, and where the Secret carries
#     `helm.sh/resource-policy: keep`; a generator of External Secrets Operator, or a `Certificate` of
#     cert-manager, makes it in the cluster and renews it.
#   variants:
#     values-credential:
#       severity: critical
#       message: "The chart's values hold a credential in plain text under `{key}`"
#     values-guessable:
#       severity: high
#       message: "The chart's values set `{key}` to a guessable password, which works wherever nobody changes it"
#     values-password-hash:
#       severity: medium
#       message: "The chart's values hold a password hash under `{key}`, which whoever reads the repository can attack"
#     template-fallback:
#       severity: high
#       message: "Where `{key}` is not set, this template falls back to a credential that is written in it"
#     secret-without-switch:
#       severity: medium
#       message: "The chart makes a Secret from `{key}` and has no setting to use a Secret that exists instead"
#     generated-each-rendering:
#       severity: medium
#       message: "`{function}` makes another value for a Secret on every rendering: nothing keeps the first one"
#     derived-password:
#       severity: medium
#       message: "`derivePassword` computes a Secret's value from the chart's values: it never changes, and who has those has it"
#     long-lived-certificate:
#       severity: medium
#       message: "`{function}` makes a certificate that is valid for {days} days; at most {most} are allowed"
#   params:
#     valuesGlobs:
#       type: array
#       description: "Globs of further files that are values of charts, such as `environments/**/*.yaml`."
#       default: []
#     generatorPolicy:
#       type: string
#       description: "Secrets whose values templates make: `warn` reports them as medium, `deny` as high, `off` not at all."
#       default: warn
#       enum: [warn, deny, "off"]
#     maxCertDays:
#       type: number
#       description: Days that a certificate made by a template is valid at most.
#       default: 397
#     exampleGlobs:
#       type: array
#       description: Files that are examples; findings in them are low.
#       default: ["**/examples/**", "**/testdata/**"]
#   frameworks:
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["2.2.2", "8.6.2"]
#     nist: ["IA-5(5)", "IA-5(7)"]
#     iso: ["A.8.9"]
#     cwe: ["CWE-798", "CWE-1392", "CWE-1188"]
#   practices: [P01, P24]
#   yields-to:
#     - secrets/private-key-material
#     - secrets/known-token-or-url-credential
#     - secrets/secret-manifest-plaintext
#     - secrets/env-literal-credential
#     - secrets/argv-literal-credential
#     - secrets/configmap-metadata-credential
package portcullis.rules.secrets["helm-values-credential-default"]

import data.portcullis.lib.chart_sources
import data.portcullis.lib.evidence
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains evidence.lowered(found, obj.file, params.exampleGlobs) if {
	some found_by in [_values, _fallbacks, _secrets, _made, _certificates]
	some [obj, found] in found_by
}

_variants := {"likely": "values-credential", "weak": "values-guessable", "hash": "values-password-hash"}

_values := [[obj, finding.at(_variants[item.class], obj, item, {"key": chart_sources.value_name(item)})] |
	some obj in k8s.of_kind("HelmValues")
	some item in obj.evidence
	item.kind == "credential"
	evidence.named(item)
	not chart_sources.names_an_entry(item, item.path)
	not chart_sources.is_entry_beside_name(obj, item)
]

_fallbacks := [[obj, finding.at("template-fallback", obj, item, {"key": fallback.name})] |
	some [obj, fallback, item] in chart_sources.facts("fallbacks")
	not chart_sources.names_an_entry(item, fallback.path)
	not chart_sources.is_key_of_name(item, fallback.key)
]

_secrets := [[obj, finding.at("secret-without-switch", obj, item, {"key": value.name})] |
	some [obj, secret] in chart_sources.secrets
	not obj.object.chart in chart_sources.switched
	some value in secret.values
	some item in obj.evidence
	item.id == value.evidence
]

_made := [[obj, _weighed(found)] |
	params.generatorPolicy != "off"
	some [obj, generator, item] in chart_sources.facts("generators")
	found := _generated(obj, generator, item)
]

_generated(obj, generator, item) := finding.at("derived-password", obj, item, {}) if {
	generator.name == "derivePassword"
	generator.evidence in chart_sources.in_secrets
} else := finding.at("generated-each-rendering", obj, item, {"function": generator.name}) if {
	generator.name != "derivePassword"
	generator.evidence in chart_sources.made_anew
}

_weighed(found) := finding.with_severity(found, "high") if {
	params.generatorPolicy == "deny"
} else := found

_certificates := [[obj, finding.at("long-lived-certificate", obj, item, args)] |
	some [obj, generator, item] in chart_sources.facts("generators")
	generator.days > params.maxCertDays
	args := {
		"function": generator.name,
		"days": sprintf("%v", [generator.days]),
		"most": sprintf("%v", [params.maxCertDays]),
	}
]
