# METADATA
# title: No NetworkPolicy isolates the pods
# description: |
#   Compares pods with the network policies of the set: NetworkPolicies, those of Cilium and Calico, and the
#   cluster-wide ones of the network policy API. A pod that none selects takes connections from everything and
#   opens them to everything, secret stores and the metadata service included.
#
#   A namespace is to be closed by default: policies that select all of its pods and cover both directions. One
#   policy may do that, or two; it may let something through everywhere, such as DNS, as long as that is not
#   everything. Beyond that, each pod is to be selected for ingress, and for egress.
#
#   Policies often live elsewhere, so that without `completeness: full` all that is missing is `info`, and pods are
#   only mentioned where the set has policies for their namespace. Also info:
#   a policy without `policyTypes` that lists ingress alone, which leaves egress open.
#
#   Left alone: pods on the network of their node, to which policies do not apply (the Baseline rule reports
#   them), the cluster's own namespaces, Jobs in namespaces of CI, and everything with `clusterDefaultDeny`. Pods
#   that operators make are not in the set, so a policy that selects one of their labels is not called useless.
#   A selector of Calico that is more than a list of comparisons counts as selecting every pod.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies
#   - ref: https://docs.cilium.io/en/stable/security/policy/intro/
#   - ref: https://docs.tigera.io/calico/latest/network-policy/get-started/kubernetes-default-deny
# custom:
#   severity: medium
#   confidence: medium
#   scope: set
#   needs: []
#   kinds:
#     - NetworkPolicy
#     - GlobalNetworkPolicy
#     - CiliumNetworkPolicy
#     - CiliumClusterwideNetworkPolicy
#     - AdminNetworkPolicy
#     - BaselineAdminNetworkPolicy
#     - ClusterNetworkPolicy
#     - Namespace
#     - Pod
#     - PodTemplate
#     - ReplicationController
#     - Deployment
#     - StatefulSet
#     - DaemonSet
#     - ReplicaSet
#     - Job
#     - CronJob
#     - Rollout
#     - DeploymentConfig
#     - ScaledJob
#     - Service
#     - Configuration
#     - Revision
#     - Sandbox
#     - SandboxTemplate
#   remediation: |
#     Close the namespace, then allow what each pod needs:
#
#     ```yaml
#     apiVersion: networking.k8s.io/v1
#     kind: NetworkPolicy
#     metadata:
#       name: default-deny
#       namespace: agents
#     spec:
#       podSelector: {}
#       policyTypes: [Ingress, Egress]
#     ```
#
#     ```yaml
#     apiVersion: networking.k8s.io/v1
#     kind: NetworkPolicy
#     metadata:
#       name: planner
#       namespace: agents
#     spec:
#       podSelector:
#         matchLabels:
#           app: planner
#       policyTypes: [Ingress, Egress]
#       egress:
#         - to:
#             - namespaceSelector:
#                 matchLabels:
#                   kubernetes.io/metadata.name: kube-system
#               podSelector:
#                 matchLabels:
#                   k8s-app: kube-dns
#           ports:
#             - protocol: UDP
#               port: 53
#     ```
#   variants:
#     default-deny-missing:
#       severity: medium
#       message: "Namespace `{namespace}` is not closed by default: add a policy with `podSelector: {}` and `policyTypes: [Ingress, Egress]`"
#     pod-uncovered:
#       severity: medium
#       message: "No policy selects these pods: everything may connect to them, and they to everything"
#       yields-to: [agents/agent-egress-unbounded]
#     ingress-uncovered:
#       severity: medium
#       message: "No policy selects these pods for ingress: everything may connect to them"
#     egress-uncovered:
#       severity: low
#       message: "No policy selects these pods for egress: they may connect to everything"
#       yields-to: [agents/agent-egress-unbounded]
#     policy-types-missing:
#       severity: info
#       message: "Without `policyTypes` this policy limits ingress alone: list `Egress` as well if that is meant"
#     selects-nothing:
#       severity: low
#       message: "No pod of the set has the labels that this policy selects: see whether they are written alike"
#   params:
#     policyKinds:
#       type: array
#       description: "The kinds that count as network policies, as `group/Kind`."
#       default:
#         - networking.k8s.io/NetworkPolicy
#         - cilium.io/CiliumNetworkPolicy
#         - cilium.io/CiliumClusterwideNetworkPolicy
#         - crd.projectcalico.org/NetworkPolicy
#         - crd.projectcalico.org/GlobalNetworkPolicy
#         - projectcalico.org/NetworkPolicy
#         - projectcalico.org/GlobalNetworkPolicy
#         - policy.networking.k8s.io/AdminNetworkPolicy
#         - policy.networking.k8s.io/BaselineAdminNetworkPolicy
#         - policy.networking.k8s.io/ClusterNetworkPolicy
#     clusterDefaultDeny:
#       type: boolean
#       description: "The cluster closes every namespace by default; nothing that is missing is reported then."
#       default: false
#     requireEgress:
#       type: boolean
#       description: "Egress is to be covered as well as ingress."
#       default: true
#   frameworks:
#     cis: ["5.3.2"]
#     nsa: ["NSA-NET"]
#     owasp: ["K07:2022", "K05:2025"]
#     pci: ["1.2.1", "1.3.1", "1.3.2"]
#     soc2: ["CC6.6"]
#     nist: ["SC-7", "SC-7(5)", "AC-4"]
#     iso: ["A.8.20", "A.8.22"]
#     cwe: ["CWE-923", "CWE-284"]
#   practices: [P22, P26]
#   yields-to: [orchestration/secret-store-reachability]
package portcullis.rules.orchestration["network-isolation-missing"]

