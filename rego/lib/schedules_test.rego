package portcullis.lib.schedules_test

import data.portcullis.lib.schedules

_window := {"object": 4, "path": ["spec", "windows"], "longestOpen": 60, "longestClosed": 600}

_input := {"facts": {"schedules": {"@daily": {"gap": 86400}}, "windows": [_window]}}

test_gaps if {
	schedules.gap("@daily") == 86400 with input as _input
	not schedules.gap("often") with input as _input
	not schedules.gap(5) with input as _input
}

test_windows if {
	schedules.windows({"id": 4}, ["spec", "windows"]) == _window with input as _input
	not schedules.windows({"id": 5}, ["spec", "windows"]) with input as _input
}
