# METADATA
# title: Pod violates the Restricted Pod Security Standard
# description: |
#   Looks at the security contexts of pods and their containers, a container's own before that of its pod. A
#   process that runs as root, may gain rights or has more of the kernel than it needs gets out of its container
#   more easily, and then at the secrets of its neighbours.
#
#   What a manifest sets to the wrong value is reported at that value. What it leaves out is one finding per
#   container that lists all of it, so that one look at the list is enough; it stands on the container's
#   `securityContext`, on the very field where only one is wrong, or on the container where there is none.
#   A writable root file system and the group 0 are beyond the standard, and low.
#
#   Nothing here blocks by default. `minLevelByNamespace` says which namespaces are held to less: what is due in
#   those of `baseline` is low, and those of `privileged` are left alone.
#
#   Left alone: privileged containers, volumes of the node and profiles that are switched off, which the Baseline
#   rule reports; what Linux alone knows, in Windows pods (`os.name`, or a node selector); `runAsNonRoot` and
#   `runAsUser` in pods with `hostUsers: false`; what a patch leaves out. What is left out is not judged either
#   where a controller makes the pods from more than one place: workflows, Tekton, kagent, OpenShift's
#   DeploymentConfigs and operators' own kinds.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   severity: medium
#   confidence: high
#   scope: object
#   needs: []
#   kinds: ["*"]
#   remediation: |
#     Set what does not depend on the container for the whole pod, the rest in each container:
#
#     ```yaml
#     spec:
#       securityContext:
#         runAsNonRoot: true
#         seccompProfile:
#           type: RuntimeDefault
#       containers:
#         - name: app
#           securityContext:
#             allowPrivilegeEscalation: false
#             readOnlyRootFilesystem: true
#             capabilities:
#               drop: [ALL]
#     ```
#
#     An image whose user is a name rather than a number needs `runAsUser` as well. What a program writes goes to
#     an `emptyDir`, mounted at `/tmp` for instance.
#   variants:
#     missing-hardening:
#       severity: medium
#       message: "Container `{container}` does not set {missing}"
#       fixes: [{key: allowPrivilegeEscalation, set: false}]
#     runs-as-root:
#       severity: medium
#       message: "`{setting}` lets the process be root: run it as another user"
#     privilege-escalation:
#       severity: medium
#       message: "Lets the process gain rights, with a setuid program for instance: set `allowPrivilegeEscalation: false`"
#       fixes: [{key: allowPrivilegeEscalation, set: false}]
#     added-capability:
#       severity: medium
#       message: "Adds `{capability}`; the Restricted standard allows `NET_BIND_SERVICE` alone"
#     volume-type:
#       severity: medium
#       message: "A volume of the type `{type}` bypasses the cluster's storage classes: use a volume claim"
#     writable-root-filesystem:
#       severity: low
#       message: "Container `{container}` may write to its root file system: set `readOnlyRootFilesystem: true`"
#     root-group:
#       severity: low
#       message: "Gives the process the group 0, to which files of root are often open"
#   params:
#     minLevelByNamespace:
#       type: object
#       description: "The level due in a namespace, by its name: `restricted`, `baseline` or `privileged`. `*` stands for all others (`restricted` by default)."
#       default: {}
#   frameworks:
#     cis: ["5.2.6", "5.2.7", "5.2.10", "5.7.2", "5.7.3"]
#     nsa: ["NSA-POD"]
#     owasp: ["K01:2022", "K01:2025"]
#     pci: ["2.2.1"]
#     nist: ["AC-6", "CM-7"]
#     iso: ["A.8.9"]
#     cwe: ["CWE-250"]
#   practices: [P08, P27]
#   yields-to: [agents/agent-hardened-context]
package portcullis.rules.orchestration["pss-restricted-violation"]

import data.portcullis.lib.finding
import data.portcullis.lib.pod_security
import data.portcullis.lib.pod_security_restricted as restricted
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains _at_level(pod, finding.new(violation.check, pod.obj, violation.path, violation.args)) if {
	some pod in pod_security.judged
	some violation in restricted.violations(pod)
	_level(pod) != "privileged"
}

report contains _at_level(pod, finding.new("missing-hardening", pod.obj, path, args)) if {
	some pod in pod_security.whole
	_level(pod) != "privileged"
	some container in _unprivileged(pod)
	missing := restricted.missing(pod, container)
	count(missing) > 0
	path := array.concat(container.context_path, _keys(missing))
	texts := [concat("", ["`", each.text, "`"]) | some each in missing]
	args := {"container": pod_security.label(container), "missing": concat(", ", texts)}
}

report contains finding.new("writable-root-filesystem", pod.obj, path, {"container": pod_security.label(container)}) if {
	some pod in pod_security.whole
	_level(pod) != "privileged"
	some container in _unprivileged(pod)
	restricted.is_root_writable(pod, container)
	path := array.concat(container.context_path, ["readOnlyRootFilesystem"])
}

_unprivileged(pod) := [container | some container in pod.containers; not container.context.privileged == true]

# One missing field may have a place of its own.
_keys(missing) := missing[0].keys if count(missing) == 1

_keys(missing) := [] if count(missing) > 1

_level(pod) := object.get(params.minLevelByNamespace, pod.obj.namespace, object.get(params.minLevelByNamespace, "*", "restricted"))

_at_level(pod, found) := finding.with_severity(found, "low") if {
	_level(pod) == "baseline"
} else := found
