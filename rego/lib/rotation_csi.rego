# METADATA
# title: Where the Secrets Store CSI driver is configured
# description: |
#   Values of the driver's chart, the driver's own arguments, and the add-ons of managed clusters, all as
#   drivers `{obj, settings, missing}`. `settings` maps `rotation`, `interval` and `sync` to `{value,
#   path}`, as far as they are set. `missing` is the path at which the switch of the rotation
#   belongs, and empty where something that is not in the object may set it.
package portcullis.lib.rotation_csi

import data.portcullis.lib.durations
import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.rotation_csi_values as chart_values

# METADATA
# description: Every driver in the objects that are judged.
drivers := array.flatten([chart_values.drivers, _containers, _azure, _google])

# METADATA
# description: Whether a value means off.
is_off(value) if value in {"", "0", "f", "F", "FALSE", "false", "False", false, 0}

# METADATA
# description: Whether a value means on.
is_on(value) if value in {"1", "t", "T", "TRUE", "true", "True", true}

# METADATA
# description: |
#   Seconds of a Go duration that may stand inside a longer text, where the host has not read it;
#   undefined for what is none.
seconds(text) := value if {
	value := durations.go(text)
} else := sum([part |
	some [_, amount, unit] in regex.find_all_string_submatch_n(`([0-9]+(?:\.[0-9]+)?)(ms|s|m|h)`, text, -1)
	part := to_number(amount) * {"ms": 0.001, "s": 1, "m": 60, "h": 3600}[unit]
]) if {
	regex.match(`^([0-9]{1,9}(\.[0-9]{1,9})?(ms|s|m|h)){1,9}$`, text)
}

# METADATA
# description: Whether a value is filled in later.
is_template(value) if regex.match(`\{\{|\$[({]`, value)

# The container of the driver, as its chart and its manifests name it.
_containers := [driver |
	some obj in k8s.of_kind("DaemonSet")
	some entry in pods.containers(obj)
	entry.container.name == "secrets-store"
	contains(entry.container.image, "secrets-store")
	driver := {
		"obj": obj,
		"settings": {name: setting | some name, flag in _flags; setting := _flag(entry, flag)},
		"missing": _unless_partial(obj, array.concat(entry.path, ["args"])),
	}
]

_flags := {"rotation": "enable-secret-rotation", "interval": "rotation-poll-interval"}

_flag(entry, flag) := [setting |
	some field in ["args", "command"]
	words := k8s.list(object.get(entry.container, field, null))
	some index, word in words
	value := _flag_value(words, index, word, flag)
	setting := {"value": value, "path": array.flatten([entry.path, field, index])}
][0]

_flag_value(words, index, word, flag) := value if {
	[name, value] := split(trim_left(word, "-"), "=")
	startswith(word, "-")
	name == flag
} else := "true" if {
	# A switch may stand alone.
	flag == "enable-secret-rotation"
	word in {"--enable-secret-rotation", "-enable-secret-rotation"}
} else := words[index + 1] if {
	flag == "rotation-poll-interval"
	word in {"--rotation-poll-interval", "-rotation-poll-interval"}
}

# Azure: an add-on of the cluster, in the objects of Azure Service Operator and of Cluster API.
_azure := [driver |
	some [obj, base, addon] in array.concat(_service_operator, _cluster_api)
	driver := _addon(obj, base, addon, ["config", "enableSecretRotation"], ["config", "rotationPollInterval"])
	addon.enabled == true
]

_service_operator := [[obj, base, addon] |
	some obj in k8s.of_kind("ManagedCluster")
	endswith(k8s.group(obj.object.apiVersion), "containerservice.azure.com")
	base := ["spec", "addonProfiles", "azureKeyvaultSecretsProvider"]
	addon := object.get(obj.object, base, null)
	is_object(addon)
]

_cluster_api := [[obj, base, addon] |
	some obj in k8s.of_kind("AzureManagedControlPlane")
	some index, addon in k8s.list(object.get(obj.object, ["spec", "addonProfiles"], null))
	addon.name == "azureKeyvaultSecretsProvider"
	base := ["spec", "addonProfiles", index]
]

_google := [driver |
	some obj in k8s.of_kind("ContainerCluster")
	k8s.group(obj.object.apiVersion) == "container.cnrm.cloud.google.com"
	base := ["spec", "secretManagerConfig"]
	addon := object.get(obj.object, base, null)
	is_object(addon)
	addon.enabled == true
	driver := _addon(obj, base, addon, ["rotationConfig", "enabled"], ["rotationConfig", "rotationInterval"])
]

_addon(obj, base, addon, rotation, interval) := {
	"obj": obj,
	"settings": {name: {"value": value, "path": array.concat(base, field)} |
		some name, field in {"rotation": rotation, "interval": interval}
		value := object.get(addon, field, null)
		value != null
	},
	"missing": _unless_partial(obj, array.concat(base, rotation)),
}

_unless_partial(obj, path) := path if not obj.partial

_unless_partial(obj, _) := [] if obj.partial
