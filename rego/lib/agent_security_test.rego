package portcullis.lib.agent_security_test

import data.portcullis.lib.agent_security
import data.portcullis.lib.agents
import data.portcullis.lib.testing

_pod(spec, context) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "p", "labels": {"portcullis/workload": "agent"}},
	"spec": object.union({"containers": [{"name": "c", "image": "i", "securityContext": context}]}, spec),
}

_good := {
	"runAsNonRoot": true,
	"allowPrivilegeEscalation": false,
	"readOnlyRootFilesystem": true,
	"capabilities": {"drop": ["ALL"]},
	"seccompProfile": {"type": "RuntimeDefault"},
}

_lacks := [agent_security.lacks(entry) | some entry in agent_security.containers]

test_what_is_missing if {
	_lacks == [[]] with input as testing.input_of([_pod({}, _good)])
	everything := [
		"runAsNonRoot: true",
		"allowPrivilegeEscalation: false",
		"capabilities: {drop: [ALL]}",
		"seccompProfile: {type: RuntimeDefault}",
	]
	_lacks == [everything] with input as testing.input_of([_pod({}, {})])
	_lacks == [everything] with input as testing.input_of([_pod({}, null)])
	_lacks == [everything] with input as testing.input_of([_pod({"securityContext": "x"}, "x")])
	pod := {"runAsNonRoot": true, "seccompProfile": {"type": "Localhost"}}
	_lacks == [[everything[1], everything[2]]] with input as testing.input_of([_pod({"securityContext": pod}, {})])
}

test_what_is_wrong if {
	_lacks == [["privileged: false"]] with input as testing.input_of([_pod({}, object.union(_good, {"privileged": true}))])
	_lacks == [["runAsUser other than 0"]] with input as testing.input_of([_pod({}, object.union(_good, {"runAsUser": 0}))])
	_lacks == [["runAsNonRoot: true"]] with input as testing.input_of([_pod({}, object.union(_good, {"runAsNonRoot": false}))])
	_lacks == [[]] with input as testing.input_of([_pod({}, object.union(_good, {"capabilities": {"drop": ["ALL"], "add": ["NET_BIND_SERVICE"]}}))])
	_lacks == [["no added capabilities"]] with input as testing.input_of([_pod({}, object.union(_good, {"capabilities": {"drop": ["ALL"], "add": ["NET_RAW"]}}))])
	_lacks == [["seccompProfile: {type: RuntimeDefault}"]] with input as testing.input_of([_pod({}, object.union(_good, {"seccompProfile": null}))])
}

test_where_users_do_not_matter if {
	_lacks == [[]] with input as testing.input_of([_pod({"hostUsers": false}, object.union(_good, {"runAsNonRoot": false, "runAsUser": 0}))])
	_lacks == [[]] with input as testing.input_of([_pod({"os": {"name": "windows"}}, {})])
	_lacks == [[]] with input as testing.input_of([_pod({"os": null}, _good)])
}

_kagent(deployment) := {
	"apiVersion": "kagent.dev/v1alpha2",
	"kind": "Agent",
	"metadata": {"name": "k"},
	"spec": {"declarative": {"deployment": deployment}},
}

test_kagent if {
	pod := {"runAsNonRoot": true, "seccompProfile": {"type": "RuntimeDefault"}}
	container := object.remove(_good, {"runAsNonRoot", "seccompProfile"})
	_lacks == [[]] with input as testing.input_of([_kagent({"podSecurityContext": pod, "securityContext": container})])
	count(_lacks) == 2 with input as testing.input_of([_kagent({"extraContainers": [{"name": "x", "image": "i"}]})])
	count(_lacks) == 1 with input as testing.input_of([_kagent(null)])
}

test_what_is_not_judged if {
	_lacks == [] with input as testing.input_of([{
		"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow", "metadata": {"labels": {"portcullis/workload": "agent"}},
		"spec": {"templates": [{"container": {"image": "i"}}]},
	}])
	_lacks == [] with input as testing.input_of([{"apiVersion": "extensions.agents.x-k8s.io/v1beta1", "kind": "SandboxClaim", "spec": {"env": []}}])
	_lacks == [] with input as testing.input_of([_pod({"containers": null}, {})])
	found := agent_security.containers with input as testing.input_with([{"object": _pod({}, {}), "partial": true}])
	found == []
}

test_root_file_systems if {
	_writable == [] with input as testing.input_of([_pod({}, _good)])
	_writable == [1] with input as testing.input_of([_pod({}, {})])
	_writable == [] with input as testing.input_of([_pod({"os": {"name": "windows"}}, {})])
}

test_explicit_contexts if {
	_explicit == [1] with input as testing.input_of([_pod({}, {"privileged": true})])
	_explicit == [1] with input as testing.input_of([_pod({}, {"runAsUser": 0})])
	_explicit == [] with input as testing.input_of([_pod({}, {})])
}

test_the_node if {
	found := {[access.path, access.region, access.what] |
		some pod in agents.judged
		some access in agent_security.host_access(pod)
	} with input as testing.input_of([_pod(
		{"shareProcessNamespace": true, "volumes": [
			{"hostPath": {"path": "/run/containerd/containerd.sock"}},
			{"hostPath": {"path": "/srv"}},
			{"hostPath": null},
			{"hostPath": {"path": 5}},
			null,
		]},
		_good,
	)])
	found == {
		[["spec", "volumes", 0, "hostPath", "path"], ["spec", "volumes", 0], "the container runtime's socket, which is root on the node"],
		[["spec", "volumes", 1, "hostPath", "path"], ["spec", "volumes", 1], "`/srv` of the node"],
		[["spec", "shareProcessNamespace"], ["spec", "shareProcessNamespace"], "the processes of all its containers"],
	}
}

test_pods if {
	found := {[problem.path, problem.what] |
		some pod in agents.judged
		some problem in agent_security.pod_problems(pod)
	} with input as testing.input_of([_pod(
		{"hostPID": true, "hostIPC": "true", "volumes": [{"name": "a", "nfs": {}}, {"name": "b", "emptyDir": {}}, null]},
		_good,
	)])
	found == {
		[["spec", "hostPID"], "`hostPID: true`"],
		[["spec", "volumes", 0, "nfs"], "a volume of the type `nfs`"],
	}
}

test_executing_code if {
	_executes == [1] with input as testing.input_of([{
		"apiVersion": "agents.x-k8s.io/v1beta1", "kind": "Sandbox", "metadata": {"name": "s"},
		"spec": {"podTemplate": {"spec": {}}},
	}])
	_executes == [1] with input as testing.input_of([_pod({"containers": [{"name": "c", "image": "example.com/code-interpreter:1"}]}, {})])
	_executes == [1] with input as testing.input_of([object.union(_pod({}, {}), {"metadata": {"annotations": {"portcullis/executes-code": "true"}}})])
	_executes == [] with input as testing.input_of([_pod({}, {})])
	_executes == [] with input as testing.input_of([_pod({"containers": [{"name": "c", "image": 5}]}, {})])
}

_writable := [1 |
	some entry in agent_security.containers
	agent_security.is_writable(entry)
]

_explicit := [1 |
	some entry in agent_security.containers
	agent_security.is_explicit(entry)
]

_executes := [1 |
	some pod in agents.judged
	agent_security.executes_code(pod)
]
