# METADATA
# title: ExternalSecret is not refreshed, or not often enough
# description: |
#   Looks at how often the External Secrets Operator reads a store again: `refreshPolicy`,
#   `refreshInterval` and `syncWindows` of an ExternalSecret (also inside a ClusterExternalSecret), the
#   generators it draws from, and the same for PushSecrets. The store may rotate a value every day;
#   without a refresh the cluster keeps the first copy for good.
#
#   An unset policy is `Periodic` and an unset interval one hour, so both are fine. `CreatedOnce` and
#   `OnChange` ignore the interval. `spec.refreshTime` of the cluster-wide kinds only lists namespaces
#   again and is not looked at. An interval or a window that the operator could not read is reported,
#   never taken for compliant.
#
#   Passwords, UUIDs and SSH keys from a generator are new with each refresh. That is reported where
#   nothing in the set passes the new value on (a PushSecret for the same Secret, or a workload that
#   Reloader restarts), and where the refresh is off, since the value then is made once and stays.
#
#   Left alone: objects annotated `portcullis/rotation: static`, and `creationPolicy: None`, which makes
#   no Secret. Where a cert-manager Certificate renews the same Secret, the copy is only a seed, and
#   findings are `info`.
# related_resources:
#   - ref: https://external-secrets.io/latest/api/externalsecret/
#   - ref: https://external-secrets.io/latest/guides/generator/
#   - ref: https://external-secrets.io/latest/api/pushsecret/
# custom:
#   severity: high
#   confidence: high
#   scope: set
#   needs: [durations]
#   kinds:
#     - ExternalSecret
#     - ClusterExternalSecret
#     - PushSecret
#     - ClusterPushSecret
#     - ClusterGenerator
#     - STSSessionToken
#     - Certificate
#     - Deployment
#     - StatefulSet
#     - DaemonSet
#     - Rollout
#   remediation: |
#     Keep the policy periodic and give it an interval:
#
#     ```yaml
#     spec:
#       refreshPolicy: Periodic
#       refreshInterval: 30m
#     ```
#
#     For a registry token from a generator, choose an interval shorter than the token's life. For a
#     generated password, add a PushSecret, so that the system that checks it learns the new value.
#   variants:
#     never-refreshed:
#       severity: high
#       message: "`{setting}` means that the store is never read again: a value rotated there does not reach the cluster"
#       fixes: [{key: refreshInterval, set: 1h}, {key: refreshPolicy, set: Periodic}]
#     interval-too-long:
#       severity: medium
#       message: "Reads the store only every {interval}; at most {limit} is allowed"
#     interval-too-short:
#       severity: low
#       message: "Reads the store every {interval}: more often than every {limit} costs requests and may run into rate limits"
#     interval-unreadable:
#       severity: medium
#       message: "`refreshInterval` is no duration that the operator accepts; write one such as `30m` or `1h30m`"
#     sync-windows-too-narrow:
#       severity: medium
#       message: "The sync windows block refreshes for up to {blocked}; at most {limit} is allowed"
#     sync-windows-unreadable:
#       severity: medium
#       message: "The sync windows cannot be read: each needs a five-field cron `schedule` and a `duration` such as `2h`"
#     generator-uncoordinated:
#       severity: medium
#       message: "Generator `{generator}` makes a new value with every refresh, and nothing here passes it on to what checks it"
#     generator-once:
#       severity: medium
#       message: "Generator `{generator}` runs once and is never refreshed: this value stays until somebody replaces it"
#     token-expires-first:
#       severity: high
#       message: "A token from `{generator}` lives {lifetime}, but is renewed only every {interval}"
#     push-stopped:
#       severity: medium
#       message: "`{setting}` pushes no changes: a rotated value does not reach the store"
#       fixes: [{key: refreshInterval, set: 1h}, {key: updatePolicy, set: Replace}]
#     target-outlives:
#       severity: low
#       message: "With `creationPolicy: {policy}` the Secret stays behind when its ExternalSecret is deleted"
#       fixes: [{key: creationPolicy, set: Owner}]
#     push-outlives:
#       severity: low
#       message: "With `deletionPolicy: None` the pushed value stays in the store when the PushSecret is deleted"
#       fixes: [{key: deletionPolicy, set: Delete}]
#   params:
#     maxRefresh:
#       type: string
#       description: "Longest time between two reads of the store, such as `24h` or `7d`."
#       default: "24h"
#     minRefresh:
#       type: string
#       description: "Shortest time between two reads of the store."
#       default: "1m"
#     generatorTtl:
#       type: object
#       description: "How long the tokens of each kind of generator live. Those of STSSessionToken live as long as its `sessionDuration` says, else 12 hours."
#       default:
#         ECRAuthorizationToken: "12h"
#         GCRAccessToken: "1h"
#         GithubAccessToken: "1h"
#         ACRAccessToken: "3h"
#         QuayAccessToken: "1h"
#         CodeArtifactAuthorizationToken: "12h"
#   frameworks:
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["8.6.3", "3.7.4"]
#     soc2: ["CC6.1"]
#     nist: ["IA-5(1)", "SC-12"]
#     iso: ["A.5.17"]
#     cwe: ["CWE-262", "CWE-263", "CWE-324"]
#   practices: [P10, P12, P13]
package portcullis.rules.rotation["externalsecret-refresh"]

import data.portcullis.lib.durations
import data.portcullis.lib.finding
import data.portcullis.lib.rotation
import data.portcullis.lib.rotation_eso as eso
import data.portcullis.lib.rotation_eso_consumers as consumers
import data.portcullis.lib.schedules
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.with_severity(found, "info") if {
	some view in _judged
	some found in _findings(view)
	consumers.is_seed(view)
}

