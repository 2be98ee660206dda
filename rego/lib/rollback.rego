# METADATA
# title: What leaves nothing to go back to
package portcullis.lib.rollback

import data.portcullis.lib.k8s

# METADATA
# description: "What keeps no earlier state, as `[variant, object, path]`."
missing := (_histories | _stores) | (_deletions | _releases)

_groups := {
	"Deployment": "apps",
	"StatefulSet": "apps",
	"DaemonSet": "apps",
	"Rollout": "argoproj.io",
	"Application": "argoproj.io",
}

_histories := {["no-history", obj, ["spec", "revisionHistoryLimit"]] |
	some kind, group in _groups
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == group
	obj.object.spec.revisionHistoryLimit == 0
} | {["no-history", obj, ["spec", "maxHistory"]] |
	some obj in _flux_releases
	obj.object.spec.maxHistory == 1
}

_flux_releases := [obj |
	some obj in k8s.of_kind("HelmRelease")
	k8s.group(obj.object.apiVersion) == "helm.toolkit.fluxcd.io"
]

_vault := ["spec", "provider", "vault", "version"]

_stores := {["store-without-versions", obj, _vault] |
	some obj in _external_stores
	object.get(obj.object, _vault, "") == "v1"
} | {["store-without-versions", obj, ["spec", "type"]] |
	some obj in k8s.of_kind("VaultStaticSecret")
	k8s.group(obj.object.apiVersion) == "secrets.hashicorp.com"
	obj.object.spec.type == "kv-v1"
}

_external_stores := [obj |
	some kind in ["SecretStore", "ClusterSecretStore"]
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == "external-secrets.io"
]

_forced := ["spec", "provider", "aws", "secretsManager", "forceDeleteWithoutRecovery"]

_cloud_groups := {
	"secretsmanager.aws.upbound.io",
	"secretsmanager.aws.m.upbound.io",
	"secretsmanager.aws.crossplane.io",
}

_deletions := {["no-recovery", obj, _forced] |
	some obj in _external_stores
	object.get(obj.object, _forced, false) == true
} | {["no-recovery", obj, ["spec", "forProvider", field]] |
	some obj in k8s.of_kind("Secret")
	k8s.group(obj.object.apiVersion) in _cloud_groups
	some [field, value] in [["recoveryWindowInDays", 0], ["forceDeleteWithoutRecovery", true]]
	obj.object.spec.forProvider[field] == value
}

_releases := {["no-remediation", obj, ["spec", "upgrade", "remediation"]] |
	not _is_patched
	some obj in _flux_releases
	not obj.partial
	is_object(obj.object.spec)
	not is_object(object.get(obj.object, ["spec", "upgrade", "remediation"], null))
	not is_object(object.get(obj.object, ["spec", "upgrade", "strategy"], null))
}

# What releases leave out may come from a patch for all of them.
_is_patched if {
	some obj in k8s.known_of_kind("Kustomization")
	some path in [["patches"], ["spec", "patches"]]
	some patch in k8s.items_at(obj.object, path)
	is_string(patch.patch)
	contains(patch.patch, "remediation")
}

_is_patched if {
	some obj in k8s.known_of_kind("HelmRelease")
	obj.partial
	is_object(object.get(obj.object, ["spec", "upgrade", "remediation"], null))
}
