package portcullis.rules.rotation["frozen-secret-version_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rotation["frozen-secret-version"] as rule

_facts := {
	"durations": {"0s": {"go": 0}, "1h": {"go": 3600}},
	"schedules": {},
	"times": {"2025-12-01": 1764547200, "2025-11-30": 1764460800, "2025-12-02T00:00:00Z": 1764633600},
	"windows": [],
}

_in(entries) := testing.with_facts(testing.input_with(entries), _facts)

_objects(objects) := _in([{"object": one} | some one in objects])

_external(spec, annotations) := {
	"apiVersion": "external-secrets.io/v1",
	"kind": "ExternalSecret",
	"metadata": {"name": "db", "namespace": "shop", "annotations": annotations},
	"spec": spec,
}

_pinned(version, annotations) := _external({"data": [{"remoteRef": {"key": "db", "version": version}}]}, annotations)

_provider_class(provider, name, text) := {
	"apiVersion": "secrets-store.csi.x-k8s.io/v1",
	"kind": "SecretProviderClass",
	"metadata": {"name": "db", "namespace": "shop"},
	"spec": {"provider": provider, "parameters": {name: text}},
}

_secret(name, more) := object.union(
	{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name, "namespace": "shop"}, "immutable": true},
	more,
)

_places(found) := {[one.object, one.variant, one.path] | some one in found}

test_a_finding_as_the_host_gets_it if {
	found := rule.report with input as _objects([_pinned("3", {})])
	found == {{
		"variant": "version-pinned",
		"object": 0,
		"path": ["spec", "data", 0, "remoteRef", "version"],
		"args": {"field": "version"},
	}}
}

test_versions_that_are_and_are_not_fixed if {
	found := rule.report with input as _objects([
		_pinned(7, {}),
		_pinned("AWSPENDING", {}),
		_pinned("AWSCURRENT", {}),
		_pinned(" latest ", {}),
		_pinned(0, {}),
		_pinned("", {}),
		_pinned(null, {}),
		_pinned("$(VERSION)", {}),
		_pinned("{{ .Values.version }}", {}),
		_pinned("<version>", {}),
		_external({"dataFrom": [{"extract": {"key": "db", "version": "uuid/1"}}, {"find": {}}]}, {}),
		_external({"data": null, "dataFrom": "x"}, {}),
	])
	_places(found) == {
		[0, "version-pinned", ["spec", "data", 0, "remoteRef", "version"]],
		[1, "version-stale", ["spec", "data", 0, "remoteRef", "version"]],
		[10, "version-pinned", ["spec", "dataFrom", 0, "extract", "version"]],
	}
}

test_pins_with_a_date if {
	found := rule.report with input as _objects([
		_pinned("3", {"portcullis/pin-until": "2025-12-01"}),
		_pinned("3", {"portcullis/pin-until": "2025-12-02T00:00:00Z"}),
		_pinned("AWSPREVIOUS", {"portcullis/pin-until": "2025-12-01"}),
		_pinned("3", {"portcullis/pin-until": "2025-11-30"}),
		_pinned("3", {"portcullis/pin-until": "soon"}),
		_pinned("3", {"portcullis/pin-until": 5}),
		_pinned("AWSPREVIOUS", {"portcullis/rotation": "static"}),
		_pinned("3", {"portcullis/rotation": "static"}),
	])
	{[one.object, one.variant] | some one in found} == {
		[3, "version-pinned"],
		[4, "version-pinned"],
		[5, "version-pinned"],
		[6, "version-stale"],
	}
}

test_vault_operator if {
	found := rule.report with input as _objects([
		{
			"apiVersion": "secrets.hashicorp.com/v1beta1",
			"kind": "VaultStaticSecret",
			"metadata": {"name": "a", "namespace": "shop"},
			"spec": {"version": 3, "type": "kv-v1"},
		},
		{"apiVersion": "example.com/v1", "kind": "VaultStaticSecret", "metadata": null, "spec": {"version": 3, "type": "kv-v1"}},
		{
			"apiVersion": "secrets.hashicorp.com/v1beta1",
			"kind": "CSISecrets",
			"metadata": {"name": "a", "namespace": "shop"},
			"spec": {"secrets": {"vaultStaticSecrets": [{"path": "x"}, {"path": "y", "version": 1}]}},
		},
	])
	_places(found) == {
		[0, "version-pinned", ["spec", "version"]],
		[0, "store-unversioned", ["spec", "type"]],
		[2, "version-pinned", ["spec", "secrets", "vaultStaticSecrets", 1, "version"]],
	}
}

test_provider_classes if {
	found := rule.report with input as _objects([
		_provider_class("aws", "objects", "- objectName: a\n  objectVersion: '1'\n  # objectVersionLabel: AWSPENDING\n"),
		_provider_class("azure", "objects", "array:\n  - |\n    objectVersion: abc\n"),
		_provider_class("aws", "objects", `[{"objectName": "a", "objectVersionLabel": "AWSPREVIOUS"}]`),
		_provider_class("gcp", "secrets", "- resourceName: projects/p/secrets/s/versions/4\n  path: x"),
		_provider_class("vault", "objects", "- secretArgs: {version: 2}\n"),
		_provider_class("gcp", "secrets", "- resourceName: projects/p/secrets/s/versions/latest"),
		_provider_class("aws", "objects", "- objectVersion: \"\" # the current one"),
		_provider_class("aws", "objects", ["no text"]),
		{"apiVersion": "secrets-store.csi.x-k8s.io/v1", "kind": "SecretProviderClass", "metadata": null, "spec": null},
		{"apiVersion": "example.com/v1", "kind": "SecretProviderClass", "spec": {"parameters": {"objects": "objectVersion: 3"}}},
	])
	_places(found) == {
		[0, "version-pinned", ["spec", "parameters", "objects"]],
		[1, "version-pinned", ["spec", "parameters", "objects"]],
		[2, "version-stale", ["spec", "parameters", "objects"]],
		[3, "version-pinned", ["spec", "parameters", "secrets"]],
		[4, "version-pinned", ["spec", "parameters", "objects"]],
	}
}

