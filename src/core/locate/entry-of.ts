import type { MappingEntry, MappingNode } from "../../model/document.ts";

/** From this many entries on, a mapping gets an index of its keys. */
const INDEXED_FROM = 24;

const indexes = new WeakMap<MappingNode, ReadonlyMap<string, MappingEntry>>();

/** The entry of `node` with this key, or null. Fast for mappings of any size. */
export function entryOf(node: MappingNode, key: string): MappingEntry | null {
  if (node.entries.length >= INDEXED_FROM) return indexOf(node).get(key) ?? null;
  for (const entry of node.entries) if (entry.key === key) return entry;
  return null;
}

function indexOf(node: MappingNode): ReadonlyMap<string, MappingEntry> {
  const known = indexes.get(node);
  if (known !== undefined) return known;
  const index = new Map(node.entries.map((entry) => [entry.key, entry]));
  indexes.set(node, index);
  return index;
}
