# METADATA
# title: A rotated secret does not reach the workload that uses it
# description: |
#   An environment variable, and a file mounted by `subPath`, keep the value that a Secret had when the pod
#   started. Where the set shows that something changes the Secret (a lease, a certificate, a generator, a
#   declared rotation), a workload that uses it so needs something that restarts it, or it goes on with a
#   value that no longer works: an outage, or a rotation for nothing.
#
#   As such counts: Reloader's annotations on the workload or its pods, and its `--auto-reload-all`; the
#   `rolloutRestartTargets` of the Vault Secrets Operator, if they name this workload; a `Config` of External
#   Secrets' reloader for Deployments; a Kyverno policy that restarts workloads when a Secret changes; and
#   the annotations in `reloadAnnotations`. A `checksum/…` annotation does not: it changes with what stands in
#   Git, and not with what is rotated in the cluster. Reloader takes no bare Pods and ReplicaSets.
#
#   Leases and certificates are high, since they end by themselves; the certificate of an authority
#   (`ca.crt`) alone is low, and so is a Secret that only follows a store of which nothing says that it
#   rotates. Files that are mounted whole are written anew by the kubelet: that is asked about under `strict`
#   and `agents` only, since a great many applications read them again. So are restarts that interrupt:
#   `Recreate`, or one replica that has to go before the next one comes. A PodDisruptionBudget is not asked
#   for: a rollout does not heed it.
#
#   Left alone: Jobs and workflows, which start anew with each run; what only init containers use; what is
#   scaled to zero; a DaemonSet with `OnDelete` that names its runbook (`portcullis/incident-runbook`); Secrets
#   declared `static` or no credential; and image pull secrets, which are read with each pull. What the Vault
#   Agent injects has a rule of its own.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-files-from-a-pod
#   - ref: https://docs.stakater.com/reloader/
#   - ref: https://developer.hashicorp.com/vault/docs/deploy/kubernetes/vso/sources/vault#rolloutrestarttarget
# custom:
#   severity: high
#   confidence: medium
#   scope: set
#   needs: [durations]
#   kinds:
#     - Deployment
#     - StatefulSet
#     - DaemonSet
#     - ReplicaSet
#     - ReplicationController
#     - Rollout
#     - DeploymentConfig
#     - Pod
#     - Sandbox
#     - SandboxTemplate
#     - Agent
#     - Secret
#     - SealedSecret
#     - ExternalSecret
#     - ClusterExternalSecret
#     - ClusterGenerator
#     - VaultStaticSecret
#     - VaultDynamicSecret
#     - VaultPKISecret
#     - HCPVaultSecretsApp
#     - SecretProviderClass
#     - SecretRotation
#     - SecretManagerSecret
#     - Certificate
#     - Ingress
#     - Gateway
#     - Config
#     - ClusterPolicy
#     - Policy
#     - HelmRelease
#     - Application
#     - HelmChart
#     - CronJob
#     - CronWorkflow
#     - Role
#     - ClusterRole
#     - RoleBinding
#     - ClusterRoleBinding
#     - Namespace
#   remediation: |
#     Mount the Secret as files that the application reads again, or have the workload restarted:
#
#     ```yaml
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata:
#       name: billing
#       annotations:
#         secret.reloader.stakater.com/reload: "billing-db"
#     ```
#
#     With the Vault Secrets Operator, on the object that makes the Secret:
#
#     ```yaml
#     spec:
#       rolloutRestartTargets:
#         - {kind: Deployment, name: billing}
#     ```
#   variants:
#     lease-frozen:
#       severity: high
#       message: "Secret `{secret}` holds a leased credential, and {kind} `{name}` keeps the one it started with until it stops working"
#     certificate-frozen:
#       severity: high
#       message: "The certificate in Secret `{secret}` is renewed, and {kind} `{name}` keeps the one it started with until it expires"
#     value-frozen:
#       severity: medium
#       message: "Secret `{secret}` is rotated, and {kind} `{name}` keeps the value it started with: nothing restarts it"
#     synced-value-frozen:
#       severity: low
#       message: "Secret `{secret}` follows a store, and {kind} `{name}` keeps the value it started with: nothing restarts it"
#     reload-elsewhere:
#       severity: medium
#       message: "What restarts workloads when a Secret changes is set up, but not for Secret `{secret}` and {kind} `{name}`"
#     reload-switched-off:
#       severity: medium
#       message: "Reloader is told to leave {what} alone, so that {kind} `{name}` keeps the value of Secret `{secret}` it started with"
#     file-not-reread:
#       severity: low
#       profiles: [strict, agents]
#       message: "The files of Secret `{secret}` change while {kind} `{name}` runs; nothing shows that it reads them again"
#     restart-interrupts:
#       severity: low
#       profiles: [strict, agents]
#       message: "Each rotation of Secret `{secret}` restarts {kind} `{name}`, which has nothing running meanwhile"
#   params:
#     reloadAnnotations:
#       type: array
#       description: "Annotations of a workload or its pods, besides Reloader's, that have it restarted when a Secret changes."
#       default: ["wave.pusher.com/update-on-config-change"]
#     reloaderAutoAll:
#       type: boolean
#       description: "Whether Reloader runs with `--auto-reload-all`, so that it watches every workload."
#       default: false
#     hotReloadImages:
#       type: array
#       description: Beginnings of the images of applications that read changed files by themselves.
#       default: []
#   frameworks:
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["8.6.3"]
#     soc2: ["A1.2", "CC6.1"]
#     nist: ["IA-5", "CP-2"]
#     iso: ["A.5.17"]
#     cwe: ["CWE-324", "CWE-672"]
#   practices: [P12]
package portcullis.rules.rotation["rotated-secret-not-reloaded"]

