package portcullis.lib.store_endpoints_test

import data.portcullis.lib.store_endpoints as endpoints

test_hosts if {
	endpoints.host("http://user:word@Vault.example.com:8200/v1") == "vault.example.com"
	endpoints.host("https://[::1]:8200") == "[::1]"
	endpoints.host("unix:///run/vault.sock") == ""
	endpoints.host("vault") == ""
}

test_loopback if {
	names := ["localhost", "127.0.0.1", "[::1]", "vault.localhost", "127-0-0-1.example.com", ""]
	[name | some name in names; endpoints.is_loopback(name)] == array.slice(names, 0, 4)
}

test_private_hosts if {
	names := ["vault", "vault.security.svc", "vault.security.svc.cluster.local", "vault.corp.internal", "vault.example.com", ""]
	[name | some name in names; endpoints.is_private(name)] == array.slice(names, 0, 4)
}

test_namespaces_of_services if {
	endpoints.namespace_of("vault.security.svc", "a") == "security"
	endpoints.namespace_of("vault.security", "a") == "security"
	endpoints.namespace_of("vault", "a") == "a"
	endpoints.namespace_of("vault.example.com", "a") == ""
}
