package portcullis.lib.monitoring_test

import data.portcullis.lib.monitoring

_subject(namespace, name) := {"kind": "ServiceAccount", "namespace": namespace, "name": name}

_plain := {"object": {"metadata": {}}}

test_readers if {
	monitoring.is_reader(_subject("monitoring", "anything"), _plain)
	monitoring.is_reader(_subject("n", "rel-kube-state-metrics"), _plain)
	monitoring.is_reader(_subject("n", "datadog-cluster"), _plain)
	monitoring.is_reader(_subject("n", "s"), {"object": {"metadata": {"labels": {"app.kubernetes.io/name": "promtail"}}}})
}

test_others if {
	not monitoring.is_reader(_subject("n", "invoices"), _plain)
	not monitoring.is_reader(_subject("n", "s"), {"object": {"metadata": {"labels": {"app": 3}}}})
}
