package portcullis.rules.rotation["cloud-secret-rotation_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rotation["cloud-secret-rotation"] as rule

_facts := {
	"durations": {
		"2592000s": {"go": 2592000, "proto": 2592000},
		"31536000s": {"go": 31536000, "proto": 31536000},
		"1h": {"go": 3600},
	},
	"schedules": {"rate(10 days)": {"gap": 864000}, "rate(60 days)": {"gap": 5184000}, "cron(0 3 1 * ? *)": {"gap": 2678400}, "rate(31 days)": {"gap": 2678400}},
	"times": {"2025-12-15T00:00:00Z": 1765756800, "2027-01-01T00:00:00Z": 1798761600},
	"windows": [],
}

_in(entries) := testing.with_facts(testing.input_with(entries), _facts)

_objects(objects) := _in([{"object": one} | some one in objects])

_object(api_version, kind, name, spec) := {
	"apiVersion": api_version,
	"kind": kind,
	"metadata": {"name": name, "namespace": "shop"},
	"spec": spec,
}

_aws := "secretsmanager.aws.upbound.io/v1beta2"

_secret(name, more) := object.union(_object(_aws, "Secret", name, {"forProvider": {"region": "eu-west-1"}}), more)

_rotation(fields) := _object(_aws, "SecretRotation", "rotation", {"forProvider": fields})

_monthly := {"rotationRules": {"automaticallyAfterDays": 30}, "rotationLambdaArn": "arn"}

_google(spec) := _object("secretmanager.cnrm.cloud.google.com/v1beta1", "SecretManagerSecret", "db", spec)

_places(found) := {[one.object, one.variant, one.path] | some one in found}

_variants(found) := {[one.object, one.variant] | some one in found}

test_a_finding_as_the_host_gets_it if {
	found := rule.report with input as _objects([_secret("db", {})]) with data.settings.completeness as "full"
	found == {{
		"variant": "rotation-missing",
		"object": 0,
		"path": ["spec", "forProvider"],
		"args": {},
		"severity": "high",
	}}
}

test_what_a_partial_set_does_not_show if {
	found := rule.report with input as _objects([_secret("db", {})])
	{one.severity | some one in found} == {"info"}
}

test_rotations_that_point_to_a_secret if {
	found := rule.report with input as _objects([
		_secret("by-ref", {}),
		_secret("by-id", {"spec": {"forProvider": {"name": "shop/db"}}}),
		_secret("by-arn", {"metadata": {"annotations": {"crossplane.io/external-name": "shop/api"}}}),
		_secret("by-label", {"metadata": {"labels": {"app": "shop", "part": "db"}}}),
		_secret("other-label", {"metadata": {"labels": {"app": "shop"}}}),
		_secret("other", {}),
		_rotation(object.union(_monthly, {"secretIdRef": {"name": "by-ref"}})),
		_rotation(object.union(_monthly, {"secretId": "shop/db"})),
		_rotation(object.union(_monthly, {"secretId": "arn:aws:secretsmanager:eu-west-1:1:secret:shop/api-a1B2c3"})),
		_rotation(object.union(_monthly, {"secretIdSelector": {"matchLabels": {"app": "shop", "part": "db"}}})),
		_rotation(object.union(_monthly, {"secretId": 5, "secretIdSelector": "x"})),
	])
		with data.settings.completeness as "full"
	_variants(found) == {[4, "rotation-missing"], [5, "rotation-missing"]}
}

test_rotations_of_one_composition if {
	found := rule.report with input as _in([
		{"object": _secret("a", {}), "file": "one.yaml"},
		{"object": _rotation(object.union(_monthly, {"secretIdSelector": {"matchControllerRef": true}})), "file": "one.yaml"},
		{"object": _secret("b", {}), "file": "two.yaml"},
	])
	_variants(found) == {[2, "rotation-missing"]}
}

test_secrets_that_need_no_rotation if {
	found := rule.report with input as _in([
		{"object": _secret("a", {"metadata": {"labels": {"portcullis/class": "non-credential"}}})},
		{"object": _secret("b", {"spec": {"managementPolicies": ["Observe"]}})},
		{"object": _secret("c", {"spec": {"managementPolicy": "ObserveOnly"}})},
		{"object": _secret("d", {"metadata": {"annotations": {"portcullis/rotation-managed-by": "terraform"}}})},
		{"object": _secret("e", {}), "partial": true},
		{"object": _secret("f", {}), "context": true},
		{"object": _secret("g", {"metadata": {"labels": {"tier": "config"}}})},
		{"object": {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "h"}}},
		{"object": _object("secretsmanager.services.k8s.aws/v1alpha1", "Secret", "i", {"name": "i"}), "partial": true},
		{"object": object.union(
			_object("secretsmanager.services.k8s.aws/v1alpha1", "Secret", "j", {"name": "j"}),
			{"metadata": {"annotations": {"services.k8s.aws/read-only": "true"}}},
		)},
	])
		with data.settings.params as {"rotation/cloud-secret-rotation": {"classLabels": {"tier": "config"}}}
	found == set()
}

