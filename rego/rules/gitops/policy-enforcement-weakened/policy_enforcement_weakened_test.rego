package portcullis.rules.gitops["policy-enforcement-weakened_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.gitops["policy-enforcement-weakened"] as rule

_constraint(annotations, spec) := {
	"apiVersion": "constraints.gatekeeper.sh/v1beta1",
	"kind": "K8sAny",
	"metadata": {"name": "a", "annotations": annotations},
	"spec": spec,
}

_found contains [entry.variant, object.get(entry, "severity", "variant's"), entry.object, entry.args] if {
	some entry in rule.report
}

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as testing.input_of([_constraint({}, {"enforcementAction": "dryrun"})])
	report == {{
		"variant": "not-enforcing",
		"severity": "medium",
		"object": 0,
		"path": ["spec", "enforcementAction"],
		"args": {"action": "dryrun"},
	}}
}

_excluding(namespaces) := testing.input_of([_constraint({}, {"match": {"excludedNamespaces": namespaces}})])

_left_out(variant, namespace, policies) := {[variant, "variant's", 0, {"namespace": namespace, "policies": policies}]}

test_namespaces if {
	_found == set() with input as _excluding(["kube-system", "kube-*", "gatekeeper-system", "*-system"])
	_found == _left_out("namespace-left-out", "agents", "This policy does") with input as _excluding(["agents"])
	_found == _left_out("scope-left-out", "*", "This policy does") with input as _excluding(["*"])
	_found == _left_out("scope-left-out", "agents", "The policies of this engine do") with input as testing.input_of([{
		"apiVersion": "config.gatekeeper.sh/v1alpha1",
		"kind": "Config",
		"spec": {"match": [{"processes": ["*"], "excludedNamespaces": ["agents"]}]},
	}])
}

_exception(resources) := testing.input_of([{
	"apiVersion": "kyverno.io/v2",
	"kind": "PolicyException",
	"spec": {"match": {"resources": object.union({"kinds": ["Pod"]}, resources)}},
}])

_too_wide(severity, what) := {["exception-too-wide", severity, 0, {"what": what}]}

test_exceptions if {
	_found == _too_wide("high", "everything in every namespace") with input as _exception({})
	_found == _too_wide("high", "everything in a, b") with input as _exception({"namespaces": ["b", "a", "kube-system"]})
	_found == _too_wide("medium", "objects of that name in every namespace") with input as _exception({"names": ["x"]})
	_found == set() with input as _exception({"namespaces": ["kube-system"]})
}

test_namespaces_that_have_themselves_ignored if {
	_found == {["namespace-ignored", "high", 0, {"namespace": "agents"}]} with input as testing.input_of([{
		"apiVersion": "v1",
		"kind": "Namespace",
		"metadata": {"name": "agents", "labels": {"admission.gatekeeper.sh/ignore": "x"}},
	}])
}

test_failing_open if {
	_found == {["fails-open", "variant's", 0, {}]} with input as testing.input_of([{
		"apiVersion": "admissionregistration.k8s.io/v1",
		"kind": "ValidatingWebhookConfiguration",
		"webhooks": [{"failurePolicy": "Ignore", "rules": [{"apiGroups": ["*"], "resources": ["*"]}]}],
	}])
}

_until(text, seconds) := testing.with_facts(
	testing.input_of([_constraint({"portcullis/rollout-until": text}, {"enforcementAction": "warn"})]),
	{"times": {"then": seconds}},
)

_now := 1764547200

_day := 86400

test_rollouts if {
	_found == set() with input as _until("then", _now + (30 * _day))
	_found == set() with input as _until("then", (_now - _day) + 1)
	count(_found) == 1 with input as _until("then", (_now + (30 * _day)) + 1)
	count(_found) == 1 with input as _until("then", _now - _day)
	count(_found) == 1 with input as _until("soon", _now)
	count(_found) == 1 with input as _until(5, _now)
}

test_params if {
	params := {"gitops/policy-enforcement-weakened": {"systemNamespaces": ["agents", "team-*", 5], "rolloutDays": 31}}
	_found == set() with input as _excluding(["agents", "team-a"]) with data.settings.params as params
	_found == set() with input as _until("then", _now + (31 * _day)) with data.settings.params as params
}

_changed(was, now) := testing.changed(testing.input_of([now]), {"before": {0: was}})

test_a_change_that_has_a_policy_no_longer_refuse if {
	was := _constraint({}, {"enforcementAction": "deny"})
	now := _constraint({}, {"enforcementAction": "warn"})
	_found == {["not-enforcing", "high", 0, {"action": "warn"}]} with input as _changed(was, now)
	_found == {["not-enforcing", "medium", 0, {"action": "warn"}]} with input as _changed(now, now)
	_found == {["not-enforcing", "medium", 0, {"action": "warn"}]} with input as testing.changed(
		testing.input_of([now]),
		{"added": [0]},
	)
}

test_a_change_that_takes_secrets_out if {
	was := _constraint({}, {"match": {"kinds": [{"apiGroups": [""], "kinds": ["Pod", "Secret"]}]}})
	now := _constraint({}, {"match": {"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}]}})
	_found == {["scope-narrowed", "variant's", 0, {"lost": "secrets"}]} with input as _changed(was, now)
	_found == set() with input as _changed(now, was)
	rolled_out := _constraint({"portcullis/rollout-until": "soon"}, now.spec)
	_found == set() with input as testing.with_facts(_changed(was, rolled_out), object.union(
		_changed(was, rolled_out).facts,
		{"times": {"soon": 1764633600}},
	))
}
