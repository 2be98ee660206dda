package portcullis.lib.admission_changes_test

import data.portcullis.lib.admission_changes
import data.portcullis.lib.testing

_stopped(was, now) := {entry.path |
	document := testing.changed(testing.input_of([now]), {"before": {0: was}})
	some entry in data.portcullis.lib.admission_modes.tolerant with input as document
	admission_changes.stopped_refusing(entry) with input as document
}

_policy(actions) := {
	"apiVersion": "kyverno.io/v1",
	"kind": "ClusterPolicy",
	"metadata": {"name": "p"},
	"spec": {"rules": [{"match": {"any": [{"resources": {"kinds": ["v1/Pod"]}}]}, "validate": {"failureAction": action}} |
		some action in actions
	]},
}

test_a_rule_in_front_is_no_change_of_the_others if {
	_stopped(_policy(["Enforce", "Audit"]), _policy(["Enforce", "Enforce", "Audit"])) == set()
	_stopped(_policy(["Enforce", "Audit"]), _policy(["Audit", "Audit"])) == {["spec", "rules", 0, "validate", "failureAction"]}
	_stopped(_policy(["Audit"]), _policy(["Audit", "Audit"])) == {["spec", "rules", 1, "validate", "failureAction"]}
}

_lost(was, now) := {[entry.path, entry.lost] |
	document := testing.changed(testing.input_of([now]), {"before": {0: was}})
	some entry in admission_changes.narrowed with input as document
}

_cel(resources, operations) := {
	"apiVersion": "admissionregistration.k8s.io/v1",
	"kind": "ValidatingAdmissionPolicy",
	"metadata": {"name": "p"},
	"spec": {"matchConstraints": {"resourceRules": [{"apiGroups": [""], "resources": resources, "operations": operations}]}},
}

_webhook(operations) := {
	"apiVersion": "admissionregistration.k8s.io/v1",
	"kind": "ValidatingWebhookConfiguration",
	"metadata": {"name": "p"},
	"webhooks": [{"rules": [{"apiGroups": ["*"], "resources": ["*/*"], "operations": operations}]}],
}

test_each_kind_of_policy if {
	rules := ["spec", "matchConstraints", "resourceRules"]
	_lost(_cel(["pods", "secrets"], ["*"]), _cel(["pods"], ["CREATE"])) == {[rules, {"secrets", "updates"}]}
	_lost(_cel(["*"], ["CREATE"]), _cel(["secrets", "pods/*"], ["CREATE", "UPDATE"])) == {[rules, {
		"roles", "clusterroles",
		"rolebindings", "clusterrolebindings",
	}]}
	_lost(_webhook(["CREATE", "UPDATE"]), _webhook(["UPDATE"])) == {[["webhooks"], {"creation"}]}
	_lost(_policy(["Enforce"]), _policy([])) == {[["spec", "rules"], {"pods"}]}
	_lost(_policy(["Enforce"]), _policy(["Enforce"])) == set()
}

test_what_an_added_policy_takes_over_is_not_lost if {
	document := testing.changed(
		testing.input_of([_cel(["pods"], ["*"]), _cel(["secrets"], ["*"])]),
		{"added": [1], "before": {0: _cel(["pods", "secrets"], ["*"])}},
	)
	lost := admission_changes.narrowed with input as document
	lost == []
}

test_a_constraint_for_everything if {
	everything := {
		"apiVersion": "constraints.gatekeeper.sh/v1beta1",
		"kind": "K8sAny",
		"metadata": {"name": "p"},
		"spec": {},
	}
	pods := object.union(everything, {"spec": {"match": {"kinds": [{"kinds": ["Pod"]}]}}})
	found := _lost(everything, pods)
	found == {[["spec", "match", "kinds"], {
		"secrets",
		"roles", "clusterroles",
		"rolebindings", "clusterrolebindings",
	}]}
}
