# METADATA
# title: Duties of controllers besides those that they are known for
# description: |
#   Continues `controllers_known` for rights over workloads, nodes, identities and namespaces: further
#   powers of the products there, and further products.
package portcullis.lib.controllers_duties

# METADATA
# description: |
#   What a product of `controllers_known` is allowed besides its `powers`. `namespaces` is for those that
#   make or label namespaces, `configuration` for those that write ConfigMaps wherever they are asked to.
of(name) := object.get(_more, name, set()) | {"configuration"}

_more := {
	# Pods that answer the challenges of certificate authorities.
	"cert-manager": {"workloads"},
	# It restarts what uses a Secret that has changed.
	"Vault Secrets Operator": {"workloads"},
	# Gateways are deployments that it makes.
	"Ingress controller": {"workloads"},
	"Network plugin": {"workloads", "identity", "storage"},
	"KEDA": {"identity"},
	"CSI provisioner": {"identity"},
	"Cloud controller manager": {"network"},
	"External Secrets Operator": {"namespaces"},
	"Argo CD": {"namespaces"},
	"Flux": {"namespaces"},
	"Velero": {"namespaces"},
	"Operator Lifecycle Manager": {"namespaces"},
	"Capsule": {"namespaces"},
	"Hierarchical Namespace Controller": {"namespaces"},
}

_product(namespaces, accounts, labels, images, powers) := {
	"namespaces": namespaces,
	"accounts": accounts,
	"labels": labels,
	"images": images,
	"powers": powers,
}

# METADATA
# description: More products, in the shape of `controllers_known.products`.
products := object.union(_jobs, _platform)

_jobs := {
	"Argo Rollouts": _product(
		{"argo-rollouts"},
		{"argo-rollouts"},
		{"argo-rollouts"},
		{"argoproj/argo-rollouts"},
		{"workloads", "network"},
	),
	"Argo Workflows": _product(
		{"argo", "argo-workflows"},
		{"argo", "argo-server", "argo-workflows-workflow-controller", "argo-workflows-server"},
		{"argo-workflows", "argo-workflows-workflow-controller", "argo-workflows-server", "workflow-controller", "argo-server"},
		{"argoproj/workflow-controller", "argoproj/argocli"},
		{"workloads"},
	),
	"Argo Events": _product(
		{"argo-events"},
		{"argo-events-sa", "argo-events-controller-manager"},
		{"argo-events", "argo-events-controller-manager"},
		{"argoproj/argo-events"},
		{"workloads"},
	),
	"Tekton": _product(
		{"tekton-pipelines", "tekton-operator"},
		{"tekton-pipelines-controller", "tekton-triggers-controller", "tekton-operator"},
		{"tekton-pipelines", "tekton-triggers", "tekton-operator"},
		{"tektoncd/"},
		{"workloads", "admission"},
	),
	"Knative": _product(
		{"knative-serving", "knative-eventing", "knative-operator"},
		{"controller", "eventing-controller", "knative-operator"},
		{"knative-serving", "knative-eventing", "knative-operator"},
		{"knative.dev/", "knative-releases/"},
		{"workloads", "admission", "network"},
	),
	"KubeRay": _product(
		{"kuberay", "kuberay-system", "kuberay-operator", "ray-system"},
		{"kuberay-operator"},
		{"kuberay-operator"},
		{"kuberay/operator"},
		{"workloads"},
	),
	"Job queue": _product(
		{"kueue-system", "jobset-system", "lws-system"},
		{"kueue-controller-manager", "jobset-controller-manager", "lws-controller-manager"},
		{"kueue", "jobset", "lws"},
		{"kueue/kueue", "jobset/jobset", "lws/lws"},
		{"workloads", "admission"},
	),
}

_platform := {
	"Node upkeep": _product(
		{"kube-system", "kured", "node-problem-detector", "node-feature-discovery", "gpu-operator", "kube-flannel"},
		{"kured", "node-problem-detector", "node-feature-discovery", "nfd-master", "gpu-operator", "flannel"},
		{"kured", "node-problem-detector", "node-feature-discovery", "nfd", "gpu-operator", "flannel"},
		{"kubereboot/kured", "node-problem-detector", "nfd/node-feature-discovery", "nvidia/gpu-operator", "flannel-io/flannel"},
		{"nodes", "workloads"},
	),
	"Kubelet CSR approver": _product(
		{"kube-system", "kubelet-csr-approver"},
		{"kubelet-csr-approver", "kubelet-serving-cert-approver"},
		{"kubelet-csr-approver", "kubelet-serving-cert-approver"},
		{"postfinance/kubelet-csr-approver", "kubelet-serving-cert-approver"},
		{"identity"},
	),
	"MetalLB": _product(
		{"metallb-system", "metallb"},
		{"controller", "speaker", "metallb-controller", "metallb-speaker"},
		{"metallb"},
		{"metallb/"},
		{"network", "admission"},
	),
	"Linkerd": _product(
		{"linkerd"},
		{"linkerd-destination", "linkerd-identity", "linkerd-proxy-injector", "linkerd-policy"},
		{"linkerd", "linkerd-control-plane"},
		{"linkerd/"},
		{"network", "admission"},
	),
	"Capsule": _product(
		{"capsule-system", "capsule"},
		{"capsule"},
		{"capsule"},
		{"projectcapsule/capsule"},
		{"network"},
	),
	"Hierarchical Namespace Controller": _product(
		{"hnc-system"},
		{"hnc-controller-manager"},
		{"hnc"},
		{"hnc-manager"},
		{"network"},
	),
}
