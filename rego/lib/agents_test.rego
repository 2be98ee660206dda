package portcullis.lib.agents_test

import data.portcullis.lib.agents
import data.portcullis.lib.testing

_owned(fields) if agents.owns({"object": fields, "namespace": "shop"})

test_kinds if {
	_owned({"apiVersion": "agents.x-k8s.io/v1beta1", "kind": "Sandbox"})
	_owned({"apiVersion": "kagent.dev/v1alpha2", "kind": "Agent"})
	not _owned({"apiVersion": "datadoghq.com/v1", "kind": "Agent"})
}

test_marks if {
	_owned({"kind": "Pod", "metadata": {"labels": {"app.kubernetes.io/component": "llm-agent"}}})
	_owned({"kind": "Pod", "metadata": {"annotations": {"portcullis/workload": "agent"}}})
	_owned({"kind": "Pod", "metadata": {"labels": {"kagent.dev/agent": "helper"}}})
	not _owned({"kind": "Pod", "metadata": {"name": "agent", "labels": {"app": "datadog-agent"}}})
}

_zone := {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "bots", "labels": {"portcullis/zone": "agents"}}}

test_zones if {
	agents.owns({"object": {"kind": "Pod"}, "namespace": "bots"}) with input as testing.input_of([_zone])
	not agents.owns({"object": {"kind": "Pod"}, "namespace": "shop"}) with input as testing.input_of([_zone])
}

_pod(labels, image, env) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "p", "namespace": "bots", "labels": labels},
	"spec": {"containers": [{"name": "c", "image": image, "env": env}]},
}

_deployment(labels, template) := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": "d", "namespace": "shop", "labels": labels},
	"spec": {"template": {"metadata": {"labels": template}, "spec": {"containers": [{"name": "c", "image": "i"}]}}},
}

_key := [{"name": "OPENAI_API_KEY"}]

_component(value) := {"app.kubernetes.io/component": value}

_confidences contains [pod.obj.id, pod.confidence] if some pod in agents.judged

test_what_says_so_is_certain if {
	_confidences == {[0, "certain"], [1, "certain"], [2, "certain"], [4, "certain"], [6, "certain"]} with input as testing.input_of([
		_deployment({"portcullis/workload": "agent"}, {}),
		_deployment({}, {"agents.x-k8s.io/claim-uid": "1"}),
		_deployment({}, _component("llm-agent")),
		_deployment({"app": "shop"}, null),
		{
			"apiVersion": "agents.x-k8s.io/v1beta1", "kind": "Sandbox", "metadata": {"name": "s"},
			"spec": {"podTemplate": {"spec": {"containers": []}}},
		},
		{"apiVersion": "kagent.dev/v1alpha2", "kind": "AgentHarness", "metadata": {"name": "h"}, "spec": null},
		{"apiVersion": "kagent.dev/v1alpha2", "kind": "Agent", "metadata": {"name": "a"}, "spec": {"type": "BYO"}},
	])
}

test_the_pods_of_an_agent_that_sets_nothing if {
	found := {pod.spec.path | some pod in agents.judged} with input as testing.input_of([
		{"apiVersion": "kagent.dev/v1alpha2", "kind": "Agent", "metadata": {"name": "a"}, "spec": {"type": "BYO"}},
		{"apiVersion": "kagent.dev/v1alpha2", "kind": "SandboxAgent", "metadata": {"name": "a"}},
	])
	found == {["spec", "byo", "deployment"], ["spec", "declarative", "deployment"]}
}

test_everything_under_the_profile if {
	found := _confidences with input as testing.input_of([_deployment({}, {})]) with data.settings.profile as "agents"
	found == {[0, "certain"]}
}

_select(list) := {"agents/agent-dedicated-identity": {"agentSelectors": list}}

test_selectors_of_the_user if {
	document := testing.input_of([_deployment({"team": "ai"}, {}), _deployment({"team": "web"}, {})])
	_confidences == {[0, "certain"]} with input as document with data.settings.params as _select([{"team": "ai"}])
	_confidences == set() with input as document with data.settings.params as _select([{}, "team", {"team": "ai", "app": "x"}])
	_confidences == set() with input as document with data.settings.params as _select(null)
}

test_a_zone_and_what_serves_it if {
	_confidences == {[1, "certain"]} with input as testing.input_of([
		_zone,
		_pod({}, "registry.example.com/helper:1", []),
		_pod({"app": "llm-gateway"}, "registry.example.com/g:1", _key),
		_pod({}, "ghcr.io/berriai/litellm:1", _key),
	])
}

test_agents_by_the_word_only if {
	_confidences == {[0, "probable"], [1, "certain"], [4, "certain"]} with input as testing.input_of([
		_pod(_component("agent"), "registry.example.com/agent:1", []),
		_pod(_component("agent"), "registry.example.com/agent:1", _key),
		object.union(_pod(_component("agent"), "registry.example.com/agent:1", []), {"kind": "DaemonSet", "apiVersion": "apps/v1"}),
		_pod({"app.kubernetes.io/component": "agent", "app": "jaeger"}, "jaeger/agent:1", []),
		_pod(_component("agent"), "registry.example.com/crewai-desk:1", []),
	])
}

test_is_agent if {
	agents.is_agent(input.objects[0], {"metadata": {}, "spec": {}, "path": ["spec"]})
		with input as testing.input_of([_pod({"portcullis/workload": "agent"}, "i", [])])
	not agents.is_agent(input.objects[0], {"metadata": {}, "spec": {}, "path": ["spec"]})
		with input as testing.input_of([_pod({}, "i", [])])
}

test_severities if {
	agents.severity({"confidence": "certain"}, "critical") == "critical"
	agents.severity({"confidence": "probable"}, "critical") == "high"
}
