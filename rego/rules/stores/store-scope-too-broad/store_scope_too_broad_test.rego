package portcullis.rules.stores["store-scope-too-broad_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.stores["store-scope-too-broad"] as rule

_places(found) := {[one.object, one.variant, one.path] | some one in found}

_weights(found) := {[one.object, one.severity] | some one in found}

_object(api_version, kind, spec) := {
	"apiVersion": api_version,
	"kind": kind,
	"metadata": {"name": "a", "namespace": "agents"},
	"spec": spec,
}

_cluster(conditions) := {
	"apiVersion": "external-secrets.io/v1",
	"kind": "ClusterSecretStore",
	"metadata": {"name": "vault"},
	"spec": {"conditions": conditions, "provider": {"vault": {}}},
}

_external(spec) := _object("external-secrets.io/v1", "ExternalSecret", spec)

_csi(control) := _object("secrets.hashicorp.com/v1beta1", "CSISecrets", {"accessControl": control})

_text(text) := {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"a": text}}

_policy(text) := _object("iam.aws.upbound.io/v1beta1", "Policy", {"forProvider": {"policy": text}})

test_a_finding_as_the_host_gets_it if {
	found := rule.report with input as testing.input_of([_cluster([])])
	found == {{
		"variant": "cluster-store-for-all",
		"object": 0,
		"path": ["spec", "conditions"],
		"args": {},
		"severity": "medium",
	}}
}

test_odd_shapes if {
	found := rule.report with input as testing.input_of([
		_cluster([null, "x", {"namespaceSelector": "x", "namespaceRegexes": [5, null]}]),
		object.union(_cluster([]), {"spec": null}),
		_external({"dataFrom": [null, "x", {"find": null}, {"extract": {"key": 5}}, {"find": {"path": "x", "tags": []}}]}),
		_external(null),
		_object("external-secrets.io/v1", "ClusterExternalSecret", {"namespaceSelectors": [null, "x"]}),
		_object("external-secrets.io/v1", "ClusterExternalSecret", null),
		_object("external-secrets.io/v1alpha1", "PushSecret", {"dataTo": [null, 5], "selector": "x", "secretStoreRefs": [null]}),
		_object("secrets.hashicorp.com/v1beta1", "VaultAuth", {"allowedNamespaces": "*"}),
		_csi(null),
		_csi({"podNamePatterns": "x", "podLabels": null, "serviceAccountPattern": 5}),
		_text(5),
		_text("path \"secret/*\" {"),
		_policy(["x", {"Effect": 5}]),
		_policy("{\"Effect\": \"Allow\", {{{"),
		_object("iam.cnrm.cloud.google.com/v1beta1", "IAMPolicy", {"bindings": [null], "resourceRef": {"kind": "Project"}}),
	])
		with data.settings.params as {"stores/store-scope-too-broad": {"sharedRoots": [5, "secret"]}}
	found == set()
}

test_patches_and_context if {
	found := rule.report with input as testing.input_with([
		{"object": _cluster([]), "partial": true},
		{"object": _cluster([]), "context": true},
		{"object": _cluster([{"namespaceSelector": {"matchExpressions": []}}]), "partial": true},
	])
	_places(found) == {[2, "cluster-store-for-all", ["spec", "conditions", 0, "namespaceSelector"]]}
}

test_how_much_an_import_takes if {
	all_of := [{"find": {"name": {"regexp": ".+"}}}]
	stores := {"doppler": {}}
	found := rule.report with input as testing.input_of([
		_external({"secretStoreRef": {"name": "a"}, "dataFrom": all_of}),
		_external({"secretStoreRef": {"name": "b", "kind": "ClusterSecretStore"}, "dataFrom": all_of}),
		_external({"secretStoreRef": {"name": "b"}, "dataFrom": all_of}),
		_external({"secretStoreRef": {"name": "vault", "kind": "ClusterSecretStore"}, "dataFrom": all_of}),
		_external({"secretStoreRef": {"name": "a"}, "dataFrom": [{"extract": {"key": "kv/"}}]}),
		_object("external-secrets.io/v1", "SecretStore", {"provider": stores}),
		_cluster([{"namespaces": ["agents"]}]),
	])
	_weights(found) == {[0, "low"], [1, "high"], [2, "medium"], [3, "high"]}
}

test_patterns_of_csi_secrets if {
	found := rule.report with input as testing.input_of([
		_csi({"serviceAccountPattern": ".*"}),
		_csi({"serviceAccountPattern": ".*", "namespacePatterns": ["^agents$"]}),
		_csi({"serviceAccountPattern": ".*", "podLabels": {"app": "agent"}}),
		_csi({"serviceAccountPattern": ".*", "namespacePatterns": ["^agents$"], "matchPolicy": "any"}),
		_csi({"serviceAccountPattern": "^agent$"}),
	])
	_weights(found) == {[0, "high"], [1, "medium"], [2, "medium"], [3, "high"]}
}

