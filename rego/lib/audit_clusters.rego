# METADATA
# title: Managed clusters that keep no audit log
package portcullis.lib.audit_clusters

import data.portcullis.lib.k8s

# METADATA
# description: |
#   Managed clusters of the set whose audit log is off, as `{obj, path, what}`; `what` is what to switch on.
unlogged := array.flatten([_eks, _aks, _gke])

_eks := [{"obj": obj, "path": path, "what": "the log type `audit` of EKS"} |
	some [kind, group, path] in [
		["ClusterConfig", "eksctl.io", ["cloudWatch", "clusterLogging", "enableTypes"]],
		["Cluster", "eks.aws.upbound.io", ["spec", "forProvider", "enabledClusterLogTypes"]],
		["Cluster", "eks.aws.m.upbound.io", ["spec", "forProvider", "enabledClusterLogTypes"]],
		["Cluster", "eks.aws.crossplane.io", ["spec", "forProvider", "logging", "clusterLogging"]],
		["Cluster", "eks.services.k8s.aws", ["spec", "logging", "clusterLogging"]],
		["AWSManagedControlPlane", "controlplane.cluster.x-k8s.io", ["spec", "logging", "audit"]],
	]
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == group
	not obj.partial
	not obj.object.spec.managementPolicies == ["Observe"]
	not _logs_audit(object.get(obj.object, path, null))
]

_logs_audit(true)

_logs_audit(types) if {
	some type in k8s.list(types)
	type in {"audit", "*", "all"}
}

_logs_audit(types) if {
	some entry in k8s.list(types)
	entry.enabled == true
	"audit" in k8s.items_at(entry, ["types"])
}

# Azure: settings that send the logs of a control plane somewhere, but not this one.
_aks := [{"obj": obj, "path": path, "what": "the category `kube-audit` or `kube-audit-admin` of AKS"} |
	some [kind, path] in [
		["DiagnosticSetting", ["spec", "logs"]],
		["MonitorDiagnosticSetting", ["spec", "forProvider", "enabledLog"]],
		["MonitorDiagnosticSetting", ["spec", "forProvider", "log"]],
	]
	some obj in k8s.of_kind(kind)
	not obj.partial
	logs := [log | some log in k8s.items_at(obj.object, path); is_object(log)]
	named := {name | some log in logs; some name in _names(log)}
	count(_control_plane & named) > 0
	count([1 | some log in logs; not log.enabled == false; count(_names(log) & _kube_audit) > 0]) == 0
]

_kube_audit := {"kube-audit", "kube-audit-admin", "allLogs", "audit"}

_control_plane := {"kube-apiserver", "kube-controller-manager", "kube-scheduler", "guard", "kube-audit", "kube-audit-admin"}

_names(log) := {object.get(log, "category", ""), object.get(log, "categoryGroup", "")}

# Google: what reads Secrets is in the Data Access log, which is off; the log of changes cannot be.
_gke := [{"obj": obj, "path": ["spec", "auditLogConfigs"], "what": "`DATA_READ` for GKE"} |
	some obj in k8s.of_kind("IAMAuditConfig")
	endswith(k8s.group(obj.object.apiVersion), "cnrm.cloud.google.com")
	not obj.partial
	obj.object.spec.service in {"container.googleapis.com", "k8s.io"}
	count([1 | some entry in k8s.items_at(obj.object, ["spec", "auditLogConfigs"]); entry.logType == "DATA_READ"]) == 0
]
