# METADATA
# title: Secrets that reach AI agents
# description: |
#   An access is `{"pod", "use"}`: a pod of `agents.judged` and an entry of `secret_uses` in it. Secrets with
#   which images are pulled reach the node and no agent; they are left out.
package portcullis.lib.agent_secrets

import data.portcullis.lib.agents
import data.portcullis.lib.k8s
import data.portcullis.lib.secret_uses

# METADATA
# description: Every access of an agent that is being judged, to a Secret or a SecretProviderClass.
accesses := [{"pod": pod, "use": use} |
	some pod in agents.judged
	some use in secret_uses.of(pod.obj)
	use.spec_path == pod.spec.path
	use.mode != "imagePullSecrets"
	not _is_generated(pod, use)
]

# agent-sandbox makes these for each sandbox, under a name of its own.
_is_generated(pod, use) if {
	some generated in k8s.items_at(pod.obj.object, ["spec", "generatedSecrets"])
	generated.name == use.name
}

# METADATA
# description: |
#   Everything secret that agents are given, as a list of `{"pod", "use", "kind", "namespace", "name", "path"}`:
#   `kind` is `Secret`, `SecretProviderClass` or `Vault` (a path that the injector writes into the pod), and `path`
#   leads to the name. `use` is `null` for Vault.
given := array.concat(
	[{
		"pod": access.pod,
		"use": access.use,
		"kind": {true: "SecretProviderClass", false: "Secret"}[access.use.mode == "csi"],
		"namespace": access.use.namespace,
		"name": access.use.name,
		"path": access.use.path,
	} |
		some access in accesses
	],
	[{"pod": pod, "use": null, "kind": "Vault", "namespace": "", "name": value, "path": path} |
		some pod in agents.judged
		some key, value in object.get(pod.spec.metadata, "annotations", {})
		startswith(key, "vault.hashicorp.com/agent-inject-secret-")
		is_string(value)
		value != ""
		path := array.flatten([pod.spec.metadata_path, "annotations", key])
	],
)

# METADATA
# description: |
#   Whether a name, of a variable or of an entry of a Secret, announces a credential: `API_KEY`, `token`,
#   `DB_PASSWORD`; not `TOKEN_FILE` or `MAX_TOKENS`.
is_sensitive(name) if {
	is_string(name)
	regex.match(
		concat("", [
			`(?i)(^|[_.-])(api_?key|access_?key|secret_?key|private_?key|signing_?key|encryption_?key|password|passwd`,
			`|passphrase|pwd|secret|token|credentials?|creds|bearer|dsn|connection_?string)(_?(base64|b64|value|json|id))?$`,
		]),
		name,
	)
	not regex.match(`(?i)(^|[_.-])(key|token|secret)_?id$`, name)
}

# METADATA
# description: |
#   Whether what is used is known to be no credential: a user name, a host, a model, a certificate that is
#   public.
is_public(use) if {
	not is_sensitive(use.label)
	not is_sensitive(use.key)
	some name in [use.key, use.label]
	is_string(name)
	regex.match(_public, name)
}

_public := concat("", [
	`(?i)(^|[_.-])(user|user_?name|host|host_?name|port|region|database|db_?name|org|organi[sz]ation|project|project_?id`,
	`|tenant_?id|client_?id|model|base_?url|endpoint|ca\.crt|ca_?cert|ca_?bundle|ca\.pem)$`,
])
