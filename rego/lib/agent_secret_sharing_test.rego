package portcullis.lib.agent_secret_sharing_test

import data.portcullis.lib.agent_secret_sharing as sharing
import data.portcullis.lib.testing

_agent(name, metadata, spec) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": object.union({"name": name, "namespace": "n", "labels": {"portcullis/workload": "agent"}}, metadata),
	"spec": object.union({"serviceAccountName": name, "containers": [{"name": "c", "image": "i"}]}, spec),
}

_volume(secret) := {"volumes": [{"name": "v", "secret": secret}]}

_items := [{"key": "k", "path": "k"}]

test_pairs if {
	found := [[entry.pod.obj.id, other.pod.obj.id, entry.name] | some [entry, other] in sharing.pairs] with input as testing.input_of([
		_agent("a", {}, {"volumes": [
			{"name": "v", "secret": {"secretName": "s"}},
			{"name": "w", "secret": {"secretName": "s"}},
			{"name": "x", "secret": {"secretName": "trust-bundle"}},
		]}),
		_agent("b", {}, {"volumes": [
			{"name": "v", "secret": {"secretName": "s"}},
			{"name": "x", "secret": {"secretName": "trust-bundle"}},
		]}),
		_agent("c", {}, {"serviceAccountName": "a"}),
	])
	found == [[0, 1, "s"], [1, 0, "s"]]
}

test_one_identity_is_no_pair if {
	document := testing.input_of([
		_agent("a", {}, _volume({"secretName": "s"})),
		_agent("b", {}, object.union(_volume({"secretName": "s"}), {"serviceAccountName": "a"})),
		_agent("a-canary", {}, object.union(_volume({"secretName": "s"}), {"serviceAccountName": "c"})),
	])
	found := [[entry.pod.obj.id, other.pod.obj.id] | some [entry, other] in sharing.pairs] with input as document
	found == [[1, 2], [2, 1]]
}

test_addresses_are_no_pair if {
	address := {"containers": [{"name": "c", "env": [{
		"name": "LLM_BASE_URL",
		"valueFrom": {"secretKeyRef": {"name": "s", "key": "endpoint"}},
	}]}]}
	sharing.pairs == [] with input as testing.input_of([_agent("a", {}, address), _agent("b", {}, address)])
}

test_wholes if {
	found := [[whole.pod.obj.id, whole.severity] | some whole in sharing.wholes] with input as testing.input_of([
		_agent("a", {}, _volume({"secretName": "s"})),
		_agent("b", {}, _volume({"secretName": "s", "items": _items})),
		_agent("c", {}, _volume({"secretName": "web-tls"})),
		_agent("d", {}, _volume({"secretName": "single"})),
		_agent("e", {}, _volume({"secretName": "double"})),
		_agent("f", {}, {"containers": [{"name": "c", "envFrom": [{"secretRef": {"name": "s"}}]}]}),
		_agent("g", {}, object.union(
			_volume({"secretName": "s"}),
			{"containers": [{"name": "c", "volumeMounts": [{"name": "v", "subPath": "k"}, {"name": "other"}]}]},
		)),
		_agent("h", {}, object.union(
			_volume({"secretName": "s"}),
			{"containers": [{"name": "c", "volumeMounts": [{"name": "v", "subPath": "k"}, {"name": "v"}]}]},
		)),
		{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "single", "namespace": "n"}, "stringData": {"a": ""}},
		{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "double", "namespace": "n"}, "stringData": {"a": "", "b": ""}},
	])
	found == [[0, "low"], [4, "medium"], [5, "medium"], [7, "low"]]
}

_external(name, spec) := {
	"apiVersion": "external-secrets.io/v1",
	"kind": "ExternalSecret",
	"metadata": {"name": name, "namespace": "n"},
	"spec": spec,
}

test_extracts if {
	whole := {"dataFrom": [{"extract": {"key": "p"}}, null, {"find": {}}]}
	part := {"data": [{"remoteRef": {"key": "p"}}, {"remoteRef": {"key": 5}}, null]}
	agent := _agent("a", {}, _volume({"secretName": "x"}))
	found := [[extract.obj.id, extract.path, extract.other.id] |
		some extract in sharing.extracts
	] with input as testing.input_of([agent, _external("x", whole), _external("y", part)])
	found == [[1, ["spec", "dataFrom", 0, "extract", "key"], 2]]
	sharing.extracts == [] with input as testing.input_of([agent, _external("x", whole)])
	sharing.extracts == [] with input as testing.input_of([_external("x", whole), _external("y", part)])
	sharing.extracts == [] with input as testing.input_with([
		{"object": agent},
		{"object": _external("x", whole), "context": true},
		{"object": _external("y", part)},
	])
}

_policy(name, text) := {
	"apiVersion": "redhatcop.redhat.io/v1alpha1",
	"kind": "Policy",
	"metadata": {"name": name, "namespace": "n"},
	"spec": {"policy": text},
}

test_policies_of_vault if {
	role := {"annotations": {"vault.hashicorp.com/role": "r"}}
	wide := `path "secret/data/*" { capabilities = ["read"] }`
	found := [[policy.obj.id, policy.agent] | some policy in sharing.vault_policies] with input as testing.input_of([
		_agent("a", role, {}),
		_policy("r", wide),
		_policy("a", wide),
		_policy("a", `path "secret/data/a" {}`),
		_policy("a", 5),
		_policy("other", wide),
		object.union(_policy("a", wide), {"apiVersion": "kyverno.io/v1"}),
	])
	found == [[1, "a"], [2, "a"]]
}

test_declarations if {
	document := testing.input_of([
		_agent("a", {"annotations": {"portcullis/allowed-secrets": "s, t,,"}}, _volume({"secretName": "s"})),
		_agent("b", {"annotations": {"portcullis/allowed-secrets": "t"}}, _volume({"secretName": "s"})),
		_agent("c", {"annotations": {"portcullis/allowed-secrets": 5}}, _volume({"secretName": "s"})),
	])
	{[entry.pod.obj.id, entry.name] | some entry in sharing.undeclared} == {[1, "s"]} with input as document
	{[entry.pod.obj.id, entry.name] | some entry in sharing.unused} == {[0, "t"], [1, "t"]} with input as document
}
