package portcullis.lib.drift_corrections_test

import data.portcullis.lib.drift_corrections
import data.portcullis.lib.testing

_entry(kind, name, steps) := {"kind": kind, "name": name, "steps": steps}

test_weight if {
	drift_corrections.weight(_entry("Role", "", ["rules"])) == ["rights-ignored", "high"]
	drift_corrections.weight(_entry("Role", "a", ["rules"])) == ["field-ignored", "medium"]
	drift_corrections.weight(_entry("Role", "", ["rules", "0"])) == ["field-ignored", "low"]
	not drift_corrections.weight(_entry("Role", "", ["metadata"]))
}

_is_left(kind, name, steps) if drift_corrections.is_left_to_controllers(_entry(kind, name, steps))

test_what_controllers_set if {
	document := testing.input_of([])
	_is_left("ValidatingWebhookConfiguration", "", ["webhooks", "0", "clientConfig", "caBundle"]) with input as document
	_is_left("ClusterRole", "aggregate-agents", ["rules"]) with input as document
	not _is_left("ClusterRole", "", ["rules"]) with input as document
	not _is_left("ClusterRole", "view", []) with input as document
	not _is_left("Secret", "", ["data"]) with input as document
}
