# METADATA
# title: What charts say as they are written
# description: |
#   A chart's values files reach the policy as objects of the kind `HelmValues`, which are the values
#   themselves; its templates as objects of the kind `HelmTemplate`, which hold facts: `chart`, the folder of
#   the chart; `fallbacks`, `generators`, `secrets`, `helpers` and `mentions`. All places are evidence.
package portcullis.lib.chart_sources

import data.portcullis.lib.k8s

_templates := k8s.of_kind("HelmTemplate")

# METADATA
# description: "All facts of a field, `fallbacks` or `generators`, as `[template, fact, evidence]`."
facts(field) := [[obj, fact, item] |
	some obj in _templates
	some fact in k8s.items_at(obj.object, [field])
	some item in obj.evidence
	item.id == fact.evidence
]

# METADATA
# description: "The Secrets in templates, as `[template, secret]`."
secrets := [[obj, secret] |
	some obj in _templates
	some secret in k8s.items_at(obj.object, ["secrets"])
]

# METADATA
# description: Folders of the charts that let their users name a Secret, or switch off the one that they make.
switched contains obj.object.chart if {
	some obj in _templates
	some name in k8s.items_at(obj.object, ["mentions"])
	_is_switch(name)
}

_is_switch(name) if {
	some pattern in _switches
	regex.match(pattern, name)
}

# A certificate's Secret and a pull Secret are named in every chart.
_is_switch(name) if {
	not regex.match(`(?i)(tls|ingress|pull_?secret|cert|\.ca\.)`, name)
	some pattern in _secret_names
	regex.match(pattern, name)
}

_switches := {
	`(?i)existing_?(secret|credential|password|key|auth|token)`,
	`(?i)(secret|credential)[^.]*\.[^.]*existing`,
	`(?i)(from_?secret|secret_?from|external_?secret)`,
	`(?i)(secret|credential)[^.]*\.(create|created|enabled?|generate|install)$`,
	`(?i)(create|use|skip|manage|disable|enable|generate)_?[a-z0-9]*secrets?$`,
	`(?i)secrets?_?(create|created|enabled?)$`,
}

_secret_names := {
	`(?i)secret_?(key_?)?(name|ref|reference|selector)s?(\.|$)`,
	`(?i)(password|token|key|credentials?|auth|config|env)_?secret(\.|$)`,
}

# Named templates may be defined more than once, in a chart and its subcharts.
_helpers contains [helper.name, helper] if {
	some obj in _templates
	some helper in k8s.items_at(obj.object, ["helpers"])
}

_includes[name] contains included if {
	some [name, helper] in _helpers
	some included in array.concat([name], helper.includes)
}

_looks_up contains name if {
	some [name, helper] in _helpers
	helper.looksUp
}

_generators[name] contains id if {
	some [name, helper] in _helpers
	some id in helper.generators
}

_fed_by(secret) := {id | some id in secret.generators} | {id |
	some name in graph.reachable(_includes, {name | some name in secret.includes})
	some id in _generators[name]
}

# METADATA
# description: Ids of the evidence of generators whose values get into a Secret.
in_secrets contains id if {
	some [_, secret] in secrets
	some id in _fed_by(secret)
}

# METADATA
# description: The same, of those whose values nothing keeps from one rendering to the next.
made_anew contains id if {
	some [_, secret] in secrets
	not secret.kept
	not secret.looksUp
	called := graph.reachable(_includes, {name | some name in array.concat(secret.calls, secret.includes)})
	count(called & _looks_up) == 0
	some id in _fed_by(secret)
}

# METADATA
# description: |
#   Whether a word names a Secret or an entry of one, and is no guessable password: it stands below
#   `existingSecret`, `auth.secretKeys`, `secretKeyRef` and the like in `path`.
names_an_entry(item, path) if {
	item.class == "weak"
	some step in path
	is_string(step)
	some pattern in _entry_names
	regex.match(pattern, step)
}

_entry_names := {
	`(?i)existing_?(secret|credential|key|password|name)`,
	`(?i)^(secret_?names?|remote_?refs?)$`,
	`(?i)(secret_?keys|secret_?(key_?)?(refs?|reference|selector)|from_?secrets?)$`,
	`(?i)password_?secret`,
	`(?i)(secret|password)_?key_?(names?|mappings?)$`,
}

# METADATA
# description: |
#   Whether a word under `secretKey`, `apiKeySecretKey` or `tokenKeyRef` stands next to the name of a Secret or a
#   reference into a store: it names an entry there. A mere `…Secret` counts where the rest of its name is the same,
#   as for `apiKeySecret` and `apiKeySecretKey`; others may be credentials themselves.
is_entry_beside_name(obj, item) if {
	item.class == "weak"
	last := count(item.path) - 1
	is_string(item.path[last])
	key := lower(replace(item.path[last], "_", ""))
	regex.match(`(secretkey(name)?|keyref)$`, key)
	some name, _ in object.get(obj.object, array.slice(item.path, 0, last), {})
	_names_secret(lower(replace(name, "_", "")), key)
}

_names_secret(name, _) if regex.match(`^(.*secret(name|ref)|.*existingsecret.*|remoteref|sourceref)$`, name)

_names_secret(name, key) if {
	endswith(name, "secret")
	some stem in [name, trim_suffix(name, "secret")]
	some ending in ["key", "keyname", "keyref"]
	key == concat("", [stem, ending])
}

# METADATA
# description: Whether a word on the line of that key names something, and is no guessable password.
is_key_of_name(item, key) if {
	item.class == "weak"
	is_string(key)
	regex.match(`(?i)(name|ref|path|property|version)$|^(key|remote_?key|kind|type|id)$`, key)
}

# METADATA
# description: "What to call a value of a values file: its keys, and the name inside of its text."
value_name(item) := sprintf("%s > %s", [_dotted(item.path), item.keyName]) if {
	item.context in {"nested", "flag", "assignment", "header"}
	is_string(item.keyName)
} else := _dotted(item.path)

_dotted(path) := concat(".", [sprintf("%v", [step]) | some step in path])
