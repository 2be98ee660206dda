import { eastAsianWidth } from "get-east-asian-width";
import type { Location } from "../model/finding.ts";
import type { MaskedSources } from "../model/report.ts";
import { MASK } from "../model/redacted.ts";
import { showInvisible } from "./harmless.ts";

/** How the parts of a frame are coloured; identities when there is no colour. */
interface FramePaint {
  readonly gutter: (text: string) => string;
  readonly mark: (text: string) => string;
}

/** Terminal columns that a source line may take. */
const WIDEST = 100;
/** UTF-16 units shown before the marked range of a line that is cut. */
const LEAD = 40;
/** UTF-16 units of the marked range that must be visible. */
const SEEN = 30;
const CONTEXT_LINES = 2;
const TAB = "    ";

interface Span {
  /** 0-based UTF-16 offsets in the line, end exclusive. */
  readonly start: number;
  readonly end: number;
}

interface Layout {
  readonly text: string;
  /** Columns in front of the marked range, and its width. */
  readonly indent: number;
  readonly width: number;
  /** How far into the line the layout got, as a UTF-16 offset. */
  readonly reached: number;
}

/**
 * Makes code frames from masked sources: two lines of context, a caret line under the range. Returns
 * no lines where the source is not known or only the file is. The caret stays aligned under tabs, wide
 * and combining characters; invisible characters are written out; long lines are cut around the range.
 */
export function createFrames(sources: MaskedSources, paint: FramePaint): (location: Location) => readonly string[] {
  const split = new Map<string, readonly string[]>();
  return ({ uri, range, precision }) => {
    const source = sources.get(uri);
    if (source === undefined || precision === "file") return [];
    // Splitting once per file keeps many findings in one large file linear.
    const lines = split.get(uri) ?? source.split(/\r\n|\r|\n/);
    split.set(uri, lines);
    if (range.start.line < 1 || range.start.line > lines.length) return [];
    return renderFrame(lines, range, paint);
  };
}

function renderFrame(
  lines: readonly string[],
  { start, end }: Location["range"],
  paint: FramePaint,
): readonly string[] {
  // A range that ends in front of a line's first column does not touch that line.
  const last = Math.min(lines.length, end.line > start.line && end.column <= 1 ? end.line - 1 : end.line);
  const from = Math.max(1, start.line - CONTEXT_LINES);
  // What stands behind the last line end is no line of the file.
  const total = lines.at(-1) === "" ? lines.length - 1 : lines.length;
  const to = Math.max(start.line, Math.min(total, start.line + CONTEXT_LINES));
  const digits = String(to).length;
  const frame: string[] = [];
  for (let number = from; number <= to; number++) {
    const line = lines[number - 1] ?? "";
    const span: Span | null =
      number === start.line
        ? {
            start: start.column - 1,
            end: last > start.line ? line.length : endOfMask(line, start.column - 1, end.column - 1),
          }
        : null;
    const layout = layOut(line, span);
    const inside = number >= start.line && number <= last;
    const gutter = paint.gutter(`  ${inside ? ">" : " "} ${String(number).padStart(digits)} |`);
    frame.push(layout.text === "" ? gutter : `${gutter} ${layout.text}`);
    if (span !== null) {
      const blank = paint.gutter(`    ${" ".repeat(digits)} |`);
      frame.push(`${blank} ${" ".repeat(layout.indent)}${paint.mark("^".repeat(layout.width))}`);
    }
  }
  if (last > to) frame.push(paint.gutter(`    ${" ".repeat(digits)} | … up to line ${last}`));
  return frame;
}

// A location on a secret says where it starts and no more; the caret takes in the whole mask.
function endOfMask(line: string, start: number, end: number): number {
  const at = line.indexOf(MASK, start);
  return at === start || at === start + 1 ? at + MASK.length : end;
}

function layOut(line: string, span: Span | null): Layout {
  if (span === null) return layOutFrom(line, 0, { start: 0, end: 0 });
  const goal = Math.min(span.end, span.start + SEEN, line.length);
  for (const from of [0, span.start - LEAD]) {
    const layout = layOutFrom(line, Math.max(0, from), span);
    if (layout.reached >= goal) return layout;
  }
  return layOutFrom(line, Math.min(span.start, line.length), span);
}

function layOutFrom(line: string, start: number, span: Span): Layout {
  const from = isInsidePair(line, start) ? start - 1 : start;
  // A grapheme takes at least one UTF-16 unit, so nothing behind this can be shown.
  const slice = line.slice(from, from + 4 * WIDEST);
  let text = from > 0 ? "…" : "";
  let used = text.length;
  let indent = -1;
  let width = 0;
  let reached = from;
  for (const grapheme of graphemesOf(slice)) {
    const shown = grapheme === "\t" ? TAB : showInvisible(grapheme);
    const columns = isPlain(shown) ? shown.length : widthOf(shown);
    if (used + columns > WIDEST) break;
    const inside = reached < span.end && reached + grapheme.length > span.start;
    if (indent === -1 && (inside || reached >= span.start)) indent = used;
    if (inside) width += columns;
    text += shown;
    used += columns;
    reached += grapheme.length;
  }
  const cut = reached < line.length;
  return {
    text: (cut ? `${text}…` : text).trimEnd(),
    indent: indent === -1 ? used : indent,
    width: Math.max(1, width),
    reached,
  };
}

function isInsidePair(line: string, at: number): boolean {
  return at > 0 && /[\uDC00-\uDFFF]/.test(line.charAt(at)) && /[\uD800-\uDBFF]/.test(line.charAt(at - 1));
}

function isPlain(text: string): boolean {
  return /^[\x20-\x7e•]*$/.test(text);
}

// What follows the first character of a grapheme is drawn onto it.
function widthOf(grapheme: string): number {
  return eastAsianWidth(grapheme.codePointAt(0) ?? 0x20);
}

let segmenter: Intl.Segmenter | undefined;

function* graphemesOf(text: string): Generator<string> {
  if (/^[\x09\x20-\x7e•]*$/.test(text)) {
    yield* text;
    return;
  }
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  for (const { segment } of segmenter.segment(text)) yield segment;
}
