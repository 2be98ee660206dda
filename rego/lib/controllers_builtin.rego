# METADATA
# title: Powerful grants of the ClusterRoles that Kubernetes itself defines
# description: |
#   What the API server creates at its start, as far as one of our rules would speak about it. Roles
#   that only aggregate (`admin`, `edit`, `view`) hold no rules of their own. A role of such a name
#   that grants more is no longer the built-in one: the API server adds what is missing to its roles
#   but takes nothing away.
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings
package portcullis.lib.controllers_builtin

# METADATA
# description: |
#   By name of the role, the policy rules that may be in it, each list of which is the most that one
#   may name; `resourceNames` is the least.
grants[name] := [_grant(line) | some line in lines] if some name, lines in _lines

# API groups (`core` for ""), resources, verbs, names, URLs.
_grant([groups, resources, verbs, names, urls]) := {
	"apiGroups": {group | some word in _words(groups); group := replace(word, "core", "")},
	"resources": _words(resources),
	"verbs": _words(verbs),
	"resourceNames": _words(names),
	"nonResourceURLs": _words(urls),
}

_words(text) := {word | some word in split(text, " "); word != ""}

_reads := "get list watch"

_writes := "create delete deletecollection patch update"

_all := concat(" ", [_reads, _writes])

_lines := {
	"cluster-admin": [
		["*", "*", "*", "", ""],
		["", "", "*", "", "*"],
	],
	"system:aggregate-to-admin": [
		["rbac.authorization.k8s.io", "roles rolebindings", _all, "", ""],
	],
	"system:aggregate-to-edit": [
		[
			"core",
			"pods pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy",
			_all,
			"",
			"",
		],
		["core", "serviceaccounts", "impersonate", "", ""],
		["core", "serviceaccounts/token pods/eviction", "create", "", ""],
		[
			"core",
			concat(" ", [
				"configmaps events persistentvolumeclaims replicationcontrollers",
				"replicationcontrollers/scale secrets serviceaccounts services services/proxy",
			]),
			_writes,
			"",
			"",
		],
		[
			"apps extensions",
			concat(" ", [
				"daemonsets deployments deployments/rollback deployments/scale ingresses",
				"networkpolicies replicasets replicasets/scale replicationcontrollers/scale statefulsets statefulsets/scale",
			]),
			_writes,
			"",
			"",
		],
		["batch", "cronjobs jobs scheduledjobs", _writes, "", ""],
		["networking.k8s.io", "ingresses networkpolicies", _writes, "", ""],
		["coordination.k8s.io", "leases", _all, "", ""],
	],
	"system:aggregate-to-view": [
		["core", "endpoints pods pods/log configmaps serviceaccounts", _reads, "", ""],
	],
	"system:kube-controller-manager": [
		["core", "secrets serviceaccounts configmaps namespaces", "get create update delete", "", ""],
		["*", "*", "list watch", "", ""],
		["core", "serviceaccounts/token", "create", "", ""],
		["core", "endpoints", "create get update", "", ""],
	],
	"system:kube-scheduler": [
		["core", "pods", "delete get list watch", "", ""],
		["core", "bindings pods/binding", "create", "", ""],
		["core", "pods/status", "patch update", "", ""],
		["core", "endpoints", "create get update", "", ""],
	],
	"system:kubelet-api-admin": [
		["core", "nodes", "get list watch proxy", "", ""],
		["core", "nodes/log nodes/metrics nodes/proxy nodes/stats nodes/spec", "*", "", ""],
	],
	"system:node": [
		["core", "nodes nodes/status", "create get list watch patch update", "", ""],
		["core", "pods", "create delete get list watch", "", ""],
		["core", "pods/status", "patch update", "", ""],
		["core", "configmaps secrets", _reads, "", ""],
		["core", "serviceaccounts/token", "create", "", ""],
		["certificates.k8s.io", "certificatesigningrequests", "create get list watch", "", ""],
		["storage.k8s.io", "csinodes", "create delete get patch update", "", ""],
	],
	"system:node-bootstrapper": [
		["certificates.k8s.io", "certificatesigningrequests", "create get list watch", "", ""],
	],
	"system:node-problem-detector": [
		["core", "nodes nodes/status", "get patch", "", ""],
	],
	"system:persistent-volume-provisioner": [
		["core", "persistentvolumes", "create delete get list watch", "", ""],
	],
	"system:volume-scheduler": [
		["core", "persistentvolumes", "get list patch update watch", "", ""],
	],
	"system:certificates.k8s.io:kube-apiserver-client-approver": [
		["certificates.k8s.io", "signers", "approve", "kubernetes.io/kube-apiserver-client", ""],
	],
	"system:certificates.k8s.io:kube-apiserver-client-kubelet-approver": [
		["certificates.k8s.io", "signers", "approve", "kubernetes.io/kube-apiserver-client-kubelet", ""],
	],
	"system:certificates.k8s.io:kubelet-serving-approver": [
		["certificates.k8s.io", "signers", "approve", "kubernetes.io/kubelet-serving", ""],
	],
	"system:certificates.k8s.io:legacy-unknown-approver": [
		["certificates.k8s.io", "signers", "approve", "kubernetes.io/legacy-unknown", ""],
	],
	"system:controller:attachdetach-controller": [
		["core", "nodes/status", "patch update", "", ""],
	],
	"system:controller:certificate-controller": [
		[
			"certificates.k8s.io",
			concat(" ", [
				"certificatesigningrequests",
				"certificatesigningrequests/approval certificatesigningrequests/status",
			]),
			"delete get list update watch",
			"",
			"",
		],
		["certificates.k8s.io", "signers", "approve", "kubernetes.io/kube-apiserver-client-kubelet", ""],
		[
			"certificates.k8s.io",
			"signers",
			"sign",
			concat(" ", [
				"kubernetes.io/kube-apiserver-client kubernetes.io/kube-apiserver-client-kubelet",
				"kubernetes.io/kubelet-serving kubernetes.io/legacy-unknown",
			]),
			"",
		],
	],
	"system:controller:clusterrole-aggregation-controller": [
		["rbac.authorization.k8s.io", "clusterroles", "escalate get list patch update watch", "", ""],
	],
	"system:controller:cronjob-controller": [
		["batch", "cronjobs jobs", "create delete get list patch update watch", "", ""],
		["core", "pods", "delete list", "", ""],
	],
	"system:controller:daemon-set-controller": [
		["core", "pods", "create delete list patch watch", "", ""],
		["core", "pods/binding", "create", "", ""],
	],
	"system:controller:deployment-controller": [
		[
			"apps extensions",
			"deployments replicasets",
			"create delete get list patch update watch",
			"",
			"",
		],
		["core", "pods", "get list update watch", "", ""],
	],
	"system:controller:disruption-controller": [
		["*", "*/scale", "get", "", ""],
	],
	"system:controller:endpoint-controller": [
		["core", "endpoints", "create delete get list update watch", "", ""],
		["core", "endpoints/restricted", "create", "", ""],
	],
	"system:controller:endpointslice-controller": [
		["discovery.k8s.io", "endpointslices", "create delete get list update watch", "", ""],
	],
	"system:controller:endpointslicemirroring-controller": [
		["discovery.k8s.io", "endpointslices", "create delete get list update watch", "", ""],
	],
	"system:controller:expand-controller": [
		["core", "persistentvolumes", "get list patch update watch", "", ""],
		["core", "secrets", "get", "", ""],
	],
	"system:controller:generic-garbage-collector": [
		["*", "*", "delete get list patch update watch", "", ""],
	],
	"system:controller:horizontal-pod-autoscaler": [
		["*", "*/scale", "get update", "", ""],
		["custom.metrics.k8s.io external.metrics.k8s.io", "*", _reads, "", ""],
	],
	"system:controller:job-controller": [
		["batch", "jobs", "get list patch update watch", "", ""],
		["core", "pods", "create delete list patch watch", "", ""],
	],
	"system:controller:legacy-service-account-token-cleaner": [
		["core", "secrets", "delete patch", "", ""],
	],
	"system:controller:namespace-controller": [
		["*", "*", "delete deletecollection get list watch", "", ""],
		["core", "namespaces/finalize namespaces/status", "update", "", ""],
	],
	"system:controller:node-controller": [
		["core", "nodes nodes/status", "delete get list patch update watch", "", ""],
		["core", "pods", "delete get list watch", "", ""],
		["core", "pods/status", "patch update", "", ""],
	],
	"system:controller:persistent-volume-binder": [
		["core", "persistentvolumes", "create delete get list update watch", "", ""],
		["core", "pods", "create delete get list watch", "", ""],
		["core", "secrets", "get", "", ""],
		["core", "endpoints services", "create delete get update", "", ""],
	],
	"system:controller:pv-protection-controller": [
		["core", "persistentvolumes", "get list update watch", "", ""],
	],
	"system:controller:replicaset-controller": [
		["apps extensions", "replicasets", "get list update watch", "", ""],
		["core", "pods", "create delete list patch watch", "", ""],
	],
	"system:controller:replication-controller": [
		["core", "replicationcontrollers", "get list update watch", "", ""],
		["core", "pods", "create delete list patch watch", "", ""],
	],
	"system:controller:resourcequota-controller": [
		["*", "*", "list watch", "", ""],
	],
	"system:controller:root-ca-cert-publisher": [
		["core", "configmaps", "create update", "", ""],
	],
	"system:controller:route-controller": [
		["core", "nodes/status", "patch", "", ""],
	],
	"system:controller:service-account-controller": [
		["core", "serviceaccounts", "create", "", ""],
	],
	"system:controller:service-controller": [
		["core", "services/status", "patch update", "", ""],
	],
	"system:controller:statefulset-controller": [
		["core", "pods", "create delete get list patch update watch", "", ""],
	],
	"system:controller:ttl-controller": [
		["core", "nodes", "list patch update watch", "", ""],
	],
}
