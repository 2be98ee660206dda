# METADATA
# title: Whom the pods of AI agents and of other workloads run as
# description: |
#   An identity is `{"pod", "run", "app"}`: a pod of `agents.judged`, its run as in `identities`, and what tells
#   one agent from another, its name. Replicas, canaries and parts of one chart have the same name.
package portcullis.lib.agent_identities

import data.portcullis.lib.agents
import data.portcullis.lib.identities
import data.portcullis.lib.k8s
import data.portcullis.lib.rbac_subjects

# METADATA
# description: The identities of agents that are being judged.
of_agents := [{"pod": pod, "run": run, "app": app(pod.obj, pod.spec)} |
	some pod in agents.judged
	run := _run(pod)
]

# METADATA
# description: The runs of other workloads that are being judged.
others := [run |
	some run in identities.judged
	not [run.obj.id, run.spec.path] in _places_of_agents
]

_places_of_agents := {[pod.obj.id, pod.spec.path] | some pod in agents.judged}

_runs := {[run.obj.id, run.spec.path]: run | some run in identities.judged}

_run(pod) := run if {
	run := _runs[[pod.obj.id, pod.spec.path]]
} else := run if {
	# kagent makes an account of the agent's own name.
	agents.is_kagent(pod.obj)
	not pod.obj.object.kind == "AgentHarness"
	not pod.obj.partial
	run := {
		"obj": pod.obj,
		"spec": pod.spec,
		"name": pod.obj.name,
		"id": rbac_subjects.service_account(pod.obj.namespace, pod.obj.name),
		"place": pod.spec.path,
		"named": true,
	}
}

# METADATA
# description: |
#   What tells the application of `spec`, of `pods.specs` of `obj`, from others: `{"namespace", "name"}`. As in
#   `rbac_subjects`, no namespace is the namespace `default`: parts of a chart name it, others leave it to Helm.
app(obj, spec) := {"namespace": k8s.named_namespace(obj.namespace), "name": name} if {
	marks := agents.marks(obj, spec)
	name := [mark |
		some key in ["app.kubernetes.io/name", "app", "k8s-app"]
		mark := object.get(marks, key, null)
		is_string(mark)
	][0]
} else := {"namespace": k8s.named_namespace(obj.namespace), "name": _plain(obj.name)}

_plain(name) := concat("-", [word | some word in split(name, "-"); not word in {"canary", "stable", "blue", "green", "preview"}])

# METADATA
# description: |
#   An annotation of the pods of an identity, as `{"value", "path"}`; `{}` where they lack it.
annotation(identity, key) := {"value": value, "path": array.flatten([identity.pod.spec.metadata_path, "annotations", key])} if {
	value := identity.pod.spec.metadata.annotations[key]
	_is_text(value)
} else := {"value": value, "path": array.flatten([identity.pod.spec.path, "annotations", key])} if {
	# kagent keeps them beside the rest.
	value := object.get(identity.pod.spec.spec, ["annotations", key], null)
	_is_text(value)
} else := {}

# METADATA
# description: Annotations of ServiceAccounts that give a cloud identity.
cloud_annotations := ["eks.amazonaws.com/role-arn", "iam.gke.io/gcp-service-account", "azure.workload.identity/client-id"]

# METADATA
# description: |
#   Where the ServiceAccount of an identity gets a mark, such as the annotation of a cloud role, as a set of
#   `{"obj", "path", "value"}`; kagent is told of it in the Agent.
account_marks(identity, key) := {{"obj": account, "path": ["metadata", "annotations", key], "value": value} |
	some account in identities.accounts(identity.run)
	value := k8s.annotations(account)[key]
	_is_text(value)
} | {{"obj": obj, "path": array.concat(path, [key]), "value": value} |
	obj := identity.pod.obj
	agents.is_kagent(obj)
	path := array.concat(identity.pod.spec.path, ["serviceAccountConfig", "annotations"])
	value := object.get(obj.object, array.concat(path, [key]), null)
	_is_text(value)
}

_is_text(value) if {
	is_string(value)
	value != ""
}
