# METADATA
# title: RBAC grants writes to what separates workloads
# description: |
#   Looks at the policy rules of Roles, ClusterRoles and operator bundles (ClusterServiceVersion) that
#   change the walls between workloads, and between them and the node.
#
#   Writing PersistentVolumes is high, since one can name any directory of a node, and writing StorageClasses
#   and CSIDrivers medium. Labels of a Namespace switch Pod Security and choose its network policies, so
#   updating namespaces is medium, and creating them low. Writing network policies, or the authorization
#   policies of Cilium, Calico, Istio and Linkerd, is high where a ServiceAccount may do it; people may, except
#   that deleting them is medium. An AI agent that writes quotas, limits, RuntimeClasses or
#   PriorityClasses is medium. Limited by `resourceNames` these are one level less, and one level less
#   where nothing in the set binds the role. Each policy rule is reported once, for the worst that it
#   allows.
#
#   A role that only RoleBindings bind reaches no cluster-scoped objects, with one exception: the Namespace
#   of the binding itself. Claims on volumes (`persistentvolumeclaims`) are the remedy and left alone, as
#   are network policies in roles that only add to the built-in `edit` and `admin`, which write them
#   already. Subjects in `allowedInfraControllers` are not reported. Storage provisioners, network
#   plugins, meshes, provisioners of namespaces and GitOps controllers are medium where they are
#   recognised by namespace, ServiceAccount and image or chart label, and one level lower elsewhere.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#persistent-volume-creation
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#namespace-modification
# custom:
#   severity: high
#   confidence: high
#   scope: set
#   needs: []
#   kinds:
#     - Role
#     - ClusterRole
#     - RoleBinding
#     - ClusterRoleBinding
#     - ClusterServiceVersion
#     - HelmRelease
#     - Application
#     - Kustomization
#     - ServiceAccount
#     - Namespace
#     - Pod
#     - Deployment
#     - StatefulSet
#     - DaemonSet
#     - Job
#     - CronJob
#     - Rollout
#     - Sandbox
#     - SandboxTemplate
#     - Agent
#   remediation: |
#     Let workloads claim volumes, and leave the kinds that draw boundaries to the platform team's
#     pipeline:
#
#     ```yaml
#     kind: Role
#     metadata:
#       name: report-storage
#       namespace: reports
#     rules:
#       - apiGroups: [""]
#         resources: [persistentvolumeclaims]
#         verbs: [create, get, list]
#     ```
#   variants:
#     persistent-volumes:
#       severity: high
#       message: "Grants {verbs} on {resources}: a volume can be any directory of a node"
#     storage-drivers:
#       severity: medium
#       message: "Grants {verbs} on {resources}: they decide what volumes are made of, for everybody"
#     relabel-namespaces:
#       severity: medium
#       message: "Grants {verbs} on namespaces {reach}: their labels switch Pod Security and choose network policies"
#     create-namespaces:
#       severity: low
#       message: "Grants create on namespaces: new ones lack the policies and quotas of the others unless something adds them"
#     network-policies:
#       severity: high
#       message: "Grants {verbs} on {resources} {reach}: its holder can open the walls between workloads"
#     delete-network-policies:
#       severity: medium
#       message: "Lets people {verbs} {resources} {reach}: without the policies, everything may talk to everything"
#     agent-limits:
#       severity: medium
#       message: "Lets an AI agent {verbs} {resources} {reach}: it can lift its own limits"
#   params:
#     allowedInfraControllers:
#       type: array
#       description: "Subjects that may write such objects, as `Kind/namespace/name` or as objects of `kind`, `namespace`, `name` and `reason`."
#       default: []
#   related:
#     cluster-binding: "Bound cluster-wide here"
#     namespace-binding: "Bound here"
#   frameworks:
#     cis: ["5.1.9"]
#     nsa: ["NSA-AUTH", "NSA-NET"]
#     owasp: ["K03:2022", "K02:2025", "K07:2022", "K05:2025"]
#     pci: ["1.2.2", "7.2.5"]
#     nist: ["AC-6", "SC-7", "CM-5"]
#     iso: ["A.8.2", "A.8.22"]
#     cwe: ["CWE-269"]
#   practices: [P09, P26, P27]
#   yields-to: [rbac/wildcard-grant]
package portcullis.rules.rbac["boundary-object-write"]

