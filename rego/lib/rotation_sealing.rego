# METADATA
# title: The key renewal of the Sealed Secrets controller
package portcullis.lib.rotation_sealing

import data.portcullis.lib.k8s
import data.portcullis.lib.pods

# METADATA
# description: |
#   Where the renewal of sealing keys is switched off, as `{obj, path}`: the controller's flag, or the
#   chart's value in what installs the chart.
switched_off contains {"obj": obj, "path": path} if {
	some obj in input.objects
	not obj.context
	some container in pods.containers(obj)
	some field in ["command", "args"]
	words := k8s.list(object.get(container.container, field, null))
	some index, word in words
	value := _flag_value(words, index, word)
	is_zero(value)
	path := array.concat(container.path, [field, index])
}

switched_off contains {"obj": obj, "path": array.concat(["spec"], path)} if {
	some kind in ["HelmRelease", "Application", "HelmChart"]
	some obj in k8s.of_kind(kind)
	walk(obj.object.spec, [path, value])
	path[count(path) - 1] == "keyrenewperiod"
	is_zero(value)
}

switched_off contains {"obj": obj, "path": array.concat(["spec"], array.concat(path, ["value"]))} if {
	some obj in k8s.of_kind("Application")
	walk(obj.object.spec, [path, parameter])
	path[count(path) - 2] == "parameters"
	endswith(parameter.name, "keyrenewperiod")
	is_zero(parameter.value)
}

_flag_value(_, _, word) := value if {
	startswith(word, "--key-renew-period=")
	value := trim_prefix(word, "--key-renew-period=")
}

_flag_value(words, index, "--key-renew-period") := words[index + 1]

# METADATA
# description: "Whether a value means no time at all, in any spelling that the controller takes."
is_zero(value) if regex.match(`^[-+]?0+(\.0*)?(ns|us|ms|s|m|h)?$`, value)

is_zero(0)
