# METADATA
# title: What Flux has to decrypt
package portcullis.lib.flux_decryption

import data.portcullis.lib.k8s

# METADATA
# description: |
#   Flux Kustomizations that apply objects that SOPS encrypted and that do not say how to decrypt them, as
#   `{obj, file}` with one of the files. Where a patch speaks of decryption, none is told of.
missing := [{"obj": obj, "file": _reconciled[folder]} |
	not _is_patched
	some obj in k8s.of_kind("Kustomization")
	k8s.group(obj.object.apiVersion) == "kustomize.toolkit.fluxcd.io"
	not obj.partial
	not object.get(obj.object, ["spec", "decryption", "provider"], "") == "sops"
	folder := _folder(object.get(obj.object, ["spec", "path"], ""))
]

_is_patched if input.facts.encryption.decryptionPatched

_reconciled := object.get(input.facts, ["encryption", "reconciled"], {})

# Paths are relative to the root of the source: `./apps`.
_folder(path) := concat("/", [step | some step in split(path, "/"); not step in {"", "."}]) if {
	is_string(path)
} else := ""
