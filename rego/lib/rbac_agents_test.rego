package portcullis.lib.rbac_agents_test

import data.portcullis.lib.rbac_agents
import data.portcullis.lib.testing

_subject := {"kind": "ServiceAccount", "namespace": "n", "name": "a", "id": "sa:n/a"}

_agent := {"app.kubernetes.io/component": "ai-agent"}

_pod(labels, template) := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": "d", "namespace": "n", "labels": labels},
	"spec": {"template": {
		"metadata": {"labels": template},
		"spec": {"serviceAccountName": "a", "containers": [{"name": "c", "image": "i"}]},
	}},
}

_account(labels) := {
	"apiVersion": "v1",
	"kind": "ServiceAccount",
	"metadata": {"name": "a", "namespace": "n", "labels": labels},
}

_kagent(deployment) := {
	"apiVersion": "kagent.dev/v1alpha2",
	"kind": "Agent",
	"metadata": {"name": "a", "namespace": "n"},
	"spec": {"declarative": {"deployment": deployment}},
}

test_by_its_workload if {
	rbac_agents.is_agent(_subject) with input as testing.input_of([_pod(_agent, {})])
	rbac_agents.is_agent(_subject) with input as testing.input_of([_pod({}, _agent)])
	not rbac_agents.is_agent(_subject) with input as testing.input_of([_pod({}, {})])
}

test_by_its_manifest if {
	rbac_agents.is_agent(_subject) with input as testing.input_of([_account(_agent)])
	not rbac_agents.is_agent(_subject) with input as testing.input_of([_account({})])
}

test_by_its_namespace if {
	zone := {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "n", "labels": {"portcullis/zone": "agents"}}}
	rbac_agents.is_agent(_subject) with input as testing.input_of([zone])
	plain := {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "n"}}
	not rbac_agents.is_agent(_subject) with input as testing.input_of([plain])
}

test_the_account_that_kagent_makes if {
	rbac_agents.is_agent(_subject) with input as testing.input_of([_kagent({"replicas": 1})])
	rbac_agents.is_agent(_subject) with input as testing.input_of([_kagent({"serviceAccountName": "a"})])
	not rbac_agents.is_agent(_subject) with input as testing.input_of([_kagent({"serviceAccountName": "b"})])
}

test_people_are_no_agents if {
	zone := {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "", "labels": {"portcullis/zone": "agents"}}}
	user := {"kind": "User", "namespace": "", "name": "a", "id": "user:a"}
	not rbac_agents.is_agent(user) with input as testing.input_of([zone])
}

test_a_grant_among_others if {
	rbac_agents.holds({"subjects": [{"kind": "Group", "id": "group:g"}, _subject]}) with input as testing.input_of([_account(_agent)])
	not rbac_agents.holds({"subjects": [{"kind": "Group", "id": "group:g"}]}) with input as testing.input_of([_account(_agent)])
}
