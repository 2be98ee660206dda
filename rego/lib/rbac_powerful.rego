# METADATA
# title: Escalation-grade rights of a ServiceAccount
# description: |
#   Rights with which whoever holds a ServiceAccount's token can get more than the workload was meant to
#   have: read or change credentials, run code as somebody else, or change what the cluster enforces.
#   What a right is worth depends on where it is in effect, so it is judged with its grant.
package portcullis.lib.rbac_powerful

import data.portcullis.lib.k8s
import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_bindings
import data.portcullis.lib.rbac_entries
import data.portcullis.lib.rbac_rights
import data.portcullis.lib.rbac_runners
import data.portcullis.lib.rbac_subjects

_change := {"create", "update", "patch"}

_write := {"create", "update", "patch", "delete", "deletecollection"}

_session := {"create", "get"}

# API group, resource, verbs of which one is enough; the severity everywhere, in a privileged
# namespace, for an agent or a subject of another namespace, and in the own namespace ("" is none);
# and what one can do with it.
_rows := array.concat(
	[
		["", "secrets", _write, "critical", "critical", "high", "high", "write Secrets"],
		["", "secrets", rbac.read_verbs, "critical", "high", "high", "", "read Secrets"],
		[rbac.api_group, "clusterroles", {"escalate"}, "critical", "critical", "critical", "critical", "escalate roles"],
		[rbac.api_group, "roles", {"escalate"}, "critical", "critical", "critical", "critical", "escalate roles"],
		[rbac.api_group, "clusterroles", {"bind"}, "critical", "critical", "critical", "critical", "bind any role"],
		[rbac.api_group, "roles", {"bind"}, "critical", "critical", "critical", "critical", "bind any role"],
		[rbac.api_group, "clusterroles", _change, "high", "", "", "", "write ClusterRoles"],
		[rbac.api_group, "clusterrolebindings", _change, "high", "", "", "", "write ClusterRoleBindings"],
		["", "users", {"impersonate"}, "critical", "", "", "", "impersonate users"],
		["", "serviceaccounts", {"impersonate"}, "critical", "high", "high", "high", "impersonate ServiceAccounts"],
		["", "pods/exec", _session, "critical", "critical", "high", "high", "run commands in pods"],
		["", "pods/attach", _session, "critical", "critical", "high", "high", "attach to pods"],
		["", "pods/portforward", _session, "critical", "critical", "high", "high", "open ports of pods"],
		["", "pods/ephemeralcontainers", {"update", "patch"}, "high", "high", "high", "high", "debug pods"],
		["", "nodes/proxy", {"get", "create", "update", "patch", "delete"}, "high", "", "", "", "reach kubelets"],
		["", "nodes", {"*"}, "critical", "", "", "", "change nodes"],
		["", "serviceaccounts/token", {"create"}, "critical", "critical", "high", "high", "mint ServiceAccount tokens"],
		["", "configmaps", _change, "high", "", "", "", "write every ConfigMap"],
	],
	array.concat(_workloads, _steering),
)

_workloads := [[group, resource, _change, "critical", "critical", "high", "high", "start or change workloads"] |
	some group, resources in {
		"": {"pods", "replicationcontrollers"},
		"apps": {"deployments", "daemonsets", "statefulsets", "replicasets"},
		"batch": {"jobs", "cronjobs"},
		"argoproj.io": {"workflows", "cronworkflows"},
		"tekton.dev": {"taskruns", "pipelineruns"},
		"agents.x-k8s.io": {"sandboxes"},
	}
	some resource in resources
]

_steering := [[group, resource, _write, severity, "", "", "", "change admission, policies or API extensions"] |
	some [group, resource, severity] in [
		["admissionregistration.k8s.io", "mutatingwebhookconfigurations", "critical"],
		["admissionregistration.k8s.io", "validatingwebhookconfigurations", "high"],
		["admissionregistration.k8s.io", "mutatingadmissionpolicies", "critical"],
		["admissionregistration.k8s.io", "validatingadmissionpolicies", "high"],
		["apiextensions.k8s.io", "customresourcedefinitions", "high"],
		["apiregistration.k8s.io", "apiservices", "high"],
		["kyverno.io", "clusterpolicies", "high"],
		["kyverno.io", "policyexceptions", "high"],
		["templates.gatekeeper.sh", "constrainttemplates", "high"],
	]
]

