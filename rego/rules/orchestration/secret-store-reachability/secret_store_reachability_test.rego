package portcullis.rules.orchestration["secret-store-reachability_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.orchestration["secret-store-reachability"] as rule

_object(version, kind, name, fields) := object.union(
	{"apiVersion": version, "kind": kind, "metadata": {"name": name, "namespace": "s"}},
	fields,
)

_service(name, spec) := _object("v1", "Service", name, {"spec": object.union({"selector": {"app": "vault"}}, spec)})

_workload(kind, name, labels, containers) := _object("apps/v1", kind, name, {"spec": {"template": {
	"metadata": {"labels": labels},
	"spec": {"containers": containers},
}}})

_vault := _workload("StatefulSet", "vault", {"app": "vault"}, [{"name": "v", "image": "hashicorp/vault:1"}])

_route(version, kind, spec) := _object(version, kind, "r", {"spec": spec})

_found := {[entry.object, entry.variant, object.get(entry, "severity", "")] | some entry in rule.report}

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as testing.input_of([_service("vault", {"type": "NodePort"})])
	report == {{
		"variant": "exposed-service",
		"object": 0,
		"path": ["spec", "type"],
		"args": {"setting": "type: NodePort"},
	}}
}

test_a_store_by_its_image if {
	_found == {[0, "policy-missing", "info"]} with input as testing.input_of([
		_workload("Deployment", "s", {}, [{"image": "ghcr.io/openbao/openbao@sha256:0"}]),
	])
	_found == set() with input as testing.input_of([
		_workload("Deployment", "s", {}, [{"image": "mirror/hashicorp/vault", "command": ["vault", "agent"]}]),
	])
	_found == set() with input as testing.input_of([_workload("Deployment", "s", {}, [{"image": "hashicorp/vault-k8s:1"}, {"image": 7}])])
	_found == set() with input as testing.input_of([_workload("DaemonSet", "s", {}, [{"image": "hashicorp/vault:1"}])])
}

test_services_that_select_a_store if {
	store := _workload("Deployment", "s", {"a": "b", "c": "d"}, [{"image": "openbao/openbao"}])
	objects := [
		store,
		_object("v1", "Service", "one", {"spec": {"type": "NodePort", "selector": {"a": "b"}}}),
		_object("v1", "Service", "two", {"spec": {"type": "NodePort", "selector": {"a": "b", "c": "x"}}}),
		_object("v1", "Service", "three", {"spec": {"type": "NodePort"}}),
		_object("v1", "Service", "four", {"metadata": {"labels": {"k8s-app": "vault"}}, "spec": {"type": "NodePort", "selector": null}}),
		_object("serving.knative.dev/v1", "Service", "vault", {"spec": {"type": "NodePort", "selector": {"app": "vault"}}}),
	]
	{index | some [index, "exposed-service", _] in _found with input as testing.input_of(objects)} == {1, 4}
}

test_ingresses if {
	backend := {"defaultBackend": {"service": {"name": "vault"}}}
	legacy := {"rules": [{"http": {"paths": [{"backend": {"serviceName": "vault"}}]}}]}
	marked := [_object("networking.k8s.io/v1", "Ingress", "i", {"metadata": {"annotations": annotations}, "spec": backend}) |
		some annotations in [
			{"haproxy.org/server-ssl": "true"},
			{"alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:eu-central-1:1:certificate/1"},
			{"x/ssl-passthrough": false, "x/backend-protocol": 7},
		]
	]
	objects := array.concat([_service("vault", {}), _route("extensions/v1beta1", "Ingress", legacy), _route("example.com/v1", "Ingress", backend)], marked)
	_found == {
		[1, "exposed-without-tls", ""],
		[3, "exposed-with-tls", ""],
		[4, "exposed-edge-tls", ""],
		[5, "exposed-without-tls", ""],
	} with input as testing.input_of(objects)
}

