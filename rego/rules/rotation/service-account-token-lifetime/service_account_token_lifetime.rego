# METADATA
# title: ServiceAccount token lives too long
# description: |
#   Looks at every way in which a manifest asks for a ServiceAccount token: Secrets of type
#   `kubernetes.io/service-account-token`, the `secrets` list of ServiceAccounts, projected volumes in
#   any kind of workload, the token lifetimes in VaultAuth and in stores of the External Secrets
#   Operator, and the API server's own flag. A token in a Secret never expires and is bound to no pod:
#   whoever reads it once has it for good.
#
#   Where the ServiceAccount is bound, in the same set, to rights over the whole cluster that lead to
#   all others, its token Secret is critical.
#
#   Left alone: a projected token that says nothing about its lifetime (one hour), the 3607 seconds that
#   the API server itself puts into exported pods, and the Secrets that OpenShift makes for pulling
#   images. Only a projected token whose path, volume or mount names an outside party, such as Vault or
#   a cloud's token service, needs an audience.
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   severity: critical
#   confidence: high
#   scope: set
#   needs: []
#   kinds: ["*"]
#   remediation: |
#     Project a token that expires soon and is meant for one audience:
#
#     ```yaml
#     volumes:
#       - name: vault-token
#         projected:
#           sources:
#             - serviceAccountToken:
#                 audience: vault
#                 expirationSeconds: 3600
#                 path: token
#     ```
#
#     Outside of the cluster, ask the TokenRequest API (`kubectl create token`) for one when it is needed.
#   variants:
#     token-secret:
#       severity: high
#       message: "Makes a token for ServiceAccount `{account}` that never expires"
#     powerful-token-secret:
#       severity: critical
#       message: "Makes a token that never expires for ServiceAccount `{account}`, which holds rights over the whole cluster"
#     token-secret-listed:
#       severity: low
#       message: "Lists the token Secret `{secret}`: a leftover from before tokens expired"
#     lifetime-too-long:
#       severity: medium
#       message: "Asks for a token of {lifetime}; at most {limit} is allowed"
#       fixes: [{key: expirationSeconds, set: 3600}]
#     lifetime-refused:
#       severity: medium
#       message: "A token must live for at least 600 seconds, given as a number: the API server refuses this"
#       fixes: [{key: expirationSeconds, set: 600}]
#     audience-missing:
#       severity: low
#       message: "This token goes to another system, but without `audience` it is good for the API server as well"
#     extended-tokens:
#       severity: low
#       message: "The API server stretches tokens to a year unless `--service-account-extend-token-expiration=false` is set"
#   params:
#     maxTokenSeconds:
#       type: number
#       description: Longest life of a token in seconds.
#       default: 86400
#     maxAgentTokenSeconds:
#       type: number
#       description: Longest life in seconds of a token for a workload of an AI agent.
#       default: 3600
#   related:
#     binding: "Gives the ServiceAccount its rights"
#   frameworks:
#     cis: ["5.1.6", "3.1.2"]
#     nsa: ["NSA-POD", "NSA-AUTH"]
#     owasp: ["K06:2022", "K09:2025"]
#     pci: ["8.6.3"]
#     nist: ["IA-5", "AC-12"]
#     iso: ["A.8.5"]
#     cwe: ["CWE-613", "CWE-262"]
#   practices: [P10, P21, P22]
package portcullis.rules.rotation["service-account-token-lifetime"]

import data.portcullis.lib.durations
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.rotation_tokens as tokens
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains found if {
	some secret in tokens.token_secrets
	not secret.obj.context
	not _made_by_openshift(secret.obj)
	found := _token_secret(secret, tokens.powerful_bindings(secret.obj.namespace, secret.account))
}

_token_secret(secret, bindings) := finding.new("token-secret", secret.obj, ["type"], args) if {
	count(bindings) == 0
	args := {"account": secret.account}
}

_token_secret(secret, bindings) := finding.related(found, places) if {
	count(bindings) > 0
	found := finding.new("powerful-token-secret", secret.obj, ["type"], {"account": secret.account})
	places := [object.union(place, {"label": "binding"}) | some place in bindings]
}

report contains finding.new("token-secret-listed", obj, ["secrets", index], {"secret": item.name}) if {
	some obj in k8s.of_kind("ServiceAccount")
	some index, item in k8s.list(object.get(obj.object, "secrets", null))
	_is_token_secret(obj, item.name)
}

report contains finding.new("lifetime-too-long", request.obj, path, args) if {
	some request in tokens.requests
	seconds := request.request[request.field]
	is_number(seconds)
	limit := {true: params.maxAgentTokenSeconds, false: params.maxTokenSeconds}[request.agent]
	seconds > limit

	# What the API server puts into pods itself, seen in exported manifests.
	seconds != 3607
	path := array.concat(request.path, [request.field])
	args := {"lifetime": durations.text(seconds), "limit": durations.text(limit)}
}

report contains finding.new("lifetime-refused", request.obj, path, {}) if {
	some request in tokens.requests
	seconds := request.request[request.field]
	seconds != null
	not _accepted(seconds)
	path := array.concat(request.path, [request.field])
}

_accepted(seconds) if {
	is_number(seconds)
	seconds >= 600
}

report contains finding.new("audience-missing", request.obj, path, {}) if {
	some request in tokens.projected
	not request.obj.partial
	object.get(request.request, "audience", null) in {null, ""}
	some text in _names(request)
	regex.match(_outside, lower(text))
	path := array.concat(request.path, ["audience"])
}

_outside := `(^|[^a-z0-9])(vault|openbao|bao|sts|spiffe|spire|irsa|aws|gcp|azure|oidc|boundary|consul)([^a-z0-9]|$)`

_names(request) := {text |
	some text in [request.volume, object.get(request.request, "path", "")]
	is_string(text)
} | {mount.mountPath |
	some container in pods.containers(request.obj)
	container.spec_path == request.pod
	some mount in k8s.list(object.get(container.container, "volumeMounts", null))
	mount.name == request.volume
	is_string(mount.mountPath)
}

report contains finding.new("extended-tokens", obj, path, {}) if {
	some obj in input.objects
	not obj.context
	not obj.partial
	some container in pods.containers(obj)
	some field in ["command", "args"]
	some word in k8s.list(object.get(container.container, field, null))
	regex.match(`(^|/)kube-apiserver$`, word)
	not _extension_off(container.container)
	path := array.concat(container.path, _flag_place(container.container, field))
}

_flag := "--service-account-extend-token-expiration"

_extension_off(container) if {
	some field in ["command", "args"]
	some word in k8s.list(object.get(container, field, null))
	word in {concat("=", [_flag, value]) | some value in ["false", "False", "FALSE", "f", "F", "0"]}
}

# The flag itself where it is there, else the list that should hold it.
_flag_place(container, field) := array.concat(_flags(container), [[field]])[0]

_flags(container) := [[place, index] |
	some place in ["command", "args"]
	some index, word in k8s.list(object.get(container, place, null))
	startswith(word, _flag)
]

_made_by_openshift(obj) if {
	object.get(k8s.annotations(obj), "kubernetes.io/created-by", "") == "openshift.io/create-dockercfg-secrets"
}

_is_token_secret(obj, name) if _token_names[[obj.namespace, name]]

_is_token_secret(obj, name) if {
	startswith(name, concat("-", [obj.name, "token"]))
	regex.match(`-token(-[a-z0-9]{5})?$`, name)
}

_token_names := {[secret.obj.namespace, secret.obj.name] |
	some secret in tokens.token_secrets
	not _made_by_openshift(secret.obj)
}