import data.portcullis.lib.agents
import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_agents
import data.portcullis.lib.rbac_people
import data.portcullis.lib.rbac_scopes
import data.portcullis.lib.rbac_ways
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains rbac_scopes.found(entry, worst) if {
	some candidate in rbac_scopes.entries
	count(rbac.verbs_of(candidate.rule, rbac.write_verbs)) > 0
	ways := rbac_ways.opened(candidate.rule, _table)
	count(ways) > 0
	entry := rbac_scopes.without(candidate, params.allowedInfraControllers)
	worst := rbac_scopes.worst([found |
		some scope in rbac_ways.scopes(entry, [])
		some way in ways
		[variant, severity] := _weighed(entry, scope, way)
		found := rbac_ways.candidate(object.union(way, {"variant": variant}), severity)
	])
}

_way(variant, resources, verbs, severities, powers) := {
	"variant": variant,
	"resources": resources,
	"verbs": verbs,
	"severities": severities,
	"powers": (powers | {"superuser", "gitops"}),
}

_in_cluster(severity) := {"cluster": severity}

_changes := {"create", "update", "patch"}

_table := [
	_way("persistent-volumes", {"": ["persistentvolumes"]}, _changes, _in_cluster("high"), {"storage"}),
	_way("network-policies", {"networking.k8s.io": ["networkpolicies"]}, rbac.write_verbs, rbac_ways.anywhere("high"), {"network"}),
	_way("network-policies", _mesh_policies, rbac.write_verbs, rbac_ways.anywhere("high"), {"network"}),
	_way("network-policies", _cluster_policies, rbac.write_verbs, _in_cluster("high"), {"network"}),
	_way("storage-drivers", {"storage.k8s.io": ["storageclasses", "csidrivers"]}, _changes, _in_cluster("medium"), {"storage"}),
	_way("relabel-namespaces", {"": ["namespaces"]}, {"update", "patch"}, rbac_ways.anywhere("medium"), {"namespaces"}),
	_way("agent-limits", {"": ["resourcequotas", "limitranges"]}, rbac.write_verbs, rbac_ways.anywhere("medium"), set()),
	_way(
		"agent-limits",
		{"node.k8s.io": ["runtimeclasses"], "scheduling.k8s.io": ["priorityclasses"]},
		rbac.write_verbs, _in_cluster("medium"), set(),
	),
	_way("create-namespaces", {"": ["namespaces"]}, {"create"}, _in_cluster("low"), {"namespaces"}),
]

_mesh_policies := {
	"cilium.io": ["ciliumnetworkpolicies"],
	"crd.projectcalico.org": ["networkpolicies"],
	"projectcalico.org": ["networkpolicies"],
	"security.istio.io": ["authorizationpolicies", "peerauthentications", "requestauthentications"],
	"policy.linkerd.io": [
		"authorizationpolicies", "serverauthorizations", "servers", "meshtlsauthentications", "networkauthentications",
	],
}

_cluster_policies := {
	"cilium.io": ["ciliumclusterwidenetworkpolicies"],
	"crd.projectcalico.org": ["globalnetworkpolicies"],
	"policy.networking.k8s.io": ["adminnetworkpolicies", "baselineadminnetworkpolicies", "clusternetworkpolicies"],
	"projectcalico.org": ["globalnetworkpolicies"],
}

_weighed(entry, scope, way) := _of_policies(entry, scope, way) if {
	way.variant == "network-policies"
} else := [way.variant, _of_namespaces(entry, scope, way)] if {
	way.variant == "relabel-namespaces"
} else := [way.variant, rbac_ways.severity(way, scope)] if {
	way.variant == "agent-limits"
	_is_for_agent(scope)
} else := [way.variant, rbac_ways.severity(way, scope)] if {
	not way.variant in {"network-policies", "relabel-namespaces", "agent-limits"}
}

_of_policies(_, scope, way) := ["delete-network-policies", rbac_ways.severity(milder, scope)] if {
	rbac_people.is_external(scope.grant)
	count(way.held & {"delete", "deletecollection"}) > 0
	milder := object.union(way, {"severities": {kind: "medium" | some kind, _ in way.severities}})
}

_of_policies(entry, scope, way) := [way.variant, rbac_ways.severity(way, scope)] if {
	not rbac_people.is_external(scope.grant)
	not _is_of_editors(entry, way)
}

_is_of_editors(entry, way) if {
	way.resources["networking.k8s.io"]
	not rbac_ways.without_editors(entry)
}

# A request for a Namespace belongs to the namespace of that name, and a RoleBinding there allows it.
_of_namespaces(entry, scope, way) := rbac_scopes.severity_in(scope, way.severities, way.powers) if {
	way.named
	scope.kind != "cluster"
	scope.grant.namespace in rbac.names(entry.rule)
} else := rbac_ways.severity(way, scope) if {
	scope.kind == "cluster"
} else := rbac_ways.severity(way, scope) if {
	not way.named
}

_is_for_agent(scope) if rbac_agents.holds(scope.grant)

_is_for_agent(scope) if agents.owns(scope.grant.obj)
