# METADATA
# title: The ServiceAccounts that workloads run as
# description: |
#   A run is one pod spec with its ServiceAccount: `{"obj", "spec", "name", "id", "place", "named"}`.
#   `spec` is an entry of `pods.specs`; `id` is the account's as in `rbac_subjects`; `place` is the way
#   to the field that names it, which may be missing; `named` is false where the workload names none and
#   so runs as `default`.
package portcullis.lib.identities

import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.rbac_subjects

# METADATA
# description: The runs of workloads that are being judged.
judged := [run |
	some obj in input.objects
	not obj.context
	some run in _runs_of(obj)
]

# METADATA
# description: |
#   Kinds whose pods run as `default` where the pod spec names no ServiceAccount. What operators and
#   workflow engines make of a spec without one is theirs to say.
plain_kinds := {
	"Pod", "PodTemplate", "ReplicationController", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job",
	"CronJob", "Rollout", "DeploymentConfig", "ScaledJob", "Sandbox", "SandboxTemplate", "Service", "Configuration",
	"Revision",
}

_groups := {
	"", "apps", "extensions", "batch", "argoproj.io", "apps.openshift.io", "keda.sh", "agents.x-k8s.io",
	"extensions.agents.x-k8s.io", "serving.knative.dev",
}

_runs_of(obj) := {run |
	some spec in pods.specs(obj)
	[name, place] := _account(obj, spec)
	run := _run(obj, spec, name, place, true)
} | {run |
	_is_plain(obj)
	some spec in pods.specs(obj)
	count(k8s.items_at(spec.spec, ["containers"])) > 0
	not _account(obj, spec)
	run := _run(obj, spec, "default", array.concat(spec.path, ["serviceAccountName"]), false)
}

_run(obj, spec, name, place, named) := {
	"obj": obj,
	"spec": spec,
	"name": name,
	"id": rbac_subjects.service_account(obj.namespace, name),
	"place": place,
	"named": named,
}

_is_plain(obj) if {
	obj.object.kind in plain_kinds
	k8s.group(obj.object.apiVersion) in _groups
	not obj.partial
}

# `serviceAccount` is the deprecated spelling; the API server keeps both alike.
_account(obj, spec) := [name, array.concat(spec.path, [field])] if {
	field := [field |
		some field in ["serviceAccountName", "serviceAccount"]
		_is_name(object.get(spec.spec, field, null))
	][0]
	name := spec.spec[field]
} else := [name, place] if {
	place := [place |
		some place in object.get(_elsewhere, obj.object.kind, [])
		_is_name(object.get(obj.object, place, null))
	][0]
	name := object.get(obj.object, place, "")
} else := [obj.name, spec.path] if {
	# kagent makes an account of the Agent's own name.
	obj.object.kind in {"Agent", "SandboxAgent"}
	k8s.group(obj.object.apiVersion) == "kagent.dev"
	not obj.partial
}

_is_name(value) if {
	is_string(value)
	value != ""
}

# Where runs of Tekton name it, beside their pod templates.
_elsewhere := {
	"TaskRun": [["spec", "serviceAccountName"]],
	"PipelineRun": [["spec", "taskRunTemplate", "serviceAccountName"], ["spec", "serviceAccountName"]],
}

# METADATA
# description: |
#   The ServiceAccount of a run as a subject of `rbac_subjects`.
subject(run) := {
	"index": 0,
	"kind": "ServiceAccount",
	"name": run.name,
	"namespace": run.obj.namespace,
	"id": run.id,
}

# METADATA
# description: |
#   The ServiceAccount objects that a run may mean, also those outside of the judged unit. What has no
#   namespace gets one when it is applied, which may be that of the other.
accounts(run) := [account |
	some account in object.get(_accounts_by_name, run.name, set())
	_may_share_namespace(account, run.obj)
]

_may_share_namespace(one, other) if one.namespace in {"", other.namespace}

_may_share_namespace(_, other) if other.namespace == ""

_accounts_by_name[account.name] contains account if some account in k8s.known_of_kind("ServiceAccount")

# METADATA
# description: |
#   Whether the pods of a run get a token of the API server: `yes`, `no`, or `unknown` where the pod
#   spec leaves it to a ServiceAccount that is not in the set. The pod's word counts more than the
#   account's; where neither says anything a token is mounted, but for SandboxTemplates, whose
#   controller turns it off. A projected token for the API server counts as well.
token(run) := "yes" if {
	_projects_token(run.spec.spec)
} else := "yes" if {
	run.spec.spec.automountServiceAccountToken == true
} else := "no" if {
	run.spec.spec.automountServiceAccountToken == false
} else := "no" if {
	run.obj.object.kind == "SandboxTemplate"
} else := "unknown" if {
	count(accounts(run)) == 0
} else := "no" if {
	every account in accounts(run) {
		account.object.automountServiceAccountToken == false
	}
} else := "yes"

# Without an audience a projected token is one for the API server.
_projects_token(spec) if {
	some volume in k8s.items_at(spec, ["volumes"])
	some source in k8s.items_at(volume, ["projected", "sources"])
	projected := source.serviceAccountToken
	is_object(projected)
	object.get(projected, "audience", "") in {"", "https://kubernetes.default.svc", "kubernetes.default.svc"}
}
