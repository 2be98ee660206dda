# METADATA
# title: Certificate is not renewed in time, or keeps its key
# description: |
#   Looks at what manifests ask of cert-manager: the fields of a Certificate, the `cert-manager.io/…`
#   annotations of an Ingress or a Gateway, the volume attributes of its CSI driver, and the lifetime
#   of `podCertificate` volumes. An expired certificate is an outage; a key that is kept makes a renewal
#   worthless.
#
#   What is unset is what cert-manager takes it for: 90 days of life, renewal in the last third, a new
#   key each time (since 1.18; set `certManagerMin` where an older one is in use). A short-lived
#   certificate renews late by design, so the shortest renewal window is asked for only where the
#   lifetime is at least three times as long. Durations that Go would refuse are reported.
#
#   Renewal windows are compared with the time in which renewal is possible: where the gap between two
#   windows is longer, a certificate can expire before its window opens.
# related_resources:
#   - ref: https://cert-manager.io/docs/usage/certificate/
#   - ref: https://cert-manager.io/docs/reference/annotations/
#   - ref: https://kubernetes.io/docs/concepts/storage/projected-volumes/
# custom:
#   severity: high
#   confidence: high
#   scope: object
#   needs: [durations]
#   kinds: ["*"]
#   remediation: |
#     Leave renewal on, keep certificates short, and let the key change with each of them:
#
#     ```yaml
#     apiVersion: cert-manager.io/v1
#     kind: Certificate
#     spec:
#       duration: 2160h
#       renewBefore: 720h
#       privateKey:
#         rotationPolicy: Always
#     ```
#
#     On an Ingress the annotation `cert-manager.io/private-key-rotation-policy: Always` says the same.
#   variants:
#     renewal-disabled:
#       severity: high
#       message: "Renewal is switched off: the certificate expires and nothing replaces it"
#       fixes: [{key: policy, set: RenewBefore}]
#     key-reused:
#       severity: medium
#       message: "The private key is kept at every renewal, so a stolen key stays good"
#       fixes: [{key: rotationPolicy, set: Always}]
#     key-policy-unset:
#       severity: low
#       message: "cert-manager before 1.18 keeps the private key unless `rotationPolicy: Always` is set"
#     lifetime-too-long:
#       severity: medium
#       message: "The certificate lives {lifetime}; at most {limit} is allowed"
#     duration-unreadable:
#       severity: medium
#       message: "This is no duration that cert-manager accepts; write hours, such as `2160h`"
#     renews-constantly:
#       severity: medium
#       message: "Renewal begins {window} before the end of a certificate that lives only {lifetime}"
#     renews-too-late:
#       severity: medium
#       message: "Renewal begins only {window} before the certificate expires; at least {limit} is asked for"
#     renewal-ambiguous:
#       severity: medium
#       message: "`renewBefore` and `renewBeforePercentage` exclude each other: the certificate is refused"
#     percentage-invalid:
#       severity: medium
#       message: "The renewal percentage must be a whole number from 1 to 99"
#     windows-too-narrow:
#       severity: medium
#       message: "The renewal windows stay shut for up to {closed}, but a certificate can wait only {window}"
#     windows-unreadable:
#       severity: medium
#       message: "The renewal windows cannot be read: each needs a five-field `cron` and a `windowDuration` such as `4h`"
#     windows-without-policy:
#       severity: medium
#       message: "Renewal windows need `policy: RenewBefore`: the certificate is refused"
#     weak-key-long-life:
#       severity: info
#       message: "An RSA key of 2048 bits in a certificate that lives {lifetime}: take a longer key or a shorter life"
#     pod-certificate-too-long:
#       severity: low
#       message: "The pod certificate may live {lifetime}; at most {limit} is asked for"
#   params:
#     maxCertDays:
#       type: number
#       description: Longest life of a certificate in days.
#       default: 90
#     maxCaDays:
#       type: number
#       description: Longest life of the certificate of a certificate authority in days.
#       default: 1825
#     minRenewWindow:
#       type: string
#       description: "Time before its end by which the renewal of a long-lived certificate must begin, such as `24h`."
#       default: "24h"
#     certManagerMin:
#       type: string
#       description: "Oldest version of cert-manager in use, such as `1.18`."
#       default: "1.18"
#     maxPodCertSeconds:
#       type: number
#       description: Longest life of a `podCertificate` in seconds.
#       default: 86400
#   frameworks:
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["3.7.4", "4.2.1.1"]
#     soc2: ["CC6.1", "CC6.7"]
#     nist: ["SC-12", "SC-17", "IA-5(2)"]
#     iso: ["A.8.24"]
#     cwe: ["CWE-324"]
#   practices: [P10, P12, P29, P30]
package portcullis.rules.rotation["certificate-renewal"]

