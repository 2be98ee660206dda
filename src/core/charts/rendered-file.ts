import type { ChartFile, ChartRequest, RenderedTemplate } from "../../model/chart-rendering.ts";
import type { Unreadable } from "../../model/document.ts";
import type { LoadedFile } from "../loaded-file.ts";
import { chartFileUri } from "./chart-file.ts";

/** Where a chart lies, and the parts of it that lie elsewhere. */
export interface ChartRoot {
  /** Relative to the root; empty for the root itself. */
  readonly folder: string;
  /** Folders of `file://` dependencies by their place in the chart. */
  readonly mounts: ReadonlyMap<string, string>;
}

/** One way to render a chart: with its own values, or with a further values file. */
export interface RenderingPlan {
  /** The values file, relative to the root; empty for the chart's own values alone. */
  readonly values: string;
  readonly request: ChartRequest;
}

/** The output of one template of one rendering, taken apart like a file. */
export interface RenderedFile extends LoadedFile {
  readonly chart: ChartRoot;
  readonly plan: RenderingPlan;
  /** How many renderings the chart has. */
  readonly renderings: number;
  readonly template: RenderedTemplate;
}

/** Path of a chart's file relative to the root; of a packed subchart, that of its archive. */
export function uriOf({ folder, mounts }: ChartRoot, file: ChartFile): string {
  return chartFileUri(folder, mounts, file);
}

/**
 * The name of a template's output: unique in a run, and no path of the repository. Reports never show
 * it; findings move to the template or the values file.
 */
export function renderedUri(chart: ChartRoot, template: RenderedTemplate, plan: RenderingPlan): string {
  return `${uriOf(chart, template.file)}\0${template.name}\0${plan.values}`;
}

/** The path of the file that a person wrote: the template's for the name of its output. */
export function writtenUri(uri: string): string {
  const end = uri.indexOf("\0");
  return end === -1 ? uri : uri.slice(0, end);
}

/** The unit of a rendering's objects: two renderings of one chart never meet. */
export function chartUnit(folder: string, { values }: RenderingPlan): string {
  return values === "" ? `chart:${folder || "."}` : `chart:${folder || "."} with ${values}`;
}

/** One rendering of a chart, taken apart. */
export interface TakenApart {
  readonly files: readonly RenderedFile[];
  readonly unreadable: readonly Unreadable[];
  readonly incomplete: readonly Incomplete[];
}

/** What a chart was judged without. */
export interface Incomplete {
  /** The setting that decides whether this is an error. */
  readonly kind: "missingDependencies" | "incomplete";
  readonly entry: Unreadable;
}
