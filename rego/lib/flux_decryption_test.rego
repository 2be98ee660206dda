package portcullis.lib.flux_decryption_test

import data.portcullis.lib.flux_decryption
import data.portcullis.lib.testing

_flux(path, fields) := object.union(
	{"object": {
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind": "Kustomization",
		"metadata": {"name": "k"},
		"spec": {"path": path},
	}},
	fields,
)

_input(entries, encryption) := testing.with_facts(testing.input_with(entries), {"encryption": encryption})

_apps := {"reconciled": {"apps": "apps/a.yaml"}, "decryptionPatched": false}

_files(found) := {entry.file | some entry in found}

test_folders if {
	_files(flux_decryption.missing) == set() with input as _input([_flux("./app", {})], _apps)
	every path in ["./apps", "apps/", "apps", ".//apps"] {
		_files(flux_decryption.missing) == {"apps/a.yaml"} with input as _input([_flux(path, {})], _apps)
	}
	every path in ["./", "", ".", null, 3] {
		_files(flux_decryption.missing) == {"a.yaml"}
			with input as _input([_flux(path, {})], {"reconciled": {"": "a.yaml"}})
	}
}

test_what_may_decrypt if {
	_files(flux_decryption.missing) == set() with input as _input([_flux("apps", {"partial": true})], _apps)
	_files(flux_decryption.missing) == set()
		with input as _input([_flux("apps", {})], object.union(_apps, {"decryptionPatched": true}))
	decrypts := {"object": {"spec": {"decryption": {"provider": "sops"}}}}
	_files(flux_decryption.missing) == set() with input as _input([_flux("apps", decrypts)], _apps)
	_files(flux_decryption.missing) == set() with input as testing.input_with([_flux("apps", {})])
	other := {"object": {"apiVersion": "kustomize.config.k8s.io/v1beta1"}}
	_files(flux_decryption.missing) == set() with input as _input([_flux("apps", other)], _apps)
}
