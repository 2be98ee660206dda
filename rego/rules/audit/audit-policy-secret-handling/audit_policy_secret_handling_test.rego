package portcullis.rules.audit["audit-policy-secret-handling_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.audit["audit-policy-secret-handling"] as rule

_policy(rules) := {"apiVersion": "audit.k8s.io/v1", "kind": "Policy", "rules": rules}

_found := {[one.object, one.variant, one.path, object.get(one, "severity", "")] | some one in rule.report}

_rules(rules) := testing.input_of([_policy(array.concat(rules, [
	{"level": "Request", "resources": [{"group": "rbac.authorization.k8s.io"}]},
	{"level": "Metadata"},
]))])

_secrets := [{"group": "", "resources": ["secrets"]}]

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as testing.input_of([_policy([
		{"level": "RequestResponse", "resources": [{"resources": ["secrets", "serviceaccounts/token"]}]},
		{"level": "Request", "resources": [{"group": "rbac.authorization.k8s.io"}]},
		{"level": "Metadata"},
	])])
	report == {{
		"variant": "secret-bodies-logged",
		"object": 0,
		"path": ["rules", 0, "level"],
		"args": {"level": "RequestResponse", "resources": "`secrets`, `serviceaccounts/token`"},
	}}
}

test_the_first_rule_decides if {
	_found == set() with input as _rules([{"level": "Metadata", "resources": _secrets}, {"level": "RequestResponse", "resources": _secrets}])
	_found == {[0, "secret-bodies-logged", ["rules", 1, "level"], ""]} with input as _rules([
		{"level": "Metadata", "resources": _secrets, "namespaces": ["a"]},
		{"level": "RequestResponse", "resources": _secrets},
	])
	_found == set() with input as _rules([
		{"level": "Metadata", "resources": _secrets, "userGroups": ["system:authenticated"]},
		{"level": "RequestResponse", "resources": _secrets},
	])
	_found == {[0, "secret-bodies-logged", ["rules", 1, "level"], ""]} with input as _rules([
		{"level": "Metadata", "resources": [{"resources": ["secrets"], "resourceNames": ["a"]}]},
		{"level": "Request", "resources": _secrets},
	])
}

_leak := {[0, "secret-bodies-logged", ["rules", 0, "level"], ""]}

test_bodies_by_verb if {
	_found == set() with input as _rules([{"level": "Request", "resources": _secrets, "verbs": ["get", "list", "watch", "delete"]}])
	_found == set() with input as _rules([{"level": "RequestResponse", "resources": _secrets, "verbs": ["watch"]}])
	_found == _leak with input as _rules([{"level": "RequestResponse", "resources": _secrets, "verbs": ["list"]}])
	_found == set() with input as _rules([{"level": "Request", "resources": [{"group": "", "resources": ["serviceaccounts/*"]}]}])
	_found == _leak with input as _rules([{"level": "RequestResponse", "resources": [{"group": "", "resources": ["*/token"]}]}])
	_found == _leak with input as _rules([{"level": "Request", "resources": [{"group": "authentication.k8s.io"}]}])
	configmaps := {"level": "RequestResponse", "resources": [{"resources": ["configmaps"]}]}
	_found == {[0, "configmap-bodies-logged", ["rules", 0, "level"], ""]} with input as _rules([configmaps])
}

test_how_much_is_lost if {
	lost := {name: found |
		some name, conditions in {
			"everyone": {},
			"authenticated": {"userGroups": ["system:authenticated"]},
			"masters": {"userGroups": ["a", "system:masters"]},
			"group": {"userGroups": ["system:nodes"]},
			"controller": {"users": ["system:serviceaccount:velero:velero"]},
			"administrator": {"users": ["system:admin"]},
			"namespace": {"namespaces": ["a"]},
			"watching": {"verbs": ["watch"]},
			"name": {"resources": [{"group": "", "resources": ["secrets"], "resourceNames": ["a"]}]},
			"stages": {"level": "Metadata", "omitStages": ["RequestReceived", "ResponseComplete"]},
			"urls": {"nonResourceURLs": ["*"]},
		}
		found := {one.severity |
			some one in rule.report with input as testing.input_of([_policy([
				object.union({"level": "None"}, conditions),
				{"level": "Request"},
			])])
			one.variant == "sensitive-unrecorded"
		}
	}
	lost == {
		"everyone": {"high"},
		"authenticated": {"high"},
		"masters": {"high"},
		"group": {"medium"},
		"controller": set(),
		"administrator": {"high"},
		"namespace": {"medium"},
		"watching": {"medium"},
		"name": {"medium"},
		"stages": {"high"},
		"urls": set(),
	}
}

