# METADATA
# title: Where containers find secrets in files
package portcullis.lib.secret_mounts

import data.portcullis.lib.k8s
import data.portcullis.lib.pods

# METADATA
# description: |
#   Whether a path in a container of `obj` (an entry of `pods.containers`) lies in a mounted volume of a
#   Secret, of a projected Secret, or of a driver that brings secrets.
is_secret_file(obj, container, path) if {
	some folder in folders(obj, container)
	path_is_in(path, folder)
}

# METADATA
# description: The folders in which a container of `obj` has secrets.
folders(obj, container) := {trim_right(mount.mountPath, "/") |
	some mount in k8s.items_at(container.container, ["volumeMounts"])
	is_string(mount.mountPath)
	some spec in pods.specs(obj)
	spec.path == container.spec_path
	some volume in k8s.items_at(spec.spec, ["volumes"])
	volume.name == mount.name
	brings_secrets(volume)
}

# METADATA
# description: Whether `path` is `folder` or below it.
path_is_in(path, folder) if path == folder

path_is_in(path, folder) if startswith(path, concat("", [folder, "/"]))

# METADATA
# description: Whether a volume of a pod spec holds a Secret, alone or projected.
holds_secret(volume) if is_object(volume.secret)

holds_secret(volume) if {
	some source in k8s.items_at(volume, ["projected", "sources"])
	is_object(source.secret)
}

# METADATA
# description: Whether a volume of a pod spec brings secrets with it.
brings_secrets(volume) if holds_secret(volume)

brings_secrets(volume) if volume.csi.driver in drivers

# METADATA
# description: Names of CSI drivers that mount what a store holds.
store_drivers := {"secrets-store.csi.k8s.io", "secrets-store-gke.csi.k8s.io", "csi.vso.hashicorp.com"}

# METADATA
# description: Names of CSI drivers that mount secrets, in memory.
drivers := store_drivers | {"csi.spiffe.io", "csi.cert-manager.io", "spiffe.csi.cert-manager.io"}
