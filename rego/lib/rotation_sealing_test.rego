package portcullis.lib.rotation_sealing_test

import data.portcullis.lib.rotation_sealing as sealing
import data.portcullis.lib.testing

_controller(container) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "controller"},
	"spec": {"containers": [container]},
}

_application(helm) := {
	"apiVersion": "argoproj.io/v1alpha1",
	"kind": "Application",
	"metadata": {"name": "sealed-secrets"},
	"spec": {"source": {"chart": "sealed-secrets", "helm": helm}},
}

_paths(found) := {place.path | some place in found}

test_flags if {
	joined := sealing.switched_off with input as testing.input_of([_controller({"args": ["--key-renew-period=0"]})])
	_paths(joined) == {["spec", "containers", 0, "args", 0]}
	apart := sealing.switched_off with input as testing.input_of([_controller({"command": [
		"controller",
		"--key-renew-period",
		"0s",
	]})])
	_paths(apart) == {["spec", "containers", 0, "command", 1]}
	on := sealing.switched_off with input as testing.input_of([_controller({"args": [
		"--key-renew-period=720h",
		"--key-renew-period",
		5,
		null,
	]})])
	on == set()
}

test_values if {
	values := sealing.switched_off with input as testing.input_of([_application({"valuesObject": {"keyrenewperiod": 0}})])
	_paths(values) == {["spec", "source", "helm", "valuesObject", "keyrenewperiod"]}
	parameters := sealing.switched_off with input as testing.input_of([
		_application({"parameters": [{"name": "keyrenewperiod", "value": "0"}]}),
		_application({"parameters": [{"name": "keyrenewperiod", "value": "24h"}]}),
	])
	_paths(parameters) == {["spec", "source", "helm", "parameters", 0, "value"]}
	{place.obj.id | some place in parameters} == {0}
}
