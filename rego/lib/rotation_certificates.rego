# METADATA
# title: What manifests ask of cert-manager
# description: |
#   A Certificate, the annotations of an Ingress or a Gateway, and a volume of the CSI driver ask for
#   the same things under other names. All are given as requests: `{obj, ca, values, paths}` with the
#   keys `duration`, `renewBefore`, `percentage`, `rotationPolicy`, `algorithm`, `size`; what is not
#   there has a path but no value.
package portcullis.lib.rotation_certificates

import data.portcullis.lib.durations
import data.portcullis.lib.k8s
import data.portcullis.lib.pods

# METADATA
# description: Every request in the objects that are judged.
requests := array.concat(array.concat(_of_certificates, _of_annotations), _of_volumes)

_of_certificates := [_request(obj, object.get(obj.object.spec, "isCA", false), _certificate_paths) |
	some obj in certificates
]

_of_annotations := [_request(obj, false, _annotation_paths) |
	some kind in ["Ingress", "Gateway"]
	some obj in k8s.of_kind(kind)
	count([name | some name, _ in k8s.annotations(obj); startswith(name, "cert-manager.io/")]) > 0
]

_of_volumes := [_request(obj, false, _volume_paths(path)) |
	some obj in input.objects
	not obj.context
	some pod in pods.specs(obj)
	some index, volume in k8s.list(object.get(pod.spec, "volumes", null))
	volume.csi.driver == "csi.cert-manager.io"
	path := array.concat(pod.path, ["volumes", index, "csi", "volumeAttributes"])
]

# METADATA
# description: The Certificates of cert-manager that are judged.
certificates := [obj |
	some obj in k8s.of_kind("Certificate")
	k8s.group(obj.object.apiVersion) == "cert-manager.io"
	is_object(obj.object.spec)
]

# METADATA
# description: Seconds that a requested certificate lives; 90 days where nothing is said.
lifetime(request) := durations.go(request.values.duration) if {
	request.values.duration
} else := 7776000

# METADATA
# description: |
#   Seconds before its end from which on a certificate is renewed: what is said, as a time or as a
#   share of the lifetime, else the last third.
renew_window(request) := durations.go(request.values.renewBefore) if {
	request.values.renewBefore
} else := (lifetime(request) * percentage(request)) / 100 if {
	request.values.percentage
} else := lifetime(request) / 3

# METADATA
# description: The renewal percentage as a number, from a number or the text of an annotation.
percentage(request) := request.values.percentage if is_number(request.values.percentage)

percentage(request) := to_number(request.values.percentage) if {
	regex.match(`^-?[0-9]{1,4}$`, request.values.percentage)
}

_request(obj, ca, paths) := {
	"obj": obj,
	"ca": ca,
	"paths": paths,
	"values": {field: value |
		some field, path in paths
		value := object.get(obj.object, path, null)
		not value in {null, ""}
	},
}

_certificate_paths := {
	"duration": ["spec", "duration"],
	"renewBefore": ["spec", "renewBefore"],
	"percentage": ["spec", "renewBeforePercentage"],
	"rotationPolicy": ["spec", "privateKey", "rotationPolicy"],
	"algorithm": ["spec", "privateKey", "algorithm"],
	"size": ["spec", "privateKey", "size"],
}

_names := {
	"duration": "duration",
	"renewBefore": "renew-before",
	"percentage": "renew-before-percentage",
	"rotationPolicy": "private-key-rotation-policy",
	"algorithm": "private-key-algorithm",
	"size": "private-key-size",
}

_annotation_paths := {field: ["metadata", "annotations", concat("/", ["cert-manager.io", name])] |
	some field, name in _names
}

_volume_paths(path) := {field: array.concat(path, [concat("/", ["csi.cert-manager.io", name])]) |
	some field, name in {
		"duration": "duration",
		"renewBefore": "renew-before",
		"reusePrivateKey": "reuse-private-key",
		"algorithm": "key-algorithm",
		"size": "key-size",
	}
}