test_routes if {
	refs := {"rules": [{"backendRefs": [{"name": "vault"}, {"name": 7}, {"kind": "X", "name": "vault"}]}]}
	parent := {"parentRefs": [{"name": "g", "sectionName": "a"}]}
	gateway := _route("gateway.networking.k8s.io/v1", "Gateway", {"listeners": [{"name": "a", "protocol": "HTTP"}, {"name": "b", "protocol": "HTTPS"}]})
	objects := [
		_service("vault", {}),
		object.union(gateway, {"metadata": {"name": "g"}}),
		_route("gateway.networking.k8s.io/v1", "HTTPRoute", object.union(refs, parent)),
		_route("gateway.networking.k8s.io/v1", "GRPCRoute", refs),
		_route("gateway.networking.k8s.io/v1", "TCPRoute", refs),
		_route("route.openshift.io/v1", "Route", {"to": {"name": "vault"}, "tls": {"termination": "reencrypt"}}),
		_route("route.openshift.io/v1", "Route", {"to": {"name": 7}}),
	]
	_found == {
		[2, "exposed-without-tls", ""],
		[3, "exposed-edge-tls", ""],
		[4, "exposed-with-tls", ""],
		[5, "exposed-with-tls", ""],
	} with input as testing.input_of(objects)
}

_neighbour(name, labels) := _workload("Deployment", name, labels, [{"image": "x:1"}])

test_neighbours if {
	store := _workload("StatefulSet", "vault", {"app": "vault", "app.kubernetes.io/instance": "r"}, [{"image": "hashicorp/vault:1"}])
	shared := {[0, "policy-missing", "info"], [0, "shared-namespace", ""]}

	_found == shared with input as testing.input_of([store, _neighbour("basket", {})])
	_found == {[0, "policy-missing", "info"]} with input as testing.input_of([store, _neighbour("basket", {"app.kubernetes.io/instance": "r"})])
	_found == shared with input as testing.input_of([
		store, object.union(_neighbour("basket", {"app.kubernetes.io/instance": "r"}), {"metadata": {"labels": {"portcullis/workload": "agent"}}}),
	])
	_found == {[0, "policy-missing", "info"]} with input as testing.input_of([store, _neighbour("vault-backup", {})])
	_found == {[0, "policy-missing", "info"]} with input as testing.input_of([store, _neighbour("b", {"app.kubernetes.io/name": "redis"})])
	_found == {[0, "policy-missing", "info"]} with input as testing.input_of([store, _workload("DaemonSet", "b", {}, [{"image": "x:1"}])])
}

_installs := [
	_object("helm.toolkit.fluxcd.io/v2", "HelmRelease", "v", {"spec": {"chart": {"spec": {"chart": "./charts/vault"}}, "values": _exposing}}),
	_object("argoproj.io/v1alpha1", "Application", "v", {"spec": {"sources": [{"chart": "openbao", "helm": {"valuesObject": _exposing}}]}}),
	_object("helm.cattle.io/v1", "HelmChart", "v", {"spec": {"chart": "vault", "valuesContent": "ui: {enabled: true, serviceType: NodePort}"}}),
	_object("kustomize.config.k8s.io/v1beta1", "Kustomization", "v", {"helmCharts": [{"name": "vault", "valuesInline": _exposing}]}),
	{"kind": "HelmValues", "openbao": {"server": {"service": {"type": "LoadBalancer"}}}},
	{"kind": "HelmValues", "ui": {"enabled": true, "serviceType": "LoadBalancer"}, "injector": {}, "server": {}},
]

_exposing := {"ui": {"enabled": true, "serviceType": "LoadBalancer"}}

test_values[index] if {
	some index, install in _installs
	_found == {[0, "values-expose-store", ""]} with input as testing.input_of([install])
}

test_values_that_keep_it_inside if {
	_found == set() with input as testing.input_of([
		{"kind": "HelmValues", "ui": {"enabled": true, "serviceType": "LoadBalancer"}},
		{"kind": "HelmValues", "vault": {"ui": {"enabled": false, "serviceType": "LoadBalancer"}, "server": {"service": {"enabled": false, "type": "NodePort"}}}},
		_object("helm.cattle.io/v1", "HelmChart", "v", {"spec": {"chart": "vault", "valuesContent": "{"}}),
		_object("helm.cattle.io/v1", "HelmChart", "v", {"spec": {"chart": "vault", "valuesContent": "[1]"}}),
		_object("helm.cattle.io/v1", "HelmChart", "v", {"spec": {"chart": "grafana", "valuesContent": "ui: {enabled: true, serviceType: NodePort}"}}),
		_object("example.com/v1", "Application", "v", {"spec": {"source": "x"}}),
		_object("argoproj.io/v1alpha1", "Application", "v", {"spec": {"source": "x"}}),
	])
}

