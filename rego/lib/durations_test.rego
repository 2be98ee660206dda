package portcullis.lib.durations_test

import data.portcullis.lib.durations

_input := {"facts": {
	"durations": {"1h": {"go": 3600, "vso": 3600, "pki": 3600, "plain": 3600}, "30d": {"pki": 2592000, "plain": 2592000}},
	"times": {"2025-12-01": 1764547200},
}}

test_each_grammar_takes_its_own if {
	durations.go("1h") == 3600 with input as _input
	durations.vso("1h") == 3600 with input as _input
	durations.pki("30d") == 2592000 with input as _input
	durations.plain("30d") == 2592000 with input as _input
	not durations.go("30d") with input as _input
	not durations.vso("30d") with input as _input
}

test_numbers if {
	durations.go(0) == 0 with input as _input
	not durations.go(30) with input as _input
	not durations.plain(30) with input as _input
}

test_times if {
	durations.epoch("2025-12-01") == 1764547200 with input as _input
	not durations.epoch("yesterday") with input as _input
}

test_parameters if {
	durations.param(90) == 90
	durations.param("1h30m") == 5400
	durations.param("2w") == 1209600
	durations.param("soon") == 0
	durations.param(["1h"]) == 0
}

test_the_end_of_a_day if {
	durations.end_of_day("1970-01-01") == 86400
	durations.end_of_day("2024-02-29") == 1709251200
	durations.end_of_day("2025-12-31") == 1767225600
	durations.end_of_day("2100-03-01") == 4107628800
	not durations.end_of_day("")
	not durations.end_of_day(20251231)
}

test_words if {
	durations.text(45) == "45 s"
	durations.text(150) == "2 min"
	durations.text(7200) == "2 h"
	durations.text(172800) == "2 days"
	durations.text(31536000) == "365 days"
}