import data.portcullis.lib.agents
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.label_selectors
import data.portcullis.lib.network_namespaces
import data.portcullis.lib.network_pods
import data.portcullis.lib.network_policies
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

_kinds := {kind | some kind in k8s.list(params.policyKinds)}

# What has to be covered.
_due := {true: {"ingress", "egress"}, false: {"ingress"}}[params.requireEgress]

report contains _missing(found, _namespace_severity(entry)) if {
	not params.clusterDefaultDeny
	some entry in network_namespaces.judged
	count(_due - network_policies.isolates_all(entry.name, _kinds)) > 0
	found := finding.new("default-deny-missing", entry.obj, entry.place, {"namespace": entry.name})
}

_namespace_severity(entry) := "high" if entry.is_sensitive

_namespace_severity(entry) := "medium" if not entry.is_sensitive

report contains _missing(finding.new(variant, pod.obj, ["kind"], {}), _pod_severity(pod, variant)) if {
	not params.clusterDefaultDeny
	some pod in network_pods.judged
	not network_namespaces.is_system(pod.namespace)
	_is_telling(pod.namespace)
	open := _due - network_policies.isolates(pod.namespace, pod.labels, _kinds)
	count(open) > 0
	variant := _variant(open)
}

_variant(open) := "pod-uncovered" if {
	count(open) == 2
} else := concat("", [concat("", open), "-uncovered"])

_pod_severity(pod, "egress-uncovered") := "low" if {
	not agents.owns(pod.obj)
} else := "medium"

_pod_severity(_, variant) := "medium" if variant != "egress-uncovered"

# Where a part of the set has no policy at all, they stand elsewhere or there are none: that is said once, for
# the namespace.
_is_telling(_) if settings.completeness == "full"

_is_telling(namespace) if network_policies.has_any(namespace)

# Policies may well stand in another part of the set.
_missing(found, severity) := finding.with_severity(found, severity) if {
	settings.completeness == "full"
} else := finding.with_severity(found, "info")

report contains finding.new("policy-types-missing", obj, ["spec", "policyTypes"], {}) if {
	some obj in k8s.of_kind("NetworkPolicy")
	k8s.group(obj.object.apiVersion) == "networking.k8s.io"
	not obj.partial
	object.get(obj.object, ["spec", "policyTypes"], null) == null
	count(k8s.items_at(obj.object, ["spec", "egress"])) == 0
	is_array(obj.object.spec.ingress)
}

report contains _missing(finding.new("selects-nothing", policy.obj, place, {}), "low") if {
	some policy in network_policies.policies
	_kinds[policy.kind]
	not policy.obj.context
	not policy.obj.id in _used
	_is_of_written_labels(policy.selector)
	network_pods.namespaces[policy.obj.namespace]
	place := {true: ["spec", "podSelector"], false: ["spec"]}[startswith(policy.kind, "networking.k8s.io/")]
}

_used := {policy.obj.id |
	some pod in network_pods.known
	some policy in network_policies.selecting(pod.namespace, pod.labels, _kinds)
}

# Labels with a domain are mostly set by controllers, on pods that are in no manifest.
_is_of_written_labels(selector) if {
	keys := object.keys(label_selectors.pairs(selector))
	count(keys) > 0
	every key in keys {
		regex.match(`^([^/]+|app\.kubernetes\.io/.*)$`, key)
		not key in {"job-name", "controller-uid"}
	}
}
