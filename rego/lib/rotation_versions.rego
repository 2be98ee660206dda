# METADATA
# title: References to one version of what a store holds
# description: |
#   Every place in the judged objects that says which version of a secret is read, as
#   `{obj, path, field, version}`: `field` is what users call it. What is not filled in yet (`${VERSION}`,
#   `{{ .Values.version }}`) is left out, and so is 0, which means the latest one.
package portcullis.lib.rotation_versions

import data.portcullis.lib.durations
import data.portcullis.lib.k8s
import data.portcullis.lib.rotation
import data.portcullis.lib.rotation_eso as eso

# METADATA
# description: "Every reference with a version, as `{obj, path, field, version}`."
references := [reference |
	some found in [_external, _vault, _provider_classes, _plugin_annotations, _plugin_inline]
	some candidate in found
	version := _text(candidate.version)
	not version in {"", "0"}
	not regex.match(`\{\{|\$[({A-Za-z_]|^<`, version)
	reference := object.union(candidate, {"version": version})
]

# METADATA
# description: |
#   Whether the object declares until when its pin is wanted, and that day is not over. A date that
#   cannot be read excuses nothing.
is_pinned_for_now(obj) if {
	until := rotation.declared(obj, "pin-until").value
	input.clock < _end(until)
}

_end(until) := durations.end_of_day(until) if {
	durations.epoch(until)
	count(until) == 10
} else := durations.epoch(until)

_external := [{"obj": view.obj, "path": path, "field": "version", "version": version} |
	some view in eso.externals
	not view.obj.context
	some [list, item] in [["data", "remoteRef"], ["dataFrom", "extract"]]
	some index, source in k8s.list(object.get(view.spec, list, null))
	version := source[item].version
	path := array.concat(view.base, [list, index, item, "version"])
]

_vault := array.concat(
	[{"obj": obj, "path": ["spec", "version"], "field": "version", "version": obj.object.spec.version} |
		some obj in k8s.of_kind("VaultStaticSecret")
		k8s.group(obj.object.apiVersion) == "secrets.hashicorp.com"
	],
	[{"obj": obj, "path": array.concat(place, [index, "version"]), "field": "version", "version": item.version} |
		some obj in k8s.of_kind("CSISecrets")
		k8s.group(obj.object.apiVersion) == "secrets.hashicorp.com"
		place := ["spec", "secrets", "vaultStaticSecrets"]
		some index, item in k8s.list(object.get(obj.object, place, null))
	],
)

# The lists of objects are texts in the formats of the providers: YAML, JSON, YAML in YAML. They are
# read by line, since a text may be anything at all.
_provider_classes := [{"obj": obj, "path": ["spec", "parameters", name], "field": match[1], "version": match[2]} |
	some obj in k8s.of_kind("SecretProviderClass")
	startswith(k8s.group(obj.object.apiVersion), "secrets-store.csi.")
	some name in ["objects", "secrets"]
	text := obj.object.spec.parameters[name]
	is_string(text)
	some line in split(text, "\n")
	not startswith(trim_space(line), "#")
	some pattern in object.get(_patterns, object.get(obj.object.spec, "provider", ""), [_object_version])
	some match in regex.find_all_string_submatch_n(pattern, line, -1)
]

_object_version := `\b(objectVersion|objectVersionLabel)["']?\s*:\s*["']?([^"'\s,}\]#]+)`

_patterns := {
	"gcp": [`\b(resourceName)["']?\s*:\s*["']?projects/[^"'\s,}\]#]+/versions/([^"'\s,}\]#/]+)`],
	"vault": [`\b(version)["']?\s*:\s*["']?([^"'\s,}\]#]+)`],
}

_plugin_annotations := [{"obj": obj, "path": ["metadata", "annotations", name], "field": name, "version": version} |
	some obj in input.objects
	not obj.context
	name := "avp.kubernetes.io/secret-version"
	version := obj.object.metadata.annotations[name]
]

# Kinds in which the placeholders of Argo CD Vault Plugin stand; to walk through everything would cost
# more than it finds.
_plugin_kinds := ["Secret", "ConfigMap", "Application", "HelmRelease", "HelmValues", "Deployment", "StatefulSet"]

_plugin_inline := [reference |
	some kind in _plugin_kinds
	some obj in k8s.of_kind(kind)
	walk(obj.object, [path, value])
	is_string(value)
	contains(value, "<path:")
	some match in regex.find_all_string_submatch_n(`<path:[^<>#|]+#[^<>#|]+#\s*([^<>#|\s]+)\s*(?:\|[^<>]*)?>`, value, -1)
	reference := {"obj": obj, "path": path, "field": "<path:…#…#version>", "version": match[1]}
]

_text(value) := trim_space(value) if is_string(value)

_text(value) := format_int(value, 10) if is_number(value)
