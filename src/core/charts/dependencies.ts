import type { Json, JsonObject } from "../../model/json.ts";
import { isJsonArray, isJsonObject } from "../../model/json.ts";
import { parseYaml } from "../yaml/parse.ts";
import { toValue } from "../yaml/value.ts";

/** A dependency as a `Chart.yaml` declares it or a `Chart.lock` holds it. */
export interface DeclaredDependency {
  readonly name: string;
  readonly version: string;
  readonly repository: string;
  /** The entry as it is written. */
  readonly entry: JsonObject;
}

/** A `Chart.lock`, or the `requirements.lock` of an older chart. */
export interface ChartLock {
  readonly digest: string;
  readonly dependencies: readonly DeclaredDependency[];
}

const YAML_LIMITS = { documents: 2, depth: 30, aliasNodes: 20_000 };
const MOST_BYTES = 2 ** 20;
const MOST_DEPENDENCIES = 1000;

/**
 * The dependencies that the chart at `prefix` (empty, or with a `/` at its end) declares, in
 * `Chart.yaml` or, as Helm 2 had it, in `requirements.yaml`. Empty for a file that is none.
 */
export function declaredDependencies(files: ReadonlyMap<string, Uint8Array>, prefix: string): readonly DeclaredDependency[] {
  const old = dependenciesIn(read(files.get(`${prefix}requirements.yaml`)));
  return old.length > 0 ? old : dependenciesIn(read(files.get(`${prefix}Chart.yaml`)));
}

/** What `Chart.lock` pins; `null` where there is none or it is none. */
export function chartLock(files: ReadonlyMap<string, Uint8Array>, prefix = ""): ChartLock | null {
  const lock = read(files.get(`${prefix}requirements.lock`)) ?? read(files.get(`${prefix}Chart.lock`));
  if (!isJsonObject(lock)) return null;
  return { digest: textOf(lock["digest"]), dependencies: dependenciesIn(lock) };
}

function read(data: Uint8Array | undefined): Json | undefined {
  if (data === undefined || data.length > MOST_BYTES) return undefined;
  const parsed = parseYaml(new TextDecoder().decode(data), YAML_LIMITS);
  const [document] = parsed.kind === "invalid" ? [] : parsed.documents;
  return document && toValue(document.root);
}

function dependenciesIn(value: Json | undefined): readonly DeclaredDependency[] {
  const entries = isJsonObject(value) ? value["dependencies"] : undefined;
  if (!isJsonArray(entries)) return [];
  return entries.slice(0, MOST_DEPENDENCIES).flatMap((entry) => {
    if (!isJsonObject(entry) || textOf(entry["name"]) === "") return [];
    return [{ name: textOf(entry["name"]), version: textOf(entry["version"]), repository: textOf(entry["repository"]), entry }];
  });
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
