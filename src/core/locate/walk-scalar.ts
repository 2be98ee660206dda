import type { ScalarNode } from "../../model/document.ts";
import type { SegmentWriter } from "./segments.ts";

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const QUOTE = 39;
const BACKSLASH = 92;

/** Writes a plain scalar (YAML 1.2, 7.3.3): white space around line breaks folds. */
export function writePlain(writer: SegmentWriter, text: string, start: number, end: number): void {
  let run = start;
  let at = start;
  while (at < end) {
    if (isBreak(text.charCodeAt(at))) run = at = foldAt(writer, text, run, at, end);
    else at += 1;
  }
  writer.copy(run, end);
}

/** Writes what stands between single quotes (7.3.2): `''` is a quote, line breaks fold. */
export function writeSingle(writer: SegmentWriter, text: string, start: number, end: number): void {
  let run = start;
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      writer.copy(run, at);
      writer.escape("'", at, at + 2);
      run = at += 2;
    } else if (isBreak(code)) run = at = foldAt(writer, text, run, at, end);
    else at += 1;
  }
  writer.copy(run, end);
}

/** Writes what stands between double quotes (7.3.1): escapes, and line breaks fold. */
export function writeDouble(writer: SegmentWriter, text: string, start: number, end: number): void {
  let run = start;
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) {
      writer.copy(run, at);
      run = at = escapeAt(writer, text, at, end);
    } else if (isBreak(code)) run = at = foldAt(writer, text, run, at, end);
    else at += 1;
  }
  writer.copy(run, end);
}

/** Writes a block scalar (8.1): indentation goes, and in a folded one single line breaks fold. */
export function writeBlock(writer: SegmentWriter, text: string, node: ScalarNode): void {
  const folded = text[node.start] === ">";
  let at = nextLine(text, node.start, node.end);
  const indent = indentOf(text, node, at);
  if (indent === null) return;
  let lastEnd = at;
  let blanks = 0;
  let hasContent = false;
  let wasIndented = false;
  while (at < node.end) {
    const lineEnd = endOfLine(text, at, node.end);
    const start = at + indent;
    if (start >= lineEnd) {
      blanks += 1;
    } else {
      const isIndented = isWhite(text.charCodeAt(start));
      const joined = folded && !isIndented && !wasIndented;
      const breaks = blanks + (hasContent ? 1 : 0);
      let glue = "\n".repeat(breaks);
      if (joined && hasContent) glue = blanks === 0 ? " " : "\n".repeat(blanks);
      writer.lineBreak(glue, lastEnd, start);
      writer.copy(start, lineEnd);
      lastEnd = lineEnd;
      blanks = 0;
      hasContent = true;
      wasIndented = isIndented;
    }
    at = nextLine(text, lineEnd, node.end);
  }
}

/**
 * How many columns of indentation the block's lines lose. The header may set it relative to
 * the parent, which is not known here; so the first character that is not white space is looked
 * up in both the source and the scalar's text, and what it lost is the indentation.
 */
function indentOf(text: string, node: ScalarNode, contentStart: number): number | null {
  let at = contentStart;
  let column = 0;
  while (at < node.end) {
    const code = text.charCodeAt(at);
    if (code !== SPACE && !isBreak(code)) break;
    column = code === SPACE ? column + 1 : 0;
    at += 1;
  }
  const inText = /^[ \n]*/.exec(node.text)?.[0] ?? "";
  if (at >= node.end || inText.length === node.text.length) return null;
  const kept = inText.length - (inText.lastIndexOf("\n") + 1);
  return column >= kept ? column - kept : null;
}

/** Folds the line breaks at `at`; returns where the text goes on. */
function foldAt(writer: SegmentWriter, text: string, run: number, at: number, end: number): number {
  let lineEnd = at;
  while (lineEnd > run && isWhite(text.charCodeAt(lineEnd - 1))) lineEnd -= 1;
  writer.copy(run, lineEnd);
  const { position, breaks } = skipBreaks(text, at, end);
  writer.lineBreak(breaks === 1 ? " " : "\n".repeat(breaks - 1), lineEnd, position);
  return position;
}

function skipBreaks(text: string, from: number, end: number): { position: number; breaks: number } {
  let position = from;
  let breaks = 0;
  while (position < end) {
    const code = text.charCodeAt(position);
    if (isBreak(code)) {
      breaks += 1;
      position += breakLength(text, position);
    } else if (isWhite(code)) position += 1;
    else break;
  }
  return { position: Math.min(position, end), breaks };
}

const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["0", "\0"],
  ["a", "\x07"],
  ["b", "\b"],
  ["t", "\t"],
  ["\t", "\t"],
  ["n", "\n"],
  ["v", "\v"],
  ["f", "\f"],
  ["r", "\r"],
  ["e", "\x1b"],
  [" ", " "],
  ['"', '"'],
  ["/", "/"],
  ["\\", "\\"],
  ["N", "\u0085"],
  ["_", "\u00a0"],
  ["L", "\u2028"],
  ["P", "\u2029"],
]);

const HEX_LENGTHS: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

const LAST_CODE_POINT = 0x10ffff;

function escapeAt(writer: SegmentWriter, text: string, at: number, end: number): number {
  const char = text.charAt(at + 1);
  if (isBreak(text.charCodeAt(at + 1))) return skipBreaks(text, at + 1, end).position;
  const hexLength = HEX_LENGTHS.get(char);
  if (hexLength === undefined) {
    writer.escape(SIMPLE_ESCAPES.get(char) ?? "", at, at + 2);
    return at + 2;
  }
  const past = at + 2 + hexLength;
  const code = Number.parseInt(text.slice(at + 2, past), 16);
  // Beyond Unicode there is no character; the comparison at the end then finds a difference.
  writer.escape(code <= LAST_CODE_POINT ? String.fromCodePoint(code) : "", at, past);
  return past;
}

function nextLine(text: string, from: number, end: number): number {
  const at = endOfLine(text, from, end);
  return at < end ? at + breakLength(text, at) : end;
}

function endOfLine(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && !isBreak(text.charCodeAt(at))) at += 1;
  return at;
}

function breakLength(text: string, at: number): number {
  return text.charCodeAt(at) === CARRIAGE_RETURN && text.charCodeAt(at + 1) === LINE_FEED ? 2 : 1;
}

function isBreak(code: number): boolean {
  return code === LINE_FEED || code === CARRIAGE_RETURN;
}

function isWhite(code: number): boolean {
  return code === SPACE || code === TAB;
}
