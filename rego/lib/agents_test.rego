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

test_zones if {
	zone := {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "bots", "labels": {"portcullis/zone": "agents"}}}
	agents.owns({"object": {"kind": "Pod"}, "namespace": "bots"}) with input as testing.input_of([zone])
	not agents.owns({"object": {"kind": "Pod"}, "namespace": "shop"}) with input as testing.input_of([zone])
}
