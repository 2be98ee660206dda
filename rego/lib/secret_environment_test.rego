package portcullis.lib.secret_environment_test

import data.portcullis.lib.secret_environment

_container := {"env": [
	{"name": "A", "valueFrom": {"secretKeyRef": {"name": "s", "key": "a"}}},
	{"name": "F", "valueFrom": {"fileKeyRef": {"path": "x"}}},
	{"name": "URL", "value": "x://u:$(A)@h"},
	{"name": "PLAIN", "value": "$(B) $$(A)"},
	{"name": "M", "valueFrom": {"configMapKeyRef": {"name": "c"}}},
	{"name": 3, "value": null},
	null,
]}

test_names if {
	secret_environment.names(_container) == {"A", "F", "URL"}
	secret_environment.names({"env": null}) == set()
	secret_environment.has_any(_container)
	not secret_environment.has_any({})
	not secret_environment.exports(_container)
}

test_exported if {
	container := {"envFrom": [{"secretRef": {"name": "s"}}], "env": [{"name": "DB_PASSWORD", "value": "x"}]}
	secret_environment.has_any(container)
	secret_environment.holds_secret(container, "API_KEY")
	not secret_environment.holds_secret(container, "DB_PASSWORD")
	not secret_environment.holds_secret(container, "API_KEY_FILE")
	not secret_environment.holds_secret(container, "HOST")
	secret_environment.holds_secret(_container, "A")
	not secret_environment.holds_secret(_container, "API_KEY")
}

test_expanded if secret_environment.expanded("$(A)$$(B) $(C_D)x $(cat f)") == {"A", "C_D"}