test_what_no_rule_matches if {
	_found == {[0, "sensitive-unrecorded", ["rules"], "high"]} with input as testing.input_of([_policy([{"level": "Metadata", "resources": [{"group": "apps"}]}])])
	_found == {[0, "catch-all-missing", ["rules"], ""]} with input as testing.input_of([_policy([{"level": "Metadata", "resources": _secrets}])])
	_found == {
		[0, "sensitive-unrecorded", ["rules", 1, "level"], "high"],
		[0, "catch-all-missing", ["rules"], ""],
		[0, "rbac-changes-without-body", ["rules", 0, "level"], ""],
	} with input as testing.input_of([_policy([
		{"level": "Metadata", "resources": array.concat(_secrets, [{"group": "rbac.authorization.k8s.io"}])},
		{"level": "None"},
	])])
}

test_policies_in_texts if {
	text := yaml.marshal(_policy([{"level": "Request"}]))
	files := [{"path": "/etc/audit.yaml", "content": text}, {"content": "audit.k8s.io/ {"}, {"content": 1}, null]
	found := _found with input as testing.input_of([
		{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"a.yaml": text, "b": "audit.k8s.io/: [", "c": 1}},
		{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "b"}, "data": {"a.yaml": "see audit.k8s.io/v1"}},
		{"apiVersion": "kops.k8s.io/v1alpha2", "kind": "Cluster", "spec": {"fileAssets": files, "kubeAPIServer": {
			"auditPolicyFile": "a",
			"auditLogPath": "b",
		}}},
	])
	found == {
		[0, "secret-bodies-logged", ["data", "a.yaml"], ""],
		[0, "configmap-bodies-logged", ["data", "a.yaml"], ""],
		[2, "secret-bodies-logged", ["spec", "fileAssets", 0, "content"], ""],
		[2, "configmap-bodies-logged", ["spec", "fileAssets", 0, "content"], ""],
	}
}

test_odd_policies if {
	_found == {
		[0, "sensitive-unrecorded", ["rules"], "high"],
		[3, "sensitive-unrecorded", ["rules", 2, "level"], "high"],
		[4, "catch-all-missing", ["rules"], ""],
	} with input as testing.input_of([
		{"apiVersion": "audit.k8s.io/v1", "kind": "Policy", "rules": null},
		{"apiVersion": "policies.kyverno.io/v1", "kind": "Policy", "spec": {}},
		{"apiVersion": 1, "kind": "Policy", "rules": []},
		_policy([null, "x", {"level": 1, "users": null, "resources": "x", "verbs": {}}]),
		_policy([{"level": "Metadata", "resources": [null, {"resources": "x"}]}]),
	])
	report := rule.report with input as testing.input_with([{"object": _policy([]), "partial": true}])
	report == set()
}

_server(container) := {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"containers": [object.union({"name": "a"}, container)]}}

_place := ["spec", "containers", 0]

