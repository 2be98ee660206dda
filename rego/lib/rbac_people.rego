# METADATA
# title: Who is behind a grant, and what holds them back
package portcullis.lib.rbac_people

import data.portcullis.lib.k8s
import data.portcullis.lib.rbac_runners
import data.portcullis.lib.rbac_scopes

# METADATA
# description: |
#   Whether all subjects of a grant (of `rbac_entries`) are users or groups from outside the cluster, as
#   people and CI systems are.
is_external(grant) if {
	count(grant.subjects) > 0
	every subject in grant.subjects {
		_is_external(subject)
	}
}

_is_external(subject) if {
	subject.kind in {"User", "Group"}
	not startswith(subject.name, "system:")
}

# METADATA
# description: |
#   Whether all subjects of an entry's grant are those whose work is deploying: from outside the
#   cluster, in the user's list `deployers`, or runners of a CI system in their own namespace.
is_deployment(_, grant, deployers) if {
	count(grant.subjects) > 0
	every subject in grant.subjects {
		_is_deployer(subject, deployers)
	}
}

is_deployment(entry, grant, _) if rbac_runners.is_own_session(entry, grant)

_is_deployer(subject, _) if _is_external(subject)

_is_deployer(subject, deployers) if rbac_scopes.is_listed(subject, deployers)

# METADATA
# description: Namespaces of the set that enforce Pod Security at the level `restricted`.
restricted_namespaces := {obj.name |
	some obj in k8s.known_of_kind("Namespace")
	k8s.labels(obj)["pod-security.kubernetes.io/enforce"] == "restricted"
}
