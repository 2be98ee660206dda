package portcullis.lib.identities_test

import data.portcullis.lib.identities
import data.portcullis.lib.testing

_c := {"name": "c", "image": "c"}

_object(version, kind, spec) := {
	"apiVersion": version,
	"kind": kind,
	"metadata": {"name": "o", "namespace": "n"},
	"spec": spec,
}

_pod(spec) := _object("v1", "Pod", object.union({"containers": [_c]}, spec))

_account(namespace, fields) := object.union(
	{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "s", "namespace": namespace}},
	fields,
)

_found := [[run.name, concat(".", [sprintf("%v", [step]) | some step in run.place]), run.named] | some run in identities.judged]

test_named if {
	_found == [["s", "spec.serviceAccountName", true]] with input as testing.input_of([_pod({"serviceAccountName": "s"})])
	_found == [["s", "spec.serviceAccount", true]] with input as testing.input_of([_pod({
		"serviceAccount": "s",
		"serviceAccountName": "",
	})])
}

test_not_named if {
	_found == [["default", "spec.serviceAccountName", false]] with input as testing.input_of([_pod({"serviceAccountName": null})])
	_found == [] with input as testing.input_of([_object("v1", "Pod", {"containers": null})])
	_found == [] with input as testing.input_with([{"object": _pod({}), "partial": true}])
	_found == [] with input as testing.input_with([{"object": _pod({}), "context": true}])
	_found == [] with input as testing.input_of([_object("example.com/v1", "Runner", {"containers": [_c]})])
}

test_named_elsewhere if {
	_found == [["s", "spec.serviceAccountName", true]] with input as testing.input_of([_object(
		"tekton.dev/v1", "TaskRun",
		{"serviceAccountName": "s", "taskSpec": {"steps": [_c]}},
	)])
	_found == [["o", "spec.declarative.deployment", true]] with input as testing.input_of([_object(
		"kagent.dev/v1alpha2", "Agent",
		{"declarative": {"deployment": {"env": []}}},
	)])
}

test_subject if {
	subject := identities.subject(identities.judged[0]) with input as testing.input_of([_pod({})])
	subject == {"index": 0, "kind": "ServiceAccount", "name": "default", "namespace": "n", "id": "sa:n/default"}
}

_named := {"serviceAccountName": "s"}

_number := count(identities.accounts(identities.judged[0]))

test_accounts if {
	_number == 1 with input as testing.input_of([_pod(_named), _account("n", {}), _account("m", {})])
	_number == 1 with input as testing.input_of([_pod(_named), _account("", {})])
	_number == 1 with input as testing.input_of([object.remove(_pod(_named), ["metadata"]), _account("m", {})])
	_number == 0 with input as testing.input_of([_pod(_named)])
}

_answer := identities.token(identities.judged[0])

test_token if {
	_answer == "unknown" with input as testing.input_of([_pod(_named)])
	_answer == "yes" with input as testing.input_of([_pod(_named), _account("n", {})])
	_answer == "no" with input as testing.input_of([_pod(_named), _account("n", {"automountServiceAccountToken": false})])
	_answer == "yes" with input as testing.input_of([_pod(object.union(_named, {"automountServiceAccountToken": true}))])
	_answer == "no" with input as testing.input_of([_pod(object.union(_named, {"automountServiceAccountToken": false})), _account("n", {})])
}

test_token_of_a_sandbox_template if {
	template := _object(
		"extensions.agents.x-k8s.io/v1alpha1", "SandboxTemplate",
		{"podTemplate": {"spec": {"containers": [_c]}}},
	)
	_answer == "no" with input as testing.input_of([template])
}

_projected(source) := _pod({
	"automountServiceAccountToken": false,
	"volumes": [{"name": "t", "projected": {"sources": [{"serviceAccountToken": source}]}}],
})

test_projected_token if {
	_answer == "yes" with input as testing.input_of([_projected({"path": "t"})])
	_answer == "no" with input as testing.input_of([_projected({"path": "t", "audience": "vault"})])
}
