package portcullis.rules.orchestration["pss-baseline-violation_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.orchestration["pss-baseline-violation"] as rule

_pod(spec) := _named("n", spec)

_named(namespace, spec) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "p", "namespace": namespace},
	"spec": spec,
}

_container(fields) := object.union({"name": "c", "image": "registry.example.com/c:1"}, fields)

_found := {[entry.object, entry.variant] | some entry in rule.report}

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as testing.input_of([_pod({"containers": [_container({"securityContext": {"privileged": true}})]})])
	report == {{
		"variant": "privileged",
		"object": 0,
		"path": ["spec", "containers", 0, "securityContext", "privileged"],
		"args": {"container": "c"},
	}}
}

test_hostile_shapes if {
	_found == set() with input as testing.input_of([
		_pod(null),
		_pod({"containers": "x", "volumes": {"a": 1}}),
		_pod({"hostPID": "yes", "securityContext": [], "containers": [null, 7, {"securityContext": "x", "ports": [1, {"hostPort": "80"}]}]}),
		_pod({"volumes": [null, {"hostPath": null}, {"hostPath": "/"}, {"hostPath": {"path": 7}}], "containers": [_container({
			"image": 7,
			"livenessProbe": "x",
			"lifecycle": {"preStop": {"httpGet": {"host": 7}}},
			"securityContext": {
				"capabilities": {"add": [null, 7]},
				"procMount": 7,
				"seccompProfile": {"type": null},
				"seLinuxOptions": {"type": 7, "user": ""},
			},
		})]}),
		{"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"container.apparmor.security.beta.kubernetes.io/c": 7}}, "spec": {"containers": []}},
		{"kind": "Deployment", "metadata": null, "spec": {"template": {"spec": {"hostPID": true}}}},
	])
}

test_a_container_without_a_name if {
	report := rule.report with input as testing.input_of([_pod({"initContainers": [{"securityContext": {"privileged": true}}]})])
	{entry.args.container | some entry in report} == {"init"}
}

test_context_is_not_judged if {
	report := rule.report with input as testing.input_with([{"object": _pod({"hostPID": true}), "context": true}])
	report == set()
}

_volume(path) := {"name": "v", "hostPath": {"path": path}}

_on_node(namespace, image, path, mount) := _named(namespace, {
	"volumes": [_volume(path)],
	"containers": [{
		"name": "c",
		"image": image,
		"securityContext": {"privileged": true},
		"volumeMounts": [object.union({"name": "v"}, mount)],
	}],
})

test_components_of_the_node if {
	_found == {
		[3, "privileged"], [3, "host-path"],
		[4, "privileged"], [4, "host-path"],
		[5, "privileged"], [5, "host-path"],
		[6, "privileged"],
		[7, "privileged"], [7, "host-credentials"],
		[8, "privileged"],
		[9, "privileged"], [9, "host-credentials"],
	} with input as testing.input_of([
		_on_node("kube-system", "quay.io/cilium/cilium:v1.18", "/proc", {}),
		_on_node("default", "quay.io/cilium/cilium@sha256:0", "/proc", {}),
		_on_node("", "localhost:5000/quay.io/cilium/cilium", "/proc", {}),
		_on_node("shop", "quay.io/cilium/cilium:v1.18", "/opt", {}),
		_on_node("kube-system", "quay.io/mycilium/app:v1.18", "/opt", {}),
		_on_node("default", "registry.k8s.io/etcd:3", "/opt", {}),
		_on_node("monitoring", "prom/node-exporter", "/", {"readOnly": true}),
		_on_node("monitoring", "prom/node-exporter", "/", {}),
		_on_node("logging", "grafana/promtail:3", "/var/log/pods", {}),
		_on_node("logging", "grafana/promtail:3", "/etc", {}),
	])
}

_allowed := {"orchestration/pss-baseline-violation": {"hostAccessAllowed": [
	{"namespace": "sto*", "image": "/acme/csi/"},
	{"namespace": "lab", "image": "acme/x", "variants": ["host-path"]},
	{"namespace": 7},
	"x",
]}}

test_own_components if {
	pods := [
		_on_node("storage", "ghcr.io/acme/csi:1", "/", {}),
		_on_node("lab", "ghcr.io/acme/x:1", "/opt", {}),
		_on_node("storage", "ghcr.io/acme/other:1", "/opt", {}),
	]
	report := rule.report with input as testing.input_of(pods) with data.settings.params as _allowed
	{[entry.object, entry.variant] | some entry in report} == {[1, "privileged"], [2, "privileged"], [2, "host-path"]}
}

_variants := {entry.variant | some entry in rule.report}

_at(paths) := [_named("n", {"volumes": [_volume(path)], "containers": [_container({"volumeMounts": [{"name": "v"}]})]}) | some path in paths]

test_places_with_credentials if {
	_variants == {"host-credentials"} with input as testing.input_of(_at([
		"/", "//", "/etc/", "/etc/kubernetes", "/etc/kubernetes-a/pki/ca.key", "/var/run/docker.sock", "/run/crio/crio.sock",
		"/var/run", "/home/me/.ssh/id", "/root/.kube", "/var/lib/etcd/member", "/proc", "/sys/kernel/debug",
		"/var/lib/docker", "/var/lib/kubelet", "/var/log",
	]))
}

test_other_places if {
	_variants == {"host-path"} with input as testing.input_of(_at([
		"/etc/localtime", "/sys/fs/cgroup", "/var/lib/kubelet/device-plugins", "/var/logs", "/srv", "/home/me/data",
		"/var/runner", "/mnt//data",
	]))
}
