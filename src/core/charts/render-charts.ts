import type { ChartFailure, ChartRendering, RenderedTemplate } from "../../model/chart-rendering.ts";
import type { Unreadable } from "../../model/document.ts";
import type { Chart } from "../input/charts.ts";
import { objectsOf } from "../input/objects.ts";
import type { ChartPort } from "../ports.ts";
import { LineIndex } from "../yaml/lines.ts";
import { parseYaml } from "../yaml/parse.ts";
import { chartUnit, renderedUri, uriOf, type RenderedFile, type RenderingPlan } from "./rendered-file.ts";
import { renderingPlans, type ChartSettings } from "./rendering-plans.ts";

/** What rendering the charts of a run gave. */
export interface RenderedCharts {
  readonly files: readonly RenderedFile[];
  readonly unreadable: readonly Unreadable[];
  /** Values that charts ask for and their defaults do not give, in words. */
  readonly notes: readonly string[];
}

/**
 * Renders each chart that renders anything, once for its own values and once for each further values
 * file, and takes the output apart. What fails is reported where it is written; the other charts go
 * on. Charts are read one after the other, so that one is in memory at a time.
 */
export async function renderCharts(
  charts: readonly Chart[],
  settings: ChartSettings,
  port: ChartPort,
  nextId: () => number,
  progress: (done: number) => void,
): Promise<RenderedCharts> {
  const files: RenderedFile[] = [];
  const unreadable: Unreadable[] = [];
  const notes: string[] = [];
  for (const [index, chart] of charts.entries()) {
    progress(index);
    if (!chart.renders) continue;
    const read = await port.read(chart.root);
    unreadable.push(...read.unreadable);
    const { plans, unreadable: missing } = renderingPlans(chart.root, read, settings);
    unreadable.push(...missing);
    for (const plan of plans) {
      const rendering = await port.renderer.render(plan.request);
      const result = takeApart(chart.root, plan, rendering, plans.length, nextId);
      files.push(...result.files);
      unreadable.push(...result.unreadable, ...incomplete(chart, rendering, settings));
      for (const note of missingValues(chart.root, plan, rendering)) notes.push(note);
      for (const { place, message } of settings.incomplete === "error" ? rendering.missing : []) {
        const uri = place === null ? chart.uri : uriOf(chart.root, place.file);
        const at = place === null ? null : { line: place.line, column: 1, offset: 0 };
        unreadable.push({ uri, reason: "chart-incomplete", message: `The chart asks for a value that it is not given: ${message}`, at });
      }
    }
  }
  return { files, unreadable, notes: [...new Set(notes)] };
}

function takeApart(
  folder: string,
  plan: RenderingPlan,
  { templates, failures }: ChartRendering,
  renderings: number,
  nextId: () => number,
): { files: readonly RenderedFile[]; unreadable: readonly Unreadable[] } {
  const files: RenderedFile[] = [];
  const unreadable: Unreadable[] = failures.map((failure) => failureOf(folder, failure, plan));
  for (const template of templates) {
    const source = { uri: renderedUri(folder, template, plan), text: template.text };
    const lines = new LineIndex(template.text);
    const parsed = parseYaml(template.text);
    if (parsed.kind === "invalid") {
      const message = `What this template renders to${withValues(plan)} can't be read: ${parsed.message}`;
      unreadable.push({ uri: uriOf(folder, template.file), reason: parsed.reason, message, at: placeIn(template, parsed.at.offset) });
      continue;
    }
    const placement = { units: [chartUnit(folder, plan)], namespace: plan.request.options.namespace, partial: false };
    const objects = objectsOf(source, parsed.documents, { ...placement, nextId });
    files.push({ source, lines, context: false, documents: parsed.documents, objects, generated: template.generated, folder, plan, renderings, template });
  }
  return { files, unreadable };
}

function failureOf(folder: string, { kind, place, message }: ChartFailure, plan: RenderingPlan): Unreadable {
  const what = kind === "schema" ? "The values do not fit the chart's schema" : "The chart can't be rendered";
  return {
    uri: uriOf(folder, place.file),
    reason: kind === "limit" ? "limit-exceeded" : "chart-failed",
    message: `${what}${withValues(plan)}: ${message}`,
    at: place.file.archive === null ? { line: place.line, column: 1, offset: 0 } : null,
  };
}

// Where the values are the chart's own there is nothing to say about them.
function withValues({ values }: RenderingPlan): string {
  return values === "" ? "" : ` with ${values}`;
}

function placeIn({ origins }: RenderedTemplate, offset: number): Unreadable["at"] {
  const origin = origins.findLast(({ start }) => start <= offset);
  return origin === undefined ? null : { line: origin.line, column: 1, offset: 0 };
}

function incomplete({ root, uri }: Chart, { missingDependencies }: ChartRendering, settings: ChartSettings): readonly Unreadable[] {
  if (missingDependencies.length === 0 || settings.missingDependencies === "warn") return [];
  const names = missingDependencies.map(({ name, version }) => `${name} ${version}`.trim()).join(", ");
  const command = `helm dependency build ${JSON.stringify(root || ".")}`;
  const message = `The chart was judged without its dependencies ${names}, which are not in charts/. Run ${command} before the gate, or allow it to fetch them.`;
  return [{ uri, reason: "chart-incomplete", message, at: null }];
}

function missingValues(folder: string, plan: RenderingPlan, { missing, missingDependencies }: ChartRendering): readonly string[] {
  const asked = missing.map(({ place, message }) => {
    const where = place === null ? "" : ` (${uriOf(folder, place.file)}:${place.line})`;
    return `Chart ${folder || "."}${withValues(plan)} was judged without a value that it asks for: ${message}${where}`;
  });
  const absent = missingDependencies.map(({ name }) => `Chart ${folder || "."} was judged without its dependency ${name}.`);
  return [...asked, ...absent];
}
