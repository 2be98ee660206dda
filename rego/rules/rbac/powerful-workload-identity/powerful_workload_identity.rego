# METADATA
# title: Workload runs with a ServiceAccount that has escalation-grade rights
# description: |
#   Follows a workload to its ServiceAccount, to the bindings of that account, and to the policy rules
#   that they put in effect. Where these let a holder of the token read every Secret, run code in other
#   pods, mint identities, or change RBAC or admission, whoever breaks into the pod has all of it. The
#   finding stands on the field that names the account; what grants the right is a related place.
#
#   Such a workload is high. It is critical where the pod is also easier to reach or its loss worse:
#   something outside of the cluster gets to it (Ingress, Gateway route, OpenShift Route, a Service of
#   type `LoadBalancer` or `NodePort`), it is privileged or runs as root, or it is on every node. With
#   several replicas it is as bad as its worst right. A pod that mounts the token although its
#   ServiceAccount says `automountServiceAccountToken: false` is reported at that override.
#
#   Left alone are pods that get no token, rights on named objects, reading Secrets in the own
#   namespace, and known controllers (cert-manager, External Secrets Operator, Argo CD, Flux and others)
#   in the namespace that their installation guide uses, recognised by ServiceAccount and by image.
#   Elsewhere such a controller counts one level less.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#kubernetes-rbac-privilege-escalation-risks
#   - ref: https://kubernetes.io/docs/concepts/security/service-accounts/
# custom:
#   severity: critical
#   confidence: medium
#   scope: set
#   needs: []
#   kinds:
#     - Role
#     - ClusterRole
#     - RoleBinding
#     - ClusterRoleBinding
#     - ClusterServiceVersion
#     - ServiceAccount
#     - Namespace
#     - Service
#     - Ingress
#     - HTTPRoute
#     - GRPCRoute
#     - TLSRoute
#     - TCPRoute
#     - UDPRoute
#     - Route
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
#     - Configuration
#     - Revision
#     - Workflow
#     - WorkflowTemplate
#     - ClusterWorkflowTemplate
#     - CronWorkflow
#     - TaskRun
#     - PipelineRun
#     - Sandbox
#     - SandboxTemplate
#     - Agent
#   remediation: |
#     Split the workload: what needs the rights runs without a way in from outside, and what serves
#     requests runs without a token.
#
#     ```yaml
#     kind: Deployment
#     metadata:
#       name: reports-api
#     spec:
#       template:
#         spec:
#           serviceAccountName: reports-api
#           automountServiceAccountToken: false
#     ```
#
#     Narrow the rights as well: a Role in the namespaces that it serves, `resourceNames`, and no verb
#     that it does not use. A controller that has to hold them belongs in `allowedPowerfulWorkloads`.
#   variants:
#     exposed:
#       severity: critical
#       message: "Is reachable from outside of the cluster and can {powers}: {chain}"
#     runs-as-root:
#       severity: critical
#       message: "Runs privileged or as root and can {powers}: {chain}"
#     on-every-node:
#       severity: critical
#       message: "Puts a token on every node that can {powers}: {chain}"
#     several-replicas:
#       severity: critical
#       message: "Runs {replicas} pods that can {powers}: {chain}"
#     token-mounted-again:
#       severity: high
#       message: "Mounts a token that its ServiceAccount withholds, and that can {powers}: {chain}"
#     powerful:
#       severity: high
#       message: "Runs with a token that can {powers}: {chain}"
#   params:
#     allowedPowerfulWorkloads:
#       type: array
#       description: "Workloads that may have such rights, as `Kind/namespace/name` or as objects of `kind`, `namespace`, `name` and `reason`."
#       default: []
#     privilegedNamespaces:
#       type: array
#       description: Namespaces in which rights open more than the namespace itself.
#       default: [kube-system, istio-system, vault, external-secrets, cert-manager, argocd, flux-system]
#   related:
#     right: "Grants it here"
#   frameworks:
#     cis: ["5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.1.6", "5.1.8", "5.1.10", "5.1.11", "5.1.12", "5.1.13"]
#     nsa: ["NSA-AUTH", "NSA-POD"]
#     owasp: ["K03:2022", "K02:2025"]
#     pci: ["7.2.5"]
#     nist: ["AC-6", "AC-6(9)"]
#     iso: ["A.8.2"]
#     cwe: ["CWE-250", "CWE-269"]
#   practices: [P08, P09, P20]
#   yields-to: [agents/agent-excess-privilege]
package portcullis.rules.rbac["powerful-workload-identity"]

