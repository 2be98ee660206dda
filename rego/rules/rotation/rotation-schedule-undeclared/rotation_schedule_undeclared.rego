# METADATA
# title: No schedule says when a secret is rotated
# description: |
#   Looks at every object that makes a Secret and asks when its content changes. What brings its own
#   schedule is fine as it is: leases and certificates, generators that are refreshed, store objects
#   that a manifest of the same set rotates. Anything else needs a declaration next to it, on the object
#   or on the template of the Secret:
#
#   - `portcullis/rotation-interval` (`30d`, `4w` or a Go duration) with `portcullis/last-rotated` (a date), or
#   - `portcullis/rotated-by: cronjob/<name>`, or a CronJob whose ServiceAccount may write that Secret by name;
#   - `portcullis/class` says what it is (`password`, `api-key`, `signing-key` …), and so how long it may live.
#
#   To sync is not to rotate: an ExternalSecret that is read every hour still holds the password of last
#   year. To seal or encrypt anew is none either.
#
#   A Secret in Git without a declaration is where every repository with encrypted secrets starts, so it
#   is medium. It is high where a change adds the Secret, under the `strict` profile, and where another object
#   of the same kind in the set already declares its interval. A change that puts another secret in and
#   leaves the date of the last rotation as it was, or the other way round, makes the date untrue.
#
#   Left alone: `portcullis/class: non-credential`, Secrets that hold nothing but names, hosts and public
#   certificates, empty ones that something else fills, tokens of ServiceAccounts (a rule of their own),
#   Helm's release state, what a controller owns, and Secrets whose consumers are all scaled to zero.
# related_resources:
#   - ref: https://github.com/bitnami-labs/sealed-secrets#secret-rotation
#   - ref: https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
# custom:
#   severity: high
#   confidence: medium
#   scope: set
#   needs: [evidence, durations, clock, diff]
#   kinds: ["*"]
#   remediation: |
#     Declare the schedule next to the secret:
#
#     ```yaml
#     metadata:
#       annotations:
#         portcullis/class: password
#         portcullis/rotation-interval: 30d
#         portcullis/last-rotated: "2026-11-02"
#         portcullis/rotated-by: cronjob/rotate-billing-db
#     ```
#
#     What is no credential at all says so with `portcullis/class: non-credential`.
#   variants:
#     sync-without-rotation:
#       severity: medium
#       message: "This copies a value from a store, but nothing says when the value itself is rotated; add {missing}"
#     undeclared:
#       severity: medium
#       message: "Nothing says when this secret is rotated; add {missing}"
#     interval-too-long:
#       severity: high
#       message: "Rotated every {interval}; for class `{class}` at most {limit} is allowed"
#     overdue:
#       severity: high
#       message: "Rotation is overdue: last done on {last}, due again after {interval}"
#     stale-ciphertext:
#       severity: medium
#       message: "SOPS last changed this file on {last}, longer ago than the declared {interval}"
#     changed-but-undated:
#       severity: low
#       message: "Another secret stands here, but `{annotation}` still has the old date"
#     dated-but-unchanged:
#       severity: low
#       message: "`{annotation}` has a new date, but the secret is the old one"
#     declaration-unreadable:
#       severity: medium
#       message: "`{annotation}` cannot be read; write {example}"
#     rotated-in-future:
#       severity: medium
#       message: "`{annotation}` lies in the future, so the rotation would never become due"
#     rotator-missing:
#       severity: medium
#       message: "`{annotation}` names `{rotator}`, which does not exist"
#     rotator-suspended:
#       severity: medium
#       message: "This job rotates a secret, but it is suspended"
#       fixes: [{key: suspend, set: false}]
#     rotator-too-slow:
#       severity: medium
#       message: "This job runs only every {gap}, but the secret is to be rotated every {interval}"
#     rotator-schedule-unreadable:
#       severity: medium
#       message: "This job rotates a secret, but its schedule is none that Kubernetes accepts"
#     rotator-overlapping:
#       severity: low
#       message: "Two runs of this job may rotate the secret at once; set `concurrencyPolicy: Forbid`"
#       fixes: [{key: concurrencyPolicy, set: Forbid}]
#     rotator-without-deadline:
#       severity: low
#       message: "Without `startingDeadlineSeconds` it is open whether and when a missed run is made up for"
#       fixes: [{key: startingDeadlineSeconds, set: 3600}]
#     rotator-without-history:
#       severity: low
#       message: "With `failedJobsHistoryLimit: 0` nobody sees that a rotation failed"
#       fixes: [{key: failedJobsHistoryLimit, set: 1}]
#     sealing-key-renewal-off:
#       severity: medium
#       message: "The renewal of sealing keys is switched off: one key opens all that is ever sealed"
#   params:
#     maxRotationDays:
#       type: object
#       description: Longest time between two rotations in days, by class; `default` where no class is known.
#       default:
#         api-key: 90
#         password: 30
#         db-dynamic: 1
#         tls: 90
#         signing-key: 365
#         agent-token: 7
#         default: 90
#     graceUntil:
#       type: string
#       description: "Day (`YYYY-MM-DD`) up to which missing declarations are not reported, while a repository adopts them."
#       default: ""
#   frameworks:
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["8.6.3", "3.7.4", "12.3.1"]
#     soc2: ["CC6.1"]
#     nist: ["IA-5(1)", "SC-12"]
#     iso: ["A.5.17"]
#     cwe: ["CWE-262", "CWE-263", "CWE-324"]
#   practices: [P10, P13, P17, P29]
#   yields-to: [secrets/secret-manifest-plaintext]
package portcullis.rules.rotation["rotation-schedule-undeclared"]

