# METADATA
# title: Secrets are written to the log
# description: |
#   What a container prints is collected, shipped, kept and widely readable; a secret in a log is a leaked
#   secret. Looks at commands, arguments, probes, hooks and scripts, and at settings that are known to make
#   programs print requests with their credentials.
#
#   A container that has secrets in its variables must not print its environment (`env`, `printenv`,
#   `export -p`, `/proc/…/environ`) nor trace its script (`set -x`). Nothing may print such a variable, or a
#   file of a mounted Secret. Commands that fetch secrets from the cluster or a store must not leave them on
#   standard output.
#
#   Left alone: output that goes into a file, a pipe or a variable, `env NAME=value program`, `printenv NAME`
#   for a name that is no secret, and scripts that switch tracing off (`set +x`) where they name a secret.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/secrets-good-practices/
#   - ref: https://cwe.mitre.org/data/definitions/532.html
# custom:
#   severity: high
#   confidence: medium
#   scope: object
#   needs: []
#   kinds: ["*"]
#   remediation: |
#     Take the tracing out, write what has to be written to a file in memory, and redact in the application:
#
#     ```yaml
#     args: ["sh", "-ec", "render-config > /run/creds/app.conf && exec app"]
#     ```
#   variants:
#     environment-printed:
#       severity: high
#       message: "The script prints its environment, in which there are secrets"
#     script-traced:
#       severity: high
#       message: "The shell traces the script (`-x`), and so prints the secrets in it"
#     secret-printed:
#       severity: high
#       message: "The script prints `{what}`, which is a secret"
#     fetched-to-output:
#       severity: medium
#       message: "Prints what it fetches from a store or the cluster; write it to a file in memory"
#     debug-output:
#       severity: medium
#       message: "`{setting}` makes the program print requests, with the credentials in them"
#   params:
#     debugFlagTable:
#       type: array
#       description: "Settings that print requests: `NAME=value` of a variable, or a regular expression for an argument that begins with `-`."
#       default:
#         - VAULT_LOG_LEVEL=trace
#         - LITELLM_LOG=DEBUG
#         - LANGCHAIN_VERBOSE=true
#         - OPENAI_LOG=debug
#         - HTTPX_LOG_LEVEL=debug
#         - AWS_SDK_LOG_LEVEL=debug
#         - "^--?v=([89]|10)$"
#   frameworks:
#     nsa: ["NSA-LOG"]
#     owasp: ["K08:2022", "K03:2025", "K05:2022", "K10:2025"]
#     pci: ["10.3.1", "8.3.2"]
#     soc2: ["CC6.1", "CC7.2"]
#     nist: ["AU-3", "SI-11"]
#     iso: ["A.8.15", "A.8.12"]
#     cwe: ["CWE-532"]
#   practices: [P18]
package portcullis.rules.injection["secret-written-to-logs"]

import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.scripts
import data.portcullis.lib.secret_environment
import data.portcullis.lib.secret_mounts
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

_containers := [[obj, container] |
	some obj in input.objects
	not obj.context
	some container in pods.containers(obj)
]

_scripts := [[obj, container, text] |
	some [obj, container] in _containers
	some text in scripts.of(container.container)
	text.shell
]

_path(container, text) := array.concat(container.path, text.path)

report contains finding.new("environment-printed", obj, _path(container, text), {}) if {
	some [obj, container, text] in _scripts
	secret_environment.has_any(container.container)
	some command in scripts.commands(text.text)
	_prints_environment(command)
}

# The command itself, without a shell.
report contains finding.new("environment-printed", obj, array.concat(container.path, ["command", 0]), {}) if {
	some [obj, container] in _containers
	secret_environment.has_any(container.container)
	command := array.concat(k8s.items_at(container.container, ["command"]), k8s.items_at(container.container, ["args"]))
	count(command) == 1
	command[0] in {"env", "printenv", "/usr/bin/env", "/usr/bin/printenv"}
}

_prints_environment(command) if {
	regex.match(`^(env|printenv|export -p|export|set)(\s+2>&1)?$`, command)
}

_prints_environment(command) if {
	regex.match(`^cat\s+/proc/[^\s/]+/environ\b`, command)
	not scripts.is_redirected(command)
}

report contains finding.new("script-traced", obj, _path(container, text), {}) if {
	some [obj, container, text] in _scripts
	secret_environment.has_any(container.container)
	_is_traced(container.container, text)
	not _is_guarded(container.container, text)
}

# Traced, but not where it names a secret.
_is_guarded(container, text) if {
	contains(text.text, "set +x")
	commands := scripts.commands(text.text)
	every index, command in commands {
		not _is_written(container, text, command, array.slice(commands, 0, index))
	}
}