import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.rotating_secrets
import data.portcullis.lib.secret_consumption
import data.portcullis.lib.secret_reload as reload
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

# Values that stay as they were

report contains finding.with_severity(found, severity) if {
	some pair in _changing
	not pair.restarts
	some variant, what in _problem(pair)
	severity := _severities[_weight(pair)]
	found := finding.new(variant, pair.obj, _first(pair.frozen), object.union(_args(pair), {"what": what}))
}

_severities := {"lease": "high", "certificate": "high", "value": "medium", "sync": "low"}

_problem(pair) := {"reload-switched-off": _named[reload.switched_off(pair)]} if {
	reload.switched_off(pair)
} else := {"reload-elsewhere": ""} if {
	_reloads_others(pair)
} else := {_variants[_weight(pair)]: ""}

_named := {"workload": "this workload", "secret": "the Secret"}

_variants := {
	"lease": "lease-frozen",
	"certificate": "certificate-frozen",
	"value": "value-frozen",
	"sync": "synced-value-frozen",
}

# The certificate of an authority lives for years.
_weight(pair) := "sync" if {
	pair.how == "certificate"
	every place in pair.frozen {
		place.key == "ca.crt"
	}
} else := pair.how

_reloads_others(pair) if count(reload.targets(pair)) > 0

_reloads_others(pair) if {
	reload.reloader_kinds[pair.obj.object.kind]
	object.get(pair.annotations, reload.names_annotation(pair), "") != ""
}

# Files that follow the Secret

report contains finding.new("file-not-reread", pair.obj, _first(pair.files), _args(pair)) if {
	some pair in _pairs
	count(pair.frozen) == 0
	count(pair.files) > 0
	pair.how != "sync"
	not pair.restarts
	not _reads_again(pair.obj)
}

_reads_again(obj) if {
	some container in pods.containers(obj)
	image := container.container.image
	is_string(image)
	_is_hot(image)
}

_is_hot(image) if contains(image, "reload")

_is_hot(image) if {
	some beginning in k8s.list(params.hotReloadImages)
	startswith(image, beginning)
}

# Restarts that interrupt

report contains finding.new("restart-interrupts", pair.obj, path, _args(pair)) if {
	some pair in _changing
	pair.how != "sync"
	pair.restarts
	path := _gap(pair.obj)
}

_gap(obj) := ["spec", "strategy", "type"] if {
	obj.object.spec.strategy.type == "Recreate"
} else := ["spec", "replicas"] if {
	obj.object.spec.replicas == 1
	_goes_first(obj)
}

_goes_first(obj) if obj.object.kind == "StatefulSet"

_goes_first(obj) if obj.object.spec.strategy.rollingUpdate.maxSurge in {0, "0", "0%"}

# Pairs of which the set shows that the Secret changes

_changing := [pair | some pair in _pairs; count(pair.frozen) > 0]

_pairs := [object.union(pair, {"restarts": count([1 | reload.restarts(pair, params)]) > 0}) |
	some use in secret_consumption.pairs
	how := _how(use)
	not _has_runbook(use.obj)
	pair := object.union(use, {"how": how, "annotations": reload.annotations(use.obj)})
]

_how(pair) := rotating_secrets.how(pair.namespace, pair.name) if not pair.csi

_how(pair) := rotating_secrets.provider_class(pair.namespace, pair.name) if pair.csi

_has_runbook(obj) if {
	obj.object.kind == "DaemonSet"
	obj.object.spec.updateStrategy.type == "OnDelete"
	k8s.annotations(obj)[settings.annotation("incident-runbook")]
}

_first(places) := sort([place.path | some place in places])[0]

_args(pair) := {"secret": pair.name, "kind": pair.obj.object.kind, "name": pair.obj.name}
