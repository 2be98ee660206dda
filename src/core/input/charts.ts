import type { Unreadable } from "../../model/document.ts";
import { hasManifestExtension } from "./text-kinds.ts";

/** A Helm chart that is no other chart's subchart. */
export interface Chart {
  /** Folder, relative to the root; empty for the root itself. */
  readonly root: string;
  /** Its `Chart.yaml`. */
  readonly uri: string;
  /** Helm renders nothing of a library chart and of one without templates and dependencies. */
  readonly renders: boolean;
}

/**
 * What a file is to the charts: `template` goes to the chart renderer; `values` feeds it; `none` is
 * judged like any file. `crds/` is `none`: Helm installs it as it stands (Helm docs, "Custom
 * Resource Definitions").
 */
export type ChartPart = "template" | "values" | "none";

/** The charts of a set of files. */
export interface Charts {
  /** Outermost charts, by folder. */
  readonly roots: readonly Chart[];
  /** Which part of which chart a file is; linear in the depth of its path. */
  partOf(uri: string): ChartPart;
}

const CHART_FILE = "Chart.yaml";
const VALUES = /^(?:values[^/]*|ci\/[^/]*values)\.(?:ya?ml|json)$/;

/**
 * Finds the charts among `uris`: each folder with a `Chart.yaml`. What lies in the `charts/` folder
 * of a chart belongs to that one. `chartText` gives the text of a `Chart.yaml`, where it was read;
 * a chart of which nothing is known counts as one that renders.
 */
export function chartRoots(
  uris: readonly string[],
  chartText: (uri: string) => string | undefined = () => undefined,
): Charts {
  const folders = new Map<string, { uri: string; library: boolean }>();
  for (const uri of uris) {
    const folder = folderOf(uri, CHART_FILE);
    if (folder !== null) folders.set(folder, { uri, library: isLibrary(chartText(uri)) });
  }
  if (folders.size === 0) return { roots: [], partOf: () => "none" };
  const withContent = new Set<string>();
  for (const uri of uris) {
    for (const { folder, inside } of enclosing(uri, folders)) {
      if (/^(?:templates|charts)\/|^requirements\.yaml$/.test(inside)) withContent.add(folder);
    }
  }
  const roots: Chart[] = [];
  for (const [root, { uri, library }] of folders) {
    if (enclosing(uri, folders).some(({ inside }) => inside.startsWith("charts/"))) continue;
    const text = chartText(uri);
    const empty = text !== undefined && !withContent.has(root) && !/^["']?dependencies["']?[ \t]*:/m.test(text);
    roots.push({ root, uri, renders: !library && !empty });
  }
  roots.sort((a, b) => (a.root < b.root ? -1 : 1));
  return { roots, partOf: (uri) => partOf(uri, folders) };
}

/** One entry for each outermost chart that renders something: its templates were not judged. */
export function chartsNotEvaluated(roots: readonly Chart[]): readonly Unreadable[] {
  return roots
    .filter(({ renders }) => renders)
    .map(({ uri }) => ({
      uri,
      reason: "chart-not-evaluated",
      message: "This chart is not rendered, so its templates were not judged.",
      at: null,
    }));
}

function partOf(uri: string, folders: ReadonlyMap<string, { library: boolean }>): ChartPart {
  for (const { folder, inside } of enclosing(uri, folders)) {
    // In a library chart only files with a leading underscore are definitions; anything else there
    // is no template of any release, so nothing would judge it.
    const library = folders.get(folder)?.library === true;
    if (inside.startsWith("templates/") && (!library || isDefinition(inside))) return "template";
    if (VALUES.test(inside)) return "values";
  }
  return "none";
}

function isDefinition(inside: string): boolean {
  const name = inside.slice(inside.lastIndexOf("/") + 1);
  return name.startsWith("_") || !hasManifestExtension(name);
}

// The chart folders around a file, innermost first, with the file's path inside each.
function enclosing(uri: string, folders: ReadonlyMap<string, unknown>): readonly { folder: string; inside: string }[] {
  const found: { folder: string; inside: string }[] = [];
  for (let slash = uri.lastIndexOf("/"); slash !== -1; slash = slash === 0 ? -1 : uri.lastIndexOf("/", slash - 1)) {
    const folder = uri.slice(0, slash);
    if (folders.has(folder)) found.push({ folder, inside: uri.slice(slash + 1) });
  }
  if (folders.has("")) found.push({ folder: "", inside: uri });
  return found;
}

function folderOf(uri: string, name: string): string | null {
  if (uri === name) return "";
  return uri.endsWith(`/${name}`) ? uri.slice(0, -name.length - 1) : null;
}

// Chart.yaml is plain YAML with flat keys; anything unusual reads as an application chart.
function isLibrary(text: string | undefined): boolean {
  return text !== undefined && /^type[ \t]*:[ \t]*(["']?)library\1[ \t]*(?:#.*)?\r?$/m.test(text);
}
