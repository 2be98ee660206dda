# METADATA
# title: What keeps an agent injector from doing what annotations ask for
# description: |
#   Questions about entries of `injector_annotations.on_pods`. A value that is filled in later answers
#   none of them.
package portcullis.lib.injector_problems

import data.portcullis.lib.identities
import data.portcullis.lib.injector_annotations as injector
import data.portcullis.lib.k8s
import data.portcullis.lib.pods

# METADATA
# description: |
#   Where annotations stand on a workload and on none of its pod templates, as `{obj, path, name}`: one
#   for each object and prefix, the switch before all others.
beside_templates(prefixes) := [{"obj": obj, "path": path, "name": name} |
	some obj in input.objects
	not obj.context
	not obj.partial
	obj.object.kind in identities.plain_kinds
	found := pods.specs(obj)
	count(found) > 0
	some prefix in prefixes
	on_templates := {short | some pod in found; some short, _ in injector.read(pod.metadata, prefix)}
	[base, short] := [[base, short] |
		some base in [["metadata"], ["spec", "jobTemplate", "metadata"]]
		metadata := object.get(obj.object, base, null)
		is_object(metadata)
		values := injector.read(metadata, prefix)
		not _opts_out(values)
		some short in sort(object.keys(values))
		startswith(short, "agent-inject")
		not on_templates[short]
		trim_space(values[short]) != ""
	][0]
	name := concat("/", [prefix, short])
	path := array.concat(base, ["annotations", name])
]

_opts_out(values) if injector.is_false(values["agent-inject"])

# METADATA
# description: Whether the agent logs in with the pod's ServiceAccount.
logs_in_by_kubernetes(entry) if {
	injector.value(entry, "auth-type") in {"", "kubernetes"}
	injector.value(entry, "agent-configmap") == ""
}

# METADATA
# description: Whether a login by Kubernetes is asked for without a role.
lacks_role(entry) if {
	logs_in_by_kubernetes(entry)
	injector.value(entry, "role") == ""
	injector.value(entry, "auth-config-role") == ""
}

# METADATA
# description: Whether the agent would have nothing to do.
renders_nothing(entry) if {
	count(injector.rendered(entry)) == 0
	every short in ["agent-inject-token", "agent-cache-enable", "agent-configmap"] {
		_is_off(injector.value(entry, short))
	}
}

_is_off("")

_is_off(text) if injector.is_false(text)

_settings := [
	"agent-inject-file-", "agent-inject-perms-", "agent-inject-command-", "secret-volume-path-",
	"error-on-missing-key-",
]

# METADATA
# description: |
#   Settings for a secret that is not injected: the annotation's name with that of the secret. A template
#   is an injection of its own. `file-…` belongs to a template in a file as well.
stray_settings(entry) := {short: secret |
	injector.value(entry, "agent-configmap") == ""
	rendered := injector.rendered(entry)
	some start in _settings
	some short, _ in entry.values
	startswith(short, start)
	secret := trim_prefix(short, start)
	not rendered[secret]
	injector.value(entry, short) != ""
}

# METADATA
# description: Whether the value of a switch is none that Go reads.
is_no_switch(text) if {
	text != ""
	not injector.is_true(text)
	not injector.is_false(text)
	not injector.is_template(text)
}

_credentials := {
	"auth-config-token", "auth-config-secret-id", "auth-config-secret_id", "auth-config-password", "auth-config-jwt",
}

# METADATA
# description: Names of annotations that hold what logs in to Vault.
inline_credentials(entry) := {short |
	some short in _credentials
	text := injector.value(entry, short)
	text != ""
	not injector.is_template(text)
}

# METADATA
# description: |
#   The name of an init container of the pod's own that reads injected secrets, where nothing makes the
#   agent run before it.
early_reader(entry) := [container.container.name |
	not injector.is_true(injector.value(entry, "agent-init-first"))
	not injector.is_template(injector.value(entry, "agent-init-first"))
	not injector.is_false(injector.value(entry, "agent-pre-populate"))
	directories := _directories(entry)
	some container in injector.init_containers(entry)
	is_string(container.container.name)
	_reads(container.container, directories)
][0]

_directories(entry) := {"/vault/secrets"} | {text |
	some short, _ in entry.values
	startswith(short, "secret-volume-path")
	text := injector.value(entry, short)
	startswith(text, "/")
	count(text) > 1
}

_reads(container, _) if {
	some mount in k8s.items_at(container, ["volumeMounts"])
	mount.name == "vault-secrets"
}

_reads(container, directories) if {
	some field in ["command", "args"]
	some word in k8s.items_at(container, [field])
	some directory in directories
	is_string(word)
	contains(word, directory)
}

_reads(container, directories) if {
	some variable in k8s.items_at(container, ["env"])
	some directory in directories
	is_string(variable.value)
	contains(variable.value, directory)
}
