package portcullis.lib.agent_identities_test

import data.portcullis.lib.agent_identities
import data.portcullis.lib.testing

_deployment(name, labels, spec) := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": name, "namespace": "n", "labels": labels},
	"spec": {"template": {
		"metadata": {"annotations": {"a": "b", "empty": ""}},
		"spec": object.union({"containers": [{"name": "c", "image": "i"}]}, spec),
	}},
}

_agent := {"portcullis/workload": "agent"}

_kagent(kind, deployment) := {
	"apiVersion": "kagent.dev/v1alpha2",
	"kind": kind,
	"metadata": {"name": "k", "namespace": "n"},
	"spec": {"type": "Declarative", "declarative": {"deployment": deployment}},
}

_shape contains [identity.run.name, identity.run.place, identity.app.name] if some identity in agent_identities.of_agents

test_of_agents if {
	_shape == {
		["default", ["spec", "template", "spec", "serviceAccountName"], "one"],
		["s", ["spec", "template", "spec", "serviceAccountName"], "x"],
		["k", ["spec", "declarative", "deployment"], "k"],
	} with input as testing.input_of([
		_deployment("one-canary", _agent, {}),
		_deployment("two", object.union(_agent, {"app": "x"}), {"serviceAccountName": "s"}),
		_deployment("three", {}, {"serviceAccountName": "s"}),
		_kagent("Agent", {}),
		_kagent("SandboxAgent", null),
		{"apiVersion": "kagent.dev/v1alpha2", "kind": "AgentHarness", "metadata": {"name": "h"}, "spec": {"env": []}},
	])
}

test_a_patch_says_nothing_of_its_account if {
	found := _shape with input as testing.input_with([{"object": _kagent("Agent", null), "partial": true}])
	found == set()
}

test_others if {
	found := {run.obj.name | some run in agent_identities.others} with input as testing.input_of([
		_deployment("one", _agent, {}),
		_deployment("two", {}, {}),
	])
	found == {"two"}
}

test_annotations if {
	document := testing.input_of([_deployment("one", _agent, {}), _kagent("Agent", {"annotations": {"a": "c", "n": 5}})])
	found := {key: values |
		some key in ["a", "empty", "n"]
		values := {agent_identities.annotation(identity, key) | some identity in agent_identities.of_agents}
	} with input as document
	found == {
		"a": {
			{"value": "b", "path": ["spec", "template", "metadata", "annotations", "a"]},
			{"value": "c", "path": ["spec", "declarative", "deployment", "annotations", "a"]},
		},
		"empty": {{}},
		"n": {{}},
	}
}

test_marks_of_accounts if {
	document := testing.input_of([
		_deployment("one", _agent, {"serviceAccountName": "s"}),
		_kagent("Agent", {"serviceAccountConfig": {"annotations": {"role": "r", "other": 5}}}),
		{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "s", "namespace": "n", "annotations": {"role": "q"}}},
	])
	found := {[mark.obj.id, mark.path, mark.value] |
		some identity in agent_identities.of_agents
		some key in ["role", "other"]
		some mark in agent_identities.account_marks(identity, key)
	} with input as document
	found == {
		[2, ["metadata", "annotations", "role"], "q"],
		[1, ["spec", "declarative", "deployment", "serviceAccountConfig", "annotations", "role"], "r"],
	}
}

test_cloud_annotations if count(agent_identities.cloud_annotations) == 3

# A chart whose parts differ in whether they write the namespace of the release out.
test_no_namespace_is_the_namespace_default if {
	found := {agent_identities.app({"namespace": namespace, "name": "one", "object": {}}, {"metadata": {}, "spec": {}}) |
		some namespace in ["", "default"]
	}
	count(found) == 1
	labelled := {agent_identities.app(
		{"namespace": namespace, "name": "one", "object": {}},
		{"metadata": {"labels": {"app": "two"}}, "spec": {}},
	) |
		some namespace in ["", "default", "n"]
	}
	count(labelled) == 2
}
