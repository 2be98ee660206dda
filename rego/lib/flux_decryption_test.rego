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

_input(entries, encrypted) := testing.with_facts(
	testing.input_with(entries),
	{"encryption": {"encrypted": encrypted, "decryptionPatched": false}},
)

_loose(file) := {"file": file, "units": ["loose"]}

_seen(found) := {[entry.obj.id, entry.file] | some entry in found}

test_folders if {
	count(flux_decryption.missing) == 0 with input as _input([_flux("./app", {})], [_loose("apps/a.yaml")])
	every path in ["./apps", "apps/", "apps", "./", "", ".", null] {
		_seen(flux_decryption.missing) == {[0, "apps/a.yaml"]}
			with input as _input([_flux(path, {})], [_loose("apps/a.yaml"), _loose("apps/b.yaml")])
	}
}

test_kustomizations if {
	built := [{"file": "base/a.yaml", "units": ["kustomization:apps"]}]
	_seen(flux_decryption.missing) == {[0, "base/a.yaml"]} with input as _input([_flux("./apps", {})], built)
	below := [{"file": "apps/db/a.yaml", "units": ["kustomization:apps/db"]}]
	_seen(flux_decryption.missing) == {[0, "apps/db/a.yaml"]} with input as _input([_flux("./apps", {})], below)
	elsewhere := [{"file": "apps/a.yaml", "units": ["kustomization:other"]}]
	count(flux_decryption.missing) == 0 with input as _input([_flux("./apps", {})], elsewhere)
	top := [{"file": "a.yaml", "units": ["kustomization:."]}]
	_seen(flux_decryption.missing) == {[0, "a.yaml"]} with input as _input([_flux("./", {})], top)
}

test_nearer_ones if {
	decrypts := {"object": {"spec": {"path": "apps", "decryption": {"provider": "sops"}}}}
	entries := [_flux("./", {}), object.union(_flux("./apps", {}), decrypts)]
	count(flux_decryption.missing) == 0 with input as _input(entries, [_loose("apps/a.yaml")])
	_seen(flux_decryption.missing) == {[0, "b.yaml"]} with input as _input(entries, [_loose("apps/a.yaml"), _loose("b.yaml")])
}

test_what_may_decrypt if {
	count(flux_decryption.missing) == 0
		with input as _input([_flux("./apps", {"partial": true})], [_loose("apps/a.yaml")])
	patched := {"encryption": {"encrypted": [_loose("apps/a.yaml")], "decryptionPatched": true}}
	count(flux_decryption.missing) == 0
		with input as testing.with_facts(testing.input_with([_flux("./apps", {})]), patched)
	count(flux_decryption.missing) == 0 with input as testing.input_with([_flux("./apps", {})])
	other := {"object": {"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization", "spec": {"path": "apps"}}}
	count(flux_decryption.missing) == 0 with input as _input([other], [_loose("apps/a.yaml")])
}
