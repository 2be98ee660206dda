import { createHash } from "node:crypto";
import type { MissingDependency } from "../../../model/chart-rendering.ts";
import type { Json, JsonObject } from "../../../model/json.ts";
import type { ChartDependencies, DeclaredDependency } from "../../../core/charts/dependencies.ts";
import { isJsonArray, isJsonObject } from "../../../model/json.ts";

/** What a lock says of a dependency: `stale` where it was made for another list of dependencies. */
export type Locked =
  | { readonly kind: "none" | "stale" }
  | { readonly kind: "locked"; readonly version: string; readonly repository: string };

/**
 * The version and repository that the chart's lock pins for a dependency. The lock's digest must be
 * that of the lists of dependencies, as `helm dependency build` demands.
 */
export function lockedDependency(dependency: MissingDependency, { declared, lock }: ChartDependencies): Locked {
  if (lock === null) return { kind: "none" };
  const resolved = declared.map((each, index) => resolveAlias(each, lock.dependencies[index]));
  const digests = [
    digestOf([resolved.map(goShape), lock.dependencies.map(goShape)]),
    digestOf({ dependencies: declared.map(goShape) }),
  ];
  if (!digests.includes(lock.digest)) return { kind: "stale" };
  const place = declared.findIndex(
    ({ name, version, repository }) =>
      name === dependency.name && version === dependency.version && repository === dependency.repository,
  );
  // Several entries of one name are told apart by their place; the lists are in the same order.
  const pinned =
    lock.dependencies[place]?.name === dependency.name
      ? lock.dependencies[place]
      : lock.dependencies.find(({ name }) => name === dependency.name);
  return pinned === undefined
    ? { kind: "stale" }
    : { kind: "locked", version: pinned.version, repository: pinned.repository };
}

// `@name` is a repository of somebody's Helm; the lock has its URL, and its digest is over that.
function resolveAlias(each: DeclaredDependency, locked: DeclaredDependency | undefined): DeclaredDependency {
  if (!/^(?:@|alias:)/.test(each.repository) || locked?.name !== each.name) return each;
  return { ...each, repository: locked.repository, entry: { ...each.entry, repository: locked.repository } };
}

/** The keys of an entry in the order in which Helm's Go type has them, empty ones left out. */
function goShape({ name, version, repository, entry }: DeclaredDependency): JsonObject {
  const shape: Record<string, Json> = { name };
  if (version !== "") shape["version"] = version;
  shape["repository"] = repository;
  for (const key of ["condition", "tags", "enabled", "import-values", "alias"]) {
    const value = entry[key];
    const empty = value === undefined || value === null || value === "" || value === false;
    if (empty || (isJsonArray(value) && value.length === 0)) continue;
    shape[key] = key === "import-values" ? sorted(value) : value;
  }
  return shape;
}

/** As Go writes JSON: keys of mappings in order, and three characters escaped. */
function digestOf(value: Json): string {
  const json = JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `sha256:${createHash("sha256").update(json).digest("hex")}`;
}

function sorted(value: Json): Json {
  if (isJsonArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const keys = Object.keys(value).sort((a, b) => (a < b ? -1 : 1));
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]));
}
