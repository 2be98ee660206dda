import type { ChartFile } from "../../model/chart-rendering.ts";

/**
 * Root-relative path of a chart's file: that of the archive for a file in a packed subchart, and the
 * place in the repository for a file that a `file://` dependency brought along. `mounts` names the
 * folders of such dependencies by their place in the chart.
 */
export function chartFileUri(folder: string, mounts: ReadonlyMap<string, string>, file: ChartFile): string {
  const inside = file.archive ?? file.path;
  for (let slash = inside.lastIndexOf("/"); slash > 0; slash = inside.lastIndexOf("/", slash - 1)) {
    const mounted = mounts.get(inside.slice(0, slash));
    if (mounted !== undefined) return joined(mounted, inside.slice(slash + 1));
  }
  return joined(folder, inside);
}

function joined(folder: string, path: string): string {
  return folder === "" ? path : `${folder}/${path}`;
}
