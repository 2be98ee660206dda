# METADATA
# title: Command line holds a credential in plain text
# description: |
#   Looks at what containers execute: `command` and `args`, the commands of probes and hooks, the headers
#   of HTTP probes, the scripts of Argo Workflows and of Tekton. The arguments of a process can be read by
#   every process on the node that shares its PID namespace, and end up in crash dumps, node agents and
#   audit logs.
#
#   Reported are flags whose names announce a credential (`--password=…`, `--token …`), the short flags of
#   well-known programs (`mysql -p…`, `redis-cli -a …`, `curl -u user:…`), assignments in shell strings
#   (`PGPASSWORD=… psql`) and `Authorization` headers. A guessable value is high instead of critical, a
#   password hash medium. In example files and in the tests of a chart, findings are low.
#
#   Left alone: `$VAR`, `$(VAR)`, `$(cat file)`, paths, `-` and `@file`, and flags that name something about
#   a credential (`--password-file`, `--token-ttl`, `--secret-name`). Tokens of known formats and
#   credentials inside a URL have a rule of their own.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/
#   - ref: https://man7.org/linux/man-pages/man5/proc_pid_cmdline.5.html
# custom:
#   severity: critical
#   confidence: high
#   scope: object
#   needs: [evidence]
#   kinds: ["*"]
#   remediation: |
#     Change the credential, and let the program read it from a mounted file:
#
#     ```yaml
#     args:
#       - --password-file=/run/secrets/db/password
#     volumeMounts:
#       - name: db
#         mountPath: /run/secrets/db
#         readOnly: true
#     ```
#   variants:
#     flag:
#       severity: critical
#       message: "A credential in plain text follows `{key}` on a command line, and arguments can be read in the process list"
#     assignment:
#       severity: critical
#       message: "`{key}` is set to a credential in plain text inside a command"
#     header:
#       severity: critical
#       message: "The header `{key}` carries a credential in plain text"
#     password-hash:
#       severity: medium
#       message: "`{key}` is given a password hash on a command line, which can be attacked by whoever reads it"
#   params:
#     cliFlagTable:
#       type: array
#       description: "Further flags that a credential follows, each with its command, as in `mycli login -k`."
#       default: []
#     sensitiveNameRegex:
#       type: string
#       description: Names that announce a credential, besides the built-in ones; empty for none.
#       default: ""
#     exampleGlobs:
#       type: array
#       description: Files that are examples; findings in them are low.
#       default: ["**/examples/**", "**/testdata/**"]
#   frameworks:
#     nsa: ["NSA-SEC"]
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["8.6.2"]
#     nist: ["IA-5(7)", "SC-4"]
#     iso: ["A.8.12"]
#     cwe: ["CWE-214", "CWE-798"]
#   practices: [P01, P07]
#   yields-to: [secrets/private-key-material, secrets/known-token-or-url-credential]
package portcullis.rules.secrets["argv-literal-credential"]

import data.portcullis.lib.evidence
import data.portcullis.lib.finding
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains evidence.lowered(found, entry.obj.file, params.exampleGlobs) if {
	some entry in evidence.in_place("argv")
	evidence.named(entry.item)
	given := finding.at(_variant(entry.item), entry.obj, entry.item, {"key": evidence.name_of(entry.obj, entry.item)})
	found := _weighed(given, entry.item.class)
}

# A guessable value is one level less than its variant says.
_weighed(found, "weak") := finding.with_severity(found, "high")

_weighed(found, class) := found if class != "weak"

_variant(item) := "password-hash" if {
	item.class == "hash"
} else := "header" if {
	_is_header(item)
} else := "flag" if {
	item.context == "flag"
} else := "assignment" if {
	item.context in {"assignment", "nested"}
}

_is_header(item) if item.context == "header"

_is_header(item) if "httpHeaders" in item.path
