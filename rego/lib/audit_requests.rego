# METADATA
# title: The requests that an audit trail is kept for
# description: |
#   What is asked of an audit policy about them, each as `{index, resources, …}`: `index` is that of the
#   policy's rule, and `-1` where no rule decides.
package portcullis.lib.audit_requests

import data.portcullis.lib.audit_policies

# METADATA
# description: |
#   The rules of a policy that put bodies into the log, with the resources whose bodies hold secrets, by
#   `kind`: `secrets` for Secrets and tokens, `configmaps` for ConfigMaps.
bodies(policy) := {found |
	some kind, leaks in _leaks
	some index in {index | some leak in leaks; some index in _leaking(policy, leak)}
	found := {
		"kind": kind,
		"index": index,
		"resources": sort({leak.request.resource | some leak in leaks; index in _leaking(policy, leak)}),
	}
}

_leaking(policy, leak) := {index |
	some index in audit_policies.deciding(policy, leak.request).indices
	audit_policies.level(policy, policy.rules[index]) in leak.levels
}

# Bodies of requests are logged from `Request` on, those of answers with `RequestResponse`. Nobody sends
# the body of what is read or deleted; an account's token stands in the answer, a reviewed one in the request.
_leaks := {
	"secrets": array.flatten([
		_bodies_of("", "secrets"),
		{"request": {"group": "authentication.k8s.io", "resource": "tokenreviews", "verb": "create"}, "levels": _any_body},
		{"request": {"group": "", "resource": "serviceaccounts/token", "verb": "create"}, "levels": {"RequestResponse"}},
	]),
	"configmaps": _bodies_of("", "configmaps"),
}

_any_body := {"Request", "RequestResponse"}

_bodies_of(group, resource) := array.concat(
	[{"request": request, "levels": _any_body} | some request in _requests(group, resource, _writes)],
	[{"request": request, "levels": {"RequestResponse"}} | some request in _requests(group, resource, ["get", "list"])],
)

_requests(group, resource, verbs) := [{"group": group, "resource": resource, "verb": verb} | some verb in verbs]

_writes := ["create", "update", "patch"]

_changes := ["create", "update", "patch", "delete", "deletecollection"]

# METADATA
# description: |
#   The rules of a policy that keep requests out of the log which it is there for, with `extent`, as of
#   `audit_policies` (never `users`), and `secrets`, whether Secrets are among them; `watching` where
#   nothing but watches is lost.
unrecorded(policy) := {found |
	lost := _lost(policy)
	some [index, extent] in {[entry.index, entry.extent] | some entry in lost}
	requests := {entry.request | some entry in lost; entry.index == index; entry.extent == extent}
	found := {
		"index": index,
		"extent": extent,
		"resources": sort({request.resource | some request in requests}),
		"secrets": count([1 | some request in requests; request.resource == "secrets"]) > 0,
		"watching": count([1 | some request in requests; request.verb != "watch"]) == 0,
	}
}

_lost(policy) := {entry |
	some request in _audited
	some index in audit_policies.deciding(policy, request).indices
	rule := policy.rules[index]
	audit_policies.level(policy, rule) == "None"
	extent := audit_policies.extent(rule, request)
	extent != "users"
	entry := {"index": index, "extent": extent, "request": request}
} | {{"index": -1, "extent": "everyone", "request": request} |
	some request in _audited
	audit_policies.deciding(policy, request).through
}

_audited := array.flatten([_requests(group, resource, verbs) |
	some [group, resources, verbs] in [
		["", ["secrets"], ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"]],
		["rbac.authorization.k8s.io", _rbac, _changes],
		["", ["pods/exec", "pods/attach", "pods/portforward"], ["create"]],
		["admissionregistration.k8s.io", ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"], _changes],
	]
	some resource in resources
])

_rbac := ["clusterrolebindings", "clusterroles", "rolebindings", "roles"]

# METADATA
# description: The rules that record a change of roles or bindings, but not what was changed.
bodiless(policy) := {index |
	some resource in _rbac
	some request in _requests("rbac.authorization.k8s.io", resource, _writes)
	some index in audit_policies.deciding(policy, request).indices
	audit_policies.level(policy, policy.rules[index]) == "Metadata"
	audit_policies.extent(policy.rules[index], request) == "everyone"
}

# METADATA
# description: Whether no rule of a policy records whatever is left.
lacks_catch_all(policy) if {
	count([1 |
		some rule in policy.rules
		audit_policies.is_catch_all(rule)
		audit_policies.level(policy, rule) != "None"
	]) == 0
}

# METADATA
# description: The resources of an entry as a message shows them.
text(entry) := concat(", ", [concat("", ["`", resource, "`"]) | some resource in entry.resources])
