package portcullis.lib.pod_security_node_components_test

import data.portcullis.lib.pod_security_node_components as node_components

_pod(namespace, image, mounts) := {
	"obj": {"namespace": namespace},
	"containers": [{"image": image, "fields": {"volumeMounts": mounts}}],
}

_on_pod(check, args) := {"check": check, "image": "", "args": args}

test_the_control_plane_says_where_it_is if {
	violation := _on_pod("host-namespaces", {})
	node_components.needs(_pod("kube-system", "registry.k8s.io/etcd:3.6", []), violation, [])
	not node_components.needs(_pod("default", "registry.k8s.io/etcd:3.6", []), violation, [])
}

test_who_watches_may_read if {
	pod := _pod("monitoring", "quay.io/prometheus/node-exporter:v1", [{"name": "root", "readOnly": true}])
	node_components.needs(pod, _on_pod("host-port", {}), [])
	node_components.needs(pod, _on_pod("host-path", {"path": "/", "volume": "root"}), [])
	not node_components.needs(pod, _on_pod("unsafe-sysctl", {}), [])
}

test_who_collects_logs_has_the_logs if {
	pod := _pod("logging", "fluent/fluent-bit", [])
	node_components.needs(pod, _on_pod("host-path", {"path": "/var/log/", "volume": "v"}), [])
	not node_components.needs(pod, _on_pod("host-path", {"path": "/var/logs", "volume": "v"}), [])
}

test_a_container_is_excused_by_its_own_image if {
	pod := _pod("cilium", "quay.io/cilium/cilium:v1", [])
	node_components.needs(pod, {"check": "privileged", "image": "quay.io/cilium/cilium:v1", "args": {}}, [])
	not node_components.needs(pod, {"check": "privileged", "image": "busybox", "args": {}}, [])
}