import data.portcullis.lib.durations
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.rotation_certificates as certificates
import data.portcullis.lib.schedules
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.new("renewal-disabled", obj, ["spec", "renewal", "policy"], {}) if {
	some obj in certificates.certificates
	obj.object.spec.renewal.policy == "Disabled"
}

# Keys

report contains finding.new("key-reused", request.obj, request.paths.rotationPolicy, {}) if {
	some request in certificates.requests
	request.values.rotationPolicy == "Never"
}

report contains finding.new("key-reused", request.obj, request.paths.reusePrivateKey, {}) if {
	some request in certificates.requests
	request.values.reusePrivateKey in {"true", true}
}

report contains finding.new("key-policy-unset", obj, ["spec", "privateKey", "rotationPolicy"], {}) if {
	_older_than_118
	some obj in certificates.certificates
	not obj.partial
	not object.get(obj.object.spec, ["privateKey", "rotationPolicy"], null) in {"Always", "Never"}
}

report contains finding.new("weak-key-long-life", request.obj, request.paths.algorithm, args) if {
	some request in certificates.requests
	request.values.algorithm == "RSA"
	object.get(request.values, "size", 2048) in {2048, "2048"}
	certificates.lifetime(request) > 31536000
	args := {"lifetime": durations.text(certificates.lifetime(request))}
}

# Lifetimes

report contains finding.new("lifetime-too-long", request.obj, request.paths.duration, args) if {
	some request in certificates.requests
	lifetime := durations.go(request.values.duration)
	limit := {true: params.maxCaDays, false: params.maxCertDays}[request.ca == true] * 86400
	lifetime > limit
	args := {"lifetime": durations.text(lifetime), "limit": durations.text(limit)}
}

report contains finding.new("duration-unreadable", request.obj, path, {}) if {
	some request in certificates.requests
	some field in ["duration", "renewBefore"]
	path := request.paths[field]
	value := request.values[field]
	not durations.go(value)
}

report contains finding.new("pod-certificate-too-long", obj, path, args) if {
	some obj in input.objects
	not obj.context
	some pod in pods.specs(obj)
	some index, volume in k8s.list(object.get(pod.spec, "volumes", null))
	some position, source in k8s.list(object.get(volume, ["projected", "sources"], null))
	seconds := source.podCertificate.maxExpirationSeconds
	is_number(seconds)
	seconds > params.maxPodCertSeconds
	place := ["volumes", index, "projected", "sources", position, "podCertificate", "maxExpirationSeconds"]
	path := array.concat(pod.path, place)
	args := {"lifetime": durations.text(seconds), "limit": durations.text(params.maxPodCertSeconds)}
}

# When renewal begins

report contains finding.new(variant, request.obj, request.paths.renewBefore, args) if {
	some request in certificates.requests
	window := durations.go(request.values.renewBefore)
	lifetime := certificates.lifetime(request)
	some variant in _window_problem(window, lifetime)
	args := {
		"window": durations.text(window),
		"lifetime": durations.text(lifetime),
		"limit": durations.text({true: _min_window, false: 300}[lifetime >= (3 * _min_window)]),
	}
}

_window_problem(window, lifetime) := {"renews-constantly"} if {
	window >= lifetime
} else := {"renews-too-late"} if {
	window < 300
} else := {"renews-too-late"} if {
	window < _min_window
	lifetime >= 3 * _min_window
} else := set()

_min_window := durations.param(params.minRenewWindow)

report contains finding.new("renewal-ambiguous", request.obj, request.paths.percentage, {}) if {
	some request in certificates.requests
	request.values.percentage
	request.values.renewBefore
}

report contains finding.new("percentage-invalid", request.obj, request.paths.percentage, {}) if {
	some request in certificates.requests
	request.values.percentage
	not _valid_percentage(request)
}

_valid_percentage(request) if {
	percentage := certificates.percentage(request)
	percentage >= 1
	percentage <= 99
}

# Renewal windows

_windows_path := ["spec", "renewal", "windows"]

_windowed := [request |
	some request in certificates.requests
	request.obj.object.kind == "Certificate"
	count(k8s.list(object.get(request.obj.object, _windows_path, null))) > 0
]

report contains finding.new("windows-without-policy", request.obj, _windows_path, {}) if {
	some request in _windowed
	not request.obj.partial
	not object.get(request.obj.object.spec.renewal, "policy", "") in {"RenewBefore", "Disabled"}
}

report contains finding.new("windows-unreadable", request.obj, _windows_path, {}) if {
	some request in _windowed
	not schedules.windows(request.obj, _windows_path)
}

report contains finding.new("windows-too-narrow", request.obj, _windows_path, args) if {
	some request in _windowed
	closed := schedules.windows(request.obj, _windows_path).longestClosed
	window := certificates.renew_window(request)
	closed > window
	args := {"closed": durations.text(closed), "window": durations.text(window)}
}

_older_than_118 if {
	parts := [to_number(part) | some part in split(params.certManagerMin, ".")]
	[parts[0], parts[1]] < [1, 18]
}
