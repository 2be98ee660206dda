package portcullis.rules.stores["secrets-not-encrypted-at-rest_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.stores["secrets-not-encrypted-at-rest"] as rule

_places(found) := {[one.object, one.variant, one.path] | some one in found}

_configuration(resources) := {
	"apiVersion": "apiserver.config.k8s.io/v1",
	"kind": "EncryptionConfiguration",
	"resources": resources,
}

_object(api_version, kind, spec) := {
	"apiVersion": api_version,
	"kind": kind,
	"metadata": {"name": "a"},
	"spec": spec,
}

test_a_finding_as_the_host_gets_it if {
	found := rule.report with input as testing.input_of([_configuration([{
		"resources": ["secrets"],
		"providers": [{"identity": {}}],
	}])])
	found == {{
		"variant": "identity-first",
		"object": 0,
		"path": ["resources", 0, "providers", 0, "identity"],
		"args": {},
	}}
}

test_odd_shapes if {
	found := rule.report with input as testing.input_with([
		{"object": _configuration([{"resources": ["secrets"], "providers": null}])},
		{"object": _configuration([{"resources": ["secrets"], "providers": ["identity"]}])},
		{"object": _configuration([{"resources": ["secrets"], "providers": [{}]}])},
		{"object": _configuration(null)},
		{"object": _configuration([null, "x"]), "partial": true},
		{"object": {"apiVersion": "v1", "kind": "EncryptionConfig", "resources": [{"resources": ["secrets"], "providers": [{"kms": null}]}]}},
		{"object": _object("v1", "Pod", {"containers": [{"name": "a", "image": "i", "command": [5], "args": "kube-apiserver"}]})},
		{"object": _object("eks.aws.upbound.io/v1beta1", "Cluster", null)},
		{"object": {"apiVersion": "kubeadm.k8s.io/v1beta4", "kind": "ClusterConfiguration", "apiServer": {"extraArgs": "x"}}},
	])
	_places(found) == {
		[3, "secrets-not-covered", ["resources"]],
		[5, "kms-version-one", ["resources", 0, "providers", 0, "kms", "apiVersion"]],
		[7, "cluster-without-envelope", ["spec", "forProvider", "encryptionConfig"]],
		[8, "api-server-without-encryption", ["apiServer", "extraArgs"]],
	}
}

test_arguments_of_the_api_server if {
	server := {"name": "a", "image": "i"}
	found := rule.report with input as testing.input_with([
		{"object": _object("v1", "Pod", {"containers": [object.union(server, {"command": ["/usr/bin/kube-apiserver"], "args": [5]})]})},
		{"object": _object("v1", "Pod", {"containers": [object.union(server, {
			"command": ["kube-apiserver"],
			"args": ["--encryption-provider-config", "/etc/x"],
		})]})},
		{"object": _object("v1", "Pod", {"containers": [object.union(server, {"command": ["kube-apiserver"]})]}), "namespace": "tenant"},
		{"object": _object("v1", "Pod", {"containers": [object.union(server, {"command": ["kube-apiserver"]})]}), "partial": true},
	])
	_places(found) == {[0, "api-server-without-encryption", ["spec", "containers", 0, "command"]]}
}

test_managed_clusters if {
	found := rule.report with input as testing.input_with([
		{"object": _object("containerservice.azure.upbound.io/v1beta1", "KubernetesCluster", {"forProvider": {
			"keyManagementService": [{"keyVaultKeyId": "x"}],
		}})},
		{"object": _object("containerservice.azure.upbound.io/v1beta1", "KubernetesCluster", {"forProvider": {
			"keyManagementService": [],
		}})},
		{"object": _object("infrastructure.cluster.x-k8s.io/v1beta1", "AzureManagedControlPlane", {"securityProfile": {
			"azureKeyVaultKms": {"enabled": false},
		}})},
		{"object": _object("controlplane.cluster.x-k8s.io/v1beta2", "AWSManagedControlPlane", {"version": "v1.24.1"})},
		{"object": _object("controlplane.cluster.x-k8s.io/v1beta2", "AWSManagedControlPlane", {}), "partial": true},
		{"object": {"apiVersion": "eksctl.io/v1alpha5", "kind": "ClusterConfig", "metadata": {"name": "a", "version": 1.33}}},
	])
	{[one.object, one.severity, one.args.provider] | some one in found} == {
		[1, "medium", "aks"],
		[2, "medium", "aks"],
		[3, "medium", "eks"],
		[5, "low", "eks"],
	}
}

test_settings_of_kubeadm if {
	kubeadm := {"apiVersion": "kubeadm.k8s.io/v1beta4", "kind": "ClusterConfiguration"}
	found := rule.report with input as testing.input_of([
		object.union(kubeadm, {"apiServer": {"extraArgs": [{"name": "encryption-provider-config", "value": "/etc/x"}]}}),
		object.union(kubeadm, {"apiServer": {"extraArgs": {"encryption-provider-config": "/etc/x"}}}),
		object.union(kubeadm, {"apiServer": {"extraArgs": {"encryption-provider-config": ""}}}),
		_configuration([{"resources": ["*.*"], "providers": [{"aescbc": {}}]}]),
	])
	_places(found) == {
		[2, "api-server-without-encryption", ["apiServer", "extraArgs"]],
		[3, "local-key-first", ["resources", 0, "providers", 0, "aescbc"]],
	}
}
