# METADATA
# title: Whether a workload has a use for its ServiceAccount's token
package portcullis.lib.token_use

import data.portcullis.lib.identities
import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.rbac_bindings
import data.portcullis.lib.rbac_subjects

# METADATA
# description: |
#   Whether anything in the set gives rights to the ServiceAccount of a run (of `identities`), also
#   through groups of ServiceAccounts. A workload without a namespace may be in any.
is_bound(run) if {
	some id in rbac_subjects.memberships(identities.subject(run))
	_bound[id]
}

is_bound(run) if {
	run.obj.namespace == ""
	_bound_names[run.name]
}

is_bound(run) if _bound_accounts[["", run.name]]

_bound := {subject.id | some binding in rbac_bindings.known; some subject in binding.subjects} | _of_operators

_bound_accounts := {[subject.namespace, subject.name] |
	some binding in rbac_bindings.known
	some subject in binding.subjects
	subject.kind == "ServiceAccount"
}

_bound_names := {name | some [_, name] in _bound_accounts}

# METADATA
# description: |
#   Whether a run is known to read the token by other means than a binding shows: an injector logs in
#   with it, its cloud identity is exchanged for it, an image is in the user's list `images` (parts of
#   names), or a container names the token's path.
is_needed(run, _) if {
	some marks in [run.spec.metadata.annotations, k8s.annotations(run.obj)]
	some key, value in marks
	_injects(key, value)
}

is_needed(run, _) if {
	some account in identities.accounts(run)
	k8s.annotations(account)["iam.gke.io/gcp-service-account"]
}

is_needed(run, images) if {
	some container in _containers(run)
	some part in k8s.list(images)
	contains(container.image, part)
}

is_needed(run, _) if {
	some container in _containers(run)
	some text in _texts(container)
	contains(text, "serviceaccount/token")
}

# Injectors that log in to a store as the pod's ServiceAccount.
_injectors := {
	"vault.hashicorp.com/agent-inject",
	"openbao.org/agent-inject",
	"conjur.org/inject",
	"secrets-injector.infisical.com/inject",
	"org.infisical.com/inject",
}

_injects(key, value) if {
	key in _injectors
	value in {true, "true"}
}

_injects(key, _) if key in {"vault.security.banzaicloud.io/vault-addr", "vault.security.banzaicloud.io/vault-role"}

_containers(run) := [container.container |
	some container in pods.containers(run.obj)
	container.spec_path == run.spec.path
]

_texts(container) := {text |
	some key in ["command", "args"]
	some text in k8s.items_at(container, [key])
	is_string(text)
} | {variable.value |
	some variable in k8s.items_at(container, ["env"])
	is_string(variable.value)
}

# METADATA
# description: |
#   Whether an operator makes the ServiceAccount of a run: its bundle names it, or it is one of
#   Kubernetes' own in `kube-system`.
is_made_by_operator(run) if _of_operators[run.id]

is_made_by_operator(run) if run.obj.namespace == "kube-system"

_of_operators := {rbac_subjects.service_account(obj.namespace, name) |
	some obj in k8s.known_of_kind("ClusterServiceVersion")
	some list in ["clusterPermissions", "permissions"]
	some permission in k8s.items_at(obj.object, ["spec", "install", "spec", list])
	name := permission.serviceAccountName
	is_string(name)
}
