package portcullis.rules.rotation["no-event-driven-or-revocation-path_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rotation["no-event-driven-or-revocation-path"] as rule

_facts := {"durations": {"10m": {"go": 600, "vso": 600}}, "schedules": {}, "times": {}, "windows": []}

_external(metadata, spec) := {
	"apiVersion": "external-secrets.io/v1",
	"kind": "ExternalSecret",
	"metadata": object.union({"name": "a", "namespace": "n"}, metadata),
	"spec": object.union({"dataFrom": [{"extract": {"key": "a"}}]}, spec),
}

_in(entries) := testing.with_facts(testing.input_with(entries), _facts)

_found(objects) := {[one.object, one.variant] |
	some one in rule.report with input as _in([{"object": one} | some one in objects])
}

_class(class) := {"annotations": {"portcullis/class": class, "portcullis/incident-runbook": "docs/a.md"}}

test_a_finding_as_the_host_gets_it if {
	found := rule.report with input as _in([{"object": _external(_class("agent-token"), {})}])
	found == {{
		"variant": "late-for-sensitive",
		"object": 0,
		"path": ["spec", "refreshInterval"],
		"args": {"class": "agent token", "interval": "60 min", "limit": "15 min"},
	}}
}

test_classes if {
	_found([
		_external(_class("signing-key"), {}),
		_external(_class("password"), {}),
		_external({}, {}),
		_external(_class("agent-token"), {"refreshInterval": "10m"}),
		_external(_class("non-credential"), {}),
	]) == {[0, "late-for-sensitive"], [1, "late"], [2, "late"]}
}

test_agents_of_a_zone if {
	zone := {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "n", "labels": {"portcullis/zone": "agents"}}}
	_found([_external({}, {}), zone]) == {[0, "late-for-sensitive"], [0, "runbook-missing"]}
}

test_runbooks if {
	api_key := {"annotations": {"portcullis/class": "api-key"}}
	sealed := {"apiVersion": "bitnami.com/v1alpha1", "kind": "SealedSecret", "metadata": object.union({"name": "s", "namespace": "n"}, api_key), "spec": {}}
	generator := {"apiVersion": "generators.external-secrets.io/v1alpha1", "kind": "VaultDynamicSecret", "metadata": object.union({"name": "g"}, api_key)}
	_found([_external(api_key, {"refreshInterval": "10m"}), sealed, generator]) == {
		[0, "runbook-missing"],
		[1, "runbook-missing"],
	}
	found := rule.report with input as _in([{"object": sealed, "partial": true}, {"object": sealed, "context": true}])
	found == set()
	trial := rule.report with input as _in([{"object": object.union(sealed, {"metadata": {"namespace": "shop-dev"}}), "namespace": "shop-dev"}])
	trial == set()
}

test_leases if {
	generator := {
		"apiVersion": "generators.external-secrets.io/v1alpha1",
		"kind": "VaultDynamicSecret",
		"metadata": {"name": "g", "namespace": "n"},
		"spec": {"path": "database/creds/a"},
	}
	_found([generator]) == {[0, "lease-without-end"]}
	_found([object.union(generator, {"metadata": {"namespace": "dev"}})]) == set()
}

test_hooks_and_trials if {
	sensor := {"apiVersion": "argoproj.io/v1alpha1", "kind": "Sensor", "metadata": {"name": "s", "namespace": "n"}}
	_found([_external(_class("agent-token"), {}), sensor]) == set()
	_found([_external(object.union(_class("agent-token"), {"namespace": "agents-dev"}), {})]) == set()
}

test_parameters if {
	params := {"rotation/no-event-driven-or-revocation-path": {"maxIncidentLatency": "2h", "hookKinds": [], "nonProduction": []}}
	found := rule.report with input as _in([{"object": _external(_class("agent-token"), {})}])
		with data.settings.params as params
	found == set()
	none := rule.report with input as _in([{"object": _external(object.union(_class("agent-token"), {"namespace": "dev"}), {})}])
		with data.settings.params as {"rotation/no-event-driven-or-revocation-path": {"nonProduction": null, "hookKinds": null}}
	{one.variant | some one in none} == {"late-for-sensitive"}
}

test_odd_shapes if {
	_found([
		{"apiVersion": "external-secrets.io/v1", "kind": "ExternalSecret", "metadata": {"name": "a"}, "spec": null},
		{"apiVersion": "external-secrets.io/v1", "kind": "ExternalSecret", "metadata": {"annotations": null}},
		{"apiVersion": "bitnami.com/v1alpha1", "kind": "SealedSecret", "metadata": {"annotations": {"portcullis/class": 7}}},
		{"apiVersion": "generators.external-secrets.io/v1alpha1", "kind": "ClusterGenerator", "metadata": {}, "spec": {"generator": []}},
	]) == set()
}
