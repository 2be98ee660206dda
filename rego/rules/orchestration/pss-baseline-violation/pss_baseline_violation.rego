# METADATA
# title: Pod violates the Baseline Pod Security Standard
# description: |
#   Looks at what pods, in every kind of workload, ask of the node they run on: the controls of the Baseline
#   Pod Security Standard, as Pod Security Admission judges them since Kubernetes 1.34. A pod with such access
#   is a way from one broken container to every Secret on the node.
#
#   Every control is a variant of its own, and its finding stands on the field that asks. Two variants are
#   beyond the standard. Volumes of the node that hold credentials are critical: the keys of the kubelet and of
#   the control plane, the sockets of container runtimes, home directories, other processes. The socket of the
#   runtime is root on the node, and so is `/var/log` where a pod may write to it, since the kubelet follows
#   links there. Capabilities that read other processes' memory, files or traffic are told apart from those
#   that are merely beyond the default. Directories of `/var/lib/kubelet` that only hold sockets of plugins
#   (`device-plugins`, `plugins_registry`, `pod-resources`, `plugins`) count as any other path of the node.
#
#   Left alone: network and storage plugins and collectors of metrics and logs that are known by their namespace
#   and their image together, as far as they need the node: node-exporter may only read, a collector of logs
#   only has the logs. A namespace that nobody chose (none, or `default`) counts as theirs. Add your own to
#   `hostAccessAllowed`. `procMount` is free in pods with `hostUsers: false`. A probe of a loopback address is
#   medium: it reaches the node, but no other host. Annotations for seccomp are ignored, as the API server does
#   since 1.27.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
#   - ref: https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
#   - ref: https://kubernetes.io/docs/concepts/security/linux-kernel-security-constraints/
# custom:
#   severity: high
#   confidence: high
#   scope: object
#   needs: []
#   kinds: ["*"]
#   remediation: |
#     Drop the access. Most programs that run as root or privileged need one capability, a group or a volume:
#
#     ```yaml
#     spec:
#       hostUsers: false
#       containers:
#         - name: app
#           securityContext:
#             privileged: false
#             allowPrivilegeEscalation: false
#             capabilities:
#               drop: [ALL]
#       volumes:
#         - name: data
#           persistentVolumeClaim:
#             claimName: app-data
#     ```
#
#     For a component that has to work on the node, name its namespace and its image:
#
#     ```yaml
#     rules:
#       orchestration/pss-baseline-violation:
#         params:
#           hostAccessAllowed:
#             - namespace: storage
#               image: ghcr.io/acme/csi-node
#     ```
#   variants:
#     privileged:
#       severity: high
#       message: "Container `{container}` is privileged, which makes it root on the node: remove this"
#       yields-to: [agents/agent-hardened-context]
#     host-namespaces:
#       severity: high
#       message: "`{field}: true` shares what belongs to the node with the pod: remove it"
#       yields-to: [agents/agent-hardened-context]
#     host-port:
#       severity: high
#       message: "Container `{container}` takes port {port} of the node, past every NetworkPolicy: use a Service"
#     added-capability:
#       severity: high
#       message: "Container `{container}` adds `{capability}`, which is beyond what the Baseline standard allows"
#       yields-to: [agents/agent-hardened-context]
#     dangerous-capability:
#       severity: high
#       message: "Container `{container}` adds `{capability}`, with which it gets at other processes and their secrets"
#       yields-to: [agents/agent-hardened-context]
#     proc-mount:
#       severity: high
#       message: "Container `{container}` unmasks `/proc`: remove `procMount`, or set `hostUsers: false`"
#     seccomp-unconfined:
#       severity: high
#       message: "Switches seccomp off: use `RuntimeDefault`, or a profile of your own with `Localhost`"
#       yields-to: [agents/agent-hardened-context]
#     apparmor-unconfined:
#       severity: high
#       message: "Switches AppArmor off: use `RuntimeDefault`, or a profile of your own with `Localhost`"
#     selinux-options:
#       severity: high
#       message: "Sets the SELinux `{field}` to what is not meant for containers: remove it"
#     unsafe-sysctl:
#       severity: high
#       message: "Sets the kernel parameter `{name}`, which is not known to stay within the pod"
#     host-process:
#       severity: high
#       message: "Runs as a process of the Windows node itself: remove `hostProcess`"
#     probe-host:
#       severity: high
#       message: "Has the kubelet send requests from the node to a host of this manifest's choice: remove `host`"
#     probe-loopback:
#       severity: medium
#       message: "`host` is the node's own loopback address here, not the pod's: remove it, and the pod is asked"
#     host-path:
#       severity: high
#       message: "Mounts `{path}` of the node: use a volume claim, or `emptyDir`"
#       yields-to: [agents/agent-hardened-context]
#     host-credentials:
#       severity: critical
#       message: "Mounts `{path}` of the node, through which the pod gets at credentials of others: remove it"
#       yields-to: [agents/agent-hardened-context]
#   params:
#     hostAccessAllowed:
#       type: array
#       description: "Components that need the node, each as `{namespace, image}`: a namespace (or a glob) and a part of a repository; `variants` limits it."
#       default: []
#     credentialPaths:
#       type: array
#       description: "Paths of the node that hold credentials. `*` stands for anything but `/`; `/**` at the end for the path and all below it."
#       default:
#         - "/"
#         - "/etc"
#         - "/etc/kubernetes*/**"
#         - "/etc/rancher/**"
#         - "/home"
#         - "/home/*"
#         - "/home/*/.aws/**"
#         - "/home/*/.docker/**"
#         - "/home/*/.kube/**"
#         - "/home/*/.ssh/**"
#         - "/proc/**"
#         - "/root/**"
#         - "/run"
#         - "/run/containerd*/**"
#         - "/run/cri*/**"
#         - "/run/docker*/**"
#         - "/run/k3s/**"
#         - "/run/podman/**"
#         - "/sys/kernel/**"
#         - "/var"
#         - "/var/lib"
#         - "/var/lib/containerd/**"
#         - "/var/lib/docker/**"
#         - "/var/lib/etcd*/**"
#         - "/var/lib/kubelet*"
#         - "/var/lib/kubelet/pki/**"
#         - "/var/lib/kubelet/pods/**"
#         - "/var/lib/kubelet/kubeconfig"
#         - "/var/lib/kubelet/config.*"
#         - "/var/lib/rancher/**"
#   frameworks:
#     cis: ["5.2.2", "5.2.3", "5.2.4", "5.2.5", "5.2.8", "5.2.9", "5.2.11", "5.2.12", "5.2.13"]
#     nsa: ["NSA-POD"]
#     owasp: ["K01:2022", "K01:2025"]
#     pci: ["2.2.1", "2.2.6"]
#     nist: ["AC-6", "SC-39", "CM-7"]
#     iso: ["A.8.9"]
#     cwe: ["CWE-250", "CWE-668"]
#   practices: [P08, P22, P27]
package portcullis.rules.orchestration["pss-baseline-violation"]

import data.portcullis.lib.finding
import data.portcullis.lib.pod_security
import data.portcullis.lib.pod_security_baseline as baseline
import data.portcullis.lib.pod_security_host_paths as host_paths
import data.portcullis.lib.pod_security_node_components as node_components
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.new(_variant(pod, violation), pod.obj, violation.path, violation.args) if {
	some pod in pod_security.judged
	some violation in baseline.violations(pod)
	not node_components.needs(pod, violation, params.hostAccessAllowed)
}

_credential_paths := host_paths.compiled(params.credentialPaths)

_variant(pod, violation) := "host-credentials" if {
	violation.check == "host-path"
	host_paths.opens_credentials(pod, violation.args.volume, violation.args.path, _credential_paths)
} else := violation.check
