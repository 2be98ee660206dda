# METADATA
# title: Secret is expanded into a command line
# description: |
#   `$(NAME)` in `command` or `args` is replaced by the kubelet before the program starts, and `$NAME` in a
#   script by the shell. What is then an argument of a program stands in the process list, which everybody
#   on the node and every container with a shared process namespace can read, although Git is clean.
#
#   A variable counts as a secret where it comes from a Secret or from a file of variables, where its value
#   expands such a one, or where a whole Secret is exported and the name announces a secret. In probes and
#   hooks Kubernetes expands nothing, so only what a shell makes of them counts.
#
#   In scripts only what is plainly an argument is reported: a flag with the variable or with
#   `$(cat /path/of/a/secret)` behind it, and a password in a URL. Left alone: `$$(NAME)`, input through
#   standard input and here-strings, tests and built-ins of the shell. `shellHeuristics: false` leaves
#   scripts out.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
#   - ref: https://cwe.mitre.org/data/definitions/214.html
# custom:
#   severity: high
#   confidence: medium
#   scope: object
#   needs: []
#   kinds: ["*"]
#   remediation: |
#     Hand it over through standard input or a file:
#
#     ```yaml
#     args: ["sh", "-ec", "login-tool --password-stdin < /run/creds/password"]
#     ```
#   variants:
#     expanded-by-kubernetes:
#       severity: high
#       message: "`$({variable})` puts a secret on the command line, where the process list shows it"
#     expanded-by-shell:
#       severity: high
#       message: "The script hands secret `{variable}` to a program as an argument, where the process list shows it"
#     file-as-argument:
#       severity: high
#       message: "The script reads a secret from `{file}` into an argument, where the process list shows it"
#   params:
#     shellHeuristics:
#       type: boolean
#       description: Whether scripts of shells are looked into.
#       default: true
#   frameworks:
#     nsa: ["NSA-SEC"]
#     owasp: ["K08:2022", "K03:2025"]
#     nist: ["SC-4"]
#     iso: ["A.8.12"]
#     cwe: ["CWE-214"]
#   practices: [P07]
package portcullis.rules.injection["secret-expanded-into-argv"]

import data.portcullis.lib.finding
import data.portcullis.lib.pods
import data.portcullis.lib.scripts
import data.portcullis.lib.secret_environment
import data.portcullis.lib.secret_mounts
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

_texts := [[obj, container, text] |
	some obj in input.objects
	not obj.context
	some container in pods.containers(obj)
	some text in scripts.of(container.container)
	contains(text.text, "$")
]

_path(container, text) := array.concat(container.path, text.path)

report contains finding.new("expanded-by-kubernetes", obj, _path(container, text), {"variable": name}) if {
	some [obj, container, text] in _texts
	text.expands
	name := min({name |
		some name in secret_environment.expanded(text.text)
		secret_environment.holds_secret(container.container, name)
	})
}

report contains finding.new("expanded-by-shell", obj, _path(container, text), {"variable": name}) if {
	params.shellHeuristics
	some [obj, container, text] in _texts
	text.shell
	name := min({name |
		some name in _arguments(text.text)
		secret_environment.holds_secret(container.container, name)
	})
}

report contains finding.new("file-as-argument", obj, _path(container, text), {"file": file}) if {
	params.shellHeuristics
	some [obj, container, text] in _texts
	text.shell
	file := min({match[1] |
		some match in regex.find_all_string_submatch_n(`(?:\s|=)--?[A-Za-z][\w-]*[= ]"?\$\(\s*cat\s+([^)\s"]+)\s*\)`, text.text, -1)
		secret_mounts.is_secret_file(obj, container, match[1])
	})
}

# Variables behind a flag (`--token $T`, `-p"$T"`, `--header="Bearer $T"`), or before the `@` of a URL.
_arguments(text) := {name |
	some command in scripts.commands(text)
	not _is_builtin(command)
	some match in regex.find_all_string_submatch_n(
		`\s(?:--[A-Za-z][\w-]*|-[paAuH])(?:[= ]|(?:\s*["']))[^\s<>|&;]{0,40}?(?:[A-Za-z]+: ?(?:Bearer |Basic )?)?\$\{?([A-Za-z_]\w*)`,
		command, -1,
	)
	name := match[1]
} | {name |
	some match in regex.find_all_string_submatch_n(`://[^\s/@"']*:\$\{?([A-Za-z_]\w*)\}?@`, text, -1)
	name := match[1]
}

_is_builtin(command) if regex.match(`^(\[|\[\[|test|export|local|declare|readonly|unset|read|set|if \[|while \[|:|exec env)\s`, command)
