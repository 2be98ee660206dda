package portcullis.rules.rotation["rotated-secret-not-reloaded_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rotation["rotated-secret-not-reloaded"] as rule

_lease := {
	"apiVersion": "secrets.hashicorp.com/v1beta1",
	"kind": "VaultDynamicSecret",
	"metadata": {"name": "db", "namespace": "n"},
	"spec": {"path": "creds/db", "destination": {"name": "db"}},
}

_certificate := {
	"apiVersion": "cert-manager.io/v1",
	"kind": "Certificate",
	"metadata": {"name": "tls", "namespace": "n"},
	"spec": {"secretName": "tls"},
}

_synced := {
	"apiVersion": "external-secrets.io/v1",
	"kind": "ExternalSecret",
	"metadata": {"name": "synced", "namespace": "n"},
	"spec": {"dataFrom": [{"extract": {"key": "a"}}]},
}

_rotated := object.union(_synced, {
	"metadata": {"name": "rotated", "annotations": {"portcullis/rotated-by": "eventlistener/x"}},
})

_makers := [_lease, _certificate, _synced, _rotated]

_env(names) := [{"name": name, "valueFrom": {"secretKeyRef": {"name": name, "key": "k"}}} | some name in names]

_workload(kind, changes, pod) := object.union(
	{
		"apiVersion": "apps/v1",
		"kind": kind,
		"metadata": {"name": "w", "namespace": "n"},
		"spec": {"template": {"spec": pod}},
	},
	changes,
)

_with_env(names) := {"containers": [{"name": "c", "image": "i", "env": _env(names)}]}

# The workloads come behind the four makers.
_report(workloads) := found if {
	found := rule.report with input as testing.input_of(array.concat(_makers, workloads))
}

_brief(found) := {[one.variant, one.args.secret, one.severity] | some one in found}

test_a_finding_as_the_host_gets_it if {
	_report([_workload("Deployment", {}, _with_env(["db"]))]) == {{
		"variant": "lease-frozen",
		"object": 4,
		"path": ["spec", "template", "spec", "containers", 0, "env", 0, "valueFrom", "secretKeyRef", "name"],
		"args": {"secret": "db", "kind": "Deployment", "name": "w", "what": ""},
		"severity": "high",
	}}
}

test_severities if {
	_brief(_report([_workload("Deployment", {}, _with_env(["db", "tls", "synced", "rotated", "unknown"]))])) == {
		["lease-frozen", "db", "high"],
		["certificate-frozen", "tls", "high"],
		["synced-value-frozen", "synced", "low"],
		["value-frozen", "rotated", "medium"],
	}
}

test_one_finding_for_each_pair if {
	pod := {"containers": [
		{"name": "a", "image": "i", "env": _env(["db", "db"])},
		{"name": "b", "image": "i", "envFrom": [{"secretRef": {"name": "db"}}]},
	]}
	found := _report([_workload("Deployment", {}, pod)])
	{one.path | some one in found} == {["spec", "template", "spec", "containers", 0, "env", 0, "valueFrom", "secretKeyRef", "name"]}
}

_mounting(mounts) := {
	"volumes": [{"name": "v", "secret": {"secretName": "tls"}}],
	"containers": [{"name": "c", "image": "i", "volumeMounts": mounts}],
}

test_the_certificate_of_an_authority_alone_is_low if {
	authority := {"name": "v", "mountPath": "/a", "subPath": "ca.crt"}
	_brief(_report([_workload("Deployment", {}, _mounting([authority]))])) == {["synced-value-frozen", "tls", "low"]}
	own := {"name": "v", "mountPath": "/b", "subPath": "tls.crt"}
	_brief(_report([_workload("Deployment", {}, _mounting([authority, own]))])) == {["certificate-frozen", "tls", "high"]}
}

test_reload_that_is_not_for_this if {
	named := {"metadata": {"annotations": {"secret.reloader.stakater.com/reload": "other"}}}
	_brief(_report([_workload("Deployment", named, _with_env(["db", "synced"]))])) == {
		["reload-elsewhere", "db", "high"],
		["reload-elsewhere", "synced", "low"],
	}
	off := {"metadata": {"annotations": {"reloader.stakater.com/auto": "false"}}}
	found := _report([_workload("Deployment", off, _with_env(["rotated"]))])
	{[one.variant, one.args.what] | some one in found} == {["reload-switched-off", "this workload"]}

	# What does not take Reloader's annotations has none.
	_brief(_report([_workload("ReplicaSet", named, _with_env(["db"]))])) == {["lease-frozen", "db", "high"]}
	targets := object.union(_lease, {"spec": {"rolloutRestartTargets": [{"kind": "Deployment", "name": "other"}]}})
	elsewhere := rule.report with input as testing.input_of([targets, _workload("Deployment", {}, _with_env(["db"]))])
	_brief(elsewhere) == {["reload-elsewhere", "db", "high"]}
}

_auto := {"metadata": {"annotations": {"reloader.stakater.com/auto": "true"}}}

test_reloaded if {
	_report([_workload("Deployment", _auto, _with_env(["db", "tls", "synced", "rotated"]))]) == set()
}

test_files if {
	mount := [{"name": "v", "mountPath": "/tls"}]
	found := _report([_workload("Deployment", {}, _mounting(mount))])
	{[one.variant, one.path] | some one in found} == {
		["file-not-reread", ["spec", "template", "spec", "volumes", 0, "secret", "secretName"]],
	}
	_report([_workload("Deployment", _auto, _mounting(mount))]) == set()
	hot := {"containers": [{"name": "c", "image": "registry.example.com/envoy:1", "volumeMounts": mount}]}
	pod := object.union(_mounting(mount), hot)
	params := {"rotation/rotated-secret-not-reloaded": {"hotReloadImages": ["registry.example.com/envoy"]}}
	none := rule.report with input as testing.input_of([_certificate, _workload("Deployment", {}, pod)])
		with data.settings.params as params
	none == set()
	sidecar := object.union(_mounting(mount), {"initContainers": [{"name": "r", "image": "config-reloader", "restartPolicy": "Always"}]})
	_report([_workload("Deployment", {}, sidecar)]) == set()
}

test_interruptions if {
	cases := [
		["Deployment", {"strategy": {"type": "Recreate"}}, {["spec", "strategy", "type"]}],
		["StatefulSet", {"replicas": 1}, {["spec", "replicas"]}],
		["Deployment", {"replicas": 1, "strategy": {"rollingUpdate": {"maxSurge": "0%"}}}, {["spec", "replicas"]}],
		["Deployment", {"replicas": 1}, set()],
		["StatefulSet", {"replicas": 2}, set()],
		["Deployment", {"strategy": null}, set()],
	]
	every case in cases {
		[kind, spec, paths] := case
		found := _report([_workload(kind, object.union(_auto, {"spec": spec}), _with_env(["db"]))])
		{one.path | some one in found; one.variant == "restart-interrupts"} == paths
	}
}

test_a_sync_alone_interrupts_nothing if {
	_report([_workload("StatefulSet", object.union(_auto, {"spec": {"replicas": 1}}), _with_env(["synced"]))]) == set()
}

test_a_daemonset_with_a_runbook if {
	runbook := {"metadata": {"annotations": {"portcullis/incident-runbook": "docs/a.md"}}}
	on_delete := {"spec": {"updateStrategy": {"type": "OnDelete"}}}
	_report([_workload("DaemonSet", object.union(runbook, on_delete), _with_env(["db"]))]) == set()
	count(_report([_workload("DaemonSet", runbook, _with_env(["db"]))])) == 1
	count(_report([_workload("DaemonSet", on_delete, _with_env(["db"]))])) == 1
}

test_provider_classes if {
	class := {
		"apiVersion": "secrets-store.csi.x-k8s.io/v1",
		"kind": "SecretProviderClass",
		"metadata": {"name": "keys", "namespace": "n", "annotations": {"portcullis/rotated-by": "eventlistener/x"}},
		"spec": {},
	}
	pod := {
		"volumes": [{"name": "v", "csi": {"volumeAttributes": {"secretProviderClass": "keys"}}}],
		"containers": [{"name": "c", "image": "i", "volumeMounts": [{"name": "v", "mountPath": "/k", "subPath": "k"}]}],
	}
	_brief(_report([class, _workload("Deployment", {}, pod)])) == {["value-frozen", "keys", "medium"]}
}

test_odd_shapes if {
	_report([
		_workload("Deployment", {"spec": null}, {}),
		_workload("Deployment", {}, {"containers": null, "volumes": "v"}),
		_workload("Deployment", {}, {"containers": [{"name": "c", "env": {"a": "b"}}, null]}),
		_workload("Deployment", {"metadata": {"annotations": ["a"]}}, _with_env(["unknown"])),
		object.union(_synced, {"metadata": {"name": "x"}, "spec": null}),
	]) == set()
	found := _report([_workload("Deployment", {"metadata": {"annotations": "a"}}, {"containers": [{"name": "c", "image": 7, "env": _env(["db"])}]})])
	_brief(found) == {["lease-frozen", "db", "high"]}
}
