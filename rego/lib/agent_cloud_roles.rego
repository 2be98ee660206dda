# METADATA
# title: What a cloud role may do, as far as the set says so
# description: |
#   IAM policies of Crossplane, of the AWS controllers for Kubernetes and of Config Connector. A role is what the
#   annotation of a ServiceAccount names: an ARN, or the mail address of a service account.
package portcullis.lib.agent_cloud_roles

import data.portcullis.lib.k8s

# METADATA
# description: |
#   Where the set allows a role every action of a service, or all there are, as a set of `{"object", "path"}`.
wildcards(role) := object.get(_by_role, _name(role), set())

_by_role := {name: places | some name, places in _places}

_places[_name(grant.role)] contains {"object": grant.obj.id, "path": grant.path} if {
	some grant in _grants
	_is_wildcard(grant.policy)
}

# The last part of an ARN is the role's name; paths of roles are no part of it.
_name(role) := parts[count(parts) - 1] if parts := split(role, "/")

_grants contains {"obj": obj, "role": name, "path": path, "policy": policy} if {
	some obj in k8s.known_of_kind("Role")
	endswith(k8s.group(obj.object.apiVersion), "iam.services.k8s.aws")
	name := object.get(obj.object, ["spec", "name"], obj.name)
	is_string(name)
	policies := object.get(obj.object, ["spec", "inlinePolicies"], null)
	is_object(policies)
	some key, policy in policies
	path := ["spec", "inlinePolicies", key]
}

_grants contains {"obj": obj, "role": _external_name(obj), "path": path, "policy": policy} if {
	some obj in k8s.known_of_kind("Role")
	_is_crossplane(obj)
	some index, inline in k8s.items_at(obj.object, ["spec", "forProvider", "inlinePolicy"])
	policy := object.get(inline, "policy", null)
	path := ["spec", "forProvider", "inlinePolicy", index, "policy"]
}

_grants contains {"obj": obj, "role": _role_of(obj), "path": document.path, "policy": document.text} if {
	some obj in k8s.known_of_kind("RolePolicy")
	_is_crossplane(obj)
	document := _document(obj)
}

# Attached policies.
_grants contains {"obj": policy, "role": _role_of(obj), "path": document.path, "policy": document.text} if {
	some obj in k8s.known_of_kind("RolePolicyAttachment")
	_is_crossplane(obj)
	name := _first_text(obj, [["policyArnRef", "name"], ["policyArn"]])
	some policy in object.get(_policies, _name(name), [])
	document := _document(policy)
}

_role_of(obj) := _first_text(obj, [["role"], ["roleRef", "name"], ["roleName"], ["roleNameRef", "name"]])

_document(obj) := {"path": ["spec", "forProvider", key], "text": text} if {
	key := [key |
		some key in ["policy", "document"]
		is_string(object.get(obj.object, ["spec", "forProvider", key], null))
	][0]
	text := obj.object.spec.forProvider[key]
}

# Config Connector and Crossplane for Google.
_grants contains {"obj": obj, "role": trim_prefix(member, "serviceAccount:"), "path": ["spec", "role"], "policy": role} if {
	some kind in ["IAMPolicyMember", "IAMPartialPolicy"]
	some obj in k8s.known_of_kind(kind)
	member := object.get(obj.object, ["spec", "member"], null)
	is_string(member)
	role := object.get(obj.object, ["spec", "role"], null)
}

_policies := {name: [policy | some policy in _crossplane_policies; _external_name(policy) == name] |
	some policy in _crossplane_policies
	name := _external_name(policy)
}

_crossplane_policies := [obj | some obj in k8s.known_of_kind("Policy"); _is_crossplane(obj)]

_is_crossplane(obj) if {
	group := k8s.group(obj.object.apiVersion)
	regex.match(`^iam\.aws(\.m)?\.(upbound|crossplane)\.io$`, group)
}

_external_name(obj) := name if {
	name := k8s.annotations(obj)["crossplane.io/external-name"]
	is_string(name)
} else := obj.name

_first_text(obj, keys) := [text |
	some key in keys
	text := object.get(obj.object, array.concat(["spec", "forProvider"], key), null)
	is_string(text)
][0]

_is_wildcard(policy) if policy in {"roles/owner", "roles/editor"}

_is_wildcard(policy) if {
	is_string(policy)
	json.is_valid(policy)
	document := json.unmarshal(policy)
	some statement in _listed(object.get(_object(document), "Statement", null))
	statement.Effect == "Allow"
	some action in _listed(statement.Action)
	is_string(action)
	regex.match(`^([a-z0-9-]+:)?\*$`, action)
}

_listed(value) := value if is_array(value)

_listed(value) := [value] if not is_array(value)

_object(value) := value if is_object(value)

_object(value) := {} if not is_object(value)
