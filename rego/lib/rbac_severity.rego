# METADATA
# title: Severities as steps
package portcullis.lib.rbac_severity

_steps := ["info", "low", "medium", "high", "critical"]

_rank[severity] := step if some step, severity in _steps

# METADATA
# description: "The severity that is `steps` lower, at the lowest `info`."
lowered(severity, steps) := _steps[max([0, _rank[severity] - steps])]

# METADATA
# description: The lower one of two severities.
at_most(severity, limit) := _steps[min([_rank[severity], _rank[limit]])]

# METADATA
# description: The higher one of two severities.
at_least(severity, limit) := _steps[max([_rank[severity], _rank[limit]])]

# METADATA
# description: |
#   The severity of a grant in a role that nothing in the set binds: one lower. Give `entry` of
#   `rbac_entries`. Not meant for wildcards and `escalate`, which stay what they are.
unless_unbound(entry, severity) := lowered(severity, 1) if {
	entry.reach == "unbound"
} else := severity
