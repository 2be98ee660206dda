# METADATA
# title: ConfigMap, annotation or label holds a credential
# description: |
#   Looks at every entry of a ConfigMap and into what it holds (YAML, JSON, properties, INI, dotenv,
#   `.npmrc`, `.pgpass`, kubeconfigs …), and at the annotations and labels of every object, of pod templates
#   and of the templates that controllers make Secrets from. ConfigMaps and metadata are no secret to
#   anyone: the built-in role `view` reads them, and most tools print them.
#
#   Exported manifests carry a copy of themselves in `kubectl.kubernetes.io/last-applied-configuration`;
#   on a Secret that annotation is reported even where nothing can be read in it.
#
#   Left alone: values that the rule for environment variables leaves alone as well, settings such as
#   `password_encryption = scram-sha-256`, schemas, policies, dashboards, log formats, texts for people
#   that merely say "password", and annotations of controllers whose values are names of Secrets or paths
#   in Vault. In example files and in the tests of a chart, findings are low. Tokens of known formats,
#   credentials inside a URL and private keys have rules of their own.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/configmap/
#   - ref: https://external-secrets.io/latest/guides/templating/
# custom:
#   severity: high
#   confidence: medium
#   scope: object
#   needs: [evidence]
#   kinds: ["*"]
#   remediation: |
#     Change the credential. Leave what is no secret in the ConfigMap, and let a controller render the file
#     that has one into a Secret:
#
#     ```yaml
#     apiVersion: external-secrets.io/v1
#     kind: ExternalSecret
#     spec:
#       target:
#         template:
#           data:
#             application.properties: |
#               db.user=orders
#               db.password={{ .password }}
#     ```
#   variants:
#     entry:
#       severity: high
#       message: "Entry `{key}` of this ConfigMap is a credential in plain text"
#     nested-key:
#       severity: high
#       message: "Entry `{entry}` of this ConfigMap holds a credential in plain text, under `{key}`"
#     kubeconfig:
#       severity: high
#       message: "Entry `{entry}` of this ConfigMap is a kubeconfig with a credential, under `{key}`"
#     metadata:
#       severity: high
#       message: "`{entry}` holds a credential in plain text; annotations and labels are visible to everyone who sees the object"
#     last-applied:
#       severity: high
#       message: "The annotation that `kubectl apply` leaves behind repeats a credential in plain text, under `{key}`"
#     last-applied-on-secret:
#       severity: medium
#       message: "The annotation that `kubectl apply` leaves behind repeats the content of this Secret; remove it"
#     password-hash:
#       severity: medium
#       message: "`{key}` is a password hash, which can be attacked by whoever reads it"
#   params:
#     parsers:
#       type: array
#       description: Formats that are looked for inside of values.
#       default: [yaml, json, ini, properties, env, npmrc, pgpass, netrc, git-credentials, xml, kubeconfig]
#     proseHeuristic:
#       type: boolean
#       description: Whether values that are sentences or labels for people are left alone.
#       default: true
#     exampleGlobs:
#       type: array
#       description: Files that are examples; findings in them are low.
#       default: ["**/examples/**", "**/testdata/**"]
#   frameworks:
#     cis: ["5.4.2"]
#     nsa: ["NSA-SEC"]
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["8.6.2"]
#     soc2: ["CC6.1", "CC6.7"]
#     nist: ["IA-5(7)", "SC-28"]
#     iso: ["A.8.12"]
#     cwe: ["CWE-312", "CWE-313", "CWE-260", "CWE-538"]
#   practices: [P01, P02, P24]
#   yields-to:
#     - secrets/private-key-material
#     - secrets/known-token-or-url-credential
#     - secrets/encrypted-file-plaintext-leak
#     - agents/agent-config-carries-credential
package portcullis.rules.secrets["configmap-metadata-credential"]

import data.portcullis.lib.evidence
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains evidence.lowered(found, entry.obj.file, params.exampleGlobs) if {
	some place in ["config-entry", "metadata", "last-applied"]
	some entry in evidence.in_place(place)
	evidence.named(entry.item)
	found := finding.at(_variant(entry), entry.obj, entry.item, {
		"key": evidence.label(entry.item),
		"entry": entry.item.path[count(entry.item.path) - 1],
	})
}

# What a Secret's own copy repeats is the Secret's business.
_variant(entry) := "password-hash" if {
	entry.item.class == "hash"
	not evidence.is_core(entry.obj, "Secret")
} else := "last-applied" if {
	entry.place == "last-applied"
	not evidence.is_core(entry.obj, "Secret")
} else := "metadata" if {
	entry.place == "metadata"
	not _names_something(entry.item)
} else := "kubeconfig" if {
	entry.place == "config-entry"
	_is_kubeconfig(entry)
} else := "nested-key" if {
	entry.place == "config-entry"
	entry.item.context != "value"
} else := "entry" if {
	entry.place == "config-entry"
	not [entry.obj.id, entry.item.path] in _told_within
}

# `.pgpass` announces a credential, and so does what stands in it: the narrower place speaks.
_told_within contains [entry.obj.id, entry.item.path] if {
	some entry in evidence.in_place("config-entry")
	entry.item.context != "value"
	evidence.named(entry.item)
}

# The text around a credential is left in the input.
_is_kubeconfig(entry) if {
	entry.item.context != "value"
	text := object.get(entry.obj.object, entry.item.path, null)
	is_string(text)
	regex.match(`["']?clusters["']?\s*:`, text)
	regex.match(`["']?users["']?\s*:`, text)
	regex.match(`["']?contexts["']?\s*:`, text)
}

# Annotations of controllers that name a Secret, a path in a store or an entry of one.
_names_something(item) if {
	some domain in _controllers
	regex.match(domain, item.path[count(item.path) - 1])
}

# A short word under a name such as `auth-secret` is the name of a Secret.
_names_something(item) if {
	item.class == "weak"
	item.context == "value"
	regex.match(`(?i)secrets?$`, item.path[count(item.path) - 1])
}

_controllers := [
	`^([a-z0-9-]+\.)*reloader\.stakater\.com/`,
	`^(vault\.hashicorp\.com|openbao\.openbao\.org)/`,
	`^vault\.security\.banzaicloud\.io/`,
	`^avp\.kubernetes\.io/`,
	`^secret-store\.csi\.k8s\.io/`,
	`^([a-z0-9-]+\.)*external-secrets\.io/`,
	`^(reflector\.v1\.k8s\.emberstack\.com|replicator\.v1\.mittwald\.de)/`,
	`^sealedsecrets\.bitnami\.com/`,
	`^cert-manager\.io/`,
]

report contains evidence.lowered(found, obj.file, params.exampleGlobs) if {
	some obj in k8s.of_kind("Secret")
	evidence.is_core(obj, "Secret")
	text := object.get(obj.object, evidence.last_applied, "")
	is_string(text)
	not text == ""
	not startswith(text, "ENC[")
	not _is_seen(obj)
	found := finding.new("last-applied-on-secret", obj, evidence.last_applied, {})
}

_is_seen(obj) if {
	some item in obj.evidence
	item.path == evidence.last_applied
	item.class in {"likely", "weak", "hash"}
}
