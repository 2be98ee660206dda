import { isJsonArray, isJsonObject, valueAt, type DataPath, type Json, type JsonObject } from "../../model/json.ts";

/** A value inside an object that is, or may be, an object of its own. */
export interface Nested {
  readonly path: DataPath;
  readonly value: Json;
  /** Kind and version for items of a typed list that leave them out. */
  readonly implied: { readonly apiVersion: string; readonly kind: string } | null;
  /** Something else fills in what is absent here. */
  readonly partial: boolean;
}

interface Carrier {
  /** API group, or `""` for the core group. */
  readonly group: RegExp;
  readonly kind: string;
  /** `*` stands for every item of a list. */
  readonly path: readonly string[];
  readonly partial: boolean;
}

// Kinds whose fields hold whole objects that a controller or client applies.
const CARRIERS: readonly Carrier[] = [
  // OpenShift: oc process; `v1` is the group's legacy spelling.
  { group: /^(?:template\.openshift\.io)?$/, kind: "Template", path: ["objects", "*"], partial: false },
  // Crossplane patches a base with fields of the composite resource.
  {
    group: /^apiextensions\.crossplane\.io$/,
    kind: "Composition",
    path: ["spec", "resources", "*", "base"],
    partial: true,
  },
  {
    group: /^apiextensions\.crossplane\.io$/,
    kind: "Composition",
    path: ["spec", "pipeline", "*", "input", "resources", "*", "base"],
    partial: true,
  },
  {
    group: /^kubernetes(?:\.m)?\.crossplane\.io$/,
    kind: "Object",
    path: ["spec", "forProvider", "manifest"],
    partial: false,
  },
  { group: /^fluxcd\.controlplane\.io$/, kind: "ResourceSet", path: ["spec", "resources", "*"], partial: false },
  {
    group: /^work\.open-cluster-management\.io$/,
    kind: "ManifestWork",
    path: ["spec", "workload", "manifests", "*"],
    partial: false,
  },
  {
    group: /^work\.open-cluster-management\.io$/,
    kind: "ManifestWorkReplicaSet",
    path: ["spec", "manifestWorkTemplate", "workload", "manifests", "*"],
    partial: false,
  },
  { group: /^work\.karmada\.io$/, kind: "Work", path: ["spec", "workload", "manifests", "*"], partial: false },
];

/**
 * Whether the object is a list that clients take apart: `List`, or a typed list such as `RoleList`.
 * Lists have list metadata (API conventions, "Lists and Simple kinds"): no name, no spec. A custom
 * resource that merely ends in "List" has those.
 */
export function isList(value: JsonObject, kind: string): boolean {
  const items = value["items"];
  if (!kind.endsWith("List") || !isJsonArray(items)) return false;
  if (kind === "List") return true;
  if (value["spec"] !== undefined || valueAt(value, ["metadata", "name"]) !== undefined) return false;
  return items.every((item) => isJsonObject(item) && (isJsonObject(item["metadata"]) || isJsonObject(item["spec"])));
}

/** The items of a list. */
export function listItems(value: JsonObject, apiVersion: string, kind: string): readonly Nested[] {
  const items = value["items"];
  if (!isJsonArray(items)) return [];
  const implied = kind === "List" ? null : { apiVersion, kind: kind.slice(0, -"List".length) };
  return items.map((item, index) => ({ path: ["items", index], value: item, implied, partial: false }));
}

/** The objects that the fields of one of the known carrier kinds hold. */
export function carriedObjects(value: JsonObject, apiVersion: string, kind: string): readonly Nested[] {
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  return CARRIERS.filter((carrier) => carrier.kind === kind && carrier.group.test(group)).flatMap((carrier) =>
    expand(value, carrier.path).map((found) => ({ ...found, implied: null, partial: carrier.partial })),
  );
}

function expand(root: Json, pattern: readonly string[]): readonly { path: DataPath; value: Json }[] {
  let found: { path: DataPath; value: Json }[] = [{ path: [], value: root }];
  for (const step of pattern) {
    found = found.flatMap(({ path, value }) => {
      if (step === "*") {
        return isJsonArray(value) ? value.map((item, index) => ({ path: [...path, index], value: item })) : [];
      }
      const next = valueAt(value, [step]);
      return next === undefined ? [] : [{ path: [...path, step], value: next }];
    });
  }
  return found;
}
