package portcullis.lib.changes_test

import data.portcullis.lib.changes
import data.portcullis.lib.testing

_secret := {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a"}}

test_without_a_comparison_nothing_is_known if {
	document := testing.input_of([_secret])
	changes.before == {} with input as document
	not changes.is_added(document.objects[0]) with input as document
	not changes.has_new_content(document.objects[0]) with input as document
}

test_what_a_change_did if {
	document := testing.changed(testing.input_of([_secret, _secret, _secret]), {
		"added": [0],
		"contents": [1],
		"before": {1: object.union(_secret, {"data": {}})},
	})
	added := {obj.id | some obj in document.objects; changes.is_added(obj) with input as document}
	added == {0}
	renewed := {obj.id | some obj in document.objects; changes.has_new_content(obj) with input as document}
	renewed == {1}
	was := changes.before with input as document
	object.keys(was) == {1}
	was[1].object.data == {}
}
