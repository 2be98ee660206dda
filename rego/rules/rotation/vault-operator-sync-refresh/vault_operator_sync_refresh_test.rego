package portcullis.rules.rotation["vault-operator-sync-refresh_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rotation["vault-operator-sync-refresh"] as rule

_facts := {
	"durations": {
		"0s": {"go": 0, "vso": 0, "pki": 0},
		"1h": {"go": 3600, "vso": 3600, "pki": 3600},
		"24h": {"go": 86400, "vso": 86400, "pki": 86400},
		"48h": {"go": 172800, "vso": 172800, "pki": 172800},
		"1d": {"pki": 86400},
		"365d": {"pki": 31536000},
		"1h30m": {"go": 5400},
	},
	"schedules": {},
	"times": {},
	"windows": [],
}

_object(kind, spec) := {
	"apiVersion": "secrets.hashicorp.com/v1beta1",
	"kind": kind,
	"metadata": {"name": "db", "namespace": "shop"},
	"spec": spec,
}

_revoked(kind, spec) := _object(kind, object.union(spec, {"revoke": true}))

_in(entries) := testing.with_facts(testing.input_with(entries), _facts)

_objects(objects) := _in([{"object": one} | some one in objects])

_found(report) := {[one.object, one.variant, one.path[count(one.path) - 1]] | some one in report}

test_a_finding_as_the_host_gets_it if {
	found := rule.report with input as _objects([_object("VaultStaticSecret", {"refreshAfter": "48h"})])
	found == {{
		"variant": "interval-too-long",
		"object": 0,
		"path": ["spec", "refreshAfter"],
		"args": {"interval": "2 days", "limit": "24 h"},
	}}
}

test_static_secrets if {
	found := rule.report with input as _objects([
		_object("VaultStaticSecret", {}),
		_object("VaultStaticSecret", {"hmacSecretData": false}),
		_object("VaultStaticSecret", {
			"hmacSecretData": false,
			"refreshAfter": "0s",
			"rolloutRestartTargets": [{"kind": "Deployment", "name": "web"}],
		}),
		_object("VaultStaticSecret", {"hmacSecretData": false, "syncConfig": {"instantUpdates": true}}),
		_object("VaultStaticSecret", {"hmacSecretData": false, "refreshAfter": "1h"}),
		_object("VaultStaticSecret", {"hmacSecretData": false, "refreshAfter": "1h30m"}),
	])
	_found(found) == {
		[1, "never-reread", "refreshAfter"],
		[2, "never-reread", "refreshAfter"],
		[2, "restart-targets-ignored", "rolloutRestartTargets"],
		[3, "events-only", "refreshAfter"],
		[5, "duration-unreadable", "refreshAfter"],
	}
}

test_leases if {
	found := rule.report with input as _objects([
		_revoked("VaultDynamicSecret", {"mount": "database", "path": "creds/a", "renewalPercent": 0}),
		_revoked("VaultDynamicSecret", {"mount": "database", "path": "creds/a", "renewalPercent": 81}),
		_revoked("VaultDynamicSecret", {"mount": "database", "path": "static-creds/a"}),
		_revoked("VaultDynamicSecret", {"mount": "transit-eu", "path": "datakey"}),
		_revoked("VaultDynamicSecret", {"mount": "kv", "path": "a", "refreshAfter": "1h"}),
		_object("VaultDynamicSecret", {"mount": "database", "path": "static-creds/a", "allowStaticCreds": true}),
		_object("VaultDynamicSecret", {"mount": "ldap", "path": "static-cred/a", "allowStaticCreds": true}),
		_object("HCPVaultSecretsApp", {"syncConfig": {"dynamic": {"renewalPercent": 90}}}),
	])
	_found(found) == {
		[0, "renewal-constant", "renewalPercent"],
		[1, "renewal-late", "renewalPercent"],
		[2, "lease-missing", "refreshAfter"],
		[3, "lease-missing", "refreshAfter"],
		[7, "renewal-late", "renewalPercent"],
	}
}

test_revocation if {
	agent := {"metadata": {"labels": {"portcullis/workload": "agent"}}}
	report := rule.report with input as _objects([
		_object("VaultDynamicSecret", {"mount": "database", "path": "creds/a"}),
		_object("VaultPKISecret", {"expiryOffset": "1h", "revoke": false}),
		object.union(_object("VaultDynamicSecret", {"mount": "database", "path": "creds/a"}), agent),
	])
	{[one.object, one.variant, one.severity] | some one in report} == {
		[0, "not-revoked", "low"],
		[1, "not-revoked", "low"],
		[2, "not-revoked", "medium"],
	}
}

test_revocation_under_the_profile_for_agents if {
	report := rule.report with input as _objects([_object("VaultPKISecret", {"expiryOffset": "1h"})])
		with data.settings.profile as "agents"
	{one.severity | some one in report} == {"medium"}
}

test_certificates if {
	found := rule.report with input as _objects([
		_revoked("VaultPKISecret", {}),
		_revoked("VaultPKISecret", {"expiryOffset": "0s", "notAfter": "2027-01-01T00:00:00Z"}),
		_revoked("VaultPKISecret", {"expiryOffset": "24h", "ttl": "1d"}),
		_revoked("VaultPKISecret", {"expiryOffset": "1h", "ttl": "365d"}),
		_revoked("VaultPKISecret", {"expiryOffset": "1d", "ttl": "a while"}),
		_revoked("VaultPKISecret", {"expiryOffset": "1h", "ttl": "1d", "notAfter": ""}),
	])
	_found(found) == {
		[0, "renewal-at-expiry", "expiryOffset"],
		[1, "renewal-at-expiry", "expiryOffset"],
		[1, "expiry-fixed", "notAfter"],
		[2, "renewal-never-rests", "expiryOffset"],
		[3, "certificate-too-long", "ttl"],
		[4, "duration-unreadable", "expiryOffset"],
		[4, "duration-unreadable", "ttl"],
	}
}

test_exemptions if {
	static := {"metadata": {"annotations": {"portcullis/rotation": "static"}}}
	unread := _object("VaultStaticSecret", {"hmacSecretData": false})
	found := rule.report with input as _in([
		{"object": object.union(unread, static)},
		{"object": object.union(unread, {"apiVersion": "example.com/v1"})},
		{"object": unread, "partial": true},
		{"object": unread, "context": true},
		{"object": _object("VaultPKISecret", {}), "partial": true},
		{"object": _object("VaultDynamicSecret", {"mount": "kv", "path": "a"}), "partial": true},
		{"object": _object("VaultDynamicSecret", null)},
	])
	found == set()
}

test_parameters if {
	params := {"rotation/vault-operator-sync-refresh": {
		"requireRevoke": false,
		"maxRefresh": "7d",
		"maxCertDays": 400,
		"maxRenewalPercent": 90,
	}}
	found := rule.report with input as _objects([
		_object("VaultStaticSecret", {"refreshAfter": "48h"}),
		_object("VaultDynamicSecret", {"mount": "database", "path": "creds/a", "renewalPercent": 85}),
		_object("VaultPKISecret", {"expiryOffset": "24h", "ttl": "365d"}),
	])
		with data.settings.params as params
	found == set()
}
