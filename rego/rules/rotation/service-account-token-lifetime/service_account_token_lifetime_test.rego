package portcullis.rules.rotation["service-account-token-lifetime_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rotation["service-account-token-lifetime"] as rule

_secret(name, account, annotations) := {
	"apiVersion": "v1",
	"kind": "Secret",
	"metadata": {
		"name": name,
		"namespace": "ci",
		"annotations": object.union({"kubernetes.io/service-account.name": account}, annotations),
	},
	"type": "kubernetes.io/service-account-token",
}

_binding(role, account) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRoleBinding",
	"metadata": {"name": "b"},
	"roleRef": {"kind": "ClusterRole", "name": role},
	"subjects": [{"kind": "ServiceAccount", "name": account, "namespace": "ci"}],
}

_role(resource, verb) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "r"},
	"rules": [{"apiGroups": [""], "resources": [resource], "verbs": [verb]}],
}

_pod(token, extra) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": object.union({"name": "web", "namespace": "ci"}, extra),
	"spec": {
		"containers": [{"name": "web", "image": "web", "volumeMounts": [
			{"name": "identity", "mountPath": "/var/run/secrets/tokens"},
			null,
		]}],
		"volumes": [{"name": "identity", "projected": {"sources": [{"serviceAccountToken": token}]}}],
	},
}

_token := ["spec", "volumes", 0, "projected", "sources", 0, "serviceAccountToken"]

_found(report) := {[one.object, one.variant, one.path] | some one in report}

test_a_token_secret_as_the_host_gets_it if {
	found := rule.report with input as testing.input_of([_secret("t", "ci", {})])
	found == {{"variant": "token-secret", "object": 0, "path": ["type"], "args": {"account": "ci"}}}
}

test_tokens_of_powerful_accounts if {
	found := rule.report with input as testing.input_of([
		_secret("a", "admin", {}),
		_secret("r", "reader", {}),
		_secret("v", "viewer", {}),
		_binding("cluster-admin", "admin"),
		_binding("r", "reader"),
		_role("secrets", "list"),
		_binding("view", "viewer"),
	])
	{[one.object, one.variant, object.get(one, "related", [])] | some one in found} == {
		[0, "powerful-token-secret", [{"object": 3, "path": ["roleRef", "name"], "label": "binding"}]],
		[1, "powerful-token-secret", [{"object": 4, "path": ["roleRef", "name"], "label": "binding"}]],
		[2, "token-secret", []],
	}
}

test_an_account_that_cannot_be_read if {
	found := rule.report with input as testing.input_of([_secret("t", 5, {})])
	{one.args.account | some one in found} == {"?"}
}

test_listed_token_secrets if {
	account := {
		"apiVersion": "v1",
		"kind": "ServiceAccount",
		"metadata": {"name": "ci", "namespace": "ci"},
		"secrets": [{"name": "own"}, {"name": "ci-token-x7k2p"}, {"name": "ci-dockercfg-x7k2p"}, {"name": 5}, null],
	}
	found := rule.report with input as testing.input_of([account, _secret("own", "ci", {})])
	_found(found) == {
		[0, "token-secret-listed", ["secrets", 0]],
		[0, "token-secret-listed", ["secrets", 1]],
		[1, "token-secret", ["type"]],
	}
}

test_lifetimes if {
	agent := {"labels": {"portcullis/workload": "agent"}}
	found := rule.report with input as testing.input_of([
		_pod({"path": "t", "expirationSeconds": 86401}, {}),
		_pod({"path": "t", "expirationSeconds": 7200}, agent),
		_pod({"path": "t", "expirationSeconds": 3607}, agent),
		_pod({"path": "t", "expirationSeconds": 599}, {}),
		_pod({"path": "t", "expirationSeconds": "3600"}, {}),
		_pod({"path": "t", "expirationSeconds": null}, {}),
		_pod({"path": "t"}, {}),
	])
	_found(found) == {
		[0, "lifetime-too-long", array.concat(_token, ["expirationSeconds"])],
		[1, "lifetime-too-long", array.concat(_token, ["expirationSeconds"])],
		[3, "lifetime-refused", array.concat(_token, ["expirationSeconds"])],
		[4, "lifetime-refused", array.concat(_token, ["expirationSeconds"])],
	}
}

test_lifetimes_in_other_objects if {
	found := rule.report with input as testing.input_of([
		{
			"apiVersion": "secrets.hashicorp.com/v1beta1",
			"kind": "VaultAuth",
			"metadata": {"name": "v"},
			"spec": {"kubernetes": {"tokenExpirationSeconds": 172800}, "jwt": null},
		},
		{
			"apiVersion": "external-secrets.io/v1",
			"kind": "ClusterSecretStore",
			"metadata": {"name": "s"},
			"spec": {"provider": {"vault": {"auth": {"jwt": {"kubernetesServiceAccountToken": {"expirationSeconds": 60}}}}}},
		},
	])
	_found(found) == {
		[0, "lifetime-too-long", ["spec", "kubernetes", "tokenExpirationSeconds"]],
		[1, "lifetime-refused", array.concat(
			["spec", "provider", "vault", "auth", "jwt"],
			["kubernetesServiceAccountToken", "expirationSeconds"],
		)],
	}
}

test_audiences if {
	mounted := json.filter(_pod({"path": "t"}, {}), ["apiVersion", "kind", "metadata", "spec/volumes"])
	found := rule.report with input as testing.input_with([
		{"object": _pod({"path": "vault-token"}, {})},
		{"object": _pod({"path": "vault-token", "audience": ""}, {})},
		{"object": _pod({"path": "vault-token", "audience": "vault"}, {})},
		{"object": _pod({"path": "first"}, {})},
		{"object": object.union(mounted, {"spec": {"containers": [{
			"name": "web",
			"image": "web",
			"volumeMounts": [{"name": "identity", "mountPath": "/var/run/secrets/sts.amazonaws.com"}],
		}]}})},
		{"object": _pod({"path": "vault-token"}, {}), "partial": true},
	])
	_found(found) == {
		[0, "audience-missing", array.concat(_token, ["audience"])],
		[1, "audience-missing", array.concat(_token, ["audience"])],
		[4, "audience-missing", array.concat(_token, ["audience"])],
	}
}

_server(container) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "kube-apiserver", "namespace": "kube-system"},
	"spec": {"containers": [object.union({"name": "kube-apiserver", "image": "kube-apiserver"}, container)]},
}

test_the_api_server_itself if {
	flag := "--service-account-extend-token-expiration"
	found := rule.report with input as testing.input_with([
		{"object": _server({"command": ["kube-apiserver"]})},
		{"object": _server({"command": ["/bin/kube-apiserver"], "args": ["--v=2", concat("=", [flag, "true"])]})},
		{"object": _server({"command": ["kube-apiserver", concat("=", [flag, "false"])]})},
		{"object": _server({"command": ["kube-scheduler"]})},
		{"object": _server({"command": ["kube-apiserver"]}), "partial": true},
		{"object": _server({"command": ["kube-apiserver"]}), "context": true},
	])
	_found(found) == {
		[0, "extended-tokens", ["spec", "containers", 0, "command"]],
		[1, "extended-tokens", ["spec", "containers", 0, "args", 1]],
	}
}

test_exemptions if {
	openshift := {"kubernetes.io/created-by": "openshift.io/create-dockercfg-secrets"}
	found := rule.report with input as testing.input_with([
		{"object": _secret("t", "ci", openshift)},
		{"object": _secret("t", "ci", {}), "context": true},
		{"object": {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, "type": "Opaque"}},
	])
	found == set()
}
