package portcullis.rules.orchestration["mtls-not-strict_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.orchestration["mtls-not-strict"] as rule

_found := {[one.object, one.variant, one.path, object.get(one, "severity", "")] | some one in rule.report}

_object(api_version, kind, metadata, spec) := {"apiVersion": api_version, "kind": kind, "metadata": metadata, "spec": spec}

_policy(namespace, spec) := _object("security.istio.io/v1", "PeerAuthentication", {"name": "p", "namespace": namespace}, spec)

_namespace(name, labels) := {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}

_pod(namespace, metadata) := _object("v1", "Pod", object.union({"name": "p", "namespace": namespace}, metadata), {"containers": [{"name": "c", "image": "i"}]})

_selector := {"matchLabels": {"a": "b"}}

_mode := ["spec", "mtls", "mode"]

_params(params) := {"orchestration/mtls-not-strict": params}

test_a_finding_as_the_host_gets_it if {
	found := rule.report with input as testing.input_of([_policy("a", {"mtls": {"mode": "PERMISSIVE"}})])
	found == {{"variant": "plaintext-accepted", "object": 0, "path": _mode, "args": {"mode": "PERMISSIVE"}}}
}

test_modes if {
	_found == {
		[1, "plaintext-accepted", _mode, ""],
		[3, "inherits-nothing", _mode, "info"],
		[4, "inherits-nothing", _mode, "info"],
		[5, "inherits-nothing", _mode, "info"],
	} with input as testing.input_with([
		{"object": _policy("a", {"mtls": {"mode": "STRICT"}})},
		{"object": _policy("a", {"selector": _selector, "mtls": {"mode": "DISABLE"}})},
		{"object": _policy("a", {"selector": _selector, "mtls": null})},
		{"object": _policy("b", {"mtls": "x"})},
		{"object": _object("security.istio.io/v1", "PeerAuthentication", {"name": "p", "namespace": "c"}, null)},
		{"object": {"apiVersion": "security.istio.io/v1", "kind": "PeerAuthentication"}},
		{"object": _policy("d", {}), "partial": true},
		{"object": _policy("e", {}), "context": true},
		{"object": _object("example.com/v1", "PeerAuthentication", {"name": "p"}, {"mtls": {"mode": "PERMISSIVE"}})},
	])
}

test_parents if {
	_found == set() with input as testing.input_of([
		_policy("istio-system", {"mtls": {"mode": "STRICT"}}),
		_policy("a", {}),
		_policy("b", {"selector": _selector}),
	])
	_found == {[0, "inherits-nothing", _mode, "medium"]} with input as testing.input_of([_policy("istio-system", {}), _policy("a", {})])
	_found == {[0, "inherits-nothing", _mode, "medium"]} with input as testing.input_of([_policy("a", {})]) with data.settings.completeness as "full"
	_found == {
		[0, "selector-in-root", ["spec", "selector"], ""],
		[1, "inherits-nothing", _mode, "info"],
	} with input as testing.input_of([_policy("istio-system", {"selector": _selector, "mtls": {"mode": "STRICT"}}), _policy("a", {})])
}

test_ambient if {
	_found == {
		[1, "ambient-disable", _mode, ""],
		[2, "plaintext-accepted", _mode, ""],
	} with input as testing.input_of([
		_namespace("a", {"istio.io/dataplane-mode": "ambient"}),
		_policy("a", {"mtls": {"mode": "DISABLE"}}),
		_policy("a", {"mtls": {"mode": "PERMISSIVE"}}),
	])
}

test_ports if {
	ports := {"80": {"mode": "DISABLE"}, "81": {"mode": "STRICT"}, "82": null, "83": {"mode": "PERMISSIVE"}}
	objects := [
		_policy("a", {"selector": _selector, "mtls": {"mode": "STRICT"}, "portLevelMtls": ports}),
		_policy("a", {"mtls": {"mode": "STRICT"}, "portLevelMtls": ports}),
		_policy("a", {"selector": _selector, "mtls": {"mode": "STRICT"}, "portLevelMtls": "x"}),
		_policy("a", {"selector": _selector, "mtls": {"mode": "STRICT"}, "portLevelMtls": null}),
	]
	_found == {
		[0, "port-plaintext", ["spec", "portLevelMtls", "80", "mode"], ""],
		[1, "port-without-selector", ["spec", "portLevelMtls"], ""],
	} with input as testing.input_of(objects) with data.settings.params as _params({"plaintextPorts": [83]})
}

test_namespaces_without_a_policy if {
	_found == {
		[0, "no-policy", ["metadata", "labels", "istio-injection"], "info"],
		[3, "no-policy", ["metadata", "labels", "sidecar.istio.io/inject"], "info"],
		[4, "no-policy", ["metadata", "labels", "istio.io/rev"], "info"],
	} with input as testing.input_with([
		{"object": _namespace("a", {"istio-injection": "enabled"})},
		{"object": _pod("a", {})},
		{"object": _namespace("empty", {"istio-injection": "enabled"})},
		{"object": _pod("unknown", {"labels": {"sidecar.istio.io/inject": "true"}})},
		{"object": _pod("revision", {"labels": {"istio.io/rev": "stable"}})},
		{"object": _namespace("covered", {"istio.io/rev": "x"})},
		{"object": _pod("covered", {})},
		{"object": _policy("covered", {"mtls": {"mode": "STRICT"}})},
		{"object": _namespace("elsewhere", {"istio.io/rev": "x"}), "context": true},
		{"object": _pod("elsewhere", {"labels": {"sidecar.istio.io/inject": true}})},
		{"object": _namespace("outside", null)},
		{"object": _pod("outside", {"labels": null})},
		{"object": _pod("other", {"labels": {"sidecar.istio.io/inject": "true"}}), "context": true},
	])
	_found == set() with input as testing.input_of([
		_namespace("a", {"istio-injection": "enabled"}),
		_pod("a", {}),
		_policy("istio-system", {"mtls": {"mode": "STRICT"}}),
	])
	_found == set() with input as testing.input_of([
		_namespace("a", {"istio-injection": "enabled"}),
		_pod("a", {}),
		_policy("", {"mtls": {"mode": "STRICT"}}),
	])
}

_key := "config.linkerd.io/default-inbound-policy"

test_linkerd if {
	annotations := {_key: "all-unauthenticated"}
	_found == {
		[0, "open-inbound-default", ["metadata", "annotations", _key], "high"],
		[1, "open-inbound-default", ["metadata", "annotations", _key], "medium"],
		[2, "open-inbound-default", ["metadata", "annotations", _key], "high"],
		[3, "open-inbound-default", ["spec", "accessPolicy"], "medium"],
	} with input as testing.input_with([
		{"object": {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "a", "annotations": annotations, "labels": {"portcullis/zone": "agents"}}}},
		{"object": _pod("b", {"annotations": annotations})},
		{"object": _pod("c", {"annotations": annotations, "labels": {"app.kubernetes.io/component": "ai-agent"}})},
		{"object": _object("policy.linkerd.io/v1beta3", "Server", {"name": "s", "namespace": "b"}, {"accessPolicy": "audit"})},
		{"object": _object("policy.linkerd.io/v1beta3", "Server", {"name": "s"}, null)},
		{"object": _object("example.com/v1", "Server", {"name": "s"}, {"accessPolicy": "audit"})},
		{"object": _pod("d", {"annotations": {_key: "deny"}})},
		{"object": _pod("d", {"annotations": {_key: 1}})},
		{"object": _pod("d", {"annotations": annotations}), "context": true},
	])
}

