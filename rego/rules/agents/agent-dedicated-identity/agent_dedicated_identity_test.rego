package portcullis.rules.agents["agent-dedicated-identity_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.agents["agent-dedicated-identity"] as rule

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

_found contains [entry.variant, entry.severity, entry.path[count(entry.path) - 1]] if some entry in rule.report

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as testing.input_of([
		_pod("a", object.union(_marked, {"labels": {"app": "a"}}), {"serviceAccountName": "s"}),
		_pod("b", object.union(_marked, {"labels": {"app": "b"}}), {"serviceAccountName": "s"}),
	])
	{[entry.object, entry.args, entry.related] | some entry in report} == {
		[
			0,
			{"account": "s", "agent": "`a`", "other": "`b`", "role": ""},
			[{"object": 1, "path": ["spec", "serviceAccountName"], "label": "other"}],
		],
		[
			1,
			{"account": "s", "agent": "`b`", "other": "`a`", "role": ""},
			[{"object": 0, "path": ["spec", "serviceAccountName"], "label": "other"}],
		],
	}
}

test_the_account_default if {
	_found == {["default-account", "high", "serviceAccountName"]} with input as testing.input_of([_pod("default", _marked, {})])
	_found == {["default-account-without-token", "low", "serviceAccountName"]} with input as testing.input_of([_pod(
		"default",
		_marked,
		{"automountServiceAccountToken": false},
	)])
	probable := {"containers": [{"name": "c", "image": "i", "env": [{"name": "OPENAI_API_KEY"}]}]}
	_found == {["default-account", "medium", "serviceAccountName"]} with input as testing.input_of([_pod("default", {}, probable)])
	_found == set() with input as testing.input_of([_pod("default", {}, {})])
}

test_accounts_of_others if {
	_found == {["shared-with-workload", "medium", "serviceAccountName"]} with input as testing.input_of([
		_pod("s", _marked, {}),
		_pod("other", {}, {"serviceAccountName": "s"}),
	])
	hook := {"annotations": {"helm.sh/hook": "pre-install"}}
	_found == set() with input as testing.input_of([_pod("s", _marked, {}), _pod("other", hook, {"serviceAccountName": "s"})])
	_found == set() with input as testing.input_of([_pod("s", _marked, {}), _pod("s-canary", {}, {"serviceAccountName": "s"})])
}

test_roles if {
	vault := object.union(_marked, {"annotations": {"vault.hashicorp.com/role": "r"}})
	_found == {["shared-vault-role", "medium", "vault.hashicorp.com/role"]} with input as testing.input_of([_pod("a", vault, {}), _pod("b", vault, {})])
	_found == set() with input as testing.input_of([_pod("a", vault, {}), _pod("a-canary", vault, {"serviceAccountName": "b"})])
	_found == {["shared-account", "high", "serviceAccountName"]} with input as testing.input_of([
		_pod("a", vault, {"serviceAccountName": "s"}),
		_pod("b", vault, {"serviceAccountName": "s"}),
	])
}

_account(name, role) := {
	"apiVersion": "v1",
	"kind": "ServiceAccount",
	"metadata": {"name": name, "namespace": "n", "annotations": {"iam": role}},
}

test_cloud_roles if {
	params := {"agents/agent-dedicated-identity": {"identityAnnotations": ["iam", 5]}}
	pods := [{"object": _pod("a", _marked, {})}, {"object": _pod("b", _marked, {})}]
	both := array.concat(pods, [{"object": _account("a", "r")}, {"object": _account("b", "r")}])
	_found == {["shared-cloud-role", "medium", "iam"]} with input as testing.input_with(both) with data.settings.params as params
	others := array.concat(pods, [{"object": _account("a", "r"), "context": true}, {"object": _account("b", "r"), "context": true}])
	_found == set() with input as testing.input_with(others) with data.settings.params as params
	differ := array.concat(pods, [{"object": _account("a", "q")}, {"object": _account("b", "r")}])
	_found == set() with input as testing.input_with(differ) with data.settings.params as params
}

test_odd_shapes if {
	_found == {["default-account", "high", "serviceAccountName"]} with input as testing.input_of(_odd)
}
