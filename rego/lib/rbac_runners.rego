# METADATA
# title: Runners that open sessions in the pods that they start
# description: |
#   CI systems run their jobs through `pods/exec`, and backup operators their dump commands. They are
#   recognised only in their own namespace: the ServiceAccount's name, and a name or chart label of
#   the role or the binding, must both be the product's.
package portcullis.lib.rbac_runners

import data.portcullis.lib.k8s

_products := {
	"gitlab-runner", "jenkins", "buildkite-agent", "agent-stack-k8s", "drone-runner-kube", "woodpecker-agent",
	"concourse-worker", "k8up",
}

_label_keys := {
	"app.kubernetes.io/name", "app.kubernetes.io/part-of", "app.kubernetes.io/component", "app",
	"helm.sh/chart", "chart",
}

# METADATA
# description: |
#   Whether a grant of an entry (of `rbac_entries`) holds in one namespace and all that get it are
#   runners of that namespace.
is_own_session(entry, grant) if {
	not grant.cluster
	count(grant.subjects) > 0
	every subject in grant.subjects {
		subject.kind == "ServiceAccount"
		subject.namespace == grant.namespace
		_is_runner(subject.name, [entry.obj, grant.obj])
	}
}

_is_runner(account, vouching) if {
	some name in _products
	_is_named_after(account, name)
	some obj in vouching
	some word in _words(obj)
	_is_named_after(word, name)
}

_words(obj) := {obj.name} | {word |
	some key in _label_keys
	word := k8s.labels(obj)[key]
	is_string(word)
}

# With a release before it, a role or a chart's version behind it: `ci-gitlab-runner`, `jenkins-5.1.0`.
_is_named_after(text, name) if regex.match(sprintf("(^|-)%s(-|$)", [name]), text)
