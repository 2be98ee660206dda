import type { LoadedFile } from "../loaded-file.ts";
import { KEYWORD } from "./directive.ts";
import { blockScalarLines, isQuoted } from "./plain-lines.ts";
import { scalarSpans } from "./scalar-spans.ts";

/** A comment that begins with the keyword. */
export interface WaiverComment {
  /** Offsets of the whole comment. */
  readonly start: number;
  readonly end: number;
  /** What follows the keyword, and where it begins. */
  readonly body: string;
  readonly bodyAt: number;
}

const LONGEST = 2000;
const MARK = new RegExp(`(?<=^|[ \\t])#[ \\t]*${KEYWORD}(?![\\w-])([^\\r\\n]*)`, "gm");
const IN_TEMPLATE = new RegExp(`\\{\\{-?\\s*/\\*\\s*#?[ \\t]*${KEYWORD}(?![\\w-])`, "g");

/**
 * The comments of a file that begin with the keyword, in their order. In YAML a `#` inside a scalar begins no
 * comment; of texts that are no YAML, quotes and indentation tell. In a template a template comment does as well.
 */
export function waiverComments(file: LoadedFile): readonly WaiverComment[] {
  const { source, documents, templateOf } = file;
  const { text } = source;
  if (!text.includes(KEYWORD)) return [];
  const isContent = templateOf === undefined && documents.length > 0 ? inScalars(file) : inLines(text);
  const found: WaiverComment[] = templateOf === undefined ? [] : [...templateComments(text)];
  const inside = [...found];
  for (const match of text.matchAll(MARK)) {
    const [whole, body = ""] = match;
    const start = match.index;
    const end = start + whole.length;
    const before = text.slice(text.lastIndexOf("\n", start) + 1, start);
    const isWithin = inside.some((other) => start > other.start && start < other.end);
    if (!isWithin && !before.trimStart().startsWith("#") && !isContent(start, before))
      found.push({ start, end, body: body.slice(0, LONGEST), bodyAt: end - body.length });
  }
  return found.toSorted((a, b) => a.start - b.start);
}

function templateComments(text: string): readonly WaiverComment[] {
  return [...text.matchAll(IN_TEMPLATE)].flatMap((match): readonly WaiverComment[] => {
    const bodyAt = match.index + match[0].length;
    const close = /\*\/\s*-?\}\}/.exec(text.slice(bodyAt, bodyAt + LONGEST));
    if (close === null) return [];
    const end = bodyAt + close.index + close[0].length;
    return [{ start: match.index, end, body: text.slice(bodyAt, bodyAt + close.index), bodyAt }];
  });
}

type IsContent = (offset: number, before: string) => boolean;

function inScalars({ documents, source }: LoadedFile): IsContent {
  const spans = scalarSpans(documents, source.text);
  return (offset) => spans.some(({ start, end }) => offset >= start && offset < end);
}

function inLines(text: string): IsContent {
  const blocks = blockScalarLines(text.split("\n"));
  return (offset, before) => isQuoted(before) || blocks[lineOf(text, offset)] === true;
}

// A text has few waivers, so counting is cheaper than an index.
function lineOf(text: string, offset: number): number {
  let line = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}
