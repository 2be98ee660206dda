package portcullis.rules.agents["agent-secret-in-environment_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.agents["agent-secret-in-environment"] as rule

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

_found contains [entry.object, entry.variant, object.get(entry, "severity", "")] if some entry in rule.report

_env(items) := {"containers": [{"name": "c", "image": "i", "env": items}]}

_from(name, key) := {"name": name, "valueFrom": {"secretKeyRef": {"name": "s", "key": key}}}

test_variables if {
	_found == {[0, "secret-variable", "high"], [2, "whole-secret-as-variables", "high"], [3, "secret-variable", "medium"]}
		with input as testing.input_of([
			_pod("a", _marked, _env([_from("CRM", "k"), {"name": "X", "value": "y"}])),
			_pod("b", _marked, _env([_from("CRM_USER", "k"), _from("HOST", "host")])),
			_pod("c", _marked, {"containers": [{"name": "c", "image": "i", "envFrom": [{"secretRef": {"name": "s"}}, null]}]}),
			_pod("d", {}, _env([_from("OPENAI_API_KEY", "k")])),
			_pod("e", {}, _env([_from("CRM", "k")])),
		])
}

test_gateways if {
	params := {"agents/agent-secret-in-environment": {"gatewayHosts": ["gw.svc"]}}
	_found == {[0, "secret-variable", "medium"], [1, "secret-variable", "high"], [2, "secret-variable", "high"], [3, "secret-variable", "high"]}
		with data.settings.params as params
		with input as testing.input_of([
			_pod("a", _marked, _env([_from("OPENAI_API_KEY", "k"), _base("https://gw.svc:8443/v1")])),
			_pod("b", _marked, _env([_from("OPENAI_API_KEY", "k"), _base("https://other.svc")])),
			_pod("c", _marked, _env([_from("CRM", "k"), _base("https://gw.svc")])),
			_pod("d", _marked, _env([_from("OPENAI_API_KEY", "k"), _base(5), _base("gw.svc"), {"name": 5, "value": "https://gw.svc"}])),
		])
}

_base(url) := {"name": "OPENAI_BASE_URL", "value": url}

_template(policy) := {
	"apiVersion": "extensions.agents.x-k8s.io/v1beta1", "kind": "SandboxTemplate", "metadata": {"name": "t"},
	"spec": {"envVarsInjectionPolicy": policy},
}

test_templates if {
	_found == {[0, "claims-replace-variables", ""], [1, "claims-add-variables", ""]} with input as testing.input_of([
		_template("Overrides"),
		_template("Allowed"),
		_template("Disallowed"),
		_template(null),
	])
}

_claim(value, evidence) := {
	"object": {
		"apiVersion": "extensions.agents.x-k8s.io/v1beta1", "kind": "SandboxClaim", "metadata": {"name": "t"},
		"spec": {"env": [{"name": "API_TOKEN", "value": value}, {"name": "TASK", "value": value}, null]},
	},
	"evidence": evidence,
}

test_claims if {
	seen := [{"path": ["spec", "env", 0, "value"], "class": "likely"}]
	_found == {[0, "claim-carries-secret", "high"], [1, "claim-carries-secret", "critical"]} with input as testing.input_with([
		_claim("${API_TOKEN}", []),
		_claim("[redacted]", seen),
		_claim("", []),
		_claim("<your token>", []),
		_claim("dummy", []),
		_claim(5, []),
	])
}

test_odd_shapes if {
	_found == set() with input as testing.input_of(_odd)
}
