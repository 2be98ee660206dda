# METADATA
# title: Token of a known format, or a credential inside a URL
# description: |
#   Looks at every value, every comment and every configuration text for what is a credential by its very
#   form: tokens of cloud providers, forges, chat systems, model providers and vaults, whichever name they
#   have, and passwords, keys and signatures inside of URLs and connection strings. Such tokens are found
#   and used within minutes once a repository is public.
#
#   A webhook's URL is itself the secret (high). A JSON Web Token is medium unless it is known to be good
#   still, is one of a ServiceAccount, or stands without an end under a name that announces a credential;
#   with `jwtPolicy: unexpired` those that have expired are left alone. A guessable password in a URL is
#   high, and low outside of manifests, where local settings live.
#
#   Left alone: variables and templates in the place of the password (`${PASSWORD}`, `%s`, `***`), the
#   samples of vendors' documentation, digests, commit ids and UUIDs; in documentation (Markdown,
#   reStructuredText, AsciiDoc; an entry of a ConfigMap that is called so, too) also guessable passwords
#   in URLs.
#
#   What is there on purpose goes into `allow` by file and path. There is no allow-list by fingerprint:
#   nothing derived from a secret is kept or compared. Being an example lowers nothing here, and a comment
#   that switches a scanner off counts for nothing.
# related_resources:
#   - ref: https://github.com/secretlint/secretlint/tree/master/packages/%40secretlint/secretlint-rule-preset-recommend
#   - ref: https://www.rfc-editor.org/rfc/rfc3986#section-7.5
# custom:
#   severity: critical
#   confidence: high
#   scope: object
#   needs: [evidence]
#   kinds: ["*"]
#   remediation: |
#     Revoke the token where it was issued: taking it out of the file does not take it out of the history.
#     Then keep a reference in its place:
#
#     ```yaml
#     env:
#       - name: SLACK_WEBHOOK_FILE
#         value: /run/secrets/alerting/slack-webhook
#     ```
#   variants:
#     token:
#       severity: critical
#       message: "{place} has the form of a live token ({format}): revoke it, removing it is not enough"
#     json-web-token:
#       severity: medium
#       message: "{place} is a JSON Web Token; whoever reads it can use it for as long as it is valid"
#     url-credential:
#       severity: critical
#       message: "{place} contains a URL or connection string with a credential in plain text"
#     guessable-url-credential:
#       severity: high
#       message: "{place} contains a URL or connection string with a guessable password"
#     webhook:
#       severity: high
#       message: "{place} contains the URL of a webhook: whoever knows it can post there"
#   params:
#     extraPatterns:
#       type: array
#       description: "Further token formats: `{name, pattern}`, a name and a regular expression."
#       default: []
#     allow:
#       type: array
#       description: "Places left alone: `{file, path}`, a glob and the keys that lead to the value, or the whole file."
#       default: []
#     jwtPolicy:
#       type: string
#       description: "Which JSON Web Tokens are reported: `any`, or only those that have not `unexpired`."
#       default: any
#       enum: [any, unexpired]
#   frameworks:
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["8.6.2"]
#     soc2: ["CC6.1"]
#     nist: ["IA-5(7)"]
#     iso: ["A.5.17", "A.8.4"]
#     cwe: ["CWE-798", "CWE-522", "CWE-540"]
#   practices: [P01, P20, P30]
#   yields-to: [secrets/private-key-material]
package portcullis.rules.secrets["known-token-or-url-credential"]

import data.portcullis.lib.evidence
import data.portcullis.lib.finding
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains _weighed(obj, item, finding.at(_variant(item), obj, item, _args(place, item))) if {
	some obj in input.objects
	not obj.context
	some item in obj.evidence
	item.kind in {"token", "url-credential"}
	not evidence.allowed(params.allow, obj.file, item)
	not _is_explained(item)
	place := sprintf("`%s`", [evidence.name_of(obj, item)])
}

report contains _in_file(file.file, finding.in_file(_variant(item), item, _args("This text", item))) if {
	some file in input.files
	some item in file.evidence
	not evidence.allowed(params.allow, file.file, item)
}

# What another rule would call critical there must not become less by being told more exactly.
_weighed(obj, item, found) := finding.with_severity(found, "critical") if {
	found.variant == "json-web-token"
	_name(item) == "jwt"
	[obj.id, item.path] in _announced
} else := found

_announced contains [entry.obj.id, entry.item.path] if {
	some place in ["env", "argv", "config-entry", "metadata"]
	some entry in evidence.in_place(place)
	entry.item.class == "likely"
	evidence.named(entry.item)
}

_announced contains [entry.obj.id, entry.item.path] if {
	some entry in evidence.in_place("secret-entry")
	entry.item.class == "likely"
}

# A README in a ConfigMap shows what a URL looks like, as one beside the manifest does.
_is_explained(item) if {
	_variant(item) == "guessable-url-credential"
	name := item.path[count(item.path) - 1]
	is_string(name)
	evidence.is_documentation(name)
}

# Settings for the machine at the desk stand in such files, and documentation shows what a URL looks like.
_in_file(file, found) := finding.with_severity(found, "low") if {
	found.variant == "guessable-url-credential"
	not evidence.is_documentation(file)
}

_in_file(_, found) := found if found.variant != "guessable-url-credential"

_variant(item) := "json-web-token" if {
	item.kind == "token"
	item.class in {"likely", "weak"}
	_name(item) in {"jwt", "jwt-expired"}
	_counts(item)
} else := "token" if {
	item.kind == "token"
	item.class in {"likely", "weak"}
	not _name(item) in {"jwt", "jwt-expired"}
	not _is_webhook(item)
} else := "webhook" if {
	item.kind in {"token", "url-credential"}
	item.class in {"likely", "weak"}
	_is_webhook(item)
} else := "url-credential" if {
	item.kind == "url-credential"
	item.class == "likely"
} else := "guessable-url-credential" if {
	item.kind == "url-credential"
	item.class == "weak"
}

_is_webhook(item) if contains(item.detector, "webhook")

_counts(item) if _name(item) != "jwt-expired"

_counts(_) if params.jwtPolicy != "unexpired"

# `secretlint/github`, `pattern/vault-token`
_name(item) := parts[count(parts) - 1] if parts := split(item.detector, "/")

_args(place, item) := {"place": place, "format": _name(item)}
