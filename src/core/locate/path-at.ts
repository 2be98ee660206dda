import type { MappingEntry, ScalarNode, YamlDocument, YamlNode } from "../../model/document.ts";
import type { DataPath } from "../../model/json.ts";

/** The scalar that covers an offset. */
export interface ScalarAt {
  /** The way to the scalar, or for a key to the value that it names. */
  readonly path: DataPath;
  readonly node: ScalarNode;
  readonly isKey: boolean;
}

/**
 * The scalar or key of `document` that covers a 0-based offset of its source; `null` between
 * scalars, in comments and outside the document. What an alias or a merge key repeats is
 * reported once, at the path where it is written. For a key the node is made up from its offsets:
 * its style is known only as plain or not.
 */
export function scalarAt(document: YamlDocument, offset: number): ScalarAt | null {
  const spans = spansOf(document);
  const span = spans[lastAtOrBefore(spans, offset)];
  if (span === undefined || offset >= span.end) return null;
  const path = pathTo(span.owner, span.step);
  if (span.scalar !== null) return { path, node: span.scalar, isKey: false };
  return { path, node: keyNode(span), isKey: true };
}

/** A collection on the way to a scalar, as a link to the collection around it. */
interface Owner {
  readonly up: Owner | null;
  readonly step: string | number;
}

interface Span {
  readonly start: number;
  readonly end: number;
  /** The collection that holds the scalar; null for a root. */
  readonly owner: Owner | null;
  readonly step: string | number | null;
  /** Null for a key. */
  readonly scalar: ScalarNode | null;
}

const indexes = new WeakMap<YamlDocument, readonly Span[]>();

function spansOf(document: YamlDocument): readonly Span[] {
  const known = indexes.get(document);
  if (known !== undefined) return known;
  const spans = new SpanCollector().collect(document.root);
  indexes.set(document, spans);
  return spans;
}

/** Walks a tree in the order of the source and leaves out what aliases repeat. */
class SpanCollector {
  readonly #spans: Span[] = [];
  #deferred: { entry: MappingEntry; owner: Owner | null }[] = [];
  /** Where the last scalar ended: what starts before it has been seen, so it is an alias. */
  #seenUpTo = -1;

  collect(root: YamlNode): readonly Span[] {
    this.#visit(root, null, null);
    this.#collectInlineMerges();
    return this.#spans;
  }

  #visit(node: YamlNode, owner: Owner | null, step: string | number | null): void {
    if (node.start < this.#seenUpTo) return;
    if (node.kind === "scalar") {
      if (node.end === node.start) return;
      this.#spans.push({ start: node.start, end: node.end, owner, step, scalar: node });
      this.#seenUpTo = node.end;
      return;
    }
    const inside = step === null ? null : { up: owner, step };
    if (node.kind === "sequence") {
      node.items.forEach((item, index) => {
        this.#visit(item, inside, index);
      });
      return;
    }
    for (const entry of node.entries) {
      if (entry.merged) this.#deferred.push({ entry, owner: inside });
      else this.#visitEntry(entry, inside);
    }
  }

  #visitEntry(entry: MappingEntry, owner: Owner | null): void {
    const { key, keyStart, keyEnd } = entry;
    this.#spans.push({ start: keyStart, end: keyEnd, owner, step: key, scalar: null });
    this.#seenUpTo = keyEnd;
    this.#visit(entry.value, owner, key);
  }

  /**
   * Most merged entries are written in the mapping that the merge key names, and were seen there.
   * Those of a mapping that is written behind the merge key itself (`<<: { a: 1 }`) were not.
   */
  #collectInlineMerges(): void {
    if (this.#deferred.length === 0) return;
    const seen = new Set(this.#spans.map((span) => span.start));
    for (let round = this.#deferred; round.length > 0; round = this.#deferred) {
      this.#deferred = [];
      for (const { entry, owner } of round) {
        if (seen.has(entry.keyStart)) continue;
        const from = this.#spans.length;
        this.#visitEntry(entry, owner);
        for (const span of this.#spans.slice(from)) seen.add(span.start);
      }
    }
    this.#spans.sort((left, right) => left.start - right.start);
  }
}

function lastAtOrBefore(spans: readonly Span[], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function pathTo(owner: Owner | null, step: string | number | null): DataPath {
  if (step === null) return [];
  const path = [step];
  for (let link = owner; link !== null; link = link.up) path.push(link.step);
  return path.reverse();
}

function keyNode(span: Span): ScalarNode {
  const text = String(span.step);
  const { start, end } = span;
  const style = end - start === text.length ? "plain" : "double";
  return { kind: "scalar", value: text, text, style, binary: false, start, end };
}
