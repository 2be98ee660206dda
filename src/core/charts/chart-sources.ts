import type { KubernetesObject, SourceText, Unit } from "../../model/document.ts";
import type { Chart } from "../input/charts.ts";
import type { LoadedFile } from "../loaded-file.ts";
import type { LineIndex } from "../yaml/lines.ts";

/** The `apiVersion` of what is handed to the policy like an object and is none: files of charts. */
export const CHART_API = "portcullis/v1";

/** The kind under which the facts of a chart's template are handed to the policy. */
export const TEMPLATE_KIND = "HelmTemplate";

/** The unit of what a chart is made of: a chart with its subcharts, apart from what it renders to. */
export function chartSourceUnit(uri: string, roots: readonly Chart[]): Unit {
  const root = rootOf(uri, roots);
  return root === null ? `values:${uri}` : `chart-source:${root || "."}`;
}

/**
 * A template as it is written. It is text, no YAML; its object stands for the file and holds nothing
 * until its facts are gathered.
 */
export function templateFile(
  source: SourceText,
  lines: LineIndex,
  roots: readonly Chart[],
  nextId: () => number,
): LoadedFile {
  const root = { kind: "mapping", entries: [], start: 0, end: source.text.length } as const;
  const object: KubernetesObject = {
    id: nextId(),
    origin: { source, document: { index: 0, root, start: 0, end: source.text.length }, base: [] },
    value: {},
    apiVersion: CHART_API,
    kind: TEMPLATE_KIND,
    name: source.uri,
    namespace: "",
    units: [chartSourceUnit(source.uri, roots)],
    partial: false,
  };
  return {
    source,
    lines,
    context: false,
    documents: [],
    objects: [object],
    templateOf: chartFolder(source.uri, roots),
  };
}

// The subchart that a template lies in, however deep.
function chartFolder(uri: string, roots: readonly Chart[]): string {
  const root = rootOf(uri, roots) ?? "";
  const inside = root === "" ? uri : uri.slice(root.length + 1);
  const subchart = /^(?:charts\/[^/]+\/)*/.exec(inside)?.[0] ?? "";
  return (root === "" ? subchart : `${root}/${subchart}`).replace(/\/$/, "");
}

// Charts may lie in the folders of others without being their subcharts: the innermost counts.
function rootOf(uri: string, roots: readonly Chart[]): string | null {
  let found: string | null = null;
  for (const { root } of roots) {
    if ((root === "" || uri.startsWith(`${root}/`)) && root.length >= (found?.length ?? 0)) found = root;
  }
  return found;
}
