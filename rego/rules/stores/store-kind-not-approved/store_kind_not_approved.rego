# METADATA
# title: Secret backend is a test, deprecated or non-approved store
# description: |
#   Looks at where secrets come from: stores and generators of External Secrets Operator, SecretProviderClasses
#   of the CSI driver, connections of Vault Secrets Operator, StoreConfigs of Crossplane. A central source of
#   truth only works where every store is a governed one.
#
#   The fake provider and the fake generator hand out what stands in their own manifest, which is for tests.
#   Which other stores are approved is yours to say in `approvedStores`; the default names those that are
#   governed and keep a log. A store of the provider `kubernetes` is meant to gather Secrets of its own cluster: one
#   that reads elsewhere with a stored token or kubeconfig copies secrets past whoever governs them.
#
#   External Secrets Operator no longer serves `v1beta1` from version 0.17 on, and `v1alpha1` is older still;
#   `PushSecret`, `ClusterPushSecret` and the generators' group, where `v1alpha1` is the current version, are left
#   alone. Where an older operator is still running, lower `minApi`. The project behind `kubernetes-client.io` is
#   archived; HCP Vault Secrets was shut down by its vendor; Crossplane 2 has no external secret stores.
#
#   Left alone: fake stores in the namespaces and files of tests (`testNamespaces`, `testGlobs`), and those
#   that only a controller made for mocks picks up (`spec.controller: mock`). In files of examples
#   (`exampleGlobs`) fake stores and old versions are low.
# related_resources:
#   - ref: https://external-secrets.io/latest/introduction/stability-support/
#   - ref: https://external-secrets.io/latest/provider/fake/
#   - ref: https://github.com/external-secrets/kubernetes-external-secrets
#     description: The archived predecessor
# custom:
#   severity: high
#   confidence: high
#   scope: object
#   needs: []
#   kinds:
#     - SecretStore
#     - ClusterSecretStore
#     - ExternalSecret
#     - ClusterExternalSecret
#     - ClusterGenerator
#     - ACRAccessToken
#     - BeyondtrustWorkloadCredentialsDynamicSecret
#     - CloudsmithAccessToken
#     - ECRAuthorizationToken
#     - Fake
#     - GCRAccessToken
#     - GithubAccessToken
#     - Grafana
#     - MFA
#     - Password
#     - QuayAccessToken
#     - SSHKey
#     - STSSessionToken
#     - UUID
#     - VaultDynamicSecret
#     - Webhook
#     - SecretProviderClass
#     - VaultConnection
#     - VaultAuth
#     - VaultAuthGlobal
#     - HCPAuth
#     - HCPVaultSecretsApp
#     - StoreConfig
#   remediation: |
#     Point to a governed store, in the version that the operator serves:
#
#     ```yaml
#     apiVersion: external-secrets.io/v1
#     kind: SecretStore
#     metadata:
#       name: vault
#       namespace: billing
#     spec:
#       provider:
#         vault:
#           server: https://vault.security.svc:8200
#           path: kv
#           version: v2
#           caProvider: {type: ConfigMap, name: vault-ca, key: ca.crt}
#           auth:
#             kubernetes:
#               mountPath: kubernetes
#               role: billing
#               serviceAccountRef: {name: billing-eso}
#     ```
#   variants:
#     fake-store:
#       severity: high
#       message: "Hands out values that stand in a manifest: `{provider}` is for tests; point to a real store"
#     store-not-approved:
#       severity: medium
#       message: "`{provider}` is none of the approved stores; use one of them, or add it to `approvedStores`"
#     generator-not-approved:
#       severity: medium
#       message: "The generator `{kind}` is none of the approved ones; use another, or add it to `approvedGenerators`"
#     foreign-cluster-by-token:
#       severity: medium
#       message: "Copies Secrets of another namespace or cluster with a stored credential; keep them in a governed store, and read them from there"
#     parameter-store:
#       severity: low
#       message: "Parameter Store does not rotate what it holds; use `service: SecretsManager`"
#     retired-api:
#       severity: high
#       message: "`{version}` of External Secrets Operator is long gone; use `external-secrets.io/v1`"
#     unserved-api:
#       severity: medium
#       message: "External Secrets Operator no longer serves `{version}` from 0.17 on; use `external-secrets.io/v1`"
#     archived-operator:
#       severity: high
#       message: "`{version}` belongs to an archived operator that gets no fixes; move to `external-secrets.io/v1`"
#     retired-store:
#       severity: medium
#       message: "{store} is discontinued; move what it holds to a store that is maintained"
#   params:
#     approvedStores:
#       type: array
#       description: "Providers that may be used, as External Secrets Operator calls them; `*` stands for any text."
#       default:
#         - vault
#         - openBao
#         - aws
#         - gcpsm
#         - azurekv
#         - oracle
#         - ibm
#         - "onepassword*"
#         - akeyless
#         - conjur
#         - doppler
#         - infisical
#         - kubernetes
#     approvedGenerators:
#       type: array
#       description: "Kinds of generators that may be used; `*` stands for any text. `Fake` counts only where it is named itself."
#       default: ["*"]
#     minApi:
#       type: string
#       description: Oldest version of the API of External Secrets Operator that may be used.
#       default: v1
#       enum: [v1, v1beta1, v1alpha1]
#     requireSecretsManager:
#       type: boolean
#       description: "Whether secrets in AWS must be in Secrets Manager, which can rotate them, and not in Parameter Store."
#       default: false
#     testNamespaces:
#       type: array
#       description: "Namespaces that are there for tests; `*` stands for any text."
#       default: [test, tests, "test-*", "*-test", "*-tests", e2e, "e2e-*", ci, "ci-*", "mock*"]
#     testGlobs:
#       type: array
#       description: Files that are there for tests.
#       default: ["**/test/**", "**/tests/**", "**/testdata/**", "**/e2e/**", "**/ci/**", "**/mocks/**"]
#     exampleGlobs:
#       type: array
#       description: Files that are examples; findings in them are low.
#       default: ["**/docs/**", "**/examples/**", "**/samples/**", "**/testdata/**"]
#   frameworks:
#     cis: ["5.4.2"]
#     owasp: ["K08:2022", "K03:2025", "K10:2022"]
#     nist: ["SA-22", "CM-7"]
#     iso: ["A.8.9"]
#     cwe: ["CWE-1104"]
#   practices: [P02]
package portcullis.rules.stores["store-kind-not-approved"]

