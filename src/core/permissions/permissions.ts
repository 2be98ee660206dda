import { LOOSE, type Unit } from "../../model/document.ts";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { Permission } from "../../model/permissions.ts";
import { writtenUri } from "../charts/rendered-file.ts";
import type { JudgedObject } from "../input/policy-input.ts";
import { policyRules, rightsOf, type PolicyRule, type Right } from "./rights.ts";

const GROUP = "rbac.authorization.k8s.io/";

/** Rights of the roles that each cluster has (Kubernetes docs, "User-facing roles"). */
const BUILT_IN: ReadonlyMap<string, readonly Right[]> = new Map([
  ["cluster-admin", [everything()]],
  [
    "admin",
    [
      "read Secrets",
      "change Secrets",
      "issue tokens of ServiceAccounts",
      "change role bindings",
      "change roles",
      "open shells in pods",
      "run pods",
      "run workloads",
      "run jobs",
    ].map(always),
  ],
  [
    "edit",
    [
      "read Secrets",
      "change Secrets",
      "issue tokens of ServiceAccounts",
      "open shells in pods",
      "run pods",
      "run workloads",
      "run jobs",
    ].map(always),
  ],
]);

/**
 * The rights over Secrets, and those that lead to more, that the bindings of a repository give. A binding finds its role in
 * its own unit, else among the loose objects, as set rules do. `lineOf` tells the line of a binding's name.
 */
export function permissionsOf(
  objects: readonly JudgedObject[],
  lineOf: (judged: JudgedObject) => number | null,
): readonly Permission[] {
  const rbac = objects.filter(({ object }) => object.apiVersion.startsWith(GROUP) && !object.partial);
  const roles = new Map<string, JudgedObject[]>();
  for (const judged of rbac.filter(({ object }) => object.kind === "Role" || object.kind === "ClusterRole")) {
    for (const unit of judged.object.units) push(roles, roleKey(unit, judged), judged);
  }
  return rbac
    .filter(({ object }) => object.kind.endsWith("RoleBinding"))
    .flatMap((binding) => granted(binding, roles, rbac, lineOf));
}

function granted(
  binding: JudgedObject,
  roles: ReadonlyMap<string, readonly JudgedObject[]>,
  rbac: readonly JudgedObject[],
  lineOf: (judged: JudgedObject) => number | null,
): readonly Permission[] {
  const { object, redacted } = binding;
  const reference = isJsonObject(redacted) ? redacted["roleRef"] : null;
  if (!isJsonObject(redacted) || !isJsonObject(reference)) return [];
  const [kind, name] = [text(reference["kind"]), text(reference["name"])];
  const everywhere = object.kind === "ClusterRoleBinding";
  const rights = rightsOfRole(
    { kind, name, namespace: kind === "Role" ? object.namespace : "" },
    object.units,
    roles,
    rbac,
  );
  const { apiVersion, namespace } = object;
  return subjectsOf(redacted["subjects"], object.namespace).flatMap((subject) =>
    rights
      .filter(({ clusterOnly }) => everywhere || !clusterOnly)
      .map(({ right, names }) => ({
        subject,
        right,
        scope: `${names.length === 0 ? "" : `named ${names.join(", ")} `}${everywhere ? "in every namespace" : `in namespace ${namespace === "" ? "(the one it is applied to)" : namespace}`}`,
        binding: { apiVersion, kind: object.kind, namespace, name: object.name },
        role: { kind, name },
        uri: writtenUri(object.origin.source.uri),
        line: lineOf(binding),
      })),
  );
}

interface RoleName {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

function rightsOfRole(
  { kind, name, namespace }: RoleName,
  units: readonly Unit[],
  roles: ReadonlyMap<string, readonly JudgedObject[]>,
  rbac: readonly JudgedObject[],
): readonly Right[] {
  const found =
    [...units, LOOSE]
      .map((unit) => roles.get(JSON.stringify([unit, kind, namespace, name])))
      .find((each) => each !== undefined) ?? [];
  if (found.length === 0 && kind === "ClusterRole") return BUILT_IN.get(name) ?? [];
  const all = found.flatMap((role) => rulesOf(role, rbac)).flatMap(rightsOf);
  if (all.some(({ right }) => right === "do everything")) return [everything()];
  return merge(all);
}

// The API server fills the rules of an aggregated role with those of all that match.
function rulesOf({ object, redacted }: JudgedObject, rbac: readonly JudgedObject[]): readonly PolicyRule[] {
  if (!isJsonObject(redacted)) return [];
  const aggregation = redacted["aggregationRule"];
  if (!isJsonObject(aggregation) || object.kind !== "ClusterRole") return policyRules(redacted["rules"]);
  const selectors = list(aggregation["clusterRoleSelectors"]).filter(isJsonObject);
  return rbac
    .filter(
      (other) => other.object.kind === "ClusterRole" && other.object.units.some((unit) => object.units.includes(unit)),
    )
    .filter((other) => selectors.some((selector) => matches(selector, labelsOf(other.redacted))))
    .flatMap((other) => (isJsonObject(other.redacted) ? policyRules(other.redacted["rules"]) : []));
}

function matches(selector: JsonObject, labels: JsonObject): boolean {
  const wanted = selector["matchLabels"];
  // Expressions are rare here; a role that they may or may not select is left out.
  if (!isJsonObject(wanted) || selector["matchExpressions"] !== undefined) return false;
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

function labelsOf(value: Json): JsonObject {
  const metadata = isJsonObject(value) ? value["metadata"] : null;
  const labels = isJsonObject(metadata) ? metadata["labels"] : null;
  return isJsonObject(labels) ? labels : {};
}

function subjectsOf(value: Json | undefined, own: string): readonly string[] {
  const names = list(value)
    .filter(isJsonObject)
    .map(({ kind, name, namespace }) => {
      // The user name of a ServiceAccount means the same account (Kubernetes docs, "Service account permissions").
      const [, account] = /^system:serviceaccount:([^:]+:[^:]+)$/.exec(text(name)) ?? [];
      if (kind === "User" && account !== undefined) return `ServiceAccount ${account.replace(":", "/")}`;
      return kind === "ServiceAccount"
        ? `ServiceAccount ${typeof namespace === "string" ? namespace : own}/${text(name)}`
        : `${text(kind)} ${text(name)}`;
    });
  return [...new Set(names)];
}

// A right for all objects says as much as the same for some of them.
function merge(rights: readonly Right[]): readonly Right[] {
  const merged = new Map<string, Right>();
  for (const right of rights) {
    const known = merged.get(right.right);
    const all = known?.names.length === 0 || right.names.length === 0;
    merged.set(right.right, {
      ...right,
      names: all ? [] : [...new Set([...(known?.names ?? []), ...right.names])].sort(),
    });
  }
  return [...merged.values()];
}

function roleKey(unit: Unit, { object: { kind, namespace, name } }: JudgedObject): string {
  return JSON.stringify([unit, kind, kind === "Role" ? namespace : "", name]);
}

function push<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function list(value: Json | undefined): readonly Json[] {
  return isJsonArray(value) ? value : [];
}

function everything(): Right {
  return always("do everything");
}

function always(right: string): Right {
  return { right, names: [], clusterOnly: false };
}
