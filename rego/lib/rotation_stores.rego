# METADATA
# title: Store objects that are declared with a rotation
# description: |
#   Names of secrets in AWS Secrets Manager and Google Secret Manager for which a manifest of the set
#   declares a rotation (Crossplane, Config Connector), so that what is synced from them rotates.
package portcullis.lib.rotation_stores

import data.portcullis.lib.k8s

# METADATA
# description: Whether all keys that a view of an ExternalSecret reads belong to rotated store objects.
rotates_external(view) if {
	keys := _keys(view.spec)
	count(keys) > 0
	count([1 | some source in k8s.list(object.get(view.spec, "dataFrom", null)); source.find]) == 0
	every key in keys {
		_rotated[key]
	}
}

_keys(spec) := _data_keys(spec) | _extracted_keys(spec)

_data_keys(spec) := {item.remoteRef.key | some item in k8s.list(object.get(spec, "data", null))}

_extracted_keys(spec) := {item.extract.key | some item in k8s.list(object.get(spec, "dataFrom", null))}

# METADATA
# description: |
#   Whether a SecretProviderClass reads an object that is rotated. Its list of objects is a text in
#   the format of its provider, so a name that occurs in it counts.
rotates_provider_class(obj) if {
	some objects in obj.object.spec.parameters
	is_string(objects)
	some name in _rotated
	contains(objects, name)
}

_rotated := {name |
	some name in ((_by_rotation | _config_connector) | _upbound_google)
	is_string(name)
	name != ""
}

# Crossplane: a SecretRotation that points to a Secret by id, by name or by labels.
_rotations := [obj.object.spec.forProvider |
	some obj in k8s.known_of_kind("SecretRotation")
	regex.match(`^secretsmanager\.aws\.(m\.)?upbound\.io$`, k8s.group(obj.object.apiVersion))
	is_object(obj.object.spec.forProvider)
]

_by_rotation := {provider.secretId | some provider in _rotations} | {name |
	some obj in _aws_secrets
	_points_to(obj)
	some name in _names_of(obj)
}

_aws_secrets := [obj |
	some obj in k8s.known_of_kind("Secret")
	regex.match(`^secretsmanager\.aws\.(m\.)?upbound\.io$`, k8s.group(obj.object.apiVersion))
]

_points_to(obj) if {
	some provider in _rotations
	provider.secretIdRef.name == obj.name
}

_points_to(obj) if {
	some provider in _rotations
	wanted := provider.secretIdSelector.matchLabels
	count(wanted) > 0
	every key, value in wanted {
		k8s.labels(obj)[key] == value
	}
}

_names_of(obj) := {
	obj.name,
	object.get(k8s.annotations(obj), "crossplane.io/external-name", ""),
	object.get(obj.object, ["spec", "forProvider", "name"], ""),
}

_config_connector := {name |
	some obj in k8s.known_of_kind("SecretManagerSecret")
	is_object(obj.object.spec.rotation)
	some name in {obj.name, object.get(obj.object, ["spec", "resourceID"], "")}
}

_upbound_google := {name |
	some obj in k8s.known_of_kind("Secret")
	regex.match(`^secretmanager\.gcp\.(m\.)?upbound\.io$`, k8s.group(obj.object.apiVersion))
	count(obj.object.spec.forProvider.rotation) > 0
	some name in _names_of(obj)
}
