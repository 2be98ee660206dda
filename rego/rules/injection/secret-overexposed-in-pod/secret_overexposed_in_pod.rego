# METADATA
# title: Secret is visible to more containers, users or processes than need it
# description: |
#   Looks at what becomes of a secret within its pod: volumes of Secrets, of projected ones and of stores,
#   the containers that mount them, the modes of their files, and what a Vault Agent shares. The sidecar that
#   ships logs needs no database password, but where it mounts the same volume, whoever breaks into it has
#   one; a file that everyone may read makes the other users of the container worth nothing.
#
#   High are a secret below the root of a web server, which serves it to whoever asks; `hostPID` in a pod
#   with secrets; and a raw Vault token for several containers (`agent-inject-token`). Medium are volumes
#   shared with a sidecar of others (`thirdPartySidecars`), a process namespace that is shared while secrets
#   are about, since processes read each other's variables and files there, and a Vault proxy that logs in
#   every container. Where the agent signals the application (`agent-inject-command-…`) the shared
#   namespace is needed: low. Exporters of a database's metrics log in to it and are no such sidecars.
#
#   Low are modes beyond `maxMode`, whole Secrets with more than `maxKeys` entries, whole Secrets as
#   variables, and injected secrets for all containers. What is always so unless one writes more, a volume
#   without `defaultMode` and a mount without `readOnly`, is only reported under `strict` and `agents`.
#   Kubernetes makes these mounts read-only anyway, hence info.
#
#   Left alone: the mode 0440, which with an `fsGroup` is right; pods of one container, which shares nothing;
#   volumes of which each container mounts another key by `subPath`; scripts of PHP below a web root, since
#   those are run, not served.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/secrets-good-practices/#restrict-secret-access-to-specific-containers
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/
#   - ref: https://developer.hashicorp.com/vault/docs/deploy/kubernetes/injector/annotations
# custom:
#   severity: medium
#   confidence: medium
#   scope: set
#   needs: []
#   kinds:
#     - Secret
#     - SealedSecret
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
#     - Task
#     - TaskRun
#     - PipelineRun
#     - Sandbox
#     - SandboxTemplate
#     - Agent
#   remediation: |
#     Mount only the keys that are needed, only where they are, with a mode that keeps others out:
#
#     ```yaml
#     securityContext: {fsGroup: 10001}
#     volumes:
#       - name: creds
#         secret:
#           secretName: billing-db
#           defaultMode: 0440
#           items: [{key: password, path: password}]
#     ```
#
#     For the Vault Agent, name the containers: `vault.hashicorp.com/agent-inject-containers: billing`.
#   variants:
#     shared-with-sidecar:
#       severity: medium
#       message: "The sidecar `{sidecar}` mounts the same secrets as `{other}`: give it a volume of its own, or none"
#     all-keys:
#       severity: low
#       message: "Mounts all {keys} entries of the Secret `{secret}`: choose those that are needed with `items`"
#     whole-environment:
#       severity: low
#       message: "Takes all entries of the Secret `{secret}` as variables, also those that are added later"
#       yields-to: [injection/secret-through-environment, agents/agent-secret-in-environment]
#     mode-too-open:
#       severity: low
#       message: "The mode lets other users of the container at the secret; at most {limit} is allowed"
#     mode-unset:
#       severity: low
#       profiles: [strict, agents]
#       message: "Without `defaultMode` every user of the container reads the files (0644)"
#     mount-not-read-only:
#       severity: info
#       profiles: [strict, agents]
#       message: "The mount of a secret does not say `readOnly: true`"
#       fixes: [{key: readOnly, set: true}]
#     shared-processes:
#       severity: medium
#       message: "The containers share their processes, and so each reads the secrets of the others"
#     host-processes:
#       severity: high
#       message: "The pod gets secrets and shares the processes of the node, through which they are read"
#       yields-to: [orchestration/pss-baseline-violation, agents/agent-hardened-context]
#     raw-token:
#       severity: high
#       message: "Every container gets the token of Vault itself, with all that its role may read: render the secrets instead"
#     proxy-for-all:
#       severity: medium
#       message: "The agent logs in whoever asks it: every container of the pod reads what the role may read"
#     injected-everywhere:
#       severity: low
#       message: "All {containers} containers get the secrets: name those that need them in `{prefix}/agent-inject-containers`"
#     below-web-root:
#       severity: high
#       message: "The secret is mounted below `{root}`, which a web server serves"
#   params:
#     thirdPartySidecars:
#       type: array
#       description: Names of images, without registry and path, of sidecars that need no secret of the application.
#       default:
#         - fluent-bit
#         - fluentd
#         - filebeat
#         - metricbeat
#         - vector
#         - promtail
#         - logstash
#         - telegraf
#         - alloy
#         - opentelemetry-collector
#         - opentelemetry-collector-contrib
#         - otelcol
#         - aws-otel-collector
#         - cloudwatch-agent
#         - amazon-cloudwatch-agent
#         - datadog-agent
#         - newrelic-infrastructure
#         - statsd-exporter
#         - envoy
#         - proxyv2
#         - kuma-dp
#         - consul-dataplane
#     maxKeys:
#       type: number
#       description: Entries of a Secret that may be mounted without `items`.
#       default: 3
#     maxMode:
#       type: number
#       description: The most open mode of a secret's files, as a number (288 is 0440) or as a text such as "0444".
#       default: 288
#     injectorPrefixes:
#       type: array
#       description: Prefixes of annotations that an agent injector reads.
#       default: [vault.hashicorp.com, openbao.openbao.org]
#   frameworks:
#     nsa: [NSA-SEC]
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["7.2.5"]
#     soc2: ["CC6.3"]
#     nist: ["AC-6", "SC-4"]
#     iso: ["A.8.3"]
#     cwe: ["CWE-732", "CWE-668"]
#   practices: [P04, P07, P09, P21]
package portcullis.rules.injection["secret-overexposed-in-pod"]

