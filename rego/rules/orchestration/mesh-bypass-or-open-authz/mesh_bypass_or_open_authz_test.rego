package portcullis.rules.orchestration["mesh-bypass-or-open-authz_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.orchestration["mesh-bypass-or-open-authz"] as rule

_found := {[one.object, one.variant, one.path, object.get(one, "severity", "")] | some one in rule.report}

_object(api_version, kind, metadata, spec) := {"apiVersion": api_version, "kind": kind, "metadata": metadata, "spec": spec}

_namespace(name, labels) := {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}

_pod(namespace, metadata, spec) := _object(
	"v1", "Pod",
	object.union({"name": "p", "namespace": namespace}, metadata),
	object.union({"containers": [{"name": "c", "image": "registry/app:1"}]}, spec),
)

_params(params) := {"orchestration/mesh-bypass-or-open-authz": params}

_meshed := _namespace("a", {"istio-injection": "enabled"})

_opt_out := {"labels": {"sidecar.istio.io/inject": "false"}}

_label := ["metadata", "labels", "sidecar.istio.io/inject"]

test_a_finding_as_the_host_gets_it if {
	found := rule.report with input as testing.input_of([_meshed, _pod("a", _opt_out, {})])
	found == {{
		"variant": "injection-disabled",
		"object": 1,
		"path": _label,
		"args": {"text": "sidecar.istio.io/inject: \"false\""},
		"severity": "medium",
	}}
}

test_who_stays_out if {
	_found == {
		[1, "injection-disabled", _label, "high"],
		[2, "injection-disabled", ["metadata", "annotations", "sidecar.istio.io/inject"], "medium"],
		[3, "injection-disabled", ["metadata", "labels", "istio.io/dataplane-mode"], "medium"],
		[4, "injection-disabled", ["metadata", "annotations", "linkerd.io/inject"], "low"],
		[5, "injection-disabled", _label, "medium"],
	} with input as testing.input_with([
		{"object": _meshed},
		{"object": _pod("a", {"labels": {"sidecar.istio.io/inject": false, "portcullis/workload": "agent"}}, {})},
		{"object": _pod("a", {"annotations": {"sidecar.istio.io/inject": "false"}, "labels": null}, {})},
		{"object": _pod("a", {"labels": {"istio.io/dataplane-mode": "none"}}, {})},
		{"object": _pod("b", {"annotations": {"linkerd.io/inject": "disabled"}}, {})},
		{"object": _pod("b", object.union(_opt_out, {"labels": {"app.kubernetes.io/component": "ai-agent"}}), {})},
		{"object": _pod("a", _opt_out, {"hostNetwork": true})},
		{"object": _pod("a", _opt_out, {"restartPolicy": "Never"})},
		{"object": _pod("istio-system", _opt_out, {})},
		{"object": _pod("a", _opt_out, {}), "context": true},
		{"object": _namespace("c", {})},
		{"object": _pod("c", _opt_out, {})},
		{"object": _pod("a", {"labels": "x", "annotations": ["y"]}, {})},
	])
}

test_allowed_ways_around if {
	objects := [_meshed, _pod("a", _opt_out, {})]
	counts := [number |
		some allowed in [["p"], ["a/p"], ["app:"], ["b/p", 5, null], "p"]
		number := count(_found) with input as testing.input_of(objects) with data.settings.params as _params({"bypassAllowed": allowed})
	]
	counts == [0, 0, 0, 1, 1]
}

_ports := [
	{"containerPort": 8080},
	{"containerPort": 9090, "name": "metrics"},
	{"containerPort": "x"},
	{"containerPort": 7000, "name": 7},
	null,
]

_excluded(key, value) := _pod("a", {"annotations": {key: value}}, {"containers": [{"name": "c", "image": "i", "ports": _ports}]})

test_exclusions if {
	istio := "traffic.sidecar.istio.io/"
	cases := {
		[concat("", [istio, "excludeInboundPorts"]), "80, 8000-8999"]: "port 8080 of the workload itself",
		[concat("", [istio, "excludeInboundPorts"]), "*"]: "port 7000 of the workload itself",
		[concat("", [istio, "excludeInboundPorts"]), "9090"]: null,
		[concat("", [istio, "excludeInboundPorts"]), "eighty"]: null,
		[concat("", [istio, "excludeInboundPorts"]), 8080]: null,
		[concat("", [istio, "excludeOutboundPorts"]), "8200"]: "port 8200 of the secret store",
		["config.linkerd.io/skip-outbound-ports", "8000-8300"]: "port 8200 of the secret store",
		["config.linkerd.io/skip-inbound-ports", "8080"]: "port 8080 of the workload itself",
		[concat("", [istio, "excludeOutboundPorts"]), "443"]: null,
		[concat("", [istio, "excludeOutboundIPRanges"]), "1.2.3.4/32, 0.0.0.0/0"]: "all addresses of the cluster",
		[concat("", [istio, "excludeOutboundIPRanges"]), "1.2.3.4/32"]: null,
		[concat("", [istio, "includeInboundPorts"]), ""]: "all ports",
		[concat("", [istio, "includeOutboundIPRanges"]), "10.0.0.0/8"]: null,
	}
	wrong := {[key, value, found] |
		some [key, value], what in cases
		found := {one.args.what | some one in rule.report} with input as testing.input_of([_meshed, _excluded(key, value)])
		found != {what} - {null}
	}
	wrong == set()
	excluded := _excluded("traffic.sidecar.istio.io/excludeInboundPorts", "*")
	_found == set() with input as testing.input_of([_namespace("a", {}), excluded])
	_found == set() with input as testing.input_of([_meshed, excluded]) with data.settings.params as _params({"bypassAllowed": ["p"]})
	_found == set() with input as testing.input_with([{"object": excluded, "context": true}])
}

_rule(namespace, host, tls) := _object(
	"networking.istio.io/v1", "DestinationRule", {"name": "d", "namespace": namespace},
	{"host": host, "trafficPolicy": {"tls": tls}},
)

test_hosts if {
	severities := {host: found |
		some host in [
			"tool", "tool.a.svc.cluster.local", "tool.a.svc", "*.local", "*", "*.svc.cluster.local", "*.b.svc.cluster.local",
			"tool.unknown.svc.cluster.local", "tool.outside.svc.cluster.local", "tool.b", "example.com", "api.example.com",
			"kubernetes.default.svc", 5,
		]
		found := {one[3] | some one in _found} with input as testing.input_of([
			_namespace("b", {"istio.io/rev": "x"}),
			_namespace("outside", {}),
			_rule("a", host, {"mode": "DISABLE"}),
		])
	}
	severities == {
		"tool": {"high"},
		"tool.a.svc.cluster.local": {"high"},
		"tool.a.svc": {"high"},
		"*.local": {"high"},
		"*": {"high"},
		"*.svc.cluster.local": {"high"},
		"*.b.svc.cluster.local": {"high"},
		"tool.unknown.svc.cluster.local": {"medium"},
		"tool.outside.svc.cluster.local": set(),
		"tool.b": {"high"},
		"example.com": set(),
		"api.example.com": set(),
		"kubernetes.default.svc": set(),
		5: {"medium"},
	}
	_found == set() with input as testing.input_of([_namespace("a", {}), _rule("a", "tool", {"mode": "DISABLE"})])
}

_tls := ["spec", "trafficPolicy", "tls"]

test_certificates if {
	_found == {
		[0, "verification-skipped", array.concat(_tls, ["insecureSkipVerify"]), ""],
		[1, "ca-missing", array.concat(_tls, ["mode"]), ""],
		[2, "verification-skipped", array.concat(_tls, ["insecureSkipVerify"]), ""],
	} with input as testing.input_with([
		{"object": _rule("a", "api.example.com", {"mode": "SIMPLE", "insecureSkipVerify": "true"})},
		{"object": _rule("a", "db.b.svc", {"mode": "SIMPLE", "caCertificates": ""})},
		{"object": _rule("a", "db.b.svc", {"mode": "SIMPLE", "insecureSkipVerify": true})},
		{"object": _rule("a", "db.b.svc", {"mode": "SIMPLE", "credentialName": "ca"})},
		{"object": _rule("a", "db.b.svc", {"mode": "SIMPLE"}), "partial": true},
		{"object": _rule("a", "db.b.svc", null)},
		{"object": _object("example.com/v1", "DestinationRule", {"name": "d"}, {"trafficPolicy": {"tls": {"insecureSkipVerify": true}}})},
		{"object": _object("networking.istio.io/v1", "DestinationRule", {"name": "d"}, null)},
	])
}

test_settings_of_ports_and_subsets if {
	spec := {
		"host": "tool",
		"trafficPolicy": {"portLevelSettings": [null, {"tls": {"mode": "DISABLE"}}]},
		"subsets": [null, {"trafficPolicy": {"portLevelSettings": [{"tls": {"mode": "DISABLE"}}]}}],
	}
	_found == {
		[0, "tls-disabled", ["spec", "trafficPolicy", "portLevelSettings", 1, "tls", "mode"], "high"],
		[0, "tls-disabled", ["spec", "subsets", 1, "trafficPolicy", "portLevelSettings", 0, "tls", "mode"], "high"],
	} with input as testing.input_of([_object("networking.istio.io/v1", "DestinationRule", {"name": "d", "namespace": "a"}, spec)])
}

_policy(metadata, spec) := _object("security.istio.io/v1", "AuthorizationPolicy", object.union({"name": "p", "namespace": "a"}, metadata), spec)

_first := ["spec", "rules", 0]

test_open_rules if {
	_found == {
		[0, "allow-all", _first, "high"],
		[1, "allow-all", _first, "high"],
		[2, "allow-all", _first, "low"],
		[3, "allow-all", _first, "low"],
	} with input as testing.input_of([
		_policy({}, {"rules": [{}, null, "x", {"to": [{"operation": {"methods": ["GET"]}}]}]}),
		_policy({}, {"action": "ALLOW", "rules": [{"from": [], "when": null}]}),
		_policy({}, {"selector": {"matchLabels": {"app": "istio-ingressgateway"}}, "rules": [{}]}),
		_policy({}, {"targetRefs": [null, {"kind": "Gateway", "name": "g"}], "rules": [{}]}),
		_policy({}, {"action": "DENY", "rules": [{}]}),
		_policy({"annotations": {"istio.io/dry-run": "true"}}, {"rules": [{}]}),
		_policy({}, {}),
		_policy({}, null),
		_object("policy.linkerd.io/v1alpha1", "AuthorizationPolicy", {"name": "l"}, {"rules": [{}]}),
	])
}

test_any_identity if {
	path := array.concat(_first, ["from", 0, "source", "principals", 1])
	from := [{"source": {"principals": ["x", "*"], "namespaces": []}}]
	_found == {
		[0, "any-identity", path, "medium"],
		[1, "any-identity", path, "low"],
		[4, "any-identity", ["spec", "identities", 0], "medium"],
	} with input as testing.input_of([
		_policy({}, {"rules": [{"from": from}]}),
		_policy({}, {"rules": [{"from": from, "to": [{"operation": {"paths": ["/"]}}]}]}),
		_policy({}, {"rules": [{"from": from, "when": [{"key": "request.auth.claims[iss]", "values": ["x"]}]}]}),
		_policy({}, {"rules": [{"from": [null, {"source": {"principals": ["*"], "namespaces": ["a"]}}]}]}),
		_object("policy.linkerd.io/v1alpha1", "MeshTLSAuthentication", {"name": "l"}, {"identities": ["*"]}),
		_object("example.com/v1", "MeshTLSAuthentication", {"name": "l"}, {"identities": ["*"]}),
	])
}

_agent := _pod("a", {"labels": {"portcullis/workload": "agent"}}, {})

test_agents_without_authorization if {
	place := [1, "no-authorization", ["metadata", "namespace"], "info"]
	_found == {place} with input as testing.input_of([_meshed, _agent]) with data.settings.profile as "strict"
	_found == {place} with input as testing.input_of([_meshed, _agent]) with data.settings.profile as "agents"
	_found == set() with input as testing.input_of([_meshed, _agent])
	_found == {[1, "no-authorization", ["metadata", "namespace"], "low"]} with input as testing.input_of([_meshed, _agent])
		with data.settings.profile as "strict"
		with data.settings.completeness as "full"
	_found == set() with input as testing.input_of([_meshed, _agent, _policy({}, {})]) with data.settings.profile as "strict"
	root := _policy({"namespace": "istio-system"}, {})
	_found == set() with input as testing.input_of([_meshed, _agent, root]) with data.settings.profile as "strict"
	_found == set() with input as testing.input_of([_agent]) with data.settings.profile as "strict"
	_found == {[0, "no-authorization", ["metadata", "namespace"], "info"]} with input as testing.input_of([_agent])
		with data.settings.params as _params({"requireAuthz": true})
	_found == set() with input as testing.input_of([_namespace("a", {}), _agent]) with data.settings.params as _params({"requireAuthz": true})
}

test_ways_out if {
	sidecar := _object("networking.istio.io/v1", "Sidecar", {"name": "s", "namespace": "a"}, {"outboundTrafficPolicy": {"mode": "ALLOW_ANY"}})
	_found == {[0, "outbound-allow-any", ["spec", "outboundTrafficPolicy", "mode"], ""]} with input as testing.input_of([sidecar, _agent])
	_found == {[1, "outbound-allow-any", ["spec", "outboundTrafficPolicy", "mode"], ""]} with input as testing.input_of([
		_namespace("a", {"portcullis/zone": "agents"}),
		sidecar,
	])
	_found == set() with input as testing.input_of([sidecar])
}
