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
interface ChartLock {
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
export function declaredDependencies(
  files: ReadonlyMap<string, Uint8Array>,
  prefix: string,
): readonly DeclaredDependency[] {
  const old = dependenciesIn(read(files.get(`${prefix}requirements.yaml`)));
  return old.length > 0 ? old : dependenciesIn(read(files.get(`${prefix}Chart.yaml`)));
}

/** What `Chart.lock` pins; `null` where there is none or it is none. */
function chartLock(files: ReadonlyMap<string, Uint8Array>, prefix = ""): ChartLock | null {
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
    return [
      {
        name: textOf(entry["name"]),
        version: textOf(entry["version"]),
        repository: textOf(entry["repository"]),
        entry,
      },
    ];
  });
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

/** What a chart declares and what its lock pins. */
export interface ChartDependencies {
  readonly declared: readonly DeclaredDependency[];
  readonly lock: ChartLock | null;
}

/** Reads `Chart.yaml` and `Chart.lock`, or what older charts have in their place. */
export function chartDependencies(files: ReadonlyMap<string, Uint8Array>): ChartDependencies {
  return { declared: declaredDependencies(files, ""), lock: chartLock(files) };
}

/**
 * The dependencies that the chart at `prefix` declares and its `charts/` does not hold: no folder with
 * a chart of that name, and no archive that is named like one.
 */
export function absentDependencies(files: ReadonlyMap<string, Uint8Array>, prefix = ""): readonly DeclaredDependency[] {
  const names = new Set<string>();
  const archives: string[] = [];
  for (const [path, data] of files) {
    if (!path.startsWith(`${prefix}charts/`)) continue;
    const [folder = "", file, ...rest] = path.slice(prefix.length + "charts/".length).split("/");
    if (/^[_.]/.test(folder)) continue;
    if (file === undefined && folder.endsWith(".tgz")) archives.push(folder);
    if (file === "Chart.yaml" && rest.length === 0) {
      const chart = read(data);
      names.add(isJsonObject(chart) ? textOf(chart["name"]) : folder);
    }
  }
  return declaredDependencies(files, prefix).filter(
    ({ name }) => !names.has(name) && !archives.some((archive) => isArchiveOf(archive, name)),
  );
}

// `redis-1.2.3.tgz` is no archive of `redis-ha`, nor the other way round.
function isArchiveOf(archive: string, name: string): boolean {
  return archive === `${name}.tgz` || (archive.startsWith(`${name}-`) && /^v?\d/.test(archive.slice(name.length + 1)));
}
