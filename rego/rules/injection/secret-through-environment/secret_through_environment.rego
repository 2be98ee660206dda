# METADATA
# title: Secret reaches a container as an environment variable
# description: |
#   A variable is inherited by every child process, shows in debug pages and crash reports, and keeps the
#   value it had when the container started, however often the Secret is rotated. A file can be read with
#   fewer rights, is renewed by the kubelet, and is gone with the pod.
#
#   Looks at the containers of every workload, init containers included. A whole Secret as variables
#   (`envFrom`) hands over entries that nobody asked for; a reference that an injecting webhook resolves
#   (`vault:…`) is milder, since the value is in no Secret, yet still in the environment. With
#   `approvedModes`, any other way in which a workload gets a Secret is reported.
#
#   Left alone: entries that are no secret (`publicKeys`, such as `username`), images that know no other
#   way (`allowEnvFor`), Jobs that end soon (`jobGraceSeconds`), variables from ConfigMaps and fields.
#   For AI agents a rule of their own speaks, which is stricter.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/secrets-good-practices/
#   - ref: https://secrets-store-csi-driver.sigs.k8s.io/topics/best-practices
# custom:
#   severity: medium
#   confidence: high
#   scope: object
#   needs: []
#   kinds: ["*"]
#   remediation: |
#     Mount the Secret as a file and tell the application where it is:
#
#     ```yaml
#     env:
#       - name: DB_PASSWORD_FILE
#         value: /run/creds/password
#     volumeMounts:
#       - name: creds
#         mountPath: /run/creds
#         readOnly: true
#     ```
#
#     with a volume `creds` of kind `secret`, `projected`, or of the Secrets Store CSI driver.
#   variants:
#     whole-secret:
#       severity: medium
#       message: "Every entry of Secret `{secret}` becomes a variable of this container; mount the entries that it needs as files"
#     single-entry:
#       severity: medium
#       message: "Variable `{variable}` holds an entry of Secret `{secret}`; mount it as a file"
#     injected-reference:
#       severity: low
#       message: "Variable `{variable}` is filled from a store when the container starts; have it written to a file in memory"
#     variables-file:
#       severity: medium
#       message: "Variable `{variable}` is read from a file of variables in a volume; let the application read the file"
#     mode-not-approved:
#       severity: medium
#       message: "Gets Secret `{secret}` as `{mode}`, which is none of the approved ways"
#   params:
#     approvedModes:
#       type: array
#       description: "Ways in which a workload may get a Secret: `env`, `csi`, `vault-injector`, `projected`, `secret-volume`. Empty for no such list."
#       default: []
#     allowEnvFor:
#       type: array
#       description: "Parts of names of images that take their secrets from variables only."
#       default: []
#     publicKeys:
#       type: array
#       description: Entries of Secrets that are no secrets themselves.
#       default: [username, user, host, hostname, port, database, dbname, endpoint, url, region, bucket, tls.crt, ca.crt]
#     jobGraceSeconds:
#       type: number
#       description: Jobs that Kubernetes ends after this many seconds or fewer (`activeDeadlineSeconds`) may use variables.
#       default: 0
#   frameworks:
#     cis: ["5.4.1"]
#     nsa: ["NSA-SEC"]
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["8.6.2", "8.3.2"]
#     nist: ["SC-4", "IA-5(6)"]
#     iso: ["A.8.12"]
#     cwe: ["CWE-526"]
#   practices: [P01, P03, P06, P07]
#   yields-to: [agents/agent-secret-in-environment]
package portcullis.rules.injection["secret-through-environment"]

import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.secret_uses
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.new("whole-secret", use.obj, secret_uses.reference(use), {"secret": use.name}) if {
	some use in secret_uses.judged
	use.mode == "envFrom"
	not _is_allowed(use.obj, use.container)
}

report contains finding.new("single-entry", use.obj, secret_uses.reference(use), {"variable": use.label, "secret": use.name}) if {
	some use in secret_uses.judged
	use.mode == "env"
	not lower(use.key) in params.publicKeys
	not _is_allowed(use.obj, use.container)
}

report contains finding.new(variant, obj, path, {"variable": item.name}) if {
	some obj in input.objects
	not obj.context
	some container in pods.containers(obj)
	some index, item in k8s.items_at(container.container, ["env"])
	is_string(item.name)
	[variant, place] := _other_way(item, obj, container)
	path := array.flatten([container.path, "env", index, place])
	not _is_allowed(obj, container.path)
}

# Bank-Vaults' webhook resolves `vault:path#key` and `>>vault:path#key`.
_other_way(item, _, _) := ["injected-reference", ["value"]] if regex.match(`^(>>)?(vault|bao):`, item.value)

# Such a file holds secrets where an init container fills its volume.
_other_way(item, obj, container) := ["variables-file", ["valueFrom", "fileKeyRef", "key"]] if {
	name := item.valueFrom.fileKeyRef.volumeName
	some other in pods.containers(obj)
	other.kind == "init"
	other.spec_path == container.spec_path
	some mount in k8s.items_at(other.container, ["volumeMounts"])
	mount.name == name
}

report contains finding.new("mode-not-approved", use.obj, use.path, {"secret": use.name, "mode": mode}) if {
	count(params.approvedModes) > 0
	some use in secret_uses.judged
	mode := _modes[use.mode]
	not mode in params.approvedModes
	mode != "env"
}

_modes := {"env": "env", "envFrom": "env", "volume": "secret-volume", "projected": "projected", "csi": "csi"}

_is_allowed(obj, path) if {
	image := object.get(obj.object, array.concat(path, ["image"]), "")
	is_string(image)
	some part in params.allowEnvFor
	contains(image, part)
}

_is_allowed(obj, _) if {
	obj.object.kind in {"Job", "CronJob"}
	some place in [["spec"], ["spec", "jobTemplate", "spec"]]
	object.get(obj.object, array.concat(place, ["activeDeadlineSeconds"]), 999999999) <= params.jobGraceSeconds
}

_is_allowed(_, _) if "env" in params.approvedModes
