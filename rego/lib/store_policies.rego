# METADATA
# title: What policies of Vault and of clouds allow on secrets
# description: |
#   Policies that stand in manifests as text, in HCL or JSON, or as bindings of roles. Texts are read by patterns,
#   since they may be anything at all.
package portcullis.lib.store_policies

import data.portcullis.lib.k8s
import data.portcullis.lib.store_views as views

# METADATA
# description: "Texts that hold policies of Vault, as `{obj, path, text}`."
vault_texts := [entry |
	some found in [_config_maps, _policies, _bank_vaults]
	some entry in found
	is_string(entry.text)
	contains(entry.text, "path")
]

_config_maps := [{"obj": obj, "path": ["data", key], "text": text} |
	some obj in k8s.of_kind("ConfigMap")
	some key, text in views.object_at(obj.object, ["data"])
]

# The operator of Red Hat's community of practice, Crossplane's provider, and Terraform inside of Crossplane.
_policies := [{"obj": obj, "path": path, "text": object.get(obj.object, path, "")} |
	some [kind, group, path] in [
		["Policy", `^redhatcop\.redhat\.io$`, ["spec", "policy"]],
		["Policy", `^vault\.(vault\.)?(m\.)?(upbound|crossplane)\.io$`, ["spec", "forProvider", "policy"]],
		["Workspace", `^tf\.(m\.)?(upbound|crossplane)\.io$`, ["spec", "forProvider", "module"]],
	]
	some obj in k8s.of_kind(kind)
	regex.match(group, k8s.group(obj.object.apiVersion))
]

_bank_vaults := [{"obj": obj, "path": ["spec", "externalConfig", "policies", index, "rules"], "text": policy.rules} |
	some obj in k8s.of_kind("Vault")
	k8s.group(obj.object.apiVersion) == "vault.banzaicloud.com"
	some index, policy in k8s.items_at(obj.object, ["spec", "externalConfig", "policies"])
]

# METADATA
# description: |
#   The paths that a text of policies opens for reading, or for all, as a set of texts.
granted(text) := {match[1] |
	some pattern in [
		`(?m)^[^#\n]*?\bpath\s+"([^"\n]*)"\s*\{[^{}]*\bcapabilities\s*=\s*\[[^\]]*"(?:read|sudo|root)"`,
		`(?m)^[^#\n]*?\bpath\s+"([^"\n]*)"\s*\{[^{}]*\bpolicy\s*=\s*"(?:read|write|sudo)"`,
		`"([^"\n]*)"\s*:\s*\{\s*"capabilities"\s*:\s*\[[^\]]*"(?:read|sudo|root)"`,
	]
	some match in regex.find_all_string_submatch_n(pattern, text, -1)
}

# METADATA
# description: |
#   Whether a path of a policy is all there is, all of the system, or all of a secrets engine that `roots`
#   names.
is_broad(path, _) if regex.match(`^/?(\+/)*\*$|^/?sys/\*$`, path)

is_broad(path, roots) if {
	[mount] := regex.find_all_string_submatch_n(`^/?([a-zA-Z0-9_-]+)/(?:data/)?[+*]+$`, path, 1)
	some root in k8s.list(roots)
	is_string(root)
	trim(root, "/") == mount[1]
}

# METADATA
# description: |
#   Policies and bindings of clouds that open all secrets of an account or a project, as `{obj, path}`.
broad_cloud_grants := array.flatten([_aws, _google, _google_policies])

_aws := [{"obj": obj, "path": path} |
	some [kind, paths] in _aws_places
	some obj in k8s.of_kind(kind)
	regex.match(`^iam\.(aws\.(m\.)?(upbound|crossplane)\.io|services\.k8s\.aws)$`, k8s.group(obj.object.apiVersion))
	some pattern in paths
	some [path, text] in _texts_at(obj, pattern)
	some statement in _statements(text)
	_is_broad_statement(statement)
]

_aws_places := [
	["Policy", [["spec", "forProvider", "policy"], ["spec", "forProvider", "document"], ["spec", "policyDocument"]]],
	["RolePolicy", [["spec", "forProvider", "policy"], ["spec", "forProvider", "document"]]],
	["UserPolicy", [["spec", "forProvider", "policy"]]],
	["Role", [["spec", "inlinePolicies"], ["spec", "forProvider", "inlinePolicy"]]],
]

# A text, or texts below a map or a list.
_texts_at(obj, path) := [[array.concat(path, below), text] |
	value := object.get(obj.object, path, null)
	walk(value, [below, text])
	is_string(text)
]

# A statement is the object around `Effect`, whose conditions may be objects themselves.
_statements(text) := [match[0] |
	some match in regex.find_all_string_submatch_n(
		`\{[^{}]*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}[^{}]*)*"Effect"[^{}]*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}[^{}]*)*\}|\{[^{}]*"Effect"[^{}]*\}`,
		text, -1,
	)
]

# To list secrets, or to make up a password, there is no other resource than all.
_is_broad_statement(statement) if {
	regex.match(`"Effect"\s*:\s*"Allow"`, statement)
	regex.match(`"Action"\s*:\s*[^\]}]*"secretsmanager:\*"`, statement)
}

_is_broad_statement(statement) if {
	regex.match(`"Effect"\s*:\s*"Allow"`, statement)
	regex.match(`"Action"\s*:\s*[^\]}]*"secretsmanager:(Get(SecretValue|\*)|Put|Update|Delete|Create|Restore|Tag|\*)`, statement)
	regex.match(`"Resource"\s*:\s*\[?\s*"\*"`, statement)
	not contains(statement, `"Condition"`)
}

# Config Connector and Crossplane, bound to a whole project, folder or organization.
_google := [{"obj": obj, "path": path} |
	some [kind, path] in [
		["IAMPolicyMember", ["spec", "role"]],
		["ProjectIAMMember", ["spec", "forProvider", "role"]],
		["FolderIAMMember", ["spec", "forProvider", "role"]],
		["OrganizationIAMMember", ["spec", "forProvider", "role"]],
	]
	some obj in k8s.of_kind(kind)
	regex.match(`^(iam\.cnrm\.cloud\.google\.com|cloudplatform\.gcp\.(m\.)?upbound\.io)$`, k8s.group(obj.object.apiVersion))
	object.get(obj.object, path, null) == "roles/secretmanager.admin"
	_is_wide(obj)
]

_google_policies := [{"obj": obj, "path": ["spec", "bindings", index, "role"]} |
	some kind in ["IAMPolicy", "IAMPartialPolicy"]
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == "iam.cnrm.cloud.google.com"
	_is_wide(obj)
	some index, binding in k8s.items_at(obj.object, ["spec", "bindings"])
	binding.role == "roles/secretmanager.admin"
]

_is_wide(obj) if obj.object.kind in {"ProjectIAMMember", "FolderIAMMember", "OrganizationIAMMember"}

_is_wide(obj) if obj.object.spec.resourceRef.kind in {"Project", "Folder", "Organization"}
