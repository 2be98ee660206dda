# METADATA
# title: What admission policies and webhooks cover
package portcullis.lib.admission_scope

import data.portcullis.lib.admission_modes
import data.portcullis.lib.k8s

_rbac := {"roles", "clusterroles", "rolebindings", "clusterrolebindings"}

_kinds := {"Secret", "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"}

# METADATA
# description: |
#   Policies and webhooks about Secrets or RBAC that let everything pass where they cannot be asked, as
#   `[object, path]`.
fails_open := (_webhooks_open | _cel_open) | _kyverno_open

_webhooks_open := {[obj, array.concat(path, ["failurePolicy"])] |
	some [obj, path, webhook] in policy_webhooks
	webhook.failurePolicy == "Ignore"
}

# METADATA
# description: |
#   Validating webhooks that see Secrets or RBAC, as `[object, path, webhook]`: those of policy engines, and
#   not those with which an operator checks its own kinds.
policy_webhooks := [[obj, ["webhooks", index], webhook] |
	some obj in k8s.of_kind("ValidatingWebhookConfiguration")
	k8s.group(obj.object.apiVersion) == "admissionregistration.k8s.io"
	some index, webhook in k8s.items_at(obj.object, ["webhooks"])
	some rule in k8s.items_at(webhook, ["rules"])
	_covers_secrets(rule)
]

_covers_secrets(rule) if {
	_names(rule, "apiGroups", {"", "*"})
	_names(rule, "resources", {"secrets", "*", "*/*"})
}

_covers_secrets(rule) if {
	_names(rule, "apiGroups", {"rbac.authorization.k8s.io", "*"})
	_names(rule, "resources", _rbac | {"*", "*/*"})
}

_names(rule, field, wanted) if {
	some name in k8s.items_at(rule, [field])
	name in wanted
}

# METADATA
# description: Validating admission policies and Kyverno's policies in CEL, which have the same fields.
cel := array.concat(admission_modes.cel_policies, [obj |
	some obj in k8s.of_kind("ValidatingAdmissionPolicy")
	k8s.group(obj.object.apiVersion) == "admissionregistration.k8s.io"
])

_cel_open := {[obj, ["spec", "failurePolicy"]] |
	some obj in cel
	obj.object.spec.failurePolicy == "Ignore"
	some rule in k8s.items_at(obj.object, ["spec", "matchConstraints", "resourceRules"])
	_covers_secrets(rule)
}

_kyverno_open := {[obj, path] |
	some obj in admission_modes.kyverno_policies
	some path in [["spec", "failurePolicy"], ["spec", "webhookConfiguration", "failurePolicy"]]
	object.get(obj.object, path, "") == "Ignore"
	_matches_secrets(obj)
}

_matches_secrets(obj) if {
	some rule in k8s.items_at(obj.object, ["spec", "rules"])
	some [_, resources] in resources_in(rule, "match")
	some kind in k8s.items_at(resources, ["kinds"])
	is_string(kind)
	steps := split(kind, "/")
	steps[count(steps) - 1] in (_kinds | {"*"})
}

# METADATA
# description: |
#   What a rule of Kyverno matches or excludes, as `[path, resources]`; `field` is `match` or `exclude`.
resources_in(rule, field) := [[path, resources] |
	is_object(rule)
	some path in array.concat([[field, "resources"]], [[field, how, index, "resources"] |
		some how in ["any", "all"]
		some index, _ in k8s.items_at(rule, [field, how])
	])
	resources := object.get(rule, path, null)
	is_object(resources)
]