test_the_zone_of_agents if {
	_found == {[2, "open-inbound-default", ["spec", "template", "metadata", "annotations", _key], "high"]} with input as testing.input_of([
		_namespace("a", {"portcullis/zone": "agents"}),
		_object("policy.linkerd.io/v1beta3", "Server", {"name": "s", "namespace": "a"}, {"accessPolicy": "deny"}),
		_object("apps/v1", "Deployment", {"name": "d", "namespace": "b"}, {"template": {
			"metadata": {"labels": {"portcullis/workload": "agent"}, "annotations": {_key: "audit"}},
			"spec": {"containers": []},
		}}),
	])
}

_release(spec) := _object(
	"helm.toolkit.fluxcd.io/v2", "HelmRelease", {"name": "l"},
	object.union({"chart": {"spec": {"chart": "linkerd-control-plane"}}}, spec),
)

test_the_chart_of_linkerd if {
	_found == {
		[0, "open-inbound-default", ["spec", "values", "proxy", "defaultInboundPolicy"], "medium"],
		[1, "open-inbound-default", ["spec", "values", "proxy", "defaultInboundPolicy"], "medium"],
		[2, "open-inbound-default", ["spec", "values", "policyController", "defaultAllowPolicy"], "medium"],
	} with input as testing.input_of([
		_release({}),
		_release({"values": {"proxy": {"defaultInboundPolicy": "audit"}}}),
		_release({"values": {"policyController": {"defaultAllowPolicy": "cluster-unauthenticated"}}}),
		_release({"values": {"policyController": {"defaultAllowPolicy": "deny"}}}),
		_release({"valuesFrom": [{"kind": "Secret", "name": "x"}]}),
	])
}

