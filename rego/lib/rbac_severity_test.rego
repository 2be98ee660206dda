package portcullis.lib.rbac_severity_test

import data.portcullis.lib.rbac_severity

test_lowered_stops_at_info if {
	rbac_severity.lowered("critical", 1) == "high"
	rbac_severity.lowered("critical", 2) == "medium"
	rbac_severity.lowered("low", 3) == "info"
}

test_limits if {
	rbac_severity.at_most("critical", "medium") == "medium"
	rbac_severity.at_most("low", "medium") == "low"
	rbac_severity.at_least("low", "medium") == "medium"
	rbac_severity.at_least("high", "medium") == "high"
}

test_unbound_is_one_lower if {
	rbac_severity.unless_unbound({"reach": "unbound"}, "high") == "medium"
	rbac_severity.unless_unbound({"reach": "cluster"}, "high") == "high"
}
