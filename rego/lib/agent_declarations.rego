# METADATA
# title: What AI agents leave undeclared
# description: |
#   Versions, limits, replicas and sources of secrets that are decided elsewhere than in the manifest. Patches
#   and overlays for development are left out.
package portcullis.lib.agent_declarations

import data.portcullis.lib.agents
import data.portcullis.lib.identities
import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.secret_uses

# METADATA
# description: Pods of `agents.judged` whose declaration should be whole.
judged := [pod |
	some pod in agents.judged
	pod.obj.object.kind in (identities.plain_kinds | {"Agent", "SandboxAgent"})
	not pod.obj.partial
	not regex.match(`(?i)(^|/)(dev|devel|development|local|sandbox-dev|kind|minikube)(/|[-_.][^/]*$)`, pod.obj.file)
]

# METADATA
# description: |
#   Images of agents, as a list of `{"pod", "path", "image"}`; kagent has the one of its own agents in the deployment.
images := [{"pod": pod, "path": array.concat(container.path, ["image"]), "image": image} |
	some pod in judged
	some container in _containers(pod)
	image := object.get(container.container, "image", null)
	is_string(image)
	not contains(image, "$")
]

_containers(pod) := [container |
	some container in pods.containers(pod.obj)
	container.spec_path == pod.spec.path
]

# METADATA
# description: Whether an image is pinned to a digest.
has_digest(image) if contains(image, "@sha256:")

# METADATA
# description: Whether an image's tag moves, or there is none, so that nobody knows what runs.
is_floating(image) if {
	not has_digest(image)
	parts := split(image, "/")
	last := split(parts[count(parts) - 1], ":")
	not _is_tagged(last)
}

_is_tagged([_, tag]) if not tag in {"", "latest"}

# METADATA
# description: |
#   Containers of agents without a limit, as a list of `{"pod", "path", "missing"}`; `missing` lists `memory` and `cpu`.
unlimited := [{"pod": pod, "path": array.concat(container.path, ["resources", "limits"]), "missing": missing} |
	some pod in judged
	some container in _containers(pod)
	not container.kind in {"init", "ephemeral"}
	missing := [resource |
		some resource in ["memory", "cpu"]
		object.get(container.container, ["resources", "limits", resource], null) == null
	]
	count(missing) > 0
]

# METADATA
# description: Pods whose controller declares no number of replicas, and that nothing scales.
unscaled := [pod |
	some pod in judged
	pod.obj.object.kind in {"Deployment", "StatefulSet", "Rollout", "ReplicaSet"}
	object.get(pod.obj.object, ["spec", "replicas"], null) == null
	not [pod.obj.namespace, pod.obj.object.kind, pod.obj.name] in _scaled
]

_scaled := {[obj.namespace, target.kind, target.name] |
	some kind in ["HorizontalPodAutoscaler", "ScaledObject"]
	some obj in k8s.known_of_kind(kind)
	target := object.union({"kind": "Deployment"}, obj.object.spec.scaleTargetRef)
}

# METADATA
# description: |
#   Commands with which agents fetch secrets themselves, where nothing declares it, as a list of `{"pod", "path",
#   "program"}`.
fetches := [{"pod": pod, "path": array.concat(container.path, [field, index]), "program": program} |
	some pod in judged
	not _declares(pod)
	some container in _containers(pod)
	some field in ["command", "args"]
	some index, text in k8s.items_at(container.container, [field])
	is_string(text)
	program := [name | some name, pattern in _programs; regex.match(pattern, text)][0]
]

_programs := {
	"vault": `\b(vault|bao)\s+(kv\s+get|read)\b`,
	"aws": `\baws\s+(secretsmanager\s+get-secret-value|ssm\s+get-parameters?)\b`,
	"gcloud": `\bgcloud\s+secrets\s+versions\s+access\b`,
	"az": `\baz\s+keyvault\s+secret\s+show\b`,
	"op": `\bop\s+(read|inject|run)\b`,
	"doppler": `\bdoppler\s+(run|secrets)\b`,
	"infisical": `\binfisical\s+(run|secrets|export)\b`,
}

_declares(pod) if {
	marks := agents.marks(pod.obj, pod.spec)
	some key, _ in marks
	regex.match(`/allowed-secrets$|^vault\.hashicorp\.com/agent-inject`, key)
}

_declares(pod) if {
	some use in secret_uses.of(pod.obj)
	use.spec_path == pod.spec.path
	use.mode != "imagePullSecrets"
}

# METADATA
# description: |
#   Labels that tell what an agent is, and that neither it nor its pods have, as a list of `{"pod", "missing"}`.
unlabelled := [{"pod": pod, "missing": missing} |
	some pod in judged
	marks := agents.marks(pod.obj, pod.spec)
	missing := [label |
		some label in ["app.kubernetes.io/name", "app.kubernetes.io/version", "app.kubernetes.io/part-of"]
		not marks[label]
	]
	count(missing) > 0
]
