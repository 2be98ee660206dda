package portcullis.lib.admission_modes_test

import data.portcullis.lib.admission_modes
import data.portcullis.lib.testing

_object(api_version, kind, spec) := {"apiVersion": api_version, "kind": kind, "metadata": {"name": "a"}, "spec": spec}

_constraint(spec) := _object("constraints.gatekeeper.sh/v1beta1", "K8sAny", spec)

_found := {[entry.obj.id, entry.path, entry.action, entry.severity] | some entry in admission_modes.tolerant}

test_constraints if {
	_found == {
		[0, ["spec", "enforcementAction"], "warn", "medium"],
		[1, ["spec", "scopedEnforcementActions", 0, "action"], "dryrun", "medium"],
	} with input as testing.input_of([
		_constraint({"enforcementAction": "warn"}),
		_constraint({"enforcementAction": "scoped", "scopedEnforcementActions": [{"action": "dryrun"}, {"action": "warn"}]}),
		_constraint({"enforcementAction": "scoped", "scopedEnforcementActions": [{"action": "warn"}, {"action": "deny"}]}),
		_constraint({"enforcementAction": "scoped", "scopedEnforcementActions": []}),
		_constraint({"enforcementAction": "deny"}),
		_constraint(null),
		_object("example.com/v1", "K8sAny", {"enforcementAction": "warn"}),
	])
}

_policy(spec) := _object("kyverno.io/v1", "ClusterPolicy", spec)

_check(check) := {"name": "r", "validate": check}

_default := ["spec", "validationFailureAction"]

test_policies_of_kyverno if {
	_found == {
		[0, _default, "audit", "medium"],
		[1, _default, "Audit", "low"],
		[2, ["spec", "rules", 1, "validate", "failureAction"], "Audit", "medium"],
		[3, ["spec", "rules", 0, "verifyImages", 0, "failureAction"], "Audit", "medium"],
		[4, ["spec", "rules", 0, "validate", "failureActionOverrides", 0, "action"], "Audit", "medium"],
	} with input as testing.input_with([
		{"object": _policy({"validationFailureAction": "audit", "rules": [_check({})]})},
		{"object": _policy({"rules": [_check({}), _check({"failureAction": "Enforce"})]})},
		{"object": _policy({"validationFailureAction": "Enforce", "rules": [_check({}), _check({"failureAction": "Audit"})]})},
		{"object": _policy({"rules": [{"verifyImages": [{"failureAction": "Audit"}, {"failureAction": "Enforce"}]}]})},
		{"object": _policy({"rules": [_check({"failureAction": "Enforce", "failureActionOverrides": [{"action": "Audit"}, null]})]})},
		{"object": _policy({"validationFailureAction": "Audit", "rules": [_check({"failureAction": "Enforce"}), {"mutate": {}}]})},
		{"object": _policy({"rules": [_check({})]}), "partial": true},
		{"object": _policy({"validationFailureAction": "Audit", "admission": false, "rules": [_check({})]})},
		{"object": _policy({"validationFailureAction": 5, "rules": [_check({}), "text", null]})},
		{"object": _policy(null)},
	])
}

test_others if {
	actions := ["spec", "validationActions"]
	_found == {
		[0, actions, "Warn, Audit", "medium"],
		[1, actions, "Audit", "medium"],
		[2, ["spec", "mode"], "warn", "medium"],
	} with input as testing.input_of([
		_object("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding", {"validationActions": ["Warn", "Audit", 5]}),
		_object("policies.kyverno.io/v1", "ImageValidatingPolicy", {"validationActions": ["Audit"]}),
		_object("policy.sigstore.dev/v1beta1", "ClusterImagePolicy", {"mode": "warn"}),
		_object("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding", {"validationActions": ["Deny"]}),
		_object("policies.kyverno.io/v1", "ValidatingPolicy", {}),
		_object("policies.kyverno.io/v1", "ValidatingPolicy", {
			"validationActions": ["Audit"],
			"evaluation": {"admission": {"enabled": false}},
		}),
		_object("policy.sigstore.dev/v1beta1", "ClusterImagePolicy", null),
	])
}
