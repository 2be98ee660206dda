# METADATA
# title: What containers execute
# description: |
#   Texts that a container runs, as a list of `{"path", "text", "shell", "expands"}`: `path` is the place
#   of the text in the container; `shell` says that a shell reads it; `expands` that Kubernetes expands
#   `$(NAME)` in it, which it does in `command` and `args` alone.
package portcullis.lib.scripts

import data.portcullis.lib.k8s

# METADATA
# description: The texts of a container.
of(container) := array.concat(array.concat(_of_command(container), _of_handlers(container)), _of_scripts(container))

_of_command(container) := [{
	"path": [list, index],
	"text": text,
	"shell": index_is_script(whole, _offset(container, list) + index),
	"expands": true,
} |
	whole := array.concat(k8s.items_at(container, ["command"]), k8s.items_at(container, ["args"]))
	some list in ["command", "args"]
	some index, text in k8s.items_at(container, [list])
	is_string(text)
]

# METADATA
# description: |
#   The command line of a container that starts a program itself and no shell; undefined for others, and
#   where the image says what to start.
line(container) := concat(" ", [word | some word in array.concat(command, args); is_string(word)]) if {
	command := k8s.items_at(container, ["command"])
	is_string(command[0])
	not is_shell(command[0])
	args := k8s.items_at(container, ["args"])
}

_offset(_, "command") := 0

_offset(container, "args") := count(k8s.items_at(container, ["command"]))

_handlers := [
	["livenessProbe", "exec", "command"],
	["readinessProbe", "exec", "command"],
	["startupProbe", "exec", "command"],
	["lifecycle", "postStart", "exec", "command"],
	["lifecycle", "preStop", "exec", "command"],
]

_of_handlers(container) := [{
	"path": array.concat(place, [index]),
	"text": text,
	"shell": index_is_script(command, index),
	"expands": false,
} |
	some place in _handlers
	command := k8s.items_at(container, place)
	some index, text in command
	is_string(text)
]

# Tekton's steps and Argo's scripts.
_of_scripts(container) := [{"path": [field], "text": text, "shell": true, "expands": false} |
	some field in ["script", "source"]
	text := object.get(container, field, null)
	is_string(text)
]

# METADATA
# description: |
#   Whether the item of a command at `index` is the script of a shell: the first one behind `-c`, with any
#   other letters beside it.
default index_is_script(_, _) := false

index_is_script(command, index) if {
	index >= 2
	some shell in [0, 1]
	is_shell(command[shell])
	flag := command[index - 1]
	is_string(flag)
	regex.match(`^-[a-z]*c[a-z]*$`, flag)
}

# METADATA
# description: Whether a word names a shell.
is_shell(word) if {
	is_string(word)
	regex.match(`(^|/)(ba|da|a|k|z)?sh$`, word)
}

# METADATA
# description: |
#   The commands of a script: what stands between line ends, `;`, `&&`, `||` and the words of conditions
#   and loops. Pipes are not taken apart: what goes into one is no output.
commands(text) := [trim_space(part) |
	some part in regex.split(`\n|;|&&|\|\||\bthen\b|\bdo\b|\belse\b`, replace(text, "\\\n", " "))
]

# METADATA
# description: Whether what a command prints goes somewhere else than to standard output.
is_redirected(command) if regex.match(`[|>]`, replace(replace(command, "2>&1", ""), "2>/dev/null", ""))
