package portcullis.rules.agents["agent-declaration-incomplete_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.agents["agent-declaration-incomplete"] as rule

_pod(name, metadata, spec) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": object.union({"name": name, "namespace": "n"}, metadata),
	"spec": object.union({"serviceAccountName": name, "containers": [{"name": "c", "image": "i"}]}, spec),
}

_marked := {"labels": {"portcullis/workload": "agent"}}

# Shapes that the API server refuses, and the host hands over all the same.
_odd := [
	{"apiVersion": "v1", "kind": "Pod", "metadata": null, "spec": null},
	{"apiVersion": "v1", "kind": "Pod", "metadata": {"labels": {"portcullis/workload": "agent"}}, "spec": {"containers": "c", "volumes": {}}},
	{
		"apiVersion": "v1", "kind": "Pod", "metadata": {"labels": {"portcullis/workload": "agent"}, "annotations": []},
		"spec": {"containers": [null, {"name": 5, "image": 5, "env": [null, {"name": 5}], "resources": 5, "securityContext": 5}], "volumes": [null, 5]},
	},
	{"apiVersion": "agents.x-k8s.io/v1beta1", "kind": "Sandbox", "spec": {"podTemplate": null}},
	{"apiVersion": "extensions.agents.x-k8s.io/v1beta1", "kind": "SandboxTemplate", "spec": 5},
	{"apiVersion": "extensions.agents.x-k8s.io/v1beta1", "kind": "SandboxClaim", "spec": {"env": {"a": "b"}}},
	{"apiVersion": "kagent.dev/v1alpha2", "kind": "AgentHarness", "spec": {"env": null, "network": 5}},
	{"apiVersion": "kagent.dev/v1alpha2", "kind": "RemoteMCPServer", "spec": {"url": null, "headersFrom": 5}},
	{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"annotations": 5}},
	{"apiVersion": "v1", "kind": "ConfigMap", "data": "prompt"},
	{"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "spec": {"podSelector": 5, "policyTypes": "Egress", "egress": "all"}},
	{"apiVersion": "cilium.io/v2", "kind": "CiliumNetworkPolicy", "spec": {"endpointSelector": null, "egress": [null, 5]}},
]

_found contains [entry.object, entry.variant, entry.severity, entry.args] if {
	some entry in rule.report
	entry.variant != "labels-missing"
}

_container(fields) := {"containers": [object.union({"name": "c", "resources": {"limits": {"memory": "1Gi", "cpu": 1}}}, fields)]}

test_images if {
	document := testing.input_of([_pod("a", _marked, _container({"image": "a"})), _pod("b", _marked, _container({"image": "a:1"}))])
	floating := [0, "floating-image", "medium", {"image": "a"}]
	_found == {floating, [1, "image-without-digest", "info", {"image": "a:1"}]} with input as document
	low := {floating, [1, "image-without-digest", "low", {"image": "a:1"}]}
	_found == low with input as document with data.settings.profile as "strict"
	_found == low with input as document with data.settings.params as {"agents/agent-declaration-incomplete": {"strict": true}}
	_found == low with input as document
		with data.settings.profile as "strict"
		with data.settings.params as {"agents/agent-declaration-incomplete": {"strict": true}}
}

_digest := "a@sha256:00"

test_limits if {
	_found == {
		[0, "no-limits", "low", {"missing": "memory and cpu"}],
		[1, "no-limits", "info", {"missing": "cpu"}],
	} with input as testing.input_of([
		_pod("a", _marked, {"containers": [{"name": "c", "image": _digest}]}),
		_pod("b", _marked, {"containers": [{"name": "c", "image": _digest, "resources": {"limits": {"memory": "1Gi"}}}]}),
	])
}

test_replicas_and_sources if {
	deployment := {
		"apiVersion": "apps/v1", "kind": "Deployment", "metadata": object.union({"name": "d"}, _marked),
		"spec": {"template": {"spec": _container({"image": _digest, "args": ["op read x"]})}},
	}
	_found == {
		[0, "no-replicas", "info", {}],
		[0, "hidden-secret-source", "low", {"program": "op", "annotation": "portcullis/allowed-secrets"}],
	} with input as testing.input_of([deployment])
}

test_labels if {
	named := object.union(_marked, {"labels": {"app.kubernetes.io/name": "a"}})
	report := rule.report with input as testing.input_of([_pod("a", named, _container({"image": _digest}))])
	report == {{
		"variant": "labels-missing",
		"severity": "info",
		"object": 0,
		"path": ["metadata", "labels"],
		"args": {"missing": "`app.kubernetes.io/version`, `app.kubernetes.io/part-of`"},
	}}
}

test_odd_shapes if {
	_found == {[2, "no-limits", "low", {"missing": "memory and cpu"}]} with input as testing.input_of(_odd)
}
