# METADATA
# title: Volume that hands secrets over is on disk
# description: |
#   Where an init container or a sidecar fetches secrets and leaves them in a shared volume, that volume has
#   to be memory: an `emptyDir` without `medium: Memory` is a folder on the node's disk, and a claim or a
#   host path outlives the pod and goes into backups and snapshots.
#
#   A volume has that role where a container that fetches secrets mounts it together with another one. Such
#   a container is known by its image or arguments (`writerPatterns`: Vault Agent, consul-template, `aws
#   secretsmanager` and the like). The name of the volume, or the path it is mounted at, counts as well where
#   an init container writes it and says plainly that it holds secrets (`secrets`, `creds`, `vault`,
#   `/vault/secrets`, `/run/secrets`); `certs` and `tls` alone do not, since bundles of public certificates
#   are called so.
#
#   Left alone: volumes of Secrets, projected ones and those of drivers that bring secrets, which are memory
#   already; what the Vault Agent Injector adds, which is not in Git; a store's own data.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
#   - ref: https://developer.hashicorp.com/vault/docs/deploy/kubernetes/injector
# custom:
#   severity: critical
#   confidence: medium
#   scope: object
#   needs: []
#   kinds: ["*"]
#   remediation: |
#     Declare a bounded volume in memory:
#
#     ```yaml
#     volumes:
#       - name: creds
#         emptyDir:
#           medium: Memory
#           sizeLimit: 4Mi
#     ```
#
#     and mount it `readOnly: true` where it is only read.
#   variants:
#     on-node-disk:
#       severity: high
#       message: "Secrets are handed over in `{volume}`, which is on the node's disk; set `medium: Memory`"
#       fixes: [{key: medium, set: Memory}]
#     on-persistent-storage:
#       severity: critical
#       message: "Secrets are handed over in `{volume}`, which outlives the pod; use an `emptyDir` with `medium: Memory`"
#     unbounded-memory:
#       severity: low
#       message: "`{volume}` takes as much memory as the containers may have; set a `sizeLimit`"
#       fixes: [{key: sizeLimit, set: 16Mi}]
#     too-large:
#       severity: low
#       message: "`{volume}` may take {size} of memory for secrets; at most {limit} is allowed"
#     writable-by-application:
#       severity: low
#       message: "The application can change the secrets in `{volume}`; mount it `readOnly: true`"
#       fixes: [{key: readOnly, set: true}]
#   params:
#     writerPatterns:
#       type: array
#       description: Regular expressions for images and arguments of containers that fetch secrets.
#       default: ["vault[ -]agent", "\\bbao agent\\b", "consul-template", "secrets-init", "aws-secretsmanager", "aws secretsmanager", "gcloud secrets", "az keyvault", "spiffe-helper", "\\bsops (-d|decrypt|exec)", "\\bvault (kv get|read)\\b"]
#     maxTmpfs:
#       type: string
#       description: "Largest `sizeLimit` of a volume for secrets."
#       default: 64Mi
#   frameworks:
#     nsa: ["NSA-SEC"]
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["3.6.1.2"]
#     nist: ["SC-28", "SC-4"]
#     iso: ["A.8.24"]
#     cwe: ["CWE-313", "CWE-522"]
#   practices: [P05, P07, P23]
package portcullis.rules.injection["secret-volume-disk-backed"]

import data.portcullis.lib.finding
import data.portcullis.lib.handover_volumes
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

_volumes := handover_volumes.found(params.writerPatterns)

_args(found) := {"volume": found.volume.name}

report contains finding.new("on-node-disk", found.obj, array.concat(found.path, ["emptyDir", "medium"]), _args(found)) if {
	some found in _volumes
	_is_mapping(found.volume, "emptyDir")
	not handover_volumes.is_memory(found.volume)
}

report contains finding.new("on-persistent-storage", found.obj, array.concat(found.path, [field]), _args(found)) if {
	some found in _volumes
	found.written
	some field in ["persistentVolumeClaim", "hostPath", "ephemeral"]
	is_object(found.volume[field])
}

report contains finding.new("unbounded-memory", found.obj, array.concat(found.path, ["emptyDir", "sizeLimit"]), _args(found)) if {
	some found in _volumes
	handover_volumes.is_memory(found.volume)
	object.get(found.volume.emptyDir, "sizeLimit", "") == ""
}

report contains finding.new("too-large", found.obj, array.concat(found.path, ["emptyDir", "sizeLimit"]), args) if {
	some found in _volumes
	handover_volumes.is_memory(found.volume)
	size := found.volume.emptyDir.sizeLimit
	handover_volumes.bytes(size) > handover_volumes.bytes(params.maxTmpfs)
	args := object.union(_args(found), {"size": size, "limit": params.maxTmpfs})
}

report contains finding.new("writable-by-application", found.obj, array.concat(reader.path, ["readOnly"]), _args(found)) if {
	some found in _volumes
	handover_volumes.is_memory(found.volume)
	some reader in found.readers
	object.get(reader.mount, "readOnly", false) != true
}

_is_mapping(volume, field) if is_object(object.get(volume, field, 0))

# `emptyDir:` with nothing behind it.
_is_mapping(volume, field) if object.get(volume, field, 0) == null
