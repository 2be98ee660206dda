# METADATA
# title: What makes a pod look like an AI agent's
# description: |
#   Settings for the API of a language model suffice; an image or an argument that names an agent framework
#   or just an agent, and settings that other programs have as well, count only together. What serves agents
#   (gateways, tool servers, inference servers) looks alike and is none.
package portcullis.lib.agents_hints

import data.portcullis.lib.k8s
import data.portcullis.lib.pods

# METADATA
# description: Whether the hints are enough to take the pods of `spec`, of `pods.specs` of `obj`, for an agent's.
suffices(obj, spec) if {
	not _is_server(obj, spec)
	some container in _containers(obj, spec)
	_has_variable(container, _model_access)
}

suffices(obj, spec) if {
	_names(obj, spec, concat("|", [_frameworks, "agents?"]))
	not _is_server(obj, spec)
	some container in _containers(obj, spec)
	_has_variable(container, _weak_access)
}

# METADATA
# description: Whether there is any hint besides the mere word.
suggests(obj, spec) if {
	not _is_server(obj, spec)
	some container in _containers(obj, spec)
	_has_variable(container, concat("|", [_model_access, _weak_access]))
}

suggests(obj, spec) if {
	not _is_server(obj, spec)
	_names(obj, spec, _frameworks)
}

# METADATA
# description: |
#   Whether the pods of `spec` serve agents, or nodes, and are none themselves: by the name or component in
#   their labels, by their images, or since they hold a GPU.
is_infrastructure(obj, spec) if _is_server(obj, spec)

is_infrastructure(obj, _) if {
	count(pods.containers(obj)) > 0
	every container in pods.containers(obj) {
		_is_server_container(container)
	}
}

_containers(obj, spec) := [container |
	some container in pods.containers(obj)
	container.spec_path == spec.path
	not _is_server_container(container)
]

_has_variable(container, pattern) if {
	some item in k8s.items_at(container.container, ["env"])
	is_string(item.name)
	regex.match(pattern, item.name)
}

_model_access := concat("", [
	`(^|_)(OPENAI|AZURE_OPENAI|ANTHROPIC|GEMINI|MISTRAL|COHERE|GROQ|BEDROCK)_([A-Z0-9_]*_)?(KEY|TOKEN)$`,
	`|(^|_)(OPENAI|AZURE_OPENAI|ANTHROPIC)_(API_)?(BASE|BASE_URL|ENDPOINT)$`,
])

_weak_access := `^(GOOGLE_API_KEY|HF_TOKEN|HUGGINGFACE_[A-Z0-9_]*(KEY|TOKEN)|MCP_[A-Z0-9_]+|LLM_[A-Z0-9_]+|LANGSMITH_[A-Z0-9_]+|LANGCHAIN_[A-Z0-9_]+)$`

_frameworks := "langgraph|langchain|autogen|crewai|semantic-kernel|openhands|kagent|adk"

_names(obj, spec, words) if {
	pattern := concat("", ["(?i)(^|[^a-z0-9])(", words, ")([^a-z0-9]|$)"])
	some container in _containers(obj, spec)
	some text in _texts(container.container)
	regex.match(pattern, text)
}

_texts(container) := {text |
	some text in array.flatten([
		object.get(container, "image", null),
		k8s.items_at(container, ["command"]),
		k8s.items_at(container, ["args"]),
	])
	is_string(text)
}

# Agents of monitoring, logging, CI and the like, which live on nodes or report to a server.
_is_server(obj, spec) if {
	some marks in [k8s.labels(obj), object.get(spec.metadata, "labels", null)]
	some key in ["app.kubernetes.io/name", "app.kubernetes.io/component", "app", "k8s-app"]
	is_string(marks[key])
	_is_served(marks[key])
}

_is_server_container(container) if {
	image := container.container.image
	is_string(image)
	parts := split(split(image, "@")[0], "/")
	_is_served(split(parts[count(parts) - 1], ":")[0])
}

_is_server_container(container) if {
	some field in ["limits", "requests"]
	some resource, _ in container.container.resources[field]
	regex.match(`(^|[./-])gpu$`, resource)
}

_is_served(name) if count({word | some word in regex.split(`[-_.]`, lower(name))} & _servers) > 0

_servers := {
	"litellm", "portkey", "gateway", "proxy", "router", "agentgateway", "vllm", "ollama", "triton", "tritonserver",
	"sglang", "tgi", "inference", "localai", "lmdeploy", "llamacpp", "kserve", "huggingfaceserver", "mcp",
	"mcpo", "controller", "operator", "injector", "webhook", "datadog", "newrelic", "jaeger", "grafana", "alloy",
	"elastic", "filebeat", "fluent", "fluentd", "fluentbit", "otel", "opentelemetry", "vector", "vmagent", "zabbix",
	"wazuh", "falcon", "sysdig", "jenkins", "buildkite", "teamcity", "gitlab", "azp", "teleport", "rancher",
	"cattle", "fleet", "consul", "tailscale", "konnectivity", "linkerd", "istio", "argocd", "kubecost", "pyroscope",
	"bamboo", "puppet", "dynatrace", "instana", "appdynamics", "scalyr", "splunk", "vault", "ssh",
}
