# METADATA
# title: Input documents for the tests of rules
package portcullis.lib.testing

# METADATA
# description: |
#   The policy input for `manifests`, plain Kubernetes objects, as the host would build it: ids in
#   order, all in one unit, without evidence.
input_of(manifests) := input_with([{"object": manifest} | some manifest in manifests])

# METADATA
# description: |
#   Like `input_of`, but each entry is `{"object": …}` with what is to differ from the defaults:
#   `evidence`, `namespace`, `partial`, `file`, `context`.
input_with(entries) := {
	"clock": 1764547200,
	"objects": objects,
	"kinds": {entry.object.kind: indices |
		some entry in entries
		indices := [index | some index, other in entries; other.object.kind == entry.object.kind]
	},
	"files": [],
	"facts": {"durations": {}, "schedules": {}, "times": {}, "windows": []},
} if {
	objects := [object.union(
		{
			"id": index,
			"file": "test.yaml",
			"namespace": object.get(entry.object, ["metadata", "namespace"], ""),
			"name": object.get(entry.object, ["metadata", "name"], ""),
			"partial": false,
			"context": false,
			"evidence": [],
		},
		entry,
	) |
		some index, entry in entries
	]
}

# METADATA
# description: "`input` with `facts` in place of its own."
with_facts(document, facts) := object.union(document, {"facts": facts})
