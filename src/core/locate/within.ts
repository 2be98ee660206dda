import type { ScalarNode } from "../../model/document.ts";
import type { Range } from "../../model/position.ts";
import type { LineIndex } from "../yaml/lines.ts";
import { align } from "./align.ts";

/**
 * The source range of `[start, end)` in `node.text` (UTF-16 offsets; what lies outside the text is
 * cut off). Quotes, escapes, folded lines and the indentation of block scalars are accounted for;
 * line breaks at either end of the stretch are left out. Where the scalar's text cannot be told
 * apart in the source for certain, the range is that of the whole scalar.
 */
export function rangeWithin(text: string, node: ScalarNode, start: number, end: number, lines: LineIndex): Range {
  const from = Math.min(Math.max(start, 0), node.text.length);
  const to = Math.min(Math.max(end, from), node.text.length);
  const offset = verbatimOffset(text, node);
  if (offset !== null) return lines.rangeOf(offset + from, offset + to);
  const segments = align(text, node);
  if (segments === null) return lines.rangeOf(node.start, node.end);
  const sourceStart = segments.sourceStart(from);
  const sourceEnd = from === to ? sourceStart : segments.sourceEnd(to);
  return lines.rangeOf(Math.min(sourceStart, sourceEnd), Math.max(sourceStart, sourceEnd));
}

/** Where the scalar's text stands in the source as it is, or null: most scalars need no more. */
function verbatimOffset(text: string, node: ScalarNode): number | null {
  const { start, end } = node;
  const extra = end - start - node.text.length;
  if (extra === 0) return text.startsWith(node.text, start) ? start : null;
  const quoted = extra === 2 && (text[start] === "'" || text[start] === '"');
  return quoted && text.startsWith(node.text, start + 1) ? start + 1 : null;
}
