package portcullis.lib.agent_declarations_test

import data.portcullis.lib.agent_declarations as declarations
import data.portcullis.lib.testing

_deployment(fields, container) := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": "d", "namespace": "n", "labels": {"portcullis/workload": "agent"}},
	"spec": object.union(
		{"template": {"metadata": {}, "spec": {"containers": [object.union({"name": "c"}, container)]}}},
		fields,
	),
}

_in(file, fields) := {"object": _deployment({}, {}), "file": file, "partial": fields}

test_what_is_judged if {
	count(declarations.judged) == 1 with input as testing.input_with([_in("agents/device/agent.yaml", false)])
	count(declarations.judged) == 0 with input as testing.input_with([_in("overlays/dev/agent.yaml", false)])
	count(declarations.judged) == 0 with input as testing.input_with([_in("agents/values-dev/x.yaml", true)])
	count(declarations.judged) == 0 with input as testing.input_of([{"apiVersion": "extensions.agents.x-k8s.io/v1beta1", "kind": "SandboxClaim", "spec": {}}])
}

test_images if {
	found := [image.image | some image in declarations.images] with input as testing.input_of([
		_deployment({}, {"image": "a:1"}),
		_deployment({}, {"image": 5}),
		_deployment({}, {"image": "$IMAGE"}),
		_deployment({}, {}),
	])
	found == ["a:1"]
	declarations.has_digest("a@sha256:00")
	every image in ["a", "a:latest", "a:", "r:5000/a", "r:5000/a:latest"] {
		declarations.is_floating(image)
	}
	every image in ["a:1", "r:5000/a:1", "a@sha256:00", "a:latest@sha256:00"] {
		not declarations.is_floating(image)
	}
}

test_limits if {
	found := [entry.missing | some entry in declarations.unlimited] with input as testing.input_of([
		_deployment({}, {"resources": {"limits": {"memory": "1Gi", "cpu": 1}}}),
		_deployment({}, {"resources": {"limits": {"memory": "1Gi"}}}),
		_deployment({}, {"resources": null}),
		_deployment({"template": {"spec": {"initContainers": [{"name": "i"}], "containers": []}}}, {}),
	])
	found == [["cpu"], ["memory", "cpu"]]
}

test_replicas if {
	count(declarations.unscaled) == 1 with input as testing.input_of([_deployment({}, {})])
	count(declarations.unscaled) == 0 with input as testing.input_of([_deployment({"replicas": 0}, {})])
	count(declarations.unscaled) == 0 with input as testing.input_of([_deployment({}, {}), _scaler({"scaleTargetRef": {"name": "d"}})])
	count(declarations.unscaled) == 1 with input as testing.input_of([
		_deployment({}, {}),
		_scaler({"scaleTargetRef": {"kind": "StatefulSet", "name": "d"}}),
		_scaler({"scaleTargetRef": "d"}),
		_scaler(null),
	])
}

test_fetches if {
	command := {"command": ["sh", "-c", "vault kv get x; aws ssm get-parameter y", 5]}
	found := [[entry.program, entry.path] | some entry in declarations.fetches] with input as testing.input_of([_deployment({}, command)])
	count(found) == 1
	found[0][1] == ["spec", "template", "spec", "containers", 0, "command", 2]
}

_scaler(target) := {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"namespace": "n"}, "spec": target}

test_declared_fetches if {
	command := {"command": ["vault read x"]}
	marked := object.union(_deployment({}, command), {"metadata": {"annotations": {"portcullis/allowed-secrets": "x"}}})
	declarations.fetches == [] with input as testing.input_of([marked])
	mounted := {"template": {"spec": {"volumes": [{"name": "v", "secret": {"secretName": "s"}}]}}}
	declarations.fetches == [] with input as testing.input_of([_deployment(mounted, command)])
	pulled := {"template": {"spec": {"imagePullSecrets": [{"name": "s"}], "containers": [object.union({"name": "c"}, command)]}}}
	count(declarations.fetches) == 1 with input as testing.input_of([_deployment(pulled, {})])
}

test_labels if {
	found := [entry.missing | some entry in declarations.unlabelled] with input as testing.input_of([_deployment({}, {})])
	found == [["app.kubernetes.io/name", "app.kubernetes.io/version", "app.kubernetes.io/part-of"]]
	whole := {"app.kubernetes.io/name": "a", "app.kubernetes.io/version": "1", "app.kubernetes.io/part-of": "b"}
	declarations.unlabelled == [] with input as testing.input_of([object.union(_deployment({}, {}), {"metadata": {"labels": whole}})])
}
