package portcullis.rules.rbac["identity-issuance-grant_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.rbac["identity-issuance-grant"] as rule

_role(kind, namespace, rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": kind,
	"metadata": {"name": "r", "namespace": namespace},
	"rules": rules,
}

_binding(kind, namespace, subjects) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": kind,
	"metadata": {"name": "b", "namespace": namespace},
	"roleRef": {"kind": "ClusterRole", "name": "r"},
	"subjects": subjects,
}

_account(namespace, name) := {"kind": "ServiceAccount", "namespace": namespace, "name": name}

_allow(group, resources, verbs) := {"apiGroups": [group], "resources": resources, "verbs": verbs}

_named(policy_rule, names) := object.union(policy_rule, {"resourceNames": names})

_found contains [entry.variant, entry.severity] if some entry in rule.report

_everywhere(rules) := testing.input_of([
	_role("ClusterRole", "", rules),
	_binding("ClusterRoleBinding", "", [_account("n", "a")]),
])

_in_namespace(namespace, rules) := testing.input_of([
	_role("ClusterRole", "", rules),
	_binding("RoleBinding", namespace, [_account(namespace, "a")]),
])

_unbound(kind, rules) := testing.input_of([_role(kind, {"Role": "n", "ClusterRole": ""}[kind], rules)])

_csr := "certificates.k8s.io"

_token := _allow("", ["serviceaccounts/token"], ["create"])

_approval := _allow(_csr, ["certificatesigningrequests/approval"], ["update"])

_approve(names) := _named(_allow(_csr, ["signers"], ["approve"]), names)

_status := _allow(_csr, ["certificatesigningrequests/status"], ["patch"])

_sign := _allow(_csr, ["signers"], ["sign"])

test_a_finding_as_the_host_gets_it if {
	report := rule.report with input as _everywhere([_token])
	report == {{
		"variant": "any-token",
		"severity": "critical",
		"object": 0,
		"path": ["rules", 0, "resources", 0],
		"related": [{"object": 1, "path": ["roleRef", "name"], "label": "cluster-binding"}],
		"args": {"verbs": "create", "resources": "serviceaccounts/token", "reach": "in every namespace"},
	}}
}

test_tokens if {
	_found == {["any-token", "high"]} with input as _in_namespace("n", [_token])
	_found == {["any-token", "critical"]} with input as _in_namespace("vault", [_token])
	_found == {["any-token", "high"]} with input as _unbound("ClusterRole", [_token])
	_found == {["any-token", "medium"]} with input as _unbound("Role", [_token])
	_found == {["any-token", "high"]} with input as _in_namespace("n", [_allow("", ["*/token"], ["*"])])
	_found == set() with input as _in_namespace("n", [_allow("", ["serviceaccounts/token"], ["get"])])
}

test_tokens_by_name if {
	_found == {["named-token", "low"]} with input as _everywhere([_named(_token, ["x"])])
	_found == {["named-token", "low"]} with input as _unbound("Role", [_named(_token, ["x"])])
}

test_tokens_that_editors_mint_anyhow if {
	labels := {"rbac.authorization.k8s.io/aggregate-to-admin": "true"}
	role := object.union(_role("ClusterRole", "", [_token]), {"metadata": {"labels": labels}})
	_found == set() with input as testing.input_of([role])
}

test_a_secret_operator if {
	role := object.union(_role("ClusterRole", "", [_token]), {"metadata": {"labels": {"app.kubernetes.io/name": "external-secrets"}}})
	objects := testing.input_of([role, _binding("ClusterRoleBinding", "", [_account("external-secrets", "external-secrets")])])
	_found == {["any-token", "medium"]} with input as objects
}

test_allowed_issuers if {
	_found == set() with input as _everywhere([_token])
		with data.settings.params as {"rbac/identity-issuance-grant": {"allowedTokenIssuers": ["ServiceAccount/n/a"]}}
}

test_both_halves_of_an_approval if {
	both := {["approve-certificates", "critical"]}
	_found == both with input as _everywhere([_approval, _approve(["kubernetes.io/kube-apiserver-client"])])
	_found == both with input as _everywhere([_approval, _approve(["kubernetes.io/*"])])
	_found == both with input as _everywhere([_approval, _approve([])])
	_found == both with input as _everywhere([_allow(_csr, ["certificatesigningrequests/approval", "signers"], ["update", "approve"])])
	_found == {["approve-certificates", "high"]} with input as _unbound("ClusterRole", [_approval, _approve([])])
	_found == set() with input as _everywhere([_approval, _approve(["kubernetes.io/kubelet-serving"])])
	_found == set() with input as _in_namespace("n", [_approval, _approve([])])
}

test_the_holder_is_named if {
	report := rule.report with input as _everywhere([_approval, _approve([])])
	{[entry.args.holder, entry.args.signers] | some entry in report} == {["ServiceAccount n/a", "every signer"]}
}

test_one_half if {
	_found == {["approval-half", "medium"]} with input as _everywhere([_approval])
	_found == {["approval-half", "medium"]} with input as _everywhere([_approve([])])
	_found == {["approval-half", "low"]} with input as _unbound("ClusterRole", [_approval])
	_found == set() with input as _everywhere([_approve(["example.com/signer"])])
	_found == set() with input as _everywhere([_status])
	_found == set() with input as _everywhere([_sign])
}

test_allowed_signers if {
	_found == set() with input as _everywhere([_approval, _approve(["kubernetes.io/kube-apiserver-client-kubelet"])])
		with data.settings.params as {"rbac/identity-issuance-grant": {"allowedSigners": ["kubernetes.io/kube-apiserver-client-kubelet"]}}
}

test_signing if {
	_found == {["sign-certificates", "high"]} with input as _everywhere([_status, _sign])
	_found == set() with input as _everywhere([_status, _named(_sign, ["issuers.cert-manager.io/*"])])
}

# The other half outside of the judged unit.
test_a_half_in_the_context if {
	objects := testing.input_with([
		{"object": _role("ClusterRole", "", [_approve([])])},
		{"object": _binding("ClusterRoleBinding", "", [_account("n", "a")])},
		{
			"object": object.union(_role("ClusterRole", "", [_approval]), {"metadata": {"name": "other"}}),
			"context": true,
		},
		{
			"object": object.union(_binding("ClusterRoleBinding", "", [_account("n", "a")]), {
				"metadata": {"name": "other"},
				"roleRef": {"kind": "ClusterRole", "name": "other"},
			}),
			"context": true,
		},
	])
	_found == {["approve-certificates", "critical"]} with input as objects
}

test_requests if {
	_found == {["request-certificates", "low"]} with input as _everywhere([_allow(_csr, ["certificatesigningrequests"], ["create"])])
}

test_accounts_and_bindings if {
	accounts := _allow("", ["serviceaccounts"], ["create"])
	bindings := _allow("rbac.authorization.k8s.io", ["rolebindings"], ["create"])
	both := {["account-with-binding", "medium"]}
	_found == both with input as _everywhere([accounts, bindings])
	_found == both with input as _in_namespace("n", [accounts, bindings])
	_found == {["account-with-binding", "low"]} with input as _unbound("Role", [accounts, bindings])
	_found == set() with input as _everywhere([accounts])
	_found == set() with input as _in_namespace("n", [accounts, _allow("rbac.authorization.k8s.io", ["clusterrolebindings"], ["create"])])
}
