package portcullis.rules.rotation["certificate-renewal_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rotation["certificate-renewal"] as rule

_facts := {
	"durations": {
		"10s": {"go": 10},
		"1h": {"go": 3600},
		"20m": {"go": 1200},
		"2h": {"go": 7200},
		"24h": {"go": 86400},
		"2160h": {"go": 7776000},
		"9000h": {"go": 32400000},
		"87600h": {"go": 315360000},
	},
	"schedules": {},
	"times": {},
	"windows": [
		{"object": 0, "path": ["spec", "renewal", "windows"], "longestOpen": 3600, "longestClosed": 7000000},
		{"object": 1, "path": ["spec", "renewal", "windows"], "longestOpen": 3600, "longestClosed": 80000},
		{"object": 2, "path": ["spec", "renewal", "windows"], "longestOpen": 3600, "longestClosed": 800000},
	],
}

_certificate(spec) := {
	"apiVersion": "cert-manager.io/v1",
	"kind": "Certificate",
	"metadata": {"name": "api", "namespace": "shop"},
	"spec": object.union({"secretName": "api-tls"}, spec),
}

_ingress(annotations) := {
	"apiVersion": "networking.k8s.io/v1",
	"kind": "Ingress",
	"metadata": {
		"name": "shop",
		"namespace": "shop",
		"annotations": {concat("/", ["cert-manager.io", name]): value | some name, value in annotations},
	},
}

_pod(volume) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "web"},
	"spec": {"containers": [{"name": "web", "image": "web"}], "volumes": [volume]},
}

_in(entries) := testing.with_facts(testing.input_with(entries), _facts)

_objects(objects) := _in([{"object": one} | some one in objects])

_found(report) := {[one.object, one.variant, one.path[count(one.path) - 1]] | some one in report}

test_a_finding_as_the_host_gets_it if {
	found := rule.report with input as _objects([_certificate({"duration": "9000h"})])
	found == {{
		"variant": "lifetime-too-long",
		"object": 0,
		"path": ["spec", "duration"],
		"args": {"lifetime": "375 days", "limit": "90 days"},
	}}
}

test_renewal_and_keys if {
	found := rule.report with input as _objects([
		_certificate({"renewal": {"policy": "Disabled"}, "privateKey": {"rotationPolicy": "Never"}}),
		_certificate({"privateKey": {"rotationPolicy": "Always", "algorithm": "RSA"}, "isCA": true, "duration": "9000h"}),
		_certificate({"privateKey": {"algorithm": "RSA", "size": 4096}, "isCA": true, "duration": "87600h"}),
	])
	_found(found) == {
		[0, "renewal-disabled", "policy"],
		[0, "key-reused", "rotationPolicy"],
		[1, "weak-key-long-life", "algorithm"],
		[2, "lifetime-too-long", "duration"],
	}
}

test_when_renewal_begins if {
	found := rule.report with input as _objects([
		_certificate({"duration": "2160h", "renewBefore": "2h"}),
		_certificate({"duration": "1h", "renewBefore": "20m"}),
		_certificate({"duration": "1h", "renewBefore": "1h"}),
		_certificate({"duration": "1h", "renewBefore": "10s"}),
		_certificate({"duration": "90d", "renewBefore": 30}),
		_certificate({"renewBefore": "24h", "renewBeforePercentage": 50}),
		_certificate({"renewBeforePercentage": 0}),
		_certificate({"renewBeforePercentage": "100"}),
		_certificate({"renewBeforePercentage": "half"}),
		_certificate({"duration": null, "renewBefore": ""}),
	])
	_found(found) == {
		[0, "renews-too-late", "renewBefore"],
		[2, "renews-constantly", "renewBefore"],
		[3, "renews-too-late", "renewBefore"],
		[4, "duration-unreadable", "duration"],
		[4, "duration-unreadable", "renewBefore"],
		[5, "renewal-ambiguous", "renewBeforePercentage"],
		[6, "percentage-invalid", "renewBeforePercentage"],
		[7, "percentage-invalid", "renewBeforePercentage"],
		[8, "percentage-invalid", "renewBeforePercentage"],
	}
}

test_windows if {
	windows := {"policy": "RenewBefore", "windows": [{"cron": "0 2 * * *", "windowDuration": "1h"}]}
	found := rule.report with input as _objects([
		_certificate({"renewal": windows}),
		_certificate({"renewal": windows, "renewBefore": "24h"}),
		_certificate({"renewal": windows, "renewBeforePercentage": 10}),
		_certificate({"renewal": object.remove(windows, ["policy"])}),
	])
	_found(found) == {
		[0, "windows-too-narrow", "windows"],
		[2, "windows-too-narrow", "windows"],
		[3, "windows-without-policy", "windows"],
		[3, "windows-unreadable", "windows"],
	}
}

test_annotations if {
	gateway := object.union(_ingress({"renew-before": "10s"}), {
		"apiVersion": "gateway.networking.k8s.io/v1",
		"kind": "Gateway",
	})
	found := rule.report with input as _objects([
		_ingress({
			"duration": "9000h",
			"renew-before-percentage": "33",
			"private-key-rotation-policy": "Never",
			"private-key-algorithm": "RSA",
			"private-key-size": "2048",
		}),
		gateway,
		{"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"annotations": {"a": "b"}}},
	])
	_found(found) == {
		[0, "lifetime-too-long", "cert-manager.io/duration"],
		[0, "key-reused", "cert-manager.io/private-key-rotation-policy"],
		[0, "weak-key-long-life", "cert-manager.io/private-key-algorithm"],
		[1, "renews-too-late", "cert-manager.io/renew-before"],
	}
}

test_volumes if {
	found := rule.report with input as _objects([
		_pod({"name": "tls", "csi": {"driver": "csi.cert-manager.io", "volumeAttributes": {
			"csi.cert-manager.io/duration": "9000h",
			"csi.cert-manager.io/reuse-private-key": "true",
		}}}),
		_pod({"name": "id", "projected": {"sources": [
			{"podCertificate": {"maxExpirationSeconds": 604800}},
			{"podCertificate": {"maxExpirationSeconds": 3600}},
			{"podCertificate": {"maxExpirationSeconds": "604800"}},
			{"serviceAccountToken": {"path": "token"}},
		]}}),
	])
	{[one.object, one.variant, one.path] | some one in found} == {
		[0, "lifetime-too-long", _attribute("duration")],
		[0, "key-reused", _attribute("reuse-private-key")],
		[1, "pod-certificate-too-long", array.concat(
			["spec", "volumes", 0, "projected", "sources", 0],
			["podCertificate", "maxExpirationSeconds"],
		)],
	}
}

_attribute(name) := array.concat(
	["spec", "volumes", 0, "csi", "volumeAttributes"],
	[concat("/", ["csi.cert-manager.io", name])],
)

test_older_versions_keep_the_key if {
	params := {"rotation/certificate-renewal": {"certManagerMin": "1.9"}}
	found := rule.report with input as _in([
		{"object": _certificate({})},
		{"object": _certificate({"privateKey": {"rotationPolicy": "Always"}})},
		{"object": _certificate({}), "partial": true},
	])
		with data.settings.params as params
	_found(found) == {[0, "key-policy-unset", "rotationPolicy"]}
}

test_exemptions if {
	found := rule.report with input as _in([
		{"object": object.union(_certificate({"duration": "forever"}), {"apiVersion": "example.com/v1"})},
		{"object": _certificate({"duration": "9000h"}), "context": true},
		{"object": object.union(object.remove(_certificate({}), ["spec"]), {"spec": null})},
	])
	found == set()
}