import data.portcullis.lib.evidence
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.settings
import data.portcullis.lib.store_kinds
import data.portcullis.lib.store_views as views

params := settings.params(rego.metadata.chain())

report contains _in_example(finding.new("fake-store", fake.obj, fake.path, {"provider": fake.name}), fake.obj) if {
	some fake in store_kinds.fakes
	not views.is_test(fake.obj, params.testNamespaces, params.testGlobs)
	not _is_named(fake)
}

_is_named(fake) if fake.name in params.approvedGenerators

report contains finding.new("store-not-approved", used.obj, used.path, {"provider": used.name}) if {
	some used in store_kinds.stores
	not views.matches_any(params.approvedStores, used.name)
	not views.is_test(used.obj, params.testNamespaces, params.testGlobs)
}

report contains finding.new("generator-not-approved", view.obj, view.kind_path, {"kind": view.kind}) if {
	some view in views.generators
	view.kind != "Fake"
	not views.matches_any(params.approvedGenerators, view.kind)
}

report contains finding.new("foreign-cluster-by-token", obj, path, {}) if {
	some [obj, path] in store_kinds.foreign
}

report contains finding.new("parameter-store", view.obj, array.concat(view.base, ["service"]), {}) if {
	params.requireSecretsManager == true
	some view in views.stores
	view.provider == "aws"
	view.config.service == "ParameterStore"
}

report contains _in_example(finding.new(variant, obj, ["apiVersion"], {"version": obj.object.apiVersion}), obj) if {
	some kind in ["SecretStore", "ClusterSecretStore", "ExternalSecret", "ClusterExternalSecret"]
	some obj in k8s.of_kind(kind)
	views.is_eso(obj)
	version := trim_prefix(obj.object.apiVersion, "external-secrets.io/")
	variant := _old[version]
	_age[version] < object.get(_age, params.minApi, 2)
}

_old := {"v1alpha1": "retired-api", "v1beta1": "unserved-api"}

_age := {"v1alpha1": 0, "v1beta1": 1, "v1": 2}

report contains _in_example(finding.new("archived-operator", obj, ["apiVersion"], {"version": obj.object.apiVersion}), obj) if {
	some obj in k8s.of_kind("ExternalSecret")
	k8s.group(obj.object.apiVersion) == "kubernetes-client.io"
}

report contains finding.new("retired-store", retired.obj, ["kind"], {"store": retired.name}) if {
	some retired in store_kinds.retired
}

_in_example(found, obj) := evidence.lowered(found, obj.file, params.exampleGlobs)