test_schedules if {
	rules := [
		{"automaticallyAfterDays": 31},
		[{"automaticallyAfterDays": 90}],
		{"automaticallyAfterDays": "30"},
		{"automaticallyAfterDays": "${DAYS}"},
		{"scheduleExpression": "rate(60 days)"},
		{"scheduleExpression": "rate(10 days)"},
		{"scheduleExpression": "monthly"},
		{"scheduleExpression": "{{ .Values.schedule }}"},
		{},
		[],
		null,
		{"scheduleExpression": "cron(0 3 1 * ? *)"},
		{"scheduleExpression": "rate(31 days)"},
	]
	found := rule.report with input as _objects([_rotation({"rotationRules": one, "rotationLambdaArn": "arn"}) | some one in rules])
	base := ["spec", "forProvider", "rotationRules"]
	_places(found) == {
		[0, "interval-too-long", array.concat(base, ["automaticallyAfterDays"])],
		[1, "interval-too-long", array.concat(base, [0, "automaticallyAfterDays"])],
		[2, "schedule-unreadable", array.concat(base, ["automaticallyAfterDays"])],
		[4, "interval-too-long", array.concat(base, ["scheduleExpression"])],
		[6, "schedule-unreadable", array.concat(base, ["scheduleExpression"])],
		[8, "schedule-missing", base],
		[9, "schedule-missing", base],
		[10, "schedule-missing", base],
		[12, "interval-too-long", array.concat(base, ["scheduleExpression"])],
	}
	some one in found
	one.object == 0
	one.args == {"interval": "31 days", "limit": "30 days"}
}

test_functions if {
	found := rule.report with input as _in([
		{"object": _rotation({"rotationRules": {"automaticallyAfterDays": 7}, "secretIdRef": {"name": "x"}})},
		{"object": _rotation({"rotationRules": {"automaticallyAfterDays": 7}, "secretId": "rds!db-1"})},
		{"object": _rotation({"rotationRules": {"automaticallyAfterDays": 7}, "rotationLambdaArnSelector": {}})},
		{"object": _rotation({}), "partial": true},
		{"object": object.union(_rotation({"rotationRules": {"automaticallyAfterDays": 7}}), {"spec": {"initProvider": {
			"rotationLambdaArn": "arn",
		}}})},
		{"object": _object(_aws, "SecretRotation", "x", null)},
	])
	_variants(found) == {[0, "function-missing"], [5, "function-missing"], [5, "schedule-missing"]}
}

test_ack if {
	group := "secretsmanager.services.k8s.aws/v1alpha1"
	found := rule.report with input as _objects([
		_object(group, "Secret", "a", {"name": "shop/a"}),
		_object(group, "Secret", "b", {"name": "shop/b"}),
		_rotation(object.union(_monthly, {"secretId": "shop/b"})),
	])
	_places(found) == {[0, "rotation-undeclared", ["metadata", "annotations", "portcullis/rotation-managed-by"]]}
}

test_google if {
	next := {"nextRotationTime": "2026-01-01T00:00:00Z"}
	topics := [{"name": "rotate"}]
	upbound := "secretmanager.gcp.upbound.io/v1beta1"
	found := rule.report with input as _in([
		{"object": _google({})},
		{"object": _google({"ttl": "2592000s"})},
		{"object": _google({"expireTime": "2025-12-15T00:00:00Z"})},
		{"object": _google({"expireTime": "2027-01-01T00:00:00Z", "ttl": "31536000s"})},
		{"object": _google({"rotation": object.union(next, {"rotationPeriod": "2592000s"}), "topics": topics})},
		{"object": _google({"rotation": object.union(next, {"rotationPeriod": "31536000s"}), "topics": topics})},
		{"object": _google({"rotation": object.union(next, {"rotationPeriod": "1h"}), "topics": topics})},
		{"object": _google({"rotation": object.union(next, {"rotationPeriod": null})})},
		{"object": _google({"rotation": {"rotationPeriod": "$(PERIOD)"}, "topics": topics})},
		{"object": _google({}), "partial": true},
		{"object": _google({"rotation": {"rotationPeriod": "2592000s"}}), "partial": true},
		{"object": _object(upbound, "Secret", "x", {"forProvider": {"rotation": [{"rotationPeriod": "31536000s"}], "topics": topics}})},
		{"object": _object(upbound, "Secret", "y", {"forProvider": {"rotation": []}})},
	])
	_places(found) == {
		[0, "rotation-unset", ["spec", "rotation"]],
		[3, "rotation-unset", ["spec", "rotation"]],
		[5, "interval-too-long", ["spec", "rotation", "rotationPeriod"]],
		[6, "schedule-unreadable", ["spec", "rotation", "rotationPeriod"]],
		[7, "rotation-incomplete", ["spec", "rotation", "rotationPeriod"]],
		[7, "nobody-notified", ["spec", "topics"]],
		[8, "rotation-incomplete", ["spec", "rotation", "nextRotationTime"]],
		[11, "interval-too-long", ["spec", "forProvider", "rotation", 0, "rotationPeriod"]],
		[11, "rotation-incomplete", ["spec", "forProvider", "rotation", 0, "nextRotationTime"]],
		[12, "rotation-unset", ["spec", "forProvider", "rotation"]],
	}
}

