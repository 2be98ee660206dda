# METADATA
# title: Secret stores that run in the cluster
# description: |
#   Servers of stores by their labels or images, as `stores` names them: an entry with a `/` is the end of an
#   image's repository, any other the value of a name label. The image alone tells it of Deployments and
#   StatefulSets that don't run it as an agent: jobs and sidecars use a store's image as its client.
package portcullis.lib.secret_store_servers

import data.portcullis.lib.agents
import data.portcullis.lib.k8s
import data.portcullis.lib.network_pods

# METADATA
# description: "The servers among the pods that are being judged, as a list of pods of `network_pods`."
servers(stores) := [pod |
	some pod in network_pods.judged
	_is_server(pod, stores)
]

_name_keys := ["app.kubernetes.io/name", "app", "k8s-app"]

_is_server(pod, stores) if {
	pod.obj.object.kind in {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Rollout", "Pod"}
	is_named(pod.labels, stores)
}

_is_server(pod, stores) if {
	pod.obj.object.kind in {"Deployment", "StatefulSet"}
	some container in pod.containers
	is_string(container.image)
	repository := concat("", ["/", regex.split(`@|:[^/]*$`, container.image)[0]])
	some store in k8s.list(stores)
	contains(store, "/")
	endswith(repository, concat("", ["/", store]))
	not _is_agent(container)
}

_is_agent(container) if {
	some list in ["command", "args"]
	some word in k8s.items_at(container, [list])
	is_string(word)
	regex.match(`\b(agent|proxy)\b`, word)
}

# METADATA
# description: Whether labels name one of `stores`.
is_named(labels, stores) if {
	some key in _name_keys
	name := labels[key]
	name in k8s.list(stores)
}

# METADATA
# description: Whether a pod or a Service is of the sealed-secrets controller, whose API gives out no secret.
is_sealed_secrets(labels) if {
	some key in _name_keys
	startswith(labels[key], "sealed-secrets")
}

# METADATA
# description: Whether labels are those of a webhook, which the API server has to reach.
is_webhook(labels) if {
	some key in _name_keys
	endswith(labels[key], "-webhook")
}

# METADATA
# description: |
#   Services of stores that are being judged: those that select or carry a store's name, or that select a server.
#   `by_label` has the labels of servers by `[namespace, key, value]`, for each of them.
services(stores, by_label) := [service |
	some service in k8s.of_kind("Service")
	service.object.apiVersion == "v1"
	_is_of_store(service, stores, by_label)
]

_is_of_store(service, stores, _) if is_named(_selector(service), stores)

_is_of_store(service, stores, _) if {
	count(_selector(service)) == 0
	is_named(k8s.labels(service), stores)
}

_is_of_store(service, _, by_label) if {
	selector := _selector(service)
	count(selector) > 0
	key := min(object.keys(selector))
	some labels in object.get(by_label, [[service.namespace, key, object.get(selector, key, null)]], [])
	every wanted, value in selector {
		labels[wanted] == value
	}
}

_selector(service) := value if {
	value := service.object.spec.selector
	is_object(value)
} else := {}

# METADATA
# description: |
#   Workloads of others in the namespaces of `pods`, servers as `servers` returns them, as sets of `[release,
#   description]` by namespace: agents, and what does not sound like a part of a store or of what runs one.
strangers(stores, pods) := {namespace: found |
	some namespace in {pod.namespace | some pod in pods}
	found := {[_release(pod), _describe(pod.obj)] |
		some index in network_pods.by_namespace[namespace]
		pod := network_pods.judged[index]
		not _is_server(pod, stores)
		_is_application(pod)
	}
}

# METADATA
# description: What to call a workload that shares the namespace of a server; undefined where none does.
neighbour(server, found) := min({description |
	some [release, description] in found[server.namespace]
	release != object.get(server.labels, _release_key, "?")
})

_release_key := "app.kubernetes.io/instance"

# Agents are strangers in any release.
_release(pod) := "" if agents.owns(pod.obj)

_release(pod) := object.get(pod.labels, _release_key, "") if not agents.owns(pod.obj)

_describe(obj) := concat(" ", [obj.object.kind, obj.name])

_is_application(pod) if agents.owns(pod.obj)

_is_application(pod) if {
	pod.obj.object.kind in {"Deployment", "StatefulSet", "ReplicaSet", "Rollout", "Pod", "Sandbox", "SandboxTemplate"}
	not _sounds_related(pod)
}

_sounds_related(pod) if {
	some name in [pod.obj.name, object.get(pod.labels, "app.kubernetes.io/name", "")]
	is_string(name)
	regex.match(concat("|", _words), name)
}

_words := [
	"vault", "bao", "consul", "secret", "csi", "cert-manager", "conjur", "infisical", "1?password-connect", "reloader",
	"postgres", "mysql", "mariadb", "mongo", "redis", "backup", "snapshot", "unseal", "kms", "exporter", "prometheus",
	"ingress", "proxy",
]
