# METADATA
# title: Cloud secret or database password is declared without rotation
# description: |
#   Looks at manifests that make secrets in a cloud, and asks each for its rotation: Secrets and
#   SecretRotations of Crossplane's AWS provider, Secrets of ACK, SecretManagerSecrets of Config Connector,
#   Secrets and Keys of Crossplane's providers for Google Cloud and Azure, and the master passwords of
#   RDS databases. What makes a secret is the place to say how often it changes.
#
#   A SecretRotation belongs to a Secret by reference, by labels, or by its name or ARN. It may be in
#   another repository, so that a Secret without one is `high` only where the set is complete
#   (`completeness: full`), else `info`. In Google Cloud a rotation only sends messages: it needs a time to
#   begin and a topic to send them to. ACK has no field for a rotation, so an annotation has to name who
#   rotates: `portcullis/rotation-managed-by`. It is good for all the others as well.
#
#   A database whose password comes from a Secret is `medium` where the set shows the Secret and nothing
#   that rotates it, else `info`. Intervals that cannot be read are reported.
#
#   Left alone: what is labelled or annotated `portcullis/class: non-credential` (or has one of
#   `classLabels`), objects that only observe, secrets that delete themselves in time, and replicas,
#   which are rotated with their primary.
# related_resources:
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html
#   - ref: https://cloud.google.com/secret-manager/docs/secret-rotation
#   - ref: https://learn.microsoft.com/azure/key-vault/general/autorotation
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
# custom:
#   severity: high
#   confidence: medium
#   scope: set
#   needs: [durations, clock]
#   kinds:
#     - Secret
#     - SecretRotation
#     - SecretManagerSecret
#     - Key
#     - Instance
#     - Cluster
#     - DBInstance
#     - DBCluster
#     - ExternalSecret
#     - ClusterExternalSecret
#     - VaultStaticSecret
#     - VaultDynamicSecret
#     - VaultPKISecret
#     - SealedSecret
#     - CronJob
#     - CronWorkflow
#     - Role
#     - ClusterRole
#     - RoleBinding
#     - ClusterRoleBinding
#   remediation: |
#     Put the rotation next to the secret:
#
#     ```yaml
#     apiVersion: secretsmanager.aws.upbound.io/v1beta2
#     kind: SecretRotation
#     spec:
#       forProvider:
#         region: eu-west-1
#         secretIdRef: {name: billing-db}
#         rotationLambdaArnRef: {name: rotate-postgres}
#         rotationRules: {automaticallyAfterDays: 30}
#     ```
#
#     Let RDS keep the master password itself: `manageMasterUserPassword: true`.
#   variants:
#     rotation-missing:
#       severity: high
#       message: "No SecretRotation here points to this secret: nothing says when it changes"
#     schedule-missing:
#       severity: high
#       message: "The rotation has no schedule; set `automaticallyAfterDays` or `scheduleExpression`"
#     interval-too-long:
#       severity: medium
#       message: "Rotates only every {interval}; at most {limit} is allowed"
#     schedule-unreadable:
#       severity: medium
#       message: "This is no schedule that the cloud accepts; write {example}"
#     function-missing:
#       severity: medium
#       message: "No function rotates this secret: set `rotationLambdaArn`, which only secrets that AWS manages do without"
#     rotation-undeclared:
#       severity: medium
#       message: "This kind has no field for a rotation: name who rotates the secret in `{annotation}`"
#     rotation-unset:
#       severity: high
#       message: "The secret is declared without `rotation`: nothing says when it changes"
#     rotation-incomplete:
#       severity: medium
#       message: "A rotation needs `rotationPeriod` and `nextRotationTime`; `{missing}` is not set"
#     nobody-notified:
#       severity: medium
#       message: "The rotation only sends messages, and there is no topic to send them to"
#     expiry-missing:
#       severity: medium
#       message: "`{field}` is not set: this lives until somebody thinks of it"
#     password-static:
#       severity: medium
#       message: "The password comes from a Secret that nothing rotates; set `manageMasterUserPassword`, or rotate the Secret"
#   params:
#     maxRotationDays:
#       type: number
#       description: Longest time between two rotations in days.
#       default: 30
#     classLabels:
#       type: object
#       description: Labels, with their values, that mark what is no credential.
#       default: {}
#   frameworks:
#     owasp: ["K08:2022", "K03:2025"]
#     pci: ["8.6.3", "3.7.4"]
#     soc2: ["CC6.1"]
#     nist: ["IA-5(1)", "SC-12"]
#     iso: ["A.5.17", "A.8.24"]
#     cwe: ["CWE-262", "CWE-263"]
#   practices: [P10, P13]
package portcullis.rules.rotation["cloud-secret-rotation"]

