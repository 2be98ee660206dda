import type { MappingEntry, MappingNode, YamlDocument, YamlNode } from "../../model/document.ts";
import type { DataPath } from "../../model/json.ts";
import { entryOf } from "../locate/entry-of.ts";

/** Text to put in the place of `[start, end)` of a source; offsets are UTF-16 units. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A value that a fix can write. */
export type FixValue = string | number | boolean;

/**
 * The edit that makes `path` of a document hold `value`: the scalar that stands there is replaced, its quotes kept; what
 * is missing is added to the mapping that should hold it, in that one's style. `null` where the place is a mapping or a list, comes
 * through an alias or a merge key, or where a list on the way is missing.
 */
export function setValue(text: string, document: YamlDocument, path: DataPath, value: FixValue): TextEdit | null {
  const { node, entry, left } = walk(document.root, path);
  if (node === null) return null;
  if (left.length === 0) return replaceScalar(text, node, entry, value);
  if (node.kind !== "mapping" || !left.every((step) => typeof step === "string")) return null;
  return insertEntry(text, node, left, value);
}

/** The edit that takes the entry at `path` away, with its lines; `null` where other things stand on them. */
export function removeEntry(text: string, document: YamlDocument, path: DataPath): TextEdit | null {
  const { entry, left } = walk(document.root, path);
  const { node: holder } = walk(document.root, path.slice(0, -1));
  if (entry === null || left.length > 0 || holder?.kind !== "mapping" || holder.entries.length < 2) return null;
  if (isFlow(text, holder)) return null;
  const start = lineStart(text, entry.keyStart);
  const end = lineEnd(text, entry.value.end);
  const alone = text.slice(start, entry.keyStart).trim() === "" && isRestOfLine(text.slice(entry.value.end, end));
  return alone ? { start, end: Math.min(text.length, end + breakAt(text, end).length), text: "" } : null;
}

interface Walked {
  /** `null` where the way leads through an alias or a merge key. */
  readonly node: YamlNode | null;
  readonly entry: MappingEntry | null;
  /** What of the path is missing. */
  readonly left: DataPath;
}

function walk(root: YamlNode, path: DataPath): Walked {
  let node: YamlNode = root;
  let entry: MappingEntry | null = null;
  for (const [index, step] of path.entries()) {
    const next: MappingEntry | null = typeof step === "string" && node.kind === "mapping" ? entryOf(node, step) : null;
    const item: YamlNode | undefined =
      typeof step === "number" && node.kind === "sequence" ? node.items[step] : next?.value;
    if (item === undefined) return { node, entry, left: path.slice(index) };
    // What an alias or a merge key brings stands somewhere else, for others as well.
    if (next?.merged === true || item.start < node.start || item.end > node.end)
      return { node: null, entry: null, left: [] };
    node = item;
    entry = next;
  }
  return { node, entry, left: [] };
}

function replaceScalar(text: string, node: YamlNode, entry: MappingEntry | null, value: FixValue): TextEdit | null {
  if (node.kind !== "scalar" || node.style === "literal" || node.style === "folded") return null;
  const quote = node.style === "double" ? '"' : node.style === "single" ? "'" : "";
  if (node.end > node.start) return { start: node.start, end: node.end, text: write(value, quote) };
  if (entry === null) return null;
  // `key:` with nothing behind it.
  const colon = text.indexOf(":", entry.keyEnd);
  return colon === -1 ? null : { start: colon + 1, end: colon + 1, text: ` ${write(value, "")}` };
}

function insertEntry(text: string, holder: MappingNode, keys: readonly string[], value: FixValue): TextEdit | null {
  const own = holder.entries.filter(({ merged }) => !merged);
  if (isFlow(text, holder)) return insertInFlow(text, holder, own, keys, value);
  const [first] = own;
  if (first === undefined) return null;
  const indent = " ".repeat(first.keyStart - lineStart(text, first.keyStart));
  if (text.slice(lineStart(text, first.keyStart), first.keyStart).includes("\t")) return null;
  const lines = keys.map(
    (key, depth) => `${"  ".repeat(depth)}${writeKey(key)}:${depth === keys.length - 1 ? ` ${write(value, "")}` : ""}`,
  );
  const newline = breakAt(text, lineEnd(text, first.keyStart)) || "\n";
  const last = own.findLast(({ value: each }) => isOneLine(text, each));
  if (last === undefined) {
    return {
      start: first.keyStart,
      end: first.keyStart,
      text: lines.map((line) => `${line}${newline}${indent}`).join(""),
    };
  }
  const at = lineEnd(text, last.value.end);
  return { start: at, end: at, text: lines.map((line) => `${newline}${indent}${line}`).join("") };
}

function insertInFlow(
  text: string,
  holder: MappingNode,
  own: readonly MappingEntry[],
  keys: readonly string[],
  value: FixValue,
): TextEdit | null {
  const json = own.some(({ keyStart }) => text[keyStart] === '"');
  const key = (name: string): string => (json ? JSON.stringify(name) : writeKey(name));
  const inner = keys.reduceRight(
    (rest, name, depth) => {
      const pair = `${key(name)}: ${rest}`;
      return depth === 0 ? pair : `{${pair}}`;
    },
    json ? JSON.stringify(value) : write(value, ""),
  );
  const last = own.at(-1);
  if (last !== undefined) return { start: last.value.end, end: last.value.end, text: `, ${inner}` };
  const open = text.slice(holder.start, holder.end);
  return /^\{\s*\}$/.test(open) ? { start: holder.start, end: holder.end, text: `{${inner}}` } : null;
}

// A scalar, or a flow collection, that ends on the line it begins on, with nothing but a comment behind it.
function isOneLine(text: string, { start, end, ...node }: YamlNode): boolean {
  if (start === end || text.slice(start, end).includes("\n")) return false;
  if (node.kind !== "scalar" && !/^[[{]/.test(text.slice(start, end))) return false;
  return isRestOfLine(text.slice(end, lineEnd(text, end)));
}

function isRestOfLine(rest: string): boolean {
  return /^\s*(?:\s#.*)?$/.test(rest);
}

function isFlow(text: string, { start }: MappingNode): boolean {
  return text[start] === "{";
}

function write(value: FixValue, quote: string): string {
  const text = String(value);
  // A text that YAML would read as something else needs quotes; everything else keeps those that were there.
  if (quote === "'") return `'${text.replaceAll("'", "''")}'`;
  const needsQuotes = typeof value === "string" && !/^(?:[A-Za-z/][\w./-]*\w|\d+[a-z]+)$/.test(text);
  const looksTyped = typeof value === "string" && /^(?:true|false|null|yes|no|on|off|y|n|~)$/i.test(text);
  if (typeof value !== "string") return text;
  return quote !== "" || needsQuotes || looksTyped ? JSON.stringify(text) : text;
}

function writeKey(key: string): string {
  return /^[A-Za-z][\w./-]*$/.test(key) ? key : JSON.stringify(key);
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  if (end === -1) return text.length;
  return text[end - 1] === "\r" ? end - 1 : end;
}

function breakAt(text: string, end: number): string {
  return /^\r?\n/.exec(text.slice(end, end + 2))?.[0] ?? "";
}
