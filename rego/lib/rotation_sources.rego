# METADATA
# title: Whether the Secret that an object reads is rotated by anything
# description: |
#   What the set shows about a Secret by namespace and name: that something rotates it, or only that it
#   is there.
package portcullis.lib.rotation_sources

import data.portcullis.lib.k8s
import data.portcullis.lib.rotation
import data.portcullis.lib.rotation_eso as eso
import data.portcullis.lib.rotation_rotators as rotators
import data.portcullis.lib.rotation_stores as stores

# METADATA
# description: "`rotated`, `still` where the set shows what makes the Secret and no rotation, or `unknown`."
state(namespace, name) := "rotated" if {
	_rotated[[namespace, name]]
} else := "rotated" if {
	rotators.is_written({"namespace": namespace, "target": name})
} else := "still" if {
	_made[[namespace, name]]
} else := "unknown"

_rotated := (_leased | _minted) | _declared

_made := {[made.namespace, made.target] | some made in _makers}

_leased := {[obj.namespace, obj.object.spec.destination.name] |
	some kind in ["VaultDynamicSecret", "VaultPKISecret"]
	some obj in k8s.known_of_kind(kind)
}

_minted := {[view.namespace, view.target] |
	some view in eso.externals
	eso.refreshes(view)
	_makes_new(view)
}

_makes_new(view) if eso.only_minted(view)

_makes_new(view) if stores.rotates_external(view)

_declared := {[made.namespace, made.target] |
	some made in _makers
	some name in ["rotation-interval", "rotated-by", "rotation-managed-by"]
	rotation.declared(made.obj, name)
}

_makers := array.flatten([
	[{"obj": view.obj, "namespace": view.namespace, "target": view.target} | some view in eso.externals],
	[{"obj": obj, "namespace": obj.namespace, "target": obj.object.spec.destination.name} |
		some obj in k8s.known_of_kind("VaultStaticSecret")
	],
	[{"obj": obj, "namespace": obj.namespace, "target": obj.name} |
		some kind in ["Secret", "SealedSecret"]
		some obj in k8s.known_of_kind(kind)
	],
])
