package portcullis.lib.handover_volumes_test

import data.portcullis.lib.handover_volumes
import data.portcullis.lib.testing

test_bytes if {
	handover_volumes.bytes("64Mi") == 67108864
	handover_volumes.bytes("1.5k") == 1500
	handover_volumes.bytes(3) == 3
	not handover_volumes.bytes("x")
	not handover_volumes.bytes(null)
}

_found(volume, init, container) := found if {
	found := {[entry.volume.name, entry.written, count(entry.readers)] |
		some entry in handover_volumes.found(["vault[ -]agent"])
	} with input as testing.input_of([{
		"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"},
		"spec": {"volumes": [volume, {"name": 3}, null], "initContainers": [init], "containers": [container]},
	}])
}

_mounts(name, path) := {"volumeMounts": [{"name": name, "mountPath": path}]}

test_by_writer if {
	init := object.union({"name": "i", "image": "vault-agent:1"}, _mounts("x", "/x"))
	app := object.union({"name": "c", "image": "c"}, _mounts("x", "/x"))
	_found({"name": "x", "emptyDir": {}}, init, app) == {["x", true, 1]}
	_found({"name": "x", "emptyDir": {}}, object.union(init, {"image": "busybox"}), app) == set()
	_found({"name": "x", "emptyDir": {}}, object.union(init, {"image": "busybox", "args": ["vault", "agent"]}), app) == {["x", true, 1]}
	_found({"name": "x", "emptyDir": {}}, init, {"name": "c", "image": "c"}) == set()
}

test_by_name if {
	init := {"name": "i", "image": "busybox"}
	app := {"name": "c", "image": "c"}
	volume := {"name": "creds", "emptyDir": {}}
	_found(volume, object.union(init, _mounts("creds", "/x")), object.union(app, _mounts("creds", "/x"))) == {["creds", false, 1]}
	_found({"name": "certs", "emptyDir": {}}, object.union(init, _mounts("certs", "/x")), object.union(app, _mounts("certs", "/x"))) == set()
	_found({"name": "d", "emptyDir": {}}, object.union(init, _mounts("d", "/run/secrets/a")), object.union(app, _mounts("d", "/y"))) == {["d", false, 1]}
}

test_memory if {
	handover_volumes.is_memory({"emptyDir": {"medium": "Memory"}})
	not handover_volumes.is_memory({"emptyDir": {}})
}
