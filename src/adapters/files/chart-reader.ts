import type { ChartFiles, ChartPort } from "../../core/ports.ts";
import type { CheckRequest } from "../../model/check-request.ts";
import type { Config } from "../../model/config.ts";
import { readChart } from "./read-chart.ts";

/** How the charts of a run are read. */
export interface ChartReader {
  /** The chart in a folder of the work tree. */
  readonly head: ChartPort["read"];
  /** A chart that was read, with the dependencies that it lacks, where they are to be fetched. */
  readonly complete: (chart: Awaited<ReturnType<typeof readChart>>) => Promise<ChartFiles>;
}

/**
 * Reads charts below `root`. Dependencies that are not there are fetched only where that was asked for, from hosts
 * that the configuration names.
 */
export function chartReader(
  root: string,
  { dependencyHosts }: Pick<Config, "dependencyHosts">,
  { fetchDependencies }: Pick<CheckRequest, "fetchDependencies">,
): ChartReader {
  const indexes = new Map();
  const complete: ChartReader["complete"] = async (chart) => {
    if (!fetchDependencies) return { ...chart, failed: new Map<string, string>() };
    const { completeChart } = await import("../helm/fetch/complete-chart.ts");
    const { chart: completed, failed } = await completeChart(chart, { allowedHosts: dependencyHosts, indexes });
    return { ...completed, failed };
  };
  return { head: async (folder) => complete(await readChart(root, folder)), complete };
}
