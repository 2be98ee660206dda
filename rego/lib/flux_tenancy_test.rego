package portcullis.lib.flux_tenancy_test

import data.portcullis.lib.flux_tenancy
import data.portcullis.lib.testing

_release(namespace, spec) := {
	"apiVersion": "helm.toolkit.fluxcd.io/v2",
	"kind": "HelmRelease",
	"metadata": {"name": "r", "namespace": namespace},
	"spec": spec,
}

test_reconcilers if {
	count(flux_tenancy.reconcilers([])) == 1 with input as testing.input_with([{"object": _release("n", {})}])
	count(flux_tenancy.reconcilers(["n"])) == 0 with input as testing.input_with([{"object": _release("n", {})}])
	count(flux_tenancy.reconcilers(["r"])) == 0 with input as testing.input_with([{"object": _release("n", {})}])
	count(flux_tenancy.reconcilers([])) == 0 with input as testing.input_with([{"object": _release("flux-system", {})}])
	count(flux_tenancy.reconcilers([])) == 0 with input as testing.input_with([{"object": _release("n", {}), "partial": true}])
	other := {"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization"}
	count(flux_tenancy.reconcilers([])) == 0 with input as testing.input_with([{"object": other}])
}

_is_used if flux_tenancy.uses_controller_rights(input.objects[0])

_beside(release, others) := testing.input_of(array.concat([release], others))

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
	_is_used with input as _beside(_release("n", {}), [])
	_is_used with input as _beside(_release("n", {"serviceAccountName": ""}), [_controller(["--log-level=info", 1])])
	not _is_used with input as _beside(_release("n", {"serviceAccountName": "a"}), [])
	not _is_used with input as _beside(_release("n", {"kubeConfig": {"secretRef": {"name": "k"}}}), [])
	not _is_used with input as _beside(_release("n", {}), [_controller(["--default-service-account=default"])])
	not _is_used with input as _beside(_release("n", {}), [_patched])
	not _is_used with input as _beside(_release("n", {}), [_instance])
}

test_foreign_sources if {
	there := {"chart": {"spec": {"sourceRef": {"name": "c", "namespace": "m"}}}}
	flux_tenancy.foreign_sources(input.objects[0]) == {["spec", "chart", "spec", "sourceRef", "namespace"]} with input as _beside(_release("n", there), [])
	flux_tenancy.foreign_sources(input.objects[0]) == {["spec", "chartRef", "namespace"]} with input as _beside(
		_release("n", {"chartRef": {"namespace": "m"}}),
		[],
	)
	flux_tenancy.foreign_sources(input.objects[0]) == set() with input as _beside(_release("n", {"sourceRef": {"namespace": "n"}}), [])
	flux_tenancy.foreign_sources(input.objects[0]) == set() with input as _beside(_release("", there), [])
	flux_tenancy.foreign_sources(input.objects[0]) == set() with input as _beside(_release("n", there), [_controller(["--no-cross-namespace-refs=true"])])
	flux_tenancy.foreign_sources(input.objects[0]) != set() with input as _beside(_release("n", there), [_controller(["--no-cross-namespace-refs=false"])])
}
