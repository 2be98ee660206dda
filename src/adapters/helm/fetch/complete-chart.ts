import { absentDependencies, chartDependencies } from "../../../core/charts/dependencies.ts";
import type { ChartFiles } from "../../../core/ports.ts";
import { sha256 } from "./cache.ts";
import { fetchDependency, type FetchOptions } from "./fetch-dependency.ts";

/** A chart with what could be fetched, and why the rest could not be, by the name of the dependency. */
export interface CompletedChart<T extends Pick<ChartFiles, "key" | "files">> {
  readonly chart: T;
  readonly failed: ReadonlyMap<string, string>;
}

const MOST_DEPENDENCIES = 100;

/**
 * Fetches what a chart declares and does not hold, one after the other, and adds it to the chart's
 * files, as `helm dependency build` would. The key changes with what was added. The chart itself is
 * left as it is. Never throws for what a chart holds.
 */
export async function completeChart<T extends Pick<ChartFiles, "key" | "files">>(
  chart: T,
  options: FetchOptions,
): Promise<CompletedChart<T>> {
  const failed = new Map<string, string>();
  const absent = absentDependencies(chart.files).slice(0, MOST_DEPENDENCIES);
  if (absent.length === 0) return { chart, failed };
  const dependencies = chartDependencies(chart.files);
  const shared = { ...options, indexes: options.indexes ?? new Map() };
  const files = new Map(chart.files);
  const added: string[] = [];
  for (const { name, version, repository } of absent) {
    const result = await fetchDependency({ name, version, repository }, dependencies, shared);
    if (result.kind === "failed") {
      failed.set(name, result.reason);
      continue;
    }
    files.set(result.name, result.data);
    added.push(`${result.name}:${sha256(result.data)}`);
  }
  if (added.length === 0) return { chart, failed };
  const key = sha256(new TextEncoder().encode([chart.key, ...added].join("\n")));
  return { chart: { ...chart, files, key }, failed };
}
