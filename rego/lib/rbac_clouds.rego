# METADATA
# title: Rights in a cluster that a cloud or kubeadm gives without a binding
# description: |
#   EKS gives rights by access policies, which are associated with a cloud identity; tools that make clusters
#   put identities into groups. Those are read in objects of ACK, Crossplane, eksctl and Cluster API.
# related_resources:
#   - ref: https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
#   - ref: https://eksctl.io/usage/access-entries/
package portcullis.lib.rbac_clouds

import data.portcullis.lib.k8s

# METADATA
# description: |
#   Access policies of EKS that make whoever has them a superuser, as `{obj, path, policy, cluster, principal}`:
#   the policy's name, whether it holds in the whole cluster, and the identity (empty where it is not named).
policies := [{"obj": entry.obj, "path": entry.path, "policy": policy, "cluster": cluster, "principal": entry.principal} |
	some entry in array.flatten([_of_ack, _of_crossplane, _of_eksctl])
	is_string(entry.arn)
	steps := split(entry.arn, "/")
	policy := steps[count(steps) - 1]
	policy in {"AmazonEKSClusterAdminPolicy", "AmazonEKSAdminPolicy"}
	cluster := _scope(entry.scope) != "namespace"
]

# Crossplane has a list with one item, or that item.
_scope(scope) := scope.type if {
	is_object(scope)
} else := scope[0].type if {
	is_array(scope)
} else := "cluster"

_text(value) := value if is_string(value)

_text(value) := "" if not is_string(value)

_associations(obj, holder, path) := [entry |
	some index, association in k8s.items_at(holder, ["accessPolicies"])
	is_object(association)
	entry := {
		"obj": obj,
		"path": array.concat(path, ["accessPolicies", index, "policyARN"]),
		"arn": object.get(association, "policyARN", null),
		"scope": object.get(association, "accessScope", null),
		"principal": _text(object.get(holder, "principalARN", "")),
	}
]

_of_ack := [entry |
	some obj in k8s.of_kind("AccessEntry")
	k8s.group(obj.object.apiVersion) == "eks.services.k8s.aws"
	is_object(obj.object.spec)
	some entry in _associations(obj, obj.object.spec, ["spec"])
]

_of_crossplane := [entry |
	some obj in k8s.of_kind("AccessPolicyAssociation")
	contains(k8s.group(obj.object.apiVersion), "eks.")
	given := obj.object.spec.forProvider
	is_object(given)
	entry := {
		"obj": obj,
		"path": ["spec", "forProvider", "policyArn"],
		"arn": object.get(given, "policyArn", null),
		"scope": object.get(given, "accessScope", null),
		"principal": _text(object.get(given, "principalArn", "")),
	}
]

_of_eksctl := [entry |
	some obj in k8s.of_kind("ClusterConfig")
	k8s.group(obj.object.apiVersion) == "eksctl.io"
	some index, holder in k8s.items_at(obj.object, ["accessConfig", "accessEntries"])
	is_object(holder)
	some entry in _associations(obj, holder, ["accessConfig", "accessEntries", index])
]

# Kinds, API groups and the places of lists whose items have groups. `*` stands for every item.
_members := [
	["ClusterConfig", "eksctl.io", ["accessConfig", "accessEntries"], "kubernetesGroups"],
	["ClusterConfig", "eksctl.io", ["iamIdentityMappings"], "groups"],
	["AWSManagedControlPlane", "controlplane.cluster.x-k8s.io", ["spec", "iamAuthenticatorConfig", "mapRoles"], "groups"],
	["AWSManagedControlPlane", "controlplane.cluster.x-k8s.io", ["spec", "iamAuthenticatorConfig", "mapUsers"], "groups"],
	["InitConfiguration", "kubeadm.k8s.io", ["bootstrapTokens"], "groups"],
	["KubeadmControlPlane", "controlplane.cluster.x-k8s.io", array.concat(["spec", "kubeadmConfigSpec"], _init), "groups"],
	[
		"KubeadmControlPlaneTemplate",
		"controlplane.cluster.x-k8s.io",
		array.concat(["spec", "template", "spec", "kubeadmConfigSpec"], _init),
		"groups",
	],
	["KubeadmConfig", "bootstrap.cluster.x-k8s.io", array.concat(["spec"], _init), "groups"],
	["KubeadmConfigTemplate", "bootstrap.cluster.x-k8s.io", array.concat(["spec", "template", "spec"], _init), "groups"],
]

_init := ["initConfiguration", "bootstrapTokens"]

# METADATA
# description: Groups that identities and bootstrap tokens are put into, as `{obj, path, group}`.
groups := [{"obj": obj, "path": array.concat(place, [index, field, at]), "group": group} |
	some [kind, api_group, place, field] in _members
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == api_group
	some index, member in k8s.items_at(obj.object, place)
	is_object(member)
	some at, group in k8s.items_at(member, [field])
]
