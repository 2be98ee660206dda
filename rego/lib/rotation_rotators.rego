# METADATA
# title: Jobs that rotate Secrets
# description: |
#   A CronJob or CronWorkflow rotates a Secret where the Secret's producer names it (`rotated-by`), or
#   where its ServiceAccount may write the Secret by name.
package portcullis.lib.rotation_rotators

import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_entries
import data.portcullis.lib.rbac_subjects
import data.portcullis.lib.rotation
import data.portcullis.lib.schedules

# METADATA
# description: |
#   What `rotated-by` says, as `{path, kind, name}` with `kind` in lower case; undefined where it is
#   missing or not of the form `<kind>/<name>`.
link(obj) := {"path": declared.path, "kind": lower(parts[0]), "name": parts[1]} if {
	declared := rotation.declared(obj, "rotated-by")
	parts := split(declared.value, "/")
	count(parts) == 2
	regex.match(`^[A-Za-z]+$`, parts[0])
	parts[1] != ""
}

# METADATA
# description: Every rotator in the set, by its id.
known[obj.id] := obj if {
	some kind in ["CronJob", "CronWorkflow"]
	some obj in k8s.known_of_kind(kind)
}

# Ids by kind in lower case, namespace and name; several files may define one.
_ids[[kind, obj.namespace, obj.name]] contains obj.id if {
	some kind, name in {"cronjob": "CronJob", "cronworkflow": "CronWorkflow"}
	some obj in k8s.known_of_kind(name)
}

# METADATA
# description: Ids of the rotators that the producer `obj` names, or that may write the Secret it makes.
of(producer) := linked(producer.obj) | object.get(_writers, [[producer.namespace, producer.target]], set())

# METADATA
# description: "Ids of the rotators that `rotated-by` of `obj` names: none where the set does not hold them."
linked(obj) := object.get(_ids, [[link(obj).kind, obj.namespace, link(obj).name]], set()) if {
	link(obj)
} else := set()

# METADATA
# description: Seconds between two runs of a rotator; undefined where the schedule cannot be read.
gap(obj) := min(gaps) if {
	gaps := {gap | some text in schedule_texts(obj); gap := schedules.gap(text)}
	count(gaps) > 0
}

# METADATA
# description: The schedules of a rotator; a CronWorkflow may have several.
schedule_texts(obj) := {text | text := obj.object.spec.schedule} | {text |
	some text in k8s.list(object.get(obj.object, ["spec", "schedules"], null))
}

# Rotators by the Secret that their ServiceAccount may write by name.
_writers[[entry_namespace, name]] contains id if {
	some entry in rbac_entries.known
	rbac.covers(entry.rule, "", "secrets")
	count(rbac.verbs_of(entry.rule, {"update", "patch"})) > 0
	some name in rbac.names(entry.rule)
	some grant in entry.grants
	entry_namespace := grant.namespace
	some subject in grant.subjects
	some id in _by_account[subject.id]
}

_by_account[rbac_subjects.service_account(obj.namespace, account)] contains id if {
	some id, obj in known
	some pod in pods.specs(obj)
	account := pod.spec.serviceAccountName
	is_string(account)
}
