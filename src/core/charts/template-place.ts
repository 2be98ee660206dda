import type { RenderedOrigin } from "../../model/chart-rendering.ts";
import type { Location, RelatedLocation } from "../../model/finding.ts";
import type { Range } from "../../model/position.ts";
import { wholeFile, type ChartTexts } from "./chart-texts.ts";
import { uriOf, type RenderedFile } from "./rendered-file.ts";
import { placeOfDependency } from "./values-place.ts";

/** Where a stretch of rendered text is written in templates. */
export interface TemplatePlace {
  readonly location: Location;
  /** The named template that the line comes through. */
  readonly helpers: readonly RelatedLocation[];
}

/**
 * The template line that printed a range of a rendered text: the very columns where the line stands in
 * the template as it was printed, else the whole line. A template in a packed subchart stands on the
 * dependency's entry in the parent's `Chart.yaml`, which is what a person can edit.
 */
export function locateInTemplate(file: RenderedFile, range: Range, texts: ChartTexts): TemplatePlace {
  const origin = file.template.origins.findLast(({ start }) => start <= range.start.offset) ?? null;
  const { archive } = file.template.file;
  if (archive !== null) {
    return { location: placeOfDependency(file.chart, file.template.file, texts), helpers: [] };
  }
  const uri = uriOf(file.chart, file.template.file);
  if (origin === null) return { location: wholeFile(uri), helpers: [] };
  return {
    location: lineOf(uri, origin, file, range, texts),
    helpers: helperOf(file, origin, range.start.line, texts),
  };
}

function lineOf(uri: string, origin: RenderedOrigin, file: RenderedFile, range: Range, texts: ChartTexts): Location {
  const opened = texts.open(uri);
  const span = opened?.lines.lineSpan(origin.line);
  if (opened === null || span === null || span === undefined) return wholeFile(uri);
  const line = opened.source.text.slice(span.start, span.end);
  const verbatim = columnsIn(line, file, range);
  const [from, to] = verbatim ?? trimmed(line);
  return { uri, range: opened.lines.rangeOf(span.start + from, span.start + to), precision: origin.precision };
}

// A line that is printed as it is written has the same columns; one behind an action may be moved, and
// then the text itself tells, where it stands there once.
function columnsIn(
  line: string,
  { source, lines }: RenderedFile,
  { start, end }: Range,
): readonly [number, number] | null {
  if (end.line !== start.line) return null;
  const span = lines.lineSpan(start.line);
  if (span === null) return null;
  const printed = source.text.slice(start.offset, end.offset);
  if (printed === "") return null;
  const column = start.offset - span.start;
  if (line.startsWith(printed, column)) return [column, column + printed.length];
  const found = line.indexOf(printed);
  return found !== -1 && found === line.lastIndexOf(printed) && printed.length > 2
    ? [found, found + printed.length]
    : null;
}

function trimmed(line: string): readonly [number, number] {
  const text = line.trimEnd();
  return [text.length - text.trimStart().length, text.length];
}

// What a named template prints stands on the action that includes it; the line of the named template
// is where it would be edited.
function helperOf(
  file: RenderedFile,
  { helper }: RenderedOrigin,
  at: number,
  texts: ChartTexts,
): readonly RelatedLocation[] {
  if (helper === null || helper.file.archive !== null) return [];
  const uri = uriOf(file.chart, helper.file);
  const opened = texts.open(uri);
  const span = opened?.lines.lineSpan(helper.line);
  const printed = file.lines.lineSpan(at);
  if (opened === null || span === null || span === undefined || printed === null) return [];
  const line = opened.source.text.slice(span.start, span.end);
  const [from, to] = trimmed(line);
  const same = line.trim() === file.source.text.slice(printed.start, printed.end).trim();
  const range = opened.lines.rangeOf(span.start + from, span.start + to);
  return [
    { uri, range, precision: same ? "exact" : "enclosing", message: `through the named template ${helper.name}` },
  ];
}