test_policies_of_vault if {
	found := rule.report with input as testing.input_of([
		_text("path \"+/*\" { capabilities = [\"read\"] }\npath \"*\" { capabilities = [\"read\"] }"),
		_text("path \"team/data/*\" { capabilities = [\"read\"] }"),
		_text("path \"secret/metadata/*\" { capabilities = [\"read\", \"list\"] }"),
		_text("path \"secret/*\" { capabilities = [\"list\"] }"),
		_object("kyverno.io/v1", "Policy", {"policy": "path \"*\" { capabilities = [\"read\"] }"}),
	])
	{[one.object, one.args.path] | some one in found} == {[0, "*"]}
}

test_pushes if {
	push := {"dataTo": [{"match": {"regexp": ".*"}}, {"match": {"regexp": "^db-"}}]}
	found := rule.report with input as testing.input_of([
		_object("external-secrets.io/v1alpha1", "PushSecret", push),
		_object("external-secrets.io/v1alpha1", "ClusterPushSecret", {"pushSecretSpec": push}),
	])
	_places(found) == {
		[0, "push-everything", ["spec", "dataTo", 0]],
		[1, "push-everything", ["spec", "pushSecretSpec", "dataTo", 0]],
	}
}

test_more_than_one_tenant if {
	store := {"apiVersion": "external-secrets.io/v1", "kind": "SecretStore", "spec": {"provider": {"vault": {}}}}
	document := testing.input_with([
		{"object": _cluster([{"namespaceRegexes": ["^a$", ".*"]}])},
		{"object": store, "namespace": "a"},
		{"object": store, "namespace": "b"},
	])
	found := rule.report with input as document
	{[one.path, one.severity] | some one in found} == {[["spec", "conditions", 0, "namespaceRegexes", 1], "high"]}
	strict := rule.report with input as testing.input_of([_cluster([])]) with data.settings.profile as "strict"
	_weights(strict) == {[0, "high"]}
}

test_roots_distribution_and_platform if {
	external := {"dataFrom": [{"extract": {"key": "/prod/"}}, {"find": {"name": {}}}]}
	found := rule.report with input as testing.input_with([
		{"object": _external(external)},
		{"object": _external(external), "namespace": "platform"},
		{"object": _object("external-secrets.io/v1", "ClusterExternalSecret", {"namespaceSelectors": [{"matchLabels": {"a": "b"}}, {}]})},
		{"object": _object("external-secrets.io/v1", "ClusterExternalSecret", {
			"namespaceSelector": {},
			"externalSecretSpec": {"target": {"template": {"type": "kubernetes.io/dockerconfigjson"}}},
		})},
	])
		with data.settings.params as {"stores/store-scope-too-broad": {"platformOwners": ["platform"]}}
	{[one.object, one.variant, object.get(one, "severity", "")] | some one in found} == {
		[0, "import-shared-root", ""],
		[0, "import-everything", "medium"],
		[2, "distributed-everywhere", "high"],
		[3, "distributed-everywhere", "medium"],
	}
}

test_policies_of_clouds if {
	found := rule.report with input as testing.input_of([
		_policy(`{"Statement": {"Effect": "Allow", "Action": "secretsmanager:*", "Resource": "*"}}`),
		_policy(`{"Statement": [{"Action": ["secretsmanager:GetSecretValue"], "Effect": "Allow", "Resource": "*"}]}`),
		_policy(`{"Statement": [{"Effect": "Allow", "Action": ["secretsmanager:GetSecretValue"], "Resource": "arn:aws:a"}]}`),
		_object("cloudplatform.gcp.upbound.io/v1beta1", "ProjectIAMMember", {"forProvider": {"role": "roles/secretmanager.admin"}}),
		_object("iam.cnrm.cloud.google.com/v1beta1", "IAMPolicyMember", {
			"role": "roles/secretmanager.admin",
			"resourceRef": {"kind": "SecretManagerSecret"},
		}),
	])
	{one.object | some one in found} == {0, 1, 3}
}

test_mounts_of_vault if {
	found := rule.report with input as testing.input_of([_text("path \"secret/data/*\" { capabilities = [\"read\"] }")])
	{one.args.path | some one in found} == {"secret/data/*"}
}

test_a_push_that_stays_inside if {
	found := rule.report with input as testing.input_of([
		_object("external-secrets.io/v1", "SecretStore", {"provider": {"kubernetes": {}}}),
		_object("external-secrets.io/v1alpha1", "PushSecret", {
			"secretStoreRefs": [{"name": "a"}],
			"selector": {"secret": {"selector": {}}},
		}),
	])
	found == set()
}
