# METADATA
# title: Store or import definition reachable by, or pulling, more than needed
# description: |
#   Looks at who may use a secret store, and how much is taken from it at once: conditions of a
#   ClusterSecretStore, imports and pushes of External Secrets Operator, namespaces and patterns of Vault Secrets
#   Operator, objects of kagent that are shared, policies of Vault as text, and policies of clouds as objects.
#
#   Whoever may create an ExternalSecret reads all that the store reads. A ClusterSecretStore without
#   conditions is ordinary where a cluster has one tenant: it is medium, and high in the profile `strict` and where
#   more than one namespace of the set has a store of its own or agents.
#
#   An import by `find` is bounded by a path, by tags, or by a pattern that names something; without any of
#   them it copies all of the backend. It is low where the store itself is bound to one project or vault, and medium where
#   the store is not in the set. A registry login for all namespaces is medium.
#
#   Left alone: namespaces of the platform team (`platformOwners`); patches, for what they lack; statements
#   of a cloud's policy that carry a condition, or that only list secrets, for which there is no other resource than
#   `*`; stores of the fake provider, which hold nothing. What stands in files of examples (`exampleGlobs`) is low.
# related_resources:
#   - ref: https://external-secrets.io/latest/api/clustersecretstore/
#   - ref: https://external-secrets.io/latest/guides/getallsecrets/
#   - ref: https://developer.hashicorp.com/vault/docs/platform/k8s/vso/api-reference
#   - ref: https://developer.hashicorp.com/vault/docs/concepts/policies
# custom:
#   severity: high
#   confidence: high
#   scope: set
#   needs: []
#   kinds:
#     - ClusterSecretStore
#     - SecretStore
#     - ExternalSecret
#     - ClusterExternalSecret
#     - PushSecret
#     - ClusterPushSecret
#     - VaultAuth
#     - VaultAuthGlobal
#     - CSISecrets
#     - Agent
#     - ModelConfig
#     - RemoteMCPServer
#     - Namespace
#     - Sandbox
#     - SandboxTemplate
#     - SandboxClaim
#     - Deployment
#     - StatefulSet
#     - ConfigMap
#     - Policy
#     - Workspace
#     - Vault
#     - RolePolicy
#     - UserPolicy
#     - Role
#     - IAMPolicyMember
#     - IAMPolicy
#     - IAMPartialPolicy
#     - ProjectIAMMember
#     - FolderIAMMember
#     - OrganizationIAMMember
#   remediation: |
#     Bind the store to namespaces, and name the keys that are imported:
#
#     ```yaml
#     apiVersion: external-secrets.io/v1
#     kind: ClusterSecretStore
#     metadata:
#       name: billing
#     spec:
#       conditions:
#         - namespaceSelector: {matchLabels: {secrets.example/team: billing}}
#       provider:
#         aws:
#           service: SecretsManager
#           region: eu-west-1
#           auth: {jwt: {serviceAccountRef: {name: billing-eso, namespace: security}}}
#     ```
#
#     In a policy of Vault, name the path of one team: `path "kv/data/billing/*"`.
#   variants:
#     cluster-store-for-all:
#       severity: medium
#       message: "Every namespace may read through this store; bind it with `conditions`"
#     vault-auth-for-all:
#       severity: high
#       message: "Every namespace may log in to Vault with this; name the namespaces in `allowedNamespaces`"
#     csi-access-for-all:
#       severity: high
#       message: "The pattern lets any pod have these secrets; name the ServiceAccount, the namespaces and the pods"
#     trusts-other-namespace:
#       severity: low
#       message: "`trustNamespace` lends the credentials of `{namespace}` to pods here; let them log in as themselves"
#     shared-agent-object:
#       severity: medium
#       message: "Agents of every namespace may use this {kind}, and the credentials behind it; name them with `from: Selector`"
#     import-everything:
#       severity: high
#       message: "Copies all that the store can read into the namespace; bound it by `path`, `tags` or a pattern, or name the keys"
#     import-shared-root:
#       severity: medium
#       message: "`{key}` is a root that many share; name the key of this application"
#     distributed-everywhere:
#       severity: high
#       message: "Makes the Secret in every namespace; select those that need it"
#     push-everything:
#       severity: medium
#       message: "Pushes whatever matches out of the cluster; name the Secret and its keys"
#     vault-policy-too-broad:
#       severity: high
#       message: "The policy opens `{path}` of Vault; name the paths of one application"
#     cloud-policy-too-broad:
#       severity: high
#       message: "Opens every secret of the account or project; name the secrets, or bind the grant to a prefix"
#   params:
#     platformOwners:
#       type: array
#       description: "Namespaces of the platform team, which may hold broad definitions; `*` stands for any text."
#       default: []
#     broadRegexes:
#       type: array
#       description: Patterns that stand for all.
#       default: ["*", ".", ".*", ".+", "^.", "^.*", "^.+", "^.*$", "^.+$", "(.*)", "(.+)", "^(.*)$", "^(.+)$", ".*?"]
#     sharedRoots:
#       type: array
#       description: "Roots of stores that many applications share, and mounts of Vault's key-value engines."
#       default: [kv, secret, secrets, prod, production, staging, shared, common, global]
#     exampleGlobs:
#       type: array
#       description: Files that are examples; findings in them are low.
#       default: ["**/docs/**", "**/examples/**", "**/samples/**", "**/testdata/**"]
#   frameworks:
#     cis: ["5.1.2"]
#     owasp: ["K08:2022", "K03:2025", "K03:2022", "K02:2025"]
#     pci: ["7.2.2", "7.2.5"]
#     soc2: ["CC6.1", "CC6.3"]
#     nist: ["AC-6", "AC-3", "AC-4"]
#     iso: ["A.5.15", "A.8.3"]
#     cwe: ["CWE-668", "CWE-732"]
#   practices: [P09, P13, P21, P22]
package portcullis.rules.stores["store-scope-too-broad"]

