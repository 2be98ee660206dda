# METADATA
# title: Durations and dates, read by the grammar of their field
# description: |
#   The host reads every duration and date in the objects (`input.facts`). Each function here is
#   undefined for a text that its grammar refuses: ask with `not` and report it, since what cannot be
#   read is never compliant. Numbers are what users write without quotes: API servers refuse them as
#   durations, apart from which only 0 is certain.
package portcullis.lib.durations

# METADATA
# description: Seconds of a Go duration, the grammar of `metav1.Duration` fields.
go(value) := input.facts.durations[value].go if is_string(value)

go(0) := 0

# METADATA
# description: Seconds of one number and one of `s`, `m`, `h`, as the Vault Secrets Operator takes it.
vso(value) := input.facts.durations[value].vso if is_string(value)

# METADATA
# description: Like `vso`, also with `d`, for the `ttl` of a VaultPKISecret.
pki(value) := input.facts.durations[value].pki if is_string(value)

# METADATA
# description: Seconds of what people write in our annotations, a Go duration, `30d` or `4w`.
plain(value) := input.facts.durations[value].plain if is_string(value)

# METADATA
# description: Epoch seconds of an RFC 3339 date or timestamp.
epoch(value) := input.facts.times[value] if is_string(value)

# METADATA
# description: |
#   Seconds of a parameter of a rule: a number of seconds, or a text such as `90s`, `24h`, `1h30m`,
#   `30d`. Parameters are no part of the objects, so the host does not read them. What cannot be read
#   is 0, so that a limit with a slip in it is exceeded by everything and nobody is lulled by it.
param(value) := value if {
	is_number(value)
} else := sum([seconds |
	some [_, amount, unit] in regex.find_all_string_submatch_n(`([0-9]+)([smhdw])`, value, -1)
	seconds := to_number(amount) * _units[unit]
]) if {
	is_string(value)
	regex.match(`^([0-9]+[smhdw])+$`, value)
} else := 0

_units := {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}

# METADATA
# description: Epoch seconds at which the day `YYYY-MM-DD`, a parameter of a rule, is over in UTC.
end_of_day(value) := (days + 1) * 86400 if {
	is_string(value)
	regex.match(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`, value)
	[year, month, day] := [to_number(trim_left(part, "0")) | some part in split(value, "-")]

	# Days since 1970-01-01 of the Gregorian calendar, counted in years that begin on 1 March.
	shifted := floor((month + 9) / 12) - 1
	years := year + shifted
	of_year := floor(((153 * ((month + 9) % 12)) + 2) / 5) + (day - 1)
	leaps := (floor(years / 4) - floor(years / 100)) + floor(years / 400)
	days := (((years * 365) + leaps) + of_year) - 719468
}

# METADATA
# description: Seconds as people say them, `90 days`, `36 h`, `30 min`, `45 s`.
text(seconds) := _amount(seconds / 86400, "days") if {
	seconds >= 172800
} else := _amount(seconds / 3600, "h") if {
	seconds >= 7200
} else := _amount(seconds / 60, "min") if {
	seconds >= 120
} else := _amount(seconds, "s")

# Not sprintf, which leaves the WebAssembly module for the host and is slow.
_amount(value, unit) := concat(" ", [format_int(floor(value), 10), unit])
