package portcullis.rules.audit["store-audit-trail-missing_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.audit["store-audit-trail-missing"] as rule

_found := {[one.object, one.variant, one.path, object.get(one, "severity", "")] | some one in rule.report}

_object(api_version, kind, spec) := {"apiVersion": api_version, "kind": kind, "metadata": {"name": "o", "namespace": "n"}, "spec": spec}

_release(chart, values) := _object("helm.toolkit.fluxcd.io/v2", "HelmRelease", {"chart": {"spec": {"chart": chart}}, "values": values})

_values(values) := object.union({"apiVersion": "portcullis/v1", "kind": "HelmValues"}, values)

_pod(container) := _object("v1", "Pod", {"containers": [object.union({"name": "c", "image": "hashicorp/vault:1.20"}, container)]})

_storage := ["server", "auditStorage", "enabled"]

_container := ["spec", "containers", 0]

_full := "full"

test_a_finding_as_the_host_gets_it if {
	found := rule.report with input as testing.input_of([_release("vault", {})])
	found == {{
		"variant": "no-audit-device",
		"object": 0,
		"path": array.concat(["spec", "values"], _storage),
		"args": {},
		"severity": "info",
	}}
}

test_servers if {
	_found == {
		[0, "no-audit-device", array.concat(["spec", "values"], _storage), "medium"],
		[1, "no-audit-device", array.concat(["spec", "values", "vault"], _storage), "medium"],
		[2, "no-audit-device", array.concat(["openbao"], _storage), "medium"],
		[3, "no-audit-device", _container, "medium"],
		[4, "no-audit-device", ["spec", "externalConfig", "audit"], "medium"],
		[5, "no-audit-device", array.concat(["spec", "source", "helm", "valuesObject"], _storage), "medium"],
	} with data.settings.completeness as _full with input as testing.input_with([
		{"object": _release("vault", {"server": {"auditStorage": {"enabled": false}}})},
		{"object": _release("umbrella", {"vault": {"server": {"ha": {}}}})},
		{"object": _values({"openbao": {"server": {}}}), "file": "charts/a/values.yaml"},
		{"object": _pod({"command": ["vault"], "args": ["server", 1]})},
		{"object": _object("vault.banzaicloud.com/v1alpha1", "Vault", {"size": 1})},
		{"object": _object("argoproj.io/v1alpha1", "Application", {"source": {"path": "charts/vault", "helm": {}}})},
		{"object": _values({"openbao": {"server": {}}}), "file": "charts/a/values-prod.yaml"},
		{"object": _values({"vault": {"server": "https://vault.example.com"}}), "file": "charts/a/values.yaml"},
		{"object": _release("umbrella", {"vault": {"server": {}, "enabled": false}})},
		{"object": _release("vault", {"server": {"enabled": "false"}})},
		{"object": _release("vault", {"injector": {"externalVaultAddr": "https://vault.example.com"}})},
		{"object": _release("vault", {"server": {"dev": {"enabled": true}}})},
		{"object": _object("argoproj.io/v1alpha1", "Application", {"source": {"path": "apps/vault"}})},
		{"object": _pod({"args": ["server", "-dev"]})},
		{"object": _pod({"args": ["vault server -dev-listen-address=x -dev"]})},
		{"object": _pod({"args": ["agent"]})},
		{"object": _pod({"image": "vault-k8s:1", "args": ["server"]})},
		{"object": _pod({"args": ["server"]}), "partial": true},
		{"object": _object("vault.banzaicloud.com/v1alpha1", "Vault", {}), "partial": true},
		{"object": _object("helm.toolkit.fluxcd.io/v2", "HelmRelease", null)},
	])
}

test_what_is_missing_elsewhere if {
	chart := object.union(testing.input_of([_pod({"args": ["server"]})]), {"unit": "chart:charts/vault"})
	_found == {[0, "no-audit-device", _container, "info"]} with input as chart with data.settings.completeness as _full
	_found == set() with input as testing.input_of([_release("vault", {}), _object("keyvault.azure.com/v1", "Vault", {})])
		with data.settings.params as {"audit/store-audit-trail-missing": {"storeAuditManaged": true}}
}

_job(container) := _object("batch/v1", "Job", {"template": {"spec": {"containers": [container]}}})

test_devices if {
	devices := [
		_job({"name": "c", "command": ["vault", "audit", "enable", "file", null]}),
		_job({"name": "c", "args": ["set -e\nbao audit enable -path=x file"]}),
		_job({"name": "c", "lifecycle": {"postStart": {"exec": {"command": ["sh", "-c", "vault audit enable file"]}}}}),
		_job({"name": "c", "args": ["curl -X PUT $VAULT_ADDR/v1/sys/audit/file"]}),
		{"apiVersion": "v1", "kind": "ConfigMap", "data": {"a": "audit \"file\" \"x\" {\n}", "b": 1}},
		{"apiVersion": "v1", "kind": "ConfigMap", "data": {"a": "{\"audit\": [{\"file\": {}}]}"}},
		_release("vault", {"server": {"postStart": ["sh", "-c", "vault audit enable file"]}}),
		_object("tf.upbound.io/v1beta1", "Workspace", {"forProvider": {"module": "resource \"vault_audit\" \"file\" {}"}}),
		_object("redhatcop.redhat.io/v1alpha1", "Audit", {"type": "file"}),
		_object("vault.upbound.io/v1beta1", "Audit", {"forProvider": {"type": "file"}}),
		_object("vault.banzaicloud.com/v1alpha1", "Vault", {"externalConfig": {"audit": [null, {"type": "file"}]}}),
	]
	missed := {index |
		some index, device in devices
		_found != set() with input as testing.input_of([_release("vault", {}), device])
	}
	missed == set()
	others := [
		_job({"name": "c", "args": ["# vault audit enable file\nvault status"]}),
		_object("example.com/v1", "Audit", {"type": "file"}),
		{"apiVersion": "v1", "kind": "ConfigMap", "data": null},
		_object("tf.upbound.io/v1beta1", "Workspace", {"forProvider": {"module": 1}}),
		_object("vault.banzaicloud.com/v1alpha1", "Vault", null),
	]
	found := {index |
		some index, other in others
		_found == set() with input as testing.input_of([_release("vault", {}), other])
	}
	found == set()
}

test_secrets_in_the_log if {
	_found == {
		[0, "secrets-in-the-log", ["spec", "template", "spec", "containers", 0, "command", 3], ""],
		[1, "secrets-in-the-log", ["spec", "template", "spec", "containers", 0, "args", 0], ""],
		[1, "accessors-in-the-log", ["spec", "template", "spec", "containers", 0, "args", 0], ""],
		[3, "secrets-in-the-log", ["data", "a"], ""],
		[4, "secrets-in-the-log", ["spec", "options", "log_raw"], ""],
		[5, "accessors-in-the-log", ["spec", "forProvider", "options", "hmac_accessor"], ""],
		[6, "secrets-in-the-log", ["spec", "externalConfig", "audit", 0, "options", "log_raw"], ""],
		[7, "secrets-in-the-log", ["spec", "source", "helm", "values"], ""],
	} with input as testing.input_of([
		_job({"name": "c", "command": ["vault", "audit", "enable", "log_raw=true"]}),
		_job({"name": "c", "args": ["vault audit enable file \\\n  log_raw=1 hmac_accessor=f"]}),
		_job({"name": "c", "args": ["vault audit enable file\n# log_raw=true\n"]}),
		{"apiVersion": "v1", "kind": "ConfigMap", "data": {"a": "{\"audit\": [{\"options\": {\"log_raw\": \"true\"}}]}", "b": "log_raw=true"}},
		_object("redhatcop.redhat.io/v1alpha1", "Audit", {"options": {"log_raw": "true", "hmac_accessor": "true"}}),
		_object("vault.upbound.io/v1beta1", "Audit", {"forProvider": {"options": {"log_raw": "false", "hmac_accessor": "false"}}}),
		_object("vault.banzaicloud.com/v1alpha1", "Vault", {"externalConfig": {"audit": [{"options": {"log_raw": true}}]}}),
		_object("argoproj.io/v1alpha1", "Application", {"source": {
			"chart": "openbao",
			"helm": {"values": "server:\n  standalone:\n    config: |\n      audit \"file\" \"x\" {\n        log_raw = \"true\"\n      }\n"},
		}}),
	])
}

_aws := _object("secretsmanager.services.k8s.aws/v1alpha1", "Secret", {})

_google := _object("secretmanager.gcp.upbound.io/v1beta1", "Secret", {"forProvider": {}})

_azure := _object("keyvault.azure.upbound.io/v1beta1", "Vault", {"forProvider": {}})

test_clouds if {
	_found == {[index, "cloud-access-unlogged", ["spec"], "low"] | some index in [0, 2, 3]} with data.settings.completeness as _full
		with input as testing.input_of([_aws, _aws, _google, _azure, {"apiVersion": "v1", "kind": "Secret", "data": null}])
	trail := "cloudtrail.aws.upbound.io/v1beta1"
	monitor := "insights.azure.upbound.io/v1beta1"
	_found == set() with input as testing.input_of([
		_aws, _google, _azure,
		_object(trail, "Trail", {"forProvider": {}}),
		_object("cloudplatform.gcp.upbound.io/v1beta1", "ProjectIAMAuditConfig", {"forProvider": {
			"service": "allServices",
			"auditLogConfig": [null, {"logType": "DATA_READ"}],
		}}),
		_object(monitor, "MonitorDiagnosticSetting", {"forProvider": {"enabledLog": [{"category": "AuditEvent"}]}}),
	])
	_found == {[index, "cloud-access-unlogged", ["spec"], "info"] | some index in [0, 1, 2]} with input as testing.input_of([
		_aws, _google, _azure,
		_object(trail, "Trail", {"forProvider": {"enableLogging": false}}),
		_object("iam.cnrm.cloud.google.com/v1beta1", "IAMAuditConfig", {"service": "allServices", "auditLogConfigs": [{"logType": "DATA_WRITE"}]}),
		_object(monitor, "MonitorDiagnosticSetting", {"forProvider": {"enabledLog": [{"category": "Other"}]}}),
		_object("insights.azure.com/v1", "DiagnosticSetting", {"logs": [{"categoryGroup": "audit", "enabled": false}]}),
		_object("insights.azure.com/v1", "DiagnosticSetting", null),
	])
}

test_operators if {
	_found == {
		[0, "operator-unmonitored", ["spec", "values", "serviceMonitor", "enabled"], ""],
		[1, "operator-unmonitored", ["spec", "values", "telemetry", "serviceMonitor", "enabled"], ""],
		[2, "operator-unmonitored", ["spec", "values", "reloader", "serviceMonitor", "enabled"], ""],
	} with input as testing.input_of([
		_release("external-secrets", {"serviceMonitor": {"enabled": false}}),
		_release("vault-secrets-operator", {}),
		_release("reloader", {"reloader": {"podMonitor": {"enabled": "false"}}}),
		_release("external-secrets", {"metrics": {"service": {"enabled": true}}}),
		_object("helm.toolkit.fluxcd.io/v2", "HelmRelease", {"chart": {"spec": {"chart": "reloader"}}, "valuesFrom": [{"kind": "ConfigMap"}]}),
	])
	_found == set() with input as testing.input_of([
		_release("external-secrets", {}),
		_object("monitoring.coreos.com/v1", "ServiceMonitor", {"selector": {"matchLabels": {"app.kubernetes.io/name": "external-secrets"}}}),
		_object("monitoring.coreos.com/v1", "PodMonitor", null),
	])
}
