# METADATA
# title: Controllers that are known to need power
# description: |
#   Per product: the namespaces that its installation guide uses; names of its ServiceAccounts (also
#   with a release name and `-` before them); values of name labels, of `helm.sh/chart` without the
#   version, and names of its own roles; parts of its image repositories; and what its rights are
#   for:
#
#   - `superuser`: everything, since it applies or restores what others wrote.
#   - `gitops`: applies what is in Git. `secrets`: reads and writes Secrets. `tls`: reads
#     certificates out of Secrets. `identity`: mints ServiceAccount tokens or signs certificates.
#   - `admission`: webhooks, policies, CRDs. `workloads`: creates pods. `exec`: runs commands in pods
#     it owns. `nodes`: node objects and kubelets. `storage`: volumes and storage classes.
#     `network`: network policies and meshes. `rbac`: roles and bindings. `stores`: objects that tell
#     where secrets come from.
package portcullis.lib.controllers_known

import data.portcullis.lib.controllers_duties

_product(namespaces, accounts, labels, images, powers) := {
	"namespaces": namespaces,
	"accounts": accounts,
	"labels": labels,
	"images": images,
	"powers": powers,
}

# METADATA
# description: The products by the name that messages use.
products := object.union_n([
	_delivery, _secret_stores, _policy_and_traffic, _cluster, _data_and_jobs,
	controllers_duties.products,
])

_delivery := {
	"Argo CD": _product(
		{"argocd", "argo-cd", "argo", "openshift-gitops"},
		{
			"argocd-application-controller", "argocd-server", "argocd-applicationset-controller",
			"argocd-notifications-controller", "argocd-repo-server", "argocd-dex-server",
			"openshift-gitops-argocd-application-controller", "openshift-gitops-argocd-server",
		},
		{"argocd", "argo-cd", "openshift-gitops"},
		{"argoproj/argocd", "openshift-gitops-1/argocd"},
		{"superuser", "gitops", "secrets", "rbac", "workloads", "exec", "network", "storage", "admission"},
	),
	"Flux": _product(
		{"flux-system"},
		{
			"kustomize-controller", "helm-controller", "source-controller", "notification-controller",
			"image-reflector-controller", "image-automation-controller", "source-watcher", "flux-operator",
		},
		{"flux", "flux2", "flux-operator"},
		{"fluxcd/", "controlplaneio-fluxcd/flux-operator"},
		{"superuser", "gitops", "secrets", "rbac", "workloads", "identity", "network", "storage", "admission"},
	),
	"Operator Lifecycle Manager": _product(
		{"olm", "openshift-operator-lifecycle-manager"},
		{"olm-operator-serviceaccount"},
		{"olm", "operator-lifecycle-manager", "system:controller:operator-lifecycle-manager"},
		{"operator-framework/olm", "operator-lifecycle-manager"},
		{"superuser", "rbac", "workloads", "secrets", "admission"},
	),
	"Velero": _product(
		{"velero", "openshift-adp"},
		{"velero", "velero-server"},
		{"velero"},
		{"velero/velero"},
		{"superuser", "secrets", "exec", "workloads", "storage", "rbac"},
	),
	"Crossplane": _product(
		{"crossplane-system", "upbound-system"},
		{"crossplane", "rbac-manager"},
		{"crossplane", "crossplane-rbac-manager", "universal-crossplane"},
		{"crossplane/crossplane", "upbound/crossplane"},
		{"superuser", "rbac", "secrets", "workloads", "admission"},
	),
}

