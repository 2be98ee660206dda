# METADATA
# title: The shape of what rules return
# description: |
#   A finding names a variant of the rule's METADATA, the object, a data path into it, and the
#   arguments that fill the variant's message. It never names a line: the host turns the path into
#   one. Wording stays in METADATA.
package portcullis.lib.finding

# METADATA
# description: A finding at `path` of `obj`, an entry of `input.objects`. The place may be missing.
new(variant, obj, path, args) := {
	"variant": variant,
	"object": obj.id,
	"path": path,
	"args": args,
}

# METADATA
# description: A finding at the exact span of a piece of evidence of `obj`.
at(variant, obj, evidence, args) := {
	"variant": variant,
	"object": obj.id,
	"path": evidence.path,
	"evidence": evidence.id,
	"args": args,
}

# METADATA
# description: A finding at evidence that stands in no object, such as a comment or a text file.
in_file(variant, evidence, args) := {
	"variant": variant,
	"object": null,
	"path": [],
	"evidence": evidence.id,
	"args": args,
}

# METADATA
# description: |
#   The same finding with another severity than its variant's. Apply it before `covering` and
#   `related`.
with_severity(found, severity) := object.union(found, {"severity": severity})

# METADATA
# description: |
#   The same finding speaking for the region below `path`: findings of rules that yield to this one
#   and stand in the region are folded into it.
covering(found, path) := object.union(found, {"region": path})

# METADATA
# description: |
#   The same finding with related places: a list of `{"object": id, "path": [...], "label": name}`,
#   where `label` is a key of METADATA's `related` messages.
related(found, places) := object.union(found, {"related": places})
