# METADATA
# title: Pod specs and containers of every kind of workload
# description: |
#   Where a kind keeps its pod template is a table; kinds that are not in it, such as those of
#   operators, are searched for anything that looks like a pod spec.
package portcullis.lib.pods

import data.portcullis.lib.k8s

# METADATA
# description: |
#   The pod specs of `obj`, an entry of `input.objects`, as a set of `{path, spec, metadata,
#   metadata_path}`: where the spec stands, the spec, and the metadata that its pods get (`{}` where
#   it has none). A spec may lack `containers` (Argo keeps volumes beside its templates).
specs(obj) := object.get(_specs, obj.id, set())

# METADATA
# description: |
#   The containers of `obj` as a set of `{path, container, kind, spec_path}`; `kind` is `container`,
#   `init`, `ephemeral`, `sidecar`, `script`, `step`, or `settings` for an object that sets fields of
#   a container made elsewhere (kagent, SandboxClaim). Items that are no objects are left out.
containers(obj) := object.get(_containers, obj.id, set())

# METADATA
# description: Ids of the objects that have a pod spec.
workloads := {id | some id, found in _specs; count(found) > 0}

_specs := {obj.id: found |
	some obj in input.objects
	found := _specs_of(obj)
}

_containers := {obj.id: found |
	some obj in input.objects
	found := {entry | some entry in _containers_of(_specs[obj.id])}
	count(found) > 0
}

_template := ["spec", "template", "spec"]

# Kind, API groups, and the places of its pod specs. `*` in a place stands for every item of a list.
_table := {
	"Pod": {"groups": {""}, "places": [["spec"]]},
	"PodTemplate": {"groups": {""}, "places": [["template", "spec"]]},
	"ReplicationController": {"groups": {""}, "places": [_template]},
	"Deployment": {"groups": {"apps", "extensions"}, "places": [_template]},
	"StatefulSet": {"groups": {"apps"}, "places": [_template]},
	"DaemonSet": {"groups": {"apps", "extensions"}, "places": [_template]},
	"ReplicaSet": {"groups": {"apps", "extensions"}, "places": [_template]},
	"Job": {"groups": {"batch"}, "places": [_template]},
	"CronJob": {"groups": {"batch"}, "places": [["spec", "jobTemplate", "spec", "template", "spec"]]},
	"Rollout": {"groups": {"argoproj.io"}, "places": [_template]},
	"Workflow": {"groups": {"argoproj.io"}, "places": [["spec"], ["spec", "templates", "*"]]},
	"WorkflowTemplate": {"groups": {"argoproj.io"}, "places": [["spec"], ["spec", "templates", "*"]]},
	"ClusterWorkflowTemplate": {"groups": {"argoproj.io"}, "places": [["spec"], ["spec", "templates", "*"]]},
	"CronWorkflow": {
		"groups": {"argoproj.io"},
		"places": [["spec", "workflowSpec"], ["spec", "workflowSpec", "templates", "*"]],
	},
	"Service": {"groups": {"serving.knative.dev"}, "places": [_template]},
	"Configuration": {"groups": {"serving.knative.dev"}, "places": [_template]},
	"Revision": {"groups": {"serving.knative.dev"}, "places": [["spec"]]},
	"DeploymentConfig": {"groups": {"apps.openshift.io"}, "places": [_template]},
	"ScaledJob": {"groups": {"keda.sh"}, "places": [["spec", "jobTargetRef", "template", "spec"]]},
	"Task": {"groups": {"tekton.dev"}, "places": [["spec"]]},
	"ClusterTask": {"groups": {"tekton.dev"}, "places": [["spec"]]},
	"TaskRun": {"groups": {"tekton.dev"}, "places": [["spec", "taskSpec"], ["spec", "podTemplate"]]},
	"Pipeline": {
		"groups": {"tekton.dev"},
		"places": [["spec", "tasks", "*", "taskSpec"], ["spec", "finally", "*", "taskSpec"]],
	},
	"PipelineRun": {
		"groups": {"tekton.dev"},
		"places": [
			["spec", "pipelineSpec", "tasks", "*", "taskSpec"],
			["spec", "pipelineSpec", "finally", "*", "taskSpec"],
			["spec", "podTemplate"],
			["spec", "taskRunTemplate", "podTemplate"],
		],
	},
	"Sandbox": {"groups": {"agents.x-k8s.io"}, "places": [["spec", "podTemplate", "spec"]]},
	"SandboxTemplate": {"groups": {"extensions.agents.x-k8s.io"}, "places": [["spec", "podTemplate", "spec"]]},
	"SandboxClaim": {"groups": {"extensions.agents.x-k8s.io"}, "places": [["spec"]]},
	"Agent": {"groups": {"kagent.dev"}, "places": _kagent},
	"SandboxAgent": {"groups": {"kagent.dev"}, "places": _kagent},
	"AgentHarness": {"groups": {"kagent.dev"}, "places": [["spec"]]},
}

