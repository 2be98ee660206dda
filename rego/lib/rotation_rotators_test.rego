package portcullis.lib.rotation_rotators_test

import data.portcullis.lib.rotation_rotators as rotators
import data.portcullis.lib.testing

_role := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "Role",
	"metadata": {"name": "rotate", "namespace": "shop"},
	"rules": [
		{"apiGroups": [""], "resources": ["secrets"], "resourceNames": ["db"], "verbs": ["get", "patch"]},
		{"apiGroups": [""], "resources": ["secrets"], "resourceNames": ["seen"], "verbs": ["get"]},
	],
}

_binding := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "RoleBinding",
	"metadata": {"name": "rotate", "namespace": "shop"},
	"roleRef": {"kind": "Role", "name": "rotate"},
	"subjects": [{"kind": "ServiceAccount", "name": "rotator", "namespace": "shop"}],
}

_job := {
	"apiVersion": "batch/v1",
	"kind": "CronJob",
	"metadata": {"name": "rotate", "namespace": "shop"},
	"spec": {
		"schedule": "daily",
		"schedules": ["weekly", "never"],
		"jobTemplate": {"spec": {"template": {"spec": {"serviceAccountName": "rotator", "containers": []}}}},
	},
}

_input := testing.with_facts(testing.input_of([_job, _role, _binding]), {
	"durations": {},
	"schedules": {"daily": {"gap": 86400}, "weekly": {"gap": 604800}},
	"times": {},
	"windows": [],
})

_entry(annotation) := {
	"id": 9,
	"namespace": "shop",
	"object": {"kind": "Secret", "metadata": {"annotations": {"portcullis/rotated-by": annotation}}},
}

test_links if {
	rotators.link(_entry("CronJob/rotate")) == {
		"path": ["metadata", "annotations", "portcullis/rotated-by"],
		"kind": "cronjob",
		"name": "rotate",
	}
	not rotators.link(_entry("rotate"))
	not rotators.link(_entry("cronjob/"))
	not rotators.link(_entry("cron job/rotate"))
	not rotators.link(_entry("a/b/c"))
}

test_a_linked_rotator if {
	rotators.is_known(_entry("cronjob/rotate")) with input as _input
	not rotators.is_known(_entry("cronjob/other")) with input as _input
}

test_a_rotator_that_may_write if {
	rotators.is_written({"namespace": "shop", "target": "db"}) with input as _input
	not rotators.is_written({"namespace": "shop", "target": "seen"}) with input as _input
	not rotators.is_written({"namespace": "web", "target": "db"}) with input as _input
}

test_keys_meet if {
	keys := rotators.rotator_keys(rotators.known[0]) with input as _input
	keys == {["link", "cronjob", "shop", "rotate"], ["secret", "shop", "db"]}
	linked := {"namespace": "shop", "target": "db", "obj": _entry("cronjob/rotate")}
	rotators.producer_keys(linked) == keys
	rotators.producer_keys(object.union(linked, {"obj": _entry("x")})) == {["secret", "shop", "db"]}
}

test_the_most_frequent_schedule_counts if {
	gap := rotators.gap(rotators.known[0]) with input as _input
	gap == 86400
	not rotators.gap({"object": {"spec": {}}})
}
