# METADATA
# title: Kinds of objects that tell an operator where secrets come from
package portcullis.lib.store_objects

import data.portcullis.lib.rbac

# METADATA
# description: |
#   By API group, the resources that make an operator fetch, issue or send secrets with its own identity:
#   `cluster` for all namespaces, `namespaced` for one.
kinds := {
	"external-secrets.io": {
		"cluster": ["clustersecretstores", "clusterexternalsecrets", "clusterpushsecrets"],
		"namespaced": ["externalsecrets", "secretstores", "pushsecrets"],
	},
	"generators.external-secrets.io": {
		"cluster": ["clustergenerators"],
		"namespaced": [
			"acraccesstokens", "cloudsmithaccesstokens", "ecrauthorizationtokens", "fakes", "gcraccesstokens",
			"generatorstates", "githubaccesstokens", "grafanas", "mfas", "passwords", "quayaccesstokens", "sshkeys",
			"stssessiontokens", "uuids", "vaultdynamicsecrets", "webhooks",
		],
	},
	"reloader.external-secrets.io": {"cluster": ["configs"], "namespaced": []},
	"secrets-store.csi.x-k8s.io": {"cluster": [], "namespaced": ["secretproviderclasses"]},
	"secrets.hashicorp.com": {
		"cluster": ["vaultauthglobals"],
		"namespaced": [
			"hcpauths", "hcpvaultsecretsapps", "secrettransformations", "vaultauths", "vaultconnections",
			"vaultdynamicsecrets", "vaultpkisecrets", "vaultstaticsecrets", "csisecrets",
		],
	},
	"bitnami.com": {"cluster": [], "namespaced": ["sealedsecrets"]},
	"cert-manager.io": {"cluster": ["clusterissuers"], "namespaced": ["issuers", "certificates"]},
	"secretmanager.cnrm.cloud.google.com": {
		"cluster": [],
		"namespaced": ["secretmanagersecrets", "secretmanagersecretversions"],
	},
	"secretsmanager.services.k8s.aws": {"cluster": [], "namespaced": ["secrets"]},
	"secretsmanager.aws.upbound.io": {
		"cluster": ["secrets", "secretversions", "secretrotations", "secretpolicies"],
		"namespaced": [],
	},
	"secretsmanager.aws.crossplane.io": {"cluster": ["secrets"], "namespaced": []},
}

# METADATA
# description: |
#   The resources of a scope (`cluster` or `namespaced`) that a policy rule covers, in the groups of
#   `kinds` and in the list of groups `more`, of which any resource counts as namespaced.
covered(rule, scope, more) := {resource |
	some group, scopes in kinds
	some resource in scopes[scope]
	rbac.covers(rule, group, resource)
} | {resource |
	scope == "namespaced"
	some group in more
	rbac.covers_group(rule, group)
	some resource in rbac.items(rule, "resources")
}

# METADATA
# description: |
#   The place of what names these objects in a policy rule, relative to it: the item of `resources`, or
#   that of `apiGroups` where `resources` only has `*`.
place(rule, resources) := [place |
	some place in array.concat(
		rbac.places(rule, "resources", resources - {"*"}),
		array.concat(
			rbac.places(rule, "apiGroups", object.keys(kinds)),
			rbac.places(rule, "resources", {"*"}),
		),
	)
][0]
