# METADATA
# title: RBAC grants sessions inside pods
# description: |
#   Looks at the policy rules of Roles, ClusterRoles and operator bundles (ClusterServiceVersion) that
#   open a way into running pods. A shell in a pod reads every Secret that is mounted there and acts
#   with the pod's identity, past whatever RBAC says about Secrets.
#
#   `create` on `pods/exec`, `pods/attach` and `pods/portforward` opens a session, and so does `get`,
#   since a websocket starts as a GET request: high in one namespace, critical for the whole cluster and
#   in `privilegedNamespaces`. Changing `pods/ephemeralcontainers` adds a container to a running pod:
#   high. `pods/proxy` and `services/proxy` reach whatever listens inside the cluster: medium. Updating
#   pods swaps their image: medium, and high in a privileged namespace. Reading `pods/log` is reported,
#   as low, for AI agents and for groups of everybody, since logs often hold secrets. Limited by
#   `resourceNames` these are one level less, and one level less again where nothing in the set binds
#   the role. Each policy rule is reported once, for the worst that it allows.
#
#   Left alone are `pods` without their subresources, which `pods` does not include, and subjects in
#   `allowedExecSubjects`. Operators that run commands in pods of their own, such as those of databases
#   and Velero, are medium where they are recognised by namespace, ServiceAccount and image or chart
#   label; so are runners of CI systems and backup tools in their own namespace, and known products that
#   change pods there.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/tasks/debug/debug-application/get-shell-running-container/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
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
#     Leave sessions to people, bound for as long as an incident takes, and let workloads only look:
#
#     ```yaml
#     kind: Role
#     metadata:
#       name: rollout-watcher
#       namespace: shop
#     rules:
#       - apiGroups: [""]
#         resources: [pods]
#         verbs: [get, list, watch]
#     ```
#
#     What a job does through `exec` can mostly be a command of the pod itself: a CronJob, a sidecar, or
#     a `preStop` hook. A controller that changes pods changes their Deployment in the place of them.
#   variants:
#     open-session:
#       severity: high
#       message: "Grants {verbs} on {resources} {reach}: a session in any pod there, with its identity and its secrets"
#     debug-container:
#       severity: high
#       message: "Grants {verbs} on {resources} {reach}: a container of one's choice inside any running pod"
#     proxy:
#       severity: medium
#       message: "Grants {verbs} on {resources} {reach}: requests to whatever listens there, past network policies"
#     change-pods:
#       severity: medium
#       message: "Grants {verbs} on {resources} {reach}: running pods can be given another image"
#     read-logs:
#       severity: low
#       message: "Lets {subject} read the logs of all pods {reach}: logs often hold secrets"
#   params:
#     allowedExecSubjects:
#       type: array
#       description: "Subjects that may open sessions, as `Kind/namespace/name` or as objects of `kind`, `namespace`, `name` and `reason`."
#       default: []
#     privilegedNamespaces:
#       type: array
#       description: Namespaces whose pods open more than the namespace itself.
#       default: [kube-system, istio-system, vault, external-secrets, cert-manager, argocd, flux-system]
#   related:
#     cluster-binding: "Bound cluster-wide here"
#     namespace-binding: "Bound here"
#   frameworks:
#     cis: ["5.1.4"]
#     nsa: ["NSA-AUTH"]
#     owasp: ["K03:2022", "K02:2025"]
#     pci: ["7.2.5", "8.6.1"]
#     nist: ["AC-6", "AC-17"]
#     iso: ["A.8.2", "A.8.18"]
#     cwe: ["CWE-269", "CWE-284"]
#   practices: [P09, P20]
#   yields-to: [rbac/wildcard-grant]
package portcullis.rules.rbac["pod-session-access"]

