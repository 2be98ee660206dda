# METADATA
# title: Reference is frozen to one version of a secret
# description: |
#   Looks for references that name one version of what a store holds: `version` of an ExternalSecret, a
#   VaultStaticSecret or CSISecrets, `objectVersion`, `objectVersionLabel` and versions in resource names
#   of a SecretProviderClass, and the version of Argo CD Vault Plugin. The store may rotate the value;
#   who reads a fixed version keeps the old one, and breaks on the day it is revoked. Labels that move
#   with a rotation (`allowedLabels`) are fine, and so is 0, the latest version in Vault.
#
#   `AWSPREVIOUS` is the value that was just replaced, and `AWSPENDING` one that may not work yet.
#
#   Also looks at what cannot change: `target.immutable` of an ExternalSecret that is refreshed, whose
#   status says "synced" while the first value stays, and `immutable: true` on a Secret that a rotator
#   is to write. Names that end in a hash of the content, as kustomize makes them, change with it.
#   Stores that keep no versions at all (Vault's first key-value engine) are told of.
#
#   Left alone: objects annotated `portcullis/rotation: static`, and pins with a date that is not over:
#   `portcullis/pin-until: "2026-12-31"`. `target.immutable` with `CreatedOnce` is the way to run a
#   generator once. Text of a SecretProviderClass is read by line, and placeholders of the plugin are
#   searched for in Secrets, ConfigMaps, workloads and values.
# related_resources:
#   - ref: https://external-secrets.io/latest/api/externalsecret/
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html
#   - ref: https://kubernetes.io/docs/concepts/configuration/secret/#secret-immutable
#   - ref: https://argocd-vault-plugin.readthedocs.io/en/stable/howitworks/
# custom:
#   severity: high
#   confidence: high
#   scope: set
#   needs: [durations, clock]
#   kinds: ["*"]
#   remediation: |
#     Leave the version out:
#
#     ```yaml
#     data:
#       - secretKey: password
#         remoteRef: {key: billing/db, property: password}
#     ```
#
#     If a version must stay for a while, say until when:
#
#     ```yaml
#     metadata:
#       annotations:
#         portcullis/pin-until: "2026-12-31"
#     ```
#   variants:
#     version-pinned:
#       severity: medium
#       message: "`{field}` names one version: what is rotated in the store does not get here"
#       fixes: [{key: version}]
#     version-stale:
#       severity: high
#       message: "`{version}` is not the value in force: it was replaced already, or does not work yet"
#     target-immutable:
#       severity: high
#       message: "An immutable target keeps the first value, although the refresh goes on and reports success"
#     secret-immutable:
#       severity: medium
#       message: "This Secret is immutable and keeps its name, so the rotation that is meant to write it fails"
#       fixes: [{key: immutable}]
#     store-unversioned:
#       severity: low
#       message: "The first key-value engine of Vault keeps no versions: a bad rotation cannot be undone"
#   params:
#     allowedLabels:
#       type: array
#       description: Versions that are names for the current value and move when it is rotated.
#       default: [latest, AWSCURRENT]
#   frameworks:
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["8.6.3", "3.7.4"]
#     nist: ["IA-5", "SC-12"]
#     iso: ["A.8.24"]
#     cwe: ["CWE-324", "CWE-672"]
#   practices: [P10, P12]
package portcullis.rules.rotation["frozen-secret-version"]

import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.rotation
import data.portcullis.lib.rotation_eso as eso
import data.portcullis.lib.rotation_owned as owned
import data.portcullis.lib.rotation_versions as versions
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.new("version-pinned", reference.obj, reference.path, {"field": reference.field}) if {
	some reference in versions.references
	not reference.version in _stale
	not reference.version in params.allowedLabels
	not rotation.is_static(reference.obj)
	not versions.is_pinned_for_now(reference.obj)
}

report contains finding.new("version-stale", reference.obj, reference.path, {"version": reference.version}) if {
	some reference in versions.references
	reference.version in _stale
	not versions.is_pinned_for_now(reference.obj)
}

_stale := {"AWSPREVIOUS", "AWSPENDING"}

report contains finding.new("target-immutable", view.obj, array.concat(view.base, ["target", "immutable"]), {}) if {
	some view in eso.externals
	not view.obj.context
	view.spec.target.immutable == true
	eso.refreshes(view)
	_has_policy(view)
	not rotation.is_static(view.obj)
}

# A patch that says nothing of the policy may patch one that is created once.
_has_policy(view) if not view.obj.partial

_has_policy(view) if view.spec.refreshPolicy

report contains finding.new("secret-immutable", obj, ["immutable"], {}) if {
	some obj in k8s.of_kind("Secret")
	obj.object.apiVersion == "v1"
	obj.object.immutable == true
	obj.name != ""
	not _is_named_by_content(obj.name)
	owned.is_owned(obj)
	not rotation.is_static(obj)
}

# The ten letters that kustomize appends, or a digest in hexadecimal.
_is_named_by_content(name) if regex.match(`-(?:[2456789bcdfghkmt]{10}|[0-9a-f]*[0-9][0-9a-f]{7,})$`, name)

report contains finding.new("store-unversioned", obj, ["spec", "provider", "vault", "version"], {}) if {
	some kind in ["SecretStore", "ClusterSecretStore"]
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == "external-secrets.io"
	obj.object.spec.provider.vault.version == "v1"
}

report contains finding.new("store-unversioned", obj, ["spec", "type"], {}) if {
	some obj in k8s.of_kind("VaultStaticSecret")
	k8s.group(obj.object.apiVersion) == "secrets.hashicorp.com"
	obj.object.spec.type == "kv-v1"
}
