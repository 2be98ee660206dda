package portcullis.rules.injection["secret-overexposed-in-pod_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.injection["secret-overexposed-in-pod"] as rule

_container(name, image, mounts) := {"name": name, "image": image, "volumeMounts": mounts}

_pod(containers, volumes, more) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "p", "namespace": "shop"},
	"spec": object.union({"containers": containers, "volumes": volumes}, more),
}

_mount(path) := {"name": "creds", "mountPath": path, "readOnly": true}

_secret(fields) := {"name": "creds", "secret": object.union({"secretName": "db", "defaultMode": 288}, fields)}

_one(volume) := _pod([_container("a", "app:1", [_mount("/run/creds")])], [volume], {})

_annotated(annotations, containers) := object.union(
	_pod(containers, [], {}),
	{"metadata": {"annotations": {concat("/", ["vault.hashicorp.com", key]): value |
		some key, value in object.union({"agent-inject": "true", "agent-inject-containers": "a,b"}, annotations)
	}}},
)

_two := [_container("a", "app:1", []), _container("b", "app:2", [])]

_places(found) := {[one.object, one.variant, one.path[count(one.path) - 1]] |
	some one in found
	not one.variant in {"mode-unset", "mount-not-read-only"}
}

test_a_finding_as_the_host_gets_it if {
	found := rule.report with input as testing.input_of([_one(_secret({"defaultMode": 420}))])
	found == {{
		"variant": "mode-too-open",
		"object": 0,
		"path": ["spec", "volumes", 0, "secret", "defaultMode"],
		"args": {"limit": "0440"},
	}}
}

test_odd_shapes if {
	found := rule.report with input as testing.input_with([
		{"object": _pod(null, null, {})},
		{"object": _pod([null, {"image": 5, "volumeMounts": [null, {"name": 5}, _mount(null)]}], [null, _secret({})], {})},
		{"object": _pod([_container("a", null, [_mount("/x")])], [{"name": "creds", "projected": {"sources": null}}], {})},
		{"object": _one({"name": "creds", "secret": {"secretName": null, "items": "x", "defaultMode": "rw"}})},
		{"object": _one({"name": "creds", "projected": {"sources": [null, {"secret": null}, {"secret": {"name": 5}}]}})},
		{"object": _one(_secret({"defaultMode": 420})), "context": true},
		{"object": {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "db"}, "data": "x", "stringData": null}},
		{"object": {"apiVersion": "bitnami.com/v1alpha1", "kind": "SealedSecret", "metadata": {"name": "db"}, "spec": null}},
		{"object": _annotated({"agent-inject-perms-a": "rw-r--r--"}, _two)},
	])
	_places(found) == set()
}

test_modes if {
	modes := [288, 256, 384, 320, 420, 292, 400, 511, "0440", "0644", "0o644", "644", "9", -1, 1.5, 5000, true]
	found := rule.report with input as testing.input_of([_one(_secret({"defaultMode": mode})) | some mode in modes])
	{one.object | some one in found; one.variant == "mode-too-open"} == {4, 5, 6, 7, 9, 10, 11}
}

test_modes_of_single_files if {
	items := [{"key": "a", "path": "a", "mode": 288}, {"key": "b", "path": "b", "mode": 438}, null]
	projected := {"name": "creds", "projected": {"defaultMode": 292, "sources": [{"secret": {"name": "db", "items": items}}]}}
	found := rule.report with input as testing.input_of([_one(_secret({"items": items})), _one(projected)])
	{[one.object, one.path] | some one in found} == {
		[0, ["spec", "volumes", 0, "secret", "items", 1, "mode"]],
		[1, ["spec", "volumes", 0, "projected", "defaultMode"]],
		[1, ["spec", "volumes", 0, "projected", "sources", 0, "secret", "items", 1, "mode"]],
	}
}

