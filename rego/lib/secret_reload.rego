# METADATA
# title: What makes a workload take up a new value of a Secret
# description: |
#   Stakater's Reloader, the restart targets of the Vault Secrets Operator, the reloader of External
#   Secrets, Kyverno policies that restart, and annotations that the configuration names.
package portcullis.lib.secret_reload

import data.portcullis.lib.k8s
import data.portcullis.lib.pods
import data.portcullis.lib.rotating_secrets

# METADATA
# description: |
#   Whether something restarts the workload of a pair, an entry of `secret_consumption.pairs` with the
#   `annotations` of its workload. `options` are the rule's parameters `reloadAnnotations` and
#   `reloaderAutoAll`.
restarts(pair, options) if {
	some name in k8s.list(options.reloadAnnotations)
	object.get(pair.annotations, name, "false") != "false"
}

restarts(pair, options) if {
	reloader_kinds[pair.obj.object.kind]
	not switched_off(pair)
	_watched_by_reloader(pair, options)
}

restarts(pair, _) if {
	some target in targets(pair)
	_kind_of(target) == pair.obj.object.kind
	target.name == pair.obj.name
}

restarts(pair, _) if {
	pair.obj.object.kind == "Deployment"
	some destination in _destinations
	_names(destination, pair.obj.name)
}

restarts(pair, _) if {
	_restarted_by_policy[pair.obj.object.kind]
	not pair.csi
}

# METADATA
# description: Kinds that Reloader restarts.
reloader_kinds := {"Deployment", "StatefulSet", "DaemonSet", "Rollout", "DeploymentConfig"}

# METADATA
# description: Annotations of a workload, and of its pods.
annotations(obj) := object.union_n(array.concat(
	[found |
		some spec in pods.specs(obj)
		found := object.get(spec.metadata, "annotations", {})
		is_object(found)
	],
	[k8s.annotations(obj)],
))

# METADATA
# description: |
#   Where Reloader is told to leave the pair alone: `workload` or `secret`; undefined where it is not.
switched_off(pair) := "workload" if {
	_is_false(pair, "reloader.stakater.com/auto")
	not _named(pair)
} else := "workload" if {
	excluded := object.get(pair.annotations, "secrets.exclude.reloader.stakater.com/reload", "")
	pair.name in _listed(excluded)
} else := "secret" if {
	_secret_says(pair, "reloader.stakater.com/ignore")
}

# METADATA
# description: The restart targets that the makers of the Secret name.
targets(pair) := [target |
	some maker in rotating_secrets.makers(pair.namespace, pair.name)
	some target in k8s.items_at(maker.object, ["spec", "rolloutRestartTargets"])
]

# METADATA
# description: The annotation by which Reloader is told the names of Secrets, or of SecretProviderClasses.
names_annotation(pair) := {
	true: "secretproviderclass.reloader.stakater.com/reload",
	false: "secret.reloader.stakater.com/reload",
}[pair.csi]

_watched_by_reloader(_, options) if options.reloaderAutoAll == true

_watched_by_reloader(_, _) if count(_auto_all) > 0

_watched_by_reloader(pair, _) if _is_true(pair, "reloader.stakater.com/auto")

_watched_by_reloader(pair, _) if _is_true(pair, _auto_annotation[pair.csi])

_watched_by_reloader(pair, _) if _named(pair)

_watched_by_reloader(pair, _) if {
	_is_true(pair, "reloader.stakater.com/search")
	_secret_says(pair, "reloader.stakater.com/match")
}

_auto_annotation := {
	true: "secretproviderclass.reloader.stakater.com/auto",
	false: "secret.reloader.stakater.com/auto",
}

_is_true(pair, name) if object.get(pair.annotations, name, "") in {"true", true}

_is_false(pair, name) if object.get(pair.annotations, name, "") in {"false", false}

_named(pair) if pair.name in _listed(object.get(pair.annotations, names_annotation(pair), ""))

# Names may be patterns, which are taken to match.
_named(pair) if {
	names := object.get(pair.annotations, names_annotation(pair), "")
	is_string(names)
	regex.match(`[*+?|(\[]`, names)
}

_listed(text) := {trim_space(part) | some part in split(text, ",")} if is_string(text)

_secret_says(pair, name) if {
	some maker in rotating_secrets.makers(pair.namespace, pair.name)
	some path in _secret_annotations[maker.object.kind]
	object.get(maker.object, array.concat(path, [name]), "") in {"true", true}
}

# Where makers say which annotations their Secret gets.
_secret_annotations := {
	"Secret": [["metadata", "annotations"]],
	"SealedSecret": [["spec", "template", "metadata", "annotations"]],
	"Certificate": [["spec", "secretTemplate", "annotations"]],
	"ExternalSecret": [["spec", "target", "template", "metadata", "annotations"]],
	"VaultStaticSecret": [["spec", "destination", "annotations"]],
	"VaultDynamicSecret": [["spec", "destination", "annotations"]],
	"VaultPKISecret": [["spec", "destination", "annotations"]],
	"HCPVaultSecretsApp": [["spec", "destination", "annotations"]],
}

_kind_of(target) := {"argo.Rollout": "Rollout"}[target.kind]

_kind_of(target) := target.kind if target.kind != "argo.Rollout"

# Ids of the objects that have Reloader watch everything: its own Deployment, or what installs its chart. A
# set, since what is undefined would be looked for again for each pair.
_auto_all := {obj.id |
	some obj in k8s.known_of_kind("Deployment")
	some container in pods.containers(obj)
	some field in ["args", "command"]
	some word in k8s.items_at(container.container, [field])
	word in {"--auto-reload-all", "--auto-reload-all=true"}
} | {obj.id |
	some kind in ["HelmRelease", "Application", "HelmChart"]
	some obj in k8s.known_of_kind(kind)
	some place in [["spec", "values", "reloader"], ["spec", "source", "helm", "valuesObject", "reloader"]]
	object.get(obj.object, array.concat(place, ["autoReloadAll"]), false) == true
}

_destinations := [destination.deployment |
	some obj in k8s.known_of_kind("Config")
	k8s.group(obj.object.apiVersion) == "reloader.external-secrets.io"
	some destination in k8s.items_at(obj.object, ["spec", "destinationsToWatch"])
	is_object(destination.deployment)
]

# A selector by labels may mean any.
_names(destination, name) if name in k8s.items_at(destination, ["names"])

_names(destination, _) if count(k8s.items_at(destination, ["names"])) == 0

_restarted_by_policy := {target.kind |
	some kind in ["ClusterPolicy", "Policy"]
	some obj in k8s.known_of_kind(kind)
	k8s.group(obj.object.apiVersion) == "kyverno.io"
	some rule in k8s.items_at(obj.object, ["spec", "rules"])
	_is_about_secrets(rule)
	some target in k8s.items_at(rule, ["mutate", "targets"])
}

_is_about_secrets(rule) if {
	walk(rule.match, [path, kind])
	path[count(path) - 2] == "kinds"
	kind in {"Secret", "v1/Secret"}
}
