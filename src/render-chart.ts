import { realpathSync, statSync, type Stats } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { readChart } from "./adapters/files/read-chart.ts";
import { uriOf } from "./adapters/files/paths.ts";
import { findRoot } from "./adapters/files/root.ts";
import { chartRenderer } from "./assets.ts";
import { chartFileUri } from "./core/charts/chart-file.ts";
import { UsageError } from "./core/errors.ts";
import type { ValuesFile } from "./model/chart-rendering.ts";
import type { RenderOutcome, RenderRequest } from "./model/render-request.ts";

const LARGEST_VALUES = 10 * 2 ** 20;

/**
 * Renders a chart as `check` does, with the values that the user names. Throws `UsageError` for what is
 * no chart and for values files that cannot be read; what is wrong in the chart is in the outcome.
 */
export async function renderChart({ cwd, chart, flags }: RenderRequest): Promise<RenderOutcome> {
  const folder = chartFolder(cwd, chart);
  const root = await findRoot(cwd, [folder]);
  const uri = uriOf(root.path, folder);
  const values = await Promise.all(flags.values.map((name) => readValues(cwd, name)));
  const renderer = chartRenderer();
  renderer.start();
  try {
    const { key, files, mounts, unreadable } = await readChart(root.path, uri);
    const rendering = await renderer.render({ key, files, options: { ...flags, values, lint: true, order: true } });
    const display = (path: string): string => relative(cwd, join(root.path, path)).split(sep).join("/") || ".";
    return {
      rendering,
      unreadable,
      folder: display(uri),
      displayPath: (file) => display(chartFileUri(uri, mounts, file)),
      displayUri: display,
    };
  } finally {
    await renderer.close();
  }
}

function chartFolder(cwd: string, chart: string): string {
  const path = resolve(cwd, chart);
  const shown = JSON.stringify(chart);
  if (existing(path)?.isFile() === true) {
    if (basename(path) === "Chart.yaml") return realpathSync(dirname(path));
    throw new UsageError(`${shown} is a file; render takes the folder of a chart`);
  }
  if (existing(path) === null) throw new UsageError(`${shown} does not exist`);
  if (existing(join(path, "Chart.yaml"))?.isFile() !== true)
    throw new UsageError(`${shown} is no chart: it has no Chart.yaml`);
  return realpathSync(path);
}

async function readValues(cwd: string, name: string): Promise<ValuesFile> {
  const path = resolve(cwd, name);
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) throw new UsageError(`the values file ${JSON.stringify(name)} is a folder`);
    if (stats.size > LARGEST_VALUES)
      throw new UsageError(`the values file ${JSON.stringify(name)} is larger than 10 MiB`);
    return { name, data: await readFile(path) };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`the values file ${JSON.stringify(name)} cannot be read`);
  }
}

function existing(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}
