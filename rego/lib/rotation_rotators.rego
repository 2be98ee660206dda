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
# description: Every known rotator.
known := array.concat(k8s.known_of_kind("CronJob"), k8s.known_of_kind("CronWorkflow"))

# METADATA
# description: Whether the set holds the CronJob or CronWorkflow that `link` names for `obj`.
is_known(obj) if _known_keys[_link_key(obj)]

# METADATA
# description: Whether a rotator may write the Secret that the producer makes.
is_written(producer) if _written_by_rotators[[producer.namespace, producer.target]]

# METADATA
# description: |
#   What connects a producer with its rotators: keys that are the same on both sides. Pairs are never
#   spelled out, since one rotator may serve thousands of Secrets.
producer_keys(producer) := {_link_key(producer.obj)} | {["secret", producer.namespace, producer.target]} if {
	link(producer.obj)
} else := {["secret", producer.namespace, producer.target]}

# METADATA
# description: The keys of a rotator, as those of `producer_keys`.
rotator_keys(obj) := {["link", lower(obj.object.kind), obj.namespace, obj.name]} | {["secret", namespace, name] |
	some account in _accounts(obj)
	some [namespace, name] in _writes[account]
}

_link_key(obj) := ["link", link(obj).kind, obj.namespace, link(obj).name]

_known_keys := {["link", lower(obj.object.kind), obj.namespace, obj.name] | some obj in known}

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

# The Secrets that each ServiceAccount may write by name.
_writes[account] contains [namespace, name] if some [account, namespace, name] in _rights

_rights := {[subject.id, grant.namespace, name] |
	some entry in rbac_entries.known
	rbac.covers(entry.rule, "", "secrets")
	count(rbac.verbs_of(entry.rule, {"update", "patch"})) > 0
	some name in rbac.names(entry.rule)
	some grant in entry.grants
	some subject in grant.subjects
}

_written_by_rotators := {secret |
	some account in {account | some obj in known; some account in _accounts(obj)}
	some secret in _writes[account]
}

_accounts(obj) := {rbac_subjects.service_account(obj.namespace, account) |
	some pod in pods.specs(obj)
	account := pod.spec.serviceAccountName
	is_string(account)
}
