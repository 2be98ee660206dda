# METADATA
# title: Objects of one application
package portcullis.lib.applications

import data.portcullis.lib.identities
import data.portcullis.lib.k8s

# METADATA
# description: |
#   The namespaces in which the application of a ServiceAccount (its id as in `rbac_subjects`) has
#   objects: those of the workloads that run as it, and of all objects whose labels name the same
#   application. Undefined where no workload of it is in the set, since nothing is known of it then.
namespaces(id) := found if {
	own := object.get(_runs, id, set())
	count(own) > 0
	found := {run.namespace | some run in own} | {namespace |
		some run in own
		some namespace in object.get(_by_application, run.application, set())
	}
}

_runs[run.id] contains {"namespace": run.obj.namespace, "application": _name(run.obj)} if some run in identities.judged

_by_application[name] contains obj.namespace if {
	some obj in input.objects
	name := _name(obj)
	name != ""
	obj.namespace != ""
}

# The first of these that an object has names the application that it is a part of.
_keys := ["app.kubernetes.io/part-of", "app.kubernetes.io/instance", "app.kubernetes.io/name", "app"]

_name(obj) := [name |
	some key in _keys
	name := k8s.labels(obj)[key]
	is_string(name)
][0] if {
	some key in _keys
	is_string(k8s.labels(obj)[key])
} else := ""
