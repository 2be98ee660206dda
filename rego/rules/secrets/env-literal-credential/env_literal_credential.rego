# METADATA
# title: Environment variable holds a credential in plain text
# description: |
#   Looks at the environment of every container, and at every other list named `env` whose items have a
#   name and a value, as the resources of operators have them. A literal value stands in Git and in the pod
#   spec, where the right to read pods is enough, and is inherited by every process in the container.
#
#   A variable is reported where its name announces a credential and its value is one (critical), or a
#   guessable password (high); and where its value is a text, such as JSON or a list of options, in which
#   a telling name is given such a value.
#
#   Left alone: `valueFrom`; names that say something about a credential (`PASSWORD_FILE`, `TOKEN_TTL`,
#   `MAX_TOKENS`, `SECRET_NAME`); values that point elsewhere (`$(OTHER)`, `vault:…`), paths, settings, and
#   names of Secrets. A random value under a name that announces nothing is no finding. In example files
#   and in the tests of a chart, findings are low. Tokens of known formats and credentials inside a URL
#   have a rule of their own, whatever the variable's name.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/secrets-good-practices/
#   - ref: https://kubernetes.io/docs/tasks/inject-data-application/distribute-credentials-secure/
# custom:
#   severity: critical
#   confidence: high
#   scope: object
#   needs: [evidence]
#   kinds: ["*"]
#   remediation: |
#     Change the credential, keep it in a store, and let the program read it from a mounted file:
#
#     ```yaml
#     env:
#       - name: DB_PASSWORD_FILE
#         value: /run/secrets/db/password
#     volumeMounts:
#       - name: db
#         mountPath: /run/secrets/db
#         readOnly: true
#     volumes:
#       - name: db
#         secret:
#           secretName: orders-db
#           defaultMode: 0440
#     ```
#   variants:
#     literal:
#       severity: critical
#       message: "`{key}` holds a credential in plain text: anyone who may read the repository or the pod has it"
#     guessable:
#       severity: high
#       message: "`{key}` is set to a guessable password"
#     embedded:
#       severity: critical
#       message: "The value of `{variable}` contains a credential in plain text, under `{key}`"
#     password-hash:
#       severity: medium
#       message: "`{key}` holds a password hash, which can be attacked by whoever reads the repository"
#   params:
#     sensitiveNameRegex:
#       type: string
#       description: Names that announce a credential, besides the built-in ones; empty for none.
#       default: ""
#     notSensitiveNameRegex:
#       type: string
#       description: Names that announce none, whatever else says so; empty for none.
#       default: ""
#     allowEnv:
#       type: array
#       description: "Variables that are left alone: names, or `{name, namespace}` for one namespace."
#       default: []
#     minLength:
#       type: number
#       description: Characters that a value under a telling name has at least, to count as a credential.
#       default: 6
#     exampleGlobs:
#       type: array
#       description: Files that are examples; findings in them are low.
#       default: ["**/examples/**", "**/testdata/**"]
#   frameworks:
#     cis: ["5.4.1", "5.4.2"]
#     nsa: ["NSA-SEC"]
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["8.6.2"]
#     soc2: ["CC6.1"]
#     nist: ["IA-5(7)"]
#     iso: ["A.5.17"]
#     cwe: ["CWE-798", "CWE-526", "CWE-260"]
#   practices: [P01, P24, P30]
#   yields-to: [secrets/private-key-material, secrets/known-token-or-url-credential]
package portcullis.rules.secrets["env-literal-credential"]

import data.portcullis.lib.evidence
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains evidence.lowered(found, entry.obj.file, params.exampleGlobs) if {
	some entry in evidence.in_place("env")
	evidence.named(entry.item)
	variable := evidence.name_of(entry.obj, entry.item)
	not _is_allowed(variable, entry.obj.namespace)
	found := _finding(entry, variable)
}

_finding(entry, variable) := finding.at("password-hash", entry.obj, entry.item, {"key": variable}) if {
	entry.item.class == "hash"
} else := finding.at(_whole[entry.item.class], entry.obj, entry.item, {"key": variable}) if {
	entry.item.context in {"pair", "value"}
} else := finding.with_severity(found, _severities[entry.item.class]) if {
	args := {"variable": variable, "key": evidence.label(entry.item)}
	found := finding.at("embedded", entry.obj, entry.item, args)
}

_whole := {"likely": "literal", "weak": "guessable"}

_severities := {"likely": "critical", "weak": "high"}

_is_allowed(variable, _) if variable in k8s.list(params.allowEnv)

_is_allowed(variable, namespace) if {"name": variable, "namespace": namespace} in k8s.list(params.allowEnv)
