import type { ChartFile, ChartRendering } from "./chart-rendering.ts";
import type { ChartFlags } from "./config.ts";
import type { Unreadable } from "./document.ts";

/** What the user asked `render` to do. */
export interface RenderRequest {
  /** Absolute path of the working directory. */
  readonly cwd: string;
  /** Folder of the chart, relative to `cwd`. */
  readonly chart: string;
  /** Values files are relative to `cwd`, and merged: later ones win. */
  readonly flags: ChartFlags;
}

/** A chart as it is judged. */
export interface RenderOutcome {
  readonly rendering: ChartRendering;
  /** What of the chart could not be read. */
  readonly unreadable: readonly Unreadable[];
  /** Path of the chart's folder, to show to people. */
  readonly folder: string;
  /** Path of a file of the chart, to show to people; that of the archive for a file in one. */
  readonly displayPath: (file: ChartFile) => string;
  /** Turns a root-relative path into one to show. */
  readonly displayUri: (uri: string) => string;
}
