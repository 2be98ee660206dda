# METADATA
# title: Annotations for the Vault Agent Injector have no effect, or an unsafe one
# description: |
#   Looks at the `vault.hashicorp.com/…` annotations by which a pod asks the Vault Agent Injector for
#   secrets, and at the same ones of OpenBao's injector. The injector sees pods and nothing else: what
#   stands on the Deployment is skipped without a word. Where the injection does not take place, teams
#   fall back to static secrets, and notice that only when the secret is missing.
#
#   Annotations beside the pod template, and a pod that the injector refuses because it finds no token of
#   a ServiceAccount, are high. So are credentials for Vault in an annotation: whoever may read the pod can
#   log in. Names of files (`auth-config-secret-id-file-path`) are no credentials, nor is a role ID on its own.
#
#   Medium are a login by Kubernetes without a role, an injection that renders nothing, settings for a
#   secret that is not injected, and a switch that is no boolean. Pods that run as `default` may log in
#   well enough, but every pod of the namespace then shares the role. An init container that reads the
#   secrets needs `agent-init-first`, else it starts before them (low).
#
#   Left alone: `agent-inject: "false"`, which is a decision; what a ConfigMap for the agent may say
#   (`agent-configmap`); patches, which may lack what the patched object has; values that a template fills in.
# related_resources:
#   - ref: https://developer.hashicorp.com/vault/docs/deploy/kubernetes/injector/annotations
#   - ref: https://openbao.org/docs/platform/k8s/injector/annotations/
# custom:
#   severity: medium
#   confidence: high
#   scope: object
#   needs: []
#   kinds:
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
#     - Workflow
#     - WorkflowTemplate
#     - ClusterWorkflowTemplate
#     - CronWorkflow
#     - Sandbox
#     - SandboxTemplate
#   remediation: |
#     Put the annotations on the pod template, with a role and an account of the workload's own:
#
#     ```yaml
#     spec:
#       template:
#         metadata:
#           annotations:
#             vault.hashicorp.com/agent-inject: "true"
#             vault.hashicorp.com/role: billing-agent
#             vault.hashicorp.com/agent-inject-secret-db: database/creds/billing
#             vault.hashicorp.com/agent-inject-perms-db: "0400"
#         spec:
#           serviceAccountName: billing-agent
#     ```
#   variants:
#     not-on-pod-template:
#       severity: high
#       message: "The injector looks only at pods: `{annotation}` has no effect here; put it on the metadata of the pod template"
#     role-missing:
#       severity: medium
#       message: "The injector refuses a login by Kubernetes without a role: set `{prefix}/role`"
#     nothing-rendered:
#       severity: medium
#       message: "The agent is injected and renders nothing: name a secret with `{prefix}/agent-inject-secret-…`"
#     setting-without-secret:
#       severity: medium
#       message: "`{annotation}` is for a secret `{secret}`, and none is injected under this name"
#     switch-unreadable:
#       severity: medium
#       message: "The injector cannot read this switch; write `\"true\"` or `\"false\"`"
#     token-missing:
#       severity: high
#       message: "The injector refuses a pod without a token: name the volume of one in `{prefix}/agent-service-account-token-volume-name`"
#     default-account:
#       severity: medium
#       message: "Logs in to Vault as the ServiceAccount `default`: every pod of the namespace shares the role"
#     inline-credential:
#       severity: high
#       message: "Whoever sees the pod can log in to Vault with this: read it from a file, or log in by Kubernetes"
#     init-order:
#       severity: low
#       message: "The init container `{container}` reads injected secrets and may start before the agent: set `{prefix}/agent-init-first`"
#   params:
#     injectorPrefixes:
#       type: array
#       description: Prefixes of annotations that an agent injector reads.
#       default: [vault.hashicorp.com, openbao.openbao.org]
#   frameworks:
#     owasp: ["K08:2022", "K03:2025"]
#     nist: ["CM-6", "IA-9"]
#     iso: ["A.8.9"]
#     cwe: ["CWE-1188"]
#   practices: [P03, P04, P23]
#   yields-to: [secrets/private-key-material, secrets/known-token-or-url-credential, secrets/configmap-metadata-credential]
package portcullis.rules.injection["vault-injector-ineffective"]

import data.portcullis.lib.finding
import data.portcullis.lib.identities
import data.portcullis.lib.injector_annotations as injector
import data.portcullis.lib.injector_problems as problems
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

_entries := injector.on_pods(params.injectorPrefixes)

_injected := [entry | some entry in _entries; entry.on; not entry.obj.partial]

report contains finding.new("not-on-pod-template", found.obj, found.path, {"annotation": found.name}) if {
	some found in problems.beside_templates(params.injectorPrefixes)
}

report contains finding.new("role-missing", entry.obj, injector.path(entry, "role"), {"prefix": entry.prefix}) if {
	some entry in _injected
	problems.lacks_role(entry)
}

report contains finding.new("nothing-rendered", entry.obj, injector.path(entry, "agent-inject"), {"prefix": entry.prefix}) if {
	some entry in _injected
	problems.renders_nothing(entry)
}

report contains finding.new("setting-without-secret", entry.obj, path, {"annotation": short, "secret": secret}) if {
	some entry in _injected
	some short, secret in problems.stray_settings(entry)
	path := injector.path(entry, short)
}

report contains finding.new("switch-unreadable", entry.obj, injector.path(entry, "agent-inject"), {}) if {
	some entry in _entries
	problems.is_no_switch(injector.value(entry, "agent-inject"))
}

report contains finding.new("token-missing", entry.obj, path, {"prefix": entry.prefix}) if {
	some entry in _injected
	entry.pod.spec.automountServiceAccountToken == false
	injector.value(entry, "agent-service-account-token-volume-name") == ""
	not injector.mounts_token(entry)
	path := array.concat(entry.pod.path, ["automountServiceAccountToken"])
}

report contains finding.new("default-account", entry.obj, place, {}) if {
	some entry in _injected
	problems.logs_in_by_kubernetes(entry)
	place := _runs_as_default[[entry.obj.id, entry.pod.path]]
}

_runs_as_default := {[run.obj.id, run.spec.path]: run.place |
	some run in identities.judged
	run.name == "default"
}

report contains finding.new("inline-credential", entry.obj, injector.path(entry, short), {}) if {
	some entry in _entries
	some short in problems.inline_credentials(entry)
}

report contains finding.new("init-order", entry.obj, injector.path(entry, "agent-init-first"), args) if {
	some entry in _injected
	container := problems.early_reader(entry)
	args := {"container": container, "prefix": entry.prefix}
}
