# METADATA
# title: Objects that decide who gets at secrets
package portcullis.lib.secret_access

import data.portcullis.lib.k8s

# METADATA
# description: |
#   By API group, the kinds that say who may read a secret, reach the workload that has it, or fetch it from
#   a store.
kinds := {
	"rbac.authorization.k8s.io": {"Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"},
	"networking.k8s.io": {"NetworkPolicy"},
	"policy.networking.k8s.io": {"AdminNetworkPolicy", "BaselineAdminNetworkPolicy"},
	"cilium.io": {"CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"},
	"crd.projectcalico.org": {"NetworkPolicy", "GlobalNetworkPolicy"},
	"projectcalico.org": {"NetworkPolicy", "GlobalNetworkPolicy"},
	"security.istio.io": {"PeerAuthentication", "AuthorizationPolicy"},
	"external-secrets.io": {
		"SecretStore", "ClusterSecretStore", "ExternalSecret", "ClusterExternalSecret", "PushSecret",
		"ClusterPushSecret",
	},
	"secrets.hashicorp.com": {
		"VaultAuth", "VaultAuthGlobal", "VaultConnection", "VaultStaticSecret", "VaultDynamicSecret",
		"VaultPKISecret", "HCPAuth", "HCPVaultSecretsApp",
	},
	"secrets-store.csi.x-k8s.io": {"SecretProviderClass"},
	"portcullis": {"SopsConfig"},
}

# METADATA
# description: |
#   Whether an object is of such a kind, or a Namespace that says what pods in it may do.
decides(obj) if obj.object.kind in kinds[_group(obj)]

decides(obj) if {
	obj.object.kind == "Namespace"
	_group(obj) == ""
	some label, _ in k8s.labels(obj)
	startswith(label, "pod-security.kubernetes.io/")
}

_group(obj) := k8s.group(obj.object.apiVersion) if is_string(obj.object.apiVersion)
