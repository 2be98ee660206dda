package portcullis.lib.flux_tenancy_test

import data.portcullis.lib.flux_tenancy
import data.portcullis.lib.testing

_release(namespace, spec) := {
	"apiVersion": "helm.toolkit.fluxcd.io/v2",
	"kind": "HelmRelease",
	"metadata": {"name": "r", "namespace": namespace},
	"spec": spec,
}

_found(entries, platform) := count(found) if {
	found := flux_tenancy.reconcilers(platform) with input as testing.input_with(entries)
}

test_reconcilers if {
	_found([{"object": _release("n", {})}], []) == 1
	_found([{"object": _release("n", {})}], ["n"]) == 0
	_found([{"object": _release("n", {})}], ["r"]) == 0
	_found([{"object": _release("flux-system", {})}], []) == 0
	_found([{"object": _release("n", {}), "partial": true}], []) == 0
	_found([{"object": {"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization"}}], []) == 0
}

_uses(spec, others) if {
	found := [1 | flux_tenancy.uses_controller_rights(input.objects[0])] with input as testing.input_of(array.concat(
		[_release("n", spec)],
		others,
	))
	found == [1]
}

_controller(args) := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": "helm-controller", "namespace": "flux-system"},
	"spec": {"template": {"spec": {"containers": [{"name": "manager", "image": "i", "args": args}]}}},
}

_patched := {
	"apiVersion": "kustomize.config.k8s.io/v1beta1",
	"kind": "Kustomization",
	"patches": [{"patch": "- value: --default-service-account=default"}, null],
}

_instance := {
	"apiVersion": "fluxcd.controlplane.io/v1",
	"kind": "FluxInstance",
	"metadata": {"name": "flux"},
	"spec": {"cluster": {"multitenant": true}},
}

test_controller_rights if {
	_uses({}, [])
	_uses({"serviceAccountName": ""}, [_controller(["--log-level=info", 1])])
	not _uses({"serviceAccountName": "a"}, [])
	not _uses({"kubeConfig": {"secretRef": {"name": "k"}}}, [])
	not _uses({}, [_controller(["--default-service-account=default"])])
	not _uses({}, [_patched])
	not _uses({}, [_instance])
}

_places(namespace, spec, others) := found if {
	found := flux_tenancy.foreign_sources(input.objects[0]) with input as testing.input_of(array.concat(
		[_release(namespace, spec)],
		others,
	))
}

test_foreign_sources if {
	there := {"chart": {"spec": {"sourceRef": {"name": "c", "namespace": "m"}}}}
	_places("n", there, []) == {["spec", "chart", "spec", "sourceRef", "namespace"]}
	_places("n", {"chartRef": {"namespace": "m"}}, []) == {["spec", "chartRef", "namespace"]}
	_places("n", {"sourceRef": {"namespace": "n"}}, []) == set()
	_places("", there, []) == set()
	_places("n", there, [_controller(["--no-cross-namespace-refs=true"])]) == set()
	_places("n", there, [_controller(["--no-cross-namespace-refs=false"])]) != set()
}
