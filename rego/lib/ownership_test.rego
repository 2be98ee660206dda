package portcullis.lib.ownership_test

import data.portcullis.lib.ownership
import data.portcullis.lib.testing

_secret(annotations) := {
	"apiVersion": "v1",
	"kind": "Secret",
	"metadata": {"name": "a", "namespace": "shop", "annotations": annotations},
}

_said(manifests) if ownership.is_said("portcullis/owner") with input as testing.input_of(manifests)

test_nobody_says_it if not _said([_secret({"other": "x"})])

test_an_object_says_it_of_itself if _said([_secret({"portcullis/owner": "shop"})])

test_its_namespace_says_it if {
	labels := {"portcullis/owner": "shop"}
	_said([_secret({}), {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": labels}}])
}

test_a_kustomization_says_it if _said([_secret({}), {
	"apiVersion": "kustomize.config.k8s.io/v1beta1",
	"kind": "Kustomization",
	"commonAnnotations": {"portcullis/owner": "shop"},
}])
