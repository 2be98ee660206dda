# METADATA
# title: How clusters keep Secrets in etcd
# description: |
#   What the judged objects say about the encryption of Secrets at rest: the configuration of the API server
#   itself, its arguments, and managed clusters as objects.
package portcullis.lib.encryption_at_rest

import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.store_views as views

# METADATA
# description: |
#   The judged configurations as `{obj, resources, provider, path}`: whether Secrets are among the `resources`, and the
#   first provider for them, which is the one that writes; `""` where there is none.
configurations := [{
	"obj": obj,
	"covered": count(entries) > 0,
	"provider": object.get(first, "name", ""),
	"settings": object.get(first, "settings", {}),
	"path": object.get(first, "path", ["resources"]),
} |
	some [kind, group] in [["EncryptionConfiguration", "apiserver.config.k8s.io"], ["EncryptionConfig", ""]]
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == group
	entries := [[index, entry] |
		some index, entry in k8s.items_at(obj.object, ["resources"])
		_covers_secrets(entry)
	]
	first := _first_provider(entries)
]

_covers_secrets(entry) if {
	some name in k8s.items_at(entry, ["resources"])
	name in {"secrets", "*.", "*.*"}
}

_first_provider(entries) := {"name": name, "settings": views.object_at(provider, [name]), "path": path} if {
	[index, entry] := entries[0]
	provider := k8s.items_at(entry, ["providers"])[0]
	is_object(provider)
	name := min(object.keys(provider))
	path := ["resources", index, "providers", 0, name]
} else := {}

# METADATA
# description: |
#   API servers without a configuration of the encryption, as `{obj, path}`: their arguments in a static pod, or
#   in settings of kubeadm and of Cluster API.
unconfigured := array.concat(_static_pods, _kubeadm)

_flag := "encryption-provider-config"

_static_pods := [{"obj": obj, "path": array.concat(container.path, [field])} |
	some obj in k8s.of_kind("Pod")
	obj.namespace in {"kube-system", ""}
	not obj.partial
	some container in pods.containers(obj)
	field := _api_server_field(container.container)
	not _has_argument(container.container)
]

_api_server_field(container) := [field |
	some field in ["command", "args"]
	word := k8s.items_at(container, [field])[0]
	is_string(word)
	regex.match(`(^|/)kube-apiserver$`, word)
][0]

_has_argument(container) if {
	some field in ["command", "args"]
	some word in k8s.items_at(container, [field])
	is_string(word)
	regex.match(`^--encryption-provider-config(=.+)?$`, word)
}

_kubeadm := [{"obj": entry.obj, "path": array.concat(entry.path, ["apiServer", "extraArgs"])} |
	some entry in _cluster_configurations
	not entry.obj.partial
	not _is_configured(object.get(entry.obj.object, array.concat(entry.path, ["apiServer", "extraArgs"]), null))
]

_is_configured(arguments) if {
	is_object(arguments)
	not object.get(arguments, _flag, "") in {"", null}
}

_is_configured(arguments) if {
	some argument in k8s.list(arguments)
	argument.name == _flag
	argument.value != ""
}

_cluster_configurations := [{"obj": obj, "path": path} |
	some [kind, group, path] in [
		["ClusterConfiguration", "kubeadm.k8s.io", []],
		["KubeadmControlPlane", "controlplane.cluster.x-k8s.io", ["spec", "kubeadmConfigSpec", "clusterConfiguration"]],
		[
			"KubeadmControlPlaneTemplate", "controlplane.cluster.x-k8s.io",
			["spec", "template", "spec", "kubeadmConfigSpec", "clusterConfiguration"],
		],
	]
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == group
]

# METADATA
# description: |
#   Managed clusters without a key of their own for Secrets, as `{obj, path, provider, by_default}`; `by_default`
#   says that the provider wraps all that the API server writes in any case, with a key of its own.
unwrapped := [{"obj": obj, "path": place.path, "provider": place.provider, "by_default": _wraps_by_default(obj, place)} |
	some place in _places
	some obj in k8s.of_kind(place.kind)
	regex.match(place.group, k8s.group(obj.object.apiVersion))
	not obj.partial
	is_object(obj.object)
	not _is_wrapped(object.get(obj.object, place.path, null))
]

# Where the settings stand; those of Azure and Google also say whether they are on.
_places := [
	{"kind": "Cluster", "group": `^eks\.aws\.(m\.)?(upbound|crossplane)\.io$`, "path": ["spec", "forProvider", "encryptionConfig"], "provider": "eks"},
	{"kind": "Cluster", "group": `^eks\.services\.k8s\.aws$`, "path": ["spec", "encryptionConfig"], "provider": "eks"},
	{"kind": "AWSManagedControlPlane", "group": `^controlplane\.cluster\.x-k8s\.io$`, "path": ["spec", "encryptionConfig"], "provider": "eks"},
	{"kind": "ClusterConfig", "group": `^eksctl\.io$`, "path": ["secretsEncryption"], "provider": "eks"},
	{"kind": "ContainerCluster", "group": `^container\.cnrm\.cloud\.google\.com$`, "path": ["spec", "databaseEncryption"], "provider": "gke"},
	{"kind": "Cluster", "group": `^container\.gcp\.(m\.)?upbound\.io$`, "path": ["spec", "forProvider", "databaseEncryption"], "provider": "gke"},
	{
		"kind": "ManagedCluster", "group": `containerservice\.azure\.com$`,
		"path": ["spec", "securityProfile", "azureKeyVaultKms"], "provider": "aks",
	},
	{
		"kind": "AzureManagedControlPlane", "group": `^infrastructure\.cluster\.x-k8s\.io$`,
		"path": ["spec", "securityProfile", "azureKeyVaultKms"], "provider": "aks",
	},
	{
		"kind": "KubernetesCluster", "group": `^containerservice\.azure\.(m\.)?upbound\.io$`,
		"path": ["spec", "forProvider", "keyManagementService"], "provider": "aks",
	},
]

_is_wrapped(setting) if {
	some item in _items(setting)
	is_object(item)
	count(item) > 0
	not item.enabled == false
	not item.state == "DECRYPTED"
}

# One setting, or a list that holds at most one.
_items(setting) := setting if is_array(setting)

_items(setting) := [setting] if not is_array(setting)

default _wraps_by_default(_, _) := false

# Amazon does from Kubernetes 1.28 on; without a version it is the newest.
_wraps_by_default(obj, place) if {
	place.provider == "eks"
	count([1 | some path in _version_paths; _is_old(object.get(obj.object, path, ""))]) == 0
}

_version_paths := [["spec", "forProvider", "version"], ["spec", "version"], ["metadata", "version"]]

_is_old(version) if {
	is_string(version)
	[found] := regex.find_all_string_submatch_n(`^v?1\.([0-9]+)`, version, 1)
	to_number(found[1]) < 28
}
