# METADATA
# title: Which secrets AI agents have in common, and which they get too much of
# description: |
#   Joins what agents are given (`agent_secrets.given`) with their identities and with what the set knows of
#   the secrets.
package portcullis.lib.agent_secret_sharing

import data.portcullis.lib.agent_identities
import data.portcullis.lib.agent_secret_contents as contents
import data.portcullis.lib.agent_secrets
import data.portcullis.lib.agents
import data.portcullis.lib.k8s
import data.portcullis.lib.secret_uses
import data.portcullis.lib.settings

# METADATA
# description: |
#   For each agent and each secret that an agent of another name and another ServiceAccount gets as well, a pair of
#   entries of `agent_secrets.given`: its own first use and one of the other.
pairs := [[agent_secrets.given[index], agent_secrets.given[other]] |
	some indices in _by_secret
	count(indices) > 1
	some index in indices
	not _is_repeated(index, indices)
	other := [candidate | some candidate in indices; _are_strangers(index, candidate)][0]
]

_by_secret := {secret: sort(indices) | some secret, indices in _indices}

_indices[[entry.kind, entry.namespace, entry.name]] contains index if {
	some index, entry in agent_secrets.given
	not _is_harmless(entry)
}

_is_harmless(entry) if agent_secrets.is_public(entry.use)

_is_harmless(entry) if regex.match(`(?i)(^|[-_.])(root-)?ca([-_.](bundle|certs?|certificates?|crt))?$|trust-bundle`, entry.name)

_is_repeated(index, indices) if {
	some earlier in indices
	earlier < index
	_place(earlier) == _place(index)
}

_place(index) := [pod.obj.id, pod.spec.path] if pod := agent_secrets.given[index].pod

_are_strangers(one, other) if {
	here := _identities[_place(one)]
	there := _identities[_place(other)]
	here.app != there.app
	here.run.id != there.run.id
}

_identities := {[identity.pod.obj.id, identity.pod.spec.path]: identity | some identity in agent_identities.of_agents}

# METADATA
# description: |
#   Secrets that an agent gets as a whole, as a list of `{"pod", "namespace", "name", "path", "severity"}`.
wholes := [{
	"pod": entry.pod,
	"namespace": entry.namespace,
	"name": entry.name,
	"path": entry.path,
	"severity": _severity(entry),
} |
	some entry in agent_secrets.given
	entry.kind == "Secret"
	_is_whole(entry)
	not contents.is_certificate(entry.namespace, entry.name)
	not _is_single(entry)
]

_is_single(entry) if contents.count_of(entry.namespace, entry.name) == 1

_severity(entry) := "medium" if {
	entry.use.mode == "envFrom"
} else := "medium" if {
	contents.count_of(entry.namespace, entry.name)
} else := "low"

_is_whole(entry) if entry.use.mode == "envFrom"

_is_whole(entry) if {
	entry.use.mode in {"volume", "projected"}
	source := object.get(entry.pod.obj.object, array.slice(entry.path, 0, count(entry.path) - 1), {})
	count(k8s.items_at(source, ["items"])) == 0
	not _is_mounted_by_entry(entry)
}

# A `subPath` shows one entry.
_is_mounted_by_entry(entry) if {
	mounts := [place.mount |
		some place in secret_uses.mounts(entry.pod.obj)
		place.volume == entry.use.label
		place.spec_path == entry.use.spec_path
	]
	count(mounts) > 0
	every mount in mounts {
		is_string(mount.subPath)
	}
}

# METADATA
# description: |
#   ExternalSecrets for agents that take all of a path of the store that another one uses as well, as a list of
#   `{"obj", "path", "other"}`.
extracts := [{"obj": extract.obj, "path": extract.path, "other": other} |
	some extract in _remote
	extract.whole
	not extract.obj.context
	[extract.obj.namespace, contents.target(extract.obj)] in _secrets_of_agents
	other := [user.obj |
		some position in _remote_by_key[extract.key]
		user := _remote[position]
		user.obj.id != extract.obj.id
	][0]
]

_secrets_of_agents := {[entry.namespace, entry.name] | some entry in agent_secrets.given}

_remote := [found |
	some obj in k8s.known_of_kind("ExternalSecret")
	some found in _remote_keys(obj)
	is_string(found.key)
]

_remote_keys(obj) := array.concat(
	[{
		"obj": obj,
		"key": object.get(item, ["extract", "key"], null),
		"path": ["spec", "dataFrom", index, "extract", "key"],
		"whole": true,
	} |
		some index, item in k8s.items_at(obj.object, ["spec", "dataFrom"])
	],
	[{"obj": obj, "key": object.get(item, ["remoteRef", "key"], null), "path": [], "whole": false} |
		some item in k8s.items_at(obj.object, ["spec", "data"])
	],
)

_remote_by_key := {key: positions | some key, positions in _positions}

_positions[found.key] contains position if some position, found in _remote

# METADATA
# description: |
#   Policies of Vault with a wildcard in a path, named like the role, the ServiceAccount or the application of an
#   agent, as a list of `{"obj", "path", "agent"}`.
vault_policies := [{"obj": obj, "path": ["spec", "policy"], "agent": _agents_by_role[obj.name]} |
	some obj in k8s.of_kind("Policy")
	k8s.group(obj.object.apiVersion) == "redhatcop.redhat.io"
	text := object.get(obj.object, ["spec", "policy"], null)
	is_string(text)
	regex.match(`path\s+"[^"]*\*"`, text)
]

_agents_by_role := {role: min(names) | some role, names in _names_by_role}

_names_by_role[role] contains identity.app.name if {
	some identity in agent_identities.of_agents
	some role in [
		object.get(agent_identities.annotation(identity, "vault.hashicorp.com/role"), "value", ""),
		identity.run.name,
		identity.app.name,
	]
	not role in {"", "default"}
}

# METADATA
# description: What agents are given that their annotation does not list, as entries of `agent_secrets.given`.
undeclared := [entry |
	some entry in agent_secrets.given
	declared := _declared[[entry.pod.obj.id, entry.pod.spec.path]]
	not entry.name in declared.names
]

# METADATA
# description: What the annotations of agents list and they are not given, as a list of `{"pod", "path", "name"}`.
unused := [{"pod": declared.pod, "path": declared.path, "name": name} |
	some place, declared in _declared
	some name in declared.names
	not [place, name] in _given_names
]

_given_names := {[[entry.pod.obj.id, entry.pod.spec.path], entry.name] | some entry in agent_secrets.given}

_declared := {[pod.obj.id, pod.spec.path]: {"pod": pod, "path": place.path, "names": names} |
	some pod in agents.judged
	place := _declaration(pod)
	names := {trim_space(name) | some name in split(place.text, ",")} - {""}
}

_declaration(pod) := [{"path": path, "text": text} |
	some way in [pod.spec.metadata_path, pod.spec.path, ["metadata"]]
	path := array.concat(way, ["annotations", settings.annotation("allowed-secrets")])
	text := object.get(pod.obj.object, path, null)
	is_string(text)
][0]
