# METADATA
# title: What lies outside of what is judged
package portcullis.lib.blind_spots

import data.portcullis.lib.gitops_sources
import data.portcullis.lib.k8s
import data.portcullis.lib.repositories

# METADATA
# description: Charts that are fetched from elsewhere when they are installed, as `[object, path, name]`.
charts := {[entry.obj, _chart_place(entry), entry.name] |
	some entry in gitops_sources.charts
	not entry.obj.partial
	entry.obj.object.kind != "OCIRepository"
}

# Where the chart is named: beside its version.
_chart_place(entry) := array.concat(holder, [name]) if {
	holder := array.slice(entry.path, 0, count(entry.path) - 1)
	some name in ["chart", "name", "chartName", "repoURL"]
	object.get(entry.obj.object, array.concat(holder, [name]), null) == entry.name
}

# METADATA
# description: |
#   Repositories and artifacts of others whose manifests are applied, as `[object, path, address]`.
sources := ({[entry.obj, array.concat(entry.path, ["repoURL"]), repositories.address(entry.source.repoURL)] |
	some entry in gitops_sources.argo
	gitops_sources.is_git(entry.source)
	is_string(entry.source.path)
	_is_elsewhere(entry.source.repoURL)
} | _flux_repositories) | _artifacts

_flux_repositories := {[obj, ["spec", "url"], repositories.address(url)] |
	some obj in k8s.of_kind("GitRepository")
	k8s.group(obj.object.apiVersion) == "source.toolkit.fluxcd.io"
	obj.name != "flux-system"
	url := obj.object.spec.url
	_is_elsewhere(url)
}

_is_elsewhere(url) if repositories.relation(url) in {"foreign", "same-owner"}

# Nothing tells what an artifact or a bucket was made from.
_artifacts := {[obj, ["spec", field], name] |
	some kind, field in {"OCIRepository": "url", "Bucket": "bucketName"}
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == "source.toolkit.fluxcd.io"
	name := object.get(obj.object, ["spec", field], null)
	is_string(name)
}

# METADATA
# description: |
#   Manifests that a program makes when they are applied, as `[object, path, name]`.
plugins := ({[entry.obj, array.concat(entry.path, ["plugin"]), _plugin_name(entry.source.plugin)] |
	some entry in gitops_sources.argo
	is_object(object.get(entry.source, "plugin", null))
} | _jsonnet) | _functions

_plugin_name(plugin) := plugin.name if {
	is_string(plugin.name)
} else := "a plugin"

_jsonnet := {[entry.obj, array.concat(entry.path, ["directory", "jsonnet"]), "Jsonnet"] |
	some entry in gitops_sources.argo
	settings := object.get(entry.source, ["directory", "jsonnet"], null)
	is_object(settings)
	count(settings) > 0
}

# Generators and transformers of kustomize that are programs.
_functions := {[obj, ["metadata", "annotations", key], obj.object.kind] |
	some obj in input.objects
	some key in ["config.kubernetes.io/function", "config.k8s.io/function"]
	k8s.annotations(obj)[key]
}

_kinds := {
	"Pod", "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Secret", "ServiceAccount", "Role",
	"ClusterRole", "RoleBinding", "ClusterRoleBinding", "NetworkPolicy", "ExternalSecret", "SecretStore",
	"ClusterSecretStore",
}

# METADATA
# description: Texts in ConfigMaps that are manifests, as `[object, path, kinds]`.
embedded := {[obj, ["data", key], kinds] |
	some obj in k8s.of_kind("ConfigMap")
	some key, text in obj.object.data
	is_string(text)
	contains(text, "apiVersion:")
	kinds := {kind |
		some [_, kind] in regex.find_all_string_submatch_n(`(?m)^kind:[ \t]*["']?([A-Za-z]+)["']?[ \t]*$`, text, 50)
		kind in _kinds
	}
	count(kinds) > 0
}

# METADATA
# description: Objects other than Secrets that SOPS encrypted, so that their settings cannot be read.
encrypted := [obj |
	some obj in input.objects
	is_object(object.get(obj.object, "sops", null))
	is_string(object.get(obj.object, ["sops", "mac"], null))
	not obj.object.kind in {"Secret", "SopsFile"}
]

# METADATA
# description: |
#   Charts whose values switch parts of them on, as `[object, names]` with the values files that they are
#   rendered with besides their own.
conditional := [[obj, names] |
	some obj in k8s.of_kind("HelmChartFile")
	obj.object.conditional == true
	renderings := object.get(input.facts, ["renderings", obj.object.chart], [])
	names := {name | some rendering in renderings; some name in split(rendering, ", "); name != ""}
]
