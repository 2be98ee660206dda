# METADATA
# title: NetworkPolicy lets everything, the internet or the metadata service through
# description: |
#   Looks at the rules of NetworkPolicies and at those of Cilium's, Calico's and the cluster-wide policies of the
#   network policy API. A policy that allows everything is worse than none: whoever counts policies takes the
#   pods for isolated.
#
#   A rule without peers and ports is high, one that only names ports medium. All pods of the cluster, written
#   as an empty `namespaceSelector` with an empty `podSelector`, are high as long as no port is named; without
#   the `podSelector` it means the same, but is the usual way to write "other namespaces", and medium. The
#   internet is high as a source and medium as a destination.
#
#   Egress that includes a cloud's metadata service is high, since that hands out the node's credentials. These
#   services answer on port 80, so that a rule for 443 alone does not reach them. The usual fix is `except`.
#   Alibaba Cloud has its service at 100.100.100.200; add that to `metadataCidrs` there. For agents, egress to
#   everywhere without private ranges taken out is high as well: a prompt is enough to have them look around.
#
#   Left alone: ingress in `edgeNamespaces` and of policies labelled `portcullis/edge: public` or as `edgeLabels`
#   says; egress that is limited to DNS; rules of Cilium that name nothing, which let nothing through there.
#   Egress to any peer on the ports of HTTPS and of the API server alone is low: the address of the latter is
#   hard to name. Of Calico, which reads rules in order, an open rule after one that denies is medium.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/
#   - ref: https://docs.cilium.io/en/stable/security/policy/language/
#   - ref: https://docs.tigera.io/calico/latest/reference/resources/networkpolicy
#   - ref: https://network-policy-api.sigs.k8s.io/
# custom:
#   severity: high
#   confidence: high
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
#   remediation: |
#     Name peers and ports:
#
#     ```yaml
#     egress:
#       - to:
#           - namespaceSelector:
#               matchLabels:
#                 kubernetes.io/metadata.name: security
#             podSelector:
#               matchLabels:
#                 app.kubernetes.io/name: vault
#         ports:
#           - protocol: TCP
#             port: 8200
#     ```
#
#     Where the internet is meant, take out what is not:
#
#     ```yaml
#     egress:
#       - to:
#           - ipBlock:
#               cidr: 0.0.0.0/0
#               except: [169.254.169.254/32, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16]
#         ports:
#           - protocol: TCP
#             port: 443
#     ```
#   variants:
#     allow-all:
#       severity: high
#       message: "This rule names neither peers nor ports and so lets all {direction} through: name them, or leave the policy out"
#       yields-to: [agents/agent-egress-unbounded]
#     any-peer:
#       severity: medium
#       message: "This rule names ports but no peers: {direction} is open for everybody there"
#       yields-to: [agents/agent-egress-unbounded]
#     any-https:
#       severity: low
#       message: "Egress on the ports of HTTPS is open to every address: name the peers where you can"
#       yields-to: [agents/agent-egress-unbounded]
#     all-namespaces:
#       severity: medium
#       message: "An empty `namespaceSelector` means the pods of every namespace: select those that are meant"
#     all-pods:
#       severity: high
#       message: "Both selectors are empty, which means every pod of the cluster: select those that are meant"
#     internet-ingress:
#       severity: high
#       message: "Lets the whole internet in: name the ranges, or the gateway that requests come through"
#     internet-egress:
#       severity: medium
#       message: "Lets pods reach the whole internet: name the ranges, or go through a proxy"
#       yields-to: [agents/agent-egress-unbounded]
#     metadata-egress:
#       severity: high
#       message: "Lets pods reach the cloud's metadata service, and with it the node's credentials: take `{address}` out with `except`"
#       yields-to: [agents/agent-egress-unbounded]
#     private-ranges-egress:
#       severity: high
#       message: "Lets an agent reach private networks: take `{address}` out with `except`"
#       yields-to: [agents/agent-egress-unbounded]
#     entity-all:
#       severity: high
#       message: "The entity `all` is every pod, every node and the internet: name the peers"
#       yields-to: [agents/agent-egress-unbounded]
#     wide-port-range:
#       severity: low
#       message: "Opens {count} ports, of which at most {limit} are allowed: name the ports"
#   params:
#     edgeNamespaces:
#       type: array
#       description: "Namespaces of gateways, which the internet is to reach. `*` stands for any characters."
#       default:
#         - "*ingress*"
#         - "*gateway*"
#         - ambassador
#         - cloudflared
#         - contour
#         - emissary
#         - haproxy*
#         - kong
#         - projectcontour
#         - traefik*
#     edgeLabels:
#       type: array
#       description: "Labels of policies for what the internet is to reach, each as `key=value`."
#       default: []
#     metadataCidrs:
#       type: array
#       description: "Addresses of metadata services, as ranges."
#       default: ["169.254.169.254/32", "fd00:ec2::254/128"]
#     maxPorts:
#       type: number
#       description: "The most ports that a range (`endPort`) may open."
#       default: 100
#   frameworks:
#     cis: ["5.3.2"]
#     nsa: ["NSA-NET"]
#     owasp: ["K07:2022", "K05:2025", "K08:2025"]
#     pci: ["1.3.1", "1.3.2", "1.4.2"]
#     nist: ["SC-7(5)", "AC-4"]
#     iso: ["A.8.22"]
#     cwe: ["CWE-923", "CWE-918"]
#   practices: [P20, P22, P26]
package portcullis.rules.orchestration["networkpolicy-too-open"]

import data.portcullis.lib.finding
import data.portcullis.lib.network_policy_openness as openness
import data.portcullis.lib.network_policy_rules as policy_rules
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.new(variant, rule.obj, path, args) if {
	some rule in policy_rules.rules
	not openness.is_edge(rule, params)
	some [variant, path, args, severity] in openness.problems(rule, params)
	severity == ""
}

report contains finding.with_severity(finding.new(variant, rule.obj, path, args), severity) if {
	some rule in policy_rules.rules
	not openness.is_edge(rule, params)
	some [variant, path, args, severity] in openness.problems(rule, params)
	severity != ""
}