test_argo_cd_vault_plugin if {
	annotated := {"metadata": {"annotations": {"avp.kubernetes.io/secret-version": "2"}}}
	found := rule.report with input as _objects([
		_secret("a", {"stringData": {"a": "<path:kv/data/x#a#3>", "b": "x <path:kv/data/x#b#AWSPREVIOUS | base64encode> y"}}),
		_secret("b", {"stringData": {"a": "<path:kv/data/x#a>", "b": "<path:kv/data/x#b#latest>", "c": "<path:#>"}}),
		object.union({"apiVersion": "v1", "kind": "Service"}, annotated),
	])
	_places(found) == {
		[0, "version-pinned", ["stringData", "a"]],
		[0, "version-stale", ["stringData", "b"]],
		[2, "version-pinned", ["metadata", "annotations", "avp.kubernetes.io/secret-version"]],
	}
}

test_immutable_targets if {
	found := rule.report with input as _in([
		{"object": _external({"target": {"immutable": true}}, {})},
		{"object": _external({"target": {"immutable": true}, "refreshPolicy": "CreatedOnce"}, {})},
		{"object": _external({"target": {"immutable": true}, "refreshInterval": "0s"}, {})},
		{"object": _external({"target": {"immutable": false}}, {})},
		{"object": _external({"target": {"immutable": true}}, {"portcullis/rotation": "static"})},
		{"object": _external({"target": {"immutable": true}}, {}), "partial": true},
		{"object": _external({"target": {"immutable": true}, "refreshPolicy": "Periodic"}, {}), "partial": true},
		{"object": _external({"target": {"immutable": true}}, {}), "context": true},
	])
	_places(found) == {
		[0, "target-immutable", ["spec", "target", "immutable"]],
		[6, "target-immutable", ["spec", "target", "immutable"]],
	}
}

test_immutable_secrets if {
	found := rule.report with input as _objects([
		_secret("db", {}),
		_secret("dynamic", {}),
		_secret("tls", {}),
		_secret("mounted", {}),
		_secret("owned", {"metadata": {"ownerReferences": [{"kind": "VaultPKISecret"}]}}),
		_secret("declared", {"metadata": {"annotations": {"portcullis/rotated-by": "cronjob/x"}}}),
		_secret("written", {}),
		_secret("db", {"immutable": false}),
		_secret("nobodys", {}),
		_secret("declared-7k9g2mht5f", {"metadata": {"annotations": {"portcullis/rotation-interval": "30d"}}}),
		_secret("declared-1a2b3c4d", {"metadata": {"annotations": {"portcullis/rotation-interval": "30d"}}}),
		_secret("still", {"metadata": {"annotations": {"portcullis/rotated-by": "a/b", "portcullis/rotation": "static"}}}),
		_secret("", {"metadata": {"annotations": {"portcullis/rotation-interval": "30d"}}}),
		_external({}, {}),
		{
			"apiVersion": "secrets.hashicorp.com/v1beta1",
			"kind": "VaultDynamicSecret",
			"metadata": {"name": "d", "namespace": "shop"},
			"spec": {"destination": {"name": "dynamic"}},
		},
		{
			"apiVersion": "cert-manager.io/v1",
			"kind": "Certificate",
			"metadata": {"name": "c", "namespace": "shop"},
			"spec": {"secretName": "tls"},
		},
		object.union(_provider_class("aws", "objects", ""), {"spec": {"secretObjects": [{"secretName": "mounted"}]}}),
		{
			"apiVersion": "batch/v1",
			"kind": "CronJob",
			"metadata": {"name": "rotate", "namespace": "shop"},
			"spec": {"jobTemplate": {"spec": {"template": {"spec": {"serviceAccountName": "rotate", "containers": []}}}}},
		},
		{
			"apiVersion": "rbac.authorization.k8s.io/v1",
			"kind": "Role",
			"metadata": {"name": "rotate", "namespace": "shop"},
			"rules": [{"apiGroups": [""], "resources": ["secrets"], "resourceNames": ["written"], "verbs": ["patch"]}],
		},
		{
			"apiVersion": "rbac.authorization.k8s.io/v1",
			"kind": "RoleBinding",
			"metadata": {"name": "rotate", "namespace": "shop"},
			"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "rotate"},
			"subjects": [{"kind": "ServiceAccount", "name": "rotate", "namespace": "shop"}],
		},
	])
	_places(found) == {[index, "secret-immutable", ["immutable"]] | some index in numbers.range(0, 6)}
}

test_first_key_value_engine if {
	store := {
		"apiVersion": "external-secrets.io/v1",
		"kind": "SecretStore",
		"metadata": {"name": "v", "namespace": "shop"},
		"spec": {"provider": {"vault": {"version": "v1"}}},
	}
	found := rule.report with input as _objects([
		store,
		object.union(store, {"spec": {"provider": {"vault": {"version": "v2"}}}}),
		object.union(store, {"apiVersion": "example.com/v1"}),
	])
	_places(found) == {[0, "store-unversioned", ["spec", "provider", "vault", "version"]]}
}

test_parameters if {
	params := {"rotation/frozen-secret-version": {"allowedLabels": ["LIVE"]}}
	found := rule.report with input as _objects([_pinned("LIVE", {}), _pinned("latest", {})])
		with data.settings.params as params
	_places(found) == {[1, "version-pinned", ["spec", "data", 0, "remoteRef", "version"]]}
}
