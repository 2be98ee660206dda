# METADATA
# title: Secret store in the cluster is reachable by more than its clients
# description: |
#   Looks at how one gets to a secret store that runs in the cluster: Vault, OpenBao, Conjur, Infisical,
#   1Password Connect, the controller of Sealed Secrets, the webhook of External Secrets. A store is known by its
#   name labels, by its image, or by the Service that selects it.
#
#   A Service for a load balancer, for nodes or with external addresses is high, one for an internal load
#   balancer medium. So is an Ingress, a gateway's route or an OpenShift Route: high without TLS, medium with it,
#   since a store rarely needs to be seen from outside, and low where clients show a certificate. Where TLS ends
#   at the gateway the tokens go on in clear text; that is medium, and high under the profile `strict`. Charts of
#   Vault and OpenBao are judged by their values where they are installed.
#
#   Inside the cluster, a store is to be behind a policy for ingress that names its clients, and in a namespace of
#   its own. Policies may stand elsewhere: without `completeness: full` their absence is `info`.
#
#   Left alone: stores outside of the cluster; sealed-secrets in `kube-system`, where it belongs; databases,
#   injectors and others of the same release beside a store; open policies of webhooks, which the API server has
#   to reach, whatever its address. Sealed Secrets gives out no secret, so its Ingress is medium.
# related_resources:
#   - ref: https://developer.hashicorp.com/vault/docs/concepts/production-hardening
#   - ref: https://developer.hashicorp.com/vault/docs/platform/k8s/helm/configuration
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/
# custom:
#   severity: high
#   confidence: medium
#   scope: set
#   needs: []
#   kinds:
#     - Service
#     - Ingress
#     - HTTPRoute
#     - GRPCRoute
#     - TLSRoute
#     - TCPRoute
#     - Gateway
#     - BackendTLSPolicy
#     - Route
#     - NetworkPolicy
#     - GlobalNetworkPolicy
#     - CiliumNetworkPolicy
#     - CiliumClusterwideNetworkPolicy
#     - AdminNetworkPolicy
#     - BaselineAdminNetworkPolicy
#     - ClusterNetworkPolicy
#     - Namespace
#     - Pod
#     - Deployment
#     - StatefulSet
#     - DaemonSet
#     - ReplicaSet
#     - Rollout
#     - Sandbox
#     - SandboxTemplate
#     - HelmRelease
#     - Application
#     - HelmChart
#     - Kustomization
#     - HelmValues
#   remediation: |
#     Keep the Service at `ClusterIP`, and let in the namespaces that are labelled as clients:
#
#     ```yaml
#     apiVersion: networking.k8s.io/v1
#     kind: NetworkPolicy
#     metadata:
#       name: vault-clients
#       namespace: security
#     spec:
#       podSelector:
#         matchLabels:
#           app.kubernetes.io/name: vault
#       policyTypes: [Ingress]
#       ingress:
#         - from:
#             - namespaceSelector:
#                 matchLabels:
#                   secrets.example.com/vault-client: "true"
#           ports:
#             - protocol: TCP
#               port: 8200
#     ```
#   variants:
#     exposed-service:
#       severity: high
#       message: "`{setting}` makes the store reachable from outside of the cluster: use `ClusterIP`"
#     exposed-without-tls:
#       severity: high
#       message: "Opens the store `{service}` to the outside without TLS: tokens and secrets travel in clear text"
#     exposed-edge-tls:
#       severity: medium
#       message: "Opens the store `{service}` to the outside, with TLS that ends at the gateway: pass it through or encrypt again, if it has to be open at all"
#     exposed-with-tls:
#       severity: medium
#       message: "Opens the store `{service}` to the outside: see whether its clients really are there"
#     sealed-secrets-exposed:
#       severity: medium
#       message: "Opens the controller of Sealed Secrets to the outside: hand out its certificate instead"
#     values-expose-store:
#       severity: high
#       message: "`{setting}` has the chart make the store reachable from outside of the cluster"
#     policy-missing:
#       severity: medium
#       message: "No policy limits who may connect to this store: add one for ingress that names its clients"
#     policy-open:
#       severity: medium
#       message: "This policy lets every namespace connect to the store: select the namespaces of its clients"
#     shared-namespace:
#       severity: medium
#       message: "The store shares namespace `{namespace}` with {other}: whoever may create pods or read Secrets there gets at the store"
#   params:
#     storeWorkloads:
#       type: array
#       description: "What a store is known by: the value of a name label such as `app.kubernetes.io/name`, or with a `/` the end of an image's repository."
#       default:
#         - vault
#         - openbao
#         - external-secrets-webhook
#         - sealed-secrets
#         - sealed-secrets-controller
#         - conjur
#         - conjur-oss
#         - infisical
#         - infisical-standalone
#         - onepassword-connect
#         - 1password-connect
#         - hashicorp/vault
#         - hashicorp/vault-enterprise
#         - openbao/openbao
#         - bitnami/sealed-secrets-controller
#         - bitnami-labs/sealed-secrets-controller
#         - cyberark/conjur
#         - infisical/infisical
#         - 1password/connect-api
#   frameworks:
#     cis: ["5.3.2"]
#     nsa: ["NSA-NET"]
#     owasp: ["K07:2022", "K05:2025", "K06:2025"]
#     pci: ["1.3.1", "1.4.4"]
#     nist: ["SC-7", "SC-7(21)"]
#     iso: ["A.8.22"]
#     cwe: ["CWE-668", "CWE-923"]
#   practices: [P02, P22, P26]
package portcullis.rules.orchestration["secret-store-reachability"]

