# METADATA
# title: Values that charts are installed with, texts read by line
# description: |
#   Installations of charts, as `{obj, is_file, charts, layers, complete, place}`. `charts` are the names under
#   which the chart may go; for a values file, marked by `is_file`, they are not known. `layers` are values, each
#   `{path, values}`, where `values` is an object, a text or a list of parameters; a later one overrides those
#   before it. `complete` says that nothing outside of the object sets values, so that what is not set is the
#   chart's default; it would stand at `place`.
package portcullis.lib.chart_values

import data.portcullis.lib.chart_releases

# METADATA
# description: Installations as of `chart_releases`, with texts that are not read as YAML.
installs := [{
	"obj": install.obj,
	"is_file": install.file,
	"charts": (install.charts | install.folders),
	"layers": [{"path": layer.path, "values": _content(layer)} | some layer in install.layers],
	"complete": install.settled,
	"place": install.place,
} |
	some install in chart_releases.all_of_them
]

_content(layer) := layer.written if {
	layer.text
} else := layer.parameters if {
	count(layer.parameters) > 0
} else := layer.values

# METADATA
# description: |
#   The installation's value at `path`, keys of its chart, as `{value, path}`; undefined where it is not set.
#   A text is read by line, since it may be anything at all: keys in it are found where they are indented by
#   two or by four.
value(install, path) := found[count(found) - 1] if {
	found := [entry | some layer in install.layers; entry := _in_layer(layer, path)]
	count(found) > 0
}

_in_layer(layer, path) := {"value": set, "path": array.concat(layer.path, path)} if {
	is_object(layer.values)
	set := object.get(layer.values, path, null)
	set != null
} else := {"value": set, "path": layer.path} if {
	is_string(layer.values)
	set := [match[1] |
		some width in ["  ", "    "]
		some match in regex.find_all_string_submatch_n(_pattern(path, width), layer.values, 1)
	][0]
} else := found[count(found) - 1] if {
	is_array(layer.values)
	found := [{"value": parameter.value, "path": parameter.path} |
		some parameter in layer.values
		parameter.name == concat(".", path)
	]
}

# Each key on a line of its own, with nothing between it and the one above it that is indented less.
_pattern(path, width) := concat("", array.concat(
	["(?:^|\n)"],
	[step |
		some index, key in path
		before := {
			true: "",
			false: concat("", ["[ \t]*(?:#[^\n]*)?(?:\n(?:", _times(width, index), "[^\n]*|[ \t]*(?:#[^\n]*)?))*?\n"]),
		}[index == 0]
		after := {true: `[ \t]*["']?([^\s"'#]+)`, false: ""}[index == (count(path) - 1)]
		step := concat("", [before, _times(width, index), key, ":", after])
	],
))

_times(width, times) := concat("", [width | some _ in numbers.range(1, times)]) if times > 0

_times(_, 0) := ""

# METADATA
# description: "The texts in an installation's values, as `{text, path}`."
texts(install) := array.flatten([
	[{"text": layer.values, "path": layer.path} |
		some layer in install.layers
		is_string(layer.values)
	],
	[{"text": parameter.value, "path": parameter.path} |
		some layer in install.layers
		some parameter in layer.values
		is_array(layer.values)
		is_string(parameter.value)
	],
	[{"text": text, "path": array.concat(layer.path, path)} |
		some layer in install.layers
		is_object(layer.values)
		walk(layer.values, [path, text])
		is_string(text)
	],
])

# METADATA
# description: |
#   What an installation hands to charts below its own whose name matches `pattern`, as installations of them.
nested(install, pattern) := [{
	"obj": install.obj,
	"is_file": false,
	"charts": [path[count(path) - 1]],
	"layers": [{"path": array.concat(layer.path, path), "values": block}],
	"complete": false,
	"place": [],
} |
	some layer in install.layers
	is_object(layer.values)
	walk(layer.values, [path, block])
	is_object(block)
	is_string(path[count(path) - 1])
	regex.match(pattern, path[count(path) - 1])
	not block.enabled == false
]
