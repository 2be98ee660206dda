# METADATA
# title: Components of the cluster that work on the node
# description: |
#   Network and storage plugins, collectors of metrics and logs: what they do needs the node. One is known by
#   its namespace and its image together, since either is quickly copied. A namespace that the manifests don't
#   choose (none, or `default`, which is what renders when nobody chose) counts as the right one.
package portcullis.lib.pod_security_node_components

import data.portcullis.lib.k8s
import data.portcullis.lib.pod_security_host_paths as host_paths

# METADATA
# description: |
#   Whether a violation (of `pod_security_baseline`) of a pod (of `pod_security`) is what a known component
#   needs, or one that the entries of `allowed` name: `{"namespace", "image"}`, and `variants` where only some
#   are meant.
needs(pod, violation, _) if {
	some component in _known
	_is_in(pod.obj.namespace, component.namespaces)
	_has_image(pod, violation, component.images)
	_covers(component.access, pod, violation)
}

needs(pod, violation, allowed) if {
	some entry in k8s.list(allowed)
	glob.match(entry.namespace, [], pod.obj.namespace)
	_has_image(pod, violation, {concat("", ["/", trim(entry.image, "/"), "/"])})
	_is_meant(entry, violation.check)
}

_is_meant(entry, check) if check in object.get(entry, "variants", [check])

_is_in(namespace, namespaces) if namespace in (namespaces | {"", "default", "kube-system"})

# What a container sets is excused by its own image, what the pod sets by that of any container.
_has_image(pod, violation, parts) if {
	violation.image == ""
	some container in pod.containers
	_is_image(container.image, parts)
}

_has_image(_, violation, parts) if _is_image(violation.image, parts)

# An image's repository between slashes, so that parts match whole words of it.
_is_image(image, parts) if {
	repository := regex.split(`@|:[^/]*$`, image)[0]
	some part in parts
	contains(concat("", ["/", repository, "/"]), part)
}

_covers("node", _, _)

# No chart installs these, so that their namespace is always written down.
_covers("control-plane", pod, _) if pod.obj.namespace == "kube-system"

_covers("observer", _, violation) if violation.check in {"host-namespaces", "host-port"}

_covers("observer", pod, violation) if {
	violation.check == "host-path"
	host_paths.is_read_only(pod, violation.args.volume)
}

_covers("logs", _, violation) if {
	violation.check == "host-path"
	host_paths.is_within(violation.args.path, _log_places)
}

_log_places := {
	"/var/log", "/var/lib/docker/containers", "/run/log", "/etc/machine-id", "/var/lib/fluent-bit", "/var/fluent-bit",
	"/run/promtail", "/var/lib/vector", "/var/lib/filebeat-data", "/var/lib/alloy", "/var/lib/otelcol",
}

_known := [component |
	some [access, places, images] in _table
	component := {
		"access": access,
		"namespaces": _words(places),
		"images": {concat("", ["/", part, "/"]) | some part in _words(images)},
	}
]

_words(text) := {word | some word in split(text, " ")}

_table := [
	# The control plane and what stands beside it.
	[
		"control-plane", "kube-system",
		"kube-proxy kube-apiserver kube-controller-manager kube-scheduler etcd k8s-dns-node-cache kube-vip cloud-controller-manager",
	],
	# Networks.
	["node", "calico-system tigera-operator calico-apiserver", "calico tigera/operator"],
	["node", "cilium cilium-secrets", "cilium"],
	["node", "kube-flannel", "flannel flannel-cni-plugin"],
	["node", "kube-system", "amazon-k8s-cni amazon-k8s-cni-init aws-network-policy-agent amazon/aws-network-policy-agent azure-cni"],
	["node", "kube-router antrea kube-ovn weave openshift-multus", "kube-router antrea kube-ovn weave-kube weave-npc multus-cni whereabouts"],
	["node", "istio-system istio-cni", "install-cni ztunnel"],
	["node", "linkerd-cni", "linkerd/cni-plugin"],
	["node", "metallb-system", "metallb/speaker metallb/frr frrouting/frr"],
	# Storage.
	[
		"node", "csi csi-driver secrets-store-csi csi-secrets-store vault openbao",
		concat(" ", [
			"csi-secrets-store/driver csi-secrets-store/driver-crds secrets-store/driver vault-csi-provider openbao-csi-provider",
			"secrets-store-csi-driver-provider-aws secrets-store-csi-driver-provider-gcp provider-azure",
			"csi-node-driver-registrar livenessprobe",
		]),
	],
	["node", "vault-secrets-operator-system vault-secrets-operator", "hashicorp/vault-secrets-operator-csi"],
	[
		"node", "csi csi-driver aws-ebs-csi-driver aws-efs-csi-driver vmware-system-csi kube-storage",
		concat(" ", [
			"aws-ebs-csi-driver aws-efs-csi-driver aws-fsx-csi-driver aws-mountpoint-s3-csi-driver azuredisk-csi",
			"azurefile-csi blob-csi gcp-compute-persistent-disk-csi-driver gcp-filestore-csi-driver nfsplugin smbplugin",
			"cinder-csi-plugin hcloud-csi-driver do-csi-plugin cloud-provider-vsphere/csi csi-node-driver-registrar livenessprobe",
		]),
	],
	["node", "rook-ceph ceph-csi ceph-csi-rbd ceph-csi-cephfs", "cephcsi rook/ceph csi-node-driver-registrar"],
	["node", "longhorn-system openebs", "longhornio openebs csi-node-driver-registrar livenessprobe"],
	[
		"node", "cert-manager cert-manager-csi-driver spire spire-system",
		"cert-manager-csi-driver spiffe-csi-driver spire-agent csi-node-driver-registrar livenessprobe",
	],
	# Hardware and the life of nodes.
	["node", "gpu-operator nvidia-device-plugin nvidia-gpu-operator", "nvidia k8s-device-plugin"],
	["node", "node-feature-discovery", "node-feature-discovery"],
	["node", "kured node-problem-detector", "kured node-problem-detector"],
	["node", "velero", "velero/velero"],
	# Those who watch.
	["node", "falco", "falcosecurity"],
	["node", "datadog", "datadog/agent"],
	[
		"observer", "monitoring prometheus observability kube-prometheus-stack openshift-monitoring node-exporter",
		"node-exporter",
	],
	[
		"logs", "logging monitoring observability loki fluent fluent-bit fluentd amazon-cloudwatch elastic-system otel opentelemetry",
		concat(" ", [
			"fluent-bit aws-for-fluent-bit fluentd fluentd-kubernetes-daemonset promtail filebeat vector alloy agent",
			"opentelemetry-collector opentelemetry-collector-contrib opentelemetry-collector-k8s",
		]),
	],
]