import data.portcullis.lib.evidence
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.settings
import data.portcullis.lib.store_access as access
import data.portcullis.lib.store_policies as policies
import data.portcullis.lib.store_scopes as scopes
import data.portcullis.lib.store_views as views

params := settings.params(rego.metadata.chain())

_regexes := k8s.list(params.broadRegexes)

_is_platform(obj) if views.matches_any(params.platformOwners, obj.namespace)

report contains evidence.lowered(finding.with_severity(found, _weight), entry.obj.file, params.exampleGlobs) if {
	some entry in scopes.open_stores(_regexes)
	found := finding.new("cluster-store-for-all", entry.obj, entry.path, {})
}

default _weight := "medium"

_weight := "high" if settings.profile == "strict"

_weight := "high" if scopes.is_shared

report contains evidence.lowered(finding.with_severity(found, entry.severity), entry.obj.file, params.exampleGlobs) if {
	some entry in access.shared(_regexes)
	not _is_platform(entry.obj)
	found := finding.new(entry.variant, entry.obj, entry.path, entry.args)
}

report contains evidence.lowered(finding.with_severity(found, severity), entry.view.obj.file, params.exampleGlobs) if {
	some entry in scopes.imports
	not _is_platform(entry.view.obj)
	access.finds_everything(entry.item, _regexes)
	severity := {"many": "high", "unknown": "medium", "one": "low"}[scopes.breadth(entry)]
	found := finding.new("import-everything", entry.view.obj, array.concat(entry.path, ["find"]), {})
}

report contains finding.new("import-shared-root", entry.view.obj, array.concat(entry.path, ["extract", "key"]), {"key": key}) if {
	some entry in scopes.imports
	not _is_platform(entry.view.obj)
	key := entry.item.extract.key
	is_string(key)
	trim(key, "/") in {trim(root, "/") | some root in params.sharedRoots; is_string(root)}
	scopes.breadth(entry) != "one"
}

report contains evidence.lowered(finding.with_severity(found, entry.severity), entry.obj.file, params.exampleGlobs) if {
	some entry in access.distributed
	found := finding.new("distributed-everywhere", entry.obj, entry.path, {})
}

report contains finding.new("push-everything", entry.obj, entry.path, {}) if {
	some entry in scopes.wide_pushes(_regexes)
	not _is_platform(entry.obj)
}

report contains evidence.lowered(found, entry.obj.file, params.exampleGlobs) if {
	some entry in policies.vault_texts
	not _is_platform(entry.obj)
	broad := {path |
		some path in policies.granted(entry.text)
		policies.is_broad(path, params.sharedRoots)
	}
	count(broad) > 0
	found := finding.new("vault-policy-too-broad", entry.obj, entry.path, {"path": min(broad)})
}

report contains evidence.lowered(found, entry.obj.file, params.exampleGlobs) if {
	some entry in policies.broad_cloud_grants
	not _is_platform(entry.obj)
	found := finding.new("cloud-policy-too-broad", entry.obj, entry.path, {})
}
