# METADATA
# title: Rights over certificate signing requests
# description: |
#   The API server lets nobody approve a request, or fill in its certificate, who does not also hold
#   `approve` or `sign` on the signer that it names. Signers are named `<domain>/<path>`, or
#   `<domain>/*` for all of a domain.
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#authorization
package portcullis.lib.rbac_signers

import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_companions

# METADATA
# description: API group of signing requests and signers.
group := "certificates.k8s.io"

# METADATA
# description: Whether a policy rule lets its holder change a subresource of any signing request.
changes(rule, subresource) if {
	rbac.covers(rule, group, concat("/", ["certificatesigningrequests", subresource]))
	count(rbac.unnamed_verbs(rule, {"update", "patch"})) > 0
}

# METADATA
# description: Whether a policy rule grants `approve` or `sign` on some signer.
holds(rule, verb) if {
	rbac.covers(rule, group, "signers")
	verb in rbac.verbs_of(rule, {verb})
}

# METADATA
# description: |
#   The signers on which a policy rule grants a verb and whose certificates the API server takes for
#   identities, as text; `allowed` is a list of those that are no matter. Undefined where there is none.
identity_signers(rule, verb, allowed) := "every signer" if {
	holds(rule, verb)
	not rbac.is_named(rule)
} else := rbac.listed(names) if {
	holds(rule, verb)
	names := {name | some name in rbac.names(rule); _issues_identities(name)} - {name | some name in allowed}
	count(names) > 0
}

_issues_identities(name) if name in {"kubernetes.io/*", "kubernetes.io/legacy-unknown"}

_issues_identities(name) if startswith(name, "kubernetes.io/kube-apiserver-client")

# METADATA
# description: |
#   The two rights that it takes together, seen from either: `is_request` tells the subresource's half
#   from the signer's, `variant` is what both amount to, and `other` names the half that is lacking.
halves := {
	"approval": _half(true, "approval", "approve"),
	"approve": _half(false, "approval", "approve"),
	"status": _half(true, "status", "sign"),
	"sign": _half(false, "status", "sign"),
}

_half(is_request, subresource, verb) := {
	"is_request": is_request,
	"subresource": subresource,
	"verb": verb,
	"variant": concat("-", [verb, "certificates"]),
	"other": {
		true: sprintf("`%s` on a signer", [verb]),
		false: sprintf("changing certificatesigningrequests/%s", [subresource]),
	}[is_request],
}

# METADATA
# description: |
#   The holders of an entry in a scope (of `rbac_scopes`) that hold the other half too, as a list of
#   `{"holder", "signers"}`. A pair is known by the request's half, by the signer's only where the
#   former is outside of the judged unit.
completed(entry, scope, half, allowed) := [pair |
	changes(entry.rule, half.subresource)
	some holder in rbac_companions.holders(entry, scope)
	some right in holder.rights
	right.grant.cluster
	pair := {"holder": holder.name, "signers": identity_signers(right.entry.rule, half.verb, allowed)}
] if {
	half.is_request
} else := [pair |
	signers := identity_signers(entry.rule, half.verb, allowed)
	some holder in rbac_companions.holders(entry, scope)
	requests := _requests(holder, half)
	count(requests) > 0
	every right in requests {
		right.entry.obj.context
	}
	pair := {"holder": holder.name, "signers": signers}
]

# METADATA
# description: Whether some holder of an entry that is one half lacks the other.
is_alone(entry, scope, half, _) if {
	half.is_request
	changes(entry.rule, half.subresource)
	some holder in rbac_companions.holders(entry, scope)
	count([right | some right in holder.rights; right.grant.cluster; holds(right.entry.rule, half.verb)]) == 0
}

is_alone(entry, scope, half, allowed) if {
	not half.is_request
	identity_signers(entry.rule, half.verb, allowed)
	some holder in rbac_companions.holders(entry, scope)
	count(_requests(holder, half)) == 0
}

_requests(holder, half) := [right |
	some right in holder.rights
	right.grant.cluster
	changes(right.entry.rule, half.subresource)
]
