# METADATA
# title: Vault Secrets Operator does not read, renew or revoke in time
# description: |
#   Looks at the objects of the Vault Secrets Operator: when a VaultStaticSecret (or an
#   HCPVaultSecretsApp) is read again, when the lease of a VaultDynamicSecret is renewed, when the
#   certificate of a VaultPKISecret is issued anew, and whether leases are revoked on deletion.
#
#   A VaultStaticSecret without `refreshAfter` is fine as long as `hmacSecretData` is not switched off:
#   the operator then compares every minute or so. With `hmacSecretData: false` only `refreshAfter` or
#   `syncConfig.instantUpdates` brings it back, and restart targets are ignored. An HCPVaultSecretsApp
#   is read every ten minutes by default.
#
#   Durations have one number and one unit, `s`, `m` or `h` (`d` as well in `ttl`). Anything else, such
#   as `1h30m`, is refused by the API server and reported here.
#
#   Left alone: a VaultStaticSecret annotated `portcullis/rotation: static`, a `ttl` that is not set (the
#   role in Vault decides, which no manifest shows), and revocation of static credentials, which have
#   no lease. Workloads that keep an old value because nothing restarts them have a rule of their own.
# related_resources:
#   - ref: https://developer.hashicorp.com/vault/docs/deploy/kubernetes/vso/api-reference
#   - ref: https://developer.hashicorp.com/vault/docs/deploy/kubernetes/vso/sources/vault
# custom:
#   severity: high
#   confidence: high
#   scope: set
#   needs: [durations]
#   kinds: [VaultStaticSecret, VaultDynamicSecret, VaultPKISecret, HCPVaultSecretsApp, Namespace]
#   remediation: |
#     Give static secrets a timer, dynamic ones a lease policy, and name the workloads to restart:
#
#     ```yaml
#     apiVersion: secrets.hashicorp.com/v1beta1
#     kind: VaultDynamicSecret
#     spec:
#       mount: database
#       path: creds/billing
#       renewalPercent: 67
#       revoke: true
#       destination: {name: billing-db, create: true}
#       rolloutRestartTargets:
#         - {kind: Deployment, name: billing}
#     ```
#
#     For certificates, set `expiryOffset` well below `ttl`, such as `24h` for a `ttl` of `30d`.
#   variants:
#     never-reread:
#       severity: high
#       message: "With `hmacSecretData: false` and no `refreshAfter` nothing makes the operator read this secret again"
#       fixes: [{key: hmacSecretData, set: true}, {key: refreshAfter, set: 1h}]
#     events-only:
#       severity: low
#       message: "Only Vault's events trigger a new read; add `refreshAfter` for the events that get lost"
#       fixes: [{key: refreshAfter, set: 1h}]
#     interval-too-long:
#       severity: medium
#       message: "Read again only every {interval}; at most {limit} is allowed"
#     duration-unreadable:
#       severity: medium
#       message: "`{field}` is no duration that the operator accepts: one number and one unit, such as `90m`"
#     restart-targets-ignored:
#       severity: high
#       message: "With `hmacSecretData: false` the operator ignores these restart targets: workloads keep the old value"
#     renewal-constant:
#       severity: low
#       message: "`renewalPercent: 0` renews the lease as soon as it begins: load on Vault for no gain"
#       fixes: [{key: renewalPercent, set: 67}]
#     renewal-late:
#       severity: medium
#       message: "The lease is renewed after {percent} % of its life; at most {limit} % leaves time to try again"
#       fixes: [{key: renewalPercent, set: 67}]
#     lease-missing:
#       severity: medium
#       message: "`{path}` gives no lease, and without `refreshAfter` nothing makes the operator read it again"
#     renewal-at-expiry:
#       severity: medium
#       message: "Without `expiryOffset` the certificate is renewed at the moment it expires"
#     renewal-never-rests:
#       severity: high
#       message: "`expiryOffset` of {offset} is not shorter than `ttl` of {ttl}: certificates are issued again and again"
#     expiry-fixed:
#       severity: high
#       message: "A fixed `notAfter` cannot be renewed: each certificate ends on the same day"
#     certificate-too-long:
#       severity: medium
#       message: "The certificate lives {ttl}; at most {limit} is allowed"
#     not-revoked:
#       severity: low
#       message: "`revoke` is not set: the credential lives on in Vault when this object is deleted"
#       fixes: [{key: revoke, set: true}]
#   params:
#     maxRefresh:
#       type: string
#       description: "Longest time between two reads of a secret, such as `24h`."
#       default: "24h"
#     maxRenewalPercent:
#       type: number
#       description: Share of a lease, in percent, after which it must have been renewed.
#       default: 80
#     maxCertDays:
#       type: number
#       description: Longest life of a certificate in days.
#       default: 90
#     requireRevoke:
#       type: boolean
#       description: Whether dynamic secrets and certificates must be revoked on deletion.
#       default: true
#   frameworks:
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["8.6.3", "3.7.4", "3.7.5"]
#     soc2: ["CC6.1"]
#     nist: ["IA-5", "SC-12", "SC-17"]
#     iso: ["A.5.17", "A.8.24"]
#     cwe: ["CWE-262", "CWE-324", "CWE-613"]
#   practices: [P10, P12, P21, P29]
package portcullis.rules.rotation["vault-operator-sync-refresh"]

import data.portcullis.lib.agents
import data.portcullis.lib.durations
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.rotation
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

# Static secrets

report contains finding.new(variant, obj, ["spec", "refreshAfter"], {}) if {
	some obj in _static
	obj.object.spec.hmacSecretData == false
	not _has_timer(obj)
	not _unknown(obj, "refreshAfter")
	variant := {true: "events-only", false: "never-reread"}[_instant_updates(obj)]
}

