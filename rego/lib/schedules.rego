# METADATA
# title: Schedules and windows, as the host has simulated them
package portcullis.lib.schedules

# METADATA
# description: |
#   The longest time in seconds between two runs of a cron expression, `@daily`, `rate(…)` and their
#   like; undefined for what is no schedule.
gap(value) := input.facts.schedules[value].gap if is_string(value)

# METADATA
# description: |
#   `{longestOpen, longestClosed}` in seconds for the list of windows at `path` of `obj`; undefined
#   where a window in it cannot be read.
windows(obj, path) := _windows[[obj.id, path]]

_windows := {[fact.object, fact.path]: fact | some fact in input.facts.windows}
