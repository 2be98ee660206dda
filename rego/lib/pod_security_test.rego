package portcullis.lib.pod_security_test

import data.portcullis.lib.pod_security
import data.portcullis.lib.pod_security_baseline as baseline
import data.portcullis.lib.pod_security_restricted as restricted
import data.portcullis.lib.testing

_pod(spec) := {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": spec}

_checks := {violation.check | some pod in pod_security.judged; some violation in baseline.violations(pod)}

_with(context) := testing.input_of([_pod({"containers": [{"securityContext": context}]})])

test_windows if {
	specs := [{"os": {"name": "windows"}}, {"nodeSelector": {"beta.kubernetes.io/os": "windows"}}]
	found := [pod.is_windows | some pod in pod_security.judged] with input as testing.input_of([_pod(spec) | some spec in specs])
	found == [true, true]
}

test_linux if {
	found := [pod.is_windows | some pod in pod_security.judged] with input as testing.input_of([_pod({"nodeSelector": {"disk": "windows"}})])
	found == [false]
}

test_only_whole_specs_are_whole if {
	entries := [
		{"object": _pod({})},
		{"object": _pod({}), "partial": true},
		{"object": {"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow", "spec": {"templates": [{"container": {}}]}}},
		{"object": {"apiVersion": "apps.openshift.io/v1", "kind": "DeploymentConfig", "spec": {"template": {"spec": {}}}}},
	]
	found := {pod.obj.id | some pod in pod_security.whole} with input as testing.input_with(entries)
	found == {0}
}

test_baseline_of_contexts if {
	_checks == {"seccomp-unconfined"} with input as _with({"seccompProfile": {"type": "Unconfined"}})
	_checks == set() with input as _with({"seccompProfile": {"type": "Localhost"}, "appArmorProfile": {"type": "RuntimeDefault"}})
	_checks == {"selinux-options"} with input as _with({"seLinuxOptions": {"type": "spc_t"}})
	_checks == set() with input as _with({"seLinuxOptions": {"type": "container_engine_t", "level": "s0"}})
	_checks == {"host-process"} with input as _with({"windowsOptions": {"hostProcess": true}})
	_checks == {"proc-mount"} with input as _with({"procMount": "Unmasked"})
	_checks == {"added-capability"} with input as _with({"capabilities": {"add": ["CHOWN", "NET_ADMIN"]}})
	_checks == {"dangerous-capability"} with input as _with({"capabilities": {"add": ["CAP_BPF"]}})
}

test_baseline_of_pods if {
	_checks == set() with input as testing.input_of([_pod({"hostUsers": false, "containers": [{"securityContext": {"procMount": "Unmasked"}}]})])
	_checks == {"unsafe-sysctl"} with input as testing.input_of([
		_pod({"securityContext": {"sysctls": [{"name": "kernel.sem"}, {"name": "net.ipv4.tcp_fin_timeout"}, {"name": 7}]}}),
	])
	_checks == {"host-port"} with input as testing.input_of([_pod({"initContainers": [{"ports": [{"hostPort": 53}]}]})])
	_checks == {"probe-loopback"} with input as testing.input_of([_pod({"containers": [{"startupProbe": {"tcpSocket": {"host": "localhost"}}}]})])
	_checks == {"probe-host"} with input as testing.input_of([
		_pod({"containers": [{"lifecycle": {"postStart": {"httpGet": {"host": "10.0.0.1"}}}}]}),
	])
}

_missing := [each.keys[0] |
	some pod in pod_security.judged
	some container in pod.containers
	some each in restricted.missing(pod, container)
]

test_restricted if {
	_missing == ["runAsNonRoot", "allowPrivilegeEscalation", "capabilities", "seccompProfile"] with input as testing.input_of([
		_pod({"containers": [{}]}),
	])
	_missing == ["runAsNonRoot"] with input as testing.input_of([_pod({"os": {"name": "windows"}, "containers": [{}]})])
	_missing == [] with input as testing.input_of([_pod({"hostUsers": false, "os": {"name": "windows"}, "containers": [{}]})])
}

_restricted := {violation.check | some pod in pod_security.judged; some violation in restricted.violations(pod)}

test_restricted_violations if {
	_restricted == {"runs-as-root"} with input as testing.input_of([_pod({"containers": [{"securityContext": {"runAsUser": 0}}]})])
	_restricted == set() with input as testing.input_of([_pod({"hostUsers": false, "containers": [{"securityContext": {"runAsUser": 0}}]})])
	_restricted == {"privilege-escalation"} with input as testing.input_of([
		_pod({"containers": [{"securityContext": {"allowPrivilegeEscalation": true}}]}),
	])
	_restricted == {"added-capability"} with input as testing.input_of([
		_pod({"containers": [{"securityContext": {"capabilities": {"add": ["CHOWN", "NET_BIND_SERVICE"]}}}]}),
	])
	_restricted == {"root-group", "volume-type"} with input as testing.input_of([
		_pod({"securityContext": {"supplementalGroups": [1, 0]}, "volumes": [{"nfs": {}}]}),
	])
}
