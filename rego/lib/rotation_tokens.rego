# METADATA
# title: ServiceAccount tokens, where manifests ask for them
package portcullis.lib.rotation_tokens

import data.portcullis.lib.agents
import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.rbac
import data.portcullis.lib.rbac_bindings
import data.portcullis.lib.rbac_entries
import data.portcullis.lib.rbac_subjects

# METADATA
# description: |
#   Every request for a token with a lifetime in the objects that are judged: `{obj, path, request,
#   field, agent}`, where `field` names the lifetime in `request`, which stands at `path`. Projected
#   volumes also have `volume` and `pod`, the names to judge the audience by.
requests := array.concat(array.concat(projected, _vault), _stores)

# METADATA
# description: Requests in projected volumes of pods.
projected := [request |
	some obj in input.objects
	not obj.context
	some pod in pods.specs(obj)
	some index, volume in k8s.list(object.get(pod.spec, "volumes", null))
	some position, source in k8s.list(object.get(volume, ["projected", "sources"], null))
	is_object(source.serviceAccountToken)
	request := {
		"obj": obj,
		"path": array.concat(pod.path, ["volumes", index, "projected", "sources", position, "serviceAccountToken"]),
		"request": source.serviceAccountToken,
		"field": "expirationSeconds",
		"volume": object.get(volume, "name", ""),
		"pod": pod.path,
		"agent": _is_agents(obj),
	}
]

_vault := [request |
	some obj in k8s.of_kind("VaultAuth")
	k8s.group(obj.object.apiVersion) == "secrets.hashicorp.com"
	some method in ["kubernetes", "jwt"]
	is_object(obj.object.spec[method])
	request := {
		"obj": obj,
		"path": ["spec", method],
		"request": obj.object.spec[method],
		"field": "tokenExpirationSeconds",
		"agent": _is_agents(obj),
	}
]

_stores := [request |
	some kind in ["SecretStore", "ClusterSecretStore", "VaultDynamicSecret", "ClusterGenerator"]
	some obj in k8s.of_kind(kind)
	endswith(k8s.group(obj.object.apiVersion), "external-secrets.io")
	walk(obj.object, [path, value])
	path[count(path) - 1] == "kubernetesServiceAccountToken"
	is_object(value)
	request := {
		"obj": obj,
		"path": path,
		"request": value,
		"field": "expirationSeconds",
		"agent": _is_agents(obj),
	}
]

default _is_agents(_) := false

_is_agents(obj) if agents.owns(obj)

# METADATA
# description: "Token Secrets, known ones too: `{obj, account}` with the name of the ServiceAccount."
token_secrets := [{"obj": obj, "account": account} |
	some obj in k8s.known_of_kind("Secret")
	obj.object.type == "kubernetes.io/service-account-token"
	account := _text(object.get(k8s.annotations(obj), "kubernetes.io/service-account.name", "?"))
]

_text(value) := value if is_string(value)

_text(value) := "?" if not is_string(value)

# METADATA
# description: |
#   Where a ServiceAccount gets rights over the whole cluster that lead to all others: up to three
#   places `{object, path}` of bindings, in order; empty where the set shows none.
powerful_bindings(namespace, name) := array.slice(sort(places), 0, 3) if {
	subject := {
		"kind": "ServiceAccount",
		"namespace": namespace,
		"id": rbac_subjects.service_account(namespace, name),
	}
	places := {place |
		some id in rbac_subjects.memberships(subject)
		some place in _powerful[id]
	}
}

# The role itself is built in and seldom in the set.
_powerful[subject.id] contains {"object": binding.obj.id, "path": ["roleRef", "name"]} if {
	some binding in rbac_bindings.known
	binding.cluster
	binding.role_ref.name == "cluster-admin"
	some subject in binding.subjects
}

_powerful[subject.id] contains {"object": grant.obj.id, "path": grant.path} if {
	some entry in rbac_entries.known
	_is_dangerous(entry.rule)
	some grant in entry.grants
	grant.cluster
	some subject in grant.subjects
}

_is_dangerous(rule) if {
	some group, resources in _dangerous
	some resource, verbs in resources
	rbac.covers(rule, group, resource)
	count(rbac.unnamed_verbs(rule, verbs)) > 0
}

_dangerous := {
	"": {
		"secrets": {"get", "list", "watch"},
		"pods": {"create"},
		"pods/exec": {"create", "get"},
		"serviceaccounts/token": {"create"},
		"users": {"impersonate"},
		"groups": {"impersonate"},
		"serviceaccounts": {"impersonate"},
		"nodes/proxy": {"get", "create"},
	},
	"apps": {"deployments": {"create", "update", "patch"}, "daemonsets": {"create", "update", "patch"}},
	"rbac.authorization.k8s.io": {
		"clusterroles": {"escalate", "bind"},
		"clusterrolebindings": {"create", "update", "patch"},
		"rolebindings": {"create", "update", "patch"},
	},
	"admissionregistration.k8s.io": {
		"mutatingwebhookconfigurations": {"create", "update", "patch"},
		"validatingwebhookconfigurations": {"create", "update", "patch"},
	},
}
