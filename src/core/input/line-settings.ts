import type { MappingEntry } from "../../model/document.ts";
import { entryOf } from "./pseudo-objects.ts";

/** Most lines that are read. */
const MOST_LINES = 20_000;

/**
 * The settings of a dotenv or INI text, `name = value` line by line, each with its place. Names in a
 * section are `section.name`. Comments and lines without a value are left out, and quotes around a value
 * are no part of it. A name may come more than once.
 */
export function lineSettings(text: string): readonly MappingEntry[] {
  const entries: MappingEntry[] = [];
  let section = "";
  let from = 0;
  for (let count = 0; count < MOST_LINES && from <= text.length; count += 1) {
    const next = text.indexOf("\n", from);
    const end = next === -1 ? text.length : next;
    const start = skipBlanks(text, from, end);
    const last = trimBlanks(text, start, end);
    const line = text.slice(start, last);
    if (line.startsWith("[") && line.endsWith("]")) section = `${line.slice(1, -1).trim()}.`;
    else if (line !== "" && !/^[#;]/.test(line)) readLine(text, start, last, section, entries);
    from = end + 1;
  }
  return entries;
}

function readLine(text: string, start: number, end: number, section: string, entries: MappingEntry[]): void {
  const split = text.slice(start, end).indexOf("=");
  if (split < 1) return;
  const keyStart = text.startsWith("export ", start) ? skipBlanks(text, start + 7, end) : start;
  const name = text.slice(keyStart, trimBlanks(text, keyStart, start + split));
  if (name === "") return;
  let from = skipBlanks(text, start + split + 1, end);
  let to = end;
  const quote = text[from];
  if (to - from >= 2 && (quote === '"' || quote === "'") && text[to - 1] === quote) {
    from += 1;
    to -= 1;
  }
  entries.push({ ...entryOf(text, section + name, keyStart, from, to), keyEnd: keyStart + name.length });
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && /\s/.test(text[at] ?? "")) at += 1;
  return at;
}

function trimBlanks(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text[at - 1] ?? "")) at -= 1;
  return at;
}
