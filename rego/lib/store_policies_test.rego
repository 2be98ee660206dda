package portcullis.lib.store_policies_test

import data.portcullis.lib.store_policies as policies

test_paths_that_are_open if {
	policies.granted("path \"a/*\" {\n  capabilities = [\"list\", \"read\"]\n}\n# path \"b\" { capabilities = [\"read\"] }") == {"a/*"}
	policies.granted(`path "a" { policy = "write" }`) == {"a"}
	policies.granted(`{"path": {"a": {"capabilities": ["sudo"]}, "b": {"capabilities": ["deny"]}}}`) == {"a"}
	policies.granted("path \"a\" { capabilities = [\"list\"] }") == set()
	policies.granted("path {{{") == set()
}

test_broad_paths if {
	roots := ["kv/", "secret", 5]
	broad := {path |
		some path in ["*", "/*", "+/*", "sys/*", "secret/*", "secret/data/*", "kv/+", "team/*", "kv/data/team/*", "sys/health", ""]
		policies.is_broad(path, roots)
	}
	broad == {"*", "/*", "+/*", "sys/*", "secret/*", "secret/data/*", "kv/+"}
}
