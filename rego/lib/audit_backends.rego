# METADATA
# title: Where a control plane writes its audit log
# description: |
#   API servers whose arguments are in the set; for those that a cloud runs see `audit_clusters`.
package portcullis.lib.audit_backends

import data.portcullis.lib.k8s
import data.portcullis.lib.pods

# METADATA
# description: |
#   API servers that are being judged, as `{obj, flags, place, whole}`. `flags` maps a flag without its
#   dashes to `{value, path}`, `place` is where a missing one belongs, and `whole` says whether these are
#   all flags it gets: configuration of kubeadm and kops may be completed by others.
servers := array.flatten([_containers, _kubeadm, _kops])

_containers := [server |
	some kind in ["Pod", "Deployment", "StatefulSet", "DaemonSet"]
	some obj in k8s.of_kind(kind)
	not obj.partial
	some entry in pods.containers(obj)
	words := [[array.flatten([entry.path, field, index]), word] |
		some field in ["command", "args"]
		some index, text in k8s.items_at(entry.container, [field])
		is_string(text)
		some word in regex.split(`\s+`, text)
	]
	_is_server(entry.container, words)
	server := {
		"obj": obj,
		"flags": object.union_n([flag | some index, [path, word] in words; flag := _flag(words, index, path, word)]),
		"place": array.concat(entry.path, [_field(entry.container)]),
		"whole": true,
	}
]

_is_server(_, words) if regex.match(`(^|/)kube-apiserver$`, words[0][1])

_is_server(container, words) if {
	regex.match(`(^|/)kube-apiserver(:|@|$)`, container.image)
	some [_, word] in words
	startswith(word, "--")
}

_field(container) := "args" if {
	count(k8s.items_at(container, ["args"])) > 0
} else := "command"

_flag(words, index, path, word) := {parts[0]: {"value": concat("=", array.slice(parts, 1, count(parts))), "path": path}} if {
	startswith(word, "--")
	parts := split(substring(word, 2, -1), "=")
	count(parts) > 1
} else := {substring(word, 2, -1): {"value": words[index + 1][1], "path": words[index + 1][0]}} if {
	startswith(word, "--")
	not startswith(words[index + 1][1], "--")
} else := {}

_kubeadm := [server |
	some kind, base in {
		"ClusterConfiguration": ["apiServer"],
		"KubeadmControlPlane": ["spec", "kubeadmConfigSpec", "clusterConfiguration", "apiServer"],
		"KubeadmControlPlaneTemplate": [
			"spec", "template", "spec", "kubeadmConfigSpec",
			"clusterConfiguration", "apiServer",
		],
	}
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) in {"kubeadm.k8s.io", "controlplane.cluster.x-k8s.io"}
	not obj.partial
	path := array.concat(base, ["extraArgs"])
	server := {
		"obj": obj,
		"flags": _extra(object.get(obj.object, path, null), path),
		"place": path,
		"whole": false,
	}
]

# A map up to kubeadm.k8s.io/v1beta3, a list of names and values since then.
_extra(args, path) := {name: {"value": value, "path": array.concat(path, [name])} |
	some name, value in args
} if {
	is_object(args)
} else := {arg.name: {"value": arg.value, "path": array.concat(path, [index, "value"])} |
	some index, arg in k8s.list(args)
	is_string(arg.name)
}

_kops := [server |
	some obj in k8s.of_kind("Cluster")
	k8s.group(obj.object.apiVersion) == "kops.k8s.io"
	not obj.partial
	path := ["spec", "kubeAPIServer"]
	server := {
		"obj": obj,
		"flags": {flag: {"value": value, "path": array.concat(path, [field])} |
			some field, flag in _kops_fields
			value := object.get(obj.object, array.concat(path, [field]), null)
			value != null
		},
		"place": path,
		"whole": false,
	}
]

_kops_fields := {
	"auditPolicyFile": "audit-policy-file",
	"auditLogPath": "audit-log-path",
	"auditLogMaxAge": "audit-log-maxage",
	"auditLogMaxBackups": "audit-log-maxbackup",
	"auditLogMaxSize": "audit-log-maxsize",
	"auditWebhookConfigFile": "audit-webhook-config-file",
}

# METADATA
# description: Whether a server has a policy and somewhere to write to; without both it logs nothing.
is_audited(server) if {
	_is_set(server, "audit-policy-file")
	some flag in ["audit-log-path", "audit-webhook-config-file"]
	_is_set(server, flag)
}

_is_set(server, flag) if {
	value := server.flags[flag].value
	not value in {"", null}
}

# METADATA
# description: |
#   The limits of a server's log files that are lower than `limits`, a map of flags to numbers: a list of
#   `{flag, path, value, limit}`. A limit of 0 means none, as an unset one does.
short_limits(server, limits) := [{"flag": flag, "path": setting.path, "value": value, "limit": limit} |
	some flag, limit in limits
	setting := server.flags[flag]
	value := _number(setting.value)
	value > 0
	value < limit
]

_number(value) := value if is_number(value)

_number(value) := to_number(value) if {
	is_string(value)
	regex.match(`^[0-9]{1,9}$`, value)
}
