package portcullis.lib.scripts_test

import data.portcullis.lib.scripts

test_texts if {
	container := {
		"command": ["sh", "-ec"],
		"args": ["echo hi", "x", 3],
		"livenessProbe": {"exec": {"command": ["/bin/bash", "-c", "test 1"]}},
		"script": "#!/bin/sh\nls",
		"lifecycle": null,
	}
	{[text.path, text.shell, text.expands] | some text in scripts.of(container)} == {
		[["command", 0], false, true],
		[["command", 1], false, true],
		[["args", 0], true, true],
		[["args", 1], false, true],
		[["livenessProbe", "exec", "command", 0], false, false],
		[["livenessProbe", "exec", "command", 1], false, false],
		[["livenessProbe", "exec", "command", 2], true, false],
		[["script"], true, false],
	}
	scripts.of({}) == []
}

test_commands if {
	scripts.commands("a; b && c\nif d; then e; fi") == ["a", "b", "c", "if d", "", "e", "fi"]
	scripts.is_redirected("env > x")
	scripts.is_redirected("env | sort")
	not scripts.is_redirected("env 2>&1")
}
