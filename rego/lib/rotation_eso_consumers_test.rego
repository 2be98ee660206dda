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

_name := "secret.reloader.stakater.com/reload"

_auto := "reloader.stakater.com/auto"

_passed_on := {
	"a push by name": [_external, _push("PushSecret", {"name": "db"})],
	"a push by labels": [_external, _push("PushSecret", {"selector": {"matchLabels": {"a": "b"}}})],
	"a push in every namespace": [_external, _push("ClusterPushSecret", {"name": "db"})],
	"a workload that Reloader restarts for it": [_external, _workload({_name: "other, db"}, null)],
	"a workload that Reloader restarts for all": [_external, _workload(null, {_auto: "true"})],
	"a Secret that Reloader searches": [object.union(_external, {"spec": {"target": {"template": {"metadata": {
		"annotations": {"reloader.stakater.com/match": "true"},
	}}}}})],
	"a push of what goes everywhere": [_everywhere, _push("PushSecret", {"name": "db"})],
	"a push by labels of what goes everywhere": [_everywhere, _push("PushSecret", {"selector": {}})],
}

test_what_passes_a_value_on if {
	every objects in _passed_on {
		views := eso.externals with input as testing.input_of(objects)
		consumers.coordinated(views[0]) with input as testing.input_of(objects)
	}
}

_kept := [
	[_external],
	[_external, _push("PushSecret", {"name": "other"})],
	[_external, _workload({_auto: "false"}, null)],
	[_everywhere, _push("PushSecret", {"name": "other"})],
]

test_what_does_not if {
	every objects in _kept {
		views := eso.externals with input as testing.input_of(objects)
		not consumers.coordinated(views[0]) with input as testing.input_of(objects)
	}
}
