package portcullis.rules.injection["vault-injector-ineffective_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.injection["vault-injector-ineffective"] as rule

_name(short) := concat("/", ["vault.hashicorp.com", short])

_named(values) := {_name(short): value | some short, value in values}

_workload(own, pod, spec) := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": "app", "namespace": "shop", "annotations": own},
	"spec": {"template": {
		"metadata": {"annotations": pod},
		"spec": object.union({"serviceAccountName": "app", "containers": [{"name": "app", "image": "app:1"}]}, spec),
	}},
}

_whole := {"agent-inject": "true", "role": "app", "agent-inject-secret-db": "secret/data/db"}

_with(more) := _workload({}, _named(object.union(_whole, more)), {})

_spec(more, spec) := _workload({}, _named(object.union(_whole, more)), spec)

_places(found) := {[one.object, one.variant, one.path[count(one.path) - 1]] | some one in found}

test_a_finding_as_the_host_gets_it if {
	found := rule.report with input as testing.input_of([_with({"agent-inject-perms-x": "0400"})])
	found == {{
		"variant": "setting-without-secret",
		"object": 0,
		"path": ["spec", "template", "metadata", "annotations", _name("agent-inject-perms-x")],
		"args": {"annotation": "agent-inject-perms-x", "secret": "x"},
	}}
}

test_odd_shapes if {
	pod := {"apiVersion": "v1", "kind": "Pod", "metadata": null, "spec": null}
	found := rule.report with input as testing.input_of([
		_workload(null, null, {}),
		_workload("x", ["x"], {"containers": null}),
		_workload({"vault.hashicorp.com/agent-inject": null}, {"vault.hashicorp.com/agent-inject": {}}, {}),
		_workload({1: true}, {"vault.hashicorp.com/": null}, {"containers": ["x", null]}),
		pod,
		{"apiVersion": "v1", "kind": "Pod"},
		{"apiVersion": 3, "kind": "Deployment", "spec": {"template": {"metadata": [], "spec": []}}},
		_workload({}, _named({"agent-inject": true, "role": 5, "agent-inject-secret-db": 7}), {"initContainers": [{
			"name": 5,
			"args": "/vault/secrets",
			"env": {"a": "/vault/secrets"},
			"volumeMounts": [null, {"name": "vault-secrets"}],
		}]}),
	])
	_places(found) == set()
}

test_beside_the_template if {
	cases := [
		_workload(_named({"agent-inject": true}), {}, {}),
		_workload(_named({"agent-inject": "true", "agent-inject-secret-a": "x"}), _named({"agent-inject": "false"}), {}),
		_workload(_named({"agent-inject": "false", "agent-inject-secret-a": "x"}), {}, {}),
		_workload(_named({"agent-inject": " "}), {}, {}),
		_workload(_named({"role": "app"}), {}, {}),
		object.union(_workload(_named({"agent-inject": "true"}), {}, {}), {"kind": "Widget"}),
		{
			"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p", "annotations": _named({"agent-inject": "false"})},
			"spec": {"containers": []},
		},
	]
	found := rule.report with input as testing.input_of(cases)
	_places(found) == {
		[0, "not-on-pod-template", _name("agent-inject")],
		[1, "not-on-pod-template", _name("agent-inject-secret-a")],
	}
}

test_patches_and_context if {
	found := rule.report with input as testing.input_with([
		{"object": _workload(_named({"agent-inject": "true"}), {}, {}), "partial": true},
		{"object": _workload({}, _named({"agent-inject": "true"}), {}), "partial": true},
		{"object": _workload({}, _named({"agent-inject": "true"}), {}), "context": true},
		{"object": _workload({}, _named({"agent-inject": "maybe"}), {}), "partial": true},
	])
	{[one.object, one.variant] | some one in found} == {[3, "switch-unreadable"]}
}

test_roles if {
	bare := {"agent-inject": "true", "agent-inject-secret-db": "x"}
	cases := [_workload({}, _named(object.union(bare, more)), {}) |
		some more in [
			{}, {"role": " "}, {"auth-type": "kubernetes"}, {"auth-config-role": "x"}, {"auth-type": "aws"},
			{"agent-configmap": "x"}, {"role": "{{ .Values.role }}"},
		]
	]
	found := rule.report with input as testing.input_of(cases)
	_places(found) == {[index, "role-missing", _name("role")] | some index in [0, 1, 2]}
}

test_nothing_to_render if {
	bare := {"agent-inject": "true", "role": "x"}
	cases := [_workload({}, _named(object.union(bare, more)), {}) |
		some more in [
			{}, {"agent-inject-secret-db": ""}, {"agent-inject-token": "false"}, {"agent-cache-enable": "0"},
			{"agent-inject-token": "true"}, {"agent-cache-enable": "true"}, {"agent-configmap": "x"},
			{"agent-inject-template-db": "x"}, {"agent-inject-template-file-db": "/x"},
		]
	]
	found := rule.report with input as testing.input_of(cases)
	_places(found) == {[index, "nothing-rendered", _name("agent-inject")] | some index in [0, 1, 2, 3]}
}

