package portcullis.lib.admission_scope_test

import data.portcullis.lib.admission_scope
import data.portcullis.lib.testing

_found := {[obj.id, path] | some [obj, path] in admission_scope.fails_open}

_webhooks(hooks) := {
	"apiVersion": "admissionregistration.k8s.io/v1",
	"kind": "ValidatingWebhookConfiguration",
	"webhooks": hooks,
}

_hook(failure, groups, resources) := {"failurePolicy": failure, "rules": [{"apiGroups": groups, "resources": resources}]}

test_webhooks if {
	_found == {
		[0, ["webhooks", 0, "failurePolicy"]],
		[0, ["webhooks", 2, "failurePolicy"]],
	} with input as testing.input_of([
		_webhooks([
			_hook("Ignore", ["*"], ["*"]),
			_hook("Fail", ["*"], ["*"]),
			_hook("Ignore", ["rbac.authorization.k8s.io"], ["rolebindings"]),
			_hook("Ignore", ["example.com"], ["secrets"]),
			_hook("Ignore", [""], ["pods"]),
			{"failurePolicy": "Ignore"},
			null,
		]),
		_webhooks(null),
		{"apiVersion": "example.com/v1", "kind": "ValidatingWebhookConfiguration", "webhooks": [_hook("Ignore", ["*"], ["*"])]},
	])
}

_cel(failure, resources) := {
	"apiVersion": "admissionregistration.k8s.io/v1",
	"kind": "ValidatingAdmissionPolicy",
	"spec": {
		"failurePolicy": failure,
		"matchConstraints": {"resourceRules": [{"apiGroups": [""], "resources": resources}]},
	},
}

test_policies_in_cel if {
	_found == {[0, ["spec", "failurePolicy"]]} with input as testing.input_of([
		_cel("Ignore", ["secrets"]),
		_cel("Fail", ["secrets"]),
		_cel("Ignore", ["pods"]),
	])
}

_kyverno(spec) := {"apiVersion": "kyverno.io/v1", "kind": "Policy", "spec": spec}

_match(kinds) := [{"match": {"resources": {"kinds": kinds}}}]

test_policies_of_kyverno if {
	_found == {
		[0, ["spec", "failurePolicy"]],
		[1, ["spec", "webhookConfiguration", "failurePolicy"]],
	} with input as testing.input_of([
		_kyverno({"failurePolicy": "Ignore", "rules": _match(["v1/Secret", 5])}),
		_kyverno({"webhookConfiguration": {"failurePolicy": "Ignore"}, "rules": [{"match": {"all": [null, {"resources": {"kinds": ["*"]}}]}}]}),
		_kyverno({"failurePolicy": "Ignore", "rules": _match(["Pod"])}),
		_kyverno({"failurePolicy": "Ignore", "rules": [null]}),
	])
}