import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_agents
import data.portcullis.lib.rbac_runners
import data.portcullis.lib.rbac_scopes
import data.portcullis.lib.rbac_severity
import data.portcullis.lib.rbac_subjects
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains rbac_scopes.found(entry, worst) if {
	some candidate in rbac_scopes.entries
	_is_relevant(candidate.rule)
	entry := rbac_scopes.without(candidate, params.allowedExecSubjects)
	scopes := rbac_scopes.of_entry(entry, params.privilegedNamespaces)
	worst := rbac_scopes.worst(array.concat(_ways(entry, scopes), _logs(entry, scopes)))
}

# Most policy rules are not, and finding out who holds them takes time.
_is_relevant(rule) if {
	some [_, resources, wanted, _, _] in _table
	count(rbac.verbs_of(rule, wanted)) > 0
	some resource in resources
	rbac.covers(rule, "", resource)
}

_is_relevant(rule) if {
	count(rbac.verbs_of(rule, {"get"})) > 0
	rbac.covers(rule, "", "pods/log")
}

_in_namespace(severity) := {"agent": severity, "foreign": severity, "namespace": severity}

# Ways into a pod, the worst first: variant, resources, verbs, what each kind of scope makes of it, and
# the powers of controllers that need it. Known ones also label pods in their own namespace.
_table := [
	[
		"open-session", ["pods/exec", "pods/attach", "pods/portforward"], {"get", "create"},
		object.union(_in_namespace("high"), {"cluster": "critical", "privileged": "critical"}), {"exec"},
	],
	[
		"debug-container", ["pods/ephemeralcontainers"], {"update", "patch"},
		object.union(_in_namespace("high"), {"cluster": "high", "privileged": "high"}), {"exec"},
	],
	[
		"change-pods", ["pods"], {"update", "patch"},
		object.union(_in_namespace("medium"), {"cluster": "medium", "privileged": "high"}), {"exec", "workloads", "own"},
	],
	[
		"proxy", ["pods/proxy", "services/proxy"], {"get", "create"},
		object.union(_in_namespace("medium"), {"cluster": "medium", "privileged": "medium"}), {"exec"},
	],
]

_ways(entry, scopes) := [way |
	some [variant, resources, wanted, table, powers] in _table
	covered := rbac_scopes.covered(entry.rule, "", resources)
	count(covered) > 0
	[verbs, named] := _verbs(entry.rule, covered[0], wanted)
	some scope in scopes
	severity := rbac_severity.lowered(rbac_scopes.severity_in(scope, table, powers), named)
	way := {
		"variant": variant,
		"severity": _unless_runner(entry, scope, severity),
		"place": rbac_scopes.place_of(entry.rule, covered),
		"args": {"verbs": rbac.listed(verbs), "resources": concat(", ", covered)},
	}
]

# The verbs in effect, and by how many levels names make them milder.
_verbs(rule, resource, wanted) := [verbs, 0] if {
	verbs := rbac.unnamed_verbs(rule, wanted)
	count(verbs) > 0
} else := [verbs, 1] if {
	verbs := rbac.named_verbs(rule, resource, wanted)
	count(verbs) > 0
}

_unless_runner(entry, scope, severity) := rbac_severity.at_most(severity, "medium") if {
	scope.bound
	rbac_runners.is_own_session(entry, scope.grant)
} else := severity

_logs(entry, scopes) := [log |
	rbac.covers(entry.rule, "", "pods/log")
	count(rbac.unnamed_verbs(entry.rule, {"get"})) > 0
	some scope in scopes
	subject := _careless_readers(scope.grant)[0]
	log := {
		"variant": "read-logs",
		"severity": "low",
		"place": rbac_scopes.place_of(entry.rule, ["pods/log"]),
		"args": {"subject": rbac_subjects.describe(subject)},
	}
]

_careless_readers(grant) := [subject |
	some subject in grant.subjects
	_is_careless(subject)
]

_is_careless(subject) if rbac_agents.is_agent(subject)

_is_careless(subject) if regex.match(`^group:system:(authenticated|unauthenticated|serviceaccounts)(:|$)`, subject.id)
