# METADATA
# title: ServiceAccounts that several applications run as
package portcullis.lib.rbac_sharing

import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.rbac_subjects

# METADATA
# description: |
#   The workloads that run as a subject (of `rbac_subjects`), where they belong to different
#   applications, as a list of `{"object", "path", "label"}` with the label `workload`, six at most;
#   else the empty list. Labels tell applications apart; workloads without any say nothing.
workloads(subject) := array.slice(places, 0, 6) if {
	users := object.get(_users, subject.id, set())
	count({user.application | some user in users}) > 1
	places := [{"object": user.id, "path": user.path, "label": "workload"} | some user in users]
} else := []

_users[id] contains {"id": obj.id, "path": array.concat(spec.path, ["serviceAccountName"]), "application": application} if {
	some obj in input.objects
	some spec in pods.specs(obj)
	is_string(spec.spec.serviceAccountName)
	id := rbac_subjects.service_account(obj.namespace, spec.spec.serviceAccountName)
	application := _application(obj)
}

# The first of these that an object has names the application that it is a part of.
_application_labels := ["app.kubernetes.io/part-of", "app.kubernetes.io/instance", "app.kubernetes.io/name", "app"]

_application(obj) := [name |
	some key in _application_labels
	name := k8s.labels(obj)[key]
][0]
