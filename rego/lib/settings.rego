# METADATA
# title: Parameters of rules and settings of the run
package portcullis.lib.settings

# METADATA
# description: |
#   The parameters of the rule whose `rego.metadata.chain()` is given: METADATA's defaults, replaced
#   one by one by what the user configured.
params(chain) := object.union(defaults, _configured(concat("/", array.slice(link.path, 2, 4)))) if {
	some link in chain
	declared := link.annotations.custom.params
	defaults := {name: declared[name]["default"] | some name, _ in declared}
}

default _configured(_) := {}

_configured(rule) := data.settings.params[rule]

# METADATA
# description: Prefix of the annotations that users put on their objects for the gate.
default prefix := "portcullis"

prefix := data.settings.prefix

# METADATA
# description: Name of one of our annotations, as in `portcullis/rotation`.
annotation(name) := concat("/", [prefix, name])

# METADATA
# description: "`full` where what is absent from the set is known to be absent, else `partial`."
default completeness := "partial"

completeness := data.settings.completeness

# METADATA
# description: "`recommended`, `strict` or `agents`."
default profile := "recommended"

profile := data.settings.profile
