package portcullis.lib.injector_annotations_test

import data.portcullis.lib.injector_annotations as injector
import data.portcullis.lib.testing

_pod(annotations) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "p", "namespace": "n", "annotations": annotations},
	"spec": {
		"containers": [{"name": "a", "image": "a:1"}, {"name": "b", "image": "b:1"}],
		"initContainers": [{"name": "once", "image": "i:1"}, {"name": "stays", "image": "s:1", "restartPolicy": "Always"}],
	},
}

_names(found) := {entry.container.name | some entry in found}

test_entries if {
	pod := _pod({"p/agent-inject": " true ", "p/x": 5, "p/y": false, "q/agent-inject": "no", "z": "p/x"})
	entries := injector.on_pods(["p", "q", "r"]) with input as testing.input_of([pod])
	[[entry.prefix, entry.on, entry.values] | some entry in entries] == [
		["p", true, {"agent-inject": " true ", "x": "5", "y": "false"}],
		["q", false, {"agent-inject": "no"}],
	]
}

test_who_receives if {
	objects := [_pod({"p/agent-inject": "true"}), _pod({"p/agent-inject-containers": "b, stays,once"})]
	document := testing.input_of(objects)
	entries := injector.on_pods(["p"]) with input as document
	all_of := injector.receivers(entries[0]) with input as document
	some_of := injector.receivers(entries[1]) with input as document
	_names(all_of) == {"a", "b", "stays"}
	_names(some_of) == {"b", "stays"}
	once := injector.init_containers(entries[0]) with input as document
	_names(once) == {"once", "stays"}
}
