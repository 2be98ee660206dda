import type { ChartFile, ValuesLeaf } from "../../model/chart-rendering.ts";
import type { Location } from "../../model/finding.ts";
import { locate } from "../locate/locate.ts";
import { toValue } from "../yaml/value.ts";
import { isJsonArray, isJsonObject } from "../../model/json.ts";
import { wholeFile, type ChartTexts } from "./chart-texts.ts";
import { uriOf, type ChartRoot, type RenderedFile } from "./rendered-file.ts";

/** The line of the values file that sets a leaf; `null` where a flag sets it, or the file is unknown. */
export function locateLeaf({ chart }: RenderedFile, { source, at }: ValuesLeaf, texts: ChartTexts): Location | null {
  switch (source.kind) {
    case "set":
      return null;
    case "file":
      return locateAt(source.name, at, texts);
    case "chart":
      return source.file.archive === null
        ? locateAt(uriOf(chart, source.file), at, texts)
        : placeOfDependency(chart, source.file, texts);
  }
}

function locateAt(uri: string, path: ValuesLeaf["at"], texts: ChartTexts): Location | null {
  const opened = texts.open(uri);
  if (opened === null || opened.document === null) return null;
  const { range, precision } = locate(opened.document, path, opened.lines);
  return { uri, range, precision };
}

/**
 * The entry of a packed subchart in the `dependencies` of the chart's `Chart.yaml`: nobody edits an
 * archive. The archive's name starts with the dependency's (`charts/redis-1.2.3.tgz`).
 */
export function placeOfDependency(chart: ChartRoot, { archive }: ChartFile, texts: ChartTexts): Location {
  const uri = uriOf(chart, { path: "Chart.yaml", archive: null });
  const opened = texts.open(uri);
  if (opened === null || opened.document === null) return wholeFile(uri);
  const name = (archive ?? "").slice((archive ?? "").lastIndexOf("/") + 1);
  const metadata = toValue(opened.document.root);
  const dependencies = isJsonObject(metadata) && isJsonArray(metadata["dependencies"]) ? metadata["dependencies"] : [];
  const names = dependencies.map((each) =>
    isJsonObject(each) && typeof each["name"] === "string" ? each["name"] : "",
  );
  const longest = names.reduce(
    (best, each, index) => (name.startsWith(`${each}-`) && each.length > (names[best] ?? "").length ? index : best),
    -1,
  );
  const path = longest === -1 ? ["dependencies"] : ["dependencies", longest, "name"];
  const { range } = locate(opened.document, path, opened.lines);
  return { uri, range, precision: "enclosing" };
}
