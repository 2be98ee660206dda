# METADATA
# title: Rights of people in the whole cluster, and why they have them
package portcullis.lib.ownership_grants

import data.portcullis.lib.k8s
import data.portcullis.lib.ownership
import data.portcullis.lib.rbac_subjects
import data.portcullis.lib.settings

# METADATA
# description: ClusterRoleBindings for people that say neither why nor until when.
unexplained := [obj | some obj in _for_people; not _is_explained(obj)]

# METADATA
# description: Whether any ClusterRoleBinding of the set does.
are_explained if {
	some obj in k8s.known_of_kind("ClusterRoleBinding")
	_is_explained(obj)
}

# METADATA
# description: The annotations that would, as a message shows them.
keys := concat(" or ", [concat("", ["`", settings.annotation(name), "`"]) | some name in ["ticket", "expires"]])

_is_explained(obj) if {
	some name in ["ticket", "expires", "expiry", "expires-at"]
	ownership.own(obj)[settings.annotation(name)]
}

_for_people := [obj |
	some obj in k8s.of_kind("ClusterRoleBinding")
	not obj.partial
	count([1 | some subject in rbac_subjects.of_binding(obj); _is_person(subject)]) > 0
]

# Users are whatever the authentication of a cluster says; machines mostly have names like machines.
_is_person(subject) if {
	subject.kind == "User"
	subject.name != ""
	not startswith(subject.name, "system:")
	not regex.match(_machines, subject.name)
}

_machines := concat("|", [
	`(?i)\.gserviceaccount\.com$`,
	`^arn:.*:(assumed-)?role/`,
	`(^|[-_.:/@])(ci|cd|bot|robot|svc|service|serviceaccount|deploy|deployer|runner|terraform|argocd|flux|gitlab|github|jenkins)([-_.:/@]|$)`,
	`(^|[-_.:/])(client|kubelet|apiserver|controller|proxy|scheduler|node|etcd)([-_.:/]|$)`,
])