import data.portcullis.lib.durations
import data.portcullis.lib.finding
import data.portcullis.lib.k8s
import data.portcullis.lib.rotation
import data.portcullis.lib.rotation_cloud as cloud
import data.portcullis.lib.rotation_sources as sources
import data.portcullis.lib.schedules
import data.portcullis.lib.settings

params := settings.params(rego.metadata.chain())

_limit := params.maxRotationDays * 86400

_resources(kind, group) := cloud.of(kind, group, params.classLabels)

_interval_args(seconds) := {"interval": durations.text(seconds), "limit": durations.text(_limit)}

# AWS, by Crossplane and by ACK

report contains finding.with_severity(found, _if_absent.high) if {
	some resource in _resources("Secret", cloud.aws)
	not resource.obj.partial
	not cloud.is_pointed_to(resource.obj)
	not cloud.declares_rotation(resource.obj)
	found := finding.new("rotation-missing", resource.obj, resource.path, {})
}

# What a set does not show that is not complete may be elsewhere.
_if_absent := {"high": "high", "medium": "medium"} if settings.completeness == "full"

_if_absent := {"high": "info", "medium": "info"} if settings.completeness != "full"

report contains finding.new("rotation-undeclared", resource.obj, rotation.place_of("rotation-managed-by"), args) if {
	some resource in _resources("Secret", `^secretsmanager\.services\.k8s\.aws$`)
	not resource.obj.partial
	not cloud.is_pointed_to(resource.obj)
	not cloud.declares_rotation(resource.obj)
	args := {"annotation": settings.annotation("rotation-managed-by")}
}

report contains finding.new(variant, resource.obj, array.concat(rules.path, field), args) if {
	some resource in _resources("SecretRotation", cloud.aws)
	some rules in _rules(resource)
	some [variant, field, args] in _schedule_problems(rules, resource.obj.partial)
}

# A list in the older API, an object in the newer ones.
_rules(resource) := [{"path": array.concat(path, [index]), "values": values} |
	path := cloud.at(resource, "rotationRules")
	some index, values in resource.fields.rotationRules
] if {
	count(k8s.list(object.get(resource.fields, "rotationRules", null))) > 0
} else := [{"path": cloud.at(resource, "rotationRules"), "values": resource.fields.rotationRules}] if {
	is_object(resource.fields.rotationRules)
} else := [{"path": cloud.at(resource, "rotationRules"), "values": {}}]

_schedule_problems(rules, partial) := {[variant, ["automaticallyAfterDays"], args] | some variant, args in _days_problem(days)} if {
	days := rules.values.automaticallyAfterDays
} else := {[variant, ["scheduleExpression"], args] | some variant, args in _expression_problem(text)} if {
	text := rules.values.scheduleExpression
} else := {["schedule-missing", [], {}]} if {
	# A patch may leave the schedule to what it patches.
	not partial
} else := set()

_days_problem(days) := {"interval-too-long": _interval_args(days * 86400)} if {
	days > params.maxRotationDays
	is_number(days)
} else := {"schedule-unreadable": {"example": "a number of days such as `30`"}} if {
	not is_number(days)
	not cloud.is_template(days)
} else := {}

_expression_problem(text) := {"interval-too-long": _interval_args(schedules.gap(text))} if {
	schedules.gap(text) > _limit + _slack(text)
} else := {"schedule-unreadable": {"example": "`rate(30 days)` or `cron(0 3 1 * ? *)`"}} if {
	not schedules.gap(text)
	not cloud.is_template(text)
} else := {}

# Once a month is every 30 days, also in a month of 31.
_slack(text) := _limit / 30 if startswith(text, "cron(")

_slack(text) := 0 if not startswith(text, "cron(")

report contains finding.new("function-missing", resource.obj, cloud.at(resource, "rotationLambdaArn"), {}) if {
	some resource in _resources("SecretRotation", cloud.aws)
	cloud.lacks(resource, ["rotationLambdaArn", "rotationLambdaArnRef", "rotationLambdaArnSelector"])
	not _is_managed_by_aws(resource)
}

