package portcullis.lib.agent_secret_contents_test

import data.portcullis.lib.agent_secret_contents as contents
import data.portcullis.lib.testing

_object(api_version, kind, fields) := object.union(
	{"apiVersion": api_version, "kind": kind, "metadata": {"name": "s", "namespace": "n"}},
	fields,
)

_count := {number | number := contents.count_of("n", "s")}

_external(spec) := _object("external-secrets.io/v1", "ExternalSecret", {"spec": spec})

test_counts if {
	_count == {2} with input as testing.input_of([_object("v1", "Secret", {"data": {"a": "", "b": ""}, "stringData": {"b": ""}})])
	_count == set() with input as testing.input_of([_object("v1", "Secret", {"data": null})])
	_count == {1} with input as testing.input_of([_object("bitnami.com/v1alpha1", "SealedSecret", {"spec": {"encryptedData": {"a": ""}}})])
	_count == set() with input as testing.input_of([_object("bitnami.com/v1alpha1", "SealedSecret", {"spec": null})])
	_count == {1} with input as testing.input_of([_external({"data": [{"secretKey": "a"}]})])
	_count == {3} with input as testing.input_of([_external({"data": [{"secretKey": "a"}], "dataFrom": [{"extract": {"key": "k"}}]})])
	_count == set() with input as testing.input_of([_external({"target": {"name": "other"}, "data": [{}]})])
	_count == {2} with input as testing.input_of([_external({"target": {"name": ""}, "data": [{}]}), _object("v1", "Secret", {"data": {"a": "", "b": ""}})])
	_count == set() with input as testing.input_of([])
}

test_powerful_ones if {
	contents.is_powerful("n", "aws-credentials") with input as testing.input_of([])
	contents.is_powerful("n", "jwt-signing-key") with input as testing.input_of([])
	not contents.is_powerful("n", "llm") with input as testing.input_of([])
	contents.is_powerful("n", "s") with input as testing.input_of([_object("v1", "Secret", _classed("signing-key"))])
	external := object.union(_external({"target": {"name": "t"}}), _classed("cloud-key"))
	contents.is_powerful("n", "t") with input as testing.input_of([external])
	not contents.is_powerful("n", "s") with input as testing.input_of([external])
	not contents.is_powerful("n", "s") with input as testing.input_of([_object("v1", "Secret", _classed("other"))])
}

test_certificates if {
	contents.is_certificate("n", "web-tls") with input as testing.input_of([])
	contents.is_certificate("n", "s") with input as testing.input_of([_object("v1", "Secret", {"type": "kubernetes.io/tls"})])
	contents.is_certificate("n", "x") with input as testing.input_of([_object("cert-manager.io/v1", "Certificate", {"spec": {"secretName": "x"}})])
	not contents.is_certificate("n", "s") with input as testing.input_of([_object("v1", "Secret", {"type": "Opaque"})])
	not contents.is_certificate("n", "s") with input as testing.input_of([_object("cert-manager.io/v1", "Certificate", {})])
}

_classed(class) := {"metadata": {"annotations": {"portcullis/class": class}}}
