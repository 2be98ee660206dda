package portcullis.lib.rbac_masters_test

import data.portcullis.lib.rbac_masters
import data.portcullis.lib.testing

_mapped if [place.path | some place in rbac_masters.mappings] == [["data", "mapRoles"]]

_aws_auth(text) := testing.input_of([{
	"apiVersion": "v1",
	"kind": "ConfigMap",
	"metadata": {"name": "aws-auth"},
	"data": {"mapRoles": text},
}])

test_mappings_of_aws_auth if {
	_mapped with input as _aws_auth("- groups:\n  - system:masters\n")
	_mapped with input as _aws_auth("- groups:\n  - \"system:masters\"  # ops\n")
	_mapped with input as _aws_auth("- {rolearn: a, groups: [nodes, system:masters]}")
	_mapped with input as _aws_auth(`[{"groups": ["system:masters"]}]`)
	not _mapped with input as _aws_auth("- groups:\n  - system:nodes\n")
	not _mapped with input as _aws_auth("# - system:masters\n")
	not _mapped with input as _aws_auth("# groups: [system:masters]\n")
	not _mapped with input as _aws_auth("- username: system:masters\n")
	not _mapped with input as _aws_auth("- groups: [my-system:masters-of-none]\n")
	not _mapped with input as _aws_auth(7)
}

test_access_entries if {
	places := rbac_masters.mappings with input as testing.input_of([
		{"apiVersion": "eks.services.k8s.aws/v1alpha1", "kind": "AccessEntry", "spec": {"kubernetesGroups": ["a", "system:masters"]}},
		{"apiVersion": "example.com/v1", "kind": "AccessEntry", "spec": {"kubernetesGroups": ["system:masters"]}},
		{
			"apiVersion": "eks.aws.upbound.io/v1beta1",
			"kind": "AccessEntry",
			"spec": {"forProvider": {"kubernetesGroups": ["system:masters"]}},
		},
	])
	[[place.obj.id, place.path] | some place in places] == [
		[0, ["spec", "kubernetesGroups", 1]],
		[2, ["spec", "forProvider", "kubernetesGroups", 0]],
	]
}

_certificate(spec) := {"apiVersion": "cert-manager.io/v1", "kind": "Certificate", "spec": spec}

# What openssl writes is DER; only the bytes around the name matter here.
_request(before, after) := base64.encode(concat("", [
	"-----BEGIN CERTIFICATE REQUEST-----\n",
	base64.encode(concat("", [before, "system:masters", after])),
	"\n-----END CERTIFICATE REQUEST-----\n",
]))

_signing(request) := {
	"apiVersion": "certificates.k8s.io/v1",
	"kind": "CertificateSigningRequest",
	"spec": {"request": request},
}

test_certificates if {
	places := rbac_masters.certificates with input as testing.input_of([
		_certificate({"subject": {"organizations": ["a", "system:masters"]}}),
		_certificate({"subject": null}),
		_certificate({"literalSubject": "CN=a,O=system:masters"}),
		_certificate({"literalSubject": "CN=system:masters"}),
		object.union(_certificate({"literalSubject": "O=system:masters"}), {"apiVersion": "example.com/v1"}),
	])
	[[place.obj.id, place.path] | some place in places] == [
		[0, ["spec", "subject", "organizations", 1]],
		[2, ["spec", "literalSubject"]],
	]
}

test_requests_at_every_offset if {
	places := rbac_masters.certificates with input as testing.input_of([
		_signing(_request("abc", "x")),
		_signing(_request("abcd", "xy")),
		_signing(_request("abcde", "")),
		_signing(_request("abc", "!system:nodes")),
		_signing(base64.encode("no request at all")),
		_signing("not base64!"),
		_signing(null),
		{"apiVersion": "cert-manager.io/v1", "kind": "CertificateRequest", "spec": {"request": _request("ab", "c")}},
		{"apiVersion": "example.com/v1", "kind": "CertificateRequest", "spec": {"request": _request("ab", "c")}},
	])
	{place.obj.id | some place in places} == {0, 1, 2, 3, 7}
	{place.path | some place in places} == {["spec", "request"]}
}
