package portcullis.lib.agent_cloud_roles_test

import data.portcullis.lib.agent_cloud_roles
import data.portcullis.lib.testing

_crossplane(kind, name, provider) := {
	"apiVersion": "iam.aws.upbound.io/v1beta1",
	"kind": kind,
	"metadata": {"name": name},
	"spec": {"forProvider": provider},
}

_all := `{"Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "*"]}]}`

_of_service := `{"Statement": {"Effect": "Allow", "Action": "s3:*"}}`

_narrow := `{"Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "s3:Get*", 5]}, {"Effect": "Deny", "Action": "*"}, null]}`

_arn := "arn:aws:iam::111122223333:role/path/agent"

test_inline_policies if {
	ack := {
		"apiVersion": "iam.services.k8s.aws/v1alpha1",
		"kind": "Role",
		"metadata": {"name": "x"},
		"spec": {"name": "agent", "inlinePolicies": {"a": _all, "b": _narrow}},
	}
	agent_cloud_roles.wildcards(_arn) == {{"object": 0, "path": ["spec", "inlinePolicies", "a"]}} with input as testing.input_of([ack])
	agent_cloud_roles.wildcards(_arn) == set() with input as testing.input_of([object.union(ack, {"spec": {"inlinePolicies": null}})])
	inline := {"inlinePolicy": [{"policy": _narrow}, {"policy": _of_service}, {}]}
	agent_cloud_roles.wildcards(_arn) == {{"object": 0, "path": ["spec", "forProvider", "inlinePolicy", 1, "policy"]}} with input as _crossplane_role(inline)
	named := object.union(_crossplane("Role", "y", inline), {"metadata": {"annotations": {"crossplane.io/external-name": "agent"}}})
	count(agent_cloud_roles.wildcards(_arn)) == 1 with input as testing.input_of([named])
}

test_policies_of_roles if {
	agent_cloud_roles.wildcards(_arn) == {{
		"object": 0,
		"path": ["spec", "forProvider", "policy"],
	}} with input as testing.input_of([_crossplane("RolePolicy", "p", {"role": "agent", "policy": _all})])
	agent_cloud_roles.wildcards(_arn) == set() with input as testing.input_of([_crossplane("RolePolicy", "p", {"roleRef": {"name": "agent"}, "policy": _narrow})])
	agent_cloud_roles.wildcards(_arn) == set() with input as testing.input_of([_crossplane("RolePolicy", "p", {"role": "agent", "policy": "{"})])
	agent_cloud_roles.wildcards(_arn) == set() with input as testing.input_of([_crossplane("RolePolicy", "p", {"role": "agent", "policy": "[]"})])
	agent_cloud_roles.wildcards(_arn) == set() with input as testing.input_of([_crossplane("RolePolicy", "p", {"role": "agent"})])
	agent_cloud_roles.wildcards(_arn) == set() with input as testing.input_of([_crossplane("RolePolicy", "p", {"policy": _all})])
}

test_attached_policies if {
	policy := _crossplane("Policy", "p", {"document": _of_service})
	by_name := _crossplane("RolePolicyAttachment", "a", {"roleNameRef": {"name": "agent"}, "policyArnRef": {"name": "p"}})
	by_arn := _crossplane("RolePolicyAttachment", "a", {"roleName": "agent", "policyArn": "arn:aws:iam::111122223333:policy/p"})
	found := {{"object": 0, "path": ["spec", "forProvider", "document"]}}
	agent_cloud_roles.wildcards(_arn) == found with input as testing.input_of([policy, by_name])
	agent_cloud_roles.wildcards(_arn) == found with input as testing.input_of([policy, by_arn])
	agent_cloud_roles.wildcards(_arn) == set() with input as testing.input_of([by_name])
}

test_google if {
	member := {
		"apiVersion": "iam.cnrm.cloud.google.com/v1beta1",
		"kind": "IAMPolicyMember",
		"metadata": {"name": "m"},
		"spec": {"member": "serviceAccount:a@p.iam.gserviceaccount.com", "role": "roles/owner"},
	}
	agent_cloud_roles.wildcards(_google) == {{"object": 0, "path": ["spec", "role"]}} with input as testing.input_of([member])
	agent_cloud_roles.wildcards(_google) == set() with input as testing.input_of([object.union(member, {"spec": {"role": "roles/storage.objectViewer"}})])
	agent_cloud_roles.wildcards(_google) == set() with input as testing.input_of([object.union(member, {"spec": {"role": null, "member": 5}})])
}

test_other_groups if {
	other := object.union(_crossplane("Role", "agent", {"inlinePolicy": [{"policy": _all}]}), {"apiVersion": "x.com/v1"})
	agent_cloud_roles.wildcards(_arn) == set() with input as testing.input_of([other])
}

_google := "a@p.iam.gserviceaccount.com"

_crossplane_role(provider) := testing.input_of([_crossplane("Role", "agent", provider)])