import data.portcullis.lib.exposure
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.label_selectors
import data.portcullis.lib.network_policies
import data.portcullis.lib.network_policy_rules
import data.portcullis.lib.secret_store_routes
import data.portcullis.lib.secret_store_servers as store_servers
import data.portcullis.lib.secret_store_values
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

_services := store_servers.services(params.storeWorkloads, _labels)

_labels := {label: every_one | some label, every_one in _by_label}

_by_label[[pod.namespace, key, value]] contains pod.labels if {
	some pod in _servers
	some key, value in pod.labels
}

_servers := store_servers.servers(params.storeWorkloads)

report contains found if {
	some service in _services
	type := object.get(service.object, ["spec", "type"], "ClusterIP")
	type in {"LoadBalancer", "NodePort"}
	exposed := finding.new("exposed-service", service, ["spec", "type"], {"setting": concat(": ", ["type", type])})
	found := _medium_if_internal(exposed, service)
}

_medium_if_internal(found, service) := finding.with_severity(found, "medium") if {
	exposure.is_internal(service)
} else := found

report contains finding.new("exposed-service", service, ["spec", "externalIPs"], {"setting": "externalIPs"}) if {
	some service in _services
	count(k8s.items_at(service.object, ["spec", "externalIPs"])) > 0
}

_names := {[service.namespace, service.name] | some service in _services}

_sealed_secrets := {[service.namespace, service.name] |
	some service in _services
	some labels in [k8s.labels(service), object.get(service.object, ["spec", "selector"], {})]
	store_servers.is_sealed_secrets(labels)
}

report contains found if {
	some route in secret_store_routes.routes
	_names[[route.namespace, route.service]]
	found := _route(finding.new(_route_variant(route), route.obj, route.path, {"service": route.service}), route)
}

_route_variant(route) := "sealed-secrets-exposed" if {
	_sealed_secrets[[route.namespace, route.service]]
} else := {"none": "exposed-without-tls", "edge": "exposed-edge-tls", "through": "exposed-with-tls"}[route.tls]

_route(found, route) := finding.with_severity(found, "low") if {
	route.is_mutual
	route.tls != "none"
} else := finding.with_severity(found, "high") if {
	found.variant == "exposed-edge-tls"
	settings.profile == "strict"
} else := found

report contains finding.new("values-expose-store", found.obj, found.path, {"setting": found.setting}) if {
	some found in secret_store_values.exposing
}

# What is absent from a part of the set may well be in another.
report contains finding.with_severity(finding.new("policy-missing", server.obj, ["kind"], {}), severity) if {
	some server in _servers
	not "ingress" in network_policies.isolates(server.namespace, server.labels, network_policies.kinds)
	severity := {true: "medium", false: "info"}[settings.completeness == "full"]
}

_store_policies := {policy.obj.id |
	some server in _servers
	not store_servers.is_webhook(server.labels)
	some policy in network_policies.selecting(server.namespace, server.labels, network_policies.kinds)
	policy.selector != null
	not label_selectors.is_empty(policy.selector)
}

report contains finding.new("policy-open", rule.obj, path, {}) if {
	some rule in network_policy_rules.rules
	rule.direction == "ingress"
	_store_policies[rule.obj.id]
	some path in _open_places(rule)
}

_open_places(rule) := {rule.path} if rule.is_open

_open_places(rule) := {peer.path | some peer in rule.peers; peer.type in {"all-pods", "pods-of-all-namespaces"}} if not rule.is_open

report contains finding.new("shared-namespace", server.obj, ["metadata", "namespace"], args) if {
	some server in _servers
	not server.namespace in {"", "kube-system"}
	not store_servers.is_webhook(server.labels)
	args := {"namespace": server.namespace, "other": store_servers.neighbour(server, _strangers)}
}

_strangers := store_servers.strangers(params.storeWorkloads, _servers)
