import type { MappingEntry, MappingNode, YamlDocument, YamlNode } from "../../model/document.ts";
import type { DataPath } from "../../model/json.ts";
import type { Precision, Range } from "../../model/position.ts";
import type { LineIndex } from "../yaml/lines.ts";
import { entryOf } from "./entry-of.ts";

/** Where a data path stands in its source. */
export interface Located {
  readonly range: Range;
  readonly precision: Precision;
  /** The node at the path, or null where the path leads nowhere. */
  readonly node: YamlNode | null;
}

/**
 * The place of the value at `path`. A scalar stands on itself, with its quotes; a value that is
 * not written (`key:`), a mapping or a sequence on its key; an item of a sequence on its first
 * key or scalar; a whole object on its `kind`. Through an alias, the place is where the anchor
 * is. Where the path leads nowhere, the place is that of the deepest thing on the way that exists,
 * with precision `enclosing`: the key that should hold what is missing.
 */
export function locate(document: YamlDocument, path: DataPath, lines: LineIndex): Located {
  const { node, entry, complete } = walk(document, path);
  if (complete && node.kind === "scalar" && node.end > node.start) {
    return { range: lines.rangeOf(node.start, node.end), precision: "exact", node };
  }
  const isRoot = node === document.root;
  const range = entry === null ? headOf(node, isRoot, lines) : keyRange(entry, lines);
  return complete ? { range, precision: "exact", node } : { range, precision: "enclosing", node: null };
}

/**
 * The place of the key that `path` ends on, for findings about a key or a name. An item of a
 * sequence has no key and stands where `locate` puts it; so does what does not exist.
 */
export function locateKey(document: YamlDocument, path: DataPath, lines: LineIndex): Located {
  const { node, entry, complete } = walk(document, path);
  if (!complete || entry === null) return locate(document, path, lines);
  return { range: keyRange(entry, lines), precision: "exact", node };
}

interface Walked {
  /** The deepest node on the path. */
  readonly node: YamlNode;
  /** The entry that holds `node`; null for the root and for items of sequences. */
  readonly entry: MappingEntry | null;
  /** Whether `node` is the end of the path. */
  readonly complete: boolean;
}

function walk(document: YamlDocument, path: DataPath): Walked {
  let node: YamlNode = document.root;
  let entry: MappingEntry | null = null;
  for (const step of path) {
    if (typeof step === "number") {
      const item: YamlNode | undefined = node.kind === "sequence" ? node.items[step] : undefined;
      if (item === undefined) return { node, entry, complete: false };
      node = item;
      entry = null;
    } else {
      const next: MappingEntry | null = node.kind === "mapping" ? entryOf(node, step) : null;
      if (next === null) return { node, entry, complete: false };
      node = next.value;
      entry = next;
    }
  }
  return { node, entry, complete: true };
}

/** The first visible part of a root or an item: its `kind`, its first key, its first scalar. */
function headOf(node: YamlNode, isRoot: boolean, lines: LineIndex): Range {
  if (node.kind === "scalar") return lines.rangeOf(node.start, node.end);
  if (node.kind === "sequence") {
    const first = node.items[0];
    // An alias as first item stands elsewhere: the sequence's own start is then the place.
    if (first === undefined || !isWithin(first, node)) return firstLine(node, lines);
    return headOf(first, false, lines);
  }
  const named = isRoot || isObject(node) ? entryOf(node, "kind") : null;
  if (named !== null && !named.merged) return keyRange(named, lines);
  return firstKey(node, lines) ?? firstLine(node, lines);
}

/** Whether an item is a Kubernetes object, as in a `List`; other items can have a `kind` too. */
function isObject(node: MappingNode): boolean {
  return entryOf(node, "apiVersion") !== null && entryOf(node, "metadata") !== null;
}

/** The first own key where it stands on the mapping's first line (a `<<` may stand before it). */
function firstKey(node: MappingNode, lines: LineIndex): Range | null {
  const first = node.entries[0];
  if (first === undefined || first.merged) return null;
  const range = keyRange(first, lines);
  return range.start.line === lines.positionAt(node.start).line ? range : null;
}

function firstLine(node: YamlNode, lines: LineIndex): Range {
  const span = lines.lineSpan(lines.positionAt(node.start).line);
  return lines.rangeOf(node.start, Math.min(node.end, span?.end ?? node.end));
}

function isWithin(inner: YamlNode, outer: YamlNode): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

function keyRange(entry: MappingEntry, lines: LineIndex): Range {
  return lines.rangeOf(entry.keyStart, entry.keyEnd);
}
