# METADATA
# title: AI agent may connect to anything
# description: |
#   An agent that was talked into something needs a way out for what it found: a request to any host will do. What
#   limits where an agent may connect to also limits what a model can be made to do inside of the network, the address
#   of the cloud's metadata above all.
#
#   Follows network policies of Kubernetes, Cilium and Calico by their selectors to the agents. An agent that none of
#   them limits is high where the whole set is known (`completeness: full`), else it is noted, since the policy may
#   be elsewhere. A policy that lets an agent connect to everything, to `0.0.0.0/0` on any port, or on port 443
#   without sparing private networks and the metadata address, is high; with them spared it is medium, and low where host names
#   or a proxy decide as well (`toFQDNs`, ServiceEntry, egress gateways). A SandboxTemplate with
#   `networkPolicyManagement: Unmanaged` that no policy selects is high, and so are unlimited rules of its own; with neither,
#   its controller allows the internet but no internal network, which is low. `*` among the domains of kagent is high.
#   Access to the API server for agents that get no token is noted.
#
#   Workloads that only look like an agent's count one level less. Left alone are DNS, pods on the node's network, which
#   `agents/agent-hardened-context` reports, and agents such as browsers that are meant to see the internet: name
#   a profile in `egressProfiles` and put it on the agent with `portcullis/egress-profile: internet`.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/
#   - ref: https://agent-sandbox.sigs.k8s.io/docs/
#   - ref: https://docs.cilium.io/en/stable/security/policy/language/
# custom:
#   severity: high
#   confidence: medium
#   scope: set
#   needs: []
#   kinds:
#     - Namespace
#     - ServiceAccount
#     - NetworkPolicy
#     - CiliumNetworkPolicy
#     - CiliumClusterwideNetworkPolicy
#     - GlobalNetworkPolicy
#     - AdminNetworkPolicy
#     - BaselineAdminNetworkPolicy
#     - ClusterNetworkPolicy
#     - ServiceEntry
#     - Sidecar
#     - EgressGateway
#     - CiliumEgressGatewayPolicy
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
#     - Agent
#     - SandboxAgent
#     - AgentHarness
#   remediation: |
#     List what the agent needs: DNS, the gateway in front of the models, its tool servers, the secret store.
#
#     ```yaml
#     apiVersion: networking.k8s.io/v1
#     kind: NetworkPolicy
#     metadata:
#       name: research-agent
#       namespace: agents
#     spec:
#       podSelector: {matchLabels: {app: research-agent}}
#       policyTypes: [Egress]
#       egress:
#         - to: [{podSelector: {matchLabels: {app: llm-gateway}}}]
#           ports: [{protocol: TCP, port: 8443}]
#         - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}]
#           ports: [{protocol: UDP, port: 53}]
#     ```
#   variants:
#     no-egress-policy:
#       severity: high
#       message: "No network policy in the set limits where this AI agent may connect to"
#     any-destination:
#       severity: high
#       message: "Lets {agents} connect to {destination}: a way out for whatever its model is talked into"
#     internet-over-https:
#       severity: medium
#       message: "Lets {agents} connect to any host of the internet on port 443: list the hosts, or go through a proxy that does"
#     unmanaged-network-policy:
#       severity: high
#       message: "Tells the controller to make no network policy, and none in the set selects these sandboxes"
#     default-internet-egress:
#       severity: low
#       message: "Leaves egress to the controller's default, which is the whole internet: list what the sandboxes need"
#     api-server-without-token:
#       severity: info
#       message: "Lets {agents} connect to the API server, for which it gets no token"
#   params:
#     egressProfiles:
#       type: object
#       description: "Profiles that agents may have, by name: the networks that they may reach, such as `{internet: [0.0.0.0/0]}`."
#       default: {}
#   frameworks:
#     cis: ["5.3.2"]
#     nsa: ["NSA-NET"]
#     owasp: ["K07:2022", "K05:2025", "LLM01:2025", "LLM02:2025"]
#     pci: ["1.3.2"]
#     nist: ["SC-7(5)", "AC-4"]
#     iso: ["A.8.22", "A.8.23"]
#     cwe: ["CWE-923"]
#   practices: [P20, P22, P26]
package portcullis.rules.agents["agent-egress-unbounded"]