_secret_stores := {
	"External Secrets Operator": _product(
		{"external-secrets", "external-secrets-operator"},
		{"external-secrets", "external-secrets-cert-controller", "external-secrets-webhook"},
		{"external-secrets", "external-secrets-cert-controller", "external-secrets-webhook"},
		{"external-secrets/external-secrets"},
		{"secrets", "identity", "admission", "stores"},
	),
	"cert-manager": _product(
		{"cert-manager"},
		{
			"cert-manager", "cert-manager-cainjector", "cert-manager-webhook",
			"cert-manager-startupapicheck", "cert-manager-approver-policy", "trust-manager",
		},
		{"cert-manager", "cainjector", "webhook", "startupapicheck", "cert-manager-approver-policy", "trust-manager"},
		{"jetstack/cert-manager-", "jetstack/trust-manager"},
		{"secrets", "identity", "admission", "stores"},
	),
	"Vault Secrets Operator": _product(
		{"vault-secrets-operator-system", "vault-secrets-operator", "vault"},
		{
			"vault-secrets-operator-controller-manager", "vault-secrets-operator-upgrade-crds",
			"vault-secrets-operator-csi-driver",
		},
		{"vault-secrets-operator"},
		{"hashicorp/vault-secrets-operator"},
		{"secrets", "identity", "admission", "stores"},
	),
	"Vault": _product(
		{"vault", "openbao"},
		{"vault", "vault-agent-injector", "vault-csi-provider", "openbao", "openbao-agent-injector"},
		{"vault", "vault-agent-injector", "vault-csi-provider", "openbao"},
		{"hashicorp/vault", "openbao/openbao"},
		{"identity", "admission"},
	),
	"Sealed Secrets": _product(
		{"kube-system", "sealed-secrets"},
		{"sealed-secrets", "sealed-secrets-controller"},
		{"sealed-secrets", "sealed-secrets-controller"},
		{"sealed-secrets-controller"},
		{"secrets", "stores"},
	),
	"Secrets Store CSI Driver": _product(
		{"kube-system", "secrets-store-csi", "csi-secrets-store"},
		{"secrets-store-csi-driver", "csi-secrets-store-provider-aws", "csi-secrets-store-provider-azure"},
		{"secrets-store-csi-driver", "secrets-store-csi-driver-provider-aws", "csi-secrets-store-provider-azure"},
		{"csi-secrets-store/driver", "secrets-store-csi-driver-provider", "provider-azure"},
		{"secrets", "identity", "stores"},
	),
	"Reloader": _product(
		{"reloader", "kube-system", "external-secrets"},
		{"reloader", "reloader-reloader"},
		{"reloader"},
		{"stakater/reloader", "external-secrets/reloader"},
		{"secrets", "workloads"},
	),
	"Reflector or replicator": _product(
		{"kube-system", "reflector", "kubernetes-replicator"},
		{"reflector", "kubernetes-replicator"},
		{"reflector", "kubernetes-replicator"},
		{"emberstack/kubernetes-reflector", "mittwald/kubernetes-replicator"},
		{"secrets"},
	),
}

_policy_and_traffic := {
	"Gatekeeper": _product(
		{"gatekeeper-system"},
		{"gatekeeper-admin", "gatekeeper-admin-upgrade-crds"},
		{"gatekeeper"},
		{"openpolicyagent/gatekeeper"},
		{"admission", "secrets"},
	),
	"Kyverno": _product(
		{"kyverno"},
		{
			"kyverno-admission-controller", "kyverno-background-controller",
			"kyverno-cleanup-controller", "kyverno-reports-controller",
		},
		{"kyverno"},
		{"kyverno/"},
		{"admission", "secrets", "workloads", "network"},
	),
	"Ingress controller": _product(
		{"ingress-nginx", "traefik", "istio-system", "projectcontour", "kube-system"},
		{
			"ingress-nginx", "ingress-nginx-admission", "traefik", "istiod", "istio-reader-service-account",
			"istio-ingressgateway", "istio-ingressgateway-service-account", "istiod-service-account", "contour",
			"contour-certgen",
		},
		{"ingress-nginx", "traefik", "istiod", "pilot", "istio-ingressgateway", "contour"},
		{"ingress-nginx/", "traefik", "istio/", "projectcontour/contour"},
		{"tls", "secrets", "admission", "network"},
	),
	"Network plugin": _product(
		{"kube-system", "calico-system", "tigera-operator", "cilium"},
		{"calico-node", "calico-kube-controllers", "tigera-operator", "cilium", "cilium-operator"},
		{"calico-node", "calico-kube-controllers", "tigera-operator", "cilium", "cilium-operator", "cilium-agent"},
		{"calico/", "tigera/operator", "cilium/"},
		{"network", "nodes", "admission", "secrets"},
	),
}

