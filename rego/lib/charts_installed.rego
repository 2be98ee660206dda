# METADATA
# title: What charts are installed with
# description: |
#   Installations as of `chart_releases`, with one more field: `prefix` are the keys below which the values of
#   the chart in question stand, none where it is installed by itself.
package portcullis.lib.charts_installed

import data.portcullis.lib.chart_releases as releases

# METADATA
# description: |
#   The installations of charts with one of `names`, a set: of the charts themselves, and of those that
#   have them as a part, which then have the name of their block of values as `prefix`.
of(names) := array.concat(
	[_read(install, {""}) | some install in releases.all_of_them; count(install.charts & names) > 0],
	[object.union(install, {"prefix": prefix, "place": array.concat(install.place, prefix)}) |
		some found in releases.all_of_them
		count(found.charts & names) == 0
		install := _read(found, names)
		some prefix in _blocks(install, names)
	],
)

# Reading a text as YAML takes its time, so that only texts in which one of the words occurs are read.
_read(install, words) := object.union(install, {"layers": [layer |
	some one in install.layers
	layer := object.union(one, {"values": _values_of(one, words)})
]})

_values_of(layer, words) := found if {
	layer.text
	_holds_any(layer.written, words)
	yaml.is_valid(layer.written)
	found := yaml.unmarshal(layer.written)
	is_object(found)
} else := layer.values

_holds_any(text, words) if {
	some word in words
	contains(text, word)
}

# Blocks of values stand at the top, or below the name of a chart in between.
_blocks(install, names) := ({prefix |
	some layer in install.layers
	some name in names
	is_object(layer.values[name])
	prefix := [name]
} | {prefix |
	some layer in install.layers
	some outer, inner in layer.values
	is_object(inner)
	some name in names
	is_object(inner[name])
	prefix := [outer, name]
}) | {prefix |
	some layer in install.layers
	some parameter in layer.parameters
	some name in names
	startswith(parameter.name, concat("", [name, "."]))
	prefix := [name]
}

# METADATA
# description: |
#   The value at `keys` of an installation's chart, as `{value, path}`; undefined where it is not set.
value(install, keys) := found[count(found) - 1] if {
	wanted := array.concat(install.prefix, keys)
	found := [entry |
		some layer in install.layers
		some entry in _in_layer(layer, wanted)
	]
	count(found) > 0
}

_in_layer(layer, keys) := [{"value": found, "path": _path(layer, keys)}] if {
	found := object.get(layer.values, keys, null)
	found != null
} else := [{"value": parameter.value, "path": parameter.path} |
	some parameter in layer.parameters
	parameter.name == concat(".", keys)
]

# Nothing inside of a text has a path of its own.
_path(layer, _) := layer.path if layer.text

_path(layer, keys) := array.concat(layer.path, keys) if not layer.text