report contains found if {
	some view in _judged
	some found in _findings(view)
	not consumers.is_seed(view)
}

report contains found if {
	some push in eso.pushes
	not push.obj.context
	not rotation.is_static(push.obj)
	some found in _push_findings(push)
}

_judged := [view |
	some view in eso.externals
	not view.obj.context
	not rotation.is_static(view.obj)
	object.get(view.spec, ["target", "creationPolicy"], "") != "None"
]

_findings(view) := (((_policy(view) | _interval(view)) | _windows(view)) | _generated(view)) | _lifecycle(view)

_at(view, variant, path, args) := finding.new(variant, view.obj, array.concat(view.base, path), args)

_policy(view) := {_at(view, "never-refreshed", ["refreshPolicy"], {"setting": setting}) |
	policy := eso.policy(view)
	policy != "Periodic"
	not eso.only_minted(view)
	setting := concat(": ", ["refreshPolicy", policy])
}

_interval(view) := {found |
	eso.policy(view) == "Periodic"
	object.get(view.spec, "refreshInterval", null) != null
	some variant, args in _interval_problem(view)
	found := _at(view, variant, ["refreshInterval"], args)
}

_interval_problem(view) := {"interval-unreadable": {}} if {
	not eso.interval(view)
} else := {} if {
	# How often a generator makes a new value is a rotation, not the reading of a store.
	eso.only_minted(view)
} else := {"never-refreshed": {"setting": "refreshInterval: 0"}} if {
	eso.interval(view) <= 0
} else := {"interval-too-long": {"interval": _text(eso.interval(view)), "limit": _text(_max)}} if {
	eso.interval(view) > _max
} else := {"interval-too-short": {"interval": _text(eso.interval(view)), "limit": _text(_min)}} if {
	eso.interval(view) < _min
} else := {}

_max := durations.param(params.maxRefresh)

_min := durations.param(params.minRefresh)

_text(seconds) := durations.text(seconds)

_windows(view) := {found |
	eso.refreshes(view)
	not eso.only_minted(view)
	windows := view.spec.syncWindows.windows
	is_array(windows)
	count(windows) > 0
	some variant, args in _window_problem(view)
	found := _at(view, variant, ["syncWindows", "windows"], args)
}

_window_problem(view) := {"sync-windows-unreadable": {}} if {
	not schedules.windows(view.obj, _windows_path(view))
} else := {"sync-windows-too-narrow": {"blocked": _text(blocked), "limit": _text(_max)}} if {
	measured := schedules.windows(view.obj, _windows_path(view))
	blocked := {"allow": measured.longestClosed, "deny": measured.longestOpen}[view.spec.syncWindows.kind]
	blocked > _max
} else := {}

_windows_path(view) := array.concat(view.base, ["syncWindows", "windows"])

_generated(view) := {finding.new(variant, view.obj, path, args) |
	some generator in eso.generators(view)
	some [variant, path, args] in _generator_problems(view, generator)
}

_generator_problems(view, generator) := {["generator-once", generator.path, {"generator": generator.name}]} if {
	not eso.refreshes(view)
	generator.kind in (eso.minting_kinds | {""})
} else := {["generator-uncoordinated", generator.path, {"generator": generator.name}]} if {
	eso.refreshes(view)
	generator.kind in eso.minting_kinds
	not view.obj.partial
	not consumers.coordinated(view)
} else := {["token-expires-first", path, args]} if {
	eso.refreshes(view)
	not _interval_unknown(view)
	lifetime := _lifetime(generator)
	eso.interval(view) >= lifetime
	path := array.concat(view.base, ["refreshInterval"])
	args := {
		"generator": generator.name,
		"lifetime": _text(lifetime),
		"interval": _text(eso.interval(view)),
	}
} else := set()

# A patch without an interval leaves that of the patched object.
_interval_unknown(view) if {
	view.obj.partial
	object.get(view.spec, "refreshInterval", null) == null
}

_lifetime(generator) := durations.param(params.generatorTtl[generator.kind]) if {
	params.generatorTtl[generator.kind]
} else := seconds if {
	generator.kind == "STSSessionToken"
	count(generator.spec) > 0
	seconds := object.get(generator.spec, ["requestParameters", "sessionDuration"], 43200)
	is_number(seconds)
}

_lifecycle(view) := {_at(view, "target-outlives", ["target", "creationPolicy"], {"policy": policy}) |
	policy := view.spec.target.creationPolicy
	policy in {"Orphan", "CreateOrMerge"}
}

_push_findings(push) := {finding.new(variant, push.obj, array.concat(push.base, [field]), args) |
	some [variant, field, args] in ((_push_interval(push) | _push_update(push)) | _push_deletion(push))
}

_push_interval(push) := {["interval-unreadable", "refreshInterval", {}]} if {
	object.get(push.spec, "refreshInterval", null) != null
	not durations.go(push.spec.refreshInterval)
} else := {["push-stopped", "refreshInterval", {"setting": "refreshInterval: 0"}]} if {
	durations.go(push.spec.refreshInterval) <= 0
} else := set()

_push_update(push) := {["push-stopped", "updatePolicy", {"setting": "updatePolicy: IfNotExists"}] |
	push.spec.updatePolicy == "IfNotExists"
}

_push_deletion(push) := {["push-outlives", "deletionPolicy", {}] | push.spec.deletionPolicy == "None"}
