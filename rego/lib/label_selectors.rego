# METADATA
# title: Label selectors
package portcullis.lib.label_selectors

import data.portcullis.lib.k8s

# METADATA
# description: Whether a selector, `{matchLabels, matchExpressions}`, matches labels. An empty one matches all.
matches(selector, labels) if {
	every key, value in pairs(selector) {
		labels[key] == value
	}
	every expression in expressions(selector) {
		_holds(expression, labels)
	}
}

# METADATA
# description: Whether a selector is there and asks for nothing.
is_empty(selector) if {
	is_object(selector)
	count(pairs(selector)) == 0
	count(expressions(selector)) == 0
}

# METADATA
# description: The labels that a selector asks for; empty where it asks for none.
pairs(selector) := value if {
	value := selector.matchLabels
	is_object(value)
} else := {}

# METADATA
# description: The expressions of a selector.
expressions(selector) := k8s.items_at(selector, ["matchExpressions"])

_holds(expression, labels) if {
	expression.operator == "In"
	labels[expression.key] in k8s.list(expression.values)
}

_holds(expression, labels) if {
	expression.operator == "NotIn"
	not object.get(labels, expression.key, null) in k8s.list(expression.values)
}

_holds(expression, labels) if {
	expression.operator == "Exists"
	_has(labels, expression.key)
}

_holds(expression, labels) if {
	expression.operator == "DoesNotExist"
	not _has(labels, expression.key)
}

_has(labels, key) if object.get(labels, key, null) != null
