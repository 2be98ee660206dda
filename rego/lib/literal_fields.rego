# METADATA
# title: Fields of custom resources that take a literal next to a reference
# description: |
#   Which fields are known to take a credential in plain text, and what to write in their place. The host
#   finds what stands in them; a field of a name that says nothing is found through its own table.
package portcullis.lib.literal_fields

import data.portcullis.lib.gitops
import data.portcullis.lib.k8s

# METADATA
# description: |
#   What to write in the place of the value at `path` of `obj`; undefined where the field is not known. `more`
#   are further fields: `{group, kind, path, instead}`.
instead_of(obj, path, more) := min(found) if {
	group := k8s.group(obj.object.apiVersion)
	rows := array.concat(object.get(_fields, group, []), _of_family(group))
	found := {row.instead |
		some row in array.concat(rows, _rows(more, group))
		row.kind in {"*", obj.object.kind}
		gitops.leads_into(row.path, path)
	}
	count(found) > 0
}

_of_family(group) := [{"kind": "*", "path": ["spec"], "instead": "`valueFrom.secretKeyRef`"}] if {
	endswith(group, ".cnrm.cloud.google.com")
} else := []

_rows(more, group) := [row |
	some field in k8s.list(more)
	field.group == group
	row := {
		"kind": field.kind,
		"path": split(field.path, "."),
		"instead": object.get(field, "instead", "a reference to a Secret"),
	}
]

_store := "`spec.provider.webhook.secrets` and `{{ … }}` where the value belongs"

_template := "`{{ … }}` with an entry that comes from the store"

_fields := {
	"cert-manager.io": [{"kind": "Certificate", "path": ["spec", "keystores"], "instead": "`passwordSecretRef`"}],
	"external-secrets.io": array.concat(
		[row |
			some kind in ["SecretStore", "ClusterSecretStore"]
			some row in [
				{"kind": kind, "path": ["spec", "provider", "fake"], "instead": "a provider that keeps its values itself"},
				{"kind": kind, "path": ["spec", "provider", "webhook"], "instead": _store},
			]
		],
		[
			{"kind": "ExternalSecret", "path": ["spec", "target", "template"], "instead": _template},
			{"kind": "ClusterExternalSecret", "path": ["spec", "externalSecretSpec", "target", "template"], "instead": _template},
			{"kind": "PushSecret", "path": ["spec", "template"], "instead": _template},
		],
	),
	"generators.external-secrets.io": [
		{"kind": "Fake", "path": ["spec", "data"], "instead": "a generator that makes the value"},
		{"kind": "Webhook", "path": ["spec"], "instead": "`spec.secrets` and `{{ … }}` where the value belongs"},
		{"kind": "ClusterGenerator", "path": ["spec", "generator"], "instead": "a generator that makes the value"},
	],
	"secrets.hashicorp.com": [
		{"kind": "*", "path": ["spec", "destination", "transformation"], "instead": _template},
		{"kind": "SecretTransformation", "path": ["spec"], "instead": _template},
		{"kind": "*", "path": ["spec"], "instead": "a reference to a Secret, or authentication without one"},
	],
	"apiserver.config.k8s.io": [{"kind": "*", "path": ["resources"], "instead": "a `kms` provider"}],
	"secrets-store.csi.x-k8s.io": [{"kind": "SecretProviderClass", "path": ["spec", "parameters"], "instead": "`nodePublishSecretRef`"}],
	"kagent.dev": [
		{"kind": "ModelConfig", "path": ["spec"], "instead": "`apiKeySecret`"},
		{"kind": "*", "path": ["spec"], "instead": "`valueFrom`"},
	],
	"monitoring.coreos.com": [{"kind": "*", "path": ["spec"], "instead": "the `name` and `key` of a Secret"}],
	"grafana.integreatly.org": [{"kind": "*", "path": ["spec"], "instead": "`valuesFrom`, or a variable from a Secret"}],
}
