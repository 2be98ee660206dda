# METADATA
# title: Values of charts that put a secret store onto the internet
# description: |
#   Those of the charts of Vault and OpenBao, where they are installed, and in values files: their own, and those of
#   charts that depend on them.
package portcullis.lib.secret_store_values

import data.portcullis.lib.chart_releases
import data.portcullis.lib.charts_installed

# METADATA
# description: |
#   Settings by which the chart makes a Service that is reachable from outside, as a list of `{"obj", "path",
#   "setting"}`. In a values file that is a text, the path leads to the text.
exposing := [{"obj": install.obj, "path": type.path, "setting": concat("", [concat(".", keys), ": ", type.value])} |
	some install in array.concat(charts_installed.of({"vault", "openbao"}), _own_files)
	some [keys, switch, unset] in [
		[["ui", "serviceType"], ["ui", "enabled"], false],
		[["server", "service", "type"], ["server", "service", "enabled"], true],
	]
	_is_on(install, switch, unset)
	type := charts_installed.value(install, keys)
	type.value in {"LoadBalancer", "NodePort"}
]

_is_on(install, switch, _) if charts_installed.value(install, switch).value == true

_is_on(install, switch, true) if not charts_installed.value(install, switch)

# A block of a dependency is known by its name, the chart's own file by its other keys.
_own_files := [install |
	some install in chart_releases.all_of_them
	install.file
	values := install.obj.object
	is_object(values.injector)
	is_object(values.server)
]
