import { createHash } from "node:crypto";
import { realpath, stat } from "node:fs/promises";
import { join, posix } from "node:path";
import { absentDependencies } from "../../core/charts/dependencies.ts";
import type { Unreadable } from "../../model/document.ts";
import { loadedByHelm, mayReadFiles, neededForRendering, type Wanted } from "./chart-parts.ts";
import { isWithin, uriOf } from "./paths.ts";
import { mib, walkChart, type ChartBudget, type ChartLimits } from "./walk-chart.ts";

export type { ChartLimits } from "./walk-chart.ts";

/** The limits that hold where nobody sets others. */
export const DEFAULT_CHART_LIMITS: ChartLimits = {
  maxFileSize: 10 * 2 ** 20,
  maxChartSize: 50 * 2 ** 20,
  maxEntries: 20_000,
};

/** A chart as it is on disk. */
export interface ReadChart {
  /** Names the content: SHA-256 over all paths and bytes. */
  readonly key: string;
  /** By path in the chart's folder, sorted. Empty where the chart is over a limit. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /**
   * Folders of the chart that stand somewhere else in the repository (`charts/common` for a dependency on
   * `file://../common` that is not in `charts/`), with the root-relative folder.
   */
  readonly mounts: ReadonlyMap<string, string>;
  readonly unreadable: readonly Unreadable[];
}

/** A folder of which files become part of the chart, and the chart folders that led to it. */
interface Place {
  readonly folder: string;
  readonly uri: string;
  readonly prefix: string;
  readonly around: readonly string[];
}

/** Dependencies on folders can have such dependencies themselves. */
const MOST_MOUNTS = 50;

/**
 * Reads the chart in `chartFolder` (root-relative; empty for the root, which is absolute and real) as
 * Helm does: whatever Git ignores, links followed inside the root. Handed over is what rendering
 * needs; all other files come along where a template may read them (`.Files`). `.helmignore` is the
 * engine's to apply. A `file://` dependency that `charts/` does not hold is read from its folder, where
 * that is inside the root. Never throws for what a chart holds.
 */
export async function readChart(
  root: string,
  chartFolder: string,
  limits: ChartLimits = DEFAULT_CHART_LIMITS,
): Promise<ReadChart> {
  const budget: ChartBudget = { limits, size: 0, entries: 0, exceeded: null };
  const files = new Map<string, Uint8Array>();
  const mounts = new Map<string, string>();
  const unreadable: Unreadable[] = [];
  const folders: Place[] = [];
  const walk = ({ folder, uri, prefix }: Place, wanted: Wanted) =>
    walkChart({ root, folder, uri, prefix, wanted, budget, files, unreadable });

  const folder = await folderIn(root, chartFolder);
  if (folder === null) {
    unreadable.push({
      uri: chartFolder || ".",
      reason: "outside-root",
      message: "The chart's folder is not in the root.",
      at: null,
    });
    return { key: keyOf(files), files, mounts, unreadable };
  }
  folders.push({ folder, uri: chartFolder, prefix: "", around: [] });
  for (const place of folders) {
    await walk(place, neededForRendering);
    for (const { name, path } of localDependencies(files, place.prefix)) {
      const uri = posix.normalize(posix.join(uriOf(root, place.folder), path)).replace(/^\.$|\/$/g, "");
      const found = uri.startsWith("../") || uri === ".." ? null : await folderIn(root, uri);
      const prefix = `${place.prefix}charts/${name}/`;
      // What is not there or not allowed stays missing, which the rendering reports.
      if (found === null || mounts.has(prefix.slice(0, -1)) || folders.length > MOST_MOUNTS) continue;
      // A folder of that name with another chart in it stays what it is.
      if ([...files.keys()].some((path) => path.startsWith(prefix))) continue;
      const around = [...place.around, place.folder];
      if (around.some((each) => isWithin(found, each))) continue;
      folders.push({ folder: found, uri, prefix, around });
      mounts.set(prefix.slice(0, -1), uri);
    }
  }
  if (mayReadFiles(files)) {
    for (const place of folders) await walk(place, loadedByHelm(files.get(`${place.prefix}.helmignore`)));
  }
  if (budget.exceeded !== null) {
    const what =
      budget.exceeded === "size"
        ? `is larger than ${mib(limits.maxChartSize)}`
        : `has more than ${limits.maxEntries} files and folders`;
    const uri = posix.join(chartFolder, "Chart.yaml");
    unreadable.push({
      uri,
      reason: "limit-exceeded",
      message: `The chart ${what}; .helmignore can leave out what it does not need.`,
      at: null,
    });
    files.clear();
    mounts.clear();
  }
  const sorted = new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { key: keyOf(sorted), files: sorted, mounts, unreadable };
}

/** Dependencies on folders that the chart at `prefix` declares and its `charts/` does not hold. */
function localDependencies(
  files: ReadonlyMap<string, Uint8Array>,
  prefix: string,
): readonly { readonly name: string; readonly path: string }[] {
  return absentDependencies(files, prefix).flatMap(({ name, repository }) => {
    if (!repository.startsWith("file://") || !/^[\w.-]+$/.test(name) || /^[_.]/.test(name)) return [];
    const path = repository.slice("file://".length);
    return path === "" || /^\/|[\\\0]/.test(path) ? [] : [{ name, path }];
  });
}

async function folderIn(root: string, uri: string): Promise<string | null> {
  try {
    const real = await realpath(join(root, uri));
    return isWithin(root, real) && (await stat(real)).isDirectory() ? real : null;
  } catch {
    return null;
  }
}

function keyOf(files: ReadonlyMap<string, Uint8Array>): string {
  const hash = createHash("sha256");
  for (const [path, data] of files) hash.update(`${Buffer.byteLength(path)}:${path}${data.length}:`).update(data);
  return hash.digest("hex");
}
