# METADATA
# title: A leaked secret cannot be replaced at once
# description: |
#   A rotation by schedule leaves a window: what is revoked or replaced in the store after a breach, or when
#   somebody leaves, reaches the cluster only with the next read. Looks at how long that takes at most for
#   each ExternalSecret, VaultStaticSecret and HCPVaultSecretsApp. A short interval needs nothing more; a
#   longer one needs an event that brings the change at once:
#
#   - `syncConfig.instantUpdates` of the Vault Secrets Operator,
#   - a `Config` of External Secrets' reloader that watches the ExternalSecret,
#   - an object of one of `hookKinds` in the same namespace, or named by `portcullis/rotated-by`,
#   - topics on the Google secret that is read, a Flux `Receiver`, a rule of EventBridge in the set.
#
#   The operators' own default, an hour, is longer than `maxIncidentLatency`, so this is on for secrets of
#   class `agent-token` and `signing-key` everywhere, for all others under `strict` and `agents`; so is the
#   question whether a runbook is named (`portcullis/incident-runbook` on the object or its namespace), asked
#   for secrets that declare their class or belong to an agent, and whether a lease that External Secrets
#   takes ever ends. Leases of the Vault Secrets Operator and of the Vault Agent that are not revoked are
#   reported by the rules about those.
#
#   Left alone: namespaces that are no production by their name or label (`nonProduction`; `sandbox` is not
#   among them, since agents run in such), secrets that are declared `static` or no credential, what
#   generators make, and what is never read again, which another rule reports.
# related_resources:
#   - ref: https://external-secrets.io/latest/api/externalsecret/
#   - ref: https://github.com/external-secrets-inc/reloader
#   - ref: https://developer.hashicorp.com/vault/docs/deploy/kubernetes/vso/sources/vault#instant-updates
# custom:
#   severity: medium
#   confidence: medium
#   scope: set
#   needs: [durations]
#   kinds:
#     - ExternalSecret
#     - ClusterExternalSecret
#     - VaultStaticSecret
#     - VaultDynamicSecret
#     - HCPVaultSecretsApp
#     - SealedSecret
#     - ClusterGenerator
#     - SecretManagerSecret
#     - Config
#     - Sensor
#     - EventSource
#     - Trigger
#     - EventListener
#     - Receiver
#     - Rule
#     - Namespace
#     - CronJob
#     - CronWorkflow
#     - Role
#     - ClusterRole
#     - RoleBinding
#     - ClusterRoleBinding
#   remediation: |
#     Let the store's change events trigger the read:
#
#     ```yaml
#     apiVersion: reloader.external-secrets.io/v1alpha1
#     kind: Config
#     metadata:
#       name: billing
#     spec:
#       notificationSources:
#         - type: AwsSqs
#           awsSqs:
#             queueURL: https://sqs.eu-west-1.amazonaws.com/111122223333/rotations
#             auth: {authMethod: irsa, region: eu-west-1}
#       destinationsToWatch:
#         - type: ExternalSecret
#           externalSecret: {names: [billing-db]}
#     ```
#
#     Or read more often: `refreshInterval: 10m`.
#   variants:
#     late-for-sensitive:
#       severity: medium
#       message: "A {class} that is revoked in the store stays in use here for up to {interval}; at most {limit} is allowed without an event"
#     late:
#       severity: low
#       profiles: [strict, agents]
#       message: "A value that is replaced in the store after a leak gets here only after up to {interval}; at most {limit} is allowed without an event"
#     runbook-missing:
#       severity: info
#       profiles: [strict, agents]
#       message: "Nothing says what to do when this {class} leaks; name a runbook with `{annotation}`"
#     lease-without-end:
#       severity: low
#       profiles: [strict, agents]
#       message: "External Secrets does not revoke this lease, and no `ttl` is asked for: a leaked one stays good for as long as Vault's role says"
#   params:
#     maxIncidentLatency:
#       type: string
#       description: "Longest time in which a change in the store must reach the cluster, such as `15m`."
#       default: "15m"
#     hookKinds:
#       type: array
#       description: Kinds of objects that bring events to what is in their namespace.
#       default: [Sensor, EventSource, Trigger, EventListener]
#     nonProduction:
#       type: array
#       description: Words in the name or the `environment` label of a namespace that is no production.
#       default: [dev, develop, development, test, testing, stage, staging, qa, uat, preview, demo, ci, e2e, local, nonprod]
#   frameworks:
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["8.6.3", "3.7.5", "8.2.5"]
#     soc2: ["CC6.2", "CC7.4"]
#     nist: ["IR-4", "IA-5", "AC-2(3)"]
#     iso: ["A.5.18", "A.5.26"]
#     cwe: ["CWE-613"]
#   practices: [P11, P29]
package portcullis.rules.rotation["no-event-driven-or-revocation-path"]

import data.portcullis.lib.durations
import data.portcullis.lib.finding
import data.portcullis.lib.incident_response as response
import data.portcullis.lib.k8s
import data.portcullis.lib.rotation
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.new(variant, reader.obj, reader.path, args) if {
	some reader in response.readers
	limit := durations.param(params.maxIncidentLatency)
	reader.seconds > limit
	not response.is_trial(reader.obj, params.nonProduction)
	not response.has_hook(reader, params.hookKinds)
	class := rotation.class_of(reader.obj)
	variant := {true: "late-for-sensitive", false: "late"}[class in _sensitive]
	args := {
		"class": _text(class),
		"interval": durations.text(reader.seconds),
		"limit": durations.text(limit),
	}
}

_sensitive := {"agent-token", "signing-key"}

_text(class) := replace(class, "-", " ")

report contains finding.new("runbook-missing", obj, rotation.place_of("incident-runbook"), args) if {
	some kind in _with_runbook
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) != "generators.external-secrets.io"
	not obj.partial
	class := rotation.class_of(obj)
	not class in {"default", "non-credential", "tls"}
	not response.is_trial(obj, params.nonProduction)
	not response.has_runbook(obj)
	args := {"class": _text(class), "annotation": settings.annotation("incident-runbook")}
}

_with_runbook := [
	"ExternalSecret", "ClusterExternalSecret", "VaultStaticSecret", "VaultDynamicSecret", "HCPVaultSecretsApp",
	"SealedSecret",
]

report contains finding.new("lease-without-end", lease.obj, lease.path, {}) if {
	some lease in response.endless_leases
	not response.is_trial(lease.obj, params.nonProduction)
}
