package portcullis.lib.drift_ignores_test

import data.portcullis.lib.drift_ignores
import data.portcullis.lib.testing

_fields := {[field.kind, field.name, field.steps, field.path] | some field in drift_ignores.fields}

test_fields if {
	_fields == {
		["Secret", "a", ["data", "x"], ["spec", "ignoreDifferences", 0, "jsonPointers", 0]],
		["*", "", ["webhooks", "clientConfig", "caBundle"], ["spec", "ignoreDifferences", 1, "jqPathExpressions", 0]],
	} with input as testing.input_of([{
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"spec": {"ignoreDifferences": [
			{"kind": "Secret", "name": "a", "jsonPointers": ["/data/x"]},
			{"kind": "", "jqPathExpressions": [".webhooks[]?.clientConfig[\"caBundle\"]"]},
		]},
	}])
}
