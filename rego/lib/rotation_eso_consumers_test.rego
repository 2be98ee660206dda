package portcullis.lib.rotation_eso_consumers_test

import data.portcullis.lib.rotation_eso as eso
import data.portcullis.lib.rotation_eso_consumers as consumers
import data.portcullis.lib.testing

_external := {
	"apiVersion": "external-secrets.io/v1",
	"kind": "ExternalSecret",
	"metadata": {"name": "db", "namespace": "shop"},
	"spec": {},
}

_everywhere := {
	"apiVersion": "external-secrets.io/v1",
	"kind": "ClusterExternalSecret",
	"metadata": {"name": "db"},
	"spec": {"externalSecretSpec": {}},
}

_workload(annotations, template) := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": "web", "namespace": "shop", "annotations": annotations},
	"spec": {"template": {
		"metadata": {"annotations": template},
		"spec": {"volumes": [{"name": "db", "secret": {"secretName": "db"}}]},
	}},
}

_push(kind, selector) := {
	"apiVersion": "external-secrets.io/v1alpha1",
	"kind": kind,
	"metadata": {"name": "push", "namespace": "shop"},
	"spec": {"selector": {"secret": selector}, "pushSecretSpec": {"selector": {"secret": selector}}},
}

_coordinated(objects) if {
	views := eso.externals with input as testing.input_of(objects)
	consumers.coordinated(views[0]) with input as testing.input_of(objects)
}

test_nothing_coordinates_alone if not _coordinated([_external])

test_a_push_by_name if _coordinated([_external, _push("PushSecret", {"name": "db"})])

test_a_push_of_something_else if not _coordinated([_external, _push("PushSecret", {"name": "other"})])

test_a_push_by_labels if {
	_coordinated([_external, _push("PushSecret", {"selector": {"matchLabels": {"a": "b"}}})])
}

test_a_push_for_every_namespace if _coordinated([_external, _push("ClusterPushSecret", {"name": "db"})])

test_reloader_names_it if {
	_coordinated([_external, _workload({"secret.reloader.stakater.com/reload": "other, db"}, null)])
}

test_reloader_watches_all if _coordinated([_external, _workload(null, {"reloader.stakater.com/auto": "true"})])

test_reloader_searches if {
	marked := {"spec": {"target": {"template": {"metadata": {"annotations": {"reloader.stakater.com/match": "true"}}}}}}
	_coordinated([object.union(_external, marked)])
}

test_what_goes_everywhere if {
	_coordinated([_everywhere, _push("PushSecret", {"name": "db"})])
	_coordinated([_everywhere, _push("PushSecret", {"selector": {}})])
	not _coordinated([_everywhere, _push("PushSecret", {"name": "other"})])
}
