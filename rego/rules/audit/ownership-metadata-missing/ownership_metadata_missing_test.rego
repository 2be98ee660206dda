package portcullis.rules.audit["ownership-metadata-missing_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.audit["ownership-metadata-missing"] as rule

_found := {[one.object, one.variant, one.path, object.get(one, "severity", "")] | some one in rule.report}

_args := {one.object: one.args.keys | some one in rule.report}

_object(api_version, kind, metadata) := {
	"apiVersion": api_version,
	"kind": kind,
	"metadata": object.union({"name": "o", "namespace": "n"}, metadata),
}

_account(metadata) := _object("v1", "ServiceAccount", metadata)

_secret(metadata) := _object("external-secrets.io/v1", "ExternalSecret", metadata)

_namespace(metadata) := _object("v1", "Namespace", object.union({"name": "n", "namespace": ""}, metadata))

_strict := {"audit/ownership-metadata-missing": {"strict": true}}

_params(params) := {"audit/ownership-metadata-missing": params}

_whole := {"app.kubernetes.io/part-of": "a", "portcullis/owner": "b", "portcullis/class": "tls"}

_first := ["metadata", "annotations", "app.kubernetes.io/part-of"]

test_a_finding_as_the_host_gets_it if {
	found := rule.report with input as testing.input_of([_account({})]) with data.settings.params as _strict
	found == {{
		"variant": "metadata-missing",
		"object": 0,
		"path": _first,
		"args": {"keys": "`app.kubernetes.io/part-of`, `portcullis/owner`"},
	}}
}

test_what_has_to_say if {
	_found == {[index, "metadata-missing", _first, ""] | some index in numbers.range(0, 7)} with data.settings.params as _strict
		with input as testing.input_with([
			{"object": _secret({})},
			{"object": _object("v1", "Secret", {})},
			{"object": _object("rbac.authorization.k8s.io/v1", "ClusterRole", {"labels": null, "annotations": "x"})},
			{"object": _object("external-secrets.io/v1", "ClusterSecretStore", {})},
			{"object": _object("networking.k8s.io/v1", "NetworkPolicy", {})},
			{"object": _object("security.istio.io/v1", "PeerAuthentication", {})},
			{"object": object.union(_object("agents.x-k8s.io/v1beta1", "Sandbox", {}), {"spec": {"podTemplate": {"spec": {}}}})},
			{"object": object.union(_object("v1", "Pod", {"labels": {"portcullis/workload": "agent"}}), {"spec": {"containers": []}})},
			{"object": object.union(_object("v1", "Pod", {}), {"spec": {"containers": []}})},
			{"object": _object("v1", "ConfigMap", {})},
			{"object": _object("example.com/v1", "Role", {})},
			{"object": _account({"name": "default"})},
			{"object": _account({"ownerReferences": [{"kind": "Deployment"}]})},
			{"object": _object("rbac.authorization.k8s.io/v1", "ClusterRole", {"labels": {"kubernetes.io/bootstrapping": "rbac-defaults"}})},
			{"object": _object("rbac.authorization.k8s.io/v1", "ClusterRole", {"name": "system:node"})},
			{"object": _account({}), "partial": true},
			{"object": _account({}), "context": true},
		])
}

test_what_is_missing if {
	_args == {
		0: "`app.kubernetes.io/part-of`, `portcullis/owner`, `portcullis/class`",
		1: "`portcullis/class`",
		2: "`portcullis/owner`",
	} with data.settings.params as _strict with input as testing.input_of([
		_secret({}),
		_secret({"labels": {"app.kubernetes.io/part-of": "a", "portcullis/owner": "b"}, "annotations": {"portcullis/owner": " ", "portcullis/class": 1}}),
		_account({"labels": {"app.kubernetes.io/part-of": "a"}, "annotations": {"portcullis/owner": ""}}),
		_secret({"annotations": _whole}),
	])
	_found == {[0, "metadata-missing", ["metadata", "labels", "portcullis/owner"], ""]} with data.settings.params as _strict
		with input as testing.input_of([_account({"labels": {"app.kubernetes.io/part-of": "a", "portcullis/owner": ""}})])
}

_flux(path, metadata) := object.union(
	_object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", {}),
	{"spec": {"path": path, "commonMetadata": metadata}},
)

test_what_others_say if {
	sources := {
		"namespace": [_namespace({"labels": _whole})],
		"kustomization": [{
			"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization", "commonLabels": null,
			"commonAnnotations": {"portcullis/owner": "a"}, "labels": [null, {"pairs": _whole}],
		}],
		"flux": [_flux("./clusters/prod/", {"labels": _whole})],
		"everything": [_flux("./", {"annotations": _whole})],
		"another folder": [_flux("./clusters/pro", {"labels": _whole})],
		"nothing": [_flux("./clusters/prod", null), _flux(5, {"labels": _whole})],
	}
	said := {name |
		some name, objects in sources
		entries := array.concat([{"object": _secret({}), "file": "clusters/prod/a.yaml"}], [{"object": one} | some one in objects])
		_found == set() with input as testing.input_with(entries) with data.settings.params as _strict
	}
	said == {"namespace", "kustomization", "flux", "everything"}
}

test_what_a_release_says if {
	release := _object("helm.toolkit.fluxcd.io/v2", "HelmRelease", {"name": "r", "annotations": _whole})
	common := object.union(
		_object("helm.toolkit.fluxcd.io/v2", "HelmRelease", {"name": "x"}),
		{"spec": {"releaseName": "r", "commonMetadata": {"labels": _whole}}},
	)
	some_release := {name |
		some name, release_object in {"own": release, "common": common}
		some marks in [
			{"annotations": {"meta.helm.sh/release-name": "r"}},
			{"labels": {"app.kubernetes.io/instance": "r"}},
			{"labels": {"release": "r"}},
		]
		_found == set() with input as testing.input_of([_secret(marks), release_object]) with data.settings.params as _strict
	}
	some_release == {"own", "common"}
	_found == {[0, "metadata-missing", _first, ""]} with data.settings.params as _strict
		with input as testing.input_of([_account({"labels": {"release": "other"}}), release])
	chart := object.union(testing.input_of([_account({})]), {"unit": "chart:charts/a"})
	_found == set() with input as chart with data.settings.params as _strict
}

test_whether_it_is_asked_for if {
	named := _account({"labels": _whole})
	_found == set() with input as testing.input_of([_account({}), _account({}), named])
	_found == {[0, "metadata-missing", _first, ""]} with input as testing.input_of([_account({}), named])
	_found == {[0, "metadata-missing", ["metadata", "annotations", "team"], ""]} with input as testing.input_of([_account({})])
		with data.settings.params as _params({"requiredMetadata": ["team"]})
	_found == set() with input as testing.input_of([_account({})]) with data.settings.params as _params({"requiredMetadata": []})
	_found == set() with input as testing.input_of([_account({})]) with data.settings.params as _params({"requiredMetadata": "x"})
	_found == set() with input as testing.input_of([])
}

test_owners if {
	_found == {
		[0, "owner-unknown", ["metadata", "labels", "portcullis/owner"], ""],
		[2, "owner-unknown", ["metadata", "annotations", "portcullis/owner"], ""],
	} with data.settings.params as _params({"knownOwners": ["team-a"]})
		with input as testing.input_of([
			_account({"labels": {"portcullis/owner": "team-b", "app.kubernetes.io/part-of": "a"}}),
			_account({"labels": {"portcullis/owner": "team-a", "app.kubernetes.io/part-of": "a"}}),
			_namespace({"annotations": {"portcullis/owner": "team-c"}}),
		])
}

test_classes if {
	_found == {[0, "class-unknown", ["metadata", "annotations", "portcullis/class"], ""]} with input as testing.input_of([
		_namespace({"annotations": {"portcullis/class": "x"}}),
		_namespace({"annotations": {"portcullis/class": "non-credential"}}),
	])
	_found == set() with input as testing.input_of([_namespace({"annotations": {"portcullis/class": "x"}})])
		with data.settings.params as {"rotation/rotation-schedule-undeclared": {"maxRotationDays": {"x": 1}}}
}

_binding(metadata, user) := object.union(
	_object("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", object.union({"labels": _whole}, metadata)),
	{"subjects": [user]},
)

_person := {"kind": "User", "name": "jane@example.com"}

_ticket := ["metadata", "annotations", "portcullis/ticket"]

test_tickets if {
	plain := _binding({}, _person)
	_found == set() with input as testing.input_of([plain])
	_found == {[0, "ticket-missing", _ticket, "medium"]} with input as testing.input_of([plain]) with data.settings.params as _strict
	_found == {[0, "ticket-missing", _ticket, "low"]} with input as testing.input_of([
		plain,
		_binding({"annotations": {"portcullis/expires": "2026-01-01"}}, _person),
	])
	_found == set() with input as testing.input_with([
		{"object": _binding({"annotations": {"portcullis/ticket": "A-1"}}, _person)},
		{"object": _binding({}, {"kind": "Group", "name": "jane"})},
		{"object": _binding({}, {"kind": "User", "name": "system:admin"})},
		{"object": _binding({}, {"kind": "User", "name": "x@y.iam.gserviceaccount.com"})},
		{"object": _binding({}, {"kind": "User", "name": "arn:aws:iam::111122223333:role/ops"})},
		{"object": _binding({}, {"kind": "User", "name": "github-actions"})},
		{"object": _binding({}, {"kind": "User", "name": 5})},
		{"object": _binding({}, _person), "partial": true},
		{"object": _binding({}, null)},
	])
		with data.settings.params as _strict
}