import data.portcullis.lib.finding
import data.portcullis.lib.injector_annotations as injector
import data.portcullis.lib.pod_secret_mounts
import data.portcullis.lib.secret_exposure as exposure
import data.portcullis.lib.secret_uses
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

_limit := pod_secret_mounts.number(params.maxMode)

_injected := [entry | some entry in injector.on_pods(params.injectorPrefixes); entry.on]

report contains finding.new("shared-with-sidecar", entry.obj, array.concat(mount.path, ["name"]), args) if {
	some entry in pod_secret_mounts.volumes
	some mount in entry.mounts
	exposure.is_sidecar(mount, params.thirdPartySidecars)
	other := exposure.sharer(entry, mount, params.thirdPartySidecars)
	args := {"sidecar": mount.container.container.name, "other": other}
}

report contains finding.new("all-keys", entry.obj, array.concat(entry.path, place), {"keys": keys, "secret": name}) if {
	some entry in pod_secret_mounts.volumes
	some [place, name] in exposure.whole(entry)
	keys := exposure.size(entry.obj.namespace, name)
	keys > params.maxKeys
}

report contains finding.new("whole-environment", use.obj, use.path, {"secret": use.name}) if {
	some use in secret_uses.judged
	use.mode == "envFrom"
}

report contains finding.new("mode-too-open", entry.obj, mode.path, {"limit": exposure.octal(_limit)}) if {
	some entry in pod_secret_mounts.volumes
	some mode in pod_secret_mounts.modes(entry)
	pod_secret_mounts.exceeds(mode.value, _limit)
}

report contains finding.new("mode-too-open", entry.obj, injector.path(entry, short), {"limit": exposure.octal(_limit)}) if {
	some entry in _injected
	count(injector.receivers(entry)) > 1
	some short, text in entry.values
	startswith(short, "agent-inject-perms-")
	pod_secret_mounts.exceeds(pod_secret_mounts.number(text), _limit)
}

report contains finding.new("mode-unset", entry.obj, entry.path, {}) if {
	pod_secret_mounts.exceeds(420, _limit)
	some entry in pod_secret_mounts.volumes
	not entry.obj.partial
	pod_secret_mounts.leaves_mode(entry.volume)
}

report contains finding.new("mount-not-read-only", entry.obj, array.concat(mount.path, ["readOnly"]), {}) if {
	some entry in pod_secret_mounts.volumes
	not entry.obj.partial
	some mount in entry.mounts
	object.get(mount.mount, "readOnly", null) in {null, false}
}

report contains finding.with_severity(finding.new("shared-processes", obj, path, {}), severity) if {
	some [obj, pod, path] in array.concat(exposure.sharing_pods, [[entry.obj, entry.pod, injector.path(entry, short)] |
		short := "agent-share-process-namespace"
		some entry in _injected
		injector.is_true(injector.value(entry, short))
	])
	_gets_secrets(obj, pod)
	count(injector.lasting(obj, pod)) + count(_agents(obj, pod)) > 1
	severity := {true: "low", false: "medium"}[_signals(obj, pod)]
}

report contains finding.new("host-processes", obj, array.concat(pod.path, ["hostPID"]), {}) if {
	some [obj, pod] in exposure.host_pods
	_gets_secrets(obj, pod)
}

report contains finding.new("raw-token", entry.obj, injector.path(entry, "agent-inject-token"), {}) if {
	some entry in _injected
	injector.is_true(injector.value(entry, "agent-inject-token"))
	count(injector.receivers(entry)) > 1
}

report contains finding.new("proxy-for-all", entry.obj, injector.path(entry, "agent-cache-use-auto-auth-token"), {}) if {
	some entry in _injected
	_forces(injector.value(entry, "agent-cache-use-auto-auth-token"))
	injector.is_true(injector.value(entry, "agent-cache-enable"))
	count(injector.lasting(entry.obj, entry.pod)) > 1
}

report contains finding.new("injected-everywhere", entry.obj, injector.path(entry, "agent-inject-containers"), args) if {
	some entry in _injected
	not entry.obj.partial
	injector.value(entry, "agent-inject-containers") == ""
	containers := count(injector.receivers(entry))
	containers > 1
	args := {"containers": containers, "prefix": entry.prefix}
}

report contains finding.with_severity(finding.new("below-web-root", entry.obj, path, {"root": root}), severity) if {
	some entry in pod_secret_mounts.volumes
	some mount in entry.mounts
	[root, severity] := exposure.web_root(mount.mount)
	path := array.concat(mount.path, ["mountPath"])
}

# `force`, the one word beside the booleans, may arrive masked: the name of its annotation ends like a
# token's.
_forces(text) if {
	text != ""
	not injector.is_true(text)
	not injector.is_false(text)
	not injector.is_template(text)
}

_agents(obj, pod) := object.get(_by_pod, [[obj.id, pod.path]], [])

_by_pod := {key: [entry.values | some entry in entries] | some key, entries in _grouped}

_grouped[[entry.obj.id, entry.pod.path]] contains entry if some entry in _injected

_gets_secrets(obj, pod) if exposure.receives(obj, pod)

_gets_secrets(obj, pod) if count(_agents(obj, pod)) > 0

default _signals(_, _) := false

_signals(obj, pod) if {
	some values in _agents(obj, pod)
	some short, _ in values
	startswith(short, "agent-inject-command-")
}
