# METADATA
# title: Secret store keeps no audit trail
# description: |
#   Only the store itself knows who took out which secret, to whom a lease was given, and who changed a policy;
#   the cluster's log knows nothing of it. Looks at how Vault and OpenBao are installed (values of their chart,
#   also as a block of a parent chart, in HelmReleases, Argo CD Applications, k3s HelmCharts and kustomizations;
#   pods that run a server; Bank-Vaults), at what switches their audit devices on, at secrets that Crossplane,
#   ACK, Config Connector and Azure Service Operator make in clouds, and at operators that bring secrets.
#
#   A server without a device in sight is medium where everything is in the set (`completeness: full`) and
#   merely noted (info) otherwise and in charts, since devices are often switched on by hand or by Terraform
#   elsewhere. `server.auditStorage` is a disk, not a device, and off by default. What counts as a device is a
#   command (`vault audit enable`, `bao audit enable`) in a Job, a hook, a script in a ConfigMap or the values, a
#   `vault_audit` of Terraform, an `Audit` object of the vault-config-operator or of Crossplane, the
#   `externalConfig.audit` of Bank-Vaults, and an `audit` stanza of OpenBao's configuration, which newer
#   versions ask for instead of the command.
#
#   A device with `log_raw` writes secrets into the log as they are, which is high. `hmac_accessor=false` does
#   the same for the accessors of tokens, which revoke and look up a token but are none, so it is medium.
#
#   Secrets of a cloud whose readers nothing in the set records are low (info where the set is not complete),
#   told of once for each cloud. Operators without monitoring are noted, so that somebody sees when nothing is
#   synced any more.
#
#   Left alone are servers in development mode, an injector that uses a Vault elsewhere, and, with
#   `storeAuditManaged`, all that is merely missing.
# related_resources:
#   - ref: https://developer.hashicorp.com/vault/docs/audit
#   - ref: https://openbao.org/docs/configuration/audit
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/monitoring-cloudtrail.html
#   - ref: https://cloud.google.com/secret-manager/docs/audit-logging
#   - ref: https://learn.microsoft.com/azure/key-vault/general/logging
# custom:
#   severity: medium
#   confidence: medium
#   scope: set
#   needs: []
#   kinds:
#     - HelmValues
#     - HelmRelease
#     - Application
#     - HelmChart
#     - Kustomization
#     - StatefulSet
#     - Deployment
#     - DaemonSet
#     - Pod
#     - Job
#     - CronJob
#     - ConfigMap
#     - Audit
#     - Vault
#     - Workspace
#     - Secret
#     - SecretManagerSecret
#     - Trail
#     - IAMAuditConfig
#     - ProjectIAMAuditConfig
#     - DiagnosticSetting
#     - MonitorDiagnosticSetting
#     - ServiceMonitor
#     - PodMonitor
#     - VMServiceScrape
#     - VMPodScrape
#   remediation: |
#     Give Vault a disk for its log, and switch a device on when it is set up:
#
#     ```yaml
#     server:
#       auditStorage:
#         enabled: true
#         size: 10Gi
#     ```
#
#     ```sh
#     vault audit enable file file_path=/vault/audit/audit.log
#     ```
#
#     OpenBao takes it from its configuration:
#
#     ```hcl
#     audit "file" "file" {
#       options {
#         file_path = "/openbao/audit/audit.log"
#       }
#     }
#     ```
#   variants:
#     no-audit-device:
#       severity: medium
#       message: "Nothing here switches an audit device of this store on, and storage alone records nothing"
#     secrets-in-the-log:
#       severity: high
#       message: "`log_raw` writes secrets and tokens into the audit log as they are: remove it, so that they are hashed"
#     accessors-in-the-log:
#       severity: medium
#       message: "`hmac_accessor=false` writes accessors into the log, which anybody who reads it can use against their tokens"
#     cloud-access-unlogged:
#       severity: low
#       message: "Nothing here records who reads this store: add {what}"
#     operator-unmonitored:
#       severity: info
#       message: "Nothing watches {operator}: switch its monitor on, so that somebody notices when secrets are no longer synced"
#   params:
#     storeAuditManaged:
#       type: boolean
#       description: Audit trails of the stores are seen to outside of Git.
#       default: false
#   frameworks:
#     nsa: ["NSA-LOG"]
#     owasp: ["K05:2022", "K10:2025"]
#     pci: ["10.2.1", "10.2.2"]
#     soc2: ["CC7.2"]
#     nist: ["AU-2", "AU-12", "AU-6"]
#     iso: ["A.8.15", "A.8.16"]
#     cwe: ["CWE-778"]
#   practices: [P02, P17]
package portcullis.rules.audit["store-audit-trail-missing"]

import data.portcullis.lib.finding
import data.portcullis.lib.settings
import data.portcullis.lib.store_audit
import data.portcullis.lib.store_audit_servers as stores

params := settings.params(rego.metadata.chain())

report contains finding.with_severity(finding.new("no-audit-device", server.obj, server.path, {}), _unless_unknown("medium")) if {
	not params.storeAuditManaged == true
	count(stores.servers) > 0
	not store_audit.has_device
	some server in stores.servers
}

report contains finding.new(variant, place.obj, place.path, {}) if {
	some place in store_audit.unhashed
	variant := {"log_raw": "secrets-in-the-log", "hmac_accessor": "accessors-in-the-log"}[place.option]
}

report contains finding.with_severity(
	finding.new("cloud-access-unlogged", store.obj, ["spec"], {"what": store.what}),
	_unless_unknown("low"),
) if {
	not params.storeAuditManaged == true
	some store in stores.unlogged
}

report contains finding.new("operator-unmonitored", found.obj, found.path, {"operator": found.operator}) if {
	some found in stores.unmonitored
}

# What is missing here may be elsewhere, and what a chart renders to is never all of a cluster.
_unless_unknown(severity) := severity if _knows_all

_unless_unknown(_) := "info" if not _knows_all

_knows_all if {
	settings.completeness == "full"
	not regex.match(`^(chart|values)`, object.get(input, "unit", ""))
}
