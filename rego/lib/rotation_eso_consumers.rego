# METADATA
# title: What else handles the Secret of an ExternalSecret
package portcullis.lib.rotation_eso_consumers

import data.portcullis.lib.k8s
import data.portcullis.lib.rotation_eso as eso

# METADATA
# description: |
#   Whether cert-manager renews the Secret that the view only seeds: a Certificate with the same
#   `secretName`, or cert-manager's annotation in the template.
is_seed(view) if _certificate_secrets[[view.namespace, view.target]]

is_seed(view) if {
	annotations := view.spec.target.template.metadata.annotations
	is_string(annotations["cert-manager.io/certificate-name"])
}

_certificate_secrets := {[obj.namespace, name] |
	some obj in k8s.known_of_kind("Certificate")
	k8s.group(obj.object.apiVersion) == "cert-manager.io"
	name := obj.object.spec.secretName
}

# METADATA
# description: |
#   Whether something passes a newly generated value on: a PushSecret that reads the Secret, or
#   Reloader, which restarts what uses it. A ClusterExternalSecret counts where any namespace does.
coordinated(view) if {
	some namespace in _namespaces(view)
	_passed_on[[namespace, view.target]]
}

coordinated(view) if {
	annotations := view.spec.target.template.metadata.annotations
	annotations["reloader.stakater.com/match"] == "true"
}

# A selector by labels may mean any Secret of its namespace.
coordinated(view) if {
	some namespace in _namespaces(view)
	_pushed_by_label[namespace]
}

_namespaces(view) := {view.namespace, "*"} if view.namespace != "*"

# Whatever a name means in any namespace, for what goes into many of them.
_namespaces(view) := {namespace | some [namespace, name] in _passed_on; name == view.target} | _pushed_by_label if {
	view.namespace == "*"
}

_passed_on := _pushed | _reloaded

_pushed := {[_namespace(push), name] |
	some push in eso.pushes
	name := push.spec.selector.secret.name
}

_pushed_by_label := {_namespace(push) |
	some push in eso.pushes
	is_object(push.spec.selector.secret.selector)
}

_namespace(push) := push.obj.namespace if push.obj.object.kind == "PushSecret"

_namespace(push) := "*" if push.obj.object.kind == "ClusterPushSecret"

_reloaded := _named | _auto

_marked := [{"obj": obj, "annotations": annotations} |
	some kind in ["Deployment", "StatefulSet", "DaemonSet", "Rollout"]
	some obj in k8s.known_of_kind(kind)
	some path in [["metadata", "annotations"], ["spec", "template", "metadata", "annotations"]]
	annotations := object.get(obj.object, path, null)
	is_object(annotations)
]

_named := {[marked.obj.namespace, trim_space(name)] |
	some marked in _marked
	some name in split(marked.annotations["secret.reloader.stakater.com/reload"], ",")
}

# With `auto`, every Secret that the workload names is watched.
_auto := {[marked.obj.namespace, name] |
	some marked in _marked
	some key in ["reloader.stakater.com/auto", "secret.reloader.stakater.com/auto"]
	marked.annotations[key] == "true"
	walk(marked.obj.object.spec, [path, name])
	path[count(path) - 1] in {"name", "secretName"}
	is_string(name)
}