report contains finding.new("restart-targets-ignored", obj, ["spec", "rolloutRestartTargets"], {}) if {
	some obj in _static
	obj.object.spec.hmacSecretData == false
	count(k8s.list(obj.object.spec.rolloutRestartTargets)) > 0
}

# Reading again

report contains finding.new("interval-too-long", obj, ["spec", "refreshAfter"], args) if {
	some obj in _of(["VaultStaticSecret", "VaultDynamicSecret", "HCPVaultSecretsApp"])
	interval := durations.vso(obj.object.spec.refreshAfter)
	limit := durations.param(params.maxRefresh)
	interval > limit
	args := {"interval": durations.text(interval), "limit": durations.text(limit)}
}

report contains finding.new("duration-unreadable", obj, ["spec", field], {"field": field}) if {
	some obj in _of(["VaultStaticSecret", "VaultDynamicSecret", "VaultPKISecret", "HCPVaultSecretsApp"])
	some field in ["refreshAfter", "expiryOffset"]
	_is_set(obj, field)
	not durations.vso(obj.object.spec[field])
}

report contains finding.new("duration-unreadable", obj, ["spec", "ttl"], {"field": "ttl"}) if {
	some obj in _of(["VaultPKISecret"])
	_is_set(obj, "ttl")
	not durations.pki(obj.object.spec.ttl)
}

# Leases

report contains finding.new(variant, obj, path, {"percent": format_int(percent, 10), "limit": limit}) if {
	some obj in _of(["VaultDynamicSecret", "HCPVaultSecretsApp"])
	path := _percent_path[obj.object.kind]
	percent := object.get(obj.object, path, null)
	is_number(percent)
	limit := format_int(params.maxRenewalPercent, 10)
	some variant in _percent_problems(percent)
}

report contains finding.new("lease-missing", obj, ["spec", "refreshAfter"], {"path": path}) if {
	some obj in _of(["VaultDynamicSecret"])
	not _has_timer(obj)
	not _unknown(obj, "refreshAfter")
	path := _leaseless_path(obj.object.spec)
}

report contains finding.with_severity(found, severity) if {
	params.requireRevoke
	some obj in _of(["VaultDynamicSecret", "VaultPKISecret"])
	not obj.object.spec.revoke == true
	not _unknown(obj, "revoke")
	not _static_credentials(obj.object.spec)
	severity := {true: "medium", false: "low"}[_is_agents(obj)]
	found := finding.new("not-revoked", obj, ["spec", "revoke"], {})
}

# Certificates

report contains finding.new("renewal-at-expiry", obj, ["spec", "expiryOffset"], {}) if {
	some obj in _of(["VaultPKISecret"])
	not _has_offset(obj)
	not _unknown(obj, "expiryOffset")
}

report contains finding.new("renewal-never-rests", obj, ["spec", "expiryOffset"], args) if {
	some obj in _of(["VaultPKISecret"])
	offset := durations.vso(obj.object.spec.expiryOffset)
	ttl := durations.pki(obj.object.spec.ttl)
	offset >= ttl
	args := {"offset": durations.text(offset), "ttl": durations.text(ttl)}
}

report contains finding.new("expiry-fixed", obj, ["spec", "notAfter"], {}) if {
	some obj in _of(["VaultPKISecret"])
	_is_set(obj, "notAfter")
	obj.object.spec.notAfter != ""
}

report contains finding.new("certificate-too-long", obj, ["spec", "ttl"], args) if {
	some obj in _of(["VaultPKISecret"])
	ttl := durations.pki(obj.object.spec.ttl)
	limit := params.maxCertDays * 86400
	ttl > limit
	args := {"ttl": durations.text(ttl), "limit": durations.text(limit)}
}

_of(kinds) := [obj |
	some kind in kinds
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == "secrets.hashicorp.com"
	is_object(obj.object.spec)
	not _is_exempt(obj)
]

_static := _of(["VaultStaticSecret"])

_is_exempt(obj) if {
	obj.object.kind == "VaultStaticSecret"
	rotation.is_static(obj)
}

_is_set(obj, field) if object.get(obj.object.spec, field, null) != null

# A patch says nothing about the fields that it leaves out.
_unknown(obj, field) if {
	obj.partial
	not _is_set(obj, field)
}

# `0s` is no timer. What cannot be read is reported as such, not as missing.
_has_timer(obj) if {
	_is_set(obj, "refreshAfter")
	not _is_zero(obj, "refreshAfter")
}

_is_zero(obj, field) if durations.vso(obj.object.spec[field]) == 0

_has_offset(obj) if {
	_is_set(obj, "expiryOffset")
	not _is_zero(obj, "expiryOffset")
}

default _instant_updates(_) := false

_instant_updates(obj) if obj.object.spec.syncConfig.instantUpdates == true

_percent_path := {
	"VaultDynamicSecret": ["spec", "renewalPercent"],
	"HCPVaultSecretsApp": ["spec", "syncConfig", "dynamic", "renewalPercent"],
}

_percent_problems(percent) := {"renewal-constant" | percent <= 0} | {"renewal-late" |
	percent > params.maxRenewalPercent
}

# Rotated by Vault on its own schedule, read without a lease.
_static_credentials(spec) if "static-creds" in split(spec.path, "/")

_static_credentials(spec) if spec.allowStaticCreds == true

_leaseless_path(spec) := path if {
	_static_credentials(spec)
	not spec.allowStaticCreds == true
	path := concat("/", [spec.mount, spec.path])
} else := path if {
	regex.match(`^(kv|transit)([-_/0-9].*)?$`, spec.mount)
	path := concat("/", [spec.mount, spec.path])
}

default _is_agents(_) := false

_is_agents(obj) if agents.owns(obj)

_is_agents(_) if settings.profile == "agents"
