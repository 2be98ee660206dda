# METADATA
# title: How far a grant reaches, and how severe that makes it
# description: |
#   A policy rule is judged once for every binding that puts it in effect. Each gives a scope, `{"kind",
#   "bound", "grant", "controllers"}`, with the first `kind` that is true of it:
#
#   - `cluster`: every namespace, through a ClusterRoleBinding.
#   - `privileged`: one of the namespaces that hold the platform's own secrets.
#   - `agent`: one namespace, for an AI agent.
#   - `foreign`: one namespace, for a ServiceAccount of another one.
#   - `namespace`: one namespace.
#
#   What nothing binds has one scope with `bound: false`: that of a ClusterRoleBinding for a
#   ClusterRole, and a Role's own namespace. `controllers` holds the known controller that alone gets
#   the grant, if one does, with the power `own` added where it is limited to its own namespace.
package portcullis.lib.rbac_scopes

import data.portcullis.lib.agents
import data.portcullis.lib.controllers
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_agents
import data.portcullis.lib.rbac_entries
import data.portcullis.lib.rbac_report
import data.portcullis.lib.rbac_severity

# METADATA
# description: Entries (of `rbac_entries`) to judge, without what Kubernetes itself defines.
entries := [entry | some entry in rbac_entries.judged; not controllers.is_builtin(entry)]

# METADATA
# description: |
#   The entry without the grants whose subjects are all in the user's list `allowed` (items as
#   `rbac_report.is_listed` reads them). Undefined where such grants were all that it had.
without(entry, allowed) := entry if {
	count([1 | some grant in entry.grants; _is_allowed(grant, allowed)]) == 0
} else := object.union(entry, {"grants": kept, "reach": _reach(kept), "namespaces": _namespaces(kept)}) if {
	kept := [grant | some grant in entry.grants; not _is_allowed(grant, allowed)]
	count(kept) > 0
}

_is_allowed(grant, allowed) if {
	count(grant.subjects) > 0
	every subject in grant.subjects {
		is_listed(subject, allowed)
	}
}

# METADATA
# description: "Whether a subject is in a user's list of subjects, such as `ServiceAccount/ci/runner`."
is_listed(subject, allowed) if rbac_report.is_listed(
	{"name": subject.name, "namespace": subject.namespace, "object": {"kind": subject.kind}},
	allowed,
)

_reach(grants) := "cluster" if {
	some grant in grants
	grant.cluster
} else := "namespace"

_namespaces(grants) := {grant.namespace | some grant in grants; not grant.cluster}

# METADATA
# description: The scopes of an entry. `privileged` is the list of privileged namespaces.
of_entry(entry, privileged) := [scope |
	some grant in entry.grants
	scope := {
		"kind": _kind(grant, privileged),
		"bound": true,
		"grant": grant,
		"controllers": _controllers(entry, grant),
	}
] if {
	count(entry.grants) > 0
} else := [{
	"kind": _kind(_own_grant(entry), privileged),
	"bound": false,
	"grant": _own_grant(entry),
	"controllers": [],
}]

# As if something bound the role wherever it can be bound.
_own_grant(entry) := {
	"obj": entry.obj,
	"path": [],
	"cluster": entry.source != "Role",
	"namespace": entry.obj.namespace,
	"subjects": [],
}

_kind(grant, privileged) := "cluster" if {
	grant.cluster
} else := "privileged" if {
	grant.namespace in privileged
} else := "agent" if {
	rbac_agents.holds(grant)
} else := "agent" if {
	agents.owns(grant.obj)
} else := "foreign" if {
	_is_foreign(grant)
} else := "namespace"

# METADATA
# description: Whether a grant in one namespace goes to a ServiceAccount of another one.
_is_foreign(grant) if {
	some subject in grant.subjects
	subject.kind == "ServiceAccount"
	not _is_of_namespace(subject, grant)
}

_is_of_namespace(subject, grant) if grant.namespace in {"", subject.namespace}

# A kustomization moves bindings and ServiceAccounts to its namespace, and rewrites subjects with
# them; those are seen here as they are written.
_is_of_namespace(subject, grant) if grant.obj.object.metadata.namespace == subject.namespace

_is_of_namespace(subject, grant) if [subject.namespace, subject.name, grant.namespace] in _moved_accounts

_moved_accounts contains [written, obj.name, obj.namespace] if {
	some obj in k8s.known_of_kind("ServiceAccount")
	written := object.get(obj.object, ["metadata", "namespace"], "default")
	written != obj.namespace
}

_controllers(entry, grant) := [controller |
	found := controllers.of_entry(object.union(entry, {"grants": [grant]}))
	powers := found.powers | _own_powers(found, grant)
	controller := object.union(found, {"powers": powers})
]

_own_powers(controller, grant) := {"own"} if {
	controller.canonical
	not grant.cluster
	not _is_foreign(grant)
} else := set()

# METADATA
# description: |
#   The severity in a scope: that of its kind in `table`, one level less where nothing binds it, and
#   less for a controller that has one of the set `powers`. Undefined where `table` lacks the kind.
severity_in(scope, table, powers) := lowered_for(scope, powers, table[scope.kind]) if {
	scope.bound
} else := rbac_severity.lowered(table[scope.kind], 1)

# METADATA
# description: A severity, less where the scope is that of a controller with one of the set `powers`.
lowered_for(scope, powers, severity) := controllers.lowered_for(scope.controllers[0], powers, severity) if {
	count(scope.controllers) > 0
} else := severity

# METADATA
# description: |
#   The worst of a list of candidates, each `{"variant", "severity", "place", "args"}`; the first of
#   them where several are equally bad. Undefined where there is none.
worst(candidates) := [candidate |
	some severity in ["critical", "high", "medium", "low", "info"]
	some candidate in candidates
	candidate.severity == severity
][0]

# METADATA
# description: |
#   The finding for a candidate of an entry. Its `place` is a path relative to the policy rule; `reach`
#   is among its arguments, and the bindings are its related places.
found(entry, candidate) := finding.related(
	finding.with_severity(
		finding.new(
			candidate.variant, entry.obj, array.concat(entry.path, candidate.place),
			object.union({"reach": rbac_report.reach(entry)}, candidate.args),
		),
		candidate.severity,
	),
	rbac_report.bindings(entry),
)

# METADATA
# description: |
#   The place of the first item of a policy rule's `resources` that matches one of the list
#   `resources`, in the order of that list.
place_of(rule, resources) := [place |
	some resource in resources
	some place in rbac.places(rule, "resources", rbac.matching_resources(rule, resource))
][0]

# METADATA
# description: |
#   The place of the first of the list `verbs` that the policy rule spells out, else that of the
#   resource: a `*` among the verbs is another rule's matter.
place_of_verb(rule, verbs, resources) := [place |
	some verb in verbs
	some place in rbac.places(rule, "verbs", {verb})
][0] if {
	count(rbac.items(rule, "verbs") & {verb | some verb in verbs}) > 0
} else := place_of(rule, resources)

# METADATA
# description: |
#   Those of the list `resources` of an API group that the policy rule covers, in their order.
covered(rule, group, resources) := [resource |
	some resource in resources
	rbac.covers(rule, group, resource)
]
