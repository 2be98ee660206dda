import { isJsonArray, isJsonObject, type Json } from "../../model/json.ts";

/** One policy rule of a role, its lists read as Kubernetes reads them; what is no text is left out. */
export interface PolicyRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
}

/** A right that a policy rule gives, and the objects that it is limited to; none for all. */
export interface Right {
  /** Completes "can …". */
  readonly right: string;
  readonly names: readonly string[];
  /** Only a ClusterRoleBinding puts it in effect. */
  readonly clusterOnly: boolean;
}

interface KnownRight {
  readonly right: string;
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly clusterOnly?: boolean;
}

const READ = ["get", "list", "watch"];
const WRITE = ["create", "update", "patch", "delete", "deletecollection"];
const CHANGE = ["create", "update", "patch"];
const RBAC = "rbac.authorization.k8s.io";

/**
 * Rights over Secrets, and rights with which whoever has them can get more than they were given
 * (Kubernetes docs, "Role Based Access Control Good Practices", privilege escalation risks).
 */
const KNOWN: readonly KnownRight[] = [
  { right: "read Secrets", group: "", resources: ["secrets"], verbs: READ },
  { right: "change Secrets", group: "", resources: ["secrets"], verbs: WRITE },
  { right: "issue tokens of ServiceAccounts", group: "", resources: ["serviceaccounts/token"], verbs: ["create"] },
  { right: "impersonate", group: "", resources: ["users", "groups", "serviceaccounts"], verbs: ["impersonate"] },
  { right: "give itself rights in roles", group: RBAC, resources: ["roles", "clusterroles"], verbs: ["escalate"] },
  { right: "bind any role", group: RBAC, resources: ["roles", "clusterroles"], verbs: ["bind"] },
  { right: "change role bindings", group: RBAC, resources: ["rolebindings", "clusterrolebindings"], verbs: CHANGE },
  { right: "change roles", group: RBAC, resources: ["roles", "clusterroles"], verbs: CHANGE },
  { right: "open shells in pods", group: "", resources: ["pods/exec", "pods/attach"], verbs: ["create", "get"] },
  { right: "debug pods", group: "", resources: ["pods/ephemeralcontainers"], verbs: ["update", "patch"] },
  { right: "run pods", group: "", resources: ["pods", "replicationcontrollers"], verbs: CHANGE },
  {
    right: "run workloads",
    group: "apps",
    resources: ["deployments", "daemonsets", "statefulsets", "replicasets"],
    verbs: CHANGE,
  },
  { right: "run jobs", group: "batch", resources: ["jobs", "cronjobs"], verbs: CHANGE },
  { right: "talk to kubelets", group: "", resources: ["nodes/proxy"], verbs: ["get", "create"], clusterOnly: true },
  {
    right: "approve certificates",
    group: "certificates.k8s.io",
    resources: ["certificatesigningrequests/approval"],
    verbs: ["update", "patch"],
    clusterOnly: true,
  },
  {
    right: "change admission",
    group: "admissionregistration.k8s.io",
    resources: [
      "validatingwebhookconfigurations",
      "mutatingwebhookconfigurations",
      "validatingadmissionpolicies",
      "validatingadmissionpolicybindings",
      "mutatingadmissionpolicies",
      "mutatingadmissionpolicybindings",
    ],
    verbs: [...CHANGE, "delete"],
    clusterOnly: true,
  },
  { right: "create persistent volumes", group: "", resources: ["persistentvolumes"], verbs: CHANGE, clusterOnly: true },
  {
    right: "have Secrets fetched from stores",
    group: "external-secrets.io",
    resources: ["externalsecrets", "clusterexternalsecrets", "secretstores", "clustersecretstores", "pushsecrets"],
    verbs: CHANGE,
  },
  {
    right: "have Secrets fetched from Vault",
    group: "secrets.hashicorp.com",
    resources: ["vaultauths", "vaultstaticsecrets", "vaultdynamicsecrets", "vaultpkisecrets"],
    verbs: CHANGE,
  },
];

/** The rights that a policy rule gives; one that gives everything gives only that. */
export function rightsOf(rule: PolicyRule): readonly Right[] {
  if (
    rule.resourceNames.length === 0 &&
    [rule.verbs, rule.apiGroups, rule.resources].every((list) => list.includes("*"))
  ) {
    return [{ right: "do everything", names: [], clusterOnly: false }];
  }
  return KNOWN.flatMap(({ right, group, resources, verbs, clusterOnly = false }): readonly Right[] => {
    if (!covers(rule.apiGroups, group)) return [];
    if (!resources.some((resource) => coversResource(rule.resources, resource))) return [];
    const granted = verbs.filter((verb) => covers(rule.verbs, verb) && !isIdle(rule, verb, resources));
    return granted.length === 0 ? [] : [{ right, names: rule.resourceNames, clusterOnly }];
  });
}

/** Reads the `rules` of a role. */
export function policyRules(value: Json | undefined): readonly PolicyRule[] {
  if (!isJsonArray(value)) return [];
  return value.filter(isJsonObject).map((rule) => ({
    verbs: texts(rule["verbs"]),
    apiGroups: texts(rule["apiGroups"]),
    resources: texts(rule["resources"]),
    // An empty name matches each request that carries none.
    resourceNames: texts(rule["resourceNames"]).includes("") ? [] : texts(rule["resourceNames"]),
  }));
}

function covers(list: readonly string[], wanted: string): boolean {
  return list.includes("*") || list.includes(wanted);
}

// `*` covers subresources; `pods` does not cover `pods/exec`, `*/exec` does.
function coversResource(list: readonly string[], wanted: string): boolean {
  const slash = wanted.indexOf("/");
  return covers(list, wanted) || (slash !== -1 && list.includes(`*${wanted.slice(slash)}`));
}

// A request to create or to delete a collection carries no name, so that a list of names grants neither.
function isIdle({ resourceNames }: PolicyRule, verb: string, resources: readonly string[]): boolean {
  const nameless = verb === "create" || verb === "deletecollection";
  return resourceNames.length > 0 && nameless && !resources.some((resource) => resource.includes("/"));
}

function texts(value: Json | undefined): readonly string[] {
  return isJsonArray(value) ? value.filter((item) => typeof item === "string") : [];
}
