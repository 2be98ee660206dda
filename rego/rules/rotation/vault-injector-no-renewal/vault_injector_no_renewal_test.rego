package portcullis.rules.rotation["vault-injector-no-renewal_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rotation["vault-injector-no-renewal"] as rule

_facts := {
	"durations": {
		"10m": {"go": 600, "vso": 600, "plain": 600},
		"48h": {"go": 172800, "plain": 172800},
		"2d": {"plain": 172800},
	},
	"schedules": {},
	"times": {},
	"windows": [],
}

_in(entries) := testing.with_facts(testing.input_with(entries), _facts)

_objects(objects) := _in([{"object": one} | some one in objects])

_on := {"vault.hashicorp.com/agent-inject": "true"}

_once := {"vault.hashicorp.com/agent-pre-populate-only": "true"}

_reads(path) := {"vault.hashicorp.com/agent-inject-secret-db": path}

_of_kind(api_version, kind, annotations, spec) := {
	"apiVersion": api_version,
	"kind": kind,
	"metadata": {"name": "app", "namespace": "shop"},
	"spec": {"template": {
		"metadata": {"annotations": annotations},
		"spec": object.union({"containers": [{"name": "app", "image": "app:1"}]}, spec),
	}},
}

_deployment(annotations) := _of_kind("apps/v1", "Deployment", annotations, {})

_job(annotations, spec) := _of_kind("batch/v1", "Job", annotations, spec)

_all(parts) := object.union_n(array.concat([_on], parts))

_path(short) := ["spec", "template", "metadata", "annotations", concat("/", ["vault.hashicorp.com", short])]

_places(found) := {[one.object, one.variant, one.path[count(one.path) - 1]] | some one in found}

_annotation(short) := concat("/", ["vault.hashicorp.com", short])

test_a_finding_as_the_host_gets_it if {
	found := rule.report with input as _objects([_deployment(_all([_once, _reads("database/creds/app")]))])
	found == {{
		"variant": "snapshot-of-lease",
		"object": 0,
		"path": _path("agent-pre-populate-only"),
		"args": {"kind": "Deployment", "secrets": "`db`"},
	}}
}

test_which_paths_have_a_lease if {
	paths := [
		"database/creds/app", "v1/team-db/creds/app", "/aws/sts/app", "gcp/token/app", "pki_int/issue/app", "ns/ldap/creds/app",
		"database/static-creds/app", "secret/data/aws/creds/x", "kv/database/creds/x", "apps/data/aws/creds/x", "creds/x",
		"orders/creds/x", "", 5,
	]
	found := rule.report with input as _objects([_deployment(_all([_once, _reads(path)])) | some path in paths])
	{one.object | some one in found; one.variant == "snapshot-of-lease"} == _from_to(0, 5)
	{one.object | some one in found; one.variant == "snapshot"} == _from_to(6, 13)
}

_from_to(first, last) := {number | some number in numbers.range(first, last)}

test_templates_count_too if {
	template := {"vault.hashicorp.com/agent-inject-template-db": "{{ with pkiCert \"pki/issue/app\" }}{{ end }}"}
	found := rule.report with input as _objects([
		_deployment(_all([_once, _reads("x"), template])),
		_deployment(_all([_once, _reads("x"), {"vault.hashicorp.com/agent-inject-template-db": 5}])),
		_deployment(_all([_once, {"vault.hashicorp.com/agent-inject-secret-": "database/creds/app"}])),
	])
	{[one.object, one.variant] | some one in found} == {[0, "snapshot-of-lease"], [1, "snapshot"], [2, "snapshot"]}
}

test_what_runs_on if {
	annotations := _all([_once, _reads("x")])
	pod := {"containers": []}
	found := rule.report with input as _in([
		{"object": _of_kind("apps/v1", "DaemonSet", annotations, {})},
		{"object": _of_kind("serving.knative.dev/v1", "Service", annotations, {})},
		{"object": _job(annotations, {})},
		{"object": {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p", "annotations": annotations}, "spec": pod}},
		{"object": _deployment(annotations), "context": true},
		{"object": _deployment(object.union(annotations, {"vault.hashicorp.com/agent-inject": "no"}))},
		{"object": _deployment(object.union(annotations, {"vault.hashicorp.com/agent-pre-populate-only": "{{ .Values.once }}"}))},
		{"object": _deployment(_once), "partial": true},
		{"object": _deployment({"a": "b"}), "partial": true},
		{"object": _deployment(null)},
	])
	{[one.object, one.variant] | some one in found} == {[0, "snapshot"], [1, "snapshot"], [7, "snapshot"]}
}

test_only_for_init_containers if {
	init := {"initContainers": [{"name": "migrate", "image": "m:1"}]}
	only := {"vault.hashicorp.com/agent-inject-containers": "migrate"}
	both := {"vault.hashicorp.com/agent-inject-containers": "migrate, app"}
	found := rule.report with input as _objects([
		_of_kind("apps/v1", "Deployment", _all([_once, only]), init),
		_of_kind("apps/v1", "Deployment", _all([_once, both]), init),
	])
	{[one.object, one.variant] | some one in found} == {[1, "snapshot"]}
}

test_applications_are_told if {
	revoked := {"vault.hashicorp.com/agent-revoke-on-shutdown": "true"}
	leased := _all([_reads("database/creds/app"), revoked])
	found := rule.report with input as _in([
		{"object": _deployment(leased)},
		{"object": _deployment(_all([_reads("database/static-creds/app")]))},
		{"object": _deployment(_all([_reads("pki/issue/app")]))},
		{"object": _deployment(_all([_reads("secret/data/app")]))},
		{"object": _deployment(object.union(leased, {"vault.hashicorp.com/agent-inject-command-db": "x"}))},
		{"object": _deployment(object.union(leased, {"vault.hashicorp.com/agent-configmap": "x"}))},
		{"object": _of_kind("apps/v1", "Deployment", leased, {"containers": [{"name": "r", "image": "config-reloader:1"}]})},
		{"object": _of_kind("apps/v1", "Deployment", leased, {"containers": [{"name": "r", "image": "hot:1"}]})},
		{"object": _deployment(leased), "partial": true},
	])
		with data.settings.params as {"rotation/vault-injector-no-renewal": {"hotReloadImages": ["hot:"]}}
	_places(found) == {
		[0, "no-reload", _annotation("agent-inject-secret-db")],
		[1, "no-reload", _annotation("agent-inject-secret-db")],
		[2, "no-reload", _annotation("agent-inject-secret-db")],
	}
}

test_intervals if {
	texts := ["48h", "2d", "172800", 172800, "10m", "300", "often", "{{ .Values.interval }}", null]
	name := "vault.hashicorp.com/template-static-secret-render-interval"
	found := rule.report with input as _objects([_deployment(_all([{name: text}])) | some text in texts])
	{[one.object, one.variant] | some one in found} == {
		[0, "render-interval-too-long"],
		[1, "render-interval-too-long"],
		[2, "render-interval-too-long"],
		[3, "render-interval-too-long"],
		[6, "render-interval-unreadable"],
		[8, "render-interval-unreadable"],
	}
}

test_thresholds if {
	texts := ["0.99", 0.99, "0.95", "0.9", "90", "0", "late", "${THRESHOLD}", "1"]
	name := "vault.hashicorp.com/template-lease-renewal-threshold"
	found := rule.report with input as _objects([_deployment(_all([{name: text}])) | some text in texts])
	{[one.object, one.variant, one.args] | some one in found} == {
		[0, "renewal-late", {"percent": "99"}],
		[1, "renewal-late", {"percent": "99"}],
		[4, "renewal-unreadable", {}],
		[5, "renewal-unreadable", {}],
		[6, "renewal-unreadable", {}],
		[8, "renewal-late", {"percent": "100"}],
	}
}

test_leases_are_revoked if {
	leased := _all([_reads("database/creds/app"), {"vault.hashicorp.com/agent-inject-command-db": "x"}])
	revoke := {"vault.hashicorp.com/agent-revoke-on-shutdown": "false"}
	found := rule.report with input as _in([
		{"object": _deployment(leased)},
		{"object": _deployment(object.union(leased, revoke))},
		{"object": _deployment(object.union(leased, {"vault.hashicorp.com/agent-revoke-on-shutdown": "TRUE"}))},
		{"object": _deployment(leased), "partial": true},
		{"object": _deployment(object.union(leased, revoke)), "partial": true},
	])
	_places(found) == {[index, "not-revoked", _annotation("agent-revoke-on-shutdown")] | some index in [0, 1, 4]}
}

test_jobs_end if {
	found := rule.report with input as _in([
		{"object": _job(_on, {})},
		{"object": _job(_all([{"vault.hashicorp.com/agent-pre-populate-only": "false"}]), {})},
		{"object": _job(_all([{"vault.hashicorp.com/agent-enable-quit": "true"}]), {})},
		{"object": _job(_all([{"vault.hashicorp.com/agent-share-process-namespace": "true"}]), {})},
		{"object": _job(_on, {"shareProcessNamespace": true})},
		{"object": _job(_all([_once]), {})},
		{"object": _job(_on, {}), "partial": true},
	])
	_places(found) == {[index, "job-never-ends", _annotation("agent-pre-populate-only")] | some index in [0, 1]}
}
