package portcullis.lib.agent_secrets_test

import data.portcullis.lib.agent_secrets
import data.portcullis.lib.testing

_template := {
	"apiVersion": "extensions.agents.x-k8s.io/v1beta1",
	"kind": "SandboxTemplate",
	"metadata": {"name": "t", "namespace": "n"},
	"spec": {
		"generatedSecrets": [{"name": "made"}, null],
		"podTemplate": {
			"metadata": {"annotations": {
				"vault.hashicorp.com/agent-inject-secret-a": "secret/a",
				"vault.hashicorp.com/agent-inject-secret-b": "",
				"vault.hashicorp.com/agent-inject-secret-c": 5,
				"other": "x",
			}},
			"spec": {
				"imagePullSecrets": [{"name": "registry"}],
				"containers": [{"name": "c", "env": [
					{"name": "A", "valueFrom": {"secretKeyRef": {"name": "made", "key": "k"}}},
					{"name": "B", "valueFrom": {"secretKeyRef": {"name": "kept", "key": "k"}}},
				]}],
				"volumes": [{"name": "v", "csi": {"volumeAttributes": {"secretProviderClass": "spc"}}}],
			},
		},
	},
}

test_what_agents_are_given if {
	found := {[entry.kind, entry.namespace, entry.name, entry.path[count(entry.path) - 1]] |
		some entry in agent_secrets.given
	} with input as testing.input_of([_template])
	found == {
		["Secret", "n", "kept", "name"],
		["SecretProviderClass", "n", "spc", "secretProviderClass"],
		["Vault", "", "secret/a", "vault.hashicorp.com/agent-inject-secret-a"],
	}
}

test_annotations_that_are_none if {
	pod := {"apiVersion": "v1", "kind": "Pod", "metadata": {"labels": {"portcullis/workload": "agent"}, "annotations": null}, "spec": {}}
	found := agent_secrets.given with input as testing.input_of([pod])
	found == []
}

test_names_of_credentials if {
	every name in ["API_KEY", "OPENAI_API_KEY", "token", "db.password", "GITHUB_TOKEN", "client-secret", "apikey", "SECRET_BASE64"] {
		agent_secrets.is_sensitive(name)
	}
	every name in ["TOKEN_FILE", "MAX_TOKENS", "KEY", "AWS_ACCESS_KEY_ID", "monkey", "SECRET_NAME", "", 5, null] {
		not agent_secrets.is_sensitive(name)
	}
}

test_what_is_public if {
	agent_secrets.is_public({"key": "username", "label": "CRM"})
	agent_secrets.is_public({"key": "x", "label": "LLM_BASE_URL"})
	agent_secrets.is_public({"key": "ca.crt", "label": 5})
	not agent_secrets.is_public({"key": "username", "label": "CRM_PASSWORD"})
	not agent_secrets.is_public({"key": "token", "label": "CRM_HOST"})
	not agent_secrets.is_public({"key": "", "label": ""})
	not agent_secrets.is_public({"key": 5, "label": null})
	not agent_secrets.is_public(null)
}
