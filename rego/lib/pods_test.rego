package portcullis.lib.pods_test

import data.portcullis.lib.pods
import data.portcullis.lib.testing

_c := {"name": "c", "image": "c"}

_object(version, kind, fields) := object.union(
	{"apiVersion": version, "kind": kind, "metadata": {"name": "o"}},
	fields,
)


_template := {"spec": {"template": {"spec": {"containers": [_c], "initContainers": [_c], "ephemeralContainers": [_c]}}}}

test_pod_templates if {
	wanted := {
		["spec.template.spec.containers.0", "container"],
		["spec.template.spec.initContainers.0", "init"],
		["spec.template.spec.ephemeralContainers.0", "ephemeral"],
	}
	every version, kind in {
		"apps/v1": "Deployment",
		"batch/v1": "Job",
		"v1": "ReplicationController",
		"argoproj.io/v1alpha1": "Rollout",
		"serving.knative.dev/v1": "Service",
		"apps.openshift.io/v1": "DeploymentConfig",
	} {
		_containers(_object(version, kind, _template)) == wanted
	}
}

test_places_of_other_kinds if {
	spec := {"containers": [_c]}
	_containers(_object("v1", "Pod", {"spec": spec})) == {["spec.containers.0", "container"]}
	_containers(_object("v1", "PodTemplate", {"template": {"spec": spec}})) == {["template.spec.containers.0", "container"]}
	_containers(_object(
		"batch/v1",
		"CronJob",
		{"spec": {"jobTemplate": {"spec": {"template": {"spec": spec}}}}},
	)) == {["spec.jobTemplate.spec.template.spec.containers.0", "container"]}
	_containers(_object("agents.x-k8s.io/v1beta1", "Sandbox", {"spec": {"podTemplate": {"spec": spec}}})) == {[
		"spec.podTemplate.spec.containers.0",
		"container",
	]}
}

test_workflows if {
	templates := [
		{"container": _c, "sidecars": [_c]},
		{"script": _c},
		{"containerSet": {"containers": [_c]}},
		null,
	]
	_containers(_object("argoproj.io/v1alpha1", "CronWorkflow", {"spec": {"workflowSpec": {"templates": templates}}})) == {
		["spec.workflowSpec.templates.0.container", "container"],
		["spec.workflowSpec.templates.0.sidecars.0", "sidecar"],
		["spec.workflowSpec.templates.1.script", "script"],
		["spec.workflowSpec.templates.2.containerSet.containers.0", "container"],
	}
	_containers(_object("tekton.dev/v1", "Pipeline", {"spec": {"tasks": [{"taskSpec": {"steps": [_c]}}]}})) == {[
		"spec.tasks.0.taskSpec.steps.0",
		"step",
	]}
}

test_objects_that_set_fields_of_a_container if {
	agent := _object("kagent.dev/v1alpha2", "Agent", {"spec": {"byo": {"deployment": {"extraContainers": [_c]}}}})
	_containers(agent) == {
		["spec.byo.deployment", "settings"],
		["spec.byo.deployment.extraContainers.0", "container"],
	}
	_containers(_object("extensions.agents.x-k8s.io/v1beta1", "SandboxClaim", {"spec": {"env": []}})) == {[
		"spec",
		"settings",
	]}
}

test_kinds_that_nobody_listed if {
	group := {"template": {"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [_c]}}}
	ray := _object("ray.io/v1", "RayCluster", {"spec": {"headGroupSpec": group}})
	_containers(ray) == {["spec.headGroupSpec.template.spec.containers.0", "container"]}
	{[spec.metadata, spec.metadata_path] | some spec in _specs(ray)} == {[
		{"labels": {"a": "b"}},
		["spec", "headGroupSpec", "template", "metadata"],
	]}
}

test_metadata_without_a_spec_of_its_own if {
	workflow := _object("argoproj.io/v1alpha1", "Workflow", {"spec": {"templates": [{
		"metadata": "none",
		"container": _c,
	}]}})
	["spec", "templates", 0, "metadata"] in {spec.metadata_path | some spec in _specs(workflow)}
	{spec.metadata | some spec in _specs(workflow)} == {{}, {"name": "o"}}
}

test_what_has_no_pods if {
	_specs(_object("v1", "Service", _template)) == set()
	_specs(_object("v1", "ConfigMap", {"data": {"containers": [_c]}})) == set()
	_specs(_object("example.com/v1", "Thing", {"spec": {"containers": [{"name": "c"}, null]}})) == set()
	_specs({"apiVersion": 5, "kind": "Pod", "metadata": null}) == set()
	_containers(_object("v1", "Pod", {"spec": {"containers": [null, "c"], "initContainers": "c"}})) == set()
}

test_workloads if {
	ids := pods.workloads with input as testing.input_of([
		_object("v1", "Service", {}),
		_object("v1", "Pod", {"spec": {}}),
	])
	ids == {1}
}
