# METADATA
# title: Ways into the group system:masters that are no binding
# description: |
#   The API server lets members of `system:masters` do everything without asking RBAC. Cloud mappings
#   and client certificates make members.
package portcullis.lib.rbac_masters

import data.portcullis.lib.k8s
import data.portcullis.lib.rbac_clouds

# METADATA
# description: The group's name.
group := "system:masters"

# METADATA
# description: |
#   Places that put a cloud identity into the group, as `{"obj", "path"}`: `mapRoles` and `mapUsers`
#   of the ConfigMap `aws-auth`, EKS AccessEntries of ACK and Crossplane, and the configuration of
#   clusters that eksctl, Cluster API and kubeadm make.
mappings := array.flatten([_config_maps, _access_entries, _configurations])

_configurations := [{"obj": entry.obj, "path": entry.path} |
	some entry in rbac_clouds.groups
	entry.group == group
]

_config_maps := [{"obj": obj, "path": ["data", key]} |
	some obj in k8s.of_kind("ConfigMap")
	obj.name == "aws-auth"
	some key in ["mapRoles", "mapUsers"]
	text := obj.object.data[key]
	is_string(text)
	_maps_to_group(text)
]

# The text is YAML that people template, so it is read by line: an item of a list, or a list in one
# line that follows `groups:`.
_maps_to_group(text) if {
	some line in split(text, "\n")
	regex.match(`^-[ \t]*["']?system:masters["']?[ \t]*(#.*)?$`, trim_space(line))
}

_maps_to_group(text) if {
	some line in split(text, "\n")
	not startswith(trim_space(line), "#")
	regex.match(`groups["']?[ \t]*:[ \t]*\[[^\]]{0,400}system:masters["' \t,\]]`, line)
}

_access_entries := [{"obj": obj, "path": array.concat(way, [index])} |
	some obj in k8s.of_kind("AccessEntry")
	contains(k8s.group(obj.object.apiVersion), "eks.")
	some way in [["spec", "kubernetesGroups"], ["spec", "forProvider", "kubernetesGroups"]]
	some index, item in k8s.items_at(obj.object, way)
	item == group
]

# METADATA
# description: |
#   Places that ask for a client certificate of the group, as `{"obj", "path"}`: cert-manager's
#   Certificate by its subject, and signing requests by what they encode.
certificates := array.concat(array.concat(_organizations, _literal_subjects), _requests)

_organizations := [{"obj": obj, "path": ["spec", "subject", "organizations", index]} |
	some obj in _certificates
	some index, item in k8s.items_at(obj.object, ["spec", "subject", "organizations"])
	item == group
]

_literal_subjects := [{"obj": obj, "path": ["spec", "literalSubject"]} |
	some obj in _certificates
	text := obj.object.spec.literalSubject
	is_string(text)
	some part in split(text, ",")
	trim_space(part) == "O=system:masters"
]

_certificates := [obj |
	some obj in k8s.of_kind("Certificate")
	k8s.group(obj.object.apiVersion) == "cert-manager.io"
]

_requests := [{"obj": obj, "path": ["spec", "request"]} |
	some kind, api_group in {"CertificateSigningRequest": "certificates.k8s.io", "CertificateRequest": "cert-manager.io"}
	some obj in k8s.of_kind(kind)
	k8s.group(obj.object.apiVersion) == api_group
	text := obj.object.spec.request
	is_string(text)
	_asks_for_group(replace(replace(text, "\n", ""), " ", ""))
]

# The request is base64 of PEM, which is base64 of DER, in which the name stands as it is. These are
# the ways in which base64 spells it, by its position modulo three, without the characters that
# depend on what stands around it.
_spellings := ["c3lzdGVtOm1hc3Rlcn", "N5c3RlbTptYXN0ZXJz", "zeXN0ZW06bWFzdGVyc"]

_asks_for_group(text) if {
	base64.is_valid(text)
	pem := replace(replace(base64.decode(text), "\r", ""), "\n", "")
	some spelling in _spellings
	contains(pem, spelling)
}
