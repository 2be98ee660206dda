# METADATA
# title: ClusterRoles that are made of others
# description: |
#   The API server writes the rules of every ClusterRole that matches a selector into the one that has it
#   in its `aggregationRule`. The built-in `view`, `edit` and `admin` select by labels.
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
package portcullis.lib.rbac_aggregation

import data.portcullis.lib.k8s
import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_scopes
import data.portcullis.lib.rbac_ways

_prefix := "rbac.authorization.k8s.io/aggregate-to-"

# METADATA
# description: "The built-in roles that a ClusterRole's labels add its rules to: `view`, `edit` and such."
targets(role) := {trim_prefix(label, _prefix) |
	some label, value in k8s.labels(role)
	value == "true"
	startswith(label, _prefix)
}

# METADATA
# description: |
#   Selectors of an aggregate, as `{"index", "kind", "keys"}`: `everything` where no label is asked for,
#   `common` where all of them (`keys`, as text) are ones that charts and tools put on any object, else
#   `own`.
selectors(role) := [found |
	some index, selector in k8s.items_at(role.object, ["aggregationRule", "clusterRoleSelectors"])
	is_object(selector)
	keys := _wanted(selector)
	found := {"index": index, "kind": _kind(keys), "keys": rbac.listed(keys)}
]

# The labels that a role must have to be selected; excluding some asks for none.
_wanted(selector) := {key | some key, _ in _match_labels(selector)} | {expression.key |
	some expression in k8s.items_at(selector, ["matchExpressions"])
	expression.operator in {"In", "Exists"}
	is_string(expression.key)
}

_match_labels(selector) := value if {
	value := selector.matchLabels
	is_object(value)
} else := {}

_kind(keys) := "everything" if {
	count(keys) == 0
} else := "own" if {
	some key in keys
	not _is_common(key)
} else := "common"

_is_common(key) if not contains(key, "/")

_is_common(key) if split(key, "/")[0] in {
	"app.kubernetes.io", "argocd.argoproj.io", "helm.sh", "helm.toolkit.fluxcd.io",
	"kustomize.toolkit.fluxcd.io", "toolkit.fluxcd.io",
}

# Of Kubernetes itself, what belongs to no namespace.
_cluster_scoped := {
	"": [
		"nodes", "nodes/proxy", "nodes/status", "nodes/log", "namespaces", "namespaces/finalize", "persistentvolumes",
		"persistentvolumes/status",
	],
	"admissionregistration.k8s.io": [
		"mutatingwebhookconfigurations", "validatingwebhookconfigurations", "mutatingadmissionpolicies",
		"mutatingadmissionpolicybindings", "validatingadmissionpolicies", "validatingadmissionpolicybindings",
	],
	"apiextensions.k8s.io": ["customresourcedefinitions"],
	"apiregistration.k8s.io": ["apiservices"],
	"certificates.k8s.io": [
		"certificatesigningrequests", "certificatesigningrequests/approval", "certificatesigningrequests/status",
		"signers", "clustertrustbundles",
	],
	"flowcontrol.apiserver.k8s.io": ["flowschemas", "prioritylevelconfigurations"],
	"node.k8s.io": ["runtimeclasses"],
	"policy.networking.k8s.io": ["adminnetworkpolicies", "baselineadminnetworkpolicies", "clusternetworkpolicies"],
	"scheduling.k8s.io": ["priorityclasses"],
	"storage.k8s.io": ["storageclasses", "csidrivers", "csinodes", "volumeattachments"],
}

# Most of them are no secret to anybody; `view` reads namespaces already.
_open := {"namespaces", "storageclasses", "priorityclasses", "runtimeclasses", "csidrivers"}

_kubelet := {"nodes/proxy", "nodes/log"}

# METADATA
# description: |
#   The cluster-scoped kinds of Kubernetes that a policy rule reaches, as `{"pairs", "writes"}`; `writes`
#   says whether it changes them, or reaches a kubelet, and not merely reads. Undefined where there is
#   none that is worth a word.
cluster_scoped(rule) := {"pairs": pairs, "writes": true} if {
	pairs := [pair | some pair in rbac_ways.covered(rule, _cluster_scoped); _acts_on(rule, pair[1])]
	count(pairs) > 0
} else := {"pairs": pairs, "writes": false} if {
	pairs := [pair | some pair in rbac_ways.covered(rule, _cluster_scoped); not pair[1] in _open]
	count(pairs) > 0
	count(rbac.items(rule, "verbs")) > 0
}

_acts_on(rule, _) if count(rbac.items(rule, "verbs") - rbac.read_verbs) > 0

_acts_on(rule, resource) if {
	resource in _kubelet
	count(rbac.items(rule, "verbs")) > 0
}

_sensitive := {
	"": [
		"secrets", "serviceaccounts/token", "pods/exec", "pods/attach", "pods/portforward", "pods/proxy", "services/proxy",
		"nodes/proxy",
	],
	# Objects of secret stores and the like that hold what they are made from.
	"generators.external-secrets.io": ["fakes", "generatorstates"],
	"kubernetes.crossplane.io": ["objects"],
	"kubernetes.m.crossplane.io": ["objects"],
}

_shipped_by := {
	"generators.external-secrets.io": "external-secrets",
	"kubernetes.crossplane.io": "provider-kubernetes",
	"kubernetes.m.crossplane.io": "provider-kubernetes",
}

# METADATA
# description: |
#   What a policy rule of a ClusterRole reaches that readers must not see, as pairs of group and resource.
#   What a store's own chart lets readers see of its objects is not in it.
sensitive(role, rule) := [pair |
	some pair in rbac_ways.covered(rule, _sensitive)
	not _is_own_chart(role, pair[0])
]

_is_own_chart(role, group) if k8s.labels(role)["app.kubernetes.io/name"] == _shipped_by[group]

# METADATA
# description: |
#   What a policy rule covers of RBAC's own resources, as pairs of group and resource.
of_rbac(rule) := [[rbac.api_group, resource] |
	some resource in rbac_scopes.covered(rule, rbac.api_group, [
		"clusterrolebindings",
		"clusterroles",
		"rolebindings",
		"roles",
	])
]
