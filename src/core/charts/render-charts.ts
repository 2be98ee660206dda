import type { ChartFailure, ChartRendering, RenderedTemplate } from "../../model/chart-rendering.ts";
import type { Unreadable } from "../../model/document.ts";
import type { Position } from "../../model/position.ts";
import type { Chart } from "../input/charts.ts";
import { objectsOf } from "../input/objects.ts";
import type { Memory } from "../memory.ts";
import type { ChartPort } from "../ports.ts";
import { LineIndex } from "../yaml/lines.ts";
import { parseYaml } from "../yaml/parse.ts";
import { missingDependencyMessage } from "./missing-dependency.ts";
import {
  chartUnit,
  renderedUri,
  uriOf,
  type ChartRoot,
  type RenderedFile,
  type RenderingPlan,
  type Incomplete,
  type TakenApart,
} from "./rendered-file.ts";
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
  memory: Memory,
  progress: (done: number) => void,
): Promise<RenderedCharts> {
  const files: RenderedFile[] = [];
  const unreadable: Unreadable[] = [];
  const notes = new Set<string>();
  for (const [index, found] of charts.entries()) {
    progress(index);
    if (!found.renders) continue;
    const read = await port.read(found.root);
    unreadable.push(...read.unreadable);
    // Over a limit there is nothing to render, and why is said already.
    if (read.files.size === 0) continue;
    const chart: ChartRoot = { folder: found.root, mounts: read.mounts };
    const { plans, unreadable: absent } = renderingPlans(found.root, read, settings);
    unreadable.push(...absent);
    for (const plan of plans) {
      const key = renderingKey(chart, plan, plans.length, read.failed);
      const known =
        memory.renderings.get(key) ?? (await renderPlan(chart, plan, plans.length, read.failed, port, memory));
      memory.renderings.set(key, known);
      const { incomplete, ...result } = known;
      files.push(...result.files);
      unreadable.push(...result.unreadable);
      unreadable.push(...incomplete.filter(({ kind }) => settings[kind] === "error").map(({ entry }) => entry));
      for (const { kind, entry } of incomplete) if (settings[kind] !== "error") notes.add(noteOf(entry));
    }
  }
  return { files, unreadable, notes: [...notes] };
}

// Equal keys promise equal files, values and flags.
function renderingKey(
  { folder, mounts }: ChartRoot,
  { values, request: { key, options } }: RenderingPlan,
  renderings: number,
  failed: ReadonlyMap<string, string>,
): string {
  const decoder = new TextDecoder("latin1");
  const texts = options.values.map(({ name, data }) => [name, decoder.decode(data)]);
  return JSON.stringify([folder, [...mounts], key, values, renderings, [...failed], { ...options, values: texts }]);
}

async function renderPlan(
  chart: ChartRoot,
  plan: RenderingPlan,
  renderings: number,
  failed: ReadonlyMap<string, string>,
  { renderer }: ChartPort,
  { nextObject }: Memory,
): Promise<TakenApart> {
  const rendering = await renderer.render(plan.request);
  return {
    ...takeApart(chart, plan, rendering, renderings, nextObject),
    incomplete: incompleteness(chart, plan, rendering, failed),
  };
}

function takeApart(
  chart: ChartRoot,
  plan: RenderingPlan,
  { templates, failures }: ChartRendering,
  renderings: number,
  nextId: () => number,
): { files: readonly RenderedFile[]; unreadable: readonly Unreadable[] } {
  const files: RenderedFile[] = [];
  const unreadable: Unreadable[] = failures.map((failure) => failureOf(chart, failure, plan));
  for (const template of templates) {
    const source = { uri: renderedUri(chart, template, plan), text: template.text };
    const lines = new LineIndex(template.text);
    const parsed = parseYaml(template.text);
    if (parsed.kind === "invalid") {
      const message = `What this template renders to${withValues(plan)} can't be read: ${parsed.message}`;
      unreadable.push({
        uri: uriOf(chart, template.file),
        reason: parsed.reason,
        message,
        at: placeIn(template, parsed.at.offset),
      });
      continue;
    }
    const placement = {
      units: [chartUnit(chart.folder, plan)],
      namespace: plan.request.options.namespace,
      partial: false,
    };
    const objects = objectsOf(source, parsed.documents, { ...placement, nextId });
    const { generated } = template;
    files.push({
      source,
      lines,
      context: false,
      documents: parsed.documents,
      objects,
      generated,
      chart,
      plan,
      renderings,
      template,
    });
  }
  return { files, unreadable };
}

function failureOf(chart: ChartRoot, { kind, place, message }: ChartFailure, plan: RenderingPlan): Unreadable {
  const what = kind === "schema" ? "The values do not fit the chart's schema" : "The chart can't be rendered";
  return {
    uri: uriOf(chart, place.file),
    reason: kind === "limit" ? "limit-exceeded" : "chart-failed",
    message: `${what}${withValues(plan)}: ${message}`,
    at: place.file.archive === null ? lineStart(place.line) : null,
  };
}

function lineStart(line: number): Position {
  return { line, column: 1, offset: 0 };
}

// Where the values are the chart's own there is nothing to say about them.
function withValues({ values }: RenderingPlan): string {
  return values === "" ? "" : ` with ${values}`;
}

function placeIn({ origins }: RenderedTemplate, offset: number): Unreadable["at"] {
  const origin = origins.findLast(({ start }) => start <= offset);
  return origin === undefined ? null : { line: origin.line, column: 1, offset: 0 };
}

// What a chart was judged without: dependencies that are not in `charts/`, and values that it asks for.
function incompleteness(
  chart: ChartRoot,
  plan: RenderingPlan,
  { missing, missingDependencies }: ChartRendering,
  failed: ReadonlyMap<string, string>,
): readonly Incomplete[] {
  const chartYaml = uriOf(chart, { path: "Chart.yaml", archive: null });
  const dependencies = missingDependencies.map((dependency): Incomplete => {
    const message = missingDependencyMessage(dependency, chart.folder || ".", failed.get(dependency.name) ?? null);
    return {
      kind: "missingDependencies",
      entry: {
        uri: chartYaml,
        reason: "chart-incomplete",
        message: `The chart was judged without it: ${message}.`,
        at: null,
      },
    };
  });
  const values = missing.map(({ place, message }): Incomplete => {
    const uri = place === null ? chartYaml : uriOf(chart, place.file);
    const text = `The chart was judged without a value that it asks for${withValues(plan)}: ${message}`;
    return {
      kind: "incomplete",
      entry: { uri, reason: "chart-incomplete", message: text, at: place === null ? null : lineStart(place.line) },
    };
  });
  return [...dependencies, ...values];
}

function noteOf({ uri, at, message }: Unreadable): string {
  return `${uri}${at === null ? "" : `:${at.line}`}: ${message}`;
}
