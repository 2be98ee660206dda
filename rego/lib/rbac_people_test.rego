package portcullis.lib.rbac_people_test

import data.portcullis.lib.rbac_people
import data.portcullis.lib.testing

_subject(kind, name) := {"kind": kind, "name": name, "namespace": "ci"}

_grant(subjects) := {"obj": {}, "cluster": false, "namespace": "n", "subjects": subjects}

_external(subjects) if rbac_people.is_external(_grant(subjects))

_deployment(subjects, deployers) if rbac_people.is_deployment({"obj": {}}, _grant(subjects), deployers)

test_who_is_from_outside if {
	_external([_subject("User", "jane"), _subject("Group", "oidc:team")])
	not _external([])
	not _external([_subject("User", "jane"), _subject("ServiceAccount", "ci")])
	not _external([_subject("Group", "system:serviceaccounts")])
	not _external([_subject("User", "system:anonymous")])
}

test_who_deploys if {
	_deployment([_subject("Group", "oidc:team"), _subject("ServiceAccount", "deployer")], ["ServiceAccount/ci/deployer"])
	not _deployment([_subject("ServiceAccount", "deployer")], [])
	not _deployment([], ["ServiceAccount/ci/deployer"])
}

test_a_runner_in_its_own_namespace if {
	labels := {"app": "jenkins"}
	role := {"name": "x", "object": {"metadata": {"labels": labels}}}
	rbac_people.is_deployment(
		{"obj": role},
		{"obj": role, "cluster": false, "namespace": "ci", "subjects": [_subject("ServiceAccount", "jenkins")]},
		[],
	)
}

test_restricted_namespaces if {
	namespaces := [{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": level, "labels": {"pod-security.kubernetes.io/enforce": level}}} |
		some level in ["restricted", "baseline"]
	]
	rbac_people.restricted_namespaces == {"restricted"} with input as testing.input_of(namespaces)
}