test_hostile_shapes if {
	_found == set() with input as testing.input_of([
		_object("v1", "Service", "vault", {"spec": null}),
		_object("v1", "Service", "vault", {"spec": {"type": 7, "selector": {"app": 7}, "externalIPs": "x"}}),
		_route("networking.k8s.io/v1", "Ingress", {"rules": [null, {"http": null}], "defaultBackend": "x"}),
		_route("gateway.networking.k8s.io/v1", "HTTPRoute", null),
		_route("route.openshift.io/v1", "Route", null),
		_workload("Deployment", "d", null, [{"image": "x", "args": [7]}]),
	])
}

test_policies_that_select_every_pod_are_not_about_the_store if {
	policy := _object("networking.k8s.io/v1", "NetworkPolicy", "p", {"spec": {"podSelector": {}, "ingress": [{}]}})
	_found == set() with input as testing.input_of([_vault, policy])
	narrow := _object("networking.k8s.io/v1", "NetworkPolicy", "p", {"spec": {"podSelector": {"matchLabels": {"app": "vault"}}, "ingress": [{}]}})
	_found == {[1, "policy-open", ""]} with input as testing.input_of([_vault, narrow])
}

test_severities if {
	inside := object.union(
		_service("vault", {"type": "LoadBalancer", "externalIPs": ["203.0.113.7"]}),
		{"metadata": {"annotations": {"networking.gke.io/load-balancer-type": "Internal"}}},
	)
	mutual := _object("networking.k8s.io/v1", "Ingress", "i", {
		"metadata": {"annotations": {"nginx.ingress.kubernetes.io/auth-tls-secret": "s/ca"}},
		"spec": {"tls": [{}], "defaultBackend": {"service": {"name": "vault"}}},
	})
	edge := object.remove(mutual, ["metadata"])
	objects := [inside, mutual, object.union(edge, {"metadata": {"name": "e", "namespace": "s"}})]
	expected := {[0, "exposed-service", "medium"], [0, "exposed-service", ""], [1, "exposed-edge-tls", "low"]}
	_found == expected | {[2, "exposed-edge-tls", ""]} with input as testing.input_of(objects)
	_found == expected | {[2, "exposed-edge-tls", "high"]} with input as testing.input_of(objects) with data.settings.profile as "strict"
}

test_sealed_secrets_and_webhooks if {
	sealed := _object("v1", "Service", "sealed", {"spec": {"selector": {"app.kubernetes.io/name": "sealed-secrets"}}})
	ingress := _route("networking.k8s.io/v1", "Ingress", {"defaultBackend": {"service": {"name": "sealed"}}})
	_found == {[1, "sealed-secrets-exposed", ""]} with input as testing.input_of([sealed, ingress])
	webhook := _workload("Deployment", "w", {"app.kubernetes.io/name": "external-secrets-webhook"}, [{"image": "x:1"}])
	policy := _object("networking.k8s.io/v1", "NetworkPolicy", "p", {"spec": {
		"podSelector": {"matchLabels": {"app.kubernetes.io/name": "external-secrets-webhook"}},
		"ingress": [{"from": [{"namespaceSelector": {}}]}],
	}})
	_found == set() with input as testing.input_of([webhook, policy])
	narrow := _object("networking.k8s.io/v1", "NetworkPolicy", "p", {"spec": {
		"podSelector": {"matchLabels": {"app": "vault"}},
		"ingress": [{"from": [{"namespaceSelector": {}}]}],
	}})
	_found == {[1, "policy-open", ""]} with input as testing.input_of([_vault, narrow])
}
