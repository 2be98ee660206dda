import type { KubernetesObject, SourceText, YamlDocument } from "../../model/document.ts";
import { isJsonArray, isJsonObject, type Json } from "../../model/json.ts";
import { chartSourceUnit } from "../charts/chart-sources.ts";
import { parseYaml } from "../yaml/parse.ts";
import { holdsManifest } from "./candidate.ts";
import type { Chart } from "./charts.ts";
import { CHART_FILE_KIND, PSEUDO_API, pseudoObject } from "./pseudo-objects.ts";
import { inFolder } from "./reference-path.ts";

/** The file in which Helm writes down what a chart's ranges of versions were resolved to. */
export const CHART_LOCK = "Chart.lock";

/**
 * The `Chart.yaml` of an outermost chart, as an object that stands for it. The policy is told its
 * `dependencies` (`{name, version, repository}`) and `chart`, its folder; `locked`, whether a `Chart.lock`
 * lies beside it; and `conditional`, whether values switch parts of its own templates on. `null` for a text
 * that is none.
 */
export function chartFile(
  chart: Chart,
  source: SourceText,
  texts: ReadonlyMap<string, string>,
  nextId: () => number,
): { documents: readonly YamlDocument[]; objects: readonly KubernetesObject[] } | null {
  const { root } = chart;
  if (holdsManifest(source.text)) return null;
  const parsed = parseYaml(source.text);
  const document = parsed.kind === "documents" ? parsed.documents[0] : undefined;
  if (document === undefined) return null;
  const object = pseudoObject(source, document, CHART_FILE_KIND, nextId);
  const written = isJsonObject(object.value) ? object.value["dependencies"] : undefined;
  const value: Json = {
    apiVersion: PSEUDO_API,
    kind: CHART_FILE_KIND,
    chart: root,
    dependencies: isJsonArray(written) ? written.map(dependency) : [],
    locked: texts.has(inFolder(root, CHART_LOCK)),
    conditional: isConditional(inFolder(root, "templates/"), texts),
  };
  return { documents: [document], objects: [{ ...object, value, units: [chartSourceUnit(source.uri, [chart])] }] };
}

// As many entries as there are, so that their places stay the same.
function dependency(entry: Json): Json {
  if (!isJsonObject(entry)) return {};
  return Object.fromEntries(["name", "version", "repository"].map((key) => [key, entry[key] ?? ""]));
}

function isConditional(folder: string, texts: ReadonlyMap<string, string>): boolean {
  for (const [uri, text] of texts)
    if (uri.startsWith(folder) && /\{\{-?\s*(?:else )?if [^}]*\.Values\./.test(text)) return true;
  return false;
}
