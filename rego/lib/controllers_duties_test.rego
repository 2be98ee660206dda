package portcullis.lib.controllers_duties_test

import data.portcullis.lib.controllers_duties
import data.portcullis.lib.controllers_known

test_duties if {
	controllers_duties.of("cert-manager") == {"workloads", "configuration"}
	controllers_duties.of("Reloader") == {"configuration"}
}

test_products_are_known if {
	object.keys(controllers_duties.products) - object.keys(controllers_known.products) == set()
	every name in ["Argo Rollouts", "MetalLB"] {
		object.keys(controllers_known.products[name]) == object.keys(controllers_known.products["cert-manager"])
	}
}
