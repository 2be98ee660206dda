# METADATA
# title: What objects declare about their rotation
# description: |
#   The annotations that users put on an object that makes a Secret, or on the template of that
#   Secret: `<prefix>/rotation-interval`, `last-rotated`, `rotated-by`, `rotation`, `class`.
package portcullis.lib.rotation

import data.portcullis.lib.agents
import data.portcullis.lib.k8s
import data.portcullis.lib.settings

# METADATA
# description: |
#   The value and the path of one of our annotations on `obj`, as `{value, path}`: its own, or that of
#   the Secret it makes. Undefined where neither is there. `class` may also be a label.
declared(obj, name) := [found |
	some place in _places(obj.object.kind)
	path := array.concat(place, [settings.annotation(name)])
	value := object.get(obj.object, path, null)
	value != null
	found := {"value": value, "path": path}
][0]

# METADATA
# description: The path at which one of our annotations belongs.
place_of(name) := ["metadata", "annotations", settings.annotation(name)]

# METADATA
# description: Whether the author declares that the value is meant never to change.
is_static(obj) if declared(obj, "rotation").value == "static"

# METADATA
# description: |
#   The class of a secret: what is declared, else what the object says by its type or its owner, else
#   `default`.
class_of(obj) := value if {
	value := _declared_class(obj)
} else := "tls" if {
	obj.object.type == "kubernetes.io/tls"
} else := "password" if {
	obj.object.type == "kubernetes.io/basic-auth"
} else := "agent-token" if {
	agents.owns(obj)
} else := "default"

_declared_class(obj) := value if {
	value := declared(obj, "class").value
	is_string(value)
} else := value if {
	value := k8s.labels(obj)[settings.annotation("class")]
	is_string(value)
}

_own := ["metadata", "annotations"]

_template_annotations := {
	"SealedSecret": [["spec", "template", "metadata", "annotations"]],
	"ExternalSecret": [["spec", "target", "template", "metadata", "annotations"]],
	"ClusterExternalSecret": [
		["spec", "externalSecretMetadata", "annotations"],
		["spec", "externalSecretSpec", "target", "template", "metadata", "annotations"],
	],
	"VaultStaticSecret": [["spec", "destination", "annotations"]],
}

_places(kind) := array.concat([_own], object.get(_template_annotations, kind, []))
