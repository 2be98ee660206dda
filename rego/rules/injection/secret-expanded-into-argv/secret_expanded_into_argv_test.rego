package portcullis.rules.injection["secret-expanded-into-argv_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.injection["secret-expanded-into-argv"] as rule

_container(more) := object.union(
	{"name": "c", "image": "i", "env": [{"name": "T", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}]},
	more,
)

_found(more) := found if {
	found := {[entry.variant, entry.path] | some entry in rule.report} with input as testing.input_of([{
		"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": {
			"volumes": [{"name": "v", "secret": {"secretName": "s"}}],
			"containers": [_container(more)],
		},
	}])
}

_args := ["spec", "containers", 0, "args"]

test_kubernetes if {
	_found({"args": ["$(T)", "$$(T)", 3]}) == {["expanded-by-kubernetes", array.concat(_args, [0])]}
	_found({"args": null}) == set()
}

_script(text) := _found({"command": ["sh", "-c", text]})

test_shell if {
	expected := {["expanded-by-shell", ["spec", "containers", 0, "command", 2]]}
	_script("x --token $T") == expected
	_script("x -p$T") == set()
	_script("x -p \"$T\"") == expected
	_script("x --token='$OTHER'") == set()
	_script("curl https://u:${T}@h/") == expected
	_script("test --x $T") == set()
	_script("x --password-stdin <<< $T") == set()
}

test_file if {
	mounts := {"volumeMounts": [{"name": "v", "mountPath": "/s"}]}
	command := {"command": ["sh", "-c", "x --a $(cat /s/k) --b=$(cat /other)"]}
	_found(object.union(mounts, command)) == {["file-as-argument", ["spec", "containers", 0, "command", 2]]}
	_found(command) == set()
}
