package portcullis.rules.rotation["externalsecret-refresh_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rotation["externalsecret-refresh"] as rule

_facts := {
	"durations": {
		"0s": {"go": 0},
		"10s": {"go": 10},
		"1h": {"go": 3600},
		"6h": {"go": 21600},
		"48h": {"go": 172800},
	},
	"schedules": {},
	"times": {},
	"windows": [
		{"object": 0, "path": ["spec", "syncWindows", "windows"], "longestOpen": 7200, "longestClosed": 600000},
		{"object": 1, "path": ["spec", "syncWindows", "windows"], "longestOpen": 7200, "longestClosed": 600000},
	],
}

_external(spec) := {
	"apiVersion": "external-secrets.io/v1",
	"kind": "ExternalSecret",
	"metadata": {"name": "db", "namespace": "shop"},
	"spec": spec,
}

_from(generator) := [{"sourceRef": {"generatorRef": generator}}]

_in(entries) := testing.with_facts(testing.input_with(entries), _facts)

_objects(objects) := _in([{"object": one} | some one in objects])

_places(found) := {[one.variant, one.path] | some one in found}

test_a_finding_as_the_host_gets_it if {
	found := rule.report with input as _objects([_external({"refreshInterval": "48h"})])
	found == {{
		"variant": "interval-too-long",
		"object": 0,
		"path": ["spec", "refreshInterval"],
		"args": {"interval": "2 days", "limit": "24 h"},
	}}
}

test_policies_that_never_read_again if {
	found := rule.report with input as _objects([
		_external({"refreshPolicy": "CreatedOnce", "refreshInterval": "1h"}),
		_external({"refreshPolicy": "OnChange"}),
		_external({"refreshPolicy": "Periodic", "refreshInterval": 0}),
		_external({"refreshInterval": "0s"}),
	])
	{[one.object, one.variant, one.path] | some one in found} == {
		[0, "never-refreshed", ["spec", "refreshPolicy"]],
		[1, "never-refreshed", ["spec", "refreshPolicy"]],
		[2, "never-refreshed", ["spec", "refreshInterval"]],
		[3, "never-refreshed", ["spec", "refreshInterval"]],
	}
}

test_intervals if {
	found := rule.report with input as _objects([
		_external({"refreshInterval": "10s"}),
		_external({"refreshInterval": "7d"}),
		_external({"refreshInterval": 30}),
		_external({"refreshInterval": null}),
		_external({}),
	])
	{[one.object, one.variant] | some one in found} == {
		[0, "interval-too-short"],
		[1, "interval-unreadable"],
		[2, "interval-unreadable"],
	}
}

test_the_cluster_wide_kind_holds_the_fields_deeper if {
	found := rule.report with input as _objects([{
		"apiVersion": "external-secrets.io/v1beta1",
		"kind": "ClusterExternalSecret",
		"metadata": {"name": "login"},
		"spec": {
			"refreshTime": "0s",
			"externalSecretSpec": {"refreshInterval": "0s", "target": {"creationPolicy": "Orphan"}},
		},
	}])
	_places(found) == {
		["never-refreshed", ["spec", "externalSecretSpec", "refreshInterval"]],
		["target-outlives", ["spec", "externalSecretSpec", "target", "creationPolicy"]],
	}
}

test_sync_windows if {
	found := rule.report with input as _objects([
		_external({"syncWindows": {"kind": "allow", "windows": [{}]}}),
		_external({"syncWindows": {"kind": "deny", "windows": [{}]}}),
		_external({"syncWindows": {"kind": "allow", "windows": [{"schedule": "x"}]}}),
		_external({"syncWindows": {"kind": "allow", "windows": []}}),
	])
	{[one.object, one.variant] | some one in found} == {
		[0, "sync-windows-too-narrow"],
		[2, "sync-windows-unreadable"],
	}
}

test_minting_generators if {
	found := rule.report with input as _objects([
		_external({"dataFrom": _from({"kind": "Password", "name": "db"}), "refreshInterval": "48h"}),
		_external({"dataFrom": _from({"kind": "UUID", "name": "db"}), "refreshPolicy": "CreatedOnce"}),
		_external({"dataFrom": _from({"kind": "ClusterGenerator", "name": "db"}), "refreshInterval": "0s"}),
	])
	{[one.object, one.variant, one.path] | some one in found} == {
		[0, "generator-uncoordinated", ["spec", "dataFrom", 0, "sourceRef", "generatorRef"]],
		[1, "generator-once", ["spec", "dataFrom", 0, "sourceRef", "generatorRef"]],
		[2, "generator-once", ["spec", "dataFrom", 0, "sourceRef", "generatorRef"]],
	}
}

test_a_generator_beside_a_store_does_not_excuse_the_store if {
	found := rule.report with input as _objects([_external({
		"refreshPolicy": "CreatedOnce",
		"data": [{"secretKey": "a", "remoteRef": {"key": "a"}}],
		"dataFrom": _from({"kind": "Password", "name": "db"}),
	})])
	{one.variant | some one in found} == {"never-refreshed", "generator-once"}
}

test_tokens_that_expire_before_they_are_renewed if {
	session := {
		"apiVersion": "generators.external-secrets.io/v1alpha1",
		"kind": "STSSessionToken",
		"metadata": {"name": "sts", "namespace": "shop"},
		"spec": {"requestParameters": {"sessionDuration": 900}},
	}
	cluster := {
		"apiVersion": "generators.external-secrets.io/v1alpha1",
		"kind": "ClusterGenerator",
		"metadata": {"name": "ghcr"},
		"spec": {"kind": "GithubAccessToken", "generator": {"githubAccessTokenSpec": {}}},
	}
	found := rule.report with input as _objects([
		_external({"dataFrom": _from({"kind": "STSSessionToken", "name": "sts"}), "refreshInterval": "1h"}),
		_external({"dataFrom": _from({"kind": "ClusterGenerator", "name": "ghcr"})}),
		_external({"dataFrom": _from({"kind": "ECRAuthorizationToken", "name": "ecr"}), "refreshInterval": "6h"}),
		_external({"dataFrom": _from({"kind": "STSSessionToken", "name": "elsewhere"}), "refreshInterval": "6h"}),
		_external({"dataFrom": _from({"kind": "Grafana", "name": 5})}),
		session,
		cluster,
	])
	{[one.object, one.variant, one.args.lifetime] | some one in found} == {
		[0, "token-expires-first", "15 min"],
		[1, "token-expires-first", "60 min"],
	}
}

test_a_patch_says_nothing_about_what_it_leaves_out if {
	found := rule.report with input as _in([
		{
			"partial": true,
			"object": _external({"dataFrom": _from({"kind": "GCRAccessToken", "name": "gcr"})}),
		},
		{"partial": true, "object": _external({"dataFrom": _from({"kind": "Password", "name": "db"})})},
	])
	found == set()
}

test_push_secrets if {
	push := {"apiVersion": "external-secrets.io/v1alpha1", "kind": "PushSecret", "metadata": {"name": "db"}}
	found := rule.report with input as _objects([
		object.union(push, {"spec": {"refreshInterval": "0s", "updatePolicy": "IfNotExists", "deletionPolicy": "None"}}),
		object.union(push, {"spec": {"refreshInterval": "soon"}}),
		object.union(push, {"spec": {"refreshInterval": "1h", "updatePolicy": "Replace", "deletionPolicy": "Delete"}}),
		object.union(push, {"kind": "ClusterPushSecret", "spec": {"pushSecretSpec": {"refreshInterval": "0s"}}}),
	])
	{[one.object, one.variant, one.path] | some one in found} == {
		[0, "push-stopped", ["spec", "refreshInterval"]],
		[0, "push-stopped", ["spec", "updatePolicy"]],
		[0, "push-outlives", ["spec", "deletionPolicy"]],
		[1, "interval-unreadable", ["spec", "refreshInterval"]],
		[3, "push-stopped", ["spec", "pushSecretSpec", "refreshInterval"]],
	}
}

test_a_seed_for_cert_manager_is_only_told if {
	seed := {"refreshPolicy": "CreatedOnce", "target": {"name": "tls"}}
	annotated := {"refreshPolicy": "CreatedOnce", "target": {"template": {"metadata": {"annotations": {
		"cert-manager.io/certificate-name": "tls",
	}}}}}
	found := rule.report with input as _objects([_external(seed), _external(annotated), {
		"apiVersion": "cert-manager.io/v1",
		"kind": "Certificate",
		"metadata": {"name": "tls", "namespace": "shop"},
		"spec": {"secretName": "tls"},
	}])
	{[one.object, one.severity] | some one in found} == {[0, "info"], [1, "info"]}
}

test_exemptions if {
	off := {"refreshPolicy": "CreatedOnce"}
	static := object.union(_external(off), {"metadata": {"annotations": {"portcullis/rotation": "static"}}})
	found := rule.report with input as _in([
		{"object": static},
		{"object": _external(object.union(off, {"target": {"creationPolicy": "None"}}))},
		{"object": object.union(_external(off), {"apiVersion": "kubernetes-client.io/v1"})},
		{"object": _external(off), "context": true},
		{"object": {"apiVersion": "external-secrets.io/v1", "kind": "ExternalSecret", "metadata": null, "spec": null}},
	])
	found == set()
}

test_parameters if {
	params := {"rotation/externalsecret-refresh": {"maxRefresh": "30m", "generatorTtl": {"Grafana": "5m"}}}
	found := rule.report with input as _objects([
		_external({"refreshInterval": "1h"}),
		_external({"dataFrom": _from({"kind": "Grafana", "name": "g"})}),
	])
		with data.settings.params as params
	{[one.object, one.variant] | some one in found} == {[0, "interval-too-long"], [1, "token-expires-first"]}
}
