# METADATA
# title: The checks of the Baseline Pod Security Standard
# description: |
#   As Pod Security Admission makes them (Kubernetes 1.34): each is about what a pod sets, never about what it
#   leaves out, so that patches can be judged as well.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
package portcullis.lib.pod_security_baseline

import data.portcullis.lib.k8s
import data.portcullis.lib.pod_security

# METADATA
# description: |
#   What a pod (of `pod_security`) sets that Baseline forbids: a set of `{"check", "path", "image", "args"}`.
#   `check` names the control; `image` is that of the container, empty for what the whole pod sets.
#   `host-path` has the path and the volume's name in `args`.
violations(pod) := (_of_pod(pod) | _volumes(pod)) | {violation |
	some container in pod.containers
	some violation in _of_container(pod, container)
}

_of_pod(pod) := ((_namespaces(pod) | _sysctls(pod)) | _annotations(pod)) | {violation |
	some [check, keys, args] in _context_problems(pod.context)
	violation := _violation(check, array.concat(pod.context_path, keys), "", args)
}

_of_container(pod, container) := {_violation(check, array.concat(container.path, keys), container.image, named) |
	some [check, keys, args] in (_privileges(pod, container) | _contacts(container))
	named := object.union(args, {"container": pod_security.label(container)})
} | {violation |
	some [check, keys, args] in _context_problems(container.context)
	violation := _violation(check, array.concat(container.context_path, keys), container.image, args)
}

_violation(check, path, image, args) := {"check": check, "path": path, "image": image, "args": args}

_namespaces(pod) := {_violation("host-namespaces", array.concat(pod.path, [field]), "", {"field": field}) |
	some field in ["hostNetwork", "hostPID", "hostIPC"]
	pod.spec[field] == true
}

_sysctls(pod) := {_violation("unsafe-sysctl", path, "", {"name": sysctl.name}) |
	some index, sysctl in k8s.items_at(pod.context, ["sysctls"])
	is_string(sysctl.name)
	not sysctl.name in safe_sysctls
	path := array.concat(pod.context_path, ["sysctls", index, "name"])
}

# METADATA
# description: Kernel parameters that stay within the pod.
safe_sysctls := {
	"kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start",
	"net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports",
	"net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl",
	"net.ipv4.tcp_keepalive_probes",
}

# The annotation of clusters before 1.30; newer ones still honour it.
_annotations(pod) := {_violation("apparmor-unconfined", path, "", {}) |
	annotations := pod.metadata.annotations
	is_object(annotations)
	some key, value in annotations
	startswith(key, "container.apparmor.security.beta.kubernetes.io/")
	is_string(value)
	not value in {"", "runtime/default"}
	not startswith(value, "localhost/")
	path := array.concat(pod.metadata_path, ["annotations", key])
}

# What pods and containers set alike.
_context_problems(context) := ((_seccomp(context) | _apparmor(context)) | _selinux(context)) | _host_process(context)

_seccomp(context) := _profile(context, "seccompProfile", "seccomp-unconfined")

_apparmor(context) := _profile(context, "appArmorProfile", "apparmor-unconfined")

_host_process(context) := {["host-process", ["windowsOptions", "hostProcess"], {}] |
	context.windowsOptions.hostProcess == true
}

_profile(context, field, check) := {[check, [field, "type"], {}] |
	type := context[field].type
	is_string(type)
	not type in {"RuntimeDefault", "Localhost"}
}

_selinux(context) := {["selinux-options", ["seLinuxOptions", field], {"field": field}] |
	some field in ["user", "role", "type"]
	value := context.seLinuxOptions[field]
	is_string(value)
	not _is_allowed_selinux(field, value)
}

_is_allowed_selinux(_, "")

_is_allowed_selinux("type", value) if {
	value in {"container_t", "container_init_t", "container_kvm_t", "container_engine_t"}
}

_privileges(pod, container) := ({["privileged", ["securityContext", "privileged"], {}] |
	container.context.privileged == true
} | {["proc-mount", ["securityContext", "procMount"], {}] |
	is_string(container.context.procMount)
	container.context.procMount != "Default"
	not pod_security.has_user_namespace(pod)
}) | {[_capability_check(name), ["securityContext", "capabilities", "add", index], {"capability": name}] |
	some index, name in k8s.items_at(container.context, ["capabilities", "add"])
	is_string(name)
	not name in default_capabilities
}

# METADATA
# description: What the runtime gives to a container that says nothing.
default_capabilities := {
	"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP",
	"SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
}

# Those that read other processes' memory, files or traffic, or load code into the kernel.
_capability_check(name) := "dangerous-capability" if {
	trim_prefix(upper(name), "CAP_") in {
		"ALL", "SYS_ADMIN", "SYS_PTRACE", "BPF", "PERFMON", "NET_RAW", "SYS_MODULE", "DAC_READ_SEARCH",
	}
} else := "added-capability"

_contacts(container) := {["host-port", ["ports", index, "hostPort"], {"port": format_int(port.hostPort, 10)}] |
	some index, port in k8s.items_at(container.fields, ["ports"])
	is_number(port.hostPort)
	port.hostPort != 0
} | {[check, array.concat(place, ["host"]), {}] |
	some place in _handlers
	host := object.get(container.fields, array.concat(place, ["host"]), "")
	is_string(host)
	host != ""
	check := {true: "probe-loopback", false: "probe-host"}[host in {"127.0.0.1", "localhost", "::1"}]
}

_handlers := array.concat(_hooks, _probes)

_hooks := [[field, when, handler] |
	some [field, when] in [["lifecycle", "postStart"], ["lifecycle", "preStop"]]
	some handler in ["httpGet", "tcpSocket"]
]

_probes := [[field, handler] |
	some field in ["livenessProbe", "readinessProbe", "startupProbe"]
	some handler in ["httpGet", "tcpSocket"]
]

_volumes(pod) := {_violation("host-path", path, "", {"path": place, "volume": name}) |
	some index, volume in k8s.items_at(pod.spec, ["volumes"])
	place := volume.hostPath.path
	is_string(place)
	name := object.get(volume, "name", "")
	path := array.concat(pod.path, ["volumes", index, "hostPath", "path"])
}
