# METADATA
# title: Nothing renews a certificate, or it is about to expire
# description: |
#   Looks at two things. Every Ingress, Gateway (Gateway API and Istio) and workload that takes the
#   certificate of a Secret should have something that issues it: a cert-manager Certificate, an
#   annotation that names an issuer, a VaultPKISecret, an ExternalSecret, a SecretProviderClass. A
#   certificate that somebody made by hand is renewed when somebody remembers. What is missing may be
#   in another repository, so that is `info` unless everything is in the set (`completeness: full`).
#
#   And every certificate that stands in a Secret, a ConfigMap, the values of a chart or any other object
#   is read (PEM, also in base64): whether it is expired, expires within `expiryWarn`, lives longer than
#   `maxCertDays`, is signed with MD5 or SHA-1 or has a short key, or is signed by itself.
#
#   Certificates of authorities and those that are only trusted (`ca.crt`, a bundle) are not held to that;
#   expired ones are merely noted, since a bundle keeps them for years. The bundles in webhook
#   configurations belong to what writes them. In examples and test data findings are low.
#
#   Left alone: certificates of the cloud's load balancer (ACM, Google's managed certificates), Secrets in
#   `externallyManaged`, such as the controller's default certificate, what is marked optional, and
#   Secrets that stand in Git, sealed or not: another rule asks for their schedule. A private key in a Route
#   is reported as a private key.
# related_resources:
#   - ref: https://cert-manager.io/docs/usage/ingress/
#   - ref: https://kubernetes.io/docs/concepts/services-networking/ingress/#tls
#   - ref: https://gateway-api.sigs.k8s.io/guides/tls/
# custom:
#   severity: high
#   confidence: high
#   scope: set
#   needs: [certificates, clock]
#   kinds: ["*"]
#   remediation: |
#     Annotate the Ingress with an issuer, or add a Certificate for the Secret:
#
#     ```yaml
#     metadata:
#       annotations:
#         cert-manager.io/cluster-issuer: internal-ca
#     spec:
#       tls:
#         - hosts: [api.example.com]
#           secretName: api-tls
#     ```
#
#     A certificate that stands in Git is replaced by one that is issued in the cluster: take the text out
#     and let cert-manager write the Secret.
#   variants:
#     without-issuer:
#       severity: medium
#       message: "Nothing here issues or renews the certificate in Secret `{secret}`; name an issuer or add a Certificate"
#     expired:
#       severity: high
#       message: "This certificate expired {ago} ago: whoever checks it refuses it"
#     expiring:
#       severity: medium
#       message: "This certificate expires in {left}, and nothing renews what stands in a file"
#     lifetime-too-long:
#       severity: low
#       message: "This certificate lives {lifetime}; at most {limit} is allowed"
#     weak-algorithm:
#       severity: medium
#       message: "This certificate {weakness}, which can be forged; issue one with SHA-256 and a key of 2048 bits or more"
#     self-signed:
#       severity: low
#       message: "This certificate is signed by its own key, so that it can only be trusted by copying it"
#     authority-expired:
#       severity: info
#       message: "A certificate of an authority that is trusted here expired {ago} ago"
#   params:
#     expiryWarn:
#       type: string
#       description: "How long before its end a certificate is reported, such as `30d`."
#       default: "30d"
#     maxCertDays:
#       type: number
#       description: Longest life of a certificate in days; browsers refuse more than 398.
#       default: 397
#     externallyManaged:
#       type: array
#       description: "Secrets whose certificates are renewed elsewhere, as `name` or `namespace/name`."
#       default: []
#     exampleGlobs:
#       type: array
#       description: Files that are examples; findings in them are low.
#       default: ["**/examples/**", "**/testdata/**"]
#   frameworks:
#     pci: ["4.2.1", "4.2.1.1", "3.7.4"]
#     nist: ["SC-17", "SC-12"]
#     soc2: ["CC6.7"]
#     iso: ["A.8.24"]
#     cwe: ["CWE-324", "CWE-295", "CWE-326"]
#   practices: [P10, P29, P30]
#   yields-to: [secrets/private-key-material]
package portcullis.rules.rotation["tls-material-unmanaged-or-expiring"]

import data.portcullis.lib.certificates
import data.portcullis.lib.durations
import data.portcullis.lib.evidence
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.settings
import data.portcullis.lib.tls_sources

params := settings.params(rego.metadata.chain())

# Secrets that nothing fills

report contains finding.with_severity(found, severity) if {
	some use in tls_sources.uses
	not use.obj.partial
	not tls_sources.says_issuer(use.obj)
	not tls_sources.is_known(use)
	not _is_managed(use.namespace, use.name)
	severity := {true: "medium", false: "info"}[settings.completeness == "full"]
	found := finding.new("without-issuer", use.obj, use.path, {"secret": use.name})
}

# Certificates that stand in objects

report contains _lowered(text, found) if {
	some text in _judged
	some found in _problems(text)
}

report contains finding.new("authority-expired", text.obj, text.path, {"ago": durations.text(input.clock - first)}) if {
	some text in _judged
	first := min([one.notAfter | some one in text.authorities])
	first < input.clock
}

_judged := [text |
	some text in certificates.texts
	not _is_managed(text.obj.namespace, text.obj.name)
]

_problems(text) := (_ends(text) | _long(text)) | (_weak(text) | _own(text))

_ends(text) := {finding.new(variant, text.obj, text.path, args) |
	end := min([one.notAfter | some one in text.leaves])
	some variant, args in _end_problem(end - input.clock)
}

_end_problem(left) := {"expired": {"ago": durations.text(0 - left)}} if {
	left < 0
} else := {"expiring": {"left": durations.text(left)}} if {
	left < durations.param(params.expiryWarn)
} else := {}

_long(text) := {finding.new("lifetime-too-long", text.obj, text.path, args) |
	lifetime := max([seconds | some one in text.leaves; seconds := one.notAfter - one.notBefore])
	limit := params.maxCertDays * 86400
	lifetime > limit
	args := {"lifetime": durations.text(lifetime), "limit": durations.text(limit)}
}

_weak(text) := {finding.new("weak-algorithm", text.obj, text.path, {"weakness": weaknesses[0]}) |
	weaknesses := sort([weakness | some one in text.leaves; weakness := certificates.weakness(one)])
	count(weaknesses) > 0
}

_own(text) := {finding.new("self-signed", text.obj, text.path, {}) |
	some one in text.leaves
	one.selfSigned
}

_lowered(text, found) := evidence.lowered(found, text.obj.file, params.exampleGlobs)

_is_managed(namespace, name) if {
	some listed in {name, concat("/", [namespace, name])}
	listed in k8s.list(params.externallyManaged)
}
