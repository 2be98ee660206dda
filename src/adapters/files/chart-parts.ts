import { suggestedValues } from "../../core/charts/values-files.ts";

/** Files of a chart's folder that Helm reads by name (Helm docs, "The Chart File Structure"). */
const OWN_FILES = new Set([
  ".helmignore",
  "Chart.yaml",
  "Chart.lock",
  "requirements.yaml",
  "requirements.lock",
  "values.yaml",
  "values.schema.json",
]);

const VERSION_CONTROL = new Set([".git", ".hg", ".svn", ".jj"]);
const FILES = Buffer.from("Files");

/** Which entries of a chart's folder are read; `path` is relative to the folder. */
export type Wanted = (path: string, kind: "file" | "folder") => boolean;

/**
 * What rendering needs of a chart that reads no files of its own: templates, values, and the same of
 * its subcharts. The values files that the folder suggests come along.
 */
export const neededForRendering: Wanted = (path, kind) => {
  const parts = path.split("/");
  const outermost = parts[0] !== "charts";
  while (parts[0] === "charts") {
    // Helm's loader skips what begins so.
    if (/^[_.]/.test(parts[1] ?? "")) return false;
    if (parts.length <= 2) return true;
    parts.splice(0, 2);
  }
  if (parts[0] === "templates") return true;
  if (kind === "folder") return parts.length === 1 && outermost && parts[0] === "ci";
  if (parts.length === 1 && OWN_FILES.has(parts[0] ?? "")) return true;
  return outermost && suggestedValues([path]).length > 0;
};

/**
 * Everything that Helm would load: what `.helmignore` names literally is left out here already, so that
 * a chart in a repository's root does not pull in the repository. All other patterns are the engine's.
 */
export function loadedByHelm(helmIgnore: Uint8Array | undefined): Wanted {
  const { names, paths } = literalPatterns(helmIgnore === undefined ? "" : Buffer.from(helmIgnore).toString("utf8"));
  return (path, kind) => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (kind === "file") return true;
    return !VERSION_CONTROL.has(name) && !names.has(name) && !paths.has(path);
  };
}

// Where a pattern is taken back (`!`), order matters; the engine then decides alone.
function literalPatterns(text: string): { names: ReadonlySet<string>; paths: ReadonlySet<string> } {
  const names = new Set<string>();
  const paths = new Set<string>();
  const lines = text.split("\n").map((line) => line.trim());
  if (lines.some((line) => line.startsWith("!"))) return { names, paths };
  for (const line of lines) {
    if (line === "" || line.startsWith("#") || /[*?[\]\\]/.test(line)) continue;
    const pattern = line.replace(/\/$/, "");
    if (pattern.startsWith("/")) paths.add(pattern.slice(1));
    else if (pattern.includes("/")) paths.add(pattern);
    else names.add(pattern);
  }
  return { names, paths };
}

/**
 * Whether templates may read files of the chart: `.Files` stands in a template or in values that `tpl`
 * may expand, or there is a packed subchart, whose helpers get the chart's context.
 */
export function mayReadFiles(files: ReadonlyMap<string, Uint8Array>): boolean {
  for (const [path, data] of files) {
    if (path.endsWith(".tgz")) return true;
    if (Buffer.from(data.buffer, data.byteOffset, data.byteLength).includes(FILES)) return true;
  }
  return false;
}