test_azure if {
	group := "keyvault.azure.upbound.io/v1beta1"
	found := rule.report with input as _objects([
		_object(group, "Secret", "a", {"forProvider": {"name": "a"}}),
		_object(group, "Secret", "b", {"forProvider": {"expirationDate": "2026-01-01T00:00:00Z"}}),
		_object(group, "Key", "c", {"forProvider": {"name": "c"}}),
		_object(group, "Key", "d", {"forProvider": {"rotationPolicy": {"expireAfter": "P30D"}}}),
		_object(group, "Key", "e", {"forProvider": {"expirationDate": "2026-01-01T00:00:00Z"}}),
	])
	_places(found) == {
		[0, "expiry-missing", ["spec", "forProvider", "expirationDate"]],
		[2, "expiry-missing", ["spec", "forProvider", "rotationPolicy"]],
	}
}

_database(reference) := _object(
	"rds.aws.upbound.io/v1beta3", "Instance", "db",
	{"forProvider": {"passwordSecretRef": {"namespace": "shop", "name": reference}}},
)

_external(name, spec, annotations) := {
	"apiVersion": "external-secrets.io/v1",
	"kind": "ExternalSecret",
	"metadata": {"name": name, "namespace": "shop", "annotations": annotations},
	"spec": spec,
}

_from(kind) := {"dataFrom": [{"sourceRef": {"generatorRef": {"kind": kind, "name": "x"}}}]}

_vault(kind, name) := _object("secrets.hashicorp.com/v1beta1", kind, name, {"destination": {"name": name}})

_core(name) := {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name, "namespace": "shop"}}

_generated := {"spec": {"forProvider": {"autoGeneratePassword": true}}}

_managed := {"spec": {"forProvider": {"manageMasterUserPassword": true}}}

_databases := [
	_database("plain"),
	_database("static"),
	_database("external"),
	_database("elsewhere"),
	object.union(_database("elsewhere"), _generated),
	_database("dynamic"),
	_database("minted"),
	_database("stored"),
	_database("declared"),
	_database("written"),
	object.union(_database("plain"), _managed),
	_object("rds.services.k8s.aws/v1alpha1", "DBCluster", "db", {"masterUserPassword": {"name": "plain"}}),
	_object("rds.aws.upbound.io/v1beta1", "Cluster", "db", {"forProvider": {"masterPasswordSecretRef": {"name": "plain"}}}),
	_object("rds.aws.upbound.io/v1beta1", "Cluster", "db", {"forProvider": {"masterPasswordSecretRef": "plain"}}),
	_object("example.com/v1", "Cluster", "db", {"masterUserPassword": {"name": "plain"}}),
]

_makers := [
	_core("plain"),
	_vault("VaultStaticSecret", "static"),
	_external("external", {}, {}),
	_vault("VaultDynamicSecret", "dynamic"),
	_external("minted", _from("Password"), {}),
	_external("stored", {"data": [{"remoteRef": {"key": "shop/db"}}]}, {}),
	_external("declared", {}, {"portcullis/rotated-by": "cronjob/x"}),
	_core("written"),
	_rotation(object.union(_monthly, {"secretId": "shop/db"})),
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
]

test_databases if {
	found := rule.report with input as _objects(array.concat(_databases, _makers))
	{[one.object, one.severity] | some one in found; one.variant == "password-static"} == {
		[0, "medium"],
		[1, "medium"],
		[2, "medium"],
		[3, "info"],
		[4, "medium"],
		[11, "medium"],
		[12, "medium"],
	}

	full := rule.report with input as _objects([_database("elsewhere")]) with data.settings.completeness as "full"
	{one.severity | some one in full} == {"medium"}

	patched := rule.report with input as _in([{"object": _database("plain"), "partial": true}, {"object": _core("plain")}])
	patched == set()
}

test_parameters if {
	found := rule.report with input as _objects([_rotation(object.union(_monthly, {"rotationRules": {"automaticallyAfterDays": 8}}))])
		with data.settings.params as {"rotation/cloud-secret-rotation": {"maxRotationDays": 7}}
	_variants(found) == {[0, "interval-too-long"]}
}
