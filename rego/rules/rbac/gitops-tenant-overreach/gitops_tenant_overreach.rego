# METADATA
# title: GitOps project or reconciler grants more than a tenant needs
# description: |
#   The controller that applies what is in Git has more rights than anybody else. What keeps one team's
#   repository from using all of them is a handful of objects, and those are what this looks at.
#
#   Argo CD: an AppProject that takes any repository to any namespace of any cluster, or that may apply
#   every cluster-scoped kind, is high; an Application in the project `default`, which is such a one, is
#   medium. In `argocd-rbac-cm`, making everybody an administrator by `policy.default` is critical; doing
#   so for a group that everybody is in, or allowing every action on everything, is high. In `argocd-cm`
#   the terminal is medium and a local account with an API key, which never expires by itself, is low.
#
#   Flux: a Kustomization or HelmRelease of a tenant without `serviceAccountName` is applied with the
#   controller's rights (medium, unless `fluxTenancy` is off); a source of another namespace is low.
#
#   Left alone are projects, namespaces and objects in `platformProjects`, Flux's objects in `flux-system`,
#   Applications that bootstrap the others (`root`, `bootstrap`, `app-of-apps` in their names), the project
#   `default` where the set narrows it, and Flux where the set gives its controllers
#   `--default-service-account` or `--no-cross-namespace-refs`.
# related_resources:
#   - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
#   - ref: https://argo-cd.readthedocs.io/en/stable/operator-manual/rbac/
#   - ref: https://fluxcd.io/flux/installation/configuration/multitenancy/
# custom:
#   severity: critical
#   confidence: high
#   scope: set
#   needs: []
#   kinds:
#     - AppProject
#     - Application
#     - ApplicationSet
#     - ConfigMap
#     - Kustomization
#     - HelmRelease
#     - Deployment
#     - FluxInstance
#   remediation: |
#     Give each team a project with its repositories and namespaces, and no cluster-scoped kinds:
#
#     ```yaml
#     apiVersion: argoproj.io/v1alpha1
#     kind: AppProject
#     metadata:
#       name: billing
#       namespace: argocd
#     spec:
#       sourceRepos: ["https://git.example.com/billing/*"]
#       destinations:
#         - server: https://kubernetes.default.svc
#           namespace: billing
#       clusterResourceWhitelist: []
#     ```
#
#     In Flux, let each Kustomization and HelmRelease apply as a ServiceAccount of its tenant
#     (`serviceAccountName`), and run the controllers with `--no-cross-namespace-refs=true` and
#     `--default-service-account=default`.
#   variants:
#     project-without-limits:
#       severity: high
#       message: "AppProject `{project}` deploys any repository to any namespace of any cluster"
#     project-cluster-resources:
#       severity: high
#       message: "AppProject `{project}` may apply every cluster-scoped kind, ClusterRoleBindings among them"
#     default-project:
#       severity: medium
#       message: "Belongs to the project `default`, which limits neither repositories nor destinations"
#     everyone-is-admin:
#       severity: critical
#       message: "Makes everybody who can log in to Argo CD an administrator"
#     broad-admin:
#       severity: high
#       message: "Makes {members} administrators of Argo CD"
#     policy-allows-everything:
#       severity: high
#       message: "Allows {subjects} every action on every object of Argo CD"
#     terminal-enabled:
#       severity: medium
#       message: "Turns on Argo CD's terminal, a shell in every pod that it deploys"
#     local-api-key:
#       severity: low
#       message: "Lets the local account `{account}` have API keys, which are valid until somebody deletes them"
#     controller-rights:
#       severity: medium
#       message: "Is applied with the rights of Flux's controller, since it names no ServiceAccount"
#     foreign-source:
#       severity: low
#       message: "Takes its source from another namespace, {namespace}"
#   params:
#     platformProjects:
#       type: array
#       description: "Projects, Applications and namespaces of the platform itself, which may deploy anything."
#       default: []
#     fluxTenancy:
#       type: boolean
#       description: "Whether Flux's objects outside of `flux-system` are those of tenants."
#       default: true
#     broadGroups:
#       type: array
#       description: Names of groups that everybody, or nearly everybody, is in.
#       default: ["*", everyone, all, all-users, users, all-employees, employees, all-staff, staff, authenticated, domain users]
#   frameworks:
#     owasp: ["K03:2022", "K02:2025"]
#     pci: ["7.2.2", "6.5.1"]
#     soc2: ["CC6.3", "CC8.1"]
#     nist: ["AC-6", "CM-5"]
#     iso: ["A.8.2", "A.8.32"]
#     cwe: ["CWE-269", "CWE-266"]
#   practices: [P09, P13, P19]
package portcullis.rules.rbac["gitops-tenant-overreach"]