import data.portcullis.lib.controllers
import data.portcullis.lib.controllers_known
import data.portcullis.lib.exposure
import data.portcullis.lib.finding
import data.portcullis.lib.identities
import data.portcullis.lib.pods
import data.portcullis.lib.rbac_agents
import data.portcullis.lib.rbac_powerful
import data.portcullis.lib.rbac_report
import data.portcullis.lib.rbac_severity
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.related(
	finding.with_severity(finding.new(variant, run.obj, place, _args(run, powers)), _weighed(run, severity)),
	[{"object": power.place.object, "path": power.place.path, "label": "right"} | some power in array.slice(powers, 0, 3)],
) if {
	some run in identities.judged
	powers := object.get(_powers, run.id, [])
	count(powers) > 0
	identities.token(run) != "no"
	not rbac_report.is_listed(run.obj, params.allowedPowerfulWorkloads)
	not _is_at_home(run)
	[variant, severity, place] := _verdict(run, powers)
}

# By the id of the ServiceAccount, worst first.
_powers := {subject.id: powers |
	some subject in {subject | some run in identities.judged; subject := identities.subject(run)}
	found := rbac_powerful.of_subject(subject, params.privilegedNamespaces, _is_agent(subject))
	powers := [power | some severity in ["critical", "high"]; some power in sort(found); power.severity == severity]
}

default _is_agent(_) := false

_is_agent(subject) if rbac_agents.is_agent(subject)

_is_at_home(run) if _controller(run).canonical

# Name and namespace of the account, and an image of this very workload.
_controller(run) := controller if {
	controller := controllers.of_subject(identities.subject(run), run.obj)
	some container in pods.containers(run.obj)
	some part in controllers_known.products[controller.product].images
	contains(container.container.image, part)
}

_weighed(run, severity) := rbac_severity.lowered(severity, 1) if {
	_controller(run)
} else := severity

_verdict(run, powers) := ["exposed", "critical", run.place] if {
	exposure.is_public(run.obj, run.spec)
} else := ["runs-as-root", "critical", run.place] if {
	exposure.is_root(run.spec.spec)
} else := ["on-every-node", "critical", run.place] if {
	run.obj.object.kind == "DaemonSet"
} else := ["several-replicas", powers[0].severity, run.place] if {
	run.obj.object.spec.replicas > 1
	is_number(run.obj.object.spec.replicas)
} else := ["token-mounted-again", "high", array.concat(run.spec.path, ["automountServiceAccountToken"])] if {
	run.spec.spec.automountServiceAccountToken == true
	some account in identities.accounts(run)
	account.object.automountServiceAccountToken == false
} else := ["powerful", "high", run.place]

_args(run, powers) := {
	"powers": _listed([power.what |
		some index, power in powers
		not power.what in {earlier.what | some earlier in array.slice(powers, 0, index)}
	]),
	"chain": concat(" → ", [concat(" ", ["ServiceAccount", run.name]), powers[0].binding, powers[0].role]),
	"replicas": _number(object.get(run.obj.object, ["spec", "replicas"], 1)),
}

_number(value) := format_int(value, 10) if is_number(value)

_number(value) := "some" if not is_number(value)

_listed(words) := concat(" and ", words) if count(words) < 3

_listed(words) := concat("", [words[0], ", ", words[1], " and ", format_int(count(words) - 2, 10), " more"]) if count(words) > 2