_cluster := {
	"Prometheus Operator": _product(
		{"monitoring", "prometheus", "observability", "kube-prometheus-stack"},
		{
			"prometheus-operator", "kube-prometheus-stack-operator", "kube-prometheus-operator",
			"kube-prometheus-stack-admission", "kube-prometheus-admission",
		},
		{"prometheus-operator", "kube-prometheus-stack", "kube-prometheus-stack-operator"},
		{"prometheus-operator/prometheus-operator", "kube-webhook-certgen"},
		{"secrets", "workloads", "admission"},
	),
	"VictoriaMetrics Operator": _product(
		{"monitoring", "vm", "victoria-metrics"},
		{"vm-operator", "victoria-metrics-operator", "vmoperator"},
		{"victoria-metrics-operator", "vm-operator"},
		{"victoriametrics/operator"},
		{"secrets", "workloads", "rbac"},
	),
	"Metrics collector": _product(
		{"kube-system", "monitoring", "metrics-server"},
		{"metrics-server", "kube-state-metrics"},
		{"metrics-server", "kube-state-metrics"},
		{"metrics-server/metrics-server", "kube-state-metrics"},
		{"nodes", "secrets"},
	),
	"Grafana sidecar": _product(
		{"monitoring", "grafana", "observability"},
		{"grafana"},
		{"grafana"},
		{"kiwigrid/k8s-sidecar", "grafana/grafana"},
		{"secrets"},
	),
	"Cluster autoscaler": _product(
		{"kube-system", "karpenter"},
		{"cluster-autoscaler", "karpenter"},
		{"cluster-autoscaler", "karpenter", "aws-cluster-autoscaler"},
		{"autoscaling/cluster-autoscaler", "karpenter/controller"},
		{"nodes", "workloads"},
	),
	"Cloud controller manager": _product(
		{"kube-system"},
		{"cloud-controller-manager", "aws-cloud-controller-manager", "openstack-cloud-controller-manager"},
		{"cloud-controller-manager", "aws-cloud-controller-manager", "openstack-cloud-controller-manager"},
		{"cloud-controller-manager"},
		{"nodes", "identity", "storage"},
	),
	"CSI provisioner": _product(
		{"kube-system", "rook-ceph", "longhorn-system"},
		{
			"ebs-csi-controller-sa", "efs-csi-controller-sa", "csi-azuredisk-controller-sa", "longhorn-service-account",
			"rook-ceph-system", "rook-csi-rbd-provisioner-sa", "rook-csi-cephfs-provisioner-sa",
		},
		{"aws-ebs-csi-driver", "aws-efs-csi-driver", "azuredisk-csi-driver", "longhorn", "rook-ceph", "rook-ceph-operator"},
		{"csi-provisioner", "longhornio/longhorn-manager", "rook/ceph"},
		{"storage", "secrets", "nodes", "workloads", "exec", "rbac"},
	),
}

_data_and_jobs := {
	"KEDA": _product(
		{"keda"},
		{"keda-operator", "keda-operator-metrics-apiserver", "keda-metrics-server", "keda-webhook"},
		{"keda", "keda-operator"},
		{"kedacore/keda"},
		{"secrets", "workloads", "admission"},
	),
	"PostgreSQL operator": _product(
		{"cnpg-system", "postgres-operator", "pgo"},
		{"cnpg-manager", "cloudnative-pg", "pgo", "postgres-operator"},
		{"cloudnative-pg", "pgo", "postgres-operator"},
		{"cloudnative-pg/cloudnative-pg", "crunchydata/postgres-operator", "zalando/postgres-operator"},
		{"secrets", "workloads", "exec", "rbac"},
	),
	"Strimzi": _product(
		{"strimzi", "kafka", "strimzi-system"},
		{"strimzi-cluster-operator"},
		{"strimzi", "strimzi-kafka-operator", "strimzi-cluster-operator"},
		{"strimzi/operator"},
		{"secrets", "workloads", "rbac", "network"},
	),
	"Actions Runner Controller": _product(
		{"actions-runner-system", "arc-systems"},
		{"actions-runner-controller", "gha-runner-scale-set-controller", "arc-gha-rs-controller"},
		{"actions-runner-controller", "gha-runner-scale-set-controller", "gha-rs-controller"},
		{"actions-runner-controller", "gha-runner-scale-set-controller"},
		{"secrets", "workloads", "rbac"},
	),
	"Agent Sandbox": _product(
		{"agent-sandbox-system"},
		{"agent-sandbox-controller"},
		{"agent-sandbox", "agent-sandbox-controller"},
		{"agent-sandbox-controller"},
		{"workloads", "network"},
	),
	"kagent": _product(
		{"kagent"},
		{"kagent-controller", "kagent"},
		{"kagent"},
		{"kagent-dev/kagent/controller"},
		{"workloads", "secrets"},
	),
}
