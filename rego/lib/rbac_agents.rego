# METADATA
# title: ServiceAccounts of AI agents
# description: |
#   Joins what `agents` knows of objects with the identities that bindings name.
package portcullis.lib.rbac_agents

import data.portcullis.lib.agents
import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.rbac_subjects

# METADATA
# description: |
#   Whether a grant (of `rbac_entries`), or a binding, goes to an agent among others.
holds(grant) if {
	some subject in grant.subjects
	is_agent(subject)
}

# METADATA
# description: |
#   Whether a subject (of `rbac_subjects`) is the ServiceAccount of an agent: a workload that runs as
#   it, its manifest, or its namespace says so.
is_agent(subject) if {
	subject.kind == "ServiceAccount"
	subject.id in _accounts
}

is_agent(subject) if {
	subject.kind == "ServiceAccount"
	agents.owns({"namespace": subject.namespace, "object": {"apiVersion": "v1", "kind": "ServiceAccount"}})
}

_accounts contains rbac_subjects.service_account(obj.namespace, name) if {
	some obj in input.objects
	some spec in pods.specs(obj)
	name := spec.spec.serviceAccountName
	is_string(name)
	_is_agent_workload(obj, spec)
}

_accounts contains rbac_subjects.service_account(obj.namespace, obj.name) if {
	some obj in k8s.known_of_kind("ServiceAccount")
	agents.owns(obj)
}

# kagent makes a ServiceAccount of the Agent's own name for one that names none.
_accounts contains rbac_subjects.service_account(obj.namespace, obj.name) if {
	some obj in k8s.known_of_kind("Agent")
	agents.owns(obj)
	every spec in pods.specs(obj) {
		not spec.spec.serviceAccountName
	}
}

_is_agent_workload(obj, _) if agents.owns(obj)

# Labels often stand on the pods only.
_is_agent_workload(_, spec) if {
	agents.owns({"namespace": "", "object": {"apiVersion": "v1", "kind": "Pod", "metadata": spec.metadata}})
}