import data.portcullis.lib.agent_egress
import data.portcullis.lib.agent_identities
import data.portcullis.lib.agent_policies
import data.portcullis.lib.agents
import data.portcullis.lib.finding
import data.portcullis.lib.identities
import data.portcullis.lib.k8s
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

# It speaks for `kind`, where the rule about network policies says the same of any pod.
report contains finding.covering(
	finding.with_severity(
		finding.new("no-egress-policy", pod.obj, _labels(pod), {}),
		{true: agents.severity(pod, "high"), false: "info"}[settings.completeness == "full"],
	),
	["kind"],
) if {
	some pod in agent_egress.unlimited
}

# What policies go by.
_labels(pod) := pod.spec.path if {
	pod.spec.settings
} else := array.concat(pod.spec.metadata_path, ["labels"])

report contains finding.with_severity(
	finding.new("any-destination", entry.obj, entry.destination.path, {
		"agents": _listed(entry.pods),
		"destination": _destination(entry.destination.cidr),
	}),
	_weighed(entry, "high"),
) if {
	some entry in agent_egress.allowed
	agent_egress.openness(entry) == "any"
	not agent_egress.is_profiled(entry, params.egressProfiles)
}

report contains finding.new("any-destination", obj, place.path, {
	"agents": k8s.describe(obj),
	"destination": "any domain",
}) if {
	some kind in ["Agent", "SandboxAgent", "AgentHarness"]
	some obj in k8s.of_kind(kind)
	agents.is_kagent(obj)
	some place in agent_egress.domains(obj)
	place.domain in {"*", "*.*", "**"}
}

report contains finding.with_severity(
	finding.new("internet-over-https", entry.obj, entry.destination.path, {"agents": _listed(entry.pods)}),
	_weighed(entry, _named(entry)),
) if {
	some entry in agent_egress.allowed
	agent_egress.openness(entry) == "https"
	not agent_egress.is_profiled(entry, params.egressProfiles)
}

_named(entry) := "low" if {
	every pod in entry.pods {
		agent_policies.has_named_egress(pod)
	}
} else := "medium"

report contains finding.new("unmanaged-network-policy", pod.obj, ["spec", "networkPolicyManagement"], {}) if {
	some pod in agents.judged
	pod.obj.object.kind == "SandboxTemplate"
	agent_egress.is_unmanaged(pod.obj)
	count(agent_policies.of_pod(pod)) == 0
}

report contains finding.new("default-internet-egress", obj, ["spec", "networkPolicy"], {}) if {
	some obj in k8s.of_kind("SandboxTemplate")
	not obj.partial
	not agent_egress.is_unmanaged(obj)
	object.get(obj.object, ["spec", "networkPolicy"], null) == null
}

report contains finding.new("api-server-without-token", entry.obj, entry.destination.path, {"agents": _listed(entry.pods)}) if {
	some entry in agent_egress.allowed
	agent_egress.openness(entry) == "api-server"
	every pod in entry.pods {
		[pod.obj.id, pod.spec.path] in _without_token
	}
}

_without_token := {[identity.run.obj.id, identity.run.spec.path] |
	some identity in agent_identities.of_agents
	identities.token(identity.run) == "no"
}

# As bad as for the agent that is one for certain.
_weighed(entry, level) := level if {
	some pod in entry.pods
	pod.confidence == "certain"
} else := agents.severity(entry.pods[0], level)

_listed(pods) := k8s.describe(pods[0].obj) if {
	count(pods) == 1
} else := concat("", [k8s.describe(pods[0].obj), " and ", format_int(count(pods) - 1, 10), " more agents"])

_destination(cidr) := object.get({"any": "anything", "world": "any host of the internet"}, cidr, concat("", ["`", cidr, "`"]))
