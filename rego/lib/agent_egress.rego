# METADATA
# title: Where AI agents may connect to
# description: |
#   Judges the rules of `agent_policies` for the agents that they select.
package portcullis.lib.agent_egress

import data.portcullis.lib.agent_policies
import data.portcullis.lib.agents
import data.portcullis.lib.k8s
import data.portcullis.lib.settings

# METADATA
# description: |
#   Pods of agents that nothing in the set keeps from connecting to anything. Pods of a SandboxTemplate get a policy
#   from their controller, pods on the node's network are out of reach of all.
unlimited := [pod |
	some pod in agents.judged
	not pod.obj.partial
	not pod.obj.object.kind in {"SandboxTemplate", "SandboxClaim"}
	not pod.spec.spec.hostNetwork == true
	not _names_domains(pod)
	count(agent_policies.of_pod(pod)) == 0
]

# Sandboxes of kagent deny all that is not on the list.
_names_domains(pod) if {
	pod.obj.object.kind in {"SandboxAgent", "AgentHarness"}
	count(domains(pod.obj)) > 0
}

# METADATA
# description: The domains that an agent of kagent may reach, as a list of `{"path", "domain"}`.
domains(obj) := [{"path": array.concat(path, [index]), "domain": domain} |
	some path in [["spec", "sandbox", "network", "allowedDomains"], ["spec", "network", "allowedDomains"]]
	some index, domain in k8s.list(object.get(obj.object, path, null))
	is_string(domain)
]

# METADATA
# description: |
#   Destinations that agents may reach, as a list of `{"obj", "destination", "ports", "pods"}`: by policies, where
#   `pods` are those of `agents.judged` that they select, and by the rules of their own that SandboxTemplates have.
allowed := array.concat(
	[{"obj": policy.obj, "destination": destination, "ports": rule.ports, "pods": pods} |
		some number, positions in _selected
		policy := agent_policies.known[number]
		not policy.obj.context
		pods := [pod | some position in positions; pod := agents.judged[position]]
		some rule in policy.rules
		some destination in rule.destinations
	],
	[{"obj": pod.obj, "destination": destination, "ports": rule.ports, "pods": [pod]} |
		some pod in agents.judged
		pod.obj.object.kind == "SandboxTemplate"
		not is_unmanaged(pod.obj)
		some rule in agent_policies.kubernetes_rules(pod.obj, ["spec", "networkPolicy", "egress"])
		some destination in rule.destinations
	],
)

_selected[number] contains position if {
	some position, pod in agents.judged
	some number in agent_policies.of_pod(pod)
	agent_policies.selects(agent_policies.known[number], pod)
}

# METADATA
# description: Whether a SandboxTemplate tells its controller to make no policy.
is_unmanaged(obj) if obj.object.spec.networkPolicyManagement == "Unmanaged"

# METADATA
# description: |
#   What an entry of `allowed` opens: `any` (everything, or the internet without limits), `https` (the internet on
#   port 443 without the networks of the cloud and of the cluster) or `api-server`; undefined for anything narrower.
openness(entry) := "any" if {
	entry.destination.cidr in {"any", "world"}
	not _is_dns(entry)
	not _is_https_outside(entry)
} else := "any" if {
	_is_everything(entry.destination.cidr)
	not _is_dns(entry)
	not _is_https_outside(entry)
} else := "https" if {
	_is_https_outside(entry)
} else := "api-server" if {
	entry.destination.cidr == "api-server"
} else := "api-server" if {
	regex.match(`/(32|128)$`, entry.destination.cidr)
	entry.ports == ["6443"]
}

_is_everything(cidr) if regex.match(`^[0-9a-fA-F.:]+/[01]$`, cidr)

_is_dns(entry) if {
	count(entry.ports) > 0
	every port in entry.ports {
		port in {"53", "dns", "dns-tcp", "9153", "5353"}
	}
}

_is_https_outside(entry) if {
	entry.destination.cidr == "world"
	_is_https(entry.ports)
}

_is_https_outside(entry) if {
	_is_everything(entry.destination.cidr)
	_is_https(entry.ports)
	_spares_internal(entry.destination)
}

_is_https(ports) if {
	count(ports) > 0
	every port in ports {
		port in {"443", "https"}
	}
}

_spares_internal(destination) if {
	contains(destination.cidr, ":")
	count({"fc00::/7", "fd00::/8"} & {network | some network in destination.except}) > 0
}

_spares_internal(destination) if {
	not contains(destination.cidr, ":")
	nets := {network | some network in destination.except}
	count({"169.254.169.254/32", "169.254.0.0/16"} & nets) > 0
	count({"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"} - nets) == 0
}

# METADATA
# description: |
#   Whether all agents of an entry of `allowed` have a profile (`<prefix>/egress-profile`) of the user's that
#   includes the destination. `profiles` maps names to lists of networks; `0.0.0.0/0` includes all.
is_profiled(entry, profiles) if {
	every pod in entry.pods {
		nets := k8s.list(object.get(_object(profiles), _profile(pod), []))
		_includes(nets, entry.destination.cidr)
	}
}

_profile(pod) := object.get(agents.marks(pod.obj, pod.spec), settings.annotation("egress-profile"), "")

_includes(nets, _) if count({"0.0.0.0/0", "::/0"} & {network | some network in nets}) > 0

_includes(nets, cidr) if cidr in nets

_object(value) := value if is_object(value)

_object(value) := {} if not is_object(value)
