import type { DataPath, Json } from "./json.ts";

/** A values file: `name` is what findings call it (its path), later ones win. */
export interface ValuesFile {
  readonly name: string;
  readonly data: Uint8Array;
}

/**
 * A chart to render, as `helm template` would: `files` are those of its folder by their path in it,
 * `charts/` and `.helmignore` included, as they are on disk.
 */
export interface ChartRequest {
  /** Names the content of `files`: equal keys promise equal files. */
  readonly key: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly options: ChartOptions;
}

/** What `helm template`'s flags of the same names say. Empty strings are Helm's defaults. */
export interface ChartOptions {
  readonly values: readonly ValuesFile[];
  readonly set: readonly string[];
  readonly setString: readonly string[];
  readonly releaseName: string;
  readonly namespace: string;
  readonly kubeVersion: string;
  readonly apiVersions: readonly string[];
  /**
   * Lint mode, as in `helm lint`: `required` and `fail` yield nothing and are listed in `missing`.
   * Without it they are failures.
   */
  readonly lint: boolean;
  /** Whether `manifests` is asked for; it takes time. */
  readonly order: boolean;
}

/** What a chart renders to. Nothing here but `text` holds a value of the chart or its values files. */
export interface ChartRendering {
  /** The chart's name; empty where it could not be loaded. */
  readonly name: string;
  readonly templates: readonly RenderedTemplate[];
  /** All documents in the order in which Helm installs and prints them; empty without `order`. */
  readonly manifests: readonly RenderedManifest[];
  readonly failures: readonly ChartFailure[];
  readonly missing: readonly MissingValue[];
  readonly missingDependencies: readonly MissingDependency[];
}

/** The output of one template file that prints something. */
export interface RenderedTemplate {
  /** Helm's name of it, with aliases: `chart/charts/alias/templates/x.yaml`. */
  readonly name: string;
  /** The file it comes from. */
  readonly file: ChartFile;
  readonly text: string;
  /**
   * Where each stretch of `text` comes from, sorted by offset; a stretch ends where the next begins.
   * Empty where that is not known: precision `file`.
   */
  readonly origins: readonly RenderedOrigin[];
  /** Stretches that are another on every run (`randAlphaNum`, `genCA` …): generated, not committed. */
  readonly generated: readonly TextSpan[];
}

/** `[start, end)` in UTF-16 units. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** A file of a chart: `path` is relative to the chart's folder. */
export interface ChartFile {
  /** For a file in a packed subchart its path in the archive's chart, else its path in the folder. */
  readonly path: string;
  /** The packed subchart it lies in (`charts/sub-1.0.0.tgz`; the outermost), else `null`. */
  readonly archive: string | null;
}

/** A line of a file of a chart, 1-based. */
export interface ChartPlace {
  readonly file: ChartFile;
  readonly line: number;
}

/** Where a stretch of output comes from; the file is the template's. */
export interface RenderedOrigin {
  /** Offset into the output. */
  readonly start: number;
  /** 1-based line in the template. */
  readonly line: number;
  /** `enclosing`: one of several lines that the action on `line` prints. */
  readonly precision: "exact" | "enclosing";
  /** The named template that the action includes. */
  readonly helper: HelperPlace | null;
}

/** Where a named template is defined. */
export interface HelperPlace extends ChartPlace {
  readonly name: string;
}

/** A document of a template's output. */
export interface RenderedManifest extends TextSpan {
  /** Index into `templates`. */
  readonly template: number;
  readonly hook: boolean;
}

/** What could not be rendered, and why; `message` quotes no value. */
export interface ChartFailure {
  readonly kind: "load" | "template" | "limit" | "schema";
  readonly place: ChartPlace;
  readonly message: string;
  /** The includes that led there, outermost first. */
  readonly through: readonly ChartPlace[];
}

/** A `required` or `fail` that the values trip. */
export interface MissingValue {
  /** `null` for one in a text that a template gives to `tpl`. */
  readonly place: ChartPlace | null;
  readonly function: "required" | "fail";
  /** The message as it is written in the template; `…` stands for what it computes. */
  readonly message: string;
}

/** A dependency that Chart.yaml declares and `charts/` does not hold. */
export interface MissingDependency {
  readonly name: string;
  readonly version: string;
  readonly repository: string;
}

/** A scalar of a rendering: `path` leads to it in the document of that number in the template's output. */
export interface RenderedScalar {
  readonly template: string;
  readonly document: number;
  readonly path: DataPath;
  /** Its text, where it is one: it saves a rendering. `null` for a number and the like, which may be written in several ways. */
  readonly text: string | null;
  /** The part of the text that is meant; empty for all of it. */
  readonly part: string;
}

/** A leaf of the values that decides a scalar: changing the leaf changes the scalar. */
export interface ValuesLeaf {
  /** Path in the merged values. */
  readonly path: DataPath;
  /** What sets it: `set` the flags; `file` a values file by its name; `chart` one of the chart's own. */
  readonly source:
    | { readonly kind: "set" }
    | { readonly kind: "file"; readonly name: string }
    | { readonly kind: "chart"; readonly file: ChartFile };
  /** Path of the leaf in that file. */
  readonly at: DataPath;
}

/** Input to the validation of merged values. */
export interface ValuesSchema {
  readonly file: ChartFile;
  readonly schema: Json;
  readonly values: Json;
}
