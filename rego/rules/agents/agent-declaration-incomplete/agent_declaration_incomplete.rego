# METADATA
# title: Desired state of an AI agent is not fully declared
# description: |
#   What Git does not say of an agent, nobody can audit, compare or roll back: which version of it ran when it did what
#   it did, how much it may use up in a loop, and which secrets it fetches by itself.
#
#   Reported are images with `latest` or without a tag (medium), and those with a tag but without a digest (info; low with
#   `strict: true` or in the profile `strict`); containers without a limit for memory (low), or only without one for
#   the CPU (info, since many leave that out on purpose); Deployments and their like without `replicas` that nothing
#   scales (info); commands that fetch secrets from a store (`vault kv get`, `aws secretsmanager get-secret-value` and
#   their like) in pods that refer to no secret and declare none with `portcullis/allowed-secrets` (low); and missing
#   labels `app.kubernetes.io/name`, `version` and `part-of` (info).
#
#   Workloads that only look like an agent's count one level less. Left alone are overlays for development (files in
#   folders such as `dev` or `local`), patches, init containers for limits, and what kagent's controller sets.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
#   - ref: https://kubernetes.io/docs/concepts/containers/images/#image-names
# custom:
#   severity: low
#   confidence: high
#   scope: set
#   needs: []
#   kinds:
#     - Namespace
#     - HorizontalPodAutoscaler
#     - ScaledObject
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
#   remediation: |
#     Pin the image, bound what it uses, and say which secrets it gets:
#
#     ```yaml
#     metadata:
#       annotations:
#         portcullis/allowed-secrets: research-agent-llm
#     spec:
#       containers:
#         - name: agent
#           image: registry.example/research-agent@sha256:…
#           resources:
#             requests: {cpu: 200m, memory: 256Mi}
#             limits: {cpu: "1", memory: 1Gi}
#     ```
#   variants:
#     floating-image:
#       severity: medium
#       message: "Runs an AI agent from `{image}`, which is another program tomorrow: pin a version, or better a digest"
#     image-without-digest:
#       severity: info
#       message: "Runs an AI agent from `{image}`, whose tag can be moved: pin the digest"
#     no-limits:
#       severity: low
#       message: "Sets no limit for {missing}: an agent in a loop takes what the node has"
#     no-replicas:
#       severity: info
#       message: "Sets no `replicas`, and nothing in the set scales it"
#     hidden-secret-source:
#       severity: low
#       message: "Fetches secrets with `{program}`, which nothing declares: refer to them, or list them in `{annotation}`"
#     labels-missing:
#       severity: info
#       message: "Lacks the labels {missing}, by which to find what ran when"
#   params:
#     strict:
#       type: boolean
#       description: Whether an image without a digest is low instead of noted.
#       default: false
#   frameworks:
#     cis: ["5.7.3"]
#     nsa: ["NSA-NET"]
#     owasp: ["K01:2022", "K01:2025", "K02:2022"]
#     nist: ["CM-2", "CM-6", "SC-6"]
#     iso: ["A.8.9", "A.8.32"]
#     cwe: ["CWE-770", "CWE-1357"]
#   practices: [P14, P25]
package portcullis.rules.agents["agent-declaration-incomplete"]

import data.portcullis.lib.agent_declarations as declarations
import data.portcullis.lib.agents
import data.portcullis.lib.finding
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains _finding("floating-image", "medium", entry.pod, entry.path, {"image": entry.image}) if {
	some entry in declarations.images
	declarations.is_floating(entry.image)
}

report contains _finding("image-without-digest", _without_digest, entry.pod, entry.path, {"image": entry.image}) if {
	some entry in declarations.images
	not declarations.is_floating(entry.image)
	not declarations.has_digest(entry.image)
}

default _without_digest := "info"

_without_digest := "low" if params.strict == true

_without_digest := "low" if settings.profile == "strict"

report contains _finding("no-limits", severity, entry.pod, entry.path, {"missing": concat(" and ", entry.missing)}) if {
	some entry in declarations.unlimited
	severity := {true: "low", false: "info"}["memory" in entry.missing]
}

report contains _finding("no-replicas", "info", pod, ["spec", "replicas"], {}) if {
	some pod in declarations.unscaled
}

report contains _finding("hidden-secret-source", "low", entry.pod, entry.path, {
	"program": entry.program,
	"annotation": settings.annotation("allowed-secrets"),
}) if {
	some entry in declarations.fetches
}

report contains _finding("labels-missing", "info", entry.pod, ["metadata", "labels"], {
	"missing": concat(", ", [concat("", ["`", label, "`"]) | some label in entry.missing]),
}) if {
	some entry in declarations.unlabelled
}

_finding(variant, severity, pod, path, args) := finding.with_severity(
	finding.new(variant, pod.obj, path, args),
	agents.severity(pod, severity),
)
