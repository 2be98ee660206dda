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

# METADATA
# description: |
#   `document` with a change: `added` and `contents` are ids, `before` maps ids to what the objects were.
changed(document, change) := object.union(document, {"facts": object.union(document.facts, {"changes": {
	"added": object.get(change, "added", []),
	"contents": object.get(change, "contents", []),
	"before": {
		"objects": objects,
		"kinds": {old.object.kind: indices |
			some old in objects
			indices := [index | some index, other in objects; other.object.kind == old.object.kind]
		},
	},
}})}) if {
	objects := [object.union(object.remove(obj, ["object"]), {"object": old}) |
		some obj in document.objects
		old := change.before[obj.id]
	]
}
