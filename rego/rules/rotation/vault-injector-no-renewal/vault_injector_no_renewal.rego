# METADATA
# title: Vault Agent injects secrets that go stale
# description: |
#   Looks at the annotations by which a pod asks the Vault Agent Injector for secrets. With
#   `agent-pre-populate-only` an init container fetches them once; nothing renews a lease or writes a
#   rotated value again, so a service keeps what it got when its pod started, and loses its database
#   user on the day the lease ends. That is reported for workloads that run on: Deployments and their
#   like. For Jobs a snapshot is right, and an agent that stays is what keeps them from ending.
#
#   With a sidecar, a path of an engine that gives leases or certificates is new every so often; an
#   application has to be told, by `agent-inject-command-…`, by a container that reloads it, or by
#   itself (`hotReloadImages`). Leases that are not revoked on shutdown outlive their pod. Intervals
#   that the agent could not read are reported.
#
#   Engines are known by the name of their mount (`leaseEngines`) and the word after it, as in
#   `database/creds/app`, `aws/sts/deploy`, `pki/issue/web`, in the annotations and in templates.
#   Left alone: secrets that are only injected into init containers (`agent-inject-containers`), and
#   entries of a key-value engine in the sidecar, since no manifest shows when they change.
# related_resources:
#   - ref: https://developer.hashicorp.com/vault/docs/deploy/kubernetes/injector/annotations
#   - ref: https://developer.hashicorp.com/vault/docs/agent-and-proxy/agent/template
# custom:
#   severity: high
#   confidence: medium
#   scope: object
#   needs: [durations]
#   kinds:
#     - Pod
#     - Deployment
#     - StatefulSet
#     - DaemonSet
#     - ReplicaSet
#     - ReplicationController
#     - Rollout
#     - DeploymentConfig
#     - Sandbox
#     - SandboxTemplate
#     - Service
#     - Configuration
#     - Revision
#     - Job
#     - CronJob
#     - ScaledJob
#   remediation: |
#     Let the agent stay with a service, and tell the application when a file changes:
#
#     ```yaml
#     metadata:
#       annotations:
#         vault.hashicorp.com/agent-inject: "true"
#         vault.hashicorp.com/agent-inject-secret-db: database/creds/billing
#         vault.hashicorp.com/agent-inject-command-db: "kill -HUP $(pidof billing)"
#         vault.hashicorp.com/agent-revoke-on-shutdown: "true"
#     ```
#
#     A Job takes the snapshot: `vault.hashicorp.com/agent-pre-populate-only: "true"`.
#   variants:
#     snapshot:
#       severity: medium
#       message: "Secrets are fetched once, when the pod starts: a rotated value does not reach this {kind}"
#       fixes: [{key: vault.hashicorp.com/agent-pre-populate-only, set: "false"}]
#     snapshot-of-lease:
#       severity: high
#       message: "Nothing renews what was fetched for {secrets}: it expires while this {kind} goes on running"
#       fixes: [{key: vault.hashicorp.com/agent-pre-populate-only, set: "false"}]
#     no-reload:
#       severity: low
#       message: "The agent writes `{secret}` anew, and nothing tells the application; add `agent-inject-command-{secret}`"
#     render-interval-too-long:
#       severity: low
#       message: "The agent looks for new values only every {interval}; at most {limit} is allowed"
#     render-interval-unreadable:
#       severity: medium
#       message: "This is no duration that Vault Agent accepts; write one such as `5m`"
#     renewal-late:
#       severity: low
#       message: "Leases are renewed after {percent} % of their life; above 95 % there is no time to try again"
#       fixes: [{key: vault.hashicorp.com/template-lease-renewal-threshold, set: "0.9"}]
#     renewal-unreadable:
#       severity: medium
#       message: "The renewal threshold must be a number between 0 and 1, such as `0.9`"
#     not-revoked:
#       severity: low
#       message: "The lease of {secrets} lives on when the pod is gone; set `agent-revoke-on-shutdown`"
#       fixes: [{key: vault.hashicorp.com/agent-revoke-on-shutdown, set: "true"}]
#     job-never-ends:
#       severity: low
#       message: "The agent that stays keeps this {kind} from ending; set `agent-pre-populate-only` or `agent-enable-quit`"
#       fixes: [{key: vault.hashicorp.com/agent-pre-populate-only, set: "true"}]
#   params:
#     leaseEngines:
#       type: array
#       description: Words in the names of mounts whose `creds` have a lease.
#       default:
#         - database
#         - db
#         - postgres
#         - postgresql
#         - mysql
#         - mssql
#         - mongodb
#         - mongodbatlas
#         - rabbitmq
#         - aws
#         - gcp
#         - azure
#         - pki
#         - kubernetes
#         - ssh
#         - ldap
#         - openldap
#         - consul
#         - nomad
#         - terraform
#     hotReloadImages:
#       type: array
#       description: Beginnings of the images of applications that read changed files by themselves.
#       default: []
#     maxRefresh:
#       type: string
#       description: "Longest time between two reads of a secret without a lease, such as `24h`."
#       default: "24h"
#   frameworks:
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["8.6.3"]
#     nist: ["IA-5", "SC-12"]
#     iso: ["A.5.17"]
#     cwe: ["CWE-324", "CWE-672"]
#   practices: [P04, P05, P12]
package portcullis.rules.rotation["vault-injector-no-renewal"]

