package portcullis.lib.secret_reload_test

import data.portcullis.lib.secret_reload as reload
import data.portcullis.lib.testing

_workload(kind, annotations, pod_annotations) := {
	"apiVersion": {"Rollout": "argoproj.io/v1alpha1", "Pod": "v1"}[kind],
	"kind": kind,
	"metadata": {"name": "w", "namespace": "n", "annotations": annotations},
	"spec": {"template": {"metadata": {"annotations": pod_annotations}, "spec": {}}},
} if {
	kind in {"Rollout", "Pod"}
} else := {
	"apiVersion": "apps/v1",
	"kind": kind,
	"metadata": {"name": "w", "namespace": "n", "annotations": annotations},
	"spec": {"template": {"metadata": {"annotations": pod_annotations}, "spec": {}}},
}

_deployment(annotations) := _workload("Deployment", annotations, {})

_options := {"reloadAnnotations": ["example.com/restart"], "reloaderAutoAll": false}

# The workload comes first in the input.
_restarts(workload, others) if _restarts_with(workload, others, _options)

_restarts_with(workload, others, options) if {
	document := testing.input_of(array.concat([workload], others))
	reload.restarts(_pair(document.objects[0], false), options) with input as document
}

_pair(obj, csi) := {
	"obj": obj,
	"namespace": "n",
	"name": "db",
	"csi": csi,
	"annotations": reload.annotations(obj),
}

_switched_off(workload, others) := found if {
	document := testing.input_of(array.concat([workload], others))
	found := reload.switched_off(_pair(document.objects[0], false)) with input as document
} else := "no"

_secret(annotations) := {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "db", "namespace": "n", "annotations": annotations}}

_r(name) := concat("", ["reloader.stakater.com/", name])

_secret_r(name) := concat("", ["secret.reloader.stakater.com/", name])

test_nothing_restarts_by_itself if {
	not _restarts(_deployment({}), [])
	not _restarts(_deployment(null), [_secret({})])
	not _restarts(_deployment({_r("search"): "true"}), [_secret({})])
	not _restarts(_deployment({_secret_r("reload"): "other"}), [])
	not _restarts(_deployment({_secret_r("reload"): 7}), [])
	not _restarts(_deployment({"checksum/secret": "abc"}), [])
	not _restarts(_deployment({"example.com/restart": "false"}), [])
	not _restarts(_deployment({"secretproviderclass.reloader.stakater.com/auto": "true"}), [])
}

test_reloader if {
	_restarts(_deployment({_r("auto"): "true"}), [])
	_restarts(_workload("Rollout", {}, {_secret_r("auto"): "true"}), [])
	_restarts(_deployment({_secret_r("reload"): "a, db"}), [])
	_restarts(_deployment({_secret_r("reload"): "d.*"}), [])
	_restarts(_deployment({_r("search"): "true"}), [_secret({_r("match"): "true"})])
	_restarts(_deployment({_r("auto"): "false", _secret_r("reload"): "db"}), [])
	_restarts_with(_deployment({}), [], object.union(_options, {"reloaderAutoAll": true}))
	not _restarts(_workload("Pod", {_r("auto"): "true"}, {}), [])
}

test_reloader_for_provider_classes if {
	found := {key |
		some key in {"secretproviderclass.reloader.stakater.com/auto", _r("auto"), _secret_r("auto")}
		document := testing.input_of([_deployment({key: "true"})])
		reload.restarts(_pair(document.objects[0], true), _options) with input as document
	}
	found == {"secretproviderclass.reloader.stakater.com/auto", _r("auto")}
	document := testing.input_of([_deployment({"secretproviderclass.reloader.stakater.com/reload": "db"})])
	reload.restarts(_pair(document.objects[0], true), _options) with input as document
}

