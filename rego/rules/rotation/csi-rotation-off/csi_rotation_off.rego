# METADATA
# title: Secrets Store CSI driver runs without rotation
# description: |
#   Looks at how the Secrets Store CSI driver is installed: the values of its chart (in values files,
#   also as a block of a parent chart, in HelmReleases, Argo CD Applications, k3s HelmCharts and
#   kustomizations), the arguments of its DaemonSet, and the add-ons of AKS and GKE clusters. Unless
#   rotation is switched on, which is not the default, a mounted secret is what it was when the pod
#   started. `requiresRepublish` of the CSIDriver alone changes nothing.
#
#   What is not set is the default where nothing else can set it: not in a values file on its own, in a
#   patch, or beside `valuesFrom` and `valueFiles`. Charts are judged as they render, so the defaults of
#   the driver's own chart show in its DaemonSet. An interval that the driver could not read is reported.
#
#   A repository of applications seldom holds its cluster. A SecretProviderClass without any driver in
#   sight is told of once, for information; list the clusters whose rotation is managed elsewhere in
#   `csiRotationManaged` to be rid of that. Permissions to copy into Secrets that no SecretProviderClass
#   uses are only reported where the set is complete (`completeness: full`).
# related_resources:
#   - ref: https://secrets-store-csi-driver.sigs.k8s.io/topics/secret-auto-rotation
#   - ref: https://learn.microsoft.com/azure/aks/csi-secrets-store-configuration-options
#   - ref: https://cloud.google.com/secret-manager/docs/secret-manager-managed-csi-component
# custom:
#   severity: high
#   confidence: high
#   scope: set
#   needs: [durations]
#   kinds:
#     - HelmValues
#     - HelmRelease
#     - Application
#     - HelmChart
#     - Kustomization
#     - DaemonSet
#     - ManagedCluster
#     - AzureManagedControlPlane
#     - ContainerCluster
#     - SecretProviderClass
#   remediation: |
#     Switch it on in the values of the chart, and say how often to look:
#
#     ```yaml
#     enableSecretRotation: true
#     rotationPollInterval: 10m
#     syncSecret:
#       enabled: false
#     ```
#   variants:
#     rotation-off:
#       severity: high
#       message: "Rotation is not switched on: a mounted secret keeps its value as long as the pod lives"
#       fixes: [{key: enableSecretRotation, set: true}]
#     interval-too-long:
#       severity: medium
#       message: "Mounted secrets may be {interval} old; at most {limit} is allowed"
#     interval-unreadable:
#       severity: medium
#       message: "This is no duration that the driver accepts; write one such as `10m`"
#     sync-unused:
#       severity: low
#       message: "The driver may write Secrets, and no SecretProviderClass asks for one; switch `syncSecret` off"
#     driver-unknown:
#       severity: info
#       message: "Nothing here shows whether the CSI driver rotates what it mounts"
#   params:
#     maxRefresh:
#       type: string
#       description: "Longest time after which a mounted secret is read again, such as `24h`."
#       default: "24h"
#     csiRotationManaged:
#       type: array
#       description: Names of clusters whose add-on is configured, with rotation, outside of Git.
#       default: []
#   frameworks:
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["8.6.3"]
#     nist: ["IA-5"]
#     iso: ["A.5.17"]
#     cwe: ["CWE-262"]
#   practices: [P06, P10]
package portcullis.rules.rotation["csi-rotation-off"]

import data.portcullis.lib.durations
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.rotation_csi as csi
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.new("rotation-off", driver.obj, driver.settings.rotation.path, {}) if {
	some driver in csi.drivers
	csi.is_off(driver.settings.rotation.value)
}

report contains finding.new("rotation-off", driver.obj, driver.missing, {}) if {
	some driver in csi.drivers
	not driver.settings.rotation
	driver.missing != []
	not driver.obj.name in params.csiRotationManaged
}

report contains finding.new(variant, driver.obj, driver.settings.interval.path, args) if {
	some driver in csi.drivers
	not csi.is_off(object.get(driver.settings, ["rotation", "value"], null))
	some variant, args in _interval_problem(driver.settings.interval.value)
}

_interval_problem(value) := {"interval-too-long": {"interval": durations.text(seconds), "limit": durations.text(limit)}} if {
	seconds := csi.seconds(value)
	limit := durations.param(params.maxRefresh)
	seconds > limit
} else := {"interval-unreadable": {}} if {
	not csi.seconds(value)
	not csi.is_template(value)
} else := {}

report contains finding.new("sync-unused", driver.obj, driver.settings.sync.path, {}) if {
	settings.completeness == "full"
	not _is_sync_used
	some driver in csi.drivers
	csi.is_on(driver.settings.sync.value)
}

_is_sync_used if {
	some obj in _provider_classes
	count(k8s.items_at(obj.object, ["spec", "secretObjects"])) > 0
}

# Once, since it is about the cluster and not about the class.
report contains finding.new("driver-unknown", _provider_classes[0], ["spec"], {}) if {
	count(csi.drivers) == 0
	count(params.csiRotationManaged) == 0
}

_provider_classes := [obj |
	some obj in k8s.of_kind("SecretProviderClass")
	startswith(k8s.group(obj.object.apiVersion), "secrets-store.csi.")
]
