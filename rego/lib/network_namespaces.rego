# METADATA
# title: Namespaces that network policies are to close
# description: |
#   A namespace is `{"name", "obj", "place", "is_sensitive"}`: the place is where it is named, in a Namespace or
#   in the first workload of it. Sensitive are those that are labelled `<prefix>/zone: agents` or
#   `secret-store`.
package portcullis.lib.network_namespaces

import data.portcullis.lib.k8s
import data.portcullis.lib.network_pods
import data.portcullis.lib.settings

# METADATA
# description: Whether a namespace is the cluster's own.
is_system(name) if startswith(name, "kube-")

is_system(name) if startswith(name, "openshift-")

# METADATA
# description: |
#   Namespaces that are being judged. What is rendered into `default` or into none did not choose it, and is
#   left out unless the Namespace itself is there.
judged := array.concat(_declared, _used)

_declared := [entry |
	some obj in k8s.of_kind("Namespace")
	obj.object.apiVersion == "v1"
	not obj.partial
	not is_system(obj.name)
	entry := {
		"name": obj.name,
		"obj": obj,
		"place": ["metadata", "name"],
		"is_sensitive": obj.name in _sensitive,
	}
]

_names := {obj.name | some obj in k8s.known_of_kind("Namespace")}

_used := [entry |
	some name, obj in network_pods.namespaces
	not name in (_names | {"", "default"})
	not is_system(name)
	entry := {"name": name, "obj": obj, "place": ["metadata", "namespace"], "is_sensitive": false}
]

_sensitive := {obj.name |
	some obj in k8s.known_of_kind("Namespace")
	k8s.labels(obj)[settings.annotation("zone")] in {"agents", "secret-store", "secret-stores"}
}