_consul := "consul.hashicorp.com/v1alpha1"

test_other_meshes if {
	objects := [
		_object(_consul, "ProxyDefaults", {"name": "global"}, {"mutualTLSMode": "Permissive"}),
		_object(_consul, "ServiceDefaults", {"name": "s"}, {"mutualTLSMode": null}),
		_object(_consul, "Mesh", {"name": "mesh"}, {"allowEnablingPermissiveMutualTLS": true}),
		_object("kuma.io/v1alpha1", "Mesh", {"name": "m"}, {"mtls": {"backends": [null, {"mode": 1}, {"mode": "PERMISSIVE"}]}}),
		_object("kuma.io/v1alpha1", "MeshTLS", {"name": "m"}, {"from": [{"default": {"mode": "Permissive"}}]}),
		_object("cilium.io/v2", "CiliumNetworkPolicy", {"name": "c"}, {"egress": [null, {"authentication": {"mode": "disabled"}}]}),
		{"apiVersion": "cilium.io/v2", "kind": "CiliumClusterwideNetworkPolicy", "specs": [null, {"ingress": [{"authentication": {"mode": "disabled"}}]}]},
	]
	all_of_them := {
		[0, "plaintext-accepted", ["spec", "mutualTLSMode"], ""],
		[2, "permissive-allowed", ["spec", "allowEnablingPermissiveMutualTLS"], ""],
		[3, "plaintext-accepted", ["spec", "mtls", "backends", 2, "mode"], ""],
		[4, "plaintext-accepted", ["spec", "from", 0, "default", "mode"], ""],
		[5, "authentication-disabled", ["spec", "egress", 1, "authentication", "mode"], ""],
		[6, "authentication-disabled", ["specs", 1, "ingress", 0, "authentication", "mode"], ""],
	}
	_found == all_of_them with input as testing.input_of(objects)
	_found == set() with input as testing.input_of(objects) with data.settings.params as _params({"mesh": "istio"})
	_found == {one | some one in all_of_them; one[0] > 4} with input as testing.input_of(objects) with data.settings.params as _params({"mesh": "cilium"})
}

test_one_mesh_only if {
	objects := [_policy("a", {"mtls": {"mode": "PERMISSIVE"}}), _pod("b", {"annotations": {_key: "audit"}})]
	counts := [number |
		some mesh in ["istio", "linkerd", "cilium", "none", "auto"]
		number := count(_found) with input as testing.input_of(objects) with data.settings.params as _params({"mesh": mesh})
	]
	counts == [1, 1, 0, 0, 2]
}
