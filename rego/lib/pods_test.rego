package portcullis.lib.pods_test

import data.portcullis.lib.pods
import data.portcullis.lib.testing

_c := {"name": "c", "image": "c"}

_object(version, kind, fields) := object.union(
	{"apiVersion": version, "kind": kind, "metadata": {"name": "o"}},
	fields,
)

_spec := {"containers": [_c]}

_template := {"spec": {"template": {"spec": {
	"containers": [_c],
	"initContainers": [_c],
	"ephemeralContainers": [_c],
}}}}

_shape(found) := {[concat(".", [sprintf("%v", [step]) | some step in one.path]), one.kind] | some one in found}

test_pod_templates if {
	every version, kind in {
		"apps/v1": "Deployment",
		"batch/v1": "Job",
		"v1": "ReplicationController",
		"argoproj.io/v1alpha1": "Rollout",
		"serving.knative.dev/v1": "Service",
		"apps.openshift.io/v1": "DeploymentConfig",
	} {
		found := pods.containers(input.objects[0]) with input as testing.input_of([_object(version, kind, _template)])
		_shape(found) == {
			["spec.template.spec.containers.0", "container"],
			["spec.template.spec.initContainers.0", "init"],
			["spec.template.spec.ephemeralContainers.0", "ephemeral"],
		}
	}
}

_places := [
	[_object("v1", "Pod", {"spec": _spec}), {["spec.containers.0", "container"]}],
	[_object("v1", "PodTemplate", {"template": {"spec": _spec}}), {["template.spec.containers.0", "container"]}],
	[
		_object("batch/v1", "CronJob", {"spec": {"jobTemplate": {"spec": {"template": {"spec": _spec}}}}}),
		{["spec.jobTemplate.spec.template.spec.containers.0", "container"]},
	],
	[
		_object("agents.x-k8s.io/v1beta1", "Sandbox", {"spec": {"podTemplate": {"spec": _spec}}}),
		{["spec.podTemplate.spec.containers.0", "container"]},
	],
	[
		_object("argoproj.io/v1alpha1", "CronWorkflow", {"spec": {"workflowSpec": {"templates": [
			{"container": _c, "sidecars": [_c]},
			{"script": _c},
			{"containerSet": _spec},
			null,
		]}}}),
		{
			["spec.workflowSpec.templates.0.container", "container"],
			["spec.workflowSpec.templates.0.sidecars.0", "sidecar"],
			["spec.workflowSpec.templates.1.script", "script"],
			["spec.workflowSpec.templates.2.containerSet.containers.0", "container"],
		},
	],
	[
		_object("tekton.dev/v1", "Pipeline", {"spec": {"tasks": [{"taskSpec": {"steps": [_c]}}]}}),
		{["spec.tasks.0.taskSpec.steps.0", "step"]},
	],
	[
		_object("kagent.dev/v1alpha2", "Agent", {"spec": {"byo": {"deployment": {"extraContainers": [_c]}}}}),
		{["spec.byo.deployment", "settings"], ["spec.byo.deployment.extraContainers.0", "container"]},
	],
	[
		_object("extensions.agents.x-k8s.io/v1beta1", "SandboxClaim", {"spec": {"env": []}}),
		{["spec", "settings"]},
	],
	[
		_object("ray.io/v1", "RayCluster", {"spec": {"headGroupSpec": {"template": {"spec": _spec}}}}),
		{["spec.headGroupSpec.template.spec.containers.0", "container"]},
	],
	[_object("v1", "Pod", {"spec": {"containers": [null, "c"], "initContainers": "c"}}), set()],
]

test_places_of_containers if {
	every place in _places {
		found := pods.containers(input.objects[0]) with input as testing.input_of([place[0]])
		_shape(found) == place[1]
	}
}

_without_pods := [
	_object("v1", "Service", _template),
	_object("v1", "ConfigMap", {"data": _spec}),
	_object("example.com/v1", "Thing", {"spec": {"containers": [{"name": "c"}, null]}}),
	{"apiVersion": 5, "kind": "Pod", "metadata": null},
]

test_what_has_no_pods if {
	every one in _without_pods {
		found := pods.specs(input.objects[0]) with input as testing.input_of([one])
		found == set()
	}
}

test_metadata_that_the_pods_get if {
	template := {"metadata": {"labels": {"a": "b"}}, "spec": _spec}
	found := pods.specs(input.objects[0]) with input as testing.input_of([_object("ray.io/v1", "RayCluster", {"spec": {
		"headGroupSpec": {"template": template},
	}})])
	{[spec.metadata, spec.metadata_path] | some spec in found} == {[
		{"labels": {"a": "b"}},
		["spec", "headGroupSpec", "template", "metadata"],
	]}
}

test_metadata_inside_a_template_that_has_no_spec if {
	templates := [{"metadata": "none", "container": _c}]
	found := pods.specs(input.objects[0]) with input as testing.input_of([_object(
		"argoproj.io/v1alpha1",
		"Workflow",
		{"spec": {"templates": templates}},
	)])
	{[spec.metadata, spec.metadata_path] | some spec in found} == {
		[{"name": "o"}, ["metadata"]],
		[{}, ["spec", "templates", 0, "metadata"]],
	}
}

test_workloads if {
	ids := pods.workloads with input as testing.input_of([
		_object("v1", "Service", {}),
		_object("v1", "Pod", {"spec": {}}),
	])
	ids == {1}
}

# The objects in it are judged by themselves.
test_carriers_have_no_pods_of_their_own if {
	carrier := _object("template.openshift.io/v1", "Template", {"objects": [_object("v1", "Pod", {"spec": _spec})]})
	found := pods.containers(input.objects[0]) with input as testing.input_of([carrier])
	found == set()
	other := _object("jobset.example.com/v1", "Set", {"spec": {"pods": [_spec]}})
	searched := pods.containers(input.objects[0]) with input as testing.input_of([other])
	count(searched) == 1
}
