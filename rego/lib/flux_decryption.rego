# METADATA
# title: What Flux has to decrypt
package portcullis.lib.flux_decryption

import data.portcullis.lib.k8s

# METADATA
# description: |
#   Flux Kustomizations that reconcile objects that SOPS encrypted and that do not say how to decrypt them, as
#   `{obj, file}` with one of the files. Where a patch speaks of decryption, none is told of.
missing := [{"obj": obj, "file": min(files)} |
	not _is_patched
	some [obj, path] in _kustomizations
	not obj.partial
	not object.get(obj.object, ["spec", "decryption", "provider"], "") == "sops"
	files := {entry.file |
		some entry in _encrypted
		_reconciles(path, entry)
	}
	count(files) > 0
]

_is_patched if input.facts.encryption.decryptionPatched

_encrypted := object.get(input.facts, ["encryption", "encrypted"], [])

_kustomizations := [[obj, _folder(object.get(obj.object, ["spec", "path"], ""))] |
	some obj in k8s.of_kind("Kustomization")
	k8s.group(obj.object.apiVersion) == "kustomize.toolkit.fluxcd.io"
]

# Paths are relative to the root of the source: `./apps`.
_folder(path) := trim(trim_prefix(path, "./"), "/") if {
	is_string(path)
	path != "."
} else := ""

# The kustomization in the folder, or, where there is none, what lies in it: Flux then makes one.
_reconciles(path, entry) if sprintf("kustomization:%s", [_unit_folder(path)]) in entry.units

_reconciles(path, entry) if {
	_is_inside(entry.file, path)
	not _is_nearer(path, entry.file)
	every unit in entry.units {
		_is_inside_unit(unit, path)
	}
}

_unit_folder(path) := path if path != ""

_unit_folder("") := "."

_is_inside(_, "")

_is_inside(file, path) if startswith(file, sprintf("%s/", [path]))

_is_inside_unit("loose", _)

_is_inside_unit(unit, path) if {
	startswith(unit, "kustomization:")
	_is_inside(trim_prefix(unit, "kustomization:"), path)
}

# Another one reconciles a folder further down.
_is_nearer(path, file) if {
	some [_, other] in _kustomizations
	count(other) > count(path)
	_is_inside(other, path)
	_is_inside(file, other)
}