test_a_higher_limit if {
	found := rule.report with input as testing.input_of([_one(_secret({"defaultMode": mode})) | some mode in [420, 438, null]])
		with data.settings.params as {"injection/secret-overexposed-in-pod": {"maxMode": "0444"}}
	{[one.object, one.variant] | some one in found} == {[1, "mode-too-open"]}
}

test_defaults_left_as_they_are if {
	bare := {"name": "creds", "secret": {"secretName": "db"}}
	chosen := {"name": "creds", "secret": {"secretName": "db", "items": [{"key": "a", "path": "a", "mode": 256}]}}
	mount := {"name": "creds", "mountPath": "/x"}
	found := rule.report with input as testing.input_with([
		{"object": _pod([_container("a", "a:1", [mount])], [bare], {})},
		{"object": _one(chosen)},
		{"object": _pod([_container("a", "a:1", [mount])], [bare], {}), "partial": true},
	])
	{[one.object, one.variant, one.path[count(one.path) - 1]] | some one in found} == {
		[0, "mode-unset", 0],
		[0, "mount-not-read-only", "readOnly"],
	}
}

_shared(image, one, other) := _pod(
	[
		_container("app", "registry.example.com/app:1", [object.union(_mount("/x"), one)]),
		_container("side", image, [object.union(_mount("/x"), other)]),
	],
	[_secret({})],
	{},
)

test_sidecars if {
	found := rule.report with input as testing.input_of([
		_shared("fluent-bit", {}, {}),
		_shared("r.example.com:5000/x/envoy:v1@sha256:00", {"subPath": "a"}, {"subPath": "a"}),
		_shared("envoy:v1", {"subPath": "a"}, {}),
		_shared("envoy:v1", {}, {"subPath": "a"}),
		_shared("envoy:v1", {"subPath": "a"}, {"subPath": "b"}),
		_shared("envoy-like:v1", {}, {}),
		_pod([_container("side", "envoy", [_mount("/x")])], [_secret({})], {}),
		_shared(5, {}, {}),
	])
	{[one.object, one.variant, one.path] | some one in found} == {[
		index, "shared-with-sidecar",
		["spec", "containers", 1, "volumeMounts", 0, "name"],
	] |
		some index in [0, 1, 2, 3]
	}
}

_stored(name, namespace, keys) := {
	"apiVersion": "v1",
	"kind": "Secret",
	"metadata": {"name": name, "namespace": namespace},
	"data": {key: "" | some key in keys},
}

test_whole_secrets if {
	single := _pod([_container("a", "a:1", [object.union(_mount("/x"), {"subPath": "a"})])], [_secret({})], {})
	projected := {"name": "creds", "projected": {"defaultMode": 288, "sources": [{"secret": {"name": "db"}}]}}
	small := _secret({"secretName": "small"})
	found := rule.report with input as testing.input_of([
		_stored("db", "shop", ["a", "b", "c", "d"]),
		_stored("small", "", ["a", "b", "c"]),
		_stored("other", "elsewhere", ["a", "b", "c", "d"]),
		_one(_secret({})),
		_one(projected),
		_one(_secret({"items": [{"key": "a", "path": "a"}]})),
		single,
		_one(small),
		_one(_secret({"secretName": "other"})),
		object.union(_one(_secret({"secretName": "other"})), {"metadata": {"namespace": ""}}),
	])
	{[one.object, one.variant, one.path] | some one in found} == {
		[3, "all-keys", ["spec", "volumes", 0, "secret", "secretName"]],
		[4, "all-keys", ["spec", "volumes", 0, "projected", "sources", 0, "secret", "name"]],
		[9, "all-keys", ["spec", "volumes", 0, "secret", "secretName"]],
	}
}

test_variables if {
	containers := [{"name": "a", "image": "a:1", "envFrom": [{"secretRef": {"name": "db"}}, {"configMapRef": {"name": "c"}}]}]
	found := rule.report with input as testing.input_of([_pod(containers, [], {})])
	_places(found) == {[0, "whole-environment", "name"]}
}