_is_written(container, text, command, before) if {
	some match in regex.find_all_string_submatch_n(`\$\{?([A-Za-z_]\w*)`, command, -1)
	secret_environment.holds_secret(container, match[1])
	switches := [match[1] |
		some earlier in before
		some match in regex.find_all_string_submatch_n(`(?:^|[\s{(])set\s+([-+])[a-zA-Z]*x`, earlier, 1)
	]
	_is_on(container, text, switches)
}

_is_on(container, text, []) if _starts_traced(container, text)

_is_on(_, _, switches) if switches[count(switches) - 1] == "-"

# A shell that runs a script of the image.
report contains finding.new("script-traced", obj, array.flatten([container.path, list, index]), {}) if {
	some [obj, container] in _containers
	secret_environment.has_any(container.container)
	some text in scripts.of(container.container)
	text.expands
	[list, index] := text.path
	regex.match(`^-[a-z]*x[a-z]*$`, text.text)
	not contains(text.text, "c")
	scripts.is_shell(k8s.items_at(container.container, ["command"])[0])
}

_is_traced(_, text) if regex.match(`(^|[\n;&])\s*set\s+-[a-zA-Z]*x`, text.text)

_is_traced(container, text) if _starts_traced(container, text)

_starts_traced(_, text) if regex.match(`^#!\s*\S*(sh|env \w*sh)\s+-[a-z]*x`, text.text)

_starts_traced(container, text) if {
	text.expands
	some flag in array.concat(k8s.items_at(container, ["command"]), k8s.items_at(container, ["args"]))
	is_string(flag)
	regex.match(`^-([a-z]*x[a-z]*c[a-z]*|[a-z]*c[a-z]*x[a-z]*|x)$`, flag)
}

report contains finding.new("secret-printed", obj, _path(container, text), {"what": what}) if {
	some [obj, container, text] in _scripts
	what := min(_printed(obj, container, text.text))
}

_printed(obj, container, text) := ({match[1] |
	some command in scripts.commands(text)
	regex.match(`^(echo|printf)\s`, command)
	not scripts.is_redirected(command)
	some match in regex.find_all_string_submatch_n(`\$\{?([A-Za-z_]\w*)(?:\}|\W|$)`, command, -1)
	secret_environment.holds_secret(container.container, match[1])
} | {match[1] |
	some command in scripts.commands(text)
	not scripts.is_redirected(command)
	some match in regex.find_all_string_submatch_n(`^printenv\s+([A-Za-z_]\w*)$`, command, 1)
	secret_environment.holds_secret(container.container, match[1])
}) | {match[1] |
	some command in scripts.commands(text)
	not scripts.is_redirected(command)
	some match in regex.find_all_string_submatch_n(`^(?:cat|head|tail)\s+(?:-\S+\s+)*(/\S+)$`, command, 1)
	secret_mounts.is_secret_file(obj, container, match[1])
}

report contains finding.new("fetched-to-output", obj, _path(container, text), {}) if {
	some [obj, container, text] in _scripts
	some command in scripts.commands(text.text)
	_fetches(command)
	not scripts.is_redirected(command)
}

# The program itself, without a shell: nothing takes its output elsewhere.
report contains finding.new("fetched-to-output", obj, array.concat(container.path, ["command", 0]), {}) if {
	some [obj, container] in _containers
	_fetches(scripts.line(container.container))
}

_fetches(command) if regex.match(`^kubectl\s+(\S+\s+)*?get\s+secrets?\b.*\s(-o|--output)[= ]?(json|yaml|jsonpath|go-template|custom-columns)`, command)

_fetches(command) if regex.match(`^(vault|bao)\s+(kv\s+get|read)\b`, command)

_fetches(command) if regex.match(`^aws\s+(\S+\s+)*?(secretsmanager\s+get-secret-value|ssm\s+get-parameters?\b.*--with-decryption)`, command)

_fetches(command) if regex.match(`^gcloud\s+secrets\s+versions\s+access\b`, command)

_fetches(command) if {
	regex.match(`^curl\s`, command)
	regex.match(`\s(-v|--verbose|--trace(-ascii)?)\s`, concat("", [command, " "]))
	regex.match(`(?i)(authorization|x-api-key|x-vault-token|\s-u\s)`, command)
}

report contains finding.new("debug-output", obj, path, {"setting": setting}) if {
	some [obj, container] in _containers
	secret_environment.has_any(container.container)
	some [place, setting] in _debugging(container.container)
	path := array.concat(container.path, place)
}

_debugging(container) := {[["env", index, "value"], entry] |
	some index, item in k8s.items_at(container, ["env"])
	is_string(item.name)
	is_string(item.value)
	some entry in params.debugFlagTable
	[name, value] := split(entry, "=")
	item.name == name
	lower(item.value) == lower(value)
} | {[[list, index], argument] |
	some list in ["command", "args"]
	some index, argument in k8s.items_at(container, [list])
	is_string(argument)
	some entry in params.debugFlagTable
	startswith(entry, "^-")
	regex.is_valid(entry)
	regex.match(entry, argument)
}