import data.portcullis.lib.argocd_rbac
import data.portcullis.lib.finding
import data.portcullis.lib.flux_tenancy
import data.portcullis.lib.k8s
import data.portcullis.lib.rbac
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

report contains finding.new(variant, project, path, {"project": project.name}) if {
	some project in _argo("AppProject")
	not project.name in params.platformProjects
	some [variant, path] in _openings(project)
}

_argo(kind) := [obj | some obj in k8s.of_kind(kind); k8s.group(obj.object.apiVersion) == "argoproj.io"]

_openings(project) := {["project-without-limits", ["spec", "sourceRepos", index]] |
	some index, repository in k8s.items_at(project.object, ["spec", "sourceRepos"])
	repository == "*"
	some destination in k8s.items_at(project.object, ["spec", "destinations"])
	destination.namespace == "*"
	some key in ["server", "name"]
	destination[key] == "*"
} | {["project-cluster-resources", ["spec", "clusterResourceWhitelist", index]] |
	some index, allowed in k8s.items_at(project.object, ["spec", "clusterResourceWhitelist"])
	allowed.group == "*"
	allowed.kind == "*"
}

report contains finding.new("default-project", obj, path, {}) if {
	not "default" in params.platformProjects
	not _is_default_narrowed
	some kind, path in {"Application": ["spec", "project"], "ApplicationSet": ["spec", "template", "spec", "project"]}
	some obj in _argo(kind)
	not obj.partial
	is_object(object.get(obj.object, array.slice(path, 0, count(path) - 1), null))
	object.get(obj.object, path, "") in {"", null, "default"}
	not obj.name in params.platformProjects
	not regex.match(`(^|-)(root|bootstrap|apps?-of-apps)(-|$)`, obj.name)
}

_is_default_narrowed if {
	some project in _argo("AppProject")
	project.name == "default"
	not project.partial
	count(_openings(project)) == 0
}

report contains finding.new("everyone-is-admin", obj, ["data", "policy.default"], {}) if {
	some obj in _config_maps("argocd-rbac-cm")
	role := obj.object.data["policy.default"]
	role in ({"role:admin"} | {subject | some text in _policies(obj); some subject in argocd_rbac.all_powerful(text)})
}

report contains finding.new("broad-admin", obj, ["data", key], {"members": rbac.listed(members)}) if {
	some obj in _config_maps("argocd-rbac-cm")
	some key, text in _policies(obj)
	members := argocd_rbac.broad_admins(text, params.broadGroups)
	count(members) > 0
}

report contains finding.new("policy-allows-everything", obj, ["data", key], {"subjects": rbac.listed(subjects)}) if {
	some obj in _config_maps("argocd-rbac-cm")
	some key, text in _policies(obj)
	subjects := argocd_rbac.all_powerful(text)
	count(subjects) > 0
}

report contains finding.new("policy-allows-everything", project, path, {"subjects": rbac.listed(subjects)}) if {
	some project in _argo("AppProject")
	some role, _ in k8s.items_at(project.object, ["spec", "roles"])
	some index, text in k8s.items_at(project.object, ["spec", "roles", role, "policies"])
	subjects := argocd_rbac.all_powerful(text)
	count(subjects) > 0
	path := ["spec", "roles", role, "policies", index]
}

_config_maps(name) := [obj |
	some obj in k8s.of_kind("ConfigMap")
	obj.name == name
	k8s.group(obj.object.apiVersion) == ""
]

# `policy.csv` and what is composed with it (`policy.billing.csv`).
_policies(obj) := {key: text |
	some key, text in obj.object.data
	startswith(key, "policy.")
	endswith(key, ".csv")
}

report contains finding.new("terminal-enabled", obj, ["data", "exec.enabled"], {}) if {
	some obj in _config_maps("argocd-cm")
	obj.object.data["exec.enabled"] == "true"
}

report contains finding.new("local-api-key", obj, ["data", key], {"account": substring(key, 9, -1)}) if {
	some obj in _config_maps("argocd-cm")
	some key, capabilities in obj.object.data
	startswith(key, "accounts.")
	not endswith(key, ".enabled")
	some capability in split(capabilities, ",")
	trim_space(capability) == "apiKey"
	object.get(obj.object.data, concat("", [key, ".enabled"]), "true") != "false"
}

report contains finding.new("controller-rights", obj, ["spec", "serviceAccountName"], {}) if {
	params.fluxTenancy
	some obj in flux_tenancy.reconcilers(params.platformProjects)
	flux_tenancy.uses_controller_rights(obj)
}

report contains finding.new("foreign-source", obj, path, {"namespace": object.get(obj.object, path, "")}) if {
	params.fluxTenancy
	some obj in flux_tenancy.reconcilers(params.platformProjects)
	some path in flux_tenancy.foreign_sources(obj)
}
