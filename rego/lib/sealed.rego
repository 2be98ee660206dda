# METADATA
# title: SealedSecrets
package portcullis.lib.sealed

import data.portcullis.lib.evidence
import data.portcullis.lib.k8s

# METADATA
# description: Every SealedSecret.
secrets := [obj |
	some obj in k8s.of_kind("SealedSecret")
	k8s.group(obj.object.apiVersion) == "bitnami.com"
]

# METADATA
# description: |
#   What stands in the clear in the template of a SealedSecret and is, or is called, a credential: `[obj, item]`.
template_values := [[obj, item] |
	some obj in secrets
	some item in obj.evidence
	item.kind == "credential"
	array.slice(item.path, 0, 2) == ["spec", "template"]
	_counts(item)
]

_counts(item) if {
	item.path[2] == "data"
	item.class in {"likely", "weak", "hash"}
	_tells(item)
}

_counts(item) if {
	item.path[2] == "data"
	item.class == "plain"
	item.nameClass == "sensitive"
	item.context == "value"
}

_counts(item) if {
	array.slice(item.path, 2, 4) == ["metadata", "annotations"]
	item.class in {"likely", "weak", "hash"}
	evidence.named(item)
}

# Entries of a Secret need no telling name; what stands in a text does.
_tells(item) if item.context == "value"

_tells(item) if evidence.named(item)

# METADATA
# description: The annotation that lets a SealedSecret be unsealed anywhere.
cluster_wide := "sealedsecrets.bitnami.com/cluster-wide"

# METADATA
# description: The annotation that lets a SealedSecret be unsealed under any name of its namespace.
namespace_wide := "sealedsecrets.bitnami.com/namespace-wide"

# METADATA
# description: Whether the annotation is set to true.
says(obj, annotation) if k8s.annotations(obj)[annotation] in {"true", true}