import data.portcullis.lib.changes
import data.portcullis.lib.durations
import data.portcullis.lib.finding
import data.portcullis.lib.rotation
import data.portcullis.lib.rotation_declarations as declarations
import data.portcullis.lib.rotation_producers as producers
import data.portcullis.lib.rotation_rotators as rotators
import data.portcullis.lib.rotation_sealing as sealing
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

# Nothing is declared

report contains found if {
	not _in_grace
	some producer in producers.unscheduled
	declarations.missing(producer)
	producer.kind == "sync"
	found := _undeclared("sync-without-rotation", producer)
}

report contains finding.with_severity(found, severity) if {
	not _in_grace
	some producer in producers.unscheduled
	declarations.missing(producer)
	producer.kind == "git"
	severity := {true: "high", false: "medium"}[_is_expected(producer.obj)]
	found := _undeclared("undeclared", producer)
}

_undeclared(variant, producer) := finding.new(variant, producer.obj, missing.path, {"missing": missing.text}) if {
	missing := declarations.missing(producer)
}

_in_grace if input.clock < durations.end_of_day(params.graceUntil)

default _is_expected(_) := false

_is_expected(_) if settings.profile == "strict"

_is_expected(obj) if changes.is_added(obj)

# Another object of the kind shows that here intervals are declared.
_is_expected(obj) if count(_declaring[obj.object.kind] - {obj.id}) > 0

_declaring[producer.obj.object.kind] contains producer.obj.id if {
	some producer in producers.unscheduled
	rotation.declared(producer.obj, "rotation-interval")
}

# What is declared cannot be, or is not kept

report contains finding.new("declaration-unreadable", problem.obj, problem.path, args) if {
	some problem in declarations.unreadable
	args := {"annotation": problem.annotation, "example": problem.example}
}

report contains finding.new("interval-too-long", schedule.obj, schedule.path, args) if {
	some schedule in declarations.schedules
	limit := _limit(schedule.obj)
	schedule.interval > limit
	args := {
		"interval": durations.text(schedule.interval),
		"class": _known_class(schedule.obj),
		"limit": durations.text(limit),
	}
}

report contains finding.new("overdue", schedule.obj, schedule.last.path, args) if {
	some schedule in declarations.schedules
	schedule.last.epoch + schedule.interval < input.clock
	args := {"last": schedule.last.text, "interval": durations.text(schedule.interval)}
}

# A day of tolerance for time zones.
report contains finding.new("rotated-in-future", schedule.obj, schedule.last.path, args) if {
	some schedule in declarations.schedules
	schedule.last.epoch > input.clock + 86400
	args := {"annotation": settings.annotation("last-rotated")}
}

report contains finding.new("stale-ciphertext", schedule.obj, ["sops", "lastmodified"], args) if {
	some schedule in declarations.schedules
	last := schedule.obj.object.sops.lastmodified
	durations.epoch(last) + schedule.interval < input.clock
	args := {"last": last, "interval": durations.text(schedule.interval)}
}

# The date belongs to the secret: both change together.
report contains finding.new("changed-but-undated", schedule.obj, schedule.last.path, args) if {
	some schedule in declarations.schedules
	changes.has_new_content(schedule.obj)
	rotation.declared(changes.before[schedule.obj.id], "last-rotated").value == schedule.last.text
	args := {"annotation": settings.annotation("last-rotated")}
}

report contains finding.new("dated-but-unchanged", schedule.obj, schedule.last.path, args) if {
	some schedule in declarations.schedules
	_stands_in_git[schedule.obj.id]
	not changes.has_new_content(schedule.obj)
	rotation.declared(changes.before[schedule.obj.id], "last-rotated").value != schedule.last.text
	args := {"annotation": settings.annotation("last-rotated")}
}

_stands_in_git[producer.obj.id] if {
	some producer in producers.unscheduled
	producer.kind == "git"
}

_known_class(obj) := class if {
	class := rotation.class_of(obj)
	params.maxRotationDays[class]
} else := "default"

_limit(obj) := params.maxRotationDays[_known_class(obj)] * 86400

# What is to rotate does not

report contains finding.new("rotator-missing", producer.obj, link.path, args) if {
	settings.completeness == "full"
	some producer in producers.unscheduled
	link := rotators.link(producer.obj)
	link.kind in {"cronjob", "cronworkflow"}
	not rotators.is_known(producer.obj)
	args := {
		"annotation": settings.annotation("rotated-by"),
		"rotator": concat("/", [link.kind, link.name]),
	}
}

report contains finding.new(problem.variant, rotator, problem.path, {}) if {
	some [rotator, _] in _at_work
	some problem in declarations.rotator_problems(rotator)
}

report contains finding.new("rotator-too-slow", rotator, declarations.schedule_path(rotator), args) if {
	some [rotator, interval] in _at_work
	gap := rotators.gap(rotator)
	gap > interval
	args := {"gap": durations.text(gap), "interval": durations.text(interval)}
}

# The rotators that have a secret to rotate, each with the shortest interval asked of it.
_at_work := [[rotator, min(intervals)] |
	some rotator in rotators.known
	not rotator.context
	intervals := {interval |
		some key in rotators.rotator_keys(rotator)
		some interval in _wanted[key]
	}
	count(intervals) > 0
]

_wanted[key] contains interval if some [key, interval] in _asked

_asked := {[key, _interval_of(producer.obj)] |
	some producer in producers.unscheduled
	some key in rotators.producer_keys(producer)
}

_interval_of(obj) := declarations.interval(obj) if {
	declarations.interval(obj)
} else := _limit(obj)

report contains finding.new("sealing-key-renewal-off", place.obj, place.path, {}) if {
	some place in sealing.switched_off
}