_kagent := [["spec", "declarative", "deployment"], ["spec", "byo", "deployment"]]

# Kinds whose spec sets fields of a container that something else creates.
_container_settings := {"SandboxClaim", "Agent", "SandboxAgent", "AgentHarness"}

# Groups that hold no pod spec beyond those of the table; searching them would only cost time. The last
# line is of kinds that carry whole objects, which are judged by themselves, with their own namespaces.
_without_pods := {
	"", "admissionregistration.k8s.io", "apiextensions.k8s.io", "apps", "autoscaling", "batch",
	"certificates.k8s.io", "coordination.k8s.io", "networking.k8s.io", "policy",
	"rbac.authorization.k8s.io", "storage.k8s.io", "gateway.networking.k8s.io",
	"external-secrets.io", "secrets.hashicorp.com", "cert-manager.io", "bitnami.com",
	"kustomize.config.k8s.io", "cilium.io", "monitoring.googleapis.com",
	"template.openshift.io", "apiextensions.crossplane.io", "kubernetes.crossplane.io", "kubernetes.m.crossplane.io",
	"fluxcd.controlplane.io", "work.open-cluster-management.io", "work.karmada.io",
}

_group(obj) := k8s.group(obj.object.apiVersion) if is_string(obj.object.apiVersion)

_entry(obj) := entry if {
	entry := _table[obj.object.kind]
	_group(obj) in entry.groups
}

_specs_of(obj) := {_spec_at(obj, path, obj.object.kind in _container_settings) |
	some place in _entry(obj).places
	some path in _expand(obj, place)
	is_object(object.get(obj.object, path, null))
} if {
	_entry(obj)
} else := {_spec_at(obj, path, false) |
	walk(obj.object, [path, node])
	_looks_like_pod_spec(node)
} if {
	not _group(obj) in _without_pods
} else := set()

_looks_like_pod_spec(node) if {
	is_object(node)
	some container in k8s.list(object.get(node, "containers", null))
	is_string(container.name)
	is_string(container.image)
}

_spec_at(obj, path, settings) := {
	"path": path,
	"spec": object.get(obj.object, path, {}),
	"metadata": metadata,
	"metadata_path": metadata_path,
	"settings": settings,
} if {
	metadata_path := _metadata_path(path)
	metadata := _object(object.get(obj.object, metadata_path, {}))
}

# A pod template is `{metadata, spec}`; what has no `spec` of its own carries metadata inside.
_metadata_path(path) := array.concat(array.slice(path, 0, count(path) - 1), ["metadata"]) if {
	path[count(path) - 1] == "spec"
} else := array.concat(path, ["metadata"])

_object(value) := value if is_object(value)

_object(value) := {} if not is_object(value)

_expand(_, place) := [place] if not "*" in place

_expand(obj, place) := [array.flatten([before, index, after]) |
	some position, "*" in place
	before := array.slice(place, 0, position)
	after := array.slice(place, position + 1, count(place))
	some index, _ in k8s.list(object.get(obj.object, before, null))
] if {
	"*" in place
}

# Lists of containers in a pod spec or in what workflow engines have in its place.
_lists := {
	["containers"]: "container",
	["initContainers"]: "init",
	["ephemeralContainers"]: "ephemeral",
	["sidecars"]: "sidecar",
	["containerSet", "containers"]: "container",
	["steps"]: "step",
	["extraContainers"]: "container",
}

# Fields that are one container each.
_singles := {"container": "container", "script": "script"}

_containers_of(found) := (listed | single) | settings if {
	listed := {_container(spec, array.concat(place, [index]), container, kind) |
		some spec in found
		some place, kind in _lists
		some index, container in k8s.list(object.get(spec.spec, place, null))
		is_object(container)
	}
	single := {_container(spec, [field], container, kind) |
		some spec in found
		some field, kind in _singles
		container := object.get(spec.spec, field, null)
		is_object(container)
	}
	settings := {_container(spec, [], spec.spec, "settings") |
		some spec in found
		spec.settings
	}
}

_container(spec, place, container, kind) := {
	"path": array.concat(spec.path, place),
	"container": container,
	"kind": kind,
	"spec_path": spec.path,
}
