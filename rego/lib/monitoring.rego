# METADATA
# title: ServiceAccounts of monitoring
package portcullis.lib.monitoring

import data.portcullis.lib.k8s

_products := {
	"prometheus", "kube-state-metrics", "node-exporter", "metrics-server", "grafana-agent", "grafana-alloy", "alloy",
	"grafana", "otel-collector", "opentelemetry-collector", "datadog", "datadog-agent", "fluent-bit", "fluentd",
	"promtail", "loki", "vmagent", "vector", "filebeat", "metricbeat", "elastic-agent", "newrelic", "dynatrace",
	"oneagent", "kubecost", "opencost", "thanos", "jaeger", "tempo", "falco", "goldpinger", "event-exporter",
}

_namespaces := {
	"monitoring", "observability", "logging", "prometheus", "grafana", "datadog", "metrics", "telemetry",
	"openshift-monitoring", "cattle-monitoring-system", "kube-prometheus-stack",
}

# METADATA
# description: |
#   Whether a ServiceAccount (a subject of `rbac_subjects`) is one of a monitoring product, by its name,
#   its namespace, or a name label of the role or binding `obj`. That is enough to leave a reader alone,
#   not to trust a writer.
is_reader(subject, _) if subject.namespace in _namespaces

is_reader(subject, _) if _is_named_after(subject.name)

is_reader(_, obj) if {
	some key in ["app.kubernetes.io/name", "app", "k8s-app"]
	_is_named_after(k8s.labels(obj)[key])
}

_is_named_after(name) if {
	words := split(name, "-")
	some start, _ in words
	some length in [1, 2, 3]
	concat("-", array.slice(words, start, start + length)) in _products
}