test_stray_settings if {
	found := rule.report with input as testing.input_of([
		_with({"agent-inject-file-DB": "x"}),
		_with({"agent-inject-command-x": "x"}),
		_with({"secret-volume-path-x": "/x", "error-on-missing-key-x": "true"}),
		_with({"agent-inject-command-x": "", "secret-volume-path": "/x", "agent-inject-perms-db": "0400"}),
		_with({"agent-inject-file-x": "x", "agent-inject-template-x": "x"}),
	])
	_places(found) == {
		[0, "setting-without-secret", _name("agent-inject-file-DB")],
		[1, "setting-without-secret", _name("agent-inject-command-x")],
		[2, "setting-without-secret", _name("secret-volume-path-x")],
		[2, "setting-without-secret", _name("error-on-missing-key-x")],
	}
}

test_switches if {
	texts := ["yes", "on", "TRUE", "F", "", "${INJECT}", "{{ .Values.inject }}"]
	cases := [_workload({}, _named({"agent-inject": text}), {}) | some text in texts]
	found := rule.report with input as testing.input_of(cases)
	{one.object | some one in found; one.variant == "switch-unreadable"} == {0, 1}
}

test_tokens_and_accounts if {
	mounting := {
		"automountServiceAccountToken": false,
		"containers": [{
			"name": "app", "image": "app:1",
			"volumeMounts": [{"name": "t", "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount"}],
		}],
	}
	wrong := {
		"automountServiceAccountToken": false,
		"containers": [{"name": "app", "image": "app:1", "volumeMounts": [null, {"mountPath": 5}, {"mountPath": "/data"}]}],
		"initContainers": mounting.containers,
	}
	found := rule.report with input as testing.input_of([
		_spec({}, {"automountServiceAccountToken": false}),
		_spec({}, mounting),
		_spec({}, wrong),
		_spec({"agent-service-account-token-volume-name": "t"}, {"automountServiceAccountToken": false}),
		_spec({}, {"serviceAccountName": ""}),
		_spec({"auth-type": "aws"}, {"serviceAccountName": "default"}),
	])
	_places(found) == {
		[0, "token-missing", "automountServiceAccountToken"],
		[2, "token-missing", "automountServiceAccountToken"],
		[4, "default-account", "serviceAccountName"],
	}
}

test_credentials if {
	found := rule.report with input as testing.input_of([
		_with({"auth-type": "token", "auth-config-token": "x"}),
		_with({"auth-type": "userpass", "auth-config-username": "x", "auth-config-password": "x"}),
		_with({"auth-type": "approle", "auth-config-role-id": "x", "auth-config-secret-id-file-path": "/x"}),
		_with({"auth-type": "token", "auth-config-token": "$(TOKEN)"}),
		_with({"auth-type": "token", "auth-config-token": ""}),
	])
	_places(found) == {
		[0, "inline-credential", _name("auth-config-token")],
		[1, "inline-credential", _name("auth-config-password")],
	}
}

_init(fields) := {"initContainers": [object.union({"name": "init", "image": "i:1"}, fields)]}

test_init_containers if {
	reads := {"command": ["sh", "-c", ". /vault/secrets/db"]}
	cases := [
		_spec({}, _init(reads)),
		_spec({}, _init({"volumeMounts": [{"name": "vault-secrets", "mountPath": "/x"}]})),
		_spec({}, _init({"env": [{"name": "FILE", "value": "/vault/secrets/db"}]})),
		_spec({"secret-volume-path-db": "/etc/db"}, _init({"args": ["--file=/etc/db/db"]})),
		_spec({"secret-volume-path": "/"}, _init({"args": ["/x"]})),
		_spec({"agent-init-first": "true"}, _init(reads)),
		_spec({"agent-init-first": "{{ .Values.first }}"}, _init(reads)),
		_spec({"agent-pre-populate": "false"}, _init(reads)),
		_spec({}, _init({"args": ["x"], "env": [{"name": "A"}, null]})),
	]
	found := rule.report with input as testing.input_of(cases)
	_places(found) == {[index, "init-order", _name("agent-init-first")] | some index in [0, 1, 2, 3]}
}

test_other_prefixes if {
	objects := [_workload({}, {"injector.example.com/agent-inject": "maybe"}, {})]
	found := rule.report with input as testing.input_of(objects)
		with data.settings.params as {"injection/vault-injector-ineffective": {"injectorPrefixes": ["injector.example.com"]}}
	{one.variant | some one in found} == {"switch-unreadable"}
}