test_flags_of_servers if {
	found := _found with input as testing.input_of([
		_server({"image": "a", "command": ["/usr/bin/kube-apiserver"]}),
		_server({"image": "kube-apiserver:v1", "args": ["--a", "--audit-policy-file", "p", "--audit-log-path", "-"]}),
		_server({"image": "kube-apiserver:v1", "command": ["sh", "-c", "kube-apiserver --audit-policy-file=p --audit-webhook-config-file=w --audit-log-maxage=1"]}),
		_server({"image": "kube-apiserver:v1", "args": ["--audit-policy-file=", "--audit-log-path=x"]}),
		_server({"image": "kube-apiserver:v1"}),
		_server({"image": "other:v1", "args": ["get", "kube-apiserver", 1]}),
		{"apiVersion": "kubeadm.k8s.io/v1beta4", "kind": "ClusterConfiguration", "apiServer": {"extraArgs": [null, {"name": 1}]}},
		{"apiVersion": "kubeadm.k8s.io/v1beta3", "kind": "ClusterConfiguration", "apiServer": {"extraArgs": {"audit-log-path": null}}},
		{"apiVersion": "controlplane.cluster.x-k8s.io/v1beta1", "kind": "KubeadmControlPlaneTemplate", "spec": null},
	])
	template := ["spec", "template", "spec", "kubeadmConfigSpec", "clusterConfiguration", "apiServer", "extraArgs"]
	found == {
		[0, "audit-log-off", array.concat(_place, ["command"]), "medium"],
		[2, "log-kept-too-short", array.concat(_place, ["command", 2]), ""],
		[3, "audit-log-off", array.concat(_place, ["args"]), "medium"],
		[6, "audit-log-off", ["apiServer", "extraArgs"], "low"],
		[7, "audit-log-off", ["apiServer", "extraArgs"], "low"],
		[8, "audit-log-off", template, "low"],
	}
}

test_limits_of_the_log if {
	report := rule.report with input as testing.input_of([{
		"apiVersion": "kops.k8s.io/v1alpha2", "kind": "Cluster",
		"spec": {"kubeAPIServer": {"auditPolicyFile": "a", "auditLogPath": "b", "auditLogMaxAge": 5, "auditLogMaxBackups": 0, "auditLogMaxSize": true}},
	}])
	{one.args | some one in report} == {{"flag": "audit-log-maxage", "value": 5, "limit": 30}}
}

_object(api_version, kind, spec) := {"apiVersion": api_version, "kind": kind, "spec": spec}

test_managed_clusters if {
	azure := "insights.azure.upbound.io/v1beta1"
	logging := [null, {"enabled": true, "types": ["audit"]}]
	found := _found with input as testing.input_of([
		_object("eks.aws.crossplane.io/v1beta1", "Cluster", {"forProvider": {"logging": {"clusterLogging": logging}}}),
		{"apiVersion": "eks.aws.upbound.io/v1beta2", "kind": "Cluster", "spec": {"forProvider": {"enabledClusterLogTypes": ["audit"]}}},
		{"apiVersion": "controlplane.cluster.x-k8s.io/v1beta2", "kind": "AWSManagedControlPlane", "spec": {"logging": {"audit": true}}},
		{"apiVersion": "cluster.x-k8s.io/v1beta1", "kind": "Cluster", "spec": {}},
		{"apiVersion": "eksctl.io/v1alpha5", "kind": "ClusterConfig", "cloudWatch": null},
		_object(azure, "MonitorDiagnosticSetting", {"forProvider": {"enabledLog": [{"category": "guard"}, null]}}),
		_object(azure, "MonitorDiagnosticSetting", {"forProvider": {"log": [{"category": "guard"}, {"categoryGroup": "allLogs"}]}}),
		{"apiVersion": "iam.cnrm.cloud.google.com/v1beta1", "kind": "IAMAuditConfig", "spec": {"service": "storage.googleapis.com"}},
		{"apiVersion": "iam.cnrm.cloud.google.com/v1beta1", "kind": "IAMAuditConfig", "spec": {"service": "container.googleapis.com"}},
	])
	found == {
		[4, "cluster-audit-log-off", ["cloudWatch", "clusterLogging", "enableTypes"], ""],
		[5, "cluster-audit-log-off", ["spec", "forProvider", "enabledLog"], ""],
		[8, "cluster-audit-log-off", ["spec", "auditLogConfigs"], ""],
	}
}