test_reloader_switched_off if {
	_switched_off(_deployment({_r("auto"): "false"}), []) == "workload"
	_switched_off(_deployment({_r("auto"): "true", "secrets.exclude.reloader.stakater.com/reload": "a,db"}), []) == "workload"
	_switched_off(_deployment({_r("auto"): "true"}), [_secret({_r("ignore"): "true"})]) == "secret"
	_switched_off(_deployment({_r("auto"): "true"}), [_secret({})]) == "no"
	not _restarts(_deployment({_r("auto"): "true"}), [_secret({_r("ignore"): "true"})])
	not _restarts_with(_deployment({_r("auto"): "false"}), [], object.union(_options, {"reloaderAutoAll": true}))
}

test_reloader_in_the_set if {
	reloader := {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "reloader"}, "spec": {"template": {"spec": {
		"containers": [{"name": "r", "image": "stakater/reloader", "args": ["--auto-reload-all=true"]}],
	}}}}
	_restarts(_deployment({}), [reloader])
	values := {"reloader": {"autoReloadAll": true}}
	release := {"apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmRelease", "metadata": {"name": "r"}, "spec": {"values": values}}
	_restarts(_deployment({}), [release])
	helm := {"helm": {"valuesObject": values}}
	application := {"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": {"name": "r"}, "spec": {"source": helm}}
	_restarts(_deployment({}), [application])
	not _restarts(_deployment({}), [object.union(release, {"spec": {"values": {"reloader": {"autoReloadAll": false}}}})])
}

_maker(targets) := {
	"apiVersion": "secrets.hashicorp.com/v1beta1",
	"kind": "VaultStaticSecret",
	"metadata": {"name": "x", "namespace": "n"},
	"spec": {"destination": {"name": "db"}, "rolloutRestartTargets": targets},
}

test_targets if {
	_restarts(_deployment({}), [_maker([{"kind": "Deployment", "name": "w"}])])
	_restarts(_workload("Rollout", {}, {}), [_maker([{"kind": "argo.Rollout", "name": "w"}])])
	not _restarts(_deployment({}), [_maker([{"kind": "StatefulSet", "name": "w"}])])
	not _restarts(_deployment({}), [_maker([{"kind": "Deployment", "name": "other"}])])
	not _restarts(_deployment({}), [_maker("w")])
	not _restarts(_deployment({}), [_maker([null])])
}

_config(destination) := {
	"apiVersion": "reloader.external-secrets.io/v1alpha1",
	"kind": "Config",
	"metadata": {"name": "c"},
	"spec": {"destinationsToWatch": [destination]},
}

test_reloader_of_external_secrets if {
	_restarts(_deployment({}), [_config({"type": "Deployment", "deployment": {"names": ["a", "w"]}})])
	_restarts(_deployment({}), [_config({"deployment": {"labelSelectors": {"matchLabels": {}}}})])
	not _restarts(_deployment({}), [_config({"type": "Deployment", "deployment": {"names": ["a"]}})])
	not _restarts(_deployment({}), [_config({"externalSecret": {"names": ["w"]}})])
	not _restarts(_workload("StatefulSet", {}, {}), [_config({"deployment": {"names": ["w"]}})])
	not _restarts(_deployment({}), [object.union(_config({"deployment": {}}), {"apiVersion": "example.com/v1"})])
}

_policy(kinds, target) := {
	"apiVersion": "kyverno.io/v1",
	"kind": "ClusterPolicy",
	"metadata": {"name": "p"},
	"spec": {"rules": [{"match": {"any": [{"resources": {"kinds": kinds}}]}, "mutate": {"targets": [{"kind": target}]}}]},
}

test_policies_that_restart if {
	_restarts(_deployment({}), [_policy(["Secret"], "Deployment")])
	_restarts(_deployment({}), [_policy(["v1/Secret"], "Deployment")])
	not _restarts(_deployment({}), [_policy(["ConfigMap"], "Deployment")])
	not _restarts(_deployment({}), [_policy(["Secret"], "StatefulSet")])
	not _restarts(_deployment({}), [object.union(_policy(["Secret"], "Deployment"), {"spec": null})])
}

test_annotations_of_the_configuration if {
	_restarts(_deployment({"example.com/restart": "true"}), [])
	not _restarts_with(_deployment({"example.com/restart": "true"}), [], {"reloadAnnotations": null, "reloaderAutoAll": false})
}