# Services of AWS put their name before the names of their secrets: `rds!db-…`.
_is_managed_by_aws(resource) if regex.match(`(^|:)[a-z-]{2,40}!`, resource.fields.secretId)

# Google Cloud, by Config Connector and by Crossplane

_google := array.concat(
	_resources("SecretManagerSecret", `^secretmanager\.cnrm\.cloud\.google\.com$`),
	_resources("Secret", `^secretmanager\.gcp\.(m\.)?upbound\.io$`),
)

report contains finding.new("rotation-unset", resource.obj, cloud.at(resource, "rotation"), {}) if {
	some resource in _google
	not resource.obj.partial
	not _rotation(resource)
	not cloud.declares_rotation(resource.obj)
	not _ends_in_time(resource)
}

_rotation(resource) := {"path": cloud.at(resource, "rotation"), "values": resource.fields.rotation} if {
	is_object(resource.fields.rotation)
} else := {"path": array.concat(cloud.at(resource, "rotation"), [0]), "values": resource.fields.rotation[0]} if {
	is_object(resource.fields.rotation[0])
}

# What deletes itself before it would have to rotate.
_ends_in_time(resource) if cloud.seconds(resource.fields.ttl) <= _limit

_ends_in_time(resource) if durations.epoch(resource.fields.expireTime) - input.clock <= _limit

report contains finding.new(variant, resource.obj, array.concat(_rotation(resource).path, ["rotationPeriod"]), args) if {
	some resource in _google
	some variant, args in _period_problem(_rotation(resource).values.rotationPeriod)
}

_period_problem(text) := {"interval-too-long": _interval_args(cloud.seconds(text))} if {
	cloud.seconds(text) > _limit
} else := {"schedule-unreadable": {"example": "seconds such as `2592000s`"}} if {
	text != null
	not cloud.seconds(text)
	not cloud.is_template(text)
} else := {}

report contains finding.new("rotation-incomplete", resource.obj, array.concat(found.path, [field]), {"missing": field}) if {
	some resource in _google
	not resource.obj.partial
	found := _rotation(resource)
	some field in ["rotationPeriod", "nextRotationTime"]
	object.get(found.values, field, null) == null
}

report contains finding.new("nobody-notified", resource.obj, cloud.at(resource, "topics"), {}) if {
	some resource in _google
	_rotation(resource)
	not resource.obj.partial
	count(k8s.list(object.get(resource.fields, "topics", null))) == 0
}

# Azure, by Crossplane

report contains finding.new("expiry-missing", resource.obj, cloud.at(resource, fields[0]), {"field": fields[0]}) if {
	some kind, fields in {"Secret": ["expirationDate"], "Key": ["rotationPolicy", "expirationDate"]}
	some resource in _resources(kind, `^keyvault\.azure\.(m\.)?upbound\.io$`)
	cloud.lacks(resource, fields)
	not cloud.declares_rotation(resource.obj)
}

# Databases of AWS

_databases := [resource |
	some kind in ["Instance", "Cluster", "DBInstance", "DBCluster"]
	some resource in _resources(kind, `^rds\.(aws\.(m\.)?upbound\.io|services\.k8s\.aws)$`)
]

report contains finding.with_severity(found, severity) if {
	some resource in _databases
	not resource.obj.partial
	not resource.fields.manageMasterUserPassword == true
	not cloud.declares_rotation(resource.obj)
	some field in ["passwordSecretRef", "masterPasswordSecretRef", "masterUserPassword"]
	reference := resource.fields[field]
	severity := _password_severity(resource, reference)
	found := finding.new("password-static", resource.obj, cloud.at(resource, field), {})
}

_password_severity(resource, reference) := _by_state[sources.state(namespace, reference.name)] if {
	namespace := object.get(reference, "namespace", resource.obj.namespace)
	not _is_generated_once(resource, namespace, reference.name)
}

_password_severity(resource, reference) := "medium" if {
	namespace := object.get(reference, "namespace", resource.obj.namespace)
	_is_generated_once(resource, namespace, reference.name)
}

# Crossplane makes the password once and keeps it.
_is_generated_once(resource, namespace, name) if {
	resource.fields.autoGeneratePassword == true
	sources.state(namespace, name) == "unknown"
}

_by_state := {"still": "medium", "unknown": _if_absent.medium}
