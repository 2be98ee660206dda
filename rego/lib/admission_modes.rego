# METADATA
# title: Whether admission policies refuse what breaks them
# description: |
#   Constraints of Gatekeeper, policies of Kyverno, validating admission policies and image policies of
#   sigstore.
package portcullis.lib.admission_modes

import data.portcullis.lib.k8s

# METADATA
# description: |
#   What only tells of violations, as `{obj, path, action, severity}`; undefined severity where the action is
#   the default and nobody wrote it. Those that only write reports from time to time are left out.
tolerant := array.flatten([_constraints, _kyverno, _bindings, _images])

_of(group, kinds) := [obj |
	some kind in kinds
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == group
]

# Kinds of constraints are made by their templates.
_constraints := [{"obj": obj, "path": path, "action": action, "severity": "medium"} |
	some obj in input.objects
	k8s.group(obj.object.apiVersion) == "constraints.gatekeeper.sh"
	some [path, action] in _of_constraint(obj)
]

_scoped := ["spec", "scopedEnforcementActions"]

_of_constraint(obj) := [[["spec", "enforcementAction"], action]] if {
	action := obj.object.spec.enforcementAction
	action in {"dryrun", "warn"}
} else := [[array.concat(_scoped, [0, "action"]), action]] if {
	obj.object.spec.enforcementAction == "scoped"
	actions := k8s.items_at(obj.object, _scoped)
	count([1 | some entry in actions; entry.action == "deny"]) == 0
	action := actions[0].action
	is_string(action)
}

# METADATA
# description: Kyverno's policies in their older form, as objects.
kyverno_policies := _of("kyverno.io", ["ClusterPolicy", "Policy"])

_kyverno := [{"obj": obj, "path": path, "action": action, "severity": severity} |
	some obj in kyverno_policies
	object.get(obj.object, ["spec", "admission"], true) != false
	some [path, action, severity] in _of_policy(obj)
]

_default := ["spec", "validationFailureAction"]

_of_policy(obj) := (by_rule | by_default) | by_namespace if {
	by_rule := {[path, action, "medium"] |
		some path in _checks(obj)
		action := object.get(obj.object, path, null)
		_is_audit(action)
	}
	written := object.get(obj.object, _default, null)
	by_default := {[_default, action, severity] |
		some path in _checks(obj)
		object.get(obj.object, path, null) == null
		some [action, severity] in _action(obj, written)
	}
	by_namespace := {[array.concat(path, [index, "action"]), entry.action, "medium"] |
		some path in _overrides(obj)
		some index, entry in k8s.items_at(obj.object, path)
		_is_audit(entry.action)
	}
}

# Without an action, Kyverno only reports; a patch leaves it to what it patches.
_action(_, written) := {[written, "medium"]} if _is_audit(written)

_action(obj, null) := {["Audit", "low"]} if not obj.partial

_is_audit(action) if {
	is_string(action)
	lower(action) == "audit"
}

# Where each check of a policy may say what a violation leads to.
_checks(obj) := {["spec", "rules", index, "validate", "failureAction"] |
	some index, rule in k8s.items_at(obj.object, ["spec", "rules"])
	is_object(rule.validate)
} | {["spec", "rules", index, "verifyImages", at, "failureAction"] |
	some index, rule in k8s.items_at(obj.object, ["spec", "rules"])
	some at, _ in k8s.items_at(rule, ["verifyImages"])
}

_overrides(obj) := {["spec", "validationFailureActionOverrides"]} | {path |
	some index, rule in k8s.items_at(obj.object, ["spec", "rules"])
	is_object(rule)
	path := ["spec", "rules", index, "validate", "failureActionOverrides"]
}

# METADATA
# description: Kyverno's policies in CEL, as objects.
cel_policies := _of("policies.kyverno.io", [
	"ValidatingPolicy", "NamespacedValidatingPolicy", "ImageValidatingPolicy",
	"NamespacedImageValidatingPolicy",
])

# METADATA
# description: Bindings of validating admission policies.
bindings := _of("admissionregistration.k8s.io", ["ValidatingAdmissionPolicyBinding"])

_actions := ["spec", "validationActions"]

# Kyverno's policies in CEL refuse unless they say otherwise; a binding has to say.
_bindings := [{"obj": obj, "path": _actions, "action": concat(", ", written), "severity": "medium"} |
	some obj in array.concat(bindings, cel_policies)
	object.get(obj.object, ["spec", "evaluation", "admission", "enabled"], true) != false
	written := [action | some action in k8s.items_at(obj.object, _actions); is_string(action)]
	count(written) > 0
	not "Deny" in written
]

_images := [{"obj": obj, "path": ["spec", "mode"], "action": "warn", "severity": "medium"} |
	some obj in _of("policy.sigstore.dev", ["ClusterImagePolicy"])
	obj.object.spec.mode == "warn"
]
