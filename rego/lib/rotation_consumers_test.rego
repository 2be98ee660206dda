package portcullis.lib.rotation_consumers_test

import data.portcullis.lib.rotation_consumers as consumers
import data.portcullis.lib.testing

_deployment(replicas, spec) := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": "web", "namespace": "shop"},
	"spec": {"replicas": replicas, "template": {"spec": spec}},
}

_ways := {
	"imagePullSecrets": {"imagePullSecrets": [{"name": "s"}]},
	"volume": {"volumes": [{"secret": {"secretName": "s"}}]},
	"projected": {"volumes": [{"projected": {"sources": [{"secret": {"name": "s"}}]}}]},
	"env": {"containers": [{"env": [{"valueFrom": {"secretKeyRef": {"name": "s"}}}]}]},
	"envFrom": {"initContainers": [{"envFrom": [{"secretRef": {"name": "s"}}]}]},
}

test_every_way_to_use_a_secret if {
	every spec in _ways {
		consumers.only_idle("shop", "s") with input as testing.input_of([_deployment(0, spec)])
	}
}

test_one_that_runs_is_enough if {
	every spec in _ways {
		not consumers.only_idle("shop", "s") with input as testing.input_of([
			_deployment(0, _ways.volume),
			_deployment(1, spec),
		])
	}
}

test_unused_is_not_idle if {
	not consumers.only_idle("shop", "s") with input as testing.input_of([_deployment(0, {"containers": null})])
}
