# METADATA
# title: What a change did to the objects that are judged
# description: |
#   Known where a run compares with a base; without one nothing was added and nothing changed.
package portcullis.lib.changes

# METADATA
# description: Whether the change adds this object.
is_added(obj) if obj.id in input.facts.changes.added

# METADATA
# description: Whether the change puts another secret into this object, as it is or encrypted.
has_new_content(obj) if obj.id in input.facts.changes.contents

# METADATA
# description: |
#   The changed objects as they were before, by the ids that they have now, each as it would stand in
#   `input.objects`.
before[obj.id] := obj if some obj in input.facts.changes.before.objects
