import type { MappingEntry, MappingNode, SequenceNode, YamlNode } from "../../model/document.ts";
import { mergeInto } from "./merge.ts";
import { Refusal, TOO_DEEP } from "./refusal.ts";

/**
 * Limits on one text. `aliasNodes` bounds what aliases and merge keys add when they are written
 * out: a scalar counts one, and one more for each 64 characters. What is written itself is
 * bounded by the size of the file.
 */
export interface YamlLimits {
  readonly documents: number;
  readonly depth: number;
  readonly aliasNodes: number;
}

/** A finished node with what it costs when its aliases are written out. */
export interface Built {
  readonly node: YamlNode;
  readonly weight: number;
  /** 1 for a scalar or an empty collection. */
  readonly height: number;
}

/** What an anchor names; `built` is null until its node is closed. */
export interface Anchor {
  built: Built | null;
}

/** A key that waits for its value. */
export interface PendingKey {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly merge: boolean;
}

/** How many characters of a scalar or key cost as much as one more node: 2 to the power of this. */
const WEIGHT_SHIFT = 6;

/** What `length` characters of text weigh. */
export function weightOfText(length: number): number {
  return length >> WEIGHT_SHIFT;
}

/** From this many keys on, duplicates are looked up in a set instead of one by one. */
const SET_FROM = 12;

/** A collection that is being read. */
abstract class CollectionFrame {
  readonly start: number;
  readonly flow: boolean;
  readonly anchor: Anchor | null;
  protected weight = 1;
  protected height = 1;

  constructor(start: number, flow: boolean, anchor: Anchor | null) {
    this.start = start;
    this.flow = flow;
    this.anchor = anchor;
  }

  /** Counts a child's cost; refuses what is deeper than the limit once aliases are written out. */
  protected count(child: Built, depthLimit: number, offset: number): void {
    this.weight += child.weight;
    if (child.height < this.height) return;
    this.height = child.height + 1;
    if (this.height > depthLimit) {
      throw new Refusal("limit-exceeded", TOO_DEEP, offset);
    }
  }
}

/** A sequence that is being read. */
export class SequenceFrame extends CollectionFrame {
  readonly kind = "sequence";
  readonly #items: YamlNode[] = [];

  /** Takes the next item. */
  add(item: Built, depthLimit: number): void {
    this.count(item, depthLimit, this.start);
    this.#items.push(item.node);
  }

  /** The finished sequence, which ends at `end`. */
  close(end: number): Built {
    const node: SequenceNode = { kind: "sequence", items: this.#items, start: this.start, end };
    return { node, weight: this.weight, height: this.height };
  }
}

/** A mapping that is being read. */
export class MappingFrame extends CollectionFrame {
  readonly kind = "mapping";
  pending: PendingKey | null = null;
  readonly #entries: MappingEntry[] = [];
  #keys: Set<string> | null = null;
  #merges: { readonly source: YamlNode; readonly offset: number }[] | null = null;

  /** Takes the next key; the same key twice is refused. */
  expect(key: PendingKey): void {
    if (!key.merge && this.#has(key.key)) {
      throw new Refusal("duplicate-key", "A mapping has the same key twice.", key.start);
    }
    this.pending = key;
  }

  /** Takes the value of the key that waits. */
  add(value: Built, depthLimit: number): void {
    const { pending } = this;
    if (pending === null) return;
    this.pending = null;
    this.count(value, depthLimit, pending.start);
    if (pending.merge) {
      this.#merges ??= [];
      this.#merges.push({ source: value.node, offset: pending.start });
      return;
    }
    this.weight += weightOfText(pending.key.length);
    this.#keys?.add(pending.key);
    this.#entries.push({
      key: pending.key,
      keyStart: pending.start,
      keyEnd: pending.end,
      merged: false,
      value: value.node,
    });
  }

  /** The finished mapping, which ends at `end`, with its merge keys carried out. */
  close(end: number): Built {
    if (this.#merges !== null) {
      for (const { source, offset } of this.#merges) this.#keys = this.#merge(source, offset);
    }
    const node: MappingNode = { kind: "mapping", entries: this.#entries, start: this.start, end };
    return { node, weight: this.weight, height: this.height };
  }

  #merge(source: YamlNode, offset: number): Set<string> {
    const keys = this.#keys ?? new Set(this.#entries.map((entry) => entry.key));
    mergeInto(this.#entries, keys, source, offset);
    return keys;
  }

  #has(key: string): boolean {
    if (this.#keys !== null) return this.#keys.has(key);
    for (const entry of this.#entries) if (entry.key === key) return true;
    if (this.#entries.length >= SET_FROM) {
      this.#keys = new Set(this.#entries.map((entry) => entry.key));
    }
    return false;
  }
}

/** Any collection that is being read. */
export type Frame = SequenceFrame | MappingFrame;
