package portcullis.lib.rollback_test

import data.portcullis.lib.rollback
import data.portcullis.lib.testing

_object(api_version, kind, spec) := {"apiVersion": api_version, "kind": kind, "metadata": {"name": "a"}, "spec": spec}

_missing := {[variant, obj.id, path] | some [variant, obj, path] in rollback.missing}

test_histories if {
	_missing == {
		["no-history", 0, ["spec", "revisionHistoryLimit"]],
		["no-history", 1, ["spec", "revisionHistoryLimit"]],
		["no-history", 2, ["spec", "maxHistory"]],
	} with input as testing.input_of([
		_object("apps/v1", "Deployment", {"revisionHistoryLimit": 0}),
		_object("argoproj.io/v1alpha1", "Application", {"revisionHistoryLimit": 0}),
		_object("helm.toolkit.fluxcd.io/v2", "HelmRelease", {"maxHistory": 1, "upgrade": {"remediation": {}}}),
		_object("apps/v1", "Deployment", {"revisionHistoryLimit": 1}),
		_object("example.com/v1", "Deployment", {"revisionHistoryLimit": 0}),
		_object("apps/v1", "StatefulSet", null),
		_object("helm.fluxcd.io/v1", "HelmRelease", {"maxHistory": 1}),
	])
}

_store(provider) := _object("external-secrets.io/v1", "SecretStore", {"provider": provider})

_cloud(provider) := _object("secretsmanager.aws.upbound.io/v1beta1", "Secret", {"forProvider": provider})

test_stores if {
	_missing == {
		["store-without-versions", 0, ["spec", "provider", "vault", "version"]],
		["store-without-versions", 1, ["spec", "type"]],
		["no-recovery", 2, ["spec", "provider", "aws", "secretsManager", "forceDeleteWithoutRecovery"]],
		["no-recovery", 3, ["spec", "forProvider", "recoveryWindowInDays"]],
		["no-recovery", 4, ["spec", "forProvider", "forceDeleteWithoutRecovery"]],
	} with input as testing.input_of([
		_store({"vault": {"version": "v1"}}),
		_object("secrets.hashicorp.com/v1beta1", "VaultStaticSecret", {"type": "kv-v1"}),
		_store({"aws": {"secretsManager": {"forceDeleteWithoutRecovery": true}}}),
		_cloud({"recoveryWindowInDays": 0}),
		_cloud({"forceDeleteWithoutRecovery": true, "recoveryWindowInDays": 7}),
		_store({"vault": {"version": "v2"}}),
		_store(null),
		_object("v1", "Secret", {"forProvider": {"recoveryWindowInDays": 0}}),
		_object("example.com/v1", "SecretStore", {"provider": {"vault": {"version": "v1"}}}),
	])
}

_release(spec) := _object("helm.toolkit.fluxcd.io/v2", "HelmRelease", spec)

_at := ["spec", "upgrade", "remediation"]

test_releases if {
	_missing == {["no-remediation", 0, _at]} with input as testing.input_of([
		_release({"upgrade": null}),
		_release({"upgrade": {"remediation": {"retries": 3}}}),
		_release({"upgrade": {"strategy": {"name": "RetryOnFailure"}}}),
		_release(null),
	])
	_missing == set() with input as testing.input_with([
		{"object": _release({})},
		{"object": _release({"upgrade": {"remediation": {}}}), "partial": true},
	])
	_missing == set() with input as testing.input_of([
		_release({}),
		_object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", {"patches": [{"patch": 5}, {"patch": "remediation: {}"}]}),
	])
}
