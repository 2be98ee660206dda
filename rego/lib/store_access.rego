# METADATA
# title: Objects that share what they fetch with more than those who need it
package portcullis.lib.store_access

import data.portcullis.lib.k8s
import data.portcullis.lib.store_scopes as scopes
import data.portcullis.lib.store_views as views

# METADATA
# description: |
#   Objects that others may use, as `{obj, variant, path, args, severity}`; `regexes` are patterns that stand for all.
shared(regexes) := array.flatten([_vault_auths, _csi_secrets(regexes), _trusting, _agent_objects])

_vault_auths := [{"obj": obj, "variant": "vault-auth-for-all", "path": ["spec", "allowedNamespaces", index], "args": {}, "severity": "high"} |
	some kind in ["VaultAuth", "VaultAuthGlobal"]
	some obj in k8s.of_kind(kind)
	views.is_vso(obj)
	some index, name in k8s.items_at(obj.object, ["spec", "allowedNamespaces"])
	name == "*"
]

# With `matchPolicy: any` one pattern is enough; else the other patterns and the labels bound it, if not well.
_csi_secrets(regexes) := [{"obj": obj, "variant": "csi-access-for-all", "path": array.concat(_control, path), "args": {}, "severity": severity} |
	some obj in _all_csi_secrets
	control := views.object_at(obj.object, _control)
	patterns := _patterns(control)
	broad := {path | some path, pattern in patterns; pattern in regexes}
	path := min(broad)
	severity := {true: "high", false: "medium"}[_is_open(control, patterns, broad)]
]

_control := ["spec", "accessControl"]

_all_csi_secrets := [obj |
	some obj in k8s.of_kind("CSISecrets")
	views.is_vso(obj)
]

_patterns(control) := object.union(
	{["serviceAccountPattern"]: control.serviceAccountPattern | control.serviceAccountPattern},
	{[field, index]: pattern |
		some field in ["namespacePatterns", "podNamePatterns"]
		some index, pattern in k8s.items_at(control, [field])
	},
)

default _is_open(_, _, _) := false

_is_open(control, _, broad) if {
	control.matchPolicy == "any"
	count(broad) > 0
}

_is_open(control, patterns, broad) if {
	count(broad) > 0
	fields := {path[0] | some path, _ in patterns}
	{path[0] | some path in broad} == fields
	count(views.object_at(control, ["podLabels"])) == 0
}

_trusting := [entry |
	some obj in _all_csi_secrets
	reference := views.object_at(obj.object, ["spec", "vaultAuthRef"])
	reference.trustNamespace == true
	namespace := object.get(reference, "namespace", "")
	not namespace in {"", obj.namespace}
	entry := {
		"obj": obj,
		"variant": "trusts-other-namespace",
		"path": ["spec", "vaultAuthRef", "trustNamespace"],
		"args": {"namespace": namespace},
		"severity": "low",
	}
]

_agent_objects := [entry |
	some kind in ["Agent", "ModelConfig", "RemoteMCPServer"]
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == "kagent.dev"
	path := ["spec", "allowedNamespaces", "from"]
	object.get(obj.object, path, null) == "All"
	entry := {"obj": obj, "variant": "shared-agent-object", "path": path, "args": {"kind": kind}, "severity": "medium"}
]

# METADATA
# description: Whether an item of `dataFrom` finds all that its store can read.
finds_everything(item, regexes) if {
	is_object(item.find)
	object.get(item.find, "path", "") in {"", "/", "."}
	count(views.object_at(item.find, ["tags"])) == 0
	_names_nothing(item.find, regexes)
}

_names_nothing(find, _) if object.get(find, ["name", "regexp"], "") == ""

_names_nothing(find, regexes) if find.name.regexp in regexes

# METADATA
# description: |
#   ClusterExternalSecrets that go into every namespace, as `{obj, path, severity}`.
distributed := [{"obj": obj, "path": path, "severity": severity} |
	some obj in k8s.of_kind("ClusterExternalSecret")
	views.is_eso(obj)
	path := _everywhere(obj)
	severity := {true: "medium", false: "high"}[_is_registry_login(obj)]
]

_everywhere(obj) := ["spec", "namespaceSelector"] if {
	scopes.is_everything(obj.object.spec.namespaceSelector)
} else := ["spec", "namespaceSelectors", min(broad)] if {
	broad := {index |
		some index, selector in k8s.items_at(obj.object, ["spec", "namespaceSelectors"])
		scopes.is_everything(selector)
	}
	count(broad) > 0
}

default _is_registry_login(_) := false

_is_registry_login(obj) if {
	object.get(obj.object, ["spec", "externalSecretSpec", "target", "template", "type"], "") in {
		"kubernetes.io/dockerconfigjson",
		"kubernetes.io/dockercfg",
	}
}
