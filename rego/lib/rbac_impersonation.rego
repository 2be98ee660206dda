# METADATA
# title: Whom a policy rule lets its holder impersonate
# description: |
#   The API server asks about users, groups and ServiceAccounts in the core group, about uids and extra
#   attributes in `authentication.k8s.io`, and there about all of them in the constrained modes. Only
#   ServiceAccounts belong to a namespace.
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/
package portcullis.lib.rbac_impersonation

import data.portcullis.lib.controllers_known
import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_bindings
import data.portcullis.lib.rbac_entries
import data.portcullis.lib.rbac_escalation
import data.portcullis.lib.rbac_rights
import data.portcullis.lib.rbac_subjects

_group := "authentication.k8s.io"

# METADATA
# description: Whether any verb of a policy rule impersonates.
is_about(rule) if {
	some verb in rbac.items(rule, "verbs")
	regex.match(`^(\*|impersonate(:.*|-on:.*)?)$`, verb)
}

# METADATA
# description: Whether a grant (`cluster` or for one namespace) reaches a kind of identity.
is_reached(_, true)

is_reached("serviceaccounts", false)

# METADATA
# description: |
#   The subjects of a grant that may impersonate users or ServiceAccounts, named ones included, as
#   messages show them.
user_impersonators(grant) := [rbac_subjects.describe(subject) |
	some subject in grant.subjects
	_impersonates_user(subject)
]

_impersonates_user(subject) if {
	some right in rbac_rights.of_subject(subject)
	rule := right.entry.rule
	count(rbac.unnamed_verbs(rule, {"impersonate"}) | rbac.named_verbs(rule, "users", {"impersonate"})) > 0
	some resource in ["users", "serviceaccounts"]
	rbac.covers(rule, "", resource)
	is_reached(resource, right.grant.cluster)
}

# METADATA
# description: |
#   Those of a policy rule's `names` that are of the system, or of a ServiceAccount that rules the
#   cluster, in the namespace of the grant or in any.
privileged_names(names, resources, grant) := {name |
	some name in names
	_is_privileged(name, resources, grant)
}

# ServiceAccounts are asked about by their own names, also where a client sends the long form.
_is_privileged(name, resources, _) if {
	count({"users", "groups"} & {resource | some resource in resources}) > 0
	startswith(name, "system:")
	not startswith(name, "system:serviceaccount:")
	not _is_crowd(name)
}

_is_privileged(name, resources, grant) if {
	"serviceaccounts" in resources
	name != ""
	_rules_cluster(name, grant)
}

# Groups that every identity is in.
_is_crowd(name) if name in {"system:authenticated", "system:unauthenticated", "system:serviceaccounts"}

_is_crowd(name) if startswith(name, "system:serviceaccounts:")

# The controllers of the control plane have their ServiceAccounts there.
_rules_cluster(_, grant) if {
	not grant.cluster
	grant.namespace == "kube-system"
}

_rules_cluster(name, grant) if {
	some [namespace, account] in _rulers
	account == name
	_is_in_reach(namespace, grant)
}

_rules_cluster(name, grant) if {
	some controller in controllers_known.products
	"superuser" in controller.powers
	name in controller.accounts
	some namespace in controller.namespaces
	_is_in_reach(namespace, grant)
}

_is_in_reach(_, grant) if grant.cluster

_is_in_reach(namespace, grant) if grant.namespace == namespace

# ServiceAccounts with a ClusterRoleBinding that makes them administrators, or able to become one.
_rulers := {[subject.namespace, subject.name] |
	some binding in rbac_bindings.known
	binding.cluster
	binding.role_ref.name in {"cluster-admin", "admin"}
	some subject in binding.subjects
	subject.kind == "ServiceAccount"
} | {[subject.namespace, subject.name] |
	some entry in rbac_entries.known
	_rules(entry.rule)
	some grant in entry.grants
	grant.cluster
	some subject in grant.subjects
	subject.kind == "ServiceAccount"
}

_rules(rule) if rbac.grants_everything(rule)

_rules(rule) if rbac_escalation.impersonates(rule, true)

_rules(rule) if {
	rbac.covers(rule, rbac.api_group, "clusterroles")
	count(rbac.unnamed_verbs(rule, {"escalate", "bind"})) > 0
}

# METADATA
# description: |
#   Uids and extra attributes that a policy rule covers. Each key of an attribute has to be written out,
#   so that `userextras/*` matches none.
attributes(rule) := sort([item |
	rbac.covers_group(rule, _group)
	some item in rbac.items(rule, "resources")
	regex.match(`^(uids|userextras/[^*]+)$`, item)
])

# What each mode asks about.
_mode_resources := {
	"impersonate:user-info": ["users", "groups", "uids"],
	"impersonate:serviceaccount": ["serviceaccounts"],
	"impersonate:arbitrary-node": ["nodes"],
	"impersonate:associated-node": ["nodes"],
}

# METADATA
# description: |
#   Whether a policy rule opens a constrained mode (its `verb`) for identities without limiting their
#   names, or names one of the system.
is_mode_open(rule, verb, cluster) if {
	not rbac.is_named(rule)
	count(_reached_in_mode(rule, verb, cluster)) > 0
}

is_mode_open(rule, verb, cluster) if {
	resources := _reached_in_mode(rule, verb, cluster)
	count(privileged_names(rbac.names(rule), resources - {"serviceaccounts"}, {})) > 0
}

_reached_in_mode(rule, verb, cluster) := {resource |
	verb in rbac.items(rule, "verbs")
	some resource in _mode_resources[verb]
	rbac.covers(rule, _group, resource)
	is_reached(resource, cluster)
}

# METADATA
# description: The `impersonate-on:` verbs of a policy rule.
action_verbs(rule) := {verb | some verb in rbac.items(rule, "verbs"); startswith(verb, "impersonate-on:")}

_sensitive := {
	"": ["secrets"],
	rbac.api_group: ["roles", "rolebindings", "clusterroles", "clusterrolebindings"],
}

# METADATA
# description: |
#   What makes an `impersonate-on:` verb of a policy rule far-reaching: `every action` where its last
#   part is `*`, and the Secrets and RBAC resources that the rule covers.
action_targets(rule, verb) := {"every action" | endswith(verb, ":*")} | {resource |
	some group, resources in _sensitive
	some resource in resources
	rbac.covers(rule, group, resource)
}