# Rows by the spellings in `resources` that match theirs, so that a policy rule is compared with few.
_rows_by_item := {item: {row | some row in _rows; item in rbac.matchers(row[1])} |
	some row in _rows
	some item in rbac.matchers(row[1])
}

# By index into `rbac_entries.known`: what the policy rule matches of the rows, wherever it is bound.
_rows_of := {index: rows |
	some index, entry in rbac_entries.known
	rows := {row |
		some item in rbac.items(entry.rule, "resources")
		some row in _rows_by_item[item]
		rbac.covers_group(entry.rule, row[0])
		count(rbac.unnamed_verbs(entry.rule, row[2])) > 0
	}
	count(rows) > 0
}

# METADATA
# description: |
#   The powers of a ServiceAccount (a subject of `rbac_subjects`), also through groups that it is a
#   member of, as a set of `{"severity", "what", "binding", "role", "place"}`: severity `critical` or
#   `high`; `what` completes "can …"; `binding` and `role` as messages show them; `place` is where it
#   stands, `{"object", "path"}`. `privileged` is the list of privileged namespaces; `agent` says whether
#   the account is an AI agent's.
of_subject(subject, privileged, agent) := _by_rules(subject, privileged, agent) | _by_names(subject)

_by_rules(subject, privileged, agent) := {power |
	some id in rbac_subjects.memberships(subject)
	some [index, position] in object.get(rbac_rights.of, id, set())
	rows := _rows_of[index]
	entry := rbac_entries.known[index]
	grant := entry.grants[position]
	column := _column(grant, subject, privileged, agent)
	some row in rows
	severity := row[column]
	severity != ""
	not _is_own_session(row, entry, grant)
	not _is_hook(row, entry, grant)
	power := {
		"severity": severity,
		"what": row[7],
		"binding": _text(grant.obj.object.kind, grant.obj.name),
		"role": _text(entry.source, entry.obj.name),
		"place": {"object": entry.obj.id, "path": entry.path},
	}
}

_column(grant, subject, privileged, agent) := 3 if {
	grant.cluster
} else := 4 if {
	grant.namespace in privileged
} else := 5 if {
	agent
} else := 5 if {
	_is_foreign(grant, subject)
} else := 6

# A binding and an account without a namespace get one when they are applied.
_is_foreign(grant, subject) if {
	grant.namespace != ""
	subject.namespace != ""
	grant.namespace != subject.namespace
}

# CI systems run their jobs through sessions in pods of their own.
_is_own_session(row, entry, grant) if {
	row[1] in {"pods/exec", "pods/attach", "pods/portforward"}
	rbac_runners.is_own_session(entry, grant)
}

# The jobs of charts that make a certificate or a password before the rest is installed.
_is_hook(row, entry, grant) if {
	row[1] == "secrets"
	not grant.cluster
	k8s.annotations(entry.obj)["helm.sh/hook"]
	count(rbac.items(entry.rule, "verbs") - {"get", "create"}) == 0
}

# Roles that the set need not hold, since every cluster has them: everywhere, and in one namespace.
_superusers := {
	"cluster-admin": ["critical", "high"],
	"sudoer": ["critical", "high"],
	"cluster-owner": ["critical", "high"],
	"admin": ["critical", ""],
	"edit": ["critical", ""],
	"system:kube-controller-manager": ["high", ""],
	"system:node": ["high", ""],
}

_by_names(subject) := {power |
	some id in rbac_subjects.memberships(subject)
	some binding_id in object.get(_bindings_of, id, set())
	binding := rbac_bindings.by_id[binding_id]
	severity := _superusers[binding.role_ref.name][{true: 0, false: 1}[binding.cluster]]
	severity != ""
	power := {
		"severity": severity,
		"what": "do nearly everything there",
		"binding": _text(binding.obj.object.kind, binding.obj.name),
		"role": _text("ClusterRole", binding.role_ref.name),
		"place": {"object": binding_id, "path": ["roleRef", "name"]},
	}
}

_bindings_of[id] contains binding.obj.id if {
	some binding in rbac_bindings.known
	binding.role_ref.kind == "ClusterRole"
	_superusers[binding.role_ref.name]
	some subject in binding.subjects
	id := subject.id
}

_text(kind, name) := concat(" ", [kind, name])
