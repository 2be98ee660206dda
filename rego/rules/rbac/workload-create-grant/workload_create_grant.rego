# METADATA
# title: RBAC grants the right to start or change workloads
# description: |
#   Looks at the policy rules of Roles, ClusterRoles and operator bundles (ClusterServiceVersion) that
#   create or change what pods are made from: Deployments and their like, Jobs, and the workloads of Argo,
#   Knative, Tekton, KEDA, Ray, kagent and Agent Sandbox. Whoever starts a pod chooses which Secrets of
#   the namespace are mounted there and which ServiceAccount it runs as, so that the right includes both.
#
#   In every namespace it is critical, and so in `privilegedNamespaces`. In one namespace it is high for a
#   ServiceAccount; medium for users and groups from outside of the cluster, for CI runners in their own
#   namespace and for subjects in `deployers`. Where the namespace enforces Pod Security at `restricted`,
#   which keeps such pods off the node, that is medium and low; for AI agents it stays high. Creating
#   DaemonSets is high whoever does it, since they run on every node. Limited by `resourceNames` these are
#   one level less, and one level less where nothing in the set binds the role. Each policy rule is
#   reported once, for the worst that it allows.
#
#   Changing a pod swaps no more than its image, so of `pods` only `create` counts here;
#   `rbac/pod-session-access` judges the rest. Roles that only add to the built-in `edit` and `admin` are
#   left alone: these start pods already. Claims on a sandbox are no workload of one's own. Controllers
#   that own such kinds are medium where they are recognised by namespace, ServiceAccount and image or
#   chart label, and one level lower elsewhere.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# custom:
#   severity: critical
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
#     Let the pipeline deploy, and keep workloads from starting others. Where one has to, give it a
#     namespace of its own that enforces Pod Security and holds no Secret but those of its jobs:
#
#     ```yaml
#     apiVersion: v1
#     kind: Namespace
#     metadata:
#       name: report-jobs
#       labels:
#         pod-security.kubernetes.io/enforce: restricted
#     ---
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: Role
#     metadata:
#       name: job-submitter
#       namespace: report-jobs
#     rules:
#       - apiGroups: [batch]
#         resources: [jobs]
#         verbs: [create, get, list]
#     ```
#
#     An AI agent gets no such right at all: let it claim a sandbox (`SandboxClaim`) or write to a queue.
#   variants:
#     cluster-wide:
#       severity: critical
#       message: "Grants {verbs} on {resources} {reach}: its holder can mount any Secret and run as any ServiceAccount of the cluster"
#     privileged-namespace:
#       severity: critical
#       message: "Grants {verbs} on {resources} {reach}: its holder can run as the ServiceAccounts of the platform"
#     in-namespace:
#       severity: high
#       message: "Grants {verbs} on {resources} {reach}: its holder can mount any Secret and run as any ServiceAccount there"
#     by-deployers:
#       severity: medium
#       message: "Lets deployers {verbs} {resources} {reach}: have it enforce Pod Security at `restricted`"
#     daemonsets:
#       severity: high
#       message: "Grants {verbs} on DaemonSets {reach}: its holder can run pods on every node"
#   params:
#     workloadResources:
#       type: array
#       description: "What pods are made from, as `resource.group`, without a group for the core one."
#       default:
#         - pods
#         - replicationcontrollers
#         - podtemplates
#         - deployments.apps
#         - statefulsets.apps
#         - daemonsets.apps
#         - replicasets.apps
#         - jobs.batch
#         - cronjobs.batch
#         - cronworkflows.argoproj.io
#         - rollouts.argoproj.io
#         - workflows.argoproj.io
#         - configurations.serving.knative.dev
#         - services.serving.knative.dev
#         - pipelineruns.tekton.dev
#         - taskruns.tekton.dev
#         - sandboxes.agents.x-k8s.io
#         - sandboxtemplates.extensions.agents.x-k8s.io
#         - sandboxwarmpools.extensions.agents.x-k8s.io
#         - agents.kagent.dev
#         - sandboxagents.kagent.dev
#         - scaledjobs.keda.sh
#         - rayclusters.ray.io
#         - rayjobs.ray.io
#         - rayservices.ray.io
#     deployers:
#       type: array
#       description: "Subjects whose work is deploying, as `Kind/namespace/name` or as objects of `kind`, `namespace`, `name` and `reason`."
#       default: []
#     privilegedNamespaces:
#       type: array
#       description: Namespaces whose ServiceAccounts rule more than the namespace itself.
#       default: [kube-system, istio-system, vault, external-secrets, cert-manager, argocd, flux-system]
#   related:
#     cluster-binding: "Bound cluster-wide here"
#     namespace-binding: "Bound here"
#   frameworks:
#     cis: ["5.1.4"]
#     nsa: ["NSA-AUTH"]
#     owasp: ["K03:2022", "K02:2025"]
#     pci: ["7.2.5"]
#     nist: ["AC-6", "CM-5"]
#     iso: ["A.8.2"]
#     cwe: ["CWE-269", "CWE-250"]
#   practices: [P09]
#   yields-to: [rbac/wildcard-grant]
package portcullis.rules.rbac["workload-create-grant"]

