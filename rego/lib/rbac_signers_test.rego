package portcullis.lib.rbac_signers_test

import data.portcullis.lib.rbac_signers

_rule(resource, verbs, names) := {
	"apiGroups": ["certificates.k8s.io"],
	"resources": [resource],
	"verbs": verbs,
	"resourceNames": names,
}

test_changing_requests if {
	rbac_signers.changes(_rule("certificatesigningrequests/approval", ["patch"], []), "approval")
	not rbac_signers.changes(_rule("certificatesigningrequests/approval", ["patch"], ["x"]), "approval")
	not rbac_signers.changes(_rule("certificatesigningrequests", ["patch"], []), "approval")
}

test_signers_of_identities if {
	rbac_signers.identity_signers(_rule("signers", ["*"], []), "approve", []) == "every signer"
	signers := ["kubernetes.io/kube-apiserver-client", "kubernetes.io/kubelet-serving", "kubernetes.io/legacy-unknown", "example.com/*"]
	text := "kubernetes.io/kube-apiserver-client, kubernetes.io/legacy-unknown"
	rbac_signers.identity_signers(_rule("signers", ["approve"], signers), "approve", []) == text
	not rbac_signers.identity_signers(_rule("signers", ["sign"], signers), "approve", [])
	not rbac_signers.identity_signers(_rule("signers", ["sign"], ["kubernetes.io/*"]), "sign", ["kubernetes.io/*"])
}

test_halves if {
	half := rbac_signers.halves.status
	[half.variant, half.other] == ["sign-certificates", "`sign` on a signer"]
	rbac_signers.halves.approve.other == "changing certificatesigningrequests/approval"
}
