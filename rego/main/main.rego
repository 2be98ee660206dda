package portcullis.main

# METADATA
# title: Findings of the rules that the host asked for
# description: |
#   Rules are found by their package path and are never registered: `input.rules` names them as
#   `[category, name]`, and each contributes its `report`.
# entrypoint: true
findings contains object.union(found, {"rule": concat("/", rule)}) if {
	some rule in input.rules
	[category, name] := rule
	some found in data.portcullis.rules[category][name].report
}
