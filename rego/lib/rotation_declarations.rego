# METADATA
# title: Whether declared rotations can be read, and what they lack
package portcullis.lib.rotation_declarations

import data.portcullis.lib.durations
import data.portcullis.lib.k8s
import data.portcullis.lib.rotation
import data.portcullis.lib.rotation_producers as producers
import data.portcullis.lib.rotation_rotators as rotators
import data.portcullis.lib.settings

# METADATA
# description: |
#   What a producer has to add, as `{path, text}`: where the first missing annotation belongs, and the
#   names of all. Undefined where it declares enough; a declaration that cannot be read is a problem of
#   its own, not a missing one.
missing(producer) := lack if {
	not rotation.declared(producer.obj, "rotated-by")
	not rotators.is_written(producer)
	lack := _lack(producer.obj)
}

_lack(obj) := {"path": rotation.place_of("rotation-interval"), "text": text} if {
	not rotation.declared(obj, "rotation-interval")
	not rotation.declared(obj, "last-rotated")
	parts := [_quoted("rotation-interval"), " with ", _quoted("last-rotated"), ", or ", _quoted("rotated-by")]
	text := concat("", parts)
} else := {"path": _beside(obj, "last-rotated", "rotation-interval"), "text": _quoted("rotation-interval")} if {
	not rotation.declared(obj, "rotation-interval")
} else := {"path": _beside(obj, "rotation-interval", "last-rotated"), "text": _quoted("last-rotated")} if {
	not rotation.declared(obj, "last-rotated")
}

_quoted(name) := concat("", ["`", settings.annotation(name), "`"])

# The missing one belongs next to the one that is there.
_beside(obj, present, absent) := array.concat(place, [settings.annotation(absent)]) if {
	path := rotation.declared(obj, present).path
	place := array.slice(path, 0, count(path) - 1)
}

# METADATA
# description: "Annotations whose value is none that they can have: `{obj, path, annotation, example}`."
unreadable := [{
	"obj": producer.obj,
	"path": declared.path,
	"annotation": settings.annotation(name),
	"example": example,
} |
	some producer in producers.unscheduled
	some name, example in {
		"rotation-interval": "a time such as `30d`, `4w` or `12h`",
		"last-rotated": "a date such as `2026-11-02`, in quotes",
		"rotated-by": "a kind and a name such as `cronjob/rotate-db`",
	}
	declared := rotation.declared(producer.obj, name)
	not _is_readable(producer.obj, name, declared.value)
]

_is_readable(obj, "rotation-interval", _) if interval(obj) > 0

_is_readable(_, "last-rotated", value) if durations.epoch(value)

_is_readable(obj, "rotated-by", _) if rotators.link(obj)

# METADATA
# description: Seconds of the declared interval; undefined where it cannot be read or is none.
interval(obj) := seconds if {
	seconds := durations.plain(rotation.declared(obj, "rotation-interval").value)
	seconds > 0
}

# METADATA
# description: |
#   Every interval that is declared, as `{obj, path, interval, last}`; `last` is `{path, text, epoch}`
#   of the last rotation, or `{}` where it is missing or cannot be read.
schedules := [schedule |
	some producer in producers.unscheduled
	schedule := {
		"obj": producer.obj,
		"path": rotation.declared(producer.obj, "rotation-interval").path,
		"interval": interval(producer.obj),
		"last": _last(producer.obj),
	}
]

_last(obj) := {"path": declared.path, "text": declared.value, "epoch": epoch} if {
	declared := rotation.declared(obj, "last-rotated")
	epoch := durations.epoch(declared.value)
} else := {}

# METADATA
# description: "What keeps a rotator from doing its work, as `{variant, path}`."
rotator_problems(obj) := (({{"variant": "rotator-suspended", "path": ["spec", "suspend"]} |
	obj.object.spec.suspend == true
} | {{"variant": "rotator-without-history", "path": ["spec", "failedJobsHistoryLimit"]} |
	obj.object.spec.failedJobsHistoryLimit == 0
}) | {{"variant": "rotator-overlapping", "path": ["spec", "concurrencyPolicy"]} |
	not _is_set_to(obj, "concurrencyPolicy", {"Forbid", "Replace"})
}) | ({{"variant": "rotator-without-deadline", "path": ["spec", "startingDeadlineSeconds"]} |
	not obj.partial
	object.get(obj.object, ["spec", "startingDeadlineSeconds"], null) == null
} | {{"variant": "rotator-schedule-unreadable", "path": schedule_path(obj)} |
	count(rotators.schedule_texts(obj)) > 0
	not rotators.gap(obj)
})

_is_set_to(obj, field, values) if object.get(obj.object, ["spec", field], "") in values

# A patch leaves the policy to what it patches.
_is_set_to(obj, field, _) if {
	obj.partial
	object.get(obj.object, ["spec", field], null) == null
}

# METADATA
# description: Where the schedule of a rotator stands.
schedule_path(obj) := ["spec", "schedules"] if {
	count(k8s.list(object.get(obj.object, ["spec", "schedules"], null))) > 0
} else := ["spec", "schedule"]
