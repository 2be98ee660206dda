# METADATA
# title: Secret stores whose audit trail the set should show
package portcullis.lib.store_audit_servers

import data.portcullis.lib.charts_installed
import data.portcullis.lib.k8s
import data.portcullis.lib.pods

# METADATA
# description: |
#   Servers of Vault and OpenBao, as `{obj, path}`: the place is where audit storage is, or should be, asked
#   for, or the container that runs the server. Servers in development mode keep nothing and are left out.
servers := array.flatten([_installed, _containers, _bank_vaults])

_installed := [{"obj": install.obj, "path": _storage(install)} |
	some install in charts_installed.of({"vault", "openbao"})
	_is_own_values(install)
	not _is_switched_off(install)
	not _is_elsewhere(install)
	not _is_for_development(install)
]

_storage(install) := found.path if {
	found := charts_installed.value(install, ["server", "auditStorage", "enabled"])
} else := array.concat(install.place, ["server", "auditStorage", "enabled"])

_is_own_values(install) if count(install.charts & {"vault", "openbao"}) > 0

# A block of that name may be anything; of values files, only the chart's own says what is installed.
_is_own_values(install) if {
	count(install.charts & {"vault", "openbao"}) == 0
	is_object(charts_installed.value(install, ["server"]).value)
	not _is_further_file(install)
}

_is_further_file(install) if {
	install.file
	not regex.match(`(^|/)values\.ya?ml$`, install.obj.file)
}

_is_switched_off(install) if {
	some keys in [["enabled"], ["install"], ["global", "enabled"], ["server", "enabled"]]
	charts_installed.value(install, keys).value in {false, "false"}
}

_is_for_development(install) if {
	charts_installed.value(install, ["server", "dev", "enabled"]).value in {true, "true"}
}

# With the address of another Vault the chart installs the injector alone.
_is_elsewhere(install) if {
	some keys in [["global", "externalVaultAddr"], ["injector", "externalVaultAddr"]]
	charts_installed.value(install, keys).value != ""
}

_containers := [{"obj": obj, "path": entry.path} |
	some kind in ["StatefulSet", "Deployment", "Pod", "DaemonSet"]
	some obj in k8s.of_kind(kind)
	not obj.partial
	some entry in pods.containers(obj)
	regex.match(`(^|/)(vault|vault-enterprise|openbao|openbao-ubi|bao)(:|@|$)`, entry.container.image)
	text := concat(" ", [word |
		some field in ["command", "args"]
		some word in k8s.items_at(entry.container, [field])
		is_string(word)
	])
	regex.match(`(^|[\s/])server(\s|$)`, text)
	not regex.match(`(^|\s)-dev(\s|-|$)`, text)
]

_bank_vaults := [{"obj": obj, "path": ["spec", "externalConfig", "audit"]} |
	some obj in k8s.of_kind("Vault")
	k8s.group(obj.object.apiVersion) == "vault.banzaicloud.com"
	not obj.partial
]

# METADATA
# description: |
#   The first object of each cloud's store in the set whose readers nothing in the set records, as `{obj,
#   what}`; `what` is what would.
unlogged := [{"obj": objects[0], "what": what} |
	some cloud, what in _logs
	objects := _stores[cloud]
	count(objects) > 0
	not _is_logged[cloud]
]

_logs := {
	"aws": "a CloudTrail `Trail`",
	"google": "an `IAMAuditConfig` for `secretmanager.googleapis.com` with `DATA_READ`",
	"azure": "a diagnostic setting with the category `AuditEvent`",
}

_stores := {cloud: objects |
	some cloud, kinds in {
		"aws": {"Secret": `^secretsmanager\.(services\.k8s\.aws|aws\.(m\.)?upbound\.io|aws\.crossplane\.io)$`},
		"google": {
			"SecretManagerSecret": `^secretmanager\.cnrm\.cloud\.google\.com$`,
			"Secret": `^secretmanager\.gcp\.(m\.)?upbound\.io$`,
		},
		"azure": {"Vault": `^keyvault\.azure\.(com|upbound\.io|m\.upbound\.io)$`},
	}
	objects := [obj |
		some kind, group in kinds
		some obj in k8s.of_kind(kind)
		contains(obj.object.apiVersion, ".")
		regex.match(group, k8s.group(obj.object.apiVersion))
	]
}

_is_logged["aws"] if {
	some obj in k8s.known_of_kind("Trail")
	contains(obj.object.apiVersion, "cloudtrail")
	not _fields(obj).enableLogging == false
}

_is_logged["google"] if {
	some kind in ["IAMAuditConfig", "ProjectIAMAuditConfig"]
	some obj in k8s.known_of_kind(kind)
	fields := _fields(obj)
	fields.service in {"secretmanager.googleapis.com", "allServices"}
	some list in ["auditLogConfigs", "auditLogConfig"]
	some entry in k8s.items_at(fields, [list])
	entry.logType == "DATA_READ"
}

_is_logged["azure"] if {
	some kind in ["DiagnosticSetting", "MonitorDiagnosticSetting"]
	some obj in k8s.known_of_kind(kind)
	some list in ["logs", "log", "enabledLog"]
	some entry in k8s.items_at(_fields(obj), [list])
	count({object.get(entry, "category", ""), object.get(entry, "categoryGroup", "")} & {"AuditEvent", "audit", "allLogs"}) > 0
	not entry.enabled == false
}

_fields(obj) := fields if {
	fields := obj.object.spec.forProvider
	is_object(fields)
} else := fields if {
	fields := obj.object.spec
	is_object(fields)
} else := {}

# METADATA
# description: |
#   Installations of operators that bring or reload secrets, without anything that watches them: `{obj, path,
#   operator}`.
unmonitored := [{"obj": install.obj, "path": _switch(install, switches), "operator": operator} |
	some operator, switches in _switches
	count(_monitors[operator]) == 0
	some install in charts_installed.of({operator})
	install.settled
	count([1 | some keys in switches; charts_installed.value(install, keys).value in {true, "true"}]) == 0
]

_switches := {
	"external-secrets": [["serviceMonitor", "enabled"], ["metrics", "service", "enabled"]],
	"vault-secrets-operator": [["telemetry", "serviceMonitor", "enabled"]],
	"reloader": [["reloader", "serviceMonitor", "enabled"], ["reloader", "podMonitor", "enabled"]],
}

_switch(install, switches) := found.path if {
	found := charts_installed.value(install, switches[0])
} else := array.concat(install.place, switches[0])

# Monitors of the Prometheus and VictoriaMetrics operators that name the operator.
_monitors := {operator: found |
	some operator, _ in _switches
	found := [1 |
		some kind in ["ServiceMonitor", "PodMonitor", "VMServiceScrape", "VMPodScrape"]
		some obj in k8s.known_of_kind(kind)
		some text in array.concat([obj.name], [value | some value in obj.object.spec.selector.matchLabels])
		is_string(text)
		contains(text, operator)
	]
}
