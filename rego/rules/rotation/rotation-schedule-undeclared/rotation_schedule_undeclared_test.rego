package portcullis.rules.rotation["rotation-schedule-undeclared_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rotation["rotation-schedule-undeclared"] as rule

# Now is 2025-12-01T00:00:00Z.
_facts := {
	"durations": {
		"30d": {"plain": 2592000},
		"90d": {"plain": 7776000},
		"0": {"plain": 0, "go": 0},
		"24h": {"plain": 86400, "go": 86400},
	},
	"schedules": {"weekly": {"gap": 604800}, "daily": {"gap": 86400}},
	"times": {"2025-11-20": 1763596800, "2025-06-01": 1748736000, "2099-01-01": 4070908800},
	"windows": [],
}

_annotated(annotations) := {"metadata": {"annotations": {concat("/", ["portcullis", name]): value |
	some name, value in annotations
}}}

_sealed(annotations) := object.union(_annotated(annotations), {
	"apiVersion": "bitnami.com/v1alpha1",
	"kind": "SealedSecret",
	"metadata": {"name": "db", "namespace": "shop"},
	"spec": {"encryptedData": {"password": "Ag"}},
})

_synced(annotations) := object.union(_annotated(annotations), {
	"apiVersion": "secrets.hashicorp.com/v1beta1",
	"kind": "VaultStaticSecret",
	"metadata": {"name": "db", "namespace": "shop"},
	"spec": {"destination": {"name": "db"}},
})

_sops := {
	"apiVersion": "v1",
	"kind": "Secret",
	"metadata": {"name": "db", "namespace": "shop"},
	"stringData": {"password": "[redacted]"},
	"sops": {"lastmodified": "2025-06-01"},
}

_job(spec) := {
	"apiVersion": "batch/v1",
	"kind": "CronJob",
	"metadata": {"name": "rotate", "namespace": "shop"},
	"spec": object.union({"schedule": "daily", "concurrencyPolicy": "Forbid", "startingDeadlineSeconds": 60}, spec),
}

_workflow(spec) := object.union(_job(spec), {"apiVersion": "argoproj.io/v1alpha1", "kind": "CronWorkflow"})

_in(entries) := testing.with_facts(testing.input_with(entries), _facts)

_objects(objects) := _in([{"object": one} | some one in objects])

_found(report) := {[one.object, one.variant, one.path[count(one.path) - 1]] | some one in report}

_declared := {"rotation-interval": "30d", "last-rotated": "2025-11-20"}

test_findings_as_the_host_gets_them if {
	found := rule.report with input as _objects([_sealed({}), _synced({})])
	args := {"missing": concat("", [
		"`portcullis/rotation-interval` with `portcullis/last-rotated`,",
		" or `portcullis/rotated-by`",
	])}
	path := ["metadata", "annotations", "portcullis/rotation-interval"]
	found == {
		{"variant": "undeclared", "severity": "medium", "object": 0, "path": path, "args": args},
		{"variant": "sync-without-rotation", "object": 1, "path": path, "args": args},
	}
}

test_half_a_declaration if {
	found := rule.report with input as _objects([
		_synced({"rotation-interval": "30d"}),
		_synced({"last-rotated": "2025-11-20"}),
		_synced(_declared),
	])
	{[one.object, one.path[2], one.args.missing] | some one in found} == {
		[0, "portcullis/last-rotated", "`portcullis/last-rotated`"],
		[1, "portcullis/rotation-interval", "`portcullis/rotation-interval`"],
	}
}

test_what_is_expected_by_now if {
	severities := {one.severity |
		report := rule.report with input as _objects([_sealed({}), _sealed(_declared)])
		some one in report
	}
	severities == {"high"}
}

test_its_own_half_declaration_raises_no_expectation if {
	report := rule.report with input as _objects([_sealed({"rotation-interval": "30d"})])
	{one.severity | some one in report} == {"medium"}
}

test_the_strict_profile if {
	report := rule.report with input as _objects([_sealed({})]) with data.settings.profile as "strict"
	{one.severity | some one in report} == {"high"}
}

test_grace if {
	params := {"rotation/rotation-schedule-undeclared": {"graceUntil": "2025-12-01"}}
	during := rule.report with input as _objects([_sealed({}), _synced({})]) with data.settings.params as params
	during == set()
	past := {"rotation/rotation-schedule-undeclared": {"graceUntil": "2025-11-30"}}
	after := rule.report with input as _objects([_sealed({}), _synced({})]) with data.settings.params as past
	count(after) == 2
}

test_what_is_declared_is_held_against_the_class_and_the_clock if {
	found := rule.report with input as _objects([
		_sealed({"class": "password", "rotation-interval": "90d", "last-rotated": "2025-11-20"}),
		_sealed({"class": "own-invention", "rotation-interval": "30d", "last-rotated": "2025-06-01"}),
		_sealed({"rotation-interval": "30d", "last-rotated": "2099-01-01"}),
		object.union(_sops, _annotated(_declared)),
	])
	{[one.object, one.variant, one.args] | some one in found} == {
		[0, "interval-too-long", {"class": "password", "interval": "90 days", "limit": "30 days"}],
		[1, "overdue", {"last": "2025-06-01", "interval": "30 days"}],
		[2, "rotated-in-future", {"annotation": "portcullis/last-rotated"}],
		[3, "stale-ciphertext", {"last": "2025-06-01", "interval": "30 days"}],
	}
}

test_declarations_that_cannot_be_read if {
	found := rule.report with input as _objects([
		_sealed({"rotation-interval": "monthly", "last-rotated": "yesterday"}),
		_sealed({"rotation-interval": "0", "last-rotated": 20251120}),
		_sealed({"rotated-by": "rotate"}),
		_sealed({"rotated-by": 5}),
	])
	_found(found) == {
		[0, "declaration-unreadable", "portcullis/rotation-interval"],
		[0, "declaration-unreadable", "portcullis/last-rotated"],
		[1, "declaration-unreadable", "portcullis/rotation-interval"],
		[1, "declaration-unreadable", "portcullis/last-rotated"],
		[2, "declaration-unreadable", "portcullis/rotated-by"],
		[3, "declaration-unreadable", "portcullis/rotated-by"],
	}
}

test_rotators if {
	found := rule.report with input as _objects([
		_sealed({"rotated-by": "cronjob/rotate", "rotation-interval": "24h"}),
		_job({
			"schedule": "weekly",
			"suspend": true,
			"failedJobsHistoryLimit": 0,
			"concurrencyPolicy": "Allow",
			"startingDeadlineSeconds": null,
		}),
	])
	{[one.object, one.variant, one.path[1], one.args] | some one in found} == {
		[1, "rotator-too-slow", "schedule", {"gap": "7 days", "interval": "24 h"}],
		[1, "rotator-suspended", "suspend", {}],
		[1, "rotator-without-history", "failedJobsHistoryLimit", {}],
		[1, "rotator-overlapping", "concurrencyPolicy", {}],
		[1, "rotator-without-deadline", "startingDeadlineSeconds", {}],
	}
}

test_a_rotator_that_never_starts if {
	found := rule.report with input as _objects([
		_synced({"rotated-by": "CronWorkflow/rotate"}),
		_workflow({"schedule": "never"}),
	])
	_found(found) == {[1, "rotator-schedule-unreadable", "schedule"]}
	several := rule.report with input as _objects([
		_synced({"rotated-by": "cronworkflow/rotate", "rotation-interval": "24h"}),
		_workflow({"schedule": null, "schedules": ["weekly", "never"]}),
	])
	_found(several) == {[1, "rotator-too-slow", "schedules"]}
}

test_a_rotator_of_something_else_is_a_job_like_any_other if {
	found := rule.report with input as _objects([_job({"suspend": true, "schedule": "never"})])
	found == set()
}

test_a_rotator_in_a_patch_or_outside if {
	link := {"object": _synced({"rotated-by": "cronjob/rotate"})}
	bare := {
		"apiVersion": "batch/v1",
		"kind": "CronJob",
		"metadata": {"name": "rotate", "namespace": "shop"},
		"spec": {"schedule": "daily"},
	}
	patch := rule.report with input as _in([link, {"object": bare, "partial": true}])
	patch == set()
	outside := rule.report with input as _in([link, {"object": bare, "context": true}])
	outside == set()
}

test_a_rotator_that_is_not_there if {
	objects := [
		_synced({"rotated-by": "cronjob/rotate"}),
		_synced({"rotated-by": "cronjob/gone"}),
		_synced({"rotated-by": "eventlistener/gone"}),
		_job({}),
	]
	known := rule.report with input as _objects(objects)
	known == set()
	complete := rule.report with input as _objects(objects) with data.settings.completeness as "full"
	{[one.object, one.variant, one.args.rotator] | some one in complete} == {[1, "rotator-missing", "cronjob/gone"]}
}

test_sealing_keys if {
	found := rule.report with input as _objects([{
		"apiVersion": "helm.toolkit.fluxcd.io/v2",
		"kind": "HelmRelease",
		"metadata": {"name": "sealed-secrets"},
		"spec": {"values": {"keyrenewperiod": "0"}},
	}])
	_found(found) == {[0, "sealing-key-renewal-off", "keyrenewperiod"]}
}

test_a_secret_that_the_change_adds if {
	report := rule.report with input as testing.changed(_objects([_sealed({}), _synced({})]), {"added": [0, 1]})
	{[one.variant, object.get(one, "severity", "")] | some one in report} == {
		["undeclared", "high"],
		["sync-without-rotation", ""],
	}
}

test_the_date_changes_with_the_secret if {
	document := _objects([_sealed(_declared)])
	variants := {contents: {one.variant | some one in report} |
		some contents in [[], [0]]
		changed := testing.changed(document, {"contents": contents, "before": {0: document.objects[0].object}})
		report := rule.report with input as changed
	}
	variants == {[]: set(), [0]: {"changed-but-undated"}}
	older := _sealed({"rotation-interval": "30d", "last-rotated": "2025-06-01"})
	dated := {contents: {one.variant | some one in report} |
		some contents in [[], [0]]
		changed := testing.changed(document, {"contents": contents, "before": {0: older}})
		report := rule.report with input as changed
	}
	dated == {[]: {"dated-but-unchanged"}, [0]: set()}
}
