package portcullis.lib.rbac_clouds_test

import data.portcullis.lib.rbac_clouds
import data.portcullis.lib.testing

_arn(name) := concat("/", ["arn:aws:eks::aws:cluster-access-policy", name])

_admin := _arn("AmazonEKSClusterAdminPolicy")

_policies := {[entry.obj.id, entry.path, entry.policy, entry.cluster, entry.principal] | some entry in rbac_clouds.policies}

_ack(spec) := {"apiVersion": "eks.services.k8s.aws/v1alpha1", "kind": "AccessEntry", "spec": spec}

_crossplane(given) := {
	"apiVersion": "eks.aws.upbound.io/v1beta1",
	"kind": "AccessPolicyAssociation",
	"spec": {"forProvider": given},
}

test_policies if {
	_policies == {
		[0, ["spec", "accessPolicies", 0, "policyARN"], "AmazonEKSClusterAdminPolicy", true, "role/a"],
		[0, ["spec", "accessPolicies", 1, "policyARN"], "AmazonEKSAdminPolicy", false, "role/a"],
		[1, ["spec", "forProvider", "policyArn"], "AmazonEKSClusterAdminPolicy", false, ""],
		[2, ["spec", "forProvider", "policyArn"], "AmazonEKSClusterAdminPolicy", true, "role/b"],
		[
			3, ["accessConfig", "accessEntries", 1, "accessPolicies", 0, "policyARN"], "AmazonEKSAdminPolicy", true, "",
		],
	} with input as testing.input_of([
		_ack({"principalARN": "role/a", "accessPolicies": [
			{"policyARN": _admin, "accessScope": {"type": "cluster"}},
			{"policyARN": _arn("AmazonEKSAdminPolicy"), "accessScope": {"type": "namespace", "namespaces": ["a"]}},
			{"policyARN": _arn("AmazonEKSViewPolicy")},
			{"policyARN": 5},
			null,
		]}),
		_crossplane({"policyArn": _admin, "accessScope": [{"type": "namespace"}], "principalArn": 5}),
		_crossplane({"policyArn": _admin, "accessScope": null, "principalArn": "role/b"}),
		{"apiVersion": "eksctl.io/v1alpha5", "kind": "ClusterConfig", "accessConfig": {"accessEntries": [
			null,
			{"accessPolicies": [{"policyARN": _arn("AmazonEKSAdminPolicy")}]},
		]}},
		_crossplane(null),
		_ack(null),
		{"apiVersion": "example.com/v1", "kind": "AccessEntry", "spec": {"accessPolicies": [{"policyARN": _admin}]}},
	])
}

_groups := {[entry.obj.id, entry.path, entry.group] | some entry in rbac_clouds.groups}

test_groups if {
	tokens := [{"groups": ["system:masters"]}, null]
	_groups == {
		[0, ["iamIdentityMappings", 0, "groups", 0], "system:masters"],
		[1, ["spec", "iamAuthenticatorConfig", "mapRoles", 0, "groups", 0], "system:masters"],
		[2, ["bootstrapTokens", 0, "groups", 0], "system:masters"],
		[3, ["spec", "kubeadmConfigSpec", "initConfiguration", "bootstrapTokens", 0, "groups", 0], "system:masters"],
	} with input as testing.input_of([
		{"apiVersion": "eksctl.io/v1alpha5", "kind": "ClusterConfig", "iamIdentityMappings": tokens},
		{
			"apiVersion": "controlplane.cluster.x-k8s.io/v1beta2",
			"kind": "AWSManagedControlPlane",
			"spec": {"iamAuthenticatorConfig": {"mapRoles": tokens, "mapUsers": null}},
		},
		{"apiVersion": "kubeadm.k8s.io/v1beta4", "kind": "InitConfiguration", "bootstrapTokens": tokens},
		{
			"apiVersion": "controlplane.cluster.x-k8s.io/v1beta1",
			"kind": "KubeadmControlPlane",
			"spec": {"kubeadmConfigSpec": {"initConfiguration": {"bootstrapTokens": tokens}}},
		},
		{"apiVersion": "bootstrap.cluster.x-k8s.io/v1beta1", "kind": "KubeadmConfig", "spec": null},
		{"apiVersion": "example.com/v1", "kind": "ClusterConfig", "iamIdentityMappings": tokens},
	])
}