import data.portcullis.lib.durations
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.rotation_injector as injector
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

_injections := injector.injections(params.leaseEngines)

_long_running := {
	"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Rollout",
	"DeploymentConfig", "Sandbox", "SandboxTemplate", "Service", "Configuration", "Revision",
}

_jobs := {"Job", "CronJob", "ScaledJob"}

report contains finding.new(variant, injection.obj, injector.path(injection, "agent-pre-populate-only"), args) if {
	some injection in _injections
	injection.mode == "snapshot"
	_long_running[injection.obj.object.kind]
	not _only_for_init(injection)
	leased := _with_content(injection, {"lease", "certificate"})
	variant := {true: "snapshot-of-lease", false: "snapshot"}[count(leased) > 0]
	args := {"kind": injection.obj.object.kind, "secrets": _list(leased)}
}

report contains finding.new("no-reload", injection.obj, injector.path(injection, _secret(short)), {"secret": short}) if {
	some injection in _sidecars
	_long_running[injection.obj.object.kind]
	not injection.obj.partial
	not injector.value(injection, "agent-configmap")
	not _reloads(injection)
	some short in _with_content(injection, {"lease", "certificate", "static"})
	not injector.value(injection, concat("", ["agent-inject-command-", short]))
}

report contains finding.new(variant, injection.obj, injector.path(injection, _interval), args) if {
	some injection in _sidecars
	text := injector.value(injection, _interval)
	some variant, args in _interval_problem(text)
}

report contains finding.new(variant, injection.obj, injector.path(injection, _threshold), args) if {
	some injection in _sidecars
	text := injector.value(injection, _threshold)
	some variant, args in _threshold_problem(text)
}

report contains finding.new("not-revoked", injection.obj, injector.path(injection, "agent-revoke-on-shutdown"), args) if {
	some injection in _sidecars
	leased := _with_content(injection, {"lease"})
	count(leased) > 0
	not injector.is_on(injection, "agent-revoke-on-shutdown")
	not _leaves_open(injection, "agent-revoke-on-shutdown")
	args := {"secrets": _list(leased)}
}

report contains finding.new("job-never-ends", injection.obj, injector.path(injection, "agent-pre-populate-only"), args) if {
	some injection in _sidecars
	_jobs[injection.obj.object.kind]
	not injection.obj.partial
	not injector.is_on(injection, "agent-enable-quit")
	not injector.is_on(injection, "agent-share-process-namespace")
	not injection.pod.spec.shareProcessNamespace == true
	args := {"kind": injection.obj.object.kind}
}

_sidecars := [injection | some injection in _injections; injection.mode == "sidecar"]

_secret(short) := concat("", ["agent-inject-secret-", short])

_with_content(injection, contents) := sort([short |
	some short, content in injection.secrets
	content in contents
])

_list(names) := concat(", ", [concat("", ["`", short, "`"]) | some short in names])

# A patch may change what another file has set.
_leaves_open(injection, short) if {
	injection.obj.partial
	not injector.value(injection, short)
}

_only_for_init(injection) if {
	listed := split(injector.value(injection, "agent-inject-containers"), ",")
	names := {trim_space(part) | some part in listed}
	count(names - {item.name | some item in k8s.items_at(injection.pod.spec, ["initContainers"])}) == 0
}

_reloads(injection) if {
	some image in _images(injection)
	contains(image, "reload")
}

_reloads(injection) if {
	some image in _images(injection)
	some beginning in params.hotReloadImages
	startswith(image, beginning)
}

_images(injection) := {entry.container.image |
	some entry in pods.containers(injection.obj)
	entry.spec_path == injection.pod.path
}

_interval := "template-static-secret-render-interval"

_interval_problem(text) := {"render-interval-too-long": args} if {
	_seconds(text) > durations.param(params.maxRefresh)
	args := {"interval": durations.text(_seconds(text)), "limit": durations.text(durations.param(params.maxRefresh))}
} else := {"render-interval-unreadable": {}} if {
	not _seconds(text)
	not _is_template(text)
} else := {}

# Vault's own reading: a bare number is one of seconds, and days have a unit.
_seconds(text) := to_number(text) if {
	regex.match(`^[0-9]{1,12}$`, text)
} else := durations.plain(text)

_seconds(text) := text if is_number(text)

_threshold := "template-lease-renewal-threshold"

_threshold_problem(text) := {"renewal-late": {"percent": format_int(floor(share * 100), 10)}} if {
	share := _share(text)
	share > 0.95
	share <= 1
} else := {"renewal-unreadable": {}} if {
	not _is_template(text)
	not _is_share(text)
} else := {}

_is_share(text) if {
	share := _share(text)
	share > 0
	share <= 1
}

_share(text) := to_number(text) if regex.match(`^[0-9]{1,3}(\.[0-9]{1,9})?$`, text)

_share(text) := text if is_number(text)

_is_template(text) if regex.match(`\{\{|\$[({]`, text)
