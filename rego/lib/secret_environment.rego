# METADATA
# title: Which variables of a container hold secrets
package portcullis.lib.secret_environment

import data.portcullis.lib.k8s

# METADATA
# description: |
#   Names of the variables of a container that get their value from a Secret, from a file of variables,
#   or from another such variable by `$(NAME)` in their value. `envFrom` names no variables: see `exports`.
names(container) := direct | {item.name |
	some item in k8s.items_at(container, ["env"])
	is_string(item.name)
	is_string(item.value)
	some name in expanded(item.value)
	name in direct
} if {
	direct := {item.name |
		some item in k8s.items_at(container, ["env"])
		is_string(item.name)
		some field in ["secretKeyRef", "fileKeyRef"]
		is_object(object.get(item, ["valueFrom", field], null))
	}
}

# METADATA
# description: Whether a container gets all entries of a Secret as variables.
exports(container) if {
	some item in k8s.items_at(container, ["envFrom"])
	is_object(item.secretRef)
}

# METADATA
# description: |
#   Whether `name` is a variable that holds a secret: one of `names`, or one that nothing declares, has a
#   name that announces a secret, and may come from a Secret that is exported as a whole.
holds_secret(container, name) if name in names(container)

holds_secret(container, name) if {
	exports(container)
	announces(name)
	count([1 | some item in k8s.items_at(container, ["env"]); item.name == name]) == 0
}

# METADATA
# description: Whether a container has any variable that holds a secret.
has_any(container) if count(names(container)) > 0

has_any(container) if exports(container)

# METADATA
# description: Whether the name of a variable says that it holds a secret.
announces(name) if {
	regex.match(`(?i)(^|_)(password|passwd|passphrase|pwd|secret|token|api_?key|access_?key|private_?key|credentials?)(_|$)`, name)
	not regex.match(`(?i)_(file|path|dir|name|url|uri|host|user|username|ttl|id)$`, name)
}

# METADATA
# description: |
#   Names that Kubernetes expands in a text: `$(NAME)`, but for `$$(NAME)`.
#   Source: https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
expanded(text) := {match[1] |
	some match in regex.find_all_string_submatch_n(`\$\(([A-Za-z_.-][A-Za-z0-9_.-]*)\)`, replace(text, "$$", ""), -1)
}
