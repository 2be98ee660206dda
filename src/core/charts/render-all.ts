import { chartsNotEvaluated, type Chart } from "../input/charts.ts";
import type { Memory } from "../memory.ts";
import type { CheckInput, CheckPorts } from "../run.ts";
import { renderCharts, type RenderedCharts } from "./render-charts.ts";
import { uriOf, type ChartRoot, type RenderedFile } from "./rendered-file.ts";

/** The charts of a run as they were rendered. */
export interface Rendered extends RenderedCharts {
  /** Text of a file of a chart that is no file of the run; `null` where there is none. */
  readonly read: (uri: string) => string | null;
}

/** Renders the charts of a run; without a renderer each is reported as not judged. */
export async function renderAll(
  charts: readonly Chart[],
  input: CheckInput,
  ports: CheckPorts,
  memory: Memory,
): Promise<Rendered> {
  if (ports.charts === null) return { files: [], unreadable: chartsNotEvaluated(charts), notes: [], read: () => null };
  const rendered = await renderCharts(charts, input.chartSettings, ports.charts, memory, (done) =>
    ports.progress("rendering charts", done, charts.length),
  );
  return { ...rendered, read: chartTexts(rendered.files, input.chartSettings.valuesFiles) };
}

// Files of charts by their path, decoded when they are asked for.
function chartTexts(
  files: readonly RenderedFile[],
  valuesFiles: ReadonlyMap<string, Uint8Array>,
): (uri: string) => string | null {
  const byUri = new Map(valuesFiles);
  const seen = new Set<ChartRoot>();
  for (const { chart, plan } of files) {
    if (seen.has(chart)) continue;
    seen.add(chart);
    for (const [path, data] of plan.request.files) byUri.set(uriOf(chart, { path, archive: null }), data);
  }
  return (uri) => {
    const data = byUri.get(uri);
    return data === undefined ? null : new TextDecoder().decode(data);
  };
}