_severities(found) := {[one.object, one.variant, one.severity] | some one in found; one.variant == "shared-processes"}

test_processes if {
	shared := {"shareProcessNamespace": true}
	users := [_container("a", "a:1", [_mount("/x")]), _container("b", "b:1", [])]
	one := [_container("a", "a:1", [_mount("/x")])]
	found := rule.report with input as testing.input_of([
		_pod(users, [_secret({})], shared),
		_pod(one, [_secret({})], shared),
		_pod(_two, [], shared),
		_pod(one, [_secret({})], object.union(shared, {"initContainers": [{"name": "s", "image": "s:1", "restartPolicy": "Always"}]})),
		_annotated({"agent-share-process-namespace": "true"}, [_container("a", "a:1", [])]),
		_annotated({"agent-share-process-namespace": "true", "agent-inject-command-x": "x"}, _two),
		object.union(_annotated({"agent-inject-command-x": "x"}, [_container("a", "a:1", [])]), {"spec": shared}),
		_annotated({"agent-share-process-namespace": "false"}, _two),
	])
	_severities(found) == {
		[0, "shared-processes", "medium"],
		[3, "shared-processes", "medium"],
		[4, "shared-processes", "medium"],
		[5, "shared-processes", "low"],
		[6, "shared-processes", "low"],
	}
}

test_processes_of_the_node if {
	host := {"hostPID": true}
	found := rule.report with input as testing.input_of([
		_pod([_container("a", "a:1", [_mount("/x")])], [_secret({})], host),
		_pod(_two, [], host),
		_pod([{"name": "a", "image": "a:1", "env": [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}]}], [], host),
	])
	_places(found) == {[index, "host-processes", "hostPID"] | some index in [0, 2]}
}

_annotation(short) := concat("/", ["vault.hashicorp.com", short])

test_agents if {
	proxy := {"agent-cache-enable": "true", "agent-cache-use-auto-auth-token": "force"}
	one := [_container("a", "a:1", [])]
	found := rule.report with input as testing.input_of([
		_annotated({"agent-inject-token": "true"}, _two),
		_annotated({"agent-inject-token": "true"}, one),
		_annotated({"agent-inject-token": "true", "agent-inject-containers": "a"}, _two),
		_annotated({"agent-inject-token": "true", "agent-inject": "false"}, _two),
		_annotated(proxy, _two),
		_annotated(proxy, one),
		_annotated(object.union(proxy, {"agent-cache-use-auto-auth-token": "true"}), _two),
		_annotated(object.union(proxy, {"agent-cache-use-auto-auth-token": "${MODE}"}), _two),
		_annotated(object.union(proxy, {"agent-cache-enable": "false"}), _two),
		_annotated({"agent-inject-perms-db": "0644"}, _two),
		_annotated({"agent-inject-perms-db": "0440"}, _two),
		_annotated({"agent-inject-containers": ""}, _two),
		_annotated({"agent-inject-containers": ""}, one),
	])
	_places(found) == {
		[0, "raw-token", _annotation("agent-inject-token")],
		[4, "proxy-for-all", _annotation("agent-cache-use-auto-auth-token")],
		[9, "mode-too-open", _annotation("agent-inject-perms-db")],
		[11, "injected-everywhere", _annotation("agent-inject-containers")],
	}
}

test_web_roots if {
	paths := [
		"/usr/share/nginx/html", "/usr/share/nginx/html/a", "/var/www/html/", "/var/www", "/var/www/app", "/var/www/html/a.php",
		"/var/wwwroot", "/usr/share/nginx", "/usr/local/apache2/htdocs/.htpasswd", 5,
	]
	pods := [_pod([_container("a", "a:1", [_mount(path)])], [_secret({})], {}) | some path in paths]
	found := rule.report with input as testing.input_of(pods)
	{[one.object, one.severity] | some one in found} == {
		[0, "high"], [1, "high"], [2, "high"], [3, "high"], [4, "medium"], [8, "high"],
	}
}