import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_people
import data.portcullis.lib.rbac_scopes
import data.portcullis.lib.rbac_severity
import data.portcullis.lib.rbac_ways
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains rbac_scopes.found(entry, worst) if {
	some candidate in rbac_scopes.entries
	count(rbac.verbs_of(candidate.rule, _verbs)) > 0
	ways := rbac_ways.opened(candidate.rule, [_workloads(candidate.rule), _daemonsets])
	count(ways) > 0
	entry := rbac_ways.without_editors(candidate)
	worst := rbac_scopes.worst([rbac_ways.candidate(weighed, severity) |
		some scope in rbac_ways.scopes(entry, params.privilegedNamespaces)
		some way in ways
		[variant, severity] := _weighed(entry, scope, way)
		weighed := object.union(way, {"variant": variant})
	])
}

_verbs := {"create", "update", "patch"}

_severities := object.union(rbac_ways.in_namespaces("high"), {"cluster": "critical", "privileged": "critical"})

_powers := {"workloads", "gitops", "superuser", "own"}

_way(variant, resources, verbs, severities) := {
	"variant": variant,
	"resources": resources,
	"verbs": verbs,
	"severities": severities,
	"powers": _powers,
}

# Resources by API group.
_resources := {group: resources |
	some [_, group] in _listed
	resources := [resource | some [resource, other] in _listed; other == group]
}

_listed := [[parts[0], concat(".", array.slice(parts, 1, count(parts)))] |
	some item in params.workloadResources
	is_string(item)
	parts := split(item, ".")
]

_workloads(rule) := _way("workloads", _resources, _verbs, _severities) if {
	count(rbac.unnamed_verbs(rule, {"create"})) > 0
} else := _way("workloads", object.union(_resources, {"": without_pods}), _verbs, _severities) if {
	without_pods := [resource | some resource in object.get(_resources, "", []); resource != "pods"]
}

_daemonsets := _way("daemonsets", {"apps": ["daemonsets"]}, {"create"}, rbac_ways.anywhere("high"))

_weighed(entry, scope, way) := [_variant(scope, way), rbac_ways.severity(way, scope)] if {
	not _is_ordinary(scope)
} else := [_delegated_variant(way), rbac_severity.at_most(rbac_ways.severity(way, scope), _delegated(scope, way))] if {
	rbac_people.is_deployment(entry, scope.grant, params.deployers)
} else := [_variant(scope, way), rbac_severity.at_most(rbac_ways.severity(way, scope), "medium")] if {
	_is_restricted(scope)
	scope.kind != "agent"
} else := [_variant(scope, way), rbac_ways.severity(way, scope)]

# One namespace that is not the platform's.
_is_ordinary(scope) if {
	scope.bound
	not scope.kind in {"cluster", "privileged"}
}

_is_restricted(scope) if scope.grant.namespace in rbac_people.restricted_namespaces

_delegated(scope, way) := "low" if {
	_is_restricted(scope)
} else := {"workloads": "medium", "daemonsets": "high"}[way.variant]

_delegated_variant(way) := {"workloads": "by-deployers", "daemonsets": "daemonsets"}[way.variant]

_variant(scope, way) := _by_kind[scope.kind] if {
	way.variant == "workloads"
} else := way.variant

_by_kind := {
	"cluster": "cluster-wide",
	"privileged": "privileged-namespace",
	"agent": "in-namespace",
	"foreign": "in-namespace",
	"namespace": "in-namespace",
}
